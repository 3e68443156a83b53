"""What Streamlit's page is told in its head, so that it asks and waits for less.

Streamlit lets whoever hands out its page do so (streamlit/streamlit#13342): the page opens its
line to the server at once, and is in its own colours and letters from the first picture on,
without the fonts of Streamlit that nothing is set in.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from markupsafe import Markup

from serving.streamlit_shell.hook import Hook, without
from stories.view.render import render

if TYPE_CHECKING:
    from serving.streamlit_shell.hook import Build

SCRIPT = (Path(__file__).parent / "assets" / "opening.js").read_text(encoding="utf-8")
COLOURS = ("primaryColor", "backgroundColor", "secondaryBackgroundColor", "textColor")
TOLD = ("BACKEND_BASE_URL", "HOST_CONFIG", "LIGHT_THEME", "DARK_THEME")


def _look_for_settings(build: Build) -> str | None:
    return without(build.scripts(), "window.__streamlit;", *TOLD)


def _look_for_icon_font(build: Build) -> str | None:
    return without(build.scripts(), "document.fonts.load(", "Material Symbols")


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
HOOKS = (SETTINGS, ICON_FONT)


def opening_html() -> str:
    """Return the HTML that tells it, for the head."""
    return render(
        "serving.streamlit_shell",
        "opening.html",
        settings=settings() if SETTINGS.holds() else None,
        script=Markup(SCRIPT),  # noqa: S704  # ours
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
