"""Whether a time that a text states is that of a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stories.model.atlas import Figure, Period, PeriodKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stories.numbers import DateParts

_TOO_COARSE = {
    "year": frozenset[PeriodKind](),
    "quarter": {PeriodKind.YEAR},
    "month": {PeriodKind.YEAR, PeriodKind.QUARTER},
    "day": {PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH},
}


def periods_of(figure: Figure) -> Iterator[Period]:
    """Yield the periods that a figure names."""
    yield figure.period
    if figure.baseline:
        yield figure.baseline.period
    if isinstance(figure.value, Period):
        yield figure.value


def states(period: Period, date: DateParts) -> bool:
    """Whether the first or the last day of `period`, if it is stated so finely, falls on `date`."""
    if date.last_month is not None:
        return may_be(period, date)
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


def may_be(period: Period, date: DateParts) -> bool:
    """Whether a number of `period` may be said to be of `date`."""
    start, end = period.start, period.end
    if start is None or end is None:
        return True
    if date.year is not None and not start.year <= date.year <= end.year:
        return False
    months = date.months
    if months is None or period.kind is PeriodKind.YEAR or start.year != end.year:
        return True
    first, last = months
    inside = first <= start.month and end.month <= last
    if date.day is not None and period.kind is PeriodKind.DAY:
        return inside and start.day == date.day
    if date.day is not None:
        return start.month <= first <= end.month
    return inside and (
        date.last_month is None
        or (start.month, end.month) == months
        or period.kind is not PeriodKind.SPAN
    )


def looks_like(period: Period, date: DateParts) -> bool:
    """Whether a date is one slip away from a day that the ledger states."""
    if period.kind not in {PeriodKind.DAY, PeriodKind.SPAN}:
        return False
    return any(
        (
            (date.month == day.month)
            and date.day is not None
            and sorted(f"{date.day:02}") == sorted(f"{day.day:02}")
        )
        or (date.year not in {None, day.year} and (date.month, date.day) == (day.month, day.day))
        for day in (period.start, period.end)
        if day is not None
    )
