"""The icons of the themes, as outlines from the icon font that Streamlit brings.

As letters of that font they would stand there as words until it has come.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from fontTools.misc.transform import Transform
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SIZE = 18
"""CSS pixels that an icon is wide and high."""
_EM = 960
"""The same in the font's units."""
_CONTOUR = re.compile(r"M[^M]*")
_NUMBER = re.compile(r"-?[\d.]+")
_lock = Lock()  # a font reads its tables when somebody first asks for them


def streamlit_files() -> Path:
    """Return the folder of what Streamlit was built into, without loading it."""
    streamlit = find_spec("streamlit")
    assert streamlit
    assert streamlit.origin
    return Path(streamlit.origin).parent / "static" / "static"


@cache
def icon_glyphs() -> Mapping[str, str]:
    """Return each name that the font draws as an icon, with the icon's glyph."""
    with _lock:
        return dict(joined_names(_font()))


@cache
def outline(name: str) -> str | None:
    """Return an icon's outline as CSS's ``path()`` takes it, in pixels; none where there is none.

    A box that is cut along it costs a browser next to nothing; pictures cost it a page each.
    """
    glyph = icon_glyphs().get(name)
    if glyph is None:
        return None
    to_pixels = Transform().scale(SIZE / _EM, -SIZE / _EM).translate(0, -_EM)
    with _lock:
        glyphs = _font().getGlyphSet()
        pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.2f}".rstrip("0").rstrip("."))
        glyphs[glyph].draw(TransformPen(pen, to_pixels))
    contours = _CONTOUR.findall(pen.getCommands())
    return "".join(each for each in contours if not _is_point(each))


def _is_point(contour: str) -> bool:
    """Whether a contour has but one x and one y, as some of the font's have."""
    return len(set(_NUMBER.findall(contour))) <= len("xy")


def joined_names(font: TTFont) -> Iterator[tuple[str, str]]:
    """Yield each name whose letters an icon font joins into one glyph, and that glyph."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            rules_by_first = getattr(getattr(table, "ExtSubTable", table), "ligatures", {})
            for first, rules in rules_by_first.items():
                for rule in rules:
                    name = "".join(letters.get(each, "") for each in (first, *rule.Component))
                    yield name, rule.LigGlyph


@cache
def _font() -> TTFont:
    media = streamlit_files() / "media"
    return TTFont(next(media.glob("MaterialSymbols-*.woff2")), lazy=True)
