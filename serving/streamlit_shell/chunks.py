"""Which of Streamlit's own scripts a page will ask for once it knows what stands on it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from serving.streamlit_shell.hook import Hook, installed

if TYPE_CHECKING:
    from serving.streamlit_shell.hook import Build

ELEMENTS = ("Html", "BidiComponent", "ComponentInstance")
"""Streamlit's scripts for what the page consists of; each is loaded when its first one comes."""
_IMPORT = re.compile(r"""(?:from|import)\s*["'`]\./([^"'`]+\.js)["'`]""")


def _look(build: Build) -> str | None:
    gone = [element for element in ELEMENTS if not build.element_files(element)]
    return ", ".join(f"static/js/{element}.*.js" for element in gone) or None


HOOK = Hook("early_scripts", "scripts that the page needs are asked for one after another", _look)


def chunks() -> tuple[str, ...]:
    """Return the addresses of the scripts of `ELEMENTS`, relative to the page.

    What Streamlit's page names itself is left out. Names carry digests that change with each
    release of Streamlit, so they are looked up; where there are none, nothing is fetched early.
    """
    return _chunks(installed())


@cache
def _chunks(build: Build) -> tuple[str, ...]:
    page = build.index()
    folder = build.static / "static" / "js"
    found: dict[str, None] = {}
    ahead = [file.name for element in ELEMENTS for file in build.element_files(element)]
    while ahead:
        name = ahead.pop()
        if name in found or name in page or not (folder / name).is_file():
            continue
        found[name] = None
        ahead += _IMPORT.findall((folder / name).read_text(encoding="utf-8"))
    return tuple(f"static/js/{name}" for name in sorted(found))
