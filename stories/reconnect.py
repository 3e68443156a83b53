"""Bring a page back to life whose server was restarted, replaced, or has forgotten it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

SCRIPT = Path(__file__).parent / "assets" / "reconnect.js"


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component("county_story_line", js=SCRIPT.read_text(encoding="utf-8"))


def draw_reconnect() -> None:
    """Have the page drawn anew when its line to the server was cut and stands again.

    It lies outside all fragments: what it triggers is a whole run, which is what a server
    needs that has never heard of this page.
    """
    _component()(key="reconnect", height=0, on_back_change=lambda: None)
