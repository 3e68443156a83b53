"""A line of days: where a day lies on it, and where it is marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from stories.graphics.measure import text_width
from stories.model.atlas import PeriodKind
from stories.wording.periods import day_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from stories.model.atlas import Period
    from stories.wording import Wording


class Step(Enum):
    """How far marks of a line are apart: a number of days, months or years."""

    DAYS = PeriodKind.DAY
    MONTHS = PeriodKind.MONTH
    YEARS = PeriodKind.YEAR

    @property
    def days(self) -> int:
        """About how many days a step has."""
        return {Step.DAYS: 1, Step.MONTHS: 30, Step.YEARS: 365}[self]


_STEPS = (
    *((Step.DAYS, each) for each in (1, 2, 3, 5, 7, 14)),
    *((Step.MONTHS, each) for each in (1, 2, 3, 6)),
    *((Step.YEARS, each) for each in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)),
)
_MOST_DAYS = 62
"""A longer line is marked by months at least."""


@dataclass(frozen=True)
class Tick:
    """A mark on the line."""

    x: float
    words: str


@dataclass(frozen=True)
class Calendar:
    """A line from one day to another, both included."""

    start: date
    end: date
    width: float
    """In pixels."""
    first: date
    """The first day that something is on, from which marks of days are counted."""

    @classmethod
    def over(cls, periods: Sequence[Period], width: float) -> Calendar:
        """Return a line that holds all of some stated periods, with a little room around."""
        start = min(period.start for period in periods if period.start)
        end = max(period.end for period in periods if period.end)
        days = (end - start).days + 1
        coarse = {PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR}
        if days <= _MOST_DAYS and all(period.kind in coarse for period in periods):
            first, last = _moved(start, -1).replace(day=1), _end_of_month(_moved(end, 1))
            return cls(first, last, width, start)
        if days <= _MOST_DAYS:
            room = max(days // 10, 1 if days > 1 else 3)
            return cls(_moved(start, -room), _moved(end, room), width, start)
        return cls(start.replace(day=1), _end_of_month(end), width, start)

    @property
    def days(self) -> int:
        """How many days the line has."""
        return (self.end - self.start).days + 1

    def at(self, day: date) -> float:
        """Return where a day begins, in pixels."""
        return (day - self.start).days / self.days * self.width

    def span(self, period: Period) -> tuple[float, float]:
        """Return where a stated period begins and ends."""
        assert period.start is not None
        assert period.end is not None
        return self.at(period.start), self.at(period.end) + self.width / self.days

    def ticks(self, wording: Wording, size: float) -> list[Tick]:
        """Return as many marks as have room for their words, at a font size in pixels."""
        most = self.width / (size * 1.5)
        ticks: list[Tick] = []
        for step, number in _STEPS:
            if step is Step.DAYS and self.days > _MOST_DAYS:
                continue
            if self.days / (step.days * number) > most:
                continue
            ticks = list(self._ticks(step, number, wording))
            if ticks and all(map(_has_room(size), ticks, ticks[1:])):
                break
        return list(self._fitting(ticks, size))

    def _fitting(self, ticks: Sequence[Tick], size: float) -> Iterator[Tick]:
        """Leave out marks whose words would reach into the next one's, or beyond the line."""
        last: Tick | None = None
        for tick in ticks:
            ends = tick.x + text_width(tick.words, size)
            if ends <= self.width and (last is None or _has_room(size)(last, tick)):
                yield tick
                last = tick

    def _ticks(self, step: Step, number: int, wording: Wording) -> Iterator[Tick]:
        shown: date | None = None
        for day in self._days(step, number):
            has_year = step is not Step.DAYS and (shown is None or shown.year != day.year)
            words = day_mark(day, step.value, wording, has_year=has_year)
            yield Tick(self.at(day), words)
            shown = day

    def _days(self, step: Step, number: int) -> Iterator[date]:
        if step is Step.DAYS:
            for days in range((self.first - self.start).days, self.days, number):
                yield self.start + timedelta(days=days)
            return
        months = number * (12 if step is Step.YEARS else 1)
        at = self.start.year * 12 + self.start.month - 1
        at = -(-(at + (self.start.day > 1)) // months) * months
        while at // 12 <= date.max.year and (day := date(at // 12, at % 12 + 1, 1)) <= self.end:
            yield day
            at += months


def _has_room(size: float) -> Callable[[Tick, Tick], bool]:
    """Return what tells whether the words of one mark end before the next mark."""

    def ends_before(one: Tick, other: Tick) -> bool:
        return one.x + text_width(one.words, size) + 10 <= other.x

    return ends_before


def _moved(day: date, days: int) -> date:
    ordinal = min(max(day.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(ordinal)


def _end_of_month(day: date) -> date:
    following = _moved(day.replace(day=28), 4).replace(day=1)
    return _moved(following, -1) if following > day else date.max
