"""The share button and its dialog; its component also carries the page's own script."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from stories.qr import qr_image

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.components.v2.types import ComponentRenderer

    from stories.page import Change
    from stories.panel import Reader

ASSETS = Path(__file__).parent / "assets"
SHARE_KEY = "share"
ASKED_KEY = "share_code_asked"


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


def draw_share(reader: Reader, on_change: Change, draw_code: Callable[[], None]) -> None:
    """Draw the share button; its script also follows the panel's own links.

    Parameters
    ----------
    reader
        Who shares what.
    on_change
        Takes the choice of a link in the panel.
    draw_code
        Draws the part of the page that `draw_code` fills; called when the dialog opens.
    """
    query = reader.query

    def changed() -> None:
        wanted = st.session_state[SHARE_KEY].get("choice") or {}
        town = wanted.get("town")
        on_change(town=town if town in reader.towns else None, tour=wanted.get("tour") is True)

    def opened() -> None:
        st.session_state[ASKED_KEY] = True
        draw_code()

    _component()(
        key=SHARE_KEY,
        data={
            "text": reader.wording.section("share"),
            "query": query,
        },
        on_choice_change=changed,
        on_opened_change=opened,
    )


def draw_code(reader: Reader) -> None:
    """Draw the QR code that the dialog has asked for, out of sight; its script fetches it.

    So a click on a town sends no code, and a code does not send the dialog again.
    """
    here = (st.context.url or "").rstrip("/")
    if st.session_state.pop(ASKED_KEY, False) and here:
        query = reader.query
        source = escape(qr_image(f"{here}/?{query}"))
        mark = f'src="{source}" data-query="{escape(query)}"'
        st.html(f'<img class="share-code" hidden alt="" {mark}>')
