"""Let an open page follow how its atlas stands.

The page may not ask Streamlit: each such question carries the address as the browser knows it,
and one that crosses a click would take the click back. So a thread keeps a small file that says
how the atlases stand, and the page's script asks for that. The answer of some 60 bytes is read
from the disk and runs nothing.
"""

from __future__ import annotations

import hashlib
import json
import logging
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import streamlit as st
import streamlit.components.v1 as components

from geo.errors import TemporaryFolderError
from geo.files.temporary import temporary_folder
from serving.settings import is_preview
from serving.store.catalogue import PREVIEW_RECHECK_SECONDS, catalogue

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

    from serving.store.catalogue import CatalogueEntry

_log = logging.getLogger(__name__)
FILE = "state.json"
ASSETS = Path(__file__).parent / "assets"
NOTICE = '<p role="status"></p>'
READERS_RECHECK_SECONDS = 2.0
"""Seconds after which the files are looked at for pages that are open, whoever reads there."""


@dataclass(frozen=True)
class CatalogueState:
    """How all atlases stand."""

    digest: str
    """Of their snapshots and faults."""
    not_whole: tuple[str | None, ...]
    """Names of those whose files are not whole now."""

    @classmethod
    def now(cls) -> CatalogueState:
        """Look at all atlases."""
        states = [(entry.name, entry.state) for entry in catalogue.entries()]
        parts = [
            f"{name}:{state.snapshot and state.snapshot.load_id}:{state.faults}"
            for name, state in states
        ]
        return cls(
            digest=hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16],
            not_whole=tuple(name for name, state in states if not state.is_whole),
        )


def draw_notice(entry: CatalogueEntry, words: str) -> None:
    """Draw a notice that comes as an atlas ceases to be whole, and goes as it is mended.

    Parameters
    ----------
    entry
        The atlas.
    words
        What the notice says.
    """
    _draw(role="reader", atlas=entry.name, words=words, is_whole=entry.state.is_whole)


def draw_waiting(entry: CatalogueEntry) -> None:
    """Have the page of an atlas that was never whole drawn anew as soon as it is."""
    _draw(role="waiting", atlas=entry.name)


def draw_follow(drawn: CatalogueState) -> None:
    """Have an editor's page drawn anew as soon as any atlas stands otherwise than drawn."""
    _draw(role="editor", drawn=drawn.digest)


def _draw(**data: object) -> None:
    file = _state_file()
    if file is None:
        return
    file.look.set()  # a page may know more than the file
    name = components.declare_component("state", path=file.path.parent).name
    _component()(
        key="follow",
        data={**data, "address": f"component/{name}/{FILE}"},
        on_changed_change=lambda: None,
    )


@cache
def _component() -> ComponentRenderer:
    styles, script = (
        (ASSETS / name).read_text(encoding="utf-8") for name in ("follow.css", "follow.js")
    )
    return st.components.v2.component("county_story_follow", html=NOTICE, css=styles, js=script)


class StateFile:
    """The file that says how the atlases stand, in a folder that goes with the process."""

    def __init__(self) -> None:
        self._room = temporary_folder("county-story-follow-")
        self.path = Path(self._room.name) / FILE
        self.look = Event()
        """Set it to have the atlases looked at before it is time."""

    def keep(self, every: float) -> None:
        """Keep the file as long as the process lives, looking every so many seconds."""
        written = None
        while True:
            self.look.wait(every)
            self.look.clear()
            with suppress(OSError):  # a full disk may have room again
                state = CatalogueState.now()
                if state != written:
                    self._write(state)
                    written = state

    def _write(self, state: CatalogueState) -> None:
        self.path.parent.mkdir(exist_ok=True)  # machines clear old temporary files
        draft = self.path.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(state)), encoding="utf-8")
        draft.replace(self.path)


@st.cache_resource(show_spinner=False)
def _state_file() -> StateFile | None:
    """Begin to keep the file; none where there is no place for it."""
    try:
        file = StateFile()
    except TemporaryFolderError as error:
        _log.warning("open pages hear of no change until they are loaded anew: %s", error)
        return None
    every = PREVIEW_RECHECK_SECONDS if is_preview() else READERS_RECHECK_SECONDS
    Thread(target=file.keep, args=(every,), daemon=True).start()
    return file
