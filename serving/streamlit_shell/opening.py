"""What Streamlit's page is told in its head, so that it asks and waits for less.

Streamlit lets whoever hands out its page do so (streamlit/streamlit#13342): the page opens its
line to the server at once, and is in its own colours and letters from the first picture on,
without the fonts of Streamlit that nothing is set in. The page's sheets stand there too: as
elements of the page they may be drawn after the story is, which would move. Beside them stands the
script that shows the page's words to readers whose line does not open.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from markupsafe import Markup

from serving.streamlit_shell.hook import Hook, without
from serving.streamlit_shell.styles import SHEET
from stories.ui import page
from stories.view.render import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from serving.streamlit_shell.hook import Build

ASSETS = Path(__file__).parent / "assets"
SCRIPTS = tuple(
    (ASSETS / name).read_text(encoding="utf-8") for name in ("opening.js", "readable.js")
)
"""They stand in the page itself, so the security policy has to name them."""
SHEETS = tuple(
    sheet.read_text(encoding="utf-8")
    for sheet in (SHEET, *(page.ASSETS / name for name in page.SHEETS))
)
COLOURS = ("primaryColor", "backgroundColor", "secondaryBackgroundColor", "textColor")
TOLD = ("BACKEND_BASE_URL", "HOST_CONFIG", "LIGHT_THEME", "DARK_THEME")


def _look_for_settings(build: Build) -> str | None:
    return without(build.scripts(), "window.__streamlit;", *TOLD)


def _look_for_icon_font(build: Build) -> str | None:
    return without(build.scripts(), "document.fonts.load(", "Material Symbols")


def _look_for_root(build: Build) -> str | None:
    return without(build.index(), '<div id="root">')


SETTINGS = Hook(
    "opening.settings",
    "the page asks the server two questions before it opens its line, and starts in"
    " Streamlit's colours",
    _look_for_settings,
)
ICON_FONT = Hook(
    "opening.icon_font",
    "a first visit may fetch Streamlit's icon font, of which it shows nothing",
    _look_for_icon_font,
)
READABLE = Hook(
    "opening.readable",
    "where the line to the server cannot open, readers see an empty page",
    _look_for_root,
)
HOOKS = (SETTINGS, ICON_FONT, READABLE)


def opening_html(words: Mapping[str, str]) -> str:
    """Return the HTML that tells it, for the head.

    Parameters
    ----------
    words
        What readers are told where Streamlit's script does not draw the page (``readable.js``).
    """
    return render(
        "serving.streamlit_shell",
        "opening.html",
        settings=settings() if SETTINGS.holds() else None,
        words=dict(words) if READABLE.holds() else None,
        sheets=[Markup(sheet) for sheet in SHEETS],  # noqa: S704  # ours
        scripts=[Markup(script) for script in SCRIPTS],  # noqa: S704  # ours
    )


def settings() -> dict[str, Any]:
    """Return what this server would say of itself, and the two themes of its settings."""
    host = {
        "allowedOrigins": list(st.get_option("client.allowedOrigins")),
        "useExternalAuthToken": False,
    }
    return {"host": host, "light": _theme("light"), "dark": _theme("dark")}


def _theme(base: str) -> dict[str, str]:
    colours = {name: st.get_option(f"theme.{base}.{name}") for name in COLOURS}
    looks = {**colours, "bodyFont": st.get_option("theme.font")}
    return {name: value for name, value in looks.items() if value}
