"""What this package draws on the page by Streamlit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from serving.render import render
from stories.view.address import View

if TYPE_CHECKING:
    from serving.start_page import StartPage
    from stories.view.context import ViewContext

ASSETS = Path(__file__).parent / "assets"


def draw_start(start: StartPage) -> None:
    """Draw the list of atlases."""
    st.html(ASSETS / "start.css")
    st.html(start.html())


def draw_way_back(context: ViewContext) -> None:
    """Lead from an atlas to all of them."""
    st.html(ASSETS / "way_back.css")
    lang = View(lang=context.view.lang).query()
    st.html(render("way_back.html", query=lang, words=context.wording.text("start.all_atlases")))
