"""What browsers are told to refuse: the security headers of every answer.

docs/operations.md says what each source of the policies is needed for.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import streamlit
from starlette.datastructures import Headers, MutableHeaders

from serving.streamlit_shell.opening import SCRIPT as OPENING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BASE_MAP = "https://tile.openstreetmap.org"
"""The one foreign host, and only for readers who switch the base map on."""
OK, NOT_MODIFIED = 200, 304
COMPONENTS = "/component/"
INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # The base map's host asks to be told which site shows its tiles.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer", "camera", "display-capture", "geolocation", "gyroscope",
            "magnetometer", "microphone", "midi", "payment", "serial", "usb",
        )
    ),
    # No page that opened this one keeps a handle on it, or on the map's frame in it.
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip


def _inline_scripts() -> tuple[str, ...]:
    """Return the hashes of the scripts that stand in the page: Streamlit's own, and ours."""
    scripts = [*_INLINE.findall(INDEX.read_text(encoding="utf-8")), OPENING]
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


NOTHING: dict[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
    "frame-ancestors": ("'none'",),
}
"""For pictures and data: as a page of their own they can do nothing."""
PAGE = NOTHING | {
    "script-src": ("'self'", *_inline_scripts(), "'wasm-unsafe-eval'", "blob:"),
    "style-src": ("'self'", "'unsafe-inline'"),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'", "data:"),
    "connect-src": ("'self'",),
    "frame-src": ("'self'",),
    "manifest-src": ("'self'",),
}
FRAME = NOTHING | {
    "script-src": ("'self'", "'unsafe-inline'", "'unsafe-eval'"),
    "style-src": ("'self'", "'unsafe-inline'"),
    "img-src": ("'self'", "data:", BASE_MAP),
    "connect-src": ("'self'",),
}
"""For the map's frame, where streamlit-folium runs the map's script, which it is sent as text."""


class SecurityHeaders:
    """Adds the headers to every answer.

    Parameters
    ----------
    app
        What answers.
    base_path
        Streamlit's ``server.baseUrlPath``, with a slash before it, or nothing.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self.app = app
        self._base_path = base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope, message["status"])
            await send(message)

        await self.app(scope, receive, with_headers)

    def _add(self, headers: MutableHeaders, scope: Scope, status: int) -> None:
        for name, value in ALWAYS.items():
            headers[name] = value
        if status == NOT_MODIFIED:  # the browser keeps the policy of the answer that it has
            return
        component = _path(scope, self._base_path).startswith(COMPONENTS)
        if status == OK and component and never_changes(scope, self._base_path):
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        html = headers.get("content-type", "").startswith("text/html")
        if not html:
            policy = NOTHING
        elif component:
            policy = FRAME | {"frame-ancestors": _who_may_frame_the_map(scope)}
            headers.add_vary_header("Sec-Fetch-Site")
        else:
            policy = PAGE | {"frame-ancestors": _who_may_frame_the_page(scope)}
        headers["Content-Security-Policy"] = "; ".join(
            " ".join((name, *sources)) for name, sources in policy.items()
        )


def _path(scope: Scope, base_path: str) -> str:
    return str(scope["path"]).removeprefix(scope.get("root_path", "")).removeprefix(base_path)


def never_changes(scope: Scope, base_path: str) -> bool:
    """Whether what an address stands for would have another address if it were another.

    So it is with the files that Streamlit and streamlit-folium were built into, and with the
    map's, whose version `geo.map.folium_map` writes into their addresses.
    """
    path = _path(scope, base_path)
    is_versioned = bytes(scope["query_string"]).startswith(b"v=") or "/static/" in path
    return path.startswith("/static/") or (path.startswith(COMPONENTS) and is_versioned)


def _who_may_frame_the_page(scope: Scope) -> tuple[str, ...]:
    """Let every site frame the page that is made for it, and none the other."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return ("*",) if asked.get("embed") == ["true"] else ("'none'",)


def _who_may_frame_the_map(scope: Scope) -> tuple[str, ...]:
    """Let the map's frame lie in our page alone, wherever that is embedded.

    The frame does what its parent says, also another site's, with this site's rights. Only
    the browser knows who asked for it; one that does not say may show it on this site only.
    """
    asked_by = Headers(scope=scope).get("sec-fetch-site")
    return {"same-origin": ("*",), None: ("'self'",)}.get(asked_by, ("'none'",))
