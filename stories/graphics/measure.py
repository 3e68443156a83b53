"""How much room words take, in whatever font a reader's machine has.

No font is opened: widths are upper bounds over the usual sans-serif fonts (DejaVu Sans and Verdana
are the widest of them), so that what fits here fits on the page. Lines break as
`Unicode line breaking <https://www.unicode.org/reports/tr14/>`_ asks in the main.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

BOLD = 600
_BOLDER = 1.12
"""How much wider bold letters are."""
_WIDTHS = {
    **dict.fromkeys("ijlI'.,: ;|·’‘", 0.34),
    **dict.fromkeys("!()[]frt-/", 0.42),
    **dict.fromkeys('“”"', 0.52),
    **dict.fromkeys("ceskvxyz", 0.62),
    **dict.fromkeys("ABCEFJKLPRSTVXYZ", 0.7),
    **dict.fromkeys("0123456789–", 0.64),
    **dict.fromkeys("w#+<=>^~M", 0.87),
    **dict.fromkeys("mW@%—…‰", 1.02),
}
"""In parts of the font's size; all other signs go by their kind."""
_LOWER, _UPPER, _OTHER, _WIDE = 0.64, 0.79, 1.02, 1.02
_NO_ADVANCE = {"Mn", "Me", "Cf"}

NO_START = "、。，．：；！？）》」』】〕〉”’％%,.:;!?)]}…—·›»"
"""Signs that do not begin a line."""
NO_END = "（《「『【〔〈“‘([{«‹"
"""Signs that do not end one."""
_SPACELESS = (
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[\U00020000-\U0003ffff]"
)
_PIECES = re.compile(rf"[\d.,]+(?:{_SPACELESS})|(?:{_SPACELESS})\W?|\s+|(?:(?!{_SPACELESS})\S)+")
_COMBINING = re.compile(r"^[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200d\ufe0f]")
ELLIPSIS = "…"
MOST_SIGNS = 400
"""Signs of a text that are drawn; a graphic holds no more."""


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Return how many pixels a line takes at most, at a font size in pixels."""
    width = sum(map(_advance, text)) * size
    return width * _BOLDER if weight >= BOLD else width


@lru_cache(maxsize=4096)
def _advance(sign: str) -> float:
    if sign in _WIDTHS:
        return _WIDTHS[sign]
    if unicodedata.category(sign) in _NO_ADVANCE:
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return _WIDE if sign < "\U0001f000" else 1.4
    if sign.isascii() or unicodedata.name(sign, "").startswith(("LATIN", "GREEK", "CYRILLIC")):
        return _LOWER if sign.islower() else _UPPER
    return _OTHER


def wrap(text: str, size: float, width: float, weight: int = 400, most: int = 99) -> list[str]:
    """Break a text into at most so many lines of a width; what is too long ends in an ellipsis."""
    text = " ".join(text.split())
    if len(text) > MOST_SIGNS:
        text = text[:MOST_SIGNS] + ELLIPSIS
    lines = [""]
    for piece in _unbreakable(text):
        whole = (lines[-1] + piece).rstrip()
        if lines[-1] and text_width(whole, size, weight) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    lines = [part for line in lines for part in _cut(line.rstrip(), size, width, weight)]
    if len(lines) > most:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], size, width, weight)]
    return [line for line in lines if line]


def _unbreakable(text: str) -> list[str]:
    """Part a text where a line may break: signs stay with what they belong to."""
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        last = pieces[-1].rstrip()[-1:] if pieces else ""
        joined = piece[0] in NO_START or piece.isspace() or _COMBINING.match(piece)
        if pieces and (joined or last in NO_END):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _cut(line: str, size: float, width: float, weight: int) -> list[str]:
    """Cut a line that is one overlong word."""
    parts: list[str] = []
    while len(line) > 1 and text_width(line, size, weight) > width:
        end = max(1, _most(line, size, width, weight))
        while end < len(line) and _COMBINING.match(line[end]):
            end += 1
        parts.append(line[:end])
        line = line[end:]
    return [*parts, line]


def _most(text: str, size: float, width: float, weight: int) -> int:
    """Return how many signs go on a line."""
    end = 0
    while end < len(text) and text_width(text[: end + 1], size, weight) <= width:
        end += 1
    return end


def _shortened(line: str, size: float, width: float, weight: int) -> str:
    end = _most(line, size, width - text_width(ELLIPSIS, size, weight), weight)
    return line[:end].rstrip() + ELLIPSIS
