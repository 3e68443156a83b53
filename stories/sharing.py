"""The share button and its dialog; its component also carries the page's own script."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from stories.qr import qr_image

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
    """Draw the share button; its script also follows the panel's own links.

    The QR code is drawn only when the dialog asks for it, so a click on a town sends none.
    """
    asked = (st.session_state.get(SHARE_KEY) or {}).get("opened") is not None
    query = reader.address_of(reader.view.town)
    here = (st.context.url or "").rstrip("/")

    def changed() -> None:
        town = st.session_state[SHARE_KEY].get("town")
        on_change(town=town if town in reader.towns else None)

    _component()(
        key=SHARE_KEY,
        data={
            "text": reader.wording.section("share"),
            "query": query,
            "qr": qr_image(f"{here}/?{query}") if asked and here else None,
        },
        on_town_change=changed,
        on_opened_change=lambda: None,
    )
