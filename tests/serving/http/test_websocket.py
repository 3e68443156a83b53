"""Who may open the page's line; Streamlit's own decision stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.web.server.starlette import starlette_websocket

from serving.http.public_url import PublicUrl
from serving.http.websocket import LINE, WebSocketOrigin
from serving.streamlit_shell.own_address import ask_nobody
from tests.support.servers import ROOT

if TYPE_CHECKING:
    from starlette.types import ASGIApp

OURS = PublicUrl("https://example.org/map/")


async def decide(socket: WebSocket) -> None:
    """Accept or close as Streamlit does."""
    origin, host = socket.headers.get("origin"), socket.headers.get("host")
    if starlette_websocket._is_origin_allowed(origin, host):  # noqa: SLF001  # the real decision
        await socket.accept()
    await socket.close()


def opens(
    headers: dict[str, str], public: PublicUrl | None = None, peer: str = "127.0.0.1"
) -> bool:
    ask_nobody()
    app: ASGIApp = WebSocketOrigin(Starlette(routes=[WebSocketRoute(LINE, decide)]), public)
    try:
        with TestClient(app, client=(peer, 5000)).websocket_connect(LINE, headers=headers):
            return True
    except WebSocketDisconnect:
        return False


@pytest.mark.parametrize(
    ("origin", "host", "more"),
    [
        ("https://example.org", "example.org", {}),
        ("https://example.org", "example.org:443", {}),
        ("http://example.org", "example.org:80", {}),
        ("http://example.org:8080", "example.org:8080", {}),
        ("https://EXAMPLE.org", "example.org", {}),
        ("https://example.org", "10.0.0.5:8501", {"x-forwarded-host": "example.org"}),
        ("https://example.org", "atlas", {"x-forwarded-host": "example.org:443, inner"}),
    ],
)
def test_a_page_of_this_host_opens_it(origin: str, host: str, more: dict[str, str]) -> None:
    assert opens({"origin": origin, "host": host, **more})


def test_a_page_of_the_public_address_opens_it_whatever_the_proxy_loses() -> None:
    assert opens({"origin": "https://example.org", "host": "atlas_upstream"}, OURS)
    assert not opens({"origin": "https://evil.example", "host": "atlas_upstream"}, OURS)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://evil.example", "example.org"),
        ("https://example.org", "example.org:8501"),
        ("https://example.org.evil.example", "example.org"),
        ("http://example.org", "example.org:443"),
        ("https://[", "example.org"),
        ("", "example.org"),
    ],
)
def test_a_page_of_another_host_does_not_and_the_log_names_both(
    caplog: pytest.LogCaptureFixture, origin: str, host: str
) -> None:
    assert not opens({"origin": origin, "host": host})
    assert f"Origin is {origin!r} but the Host header that reached us is {host!r}" in caplog.text
    assert "proxy_set_header Host $http_host" in caplog.text


def test_who_is_no_proxy_of_ours_cannot_name_the_host() -> None:
    said = {"origin": "https://evil.example", "host": "a", "x-forwarded-host": "evil.example"}
    assert not opens(said, peer="203.0.113.9")


def test_a_frame_without_an_origin_is_told_as_such(caplog: pytest.LogCaptureFixture) -> None:
    assert not opens({"origin": "null", "host": "example.org"})
    assert "allow-same-origin" in caplog.text


def test_a_lost_upgrade_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    client = TestClient(WebSocketOrigin(Starlette()))
    for _ in range(3):
        assert client.get(f"/map{LINE}").status_code == 404
    (record,) = caplog.records
    assert "proxy_set_header Upgrade $http_upgrade" in record.message


def test_the_log_is_not_anybodys_to_fill(caplog: pytest.LogCaptureFixture) -> None:
    app = WebSocketOrigin(Starlette(routes=[WebSocketRoute(LINE, decide)]))
    for number in range(200):
        headers = {"origin": f"https://{number}.example\x1b[2J", "host": "a" * 5000}
        with pytest.raises(WebSocketDisconnect):
            TestClient(app).websocket_connect(LINE, headers=headers).__enter__()
    assert len(caplog.records) == 50
    assert "\x1b" not in caplog.text
    assert max(len(each.message) for each in caplog.records) < 1000


def test_every_example_of_a_proxy_passes_on_what_the_line_needs() -> None:
    needed = {
        "nginx.conf": ("Host $http_host", "Upgrade $http_upgrade", "proxy_http_version 1.1"),
        "apache.conf": ("ProxyPreserveHost On", "upgrade=websocket"),
        "Caddyfile": ("reverse_proxy",),
        "traefik.yaml": ("passHostHeader: true",),
    }
    said = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    for name, words in needed.items():
        text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
        assert all(word in text for word in words), name
        assert f"`deploy/{name}`" in said
