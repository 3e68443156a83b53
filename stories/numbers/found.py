"""What a number found in prose is, and how finders take turns."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal


@dataclass(frozen=True, slots=True)
class DateParts:
    """As much of a date as a text states."""

    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    day: int | None = None
    last_month: int | None = None
    """Where several months are meant, the last of them, and `month` is the first: 上半年, 1—2月."""

    @property
    def fineness(self) -> str:
        """Name of the finest part that is stated."""
        finest_first = {"day": self.day, "month": self.month, "quarter": self.quarter}
        return next((name for name, part in finest_first.items() if part is not None), "year")

    @property
    def months(self) -> tuple[int, int] | None:
        """The first and the last month, where any is stated."""
        if self.quarter is not None:
            return 3 * self.quarter - 2, 3 * self.quarter
        if self.month is None:
            return None
        return self.month, self.last_month or self.month


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a number says: an amount, in percent or not, a multiple, or a date."""

    value: Decimal | None = None
    percent: bool = False
    date: DateParts | None = None
    upper: Decimal | None = None
    """The higher end of a range, of which `value` is the lower: 3—5家, 数百."""
    share: bool = False
    """Whether it is a share in words, which is rounded: a third, 三成."""
    times: bool = False
    """Whether it says how many times as much: twice, 三倍."""
    vague: bool = False
    """Whether it says so little that it is a slip only where a figure is meant: 数百, dozens."""
    qualifier: str = ""
    """What the number's own signs say of its firmness, as the 余 of 百余."""
    direction: int = 0
    """1 where the word itself says that something rose (doubled), -1 where it fell (halved)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A number and where it stands; `start` and `end` count characters from 0."""

    start: int
    end: int
    text: str
    meaning: Meaning


Finder = tuple[re.Pattern[str], Callable[[re.Match[str]], Meaning | None]]
"""A pattern, and what its match says: None where it is no number after all."""
Scan = Callable[[str], Iterable[tuple[int, int, Meaning | None]]]
"""Finds places without a pattern."""

CLAIMED = "\0"
LONGEST = 100
"""Digits of a number that is read; a figure may have 18."""
_EXACT = Context(prec=2 * LONGEST)


def no_number(_match: re.Match[str]) -> None:
    """Read a match as no number, so that later finders leave it alone."""


def beyond_figures(_match: re.Match[str]) -> Meaning:
    """Read a number of more than `LONGEST` digits as more than any figure is."""
    return Meaning(Decimal("Infinity"))


def scaled(value: Decimal, size: int) -> Decimal:
    """Multiply without rounding: a number that is no figure's by its last digit is another."""
    return value if size == 1 else _EXACT.multiply(value, Decimal(size))


def search(text: str, finders: Iterable[Finder | Scan]) -> list[Found]:
    """Let the finders take turns; what one has matched, none after it sees."""
    found: list[Found] = []
    left = text
    for finder in finders:
        pieces, seen = [], 0
        for start, end, meaning in _places(finder, left):
            pieces += [left[seen:start], CLAIMED * (end - start)]
            seen = end
            if meaning is not None:
                found.append(Found(start, end, text[start:end], meaning))
        left = "".join([*pieces, left[seen:]])
    return sorted(found, key=lambda each: each.start)


def _places(finder: Finder | Scan, text: str) -> Iterator[tuple[int, int, Meaning | None]]:
    if not isinstance(finder, tuple):
        yield from finder(text)
        return
    pattern, read = finder
    for match in pattern.finditer(text):
        if match.end() > match.start():
            yield *match.span(), read(match)
