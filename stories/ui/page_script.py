"""The page's own script, and the share button and its dialog, which it draws."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from streamlit.components.v2.types import ComponentRenderer

    from stories.view.context import ViewContext

ASSETS = Path(__file__).parents[1] / "view" / "assets"
SCRIPT = "page.bundle.js"
"""Built by ``make scripts`` from ``serving/streamlit_shell/scripts/page_component.js``."""
SHARE_KEY = "share"


@cache
def _component() -> ComponentRenderer:
    def read(name: str) -> str:
        return (ASSETS / name).read_text(encoding="utf-8")

    return st.components.v2.component(
        "county_story_page", html=read("share.html"), css=read("share.css"), js=read(SCRIPT)
    )


def draw_script(context: ViewContext, on_choice: Callable[[Mapping[str, Any]], None]) -> None:
    """Draw the share button; the script takes what readers choose on the page.

    What is shown, and its QR code, the dialog reads from the panel, so it needs no answer.

    It lies outside all fragments: when the line to the server stands again, what it triggers
    is a whole run, which is what a server needs that has never heard of this page.
    """

    def changed() -> None:
        choice = st.session_state[SHARE_KEY].get("choice")
        if isinstance(choice, dict):
            on_choice(choice)

    _component()(
        key=SHARE_KEY,
        data={"text": context.wording.section("share")},
        on_choice_change=changed,
        on_back_change=lambda: None,
    )
