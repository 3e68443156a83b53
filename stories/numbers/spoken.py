"""Numbers in words, by text2num: ``vingt et un``, ``dreitausend``, ``dos millones``.

Of the libraries on PyPI it is the one that says where a number stands, and it is MIT; num2words
writes numbers and is LGPL, number-parser rests since 2023, cn2an reads what is all a number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from text_to_num import find_numbers

from stories.numbers.found import CLAIMED, Meaning, Scan

LANGUAGES = frozenset({"fr", "de", "es", "pt", "it", "nl", "da"})
"""English has a reader of its own, which knows dozens and hundreds in the newspaper's way."""
_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]|\d+|\0+")
_MOST = 200_000
_TIMES = re.compile(r"\s(?:fois|mal|veces|vezes|volte|keer|gange)\b", re.IGNORECASE)
_PERCENT = re.compile(
    r"\s?%|[ -](?:pour ?cent|prozent|por ciento|per cento|por cento|procent)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int

    def text(self) -> str:
        return self.word

    def nt_separated(self, _previous: object) -> bool:
        return self.word[0] == CLAIMED

    def not_a_number_part(self) -> bool:
        return not self.word[0].isalpha() and self.word != "-"


def scan(lang: str) -> Scan:
    """Return what finds the numbers in words of `lang`."""

    def find(text: str) -> Iterator[tuple[int, int, Meaning | None]]:
        if len(text) > _MOST:
            return
        tokens = [_Token(m[0].lower(), *m.span()) for m in _TOKEN.finditer(text)]
        seen = 0
        for found in find_numbers(tokens, lang, 0):
            start, end = tokens[found.start].start, tokens[found.end - 1].end
            if start < seen:
                continue
            if found.is_ordinal:
                yield start, end, None
            elif found.value > 1:
                percent, times = _PERCENT.match(text, end), _TIMES.match(text, end)
                more = percent or times
                seen = more.end() if more else end
                value = Decimal(str(found.value)).normalize() + 0
                yield start, seen, Meaning(value, percent=bool(percent), times=bool(times))

    return find
