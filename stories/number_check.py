"""Hold every number of a story's prose to its ledger of figures."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from stories.consistency import round_like
from stories.errors import Fault, Severity
from stories.figure_text import number_text
from stories.models import Figure, Period, PeriodKind, Unit
from stories.numbers import DateParts, Found, Reading, find_numbers
from stories.wording import Wording

_ALIKE = 0.6
_YEARS = range(1000, 3000)
_TOO_COARSE = {
    "year": frozenset[PeriodKind](),
    "quarter": {PeriodKind.YEAR},
    "month": {PeriodKind.YEAR, PeriodKind.QUARTER},
    "day": {PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH},
}


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number that the prose may state, and the figure that covers it."""

    value: Decimal
    percent: bool
    figure: Figure

    @property
    def is_own(self) -> bool:
        """Whether it is the figure's value, rather than its baseline or a change."""
        return isinstance(self.figure.value, Decimal) and self.value == abs(self.figure.value)


def number_faults(
    file: str,
    text: str,
    lang: str,
    figures: Iterable[Figure],
    not_figures: Iterable[str] = (),
) -> Iterator[Fault]:
    """Find the numbers of `text` that no figure covers, and exemptions that exempt none.

    A figure covers its value, its baseline, the change between both, its periods, and their years.

    Parameters
    ----------
    file
        Name that faults carry.
    text
        Prose in Markdown.
    lang
        Its language.
    figures
        The ledger.
    not_figures
        Words of the prose whose numbers are no figures.
    """
    ledger = list(figures)
    amounts = [amount for figure in ledger for amount in _amounts(figure)]
    periods = [period for figure in ledger for period in _periods(figure)]
    numbers = find_numbers(text, lang)
    for words in not_figures:
        spans = [match.span() for match in re.finditer(re.escape(words), text)]
        exempt = [n for n in numbers if any(a <= n.start and n.end <= b for a, b in spans)]
        numbers = [number for number in numbers if number not in exempt]
        if not exempt:
            what = f"{words!r} exempts no number of this text"
            yield Fault(file, 1, 1, what, "take it out of `not_figures`", Severity.WARNING)
    for number in numbers:
        if not _covered(number.reading, amounts, periods):
            yield _fault(file, text, number, amounts, lang)


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


def _covered(reading: Reading, amounts: list[_Amount], periods: list[Period]) -> bool:
    if reading.date is not None:
        return any(_states(period, reading.date) for period in periods)
    value = reading.value
    assert value is not None
    if not reading.percent and value in _YEARS:
        years = {day.year for p in periods for day in (p.start, p.end) if day}
        if int(value) in years:
            return True
    return any(
        amount.percent == reading.percent and round_like(amount.value, value) == value
        if amount.percent
        else not reading.percent and amount.value == value
        for amount in amounts
    )


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


def _fault(file: str, text: str, number: Found, amounts: list[_Amount], lang: str) -> Fault:
    line = text.count("\n", 0, number.start) + 1
    column = number.start - (text.rfind("\n", 0, number.start) + 1) + 1
    alike = _nearest(number.reading, amounts)
    like = ""
    if alike is not None:
        like = f" (it resembles {alike.id!r}, {number_text(alike, Wording(lang))})"
    what = f"no figure covers {number.text!r}{like}"
    mend = "correct it, add a figure, or list its words under `not_figures`"
    return Fault(file, line, column, what, mend, Severity.WARNING)


def _nearest(reading: Reading, amounts: list[_Amount]) -> Figure | None:
    """Return the figure whose number looks or weighs most like the one read."""
    value = reading.value
    if value is None:
        return None
    alike = [amount for amount in amounts if amount.percent == reading.percent]
    rated = [(_likeness(value, each.value), each.is_own, each.figure) for each in alike]
    likeness, _, figure = max(rated, key=lambda rating: rating[:2], default=(0.0, False, None))
    return figure if likeness >= _ALIKE else None


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
