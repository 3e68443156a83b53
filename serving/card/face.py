"""A size of the pictures' letters, in every script that pages come in.

Pillow sets a line in one font and shapes it with a library of the machine, which small images lack.
So Arabic letters are joined and lines are turned here: each sign then stands by itself, and those
that the first font lacks are taken from another.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache, partial
from importlib.resources import as_file, files
from itertools import groupby
from typing import TYPE_CHECKING

from arabic_reshaper import ArabicReshaper
from bidi.algorithm import get_display  # `bidi.get_display` does not mirror brackets
from PIL import ImageFont

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

    from geo.map.pens import Ink

FONTS = {
    "cjk": files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc",
    "arabic": files("fontpkg_noto_sans_arabic") / "files" / "NotoSansArabic[wdth,wght].ttf",
    "hebrew": files("fontpkg_heebo") / "files" / "Heebo[wght].ttf",
}
"""The fonts by script; the first one has Latin, Greek and Cyrillic letters, too."""
FACES = {"zh-hk": 4, "zh-hant": 3, "zh": 2, "ja": 0}
"""Faces of the Chinese font by language: a character is drawn as each place draws it."""
NARROW = 1
"""The Korean face, whose quotation marks are as narrow as other languages want them."""

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefe]")
_HEBREW = re.compile(r"[\u0590-\u05ff\ufb1d-\ufb4f]")
_COMMON = re.compile(
    r"[\u0020-\u007e\u00a0\u00ab\u00b0\u00b7\u00bb\u00c0-\u00ff\u2013\u2014\u2018\u2019\u201c-\u201e\u2026]"
)
"""Letters, digits and signs that each of the fonts has."""
_FULL_WIDTH = 100
_reshaper = ArabicReshaper({"delete_harakat": True, "support_ligatures": True})


@lru_cache(maxsize=128)
def _loaded(script: str, size: int, axes: tuple[int, ...], index: int = 0) -> FreeTypeFont:
    # Pillow's library, where there is one, would turn a line back that was turned here.
    engine = None if script == "cjk" else ImageFont.Layout.BASIC
    with as_file(FONTS[script]) as path:
        loaded = ImageFont.truetype(path, size, index, layout_engine=engine)
    loaded.set_variation_by_axes(list(axes))
    return loaded


class Face:
    """Letters of a size and a weight, in a language.

    Parameters
    ----------
    size
        Pixels.
    weight
        From 100 to 900.
    lang
        Language tag, which decides on the form of Chinese characters.
    is_rtl
        Whether lines of the language run from right to left.
    """

    def __init__(self, size: int, weight: int, lang: str, *, is_rtl: bool = False) -> None:
        self.size, self.weight, self.is_rtl = size, weight, is_rtl
        tag = lang.lower()
        self._index = next((FACES[each] for each in FACES if tag.startswith(each)), NARROW)
        self._is_hebrew = tag.partition("-")[0] in {"he", "yi"}

    @cached_property
    def _cjk(self) -> FreeTypeFont:
        return _loaded("cjk", self.size, (self.weight,), self._index)

    @cached_property
    def _arabic(self) -> FreeTypeFont:
        return _loaded("arabic", self.size, (self.weight, _FULL_WIDTH))

    @cached_property
    def _hebrew(self) -> FreeTypeFont:
        return _loaded("hebrew", self.size, (self.weight,))

    @cached_property
    def _main(self) -> FreeTypeFont:
        if not self.is_rtl:
            return self._cjk
        return self._hebrew if self._is_hebrew else self._arabic

    def _font_of(self, sign: str) -> FreeTypeFont:
        if _ARABIC.match(sign):
            return self._arabic
        if _HEBREW.match(sign):
            return self._hebrew
        return self._main if _COMMON.match(sign) else self._cjk

    def runs(self, text: str) -> list[tuple[FreeTypeFont, str]]:
        """Part a line by font, from left to right as it is seen."""
        if not self.is_rtl and not _ARABIC.search(text) and not _HEBREW.search(text):
            return [(self._cjk, text)]
        shown = str(get_display(_reshaper.reshape(text), base_dir="R" if self.is_rtl else "L"))
        return [(font, "".join(signs)) for font, signs in groupby(shown, self._font_of)]

    def getlength(self, text: str) -> float:
        """Return the width of a line in pixels."""
        return sum(font.getlength(run) for font, run in self.runs(text))

    def draw(
        self, pen: ImageDraw, at: tuple[float, float], text: str, ink: Ink, *, anchor: str
    ) -> None:
        """Write a line.

        Parameters
        ----------
        pen
            Draws on the picture.
        at
            Where the line is to be, in pixels.
        text
            Words in the order in which they are read.
        ink
            Colours.
        anchor
            Which of its points is there, as Pillow names them: ``lm``, ``mm`` or ``rm``.
        """
        write = partial(
            pen.text, fill=ink.colour, stroke_width=ink.halo_width, stroke_fill=ink.halo
        )
        runs = self.runs(text)
        if len(runs) == 1:
            font, run = runs[0]
            write(at, run, font=font, anchor=anchor)
            return
        part = {"l": 0, "m": 0.5, "r": 1}[anchor[0]]
        x = at[0] - part * sum(font.getlength(run) for font, run in runs)
        above, below = self._main.getmetrics()
        baseline = at[1] + (above - below) / 2  # where one font would have it
        for font, run in runs:
            write((x, baseline), run, font=font, anchor="ls")
            x += font.getlength(run)
