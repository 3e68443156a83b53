"""The style sheet for what Streamlit draws around and between our own elements."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from serving.streamlit_shell.hook import Hook

if TYPE_CHECKING:
    from serving.streamlit_shell.hook import Build

SHEET = Path(__file__).parent / "assets" / "shell.css"
_CLASS = re.compile(r"\.(st[A-Z]\w+)")
_WORD = re.compile(r"\bst[A-Z]\w+")


def draw_styles() -> None:
    """Hand the page the sheet."""
    st.html(SHEET)


def _look(build: Build) -> str | None:
    html = "".join(file.read_text(encoding="utf-8") for file in build.element_files("Html"))
    known = set(_WORD.findall(build.scripts() + html))
    named = set(_CLASS.findall(SHEET.read_text(encoding="utf-8")))
    return ", ".join(sorted(named - known)) or None


HOOK = Hook("styles", "widths, distances and print as they were meant", _look)
