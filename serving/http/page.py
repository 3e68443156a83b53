"""What is done to Streamlit's answers: the page gets its story, its files are kept compressed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request

from serving.errors import SnapshotError
from serving.http.responses import Representation
from serving.http.security import OK, never_changes
from serving.streamlit_shell.icon_font import ICON_FONT, lean_icons_elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger(__name__)

MOST_KEPT = 64_000_000
"""Bytes; all that Streamlit was built into is less than half of it."""
CONDITIONS = {b"if-none-match", b"if-modified-since", b"if-range", b"range", b"accept-encoding"}
"""What a browser says of how it takes the file; it takes ours, not Streamlit's."""
BODY = {"content-length", "content-type", "etag", "last-modified", "accept-ranges"}
"""Headers that spoke of Streamlit's file."""


class PageMiddleware:
    """Gives the page's address its story before any script runs.

    Parameters
    ----------
    app
        What answers, in the end Streamlit.
    base_path
        Streamlit's ``server.baseUrlPath``, with a slash before it, or nothing.
    make_page
        Puts what a request asks for into Streamlit's page.
    """

    def __init__(
        self, app: ASGIApp, base_path: str, make_page: Callable[[Request, str], Representation]
    ) -> None:
        self.app = app
        self._base_path = base_path
        self._make_page = make_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or not self._is_page(scope):
            await self.app(scope, receive, send)
            return
        start, body = await _whole({**scope, "method": "GET"}, receive, self.app)
        kind = Headers(raw=start["headers"]).get("content-type", "")
        if start["status"] != OK or not kind.startswith("text/html"):
            await send(start)
            await send({"type": "http.response.body", "body": body})
            return
        await self._answer(scope, receive, send, start, body)

    def _is_page(self, scope: Scope) -> bool:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        pages = {f"{self._base_path}/", self._base_path or "/"}
        return scope["method"] in {"GET", "HEAD"} and path in pages

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, start: Message, body: bytes
    ) -> None:
        request = Request(scope, receive)
        try:
            page = await run_sync(self._make_page, request, body.decode())
        except SnapshotError:
            _log.exception("the page goes out without a head of its own")
            page = Representation.of(body, "text/html")  # the script will say what is wrong
        kept = MutableHeaders(raw=[h for h in start["headers"] if h[0].decode() not in BODY])
        headers = {"Cache-Control": "no-cache"}
        response = page.answer(request, headers)
        for name, value in kept.items():
            if name not in response.headers:
                response.headers.append(name, value)
        response.headers.add_vary_header("Accept-Language")
        response.headers.add_vary_header("X-Forwarded-Host")
        await response(scope, receive, send)


class KeepUnchanging:
    """Hands out what never changes from memory, compressed.

    Streamlit sends the files that it was built into as they are (2 MB before the first word of
    a story), because it would compress them anew for each reader. Its icon font goes out lean.

    Parameters
    ----------
    app
        What answers the first time.
    base_path
        Streamlit's ``server.baseUrlPath``, with a slash before it, or nothing.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self.app = app
        self._base_path = base_path
        self._kept: dict[tuple[str, bytes], tuple[Representation, dict[str, str]]] = {}
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        plain = scope["type"] == "http" and scope["method"] == "GET"
        if plain and never_changes(scope, self._base_path):
            key = scope["path"], scope["query_string"]
            kept = self._kept.get(key) or await self._keep(key, scope, receive)
            if kept:
                representation, headers = kept
                await representation.answer(Request(scope), headers)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def _keep(
        self, key: tuple[str, bytes], scope: Scope, receive: Receive
    ) -> tuple[Representation, dict[str, str]] | None:
        start, body = await _whole(scope, receive, self.app)
        headers = dict(Headers(raw=start["headers"]))
        lasts = "immutable" in headers.get("cache-control", "")  # not the page in a file's place
        if start["status"] != OK or not lasts or "vary" in headers:
            return None
        if ICON_FONT.search(key[0]):
            body = await run_sync(lean_icons_elsewhere, body)
        representation = await run_sync(Representation.of, body, headers["content-type"])
        kept = representation, {name: value for name, value in headers.items() if name not in BODY}
        self._size += len(body) + len(representation.packed or b"")
        if self._size > MOST_KEPT:  # addresses are the readers' to invent
            self._kept.clear()
            self._size = 0
        self._kept[key] = kept
        return kept


async def _whole(scope: Scope, receive: Receive, app: ASGIApp) -> tuple[Message, bytes]:
    """Ask for an answer, whole, whatever the browser has already."""
    headers = [each for each in scope["headers"] if each[0] not in CONDITIONS]
    start: dict[str, Any] = {}
    parts: list[bytes] = []

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await app({**scope, "headers": headers}, receive, keep)
    return start, b"".join(parts)
