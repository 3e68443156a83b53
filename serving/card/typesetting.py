"""Text in pictures: fonts, and lines that neither overflow nor begin with a comma."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.map.pens import Ink
from serving.card.face import Face
from stories.model.language import is_rtl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.ImageDraw import ImageDraw

BOLD, REGULAR = 700, 400

NO_START = "、。，．：；！？）》」』】〕〉”’％%,.:;!?)]}…—·،؛؟"
"""Signs that do not begin a line."""
NO_END = "（《「『【〔〈“‘([{"
"""Signs that do not end one."""
_IDEOGRAPH = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_PIECES = re.compile(rf"[\d.,]+{_IDEOGRAPH}|{_IDEOGRAPH}|\s+|(?:(?!{_IDEOGRAPH})\S)+")
_CLAUSES = re.compile(r".+?(?:[，：；。！？]+|$)")
"""Where a Chinese headline breaks best."""
_CLAUSE_SIGN = re.compile(r"[，：；]")
ELLIPSIS = "…"
MOST_SIGNS = 600
"""Characters that are set; no box of a picture holds as many."""


@lru_cache(maxsize=64)
def font(size: int, weight: int, lang: str) -> Face:
    """Return the letters of a size in pixels and a weight from 100 to 900."""
    return Face(size, weight, lang, is_rtl=is_rtl(lang))


@dataclass(frozen=True)
class Block:
    """Lines of text in one font, ready to be drawn."""

    lines: tuple[str, ...]
    font: Face
    leading: int
    """Pixels from one baseline to the next."""

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.leading * len(self.lines)

    def draw(self, pen: ImageDraw, x: float, y: float, colour: str) -> float:
        """Draw the lines below each other from a corner; return where the next thing may begin.

        The corner is the upper one at which lines begin: the right one of lines that run leftwards.
        """
        for place, line in enumerate(self.lines):
            middle = y + self.leading * (place + 0.5)
            anchor = "rm" if self.font.is_rtl else "lm"
            self.font.draw(pen, (x, middle), line, Ink(colour), anchor=anchor)
        return y + self.height


def block(text: str, face: Face, width: int, most: int, leading: float = 1.3) -> Block:
    """Set text in at most so many lines of a width; what is too long ends in an ellipsis."""
    lines = wrap(_clipped(text), face, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], _shorten(lines[most - 1] + ELLIPSIS, face, width)]
    return Block(tuple(lines), face, round(face.size * leading))


def short(text: str, face: Face, width: int) -> str:
    """Return a name on one line of a width."""
    return _shorten(_clipped(" ".join(text.split())), face, width)


def fitting(  # noqa: PLR0913  # one question, asked once
    text: str,
    sizes: Sequence[int],
    *,
    width: int,
    height: int,
    weight: int,
    lang: str,
    leading: float = 1.26,
) -> Block:
    """Set text as large as its box allows, trying `sizes` from the largest."""
    most = 1
    text = _clipped(text)
    for size in sizes:
        face = font(size, weight, lang)
        most = max(1, int(height // round(size * leading)))
        if lines := _clauses(text, face, width, most):
            return Block(tuple(lines), face, round(size * leading))
        lines = wrap(text, face, width)
        if len(lines) <= most and not _CLAUSE_SIGN.search(text):
            return Block(tuple(_balanced(text, face, width, lines)), face, round(size * leading))
    for size in sizes:
        face = font(size, weight, lang)
        most = max(1, int(height // round(size * leading)))
        if len(lines := wrap(text, face, width)) <= most:
            return Block(tuple(lines), face, round(size * leading))
    return block(text, font(sizes[-1], weight, lang), width, most, leading)


def _clipped(text: str) -> str:
    """Return no more of a text than could be set."""
    return text if len(text) <= MOST_SIGNS else text[:MOST_SIGNS] + ELLIPSIS


def _clauses(text: str, face: Face, width: int, most: int) -> list[str]:
    """Break text after its clauses only; empty where it has none or they are too long."""
    clauses = _CLAUSES.findall(text) if _CLAUSE_SIGN.search(text) else []
    if not clauses or any(face.getlength(clause) > width for clause in clauses):
        return []
    lines = [""]
    for clause in clauses:
        if lines[-1] and face.getlength(lines[-1] + clause) > width:
            lines.append("")
        lines[-1] += clause
    return lines if len(lines) <= most else []


def _balanced(text: str, face: Face, width: int, lines: list[str]) -> list[str]:
    """Narrow the lines as far as their number stays, so that no last line is a single word."""
    low, high, best = width // 2, width, lines
    while high - low > face.size / 4:
        middle = (low + high) // 2
        tried = wrap(text, face, middle)
        fits = len(tried) <= len(lines) and all(face.getlength(each) <= middle for each in tried)
        low, high, best = (low, middle, tried) if fits else (middle, high, best)
    return best


def wrap(text: str, face: Face, width: int) -> list[str]:
    """Break text into lines: between words, and between Chinese signs where one may."""
    lines = [""]
    for piece in _unbreakable(text):
        if lines[-1] and face.getlength((lines[-1] + piece).rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    lines[-1] = lines[-1].rstrip()
    return [part for line in lines for part in _cut(line, face, width)]


def _unbreakable(text: str) -> list[str]:
    """Split text where a line may break: signs stay with what they belong to."""
    pieces: list[str] = []
    for piece in _PIECES.findall(" ".join(text.split())):
        last = pieces[-1].rstrip()[-1:] if pieces else ""
        if last and (piece[0] in NO_START or last in NO_END or piece.isspace()):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _cut(line: str, face: Face, width: int) -> list[str]:
    """Cut a line that is one overlong word."""
    parts = []
    while face.getlength(line) > width and len(line) > 1:
        end = max(1, _most(line, face, width))
        parts.append(line[:end])
        line = line[end:]
    return [*parts, line]


def _most(text: str, face: Face, width: int, end: str = "") -> int:
    """Return how many characters, with an end after them, go on a line."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = face.getlength(text[:middle] + end) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _shorten(line: str, face: Face, width: int) -> str:
    if face.getlength(line) <= width:
        return line
    text = line.removesuffix(ELLIPSIS)
    return text[: _most(text, face, width, ELLIPSIS)].rstrip() + ELLIPSIS
