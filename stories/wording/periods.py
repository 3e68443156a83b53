"""Put spans of time into words, as the press of a language prints them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton

from stories.model.period import Period, PeriodKind

if TYPE_CHECKING:
    from datetime import date

    from stories.wording import Wording

_SKELETONS = {PeriodKind.YEAR: "y", PeriodKind.QUARTER: "yQQQQ", PeriodKind.MONTH: "yMMMM"}
_PRESS = {"en": "en_GB"}
"""Whose dates are printed where a language names no country: 19 February 2024."""
_FIRSTS = {"fr": "1er", "pt": "1º", "pt_BR": "1º"}
"""How the first of a month is printed where it is no plain number; CLDR's dates do not know it."""
_FIRST = re.compile(r"^1(?=\s)")
_SHORT_MONTH = re.compile("(?<!M)MMM(?!M)")


def period_text(period: Period, wording: Wording) -> str:
    """Write a period in the language's own manner, or that it is not stated."""
    locale = _locale(wording)
    if period.start is None or period.end is None:
        return wording.text("period.unstated")
    if period.kind is PeriodKind.SPAN:
        return _span(period.start, period.end, locale)
    if period.kind is PeriodKind.DAY:
        return _day(period.start, "long", locale)
    if period.kind is PeriodKind.QUARTER and wording.has_own("quarter.1"):
        number = (period.start.month + 2) // 3
        year = format_skeleton("y", period.start, locale=locale)
        return wording.text(f"quarter.{number}", year=year)
    return format_skeleton(_SKELETONS[period.kind], period.start, locale=locale)


def short_month(period: Period, wording: Wording) -> str:
    """Write the month in which a period begins, as short as may be: ``Oct 2018``."""
    locale = _locale(wording)
    return format_skeleton("yMMM", period.start, locale=locale)


def period_within(period: Period, wording: Wording) -> str:
    """Write a period as it stands within a sentence: ``the first quarter of 2024``."""
    text = period_text(period, wording)
    is_quarter = period.kind is PeriodKind.QUARTER
    return wording.text("period.quarter_within", quarter=text) if is_quarter else text


def due_text(period: Period, wording: Wording) -> str:
    """Say by when something is due: by the end of a period, or on its one day."""
    if period.start is None or period.end is None:
        return period_text(period, wording)
    if period.kind in {PeriodKind.DAY, PeriodKind.SPAN}:
        day = Period(kind=PeriodKind.DAY, start=period.end, end=period.end)
        return wording.text("announced.due_day", date=period_text(day, wording))
    within = period_within(period, wording)
    return wording.text(f"announced.due_{period.kind}", date=within)


def day_mark(day: date, kind: PeriodKind, wording: Wording, *, has_year: bool) -> str:
    """Write a day, or the month or year that it begins, as briefly as a line of days needs."""
    skeletons = {PeriodKind.DAY: "MMMd", PeriodKind.MONTH: "MMM", PeriodKind.YEAR: "y"}
    year = "y" if has_year and kind is not PeriodKind.YEAR else ""
    return format_skeleton(year + skeletons[kind], day, locale=_locale(wording))


def _locale(wording: Wording) -> Locale:
    return Locale.parse(_PRESS.get(str(wording.locale), str(wording.locale)))


def _day(day: date, pattern: str, locale: Locale) -> str:
    text = format_date(day, pattern, locale=locale)
    first = _FIRSTS.get(str(locale)) if day.day == 1 else None
    return _FIRST.sub(first, text) if first else text


def _span(start: date, end: date, locale: Locale) -> str:
    """Write days from `start` to `end`, with the month in full; Babel itself shortens it."""
    field = "d" if start.month == end.month else "M"
    field = field if start.year == end.year else "y"
    parts = locale.interval_formats.get("yMMMd", {}).get(field)
    if parts is None:
        return format_interval(start, end, "yMMMd", locale=locale)
    days = zip((start, end), parts, strict=True)
    return "".join(_day(day, _SHORT_MONTH.sub("MMMM", part), locale) for day, part in days)
