"""What a set of figures covers, and which of them a stray number resembles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cached_property
from typing import Self

from stories.files.consistency import round_like
from stories.model.atlas import Figure, Period, PeriodKind, Unit
from stories.numbers import DateParts, Meaning

_ALIKE = 0.6
_FOUR_DIGITS = 1000
_TOO_COARSE = {
    "year": frozenset[PeriodKind](),
    "quarter": {PeriodKind.YEAR},
    "month": {PeriodKind.YEAR, PeriodKind.QUARTER},
    "day": {PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH},
}


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number that a text may state, and the figure that covers it."""

    value: Decimal
    percent: bool
    figure: Figure

    @property
    def is_own(self) -> bool:
        """Whether it is the figure's value, rather than its baseline or a change."""
        return isinstance(self.figure.value, Decimal) and self.value == abs(self.figure.value)


@dataclass(frozen=True)
class Ledger:
    """The numbers and dates that some figures stand for.

    A figure covers its value, its baseline, the change between both, its periods, and their years.
    """

    amounts: tuple[_Amount, ...]
    periods: tuple[Period, ...]

    @classmethod
    def of(cls, figures: Iterable[Figure]) -> Self:
        """Collect what `figures` cover."""
        every = list(figures)
        return cls(
            amounts=tuple(amount for figure in every for amount in _amounts(figure)),
            periods=tuple(period for figure in every for period in _periods(figure)),
        )

    def covers(self, meaning: Meaning) -> bool:
        """Whether a figure stands for what a text says; signs are left to its words."""
        value, date = meaning.value, meaning.date
        if date is not None:
            return any(_states(period, date) for period in self.periods)
        assert value is not None
        if not meaning.percent and value in self.years:
            return True
        return any(_equals(amount, value) for amount in self.of_kind(meaning))

    @cached_property
    def years(self) -> frozenset[int]:
        """The years, in four digits, in which a period begins or ends."""
        days = (day for each in self.periods for day in (each.start, each.end) if day)
        return frozenset(day.year for day in days if day.year >= _FOUR_DIGITS)

    def of_kind(self, meaning: Meaning) -> Iterator[_Amount]:
        """Yield the amounts that are in percent like `meaning`, or not in percent like it."""
        return (amount for amount in self.amounts if amount.percent == meaning.percent)

    def nearest(self, meaning: Meaning) -> Figure | None:
        """Return the figure whose number looks or weighs most like the one read, if any does."""
        value = meaning.value
        if value is None:
            return None
        rated = [(_likeness(value, a.value), a.is_own, a.figure) for a in self.of_kind(meaning)]
        likeness, _, figure = max(rated, key=lambda rating: rating[:2], default=(0.0, False, None))
        return figure if likeness >= _ALIKE else None


def _amounts(figure: Figure) -> Iterator[_Amount]:
    if isinstance(figure.value, Period):
        return
    percent = figure.unit is Unit.PERCENT
    yield _Amount(abs(figure.value), percent, figure)
    before = figure.baseline.value if figure.baseline else None
    if before is not None:
        yield _Amount(abs(before), percent, figure)
        yield _Amount(abs(figure.value - before), percent, figure)
    if before:
        yield _Amount(abs((figure.value - before) / before * 100), percent=True, figure=figure)


def _periods(figure: Figure) -> Iterator[Period]:
    yield figure.period
    if figure.baseline:
        yield figure.baseline.period
    if isinstance(figure.value, Period):
        yield figure.value


def _equals(amount: _Amount, value: Decimal) -> bool:
    """Whether a text that says `value` says the amount; percentages may be rounded."""
    return (round_like(amount.value, value) if amount.percent else amount.value) == value


def _states(period: Period, date: DateParts) -> bool:
    """Whether the first or the last day of `period`, if it is stated so finely, falls on `date`."""
    if period.kind in _TOO_COARSE[date.fineness]:
        return False
    return any(
        (date.year is None or date.year == day.year)
        and (date.quarter is None or date.quarter == (day.month + 2) // 3)
        and (date.month is None or date.month == day.month)
        and (date.day is None or date.day == day.day)
        for day in (period.start, period.end)
        if day is not None
    )


def _likeness(one: Decimal, other: Decimal) -> float:
    """Return 1 for numbers of the same digits, less for transposed or rounded ones."""
    digits, others = _digits(one), _digits(other)
    if digits == others:
        return 1.0
    if sorted(digits) == sorted(others):
        return 0.9
    looks = SequenceMatcher(None, digits, others).ratio()
    return (looks + float(min(one, other) / max(one, other))) / 2


def _digits(number: Decimal) -> str:
    return f"{number:f}".replace(".", "").strip("0")
