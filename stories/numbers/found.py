"""What a number found in prose is, and how finders take turns."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DateParts:
    """As much of a date as a text states."""

    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def fineness(self) -> str:
        """Name of the finest part that is stated."""
        finest_first = {"day": self.day, "month": self.month, "quarter": self.quarter}
        return next((name for name, part in finest_first.items() if part is not None), "year")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a number says: an amount, in percent or not, or a date."""

    value: Decimal | None = None
    percent: bool = False
    date: DateParts | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A number and where it stands; `start` and `end` count characters from 0."""

    start: int
    end: int
    text: str
    meaning: Meaning


Finder = tuple[re.Pattern[str], Callable[[re.Match[str]], Meaning | None]]
"""A pattern, and what its match says: None where it is no number after all."""

CLAIMED = "\0"
LONGEST = 100
"""Digits of a number that is read; a figure may have 18."""


def no_number(_match: re.Match[str]) -> None:
    """Read a match as no number, so that later finders leave it alone."""


def beyond_figures(_match: re.Match[str]) -> Meaning:
    """Read a number of more than `LONGEST` digits as more than any figure is."""
    return Meaning(Decimal("Infinity"))


def search(text: str, finders: Iterable[Finder]) -> list[Found]:
    """Let the finders take turns; what one has matched, none after it sees."""
    found: list[Found] = []
    left = text
    for pattern, read in finders:
        pieces, seen = [], 0
        for match in pattern.finditer(left):
            start, end = match.span()
            pieces += [left[seen:start], CLAIMED * (end - start)]
            seen = end
            meaning = read(match)
            if meaning is not None:
                found.append(Found(start, end, text[start:end], meaning))
        left = "".join([*pieces, left[seen:]])
    return sorted(found, key=lambda each: each.start)
