"""A thing in Streamlit's build that the page leans on, and how to see whether it is still there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from streamlit import file_util

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TESTED_WITH = {"streamlit": "1.67", "streamlit-folium": "0.27", "folium": "0.20"}
"""Versions in which every hook was seen to hold; pyproject.toml asks for no newer ones."""
_SCRIPT = re.compile(r'(?:src|href)="\./(static/js/[^"]+)"')


@dataclass(frozen=True)
class Build:
    """The files that Streamlit and streamlit-folium were built into."""

    static: Path
    """Folder of Streamlit's ``index.html``."""
    frame: Path
    """Folder of the ``index.html`` of streamlit-folium's frame."""

    def index(self) -> str:
        """Return Streamlit's page."""
        return (self.static / "index.html").read_text(encoding="utf-8")

    def scripts(self) -> str:
        """Return the scripts that the page names, one after another."""
        return _read(self.static / each for each in _SCRIPT.findall(self.index()))

    def element_files(self, element: str) -> list[Path]:
        """Return the files of the script that draws a kind of element; one, if all is well."""
        return sorted((self.static / "static" / "js").glob(f"{element}.*.js"))

    def frame_files(self) -> list[Path]:
        """Return the files of the frame's script; one, if all is well."""
        return sorted((self.frame / "static" / "js").glob("main.*.js"))

    def frame_script(self) -> str:
        """Return the frame's script."""
        return _read(self.frame_files())


def _read(files: Iterable[Path]) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@cache
def installed() -> Build:
    """Return what is installed."""
    folium = find_spec("streamlit_folium")
    assert folium
    assert folium.origin
    frame = Path(folium.origin).parent / "frontend" / "build"
    return Build(Path(file_util.get_static_dir()), frame)


@dataclass(frozen=True)
class Hook:
    """A thing that is leaned on."""

    name: str
    lost: str
    """What is lost where it is gone, for the log."""
    look: Callable[[Build], str | None]
    """Say what is missing of it; nothing where all is there."""

    def missing(self) -> str | None:
        """Say what is missing of it in what is installed."""
        return _missing(self, installed())

    def holds(self) -> bool:
        """Whether it can be leaned on."""
        return self.missing() is None


@cache
def _missing(hook: Hook, build: Build) -> str | None:
    try:
        return hook.look(build)
    except (OSError, UnicodeDecodeError) as error:
        return str(error)


def without(text: str, *words: str) -> str | None:
    """Say which of the words the text lacks; nothing where it has them all."""
    return ", ".join(word for word in words if word not in text) or None
