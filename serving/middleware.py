"""Rewrites the HTML of the page itself; everything else passes as it is."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request

from serving.answers import Artefact
from serving.errors import EditionError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from serving.site import Site

_log = logging.getLogger(__name__)

OK = 200
CONDITIONS = {b"if-none-match", b"if-modified-since", b"if-range", b"range"}
"""What a browser says of the file that it has; it had ours, not Streamlit's."""
BODY = {"content-length", "content-type", "etag", "last-modified", "accept-ranges"}
"""Headers that spoke of Streamlit's file."""


class PageMiddleware:
    """Gives the page's address its story before any script runs.

    Parameters
    ----------
    app
        What answers, in the end Streamlit.
    site
        Knows the atlas and its public address.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or not self._is_page(scope):
            await self.app(scope, receive, send)
            return
        start, body = await self._plain_page(scope, receive)
        kind = Headers(raw=start["headers"]).get("content-type", "")
        if start["status"] != OK or not kind.startswith("text/html"):
            await send(start)
            await send({"type": "http.response.body", "body": body})
            return
        await self._answer(scope, receive, send, start, body)

    def _is_page(self, scope: Scope) -> bool:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        pages = {f"{self.site.base_path}/", self.site.base_path or "/"}
        return scope["method"] in {"GET", "HEAD"} and path in pages

    async def _plain_page(self, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
        """Ask Streamlit for its page, whole, whatever the browser has already."""
        headers = [each for each in scope["headers"] if each[0] not in CONDITIONS]
        start: dict[str, Any] = {}
        parts: list[bytes] = []

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        await self.app({**scope, "method": "GET", "headers": headers}, receive, keep)
        return start, b"".join(parts)

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, start: Message, body: bytes
    ) -> None:
        request = Request(scope, receive)
        try:
            page = await run_sync(self.site.page, request, body.decode())
        except EditionError:
            _log.exception("the page goes out without a head of its own")
            page = Artefact.of(body, "text/html")  # the script will say what is wrong
        kept = MutableHeaders(raw=[h for h in start["headers"] if h[0].decode() not in BODY])
        headers = {"Cache-Control": "no-cache"}
        response = page.answer(request, headers)
        for name, value in kept.items():
            if name not in response.headers:
                response.headers.append(name, value)
        response.headers.add_vary_header("Accept-Language")
        response.headers.add_vary_header("X-Forwarded-Host")
        await response(scope, receive, send)
