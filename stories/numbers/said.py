"""What a clause says about a number beside its value: unit, firmness, direction and time."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stories.model.language import locale_of
from stories.numbers import find_numbers, plain_text
from stories.numbers.found import CLAIMED, DateParts, Found, Meaning
from stories.numbers.lexicon import Lexicon, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

UNCLEAR = "unclear"
"""A qualifier that may also be none."""
_DURING = re.compile(r"\b(?:over|über)\s*$", re.IGNORECASE)
_MOST_BETWEEN = 12
_MOST_AROUND = 90
"""Characters on either side of a number that are looked at."""
_STOPS = re.compile(r"[，。；！？、：\n;!?،؛]|[,.:](?=\s|$)|\s[–—-]\s|——|（|）|\(|\)(?!\])")
_SENTENCES = re.compile(r"[。！？\n!?؟]|\.(?=\s|$)")
_TARGETS = re.compile(r"\]\([^)\n]*\)|\[")
_CHINESE_LIKE = frozenset({"zh", "yue", "ja", "ko"})
_NEXT_WORDS = {True: 34, False: 9}
_CLOSE = {True: 26, False: 8}


@dataclass(frozen=True, slots=True)
class Said:
    """A number of the prose with what its clause says about it."""

    found: Found
    units: frozenset[str] = frozenset()
    """Units that the words close to it may mean; none where they name none that is known."""
    nouns: frozenset[str] = frozenset()
    """What is counted, of what is counted one by one."""
    qualifier: str = ""
    direction: int = 0
    dates: tuple[DateParts, ...] = ()
    is_compared: bool = False
    """Whether a date in the clause is one that the number is compared with."""
    unit_text: str = ""
    """The number with its unit, as it is written."""
    clause: str = ""
    sentence: str = ""
    """The sentence up to the number, and the rest of its clause."""
    may_be_percent: bool = False
    """Whether a per cent that follows the next number goes for it, too: from 14 to 6.5 per cent."""

    @property
    def meaning(self) -> Meaning:
        """What the number itself says."""
        return self.found.meaning


def said_in(text: str, lang: str, names: Iterable[str] = ()) -> list[Said]:
    """Return the numbers of `text` with what is said about them, in its order."""
    numbers = find_numbers(text, lang, names)
    reader = _Reader(text, lang, numbers)
    return [reader.said(index) for index in range(len(numbers))]


class _Reader:
    """Reads what stands around the numbers of a text; clauses and sentences are found once."""

    def __init__(self, text: str, lang: str, numbers: Sequence[Found]) -> None:
        self._text = text
        self._plain = _TARGETS.sub(lambda match: CLAIMED * len(match[0]), plain_text(text, lang))
        self._numbers = numbers
        self._words = lexicon(locale_of(lang))
        self._spaced = self._words.lang not in _CHINESE_LIKE
        taken = [(each.start, each.end) for each in numbers]
        shown = _TARGETS.sub(lambda match: CLAIMED * len(match[0]), text)
        self._stops = _outside(_STOPS, shown, taken)
        self._sentences = _outside(_SENTENCES, shown, taken)

    def said(self, index: int) -> Said:
        """Return a number with what is said about it."""
        number = self._numbers[index]
        begin, end = self._clause(number)
        previous = self._amount(index, -1)
        following = self._amount(index, 1)
        before = self._slice(max(begin, previous.end if previous else 0), number.start)
        after = self._slice(number.end, min(end, following.start if following else end))
        if number.meaning.date is not None:
            return Said(number, clause=before + after)
        units, unit_text = self._unit(before, after, number)
        close = after[: _CLOSE[self._spaced]]
        nouns = self._nouns(after)
        dates, compared = self._dates(index, begin, end)
        return Said(
            number,
            units,
            nouns,
            number.meaning.qualifier or self._firmness(before, close, units),
            number.meaning.direction or self._direction(before, after, number),
            dates,
            compared,
            unit_text,
            f"{before} {after}",
            f"{self._sentence(number)} {after}",
            self._is_like_next(number, following, end),
        )

    def _sentence(self, number: Found) -> str:
        at = bisect_right(self._sentences, number.start)
        begin = self._sentences[at - 1] + 1 if at else 0
        return self._slice(max(begin, number.start - 2 * _MOST_AROUND), number.start)

    def _is_like_next(self, number: Found, following: Found | None, end: int) -> bool:
        if number.meaning.percent or following is None or not following.meaning.percent:
            return False
        between = following.start - number.end
        return following.start < end and between <= _MOST_BETWEEN and not following.meaning.share

    def _slice(self, begin: int, end: int) -> str:
        """Return some text without the targets of its links."""
        return self._plain[begin:end].replace(CLAIMED, "") if begin < end else ""

    def _clause(self, number: Found) -> tuple[int, int]:
        at = bisect_right(self._stops, number.start)
        begin = self._stops[at - 1] + 1 if at else 0
        ahead = bisect_right(self._stops, number.end - 1)
        end = self._stops[ahead] if ahead < len(self._stops) else len(self._plain)
        return max(begin, number.start - _MOST_AROUND), min(end, number.end + 2 * _MOST_AROUND)

    def _amount(self, index: int, step: int) -> Found | None:
        """Return the next number that is no date, before or after, if it is near."""
        at = index + step
        for _ in range(4):
            if not 0 <= at < len(self._numbers):
                return None
            if self._numbers[at].meaning.date is None:
                return self._numbers[at]
            at += step
        return None

    def _unit(self, before: str, after: str, number: Found) -> tuple[frozenset[str], str]:
        if number.meaning.percent:
            return frozenset({"%"}), number.text
        words = self._words
        if words.unit_after and (match := words.unit_after.match(after)):
            units = words.unit_of(match["unit"])
            return units, number.text + match[0]
        if words.unit_before and (match := words.unit_before.search(before[-12:])):
            return words.unit_of(match["unit"]), match[0] + number.text
        noun = re.match(r"\s?[\w-]{1,6}" if not self._spaced else r"(?:\s[\w-]+){1,2}", after)
        return frozenset(), number.text + (noun[0] if noun else "")

    def _nouns(self, after: str) -> frozenset[str]:
        """Return what is counted, by the words that follow."""
        pattern = self._words.nouns
        if pattern is None:
            return frozenset()
        ahead = after[: _NEXT_WORDS[self._spaced]]
        if self._words.ends and (stop := self._words.ends.search(ahead)):
            ahead = ahead[: stop.start()]
        found: set[str] = set()
        for match in pattern.finditer(ahead):
            found |= self._words.unit_of(match[0])
        return frozenset(found)

    def _firmness(self, before: str, close: str, units: frozenset[str]) -> str:
        """Return a number's qualifier; over 10 days may be in their course, or more than 10."""
        qualifier = self._qualifier(before, close)
        is_time = bool(units & {"days", "hours", "minutes"})
        return UNCLEAR if is_time and qualifier == "over" and _DURING.search(before) else qualifier

    def _qualifier(self, before: str, close: str) -> str:
        tail = before[-30:]
        found = [
            (match.start(), name)
            for name, pattern in self._words.before
            if (match := pattern.search(tail))
        ]
        if found:
            return min(found)[1]
        found = [
            (match.start(), name)
            for name, pattern in self._words.after
            if (match := pattern.search(close))
        ]
        return min(found)[1] if found else ""

    def _direction(self, before: str, after: str, number: Found) -> int:
        words = self._words
        if words.directions is None:
            return 0
        ahead = after[:14] if self._spaced else after[:8]
        if words.next_directions and (number.meaning.percent or number.meaning.times):
            match = words.next_directions.search(ahead)
            if match:
                return 1 if match["up"] else -1
        earlier = list(words.directions.finditer(before))
        match = earlier[-1] if earlier else words.directions.search(after)
        return (1 if match["up"] else -1) if match else 0

    def _dates(self, index: int, begin: int, end: int) -> tuple[tuple[DateParts, ...], bool]:
        """Return the dates of a number's clause, or of the one before it that has nothing else."""
        found: list[DateParts] = []
        compared = False
        for step in (-1, 1):
            at = index + step
            while 0 <= at < len(self._numbers) and abs(at - index) <= 3:  # noqa: PLR2004  # near
                each = self._numbers[at]
                if each.meaning.date is None or not begin <= each.start < end:
                    break
                found.append(each.meaning.date)
                compared = compared or self._is_compared(each)
                at += step
        if not found and index and (opening := self._opening(index, begin)):
            found.append(opening)
        return tuple(found), compared

    def _is_compared(self, date: Found) -> bool:
        pattern = self._words.compared
        begin, _ = self._clause(date)
        near = 14 if self._spaced else 5
        return bool(
            pattern and pattern.search(self._slice(max(begin, date.start - near), date.start))
        )

    def _opening(self, index: int, begin: int) -> DateParts | None:
        """Return the date that is all of the clause before: “2023年，…”, “In 2023, …”."""
        each = self._numbers[index - 1]
        if each.meaning.date is None:
            return None
        at, end = self._clause(each)
        rest = self._slice(at, each.start) + self._slice(each.end, end)
        near = 0 <= begin - end <= 2  # noqa: PLR2004  # a comma and a space
        return each.meaning.date if near and len(rest.strip()) <= 6 else None  # noqa: PLR2004


def _outside(pattern: re.Pattern[str], text: str, taken: Sequence[tuple[int, int]]) -> list[int]:
    """Return where a pattern stands outside the places that are taken; all in order."""
    found, at = [], 0
    for match in pattern.finditer(text):
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        if at == len(taken) or match.start() < taken[at][0]:
            found.append(match.start())
    return found


def direction_of(words: str, lang: str) -> int:
    """Return 1 where words such as a label say that something rises, -1 where it falls, else 0."""
    known: Lexicon = lexicon(locale_of(lang))
    found = [
        (match.start(), 1 if match["up"] else -1)
        for pattern in (known.directions, known.next_directions)
        if pattern
        for match in pattern.finditer(words)
    ]
    if not found:
        return 0
    is_head_first = known.is_spaced or known.lang == "ar"
    return (min(found) if is_head_first else max(found))[1]
