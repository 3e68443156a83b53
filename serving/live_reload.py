"""Let an editor's page follow each save.

The page may not ask the server itself: each such question carries the address as the browser
knows it, and one that crosses a click would take the click back. So a thread keeps a file that
says how the atlases stand, and the page's script asks for that until it has changed.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import TYPE_CHECKING

import streamlit as st
import streamlit.components.v1 as components

from serving.store.catalogue import PREVIEW_RECHECK_SECONDS, catalogue

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

FILE = "state.txt"
SCRIPT = Path(__file__).parent / "assets" / "follow.js"


def draw_follow(drawn: str) -> None:
    """Have the page drawn anew as soon as the atlases stand otherwise than when it was begun.

    Parameters
    ----------
    drawn
        What `catalogue_state` said then.
    """
    name = components.declare_component("state", path=_kept_file().parent).name
    _component()(
        key="follow",
        height=0,
        data={"state": drawn, "address": f"component/{name}/{FILE}"},
        on_changed_change=lambda: None,
    )


def catalogue_state() -> str:
    """Return a digest of how all atlases stand: their snapshots and their faults."""
    parts = [
        f"{entry.name}:{state.snapshot and state.snapshot.load_id}:{state.faults}"
        for entry in catalogue.entries()
        for state in [entry.state]
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component("county_story_follow", js=SCRIPT.read_text(encoding="utf-8"))


@cache
def _room() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="county-story-follow-")  # goes with the process


@cache
def _kept_file() -> Path:
    """Return the file, which is kept as long as the process lives."""
    file = Path(_room().name) / FILE
    file.write_text(catalogue_state(), encoding="utf-8")
    Thread(target=_keep, args=(file,), daemon=True).start()
    return file


def _keep(file: Path) -> None:
    pause, written = Event(), ""
    while not pause.wait(PREVIEW_RECHECK_SECONDS):
        state = catalogue_state()
        if state == written:
            continue
        with suppress(OSError):  # a full disk may have room again
            draft = file.with_suffix(".draft")
            draft.write_text(state, encoding="utf-8")
            draft.replace(file)
            written = state
