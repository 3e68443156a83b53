"""The few words of the article that a number rests on."""

from __future__ import annotations

import re
from typing import NamedTuple

_BEFORE = {"zh": 8, "en": 32}
_AFTER = {"zh": 8, "en": 28}
_NAME = re.compile(r"[A-Za-z0-9.’]")
_SPACES_AND_MARKS = " ，、。；：,.;:“”‘’\"'（）()—–-"


class Span(NamedTuple):
    """Where something stands."""

    start: int
    end: int


def quote_of(
    text: str, whole: list[Span], others: list[Span], clause: tuple[int, int], lang: str
) -> str | None:
    """Return words around the spans of `whole` that reach into none of the `others`.

    A number between those of `whole` would stand in the quote, too; None is returned then.
    """
    first, last = min(span.start for span in whole), max(span.end for span in whole)
    if any(first <= span.start < last for span in others if span not in whole) and len(whole) > 1:
        others = [span for span in others if not first <= span.start < last]
    low = max([clause[0], *(span.end for span in others if span.end <= first)])
    high = min([max(clause[1], last), *(span.start for span in others if span.start >= last)])
    begin, end = max(low, first - _BEFORE[lang]), min(high, last + _AFTER[lang])
    if lang == "en":
        begin, end = _whole_words(text, begin, end, low, high, first, last)
    while low < begin < first and _NAME.match(text[begin - 1]) and _NAME.match(text[begin]):
        begin += 1  # a name such as PM2.5 is whole or not there
    while last < end < high and _NAME.match(text[end - 1]) and _NAME.match(text[end]):
        end -= 1
    quote = text[begin:end]
    lead = len(quote) - len(quote.lstrip(_SPACES_AND_MARKS))
    begin += min(lead, first - begin)
    tail = len(quote) - len(quote.rstrip(_SPACES_AND_MARKS + ("和与及" if lang == "zh" else "")))
    end -= min(tail, end - last)
    return text[begin:end].strip() or None


def _whole_words(  # noqa: PLR0913, PLR0917  # places in a text
    text: str, begin: int, end: int, low: int, high: int, first: int, last: int
) -> tuple[int, int]:
    if begin > low:
        space = text.find(" ", begin, first)
        begin = space + 1 if space >= 0 else first
    if end < high:
        space = text.rfind(" ", last, end)
        after = re.match(r"\S*", text[last:])
        end = space if space >= 0 else last + (after.end() if after else 0)
    return begin, end
