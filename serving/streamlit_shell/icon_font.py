"""Streamlit's icon font, with the icons that Streamlit itself can show and no others.

It holds four thousand, of which this page shows a handful, and every browser fetches it.
"""

from __future__ import annotations

import io
import logging
import re
import subprocess
import sys
from pathlib import Path
from string import printable
from typing import TYPE_CHECKING

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from stories.view.icons import joined_names, streamlit_files

if TYPE_CHECKING:
    from collections.abc import Iterator

_log = logging.getLogger(__name__)

ICON_FONT = re.compile(r"/MaterialSymbols-[^/]*\.woff2$")
"""Its address; between the two stands a digest that changes with each release of Streamlit."""
ROOT = Path(__file__).parents[2]
_WORD = re.compile(r"""["'`:/]([a-z0-9_]+)[:"'`]""")


def lean_icons(font: bytes) -> bytes:
    """Return the font (WOFF2) with the icons whose names stand in Streamlit's scripts.

    The words of all scripts are taken for names, so that none can be missing. The icons of an
    atlas are no letters of this font (`stories.view.icons`).
    """
    whole = TTFont(io.BytesIO(font))
    words = set(_words_of_streamlit())
    wanted = {glyph for name, glyph in joined_names(whole) if name in words}
    # All names can be spelled with the letters that are kept; that is no reason to keep an icon.
    subsetter = Subsetter(Options(layout_closure=False, layout_features=["*"]))
    subsetter.populate(glyphs=wanted, text=printable)
    subsetter.subset(whole)
    lean = io.BytesIO()
    whole.save(lean)
    return lean.getvalue()


def lean_icons_elsewhere(font: bytes) -> bytes:
    """Return the same from a process of its own: it takes a second that readers would wait for.

    A font that is not as it was expected is returned whole.
    """
    command = [sys.executable, "-m", "serving.streamlit_shell.icon_font"]
    try:
        done = subprocess.run(command, input=font, capture_output=True, cwd=ROOT, check=True)  # noqa: S603  # ours
    except (OSError, subprocess.CalledProcessError):
        _log.exception("the icon font goes out whole")
        return font
    return done.stdout


def _words_of_streamlit() -> Iterator[str]:
    for script in (streamlit_files() / "js").glob("*.js"):
        yield from _WORD.findall(script.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.stdout.buffer.write(lean_icons(sys.stdin.buffer.read()))
