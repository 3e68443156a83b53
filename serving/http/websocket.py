"""The page's line to the server, a web socket: who may open it, and what the log says if not.

Streamlit lets a page open it whose origin is the host that was asked, and else says no more than
that it was refused. Behind a proxy the host that was asked need not be the one that arrives here.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders

from serving.http.public_url import SETTING, forwarded_host

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from serving.http.public_url import PublicUrl

_log = logging.getLogger(__name__)
PORTS = {"http": "80", "https": "443"}
MOST_TOLD = 50
"""Pairs of origin and host that the log is told of; anybody may invent more."""
LONGEST = 200
"""Letters of each."""
LINE = "/_stcore/stream"
"""Path of Streamlit's web socket."""
NO_UPGRADE = (
    "a web socket arrived as a plain request, so readers get the text without the map. Mend: have"
    " the proxy pass the upgrade on (nginx: proxy_http_version 1.1; proxy_set_header Upgrade"
    ' $http_upgrade; proxy_set_header Connection "upgrade"; Apache: ProxyPass … upgrade=websocket);'
    " see docs/hosting.md"
)
SANDBOXED = (
    "a web socket was refused: the browser's Origin is %r (Host %r), as in a frame whose sandbox"
    " lacks allow-same-origin; its reader gets the text without the map. Mend, where the page is"
    ' embedded: sandbox="allow-scripts allow-same-origin"'
)
REFUSED = (
    "a web socket was refused, so readers get the text without the map: the browser's Origin is %r"
    " but the Host header that reached us is %r. Mend: have the proxy pass Host through with its"
    " port (nginx: proxy_set_header Host $http_host; Apache: ProxyPreserveHost On; Caddy and"
    f" Traefik do so by themselves), or set {SETTING} to the address that readers see; see"
    " docs/hosting.md"
)


class WebSocketOrigin:
    """Lets the pages of this site open their line, and tells the log how to mend what refuses it.

    Parameters
    ----------
    app
        What answers, in the end Streamlit, which compares the origin with the header ``Host``.
    public
        The page's public address, where a setting says it.
    """

    def __init__(self, app: ASGIApp, public: PublicUrl | None = None) -> None:
        self.app = app
        self._public = urlsplit(public.url).netloc if public else None
        self._told: set[tuple[str, ...]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "websocket":
            if scope["type"] == "http" and scope["path"].endswith(LINE):
                self._tell(NO_UPGRADE)
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin, host = headers.get("origin", "")[:LONGEST], headers.get("host", "")[:LONGEST]

        async def watched(message: Message) -> None:
            if message["type"] == "websocket.accept":
                answers.append(message)
            elif message["type"] == "websocket.close" and not answers:
                self._tell(SANDBOXED if origin == "null" else REFUSED, origin, host)
            await send(message)

        answers: list[Message] = []
        await self.app(self._as_asked(scope, headers, origin), receive, watched)

    def _as_asked(self, scope: Scope, headers: Headers, origin: str) -> Scope:
        """Name the host as the browser asked for it, where the request shows that it is ours."""
        changed = MutableHeaders(raw=list(scope["headers"]))
        try:
            asked = urlsplit(origin)
        except ValueError:  # no browser sends it, and Streamlit would fail over it
            changed["origin"] = "null"
            return {**scope, "headers": changed.raw}
        ours = (headers.get("host"), forwarded_host(scope, headers), self._public)
        if not any(_is_same(asked.scheme, asked.netloc, each) for each in ours if each):
            return scope
        changed["host"] = asked.netloc
        return {**scope, "headers": changed.raw}

    def _tell(self, *words: str) -> None:
        """Say it once; the first word holds places for the others."""
        if words in self._told or len(self._told) >= MOST_TOLD:
            return
        self._told.add(words)
        _log.warning(*words)


def _is_same(scheme: str, asked: str, ours: str) -> bool:
    """Whether two hosts are the same, with the scheme's own port named or not."""
    port = f":{PORTS.get(scheme, '')}"
    return asked.lower().removesuffix(port) == ours.lower().removesuffix(port)
