"""What Streamlit's page is told in its head, so that it asks and waits for less.

Streamlit lets whoever hands out its page do so (streamlit/streamlit#13342): the page opens its
line to the server at once, and is in its own colours and letters from the first picture on,
without the font of Streamlit that nothing is set in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st
from markupsafe import Markup

from serving.render import render

SCRIPT = (Path(__file__).parents[1] / "assets" / "opening.js").read_text(encoding="utf-8")
COLOURS = ("primaryColor", "backgroundColor", "secondaryBackgroundColor", "textColor")


def opening_html() -> str:
    """Return the HTML that tells it, for the head."""
    return render("opening.html", settings=settings(), script=Markup(SCRIPT))  # noqa: S704  # ours


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
