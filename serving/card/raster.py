"""Turn a drawing in SVG into a picture of pixels, in the font that the preview pictures have."""

from __future__ import annotations

import re
import unicodedata
from contextlib import ExitStack
from importlib.resources import as_file

from resvg_py import svg_to_bytes

from serving.card.face import FONTS
from stories.model.language import is_rtl

FAMILIES = {
    "zh-hk": "Noto Sans CJK HK",
    "zh-hant": "Noto Sans CJK TC",
    "zh": "Noto Sans CJK SC",
    "ja": "Noto Sans CJK JP",
    "he": "Heebo",
    "yi": "Heebo",
}
"""Families of the fonts by language: the same character is drawn as each place draws it."""
NARROW = "Noto Sans CJK KR"
"""The Korean one, whose quotation marks are as narrow as other languages want them."""
RIGHT_TO_LEFT = "Noto Sans Arabic"
_SCRIPTS = (
    "LATIN", "GREEK", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "ARABIC",
    "HEBREW",
)  # fmt: skip
"""Scripts that the fonts have."""
_FAMILY = re.compile(r'(<svg[^>]*?) font-family="[^"]*"')


def svg_png(svg: str, *, lang: str, scale: float = 2) -> bytes:
    """Draw an SVG as PNG; the same picture on every machine.

    Letters that none of our fonts has are taken from the fonts of the machine, where it has any.

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
    other = RIGHT_TO_LEFT if is_rtl(lang) else NARROW
    family = next((name for start, name in FAMILIES.items() if tag.startswith(start)), other)
    # The 32 MB of the Chinese font are mapped, not read: two milliseconds a picture.
    with ExitStack() as stack:
        paths = [str(stack.enter_context(as_file(font))) for font in FONTS.values()]
        return svg_to_bytes(
            svg_string=_FAMILY.sub(rf'\1 font-family="{family}"', svg, count=1),
            zoom=scale,
            font_files=paths,
            skip_system_fonts=all(map(_has, set(svg))),
        )


def _has(sign: str) -> bool:
    """Whether one of the fonts has a sign; those that are no letters do not matter."""
    return not sign.isalpha() or unicodedata.name(sign, "CJK").startswith(_SCRIPTS)
