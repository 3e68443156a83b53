"""The share button and its dialog; its component also carries the page's own script."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from stories.choices import change_of

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

    from stories.page import Change
    from stories.panel import Reader

ASSETS = Path(__file__).parent / "assets"
SHARE_KEY = "share"


@cache
def _component() -> ComponentRenderer:
    def read(name: str) -> str:
        return (ASSETS / name).read_text(encoding="utf-8")

    return st.components.v2.component(
        "county_story_page",
        html=read("share.html"),
        css=read("share.css"),
        js=read("share.js") + read("page.js"),
    )


def draw_share(reader: Reader, on_change: Change) -> None:
    """Draw the share button and its dialog; its script also takes what readers choose.

    What is shown, and its QR code, the dialog reads from the panel, so it needs no answer.
    """

    def changed() -> None:
        choice = st.session_state[SHARE_KEY].get("choice")
        if isinstance(choice, dict):
            on_change(**change_of(reader, choice))

    _component()(
        key=SHARE_KEY,
        data={"text": reader.wording.section("share")},
        on_choice_change=changed,
    )
