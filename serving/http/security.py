"""What browsers are told to refuse: the security headers of every answer.

docs/operations.md says what each source of the policies is needed for.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders

from serving.http.graphics import FOLDERS
from serving.responses import NOT_MODIFIED, OK
from serving.streamlit_shell.frame import COMPONENTS, GUARD
from serving.streamlit_shell.index_page import SCRIPTS, inline_scripts
from serving.streamlit_shell.opening import SCRIPTS as OPENING
from serving.streamlit_shell.static_files import never_changes, path_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BASE_MAP = "https://tile.openstreetmap.org"
"""The one foreign host, and only for readers who switch the base map on."""
UNCHANGING = "public, max-age=31536000, immutable"

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


NOTHING: dict[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
    "frame-ancestors": ("'none'",),
}
"""For pictures and data: as a page of their own they can do nothing."""
PICTURE = NOTHING | {"style-src": ("'unsafe-inline'",)}
"""For drawings, whose colours stand in them."""
ALONE = PICTURE | {"img-src": ("data:",), "frame-ancestors": ("*",)}
"""For the page of a graphic, which every site may frame: it has no script and asks for nothing."""
PAGE = NOTHING | {
    "style-src": ("'self'", "'unsafe-inline'"),
    "img-src": ("'self'", "data:"),
    "media-src": ("'self'",),
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


@cache
def page_scripts() -> tuple[str, ...]:
    """Return which scripts the page may run: of those in it, Streamlit's own and ours by hash."""
    always = ("'self'", "'wasm-unsafe-eval'", "blob:")
    if not SCRIPTS.holds():  # a page that does not start would protect nobody
        return (*always, "'unsafe-inline'", "https:")
    digests = [hashlib.sha256(script.encode()).digest() for script in (*inline_scripts(), *OPENING)]
    return (*always, *(f"'sha256-{base64.b64encode(each).decode()}'" for each in digests))


GRAPHICS = tuple(f"/{folder}/" for folder in FOLDERS)
"""Begin the addresses of pages that are made to be framed."""


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
        component = path_of(scope, self._base_path).startswith(COMPONENTS)
        if status == OK and component:
            # Streamlit lets caches keep also what may change, such as how the atlases stand.
            kept = never_changes(scope, self._base_path)
            headers["Cache-Control"] = UNCHANGING if kept else "no-cache"
        html = headers.get("content-type", "").startswith("text/html")
        if not html:
            drawn = headers.get("content-type", "").startswith("image/svg+xml")
            policy = PICTURE if drawn else NOTHING
        elif path_of(scope, self._base_path).startswith(GRAPHICS):
            policy = ALONE
        elif component:
            policy = FRAME | {"frame-ancestors": _who_may_frame_the_map(scope)}
            headers.add_vary_header("Sec-Fetch-Site")
        else:
            policy = PAGE | {
                "script-src": page_scripts(),
                "frame-ancestors": _who_may_frame_the_page(scope),
            }
        headers["Content-Security-Policy"] = "; ".join(
            " ".join((name, *sources)) for name, sources in policy.items()
        )


def _who_may_frame_the_page(scope: Scope) -> tuple[str, ...]:
    """Let every site frame the page that is made for it, and none the other.

    Where the map's frame cannot tell whom it listens to, no site may.
    """
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return ("*",) if asked.get("embed") == ["true"] and GUARD.holds() else ("'none'",)


def _who_may_frame_the_map(scope: Scope) -> tuple[str, ...]:
    """Let the map's frame lie in our page alone, wherever that is embedded.

    The frame does what its parent says, also another site's, with this site's rights. Only
    the browser knows who asked for it; one that does not say may show it on this site only.
    """
    asked_by = Headers(scope=scope).get("sec-fetch-site")
    return {"same-origin": ("*",), None: ("'self'",)}.get(asked_by, ("'none'",))
