"""Which of Streamlit's own scripts a page will ask for once it knows what stands on it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from streamlit import file_util

ELEMENTS = ("Html", "BidiComponent", "ComponentInstance")
"""Streamlit's scripts for what the page consists of; each is loaded when its first one comes."""
_IMPORT = re.compile(r"""(?:from|import)\s*["'`]\./([^"'`]+\.js)["'`]""")


@cache
def chunks() -> tuple[str, ...]:
    """Return the addresses of the scripts of `ELEMENTS`, relative to the page.

    What Streamlit's page names itself is left out. Names carry digests that change with each
    release of Streamlit, so they are looked up; where there are none, nothing is fetched early.
    """
    static = Path(file_util.get_static_dir())
    page = (static / "index.html").read_text(encoding="utf-8")
    folder = static / "static" / "js"
    found: dict[str, None] = {}
    ahead = [file.name for element in ELEMENTS for file in folder.glob(f"{element}.*.js")]
    while ahead:
        name = ahead.pop()
        if name in found or name in page:
            continue
        found[name] = None
        ahead += _IMPORT.findall((folder / name).read_text(encoding="utf-8"))
    return tuple(f"static/js/{name}" for name in sorted(found))
