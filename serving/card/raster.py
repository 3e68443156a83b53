"""Turn a drawing in SVG into a picture of pixels, in the font that the preview pictures have."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import as_file

from resvg_py import svg_to_bytes

from serving.card.typesetting import FONT

FAMILIES = {
    "zh-hk": "Noto Sans CJK HK",
    "zh-hant": "Noto Sans CJK TC",
    "zh": "Noto Sans CJK SC",
    "ja": "Noto Sans CJK JP",
}
"""Families of the font by language: the same character is drawn as each place draws it."""
NARROW = "Noto Sans CJK KR"
"""The Korean one, whose quotation marks are as narrow as other languages want them."""
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")
"""Scripts that the font has."""
_FAMILY = re.compile(r'(<svg[^>]*?) font-family="[^"]*"')


def svg_png(svg: str, *, lang: str, scale: float = 2) -> bytes:
    """Draw an SVG as PNG; the same picture on every machine.

    Letters that Noto Sans CJK lacks are taken from the fonts of the machine, where it has any.

    Parameters
    ----------
    svg
        The drawing, with a width and a height in pixels.
    lang
        Language of its words, which decides on the form of Chinese characters.
    scale
        Pixels of the picture for one of the drawing.
    """
    tag = lang.lower()
    family = next((name for start, name in FAMILIES.items() if tag.startswith(start)), NARROW)
    # The 32 MB of the font are mapped, not read: two milliseconds a picture.
    with as_file(FONT) as font:
        return svg_to_bytes(
            svg_string=_FAMILY.sub(rf'\1 font-family="{family}"', svg, count=1),
            zoom=scale,
            font_files=[str(font)],
            skip_system_fonts=all(map(_has, set(svg))),
        )


def _has(sign: str) -> bool:
    """Whether the font has a sign; those that are no letters do not matter."""
    return not sign.isalpha() or unicodedata.name(sign, "CJK").startswith(_SCRIPTS)
