"""What is done to Streamlit's page: it gets its story before any script runs."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request

from serving.errors import SnapshotError
from serving.responses import OK, UNAVAILABLE, Representation
from serving.streamlit_shell.answers import BODY, whole
from serving.streamlit_shell.static_files import path_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    MakePage = Callable[[Request, str], tuple[Representation, int]]

FORWARDED = ("X-Forwarded-Host", "X-Forwarded-Prefix")
_log = logging.getLogger(__name__)


class PageMiddleware:
    """Gives the page's address its story before any script runs.

    Parameters
    ----------
    app
        What answers, in the end Streamlit.
    base_path
        Streamlit's ``server.baseUrlPath``, with a slash before it, or nothing.
    make_page
        Puts what a request asks for into Streamlit's page, and says with which status it goes out.
    """

    def __init__(self, app: ASGIApp, base_path: str, make_page: MakePage) -> None:
        self.app = app
        self._base_path = base_path
        self._make_page = make_page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or not self._is_page(scope):
            await self.app(scope, receive, send)
            return
        start, body = await whole({**scope, "method": "GET"}, receive, self.app)
        kind = Headers(raw=start["headers"]).get("content-type", "")
        if start["status"] != OK or not kind.startswith("text/html"):
            await send(start)
            await send({"type": "http.response.body", "body": body})
            return
        await self._answer(scope, receive, send, start, body)

    def _is_page(self, scope: Scope) -> bool:
        is_root = path_of(scope, self._base_path) in {"", "/"}
        return scope["method"] in {"GET", "HEAD"} and is_root

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, start: Message, body: bytes
    ) -> None:
        request = Request(scope, receive)
        try:
            page, status = await run_sync(self._make_page, request, body.decode())
        except SnapshotError:
            _log.exception("the page goes out without a head of its own")
            page = Representation.of(body, "text/html")  # the script will say what is wrong
            status = UNAVAILABLE
        kept = MutableHeaders(raw=[h for h in start["headers"] if h[0].decode() not in BODY])
        headers = {"Cache-Control": "no-cache"}
        response = page.answer(request, headers)
        if status == UNAVAILABLE:
            response.status_code = status
            response.headers["Retry-After"] = "60"
        for name, value in kept.items():
            if name not in response.headers:
                response.headers.append(name, value)
        response.headers.add_vary_header("Accept-Language")
        for name in FORWARDED:  # addresses in it are made of these
            response.headers.add_vary_header(name)
        await response(scope, receive, send)
