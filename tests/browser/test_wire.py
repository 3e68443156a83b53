"""What a first visit costs a reader's line, beyond Streamlit's own bundle."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Request

FIRST_VISIT = 300_000
"""Bytes, compressed."""


def test_a_first_visit_is_light(new_page: Callable[..., Page], server: str) -> None:
    page = new_page()
    files: dict[str, int] = {}
    addresses: dict[str, str] = {}
    talk = zlib.compressobj(wbits=-15)
    said: list[int] = []

    def received(frame: str | bytes) -> None:
        data = frame.encode() if isinstance(frame, str) else frame
        said.append(len(talk.compress(data)) + len(talk.flush(zlib.Z_SYNC_FLUSH)))

    def loaded(event: dict[str, Any]) -> None:
        path = urlsplit(addresses.get(event["requestId"], "")).path
        if not path.startswith("/static/"):  # Streamlit's own bundle
            files[path] = files.get(path, 0) + event["encodedDataLength"]

    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on(
        "Network.responseReceived",
        lambda event: addresses.update({event["requestId"]: event["response"]["url"]}),
    )
    devtools.on("Network.loadingFinished", loaded)
    pending: set[Request] = set()
    page.on("request", lambda request: pending.add(request))  # noqa: PLW0108  # Playwright asks
    page.on("requestfinished", lambda request: pending.discard(request))  # noqa: PLW0108
    page.on("websocket", lambda socket: socket.on("framereceived", received))

    page.goto(server)
    page.frame_locator("iframe[src*='st_folium']").locator("body[data-ready]").wait_for()
    expect(page.locator("article.panel h2")).to_be_visible()
    while pending:
        page.wait_for_event("requestfinished")

    assert any("leaflet" in path for path in files), "the map's files were not counted"
    assert said, "no message was counted"
    total = sum(files.values()) + sum(said)
    assert total <= FIRST_VISIT, {**files, "messages": sum(said)}
