"""The files that Streamlit and streamlit-folium were built into, from memory and compressed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.requests import Request

from serving.responses import OK, Representation
from serving.streamlit_shell.answers import BODY, whole
from serving.streamlit_shell.frame import COMPONENTS
from serving.streamlit_shell.hook import Hook

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from serving.streamlit_shell.hook import Build

STATIC = "/static/"
MOST_KEPT = 64_000_000
"""Bytes; all that Streamlit was built into is less than half of it."""
_NAMED = re.compile(r'\./static/[^"]+')
_DIGEST = re.compile(r"\.[\w-]{8}\.[a-z0-9]+$")


def _look(build: Build) -> str | None:
    named = _NAMED.findall(build.index())
    plain = [each for each in named if not _DIGEST.search(each)]
    if named and not plain:
        return None
    return f"a digest in {plain[0]}" if plain else "./static/… in index.html"


HOOK = Hook(
    "static_files",
    "Streamlit's scripts go out as they are, 3 MB to a first visit in place of less than 1 MB",
    _look,
)


class KeepUnchanging:
    """Hands out what never changes from memory, compressed.

    Streamlit sends the files that it was built into as they are (2 MB before the first word of
    a story), because it would compress them anew for each reader.

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
        start, body = await whole(scope, receive, self.app)
        headers = dict(Headers(raw=start["headers"]))
        lasts = "immutable" in headers.get("cache-control", "")  # not the page in a file's place
        if start["status"] != OK or not lasts or "vary" in headers:
            return None
        representation = await run_sync(Representation.of, body, headers["content-type"])
        kept = representation, {name: value for name, value in headers.items() if name not in BODY}
        self._size += len(body) + len(representation.packed or b"")
        if self._size > MOST_KEPT:  # addresses are the readers' to invent
            self._kept.clear()
            self._size = 0
        self._kept[key] = kept
        return kept


def path_of(scope: Scope, base_path: str) -> str:
    """Return the path that a request asks for below the base path."""
    return str(scope["path"]).removeprefix(scope.get("root_path", "")).removeprefix(base_path)


def never_changes(scope: Scope, base_path: str) -> bool:
    """Whether what an address stands for would have another address if it were another.

    So it is with the files that Streamlit and streamlit-folium were built into, and with the
    map's, whose version `geo.map.folium_map` writes into their addresses.
    """
    path = path_of(scope, base_path)
    is_versioned = bytes(scope["query_string"]).startswith(b"v=") or STATIC in path
    is_built = path.startswith(STATIC) and HOOK.holds()
    return is_built or (path.startswith(COMPONENTS) and is_versioned)
