"""Put figures into words: number, unit, qualifier, status, period, comparison, passage.

Pure functions; the language is that of the `wording` they are given.
"""

from collections.abc import Iterable
from decimal import Decimal

from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list

from stories.model.atlas import Figure, Passage, Period, PeriodKind, Qualifier, Status, Unit
from stories.wording import Wording

_SKELETONS = {PeriodKind.YEAR: "y", PeriodKind.QUARTER: "yQQQ", PeriodKind.MONTH: "yMMMM"}


def value_text(value: Decimal | Period, unit: Unit, wording: Wording) -> str:
    """Write a value with its unit: ``1.3亿元``, ``CNY 130 million``, ``37 µg/m³``, ``May 2024``."""
    if isinstance(value, Period):
        return period_text(value, wording)
    number = wording.percent(value) if unit is Unit.PERCENT else wording.short_number(value)
    return wording.plural(f"units.{unit}", value, n=number)


def number_text(figure: Figure, wording: Wording) -> str:
    """Write a figure's value with its unit, without qualifier and status."""
    return value_text(figure.value, figure.unit, wording)


def qualified_text(figure: Figure, wording: Wording) -> str:
    """Write a figure's value with its qualifier: ``约10%``, ``about 10%``."""
    return wording.text(f"figure.{figure.qualifier}", number=number_text(figure, wording))


def status_text(status: Status, wording: Wording) -> str:
    """Name a status."""
    return wording.text(f"status.{status}")


def figure_text(figure: Figure, wording: Wording) -> str:
    """Write a figure with qualifier and status: ``约10%（预计）``, ``about 10% (forecast)``."""
    value = qualified_text(figure, wording)
    if figure.status is Status.REPORTED:
        return value
    status = status_text(figure.status, wording)
    return wording.text("figure.with_status", value=value, status=status)


def period_text(period: Period, wording: Wording) -> str:
    """Write a period in the language's own manner, or that it is not stated."""
    locale = wording.locale
    if period.start is None or period.end is None:
        return wording.text("period.unstated")
    if period.kind is PeriodKind.SPAN:
        return format_interval(period.start, period.end, "yMMMd", locale=locale)
    if period.kind is PeriodKind.DAY:
        return format_date(period.start, "long", locale=locale)
    return format_skeleton(_SKELETONS[period.kind], period.start, locale=locale)


def baseline_text(figure: Figure, wording: Wording) -> str | None:
    """Say what a figure is compared with, if anything."""
    baseline = figure.baseline
    if baseline is None:
        return None
    period = period_text(baseline.period, wording)
    if baseline.value is None:
        return wording.text("figure.compared_with_period", period=period)
    value = value_text(baseline.value, figure.unit, wording)
    return wording.text("figure.compared_with_value", value=value, period=period)


def change_text(figure: Figure, wording: Wording) -> str | None:
    """Say by how many percent a figure is above or below its baseline: ``down 30%``.

    Rounded to whole percent; None where there is no baseline to compute it from.
    """
    before = figure.baseline.value if figure.baseline else None
    if not before or isinstance(figure.value, Period):
        return None
    change = round((figure.value - before) / before * 100)
    if change == 0:
        return wording.text("figure.unchanged")
    percent = wording.text(f"figure.{Qualifier.ABOUT}", number=wording.percent(abs(change)))
    return wording.text("figure.up" if change > 0 else "figure.down", percent=percent)


def passage_text(passage: Passage, wording: Wording) -> str:
    """Say where in the source a figure stands."""
    section = passage.section.get(wording.lang, wording.order) if passage.section else ""
    paragraph = wording.number(passage.paragraph)
    return wording.text("figure.passage", section=section, paragraph=paragraph)


def computation_text(figure: Figure, among: Iterable[Figure], wording: Wording) -> str | None:
    """Say what a figure of ours is computed from, by the labels of the figures `among` others."""
    if figure.computed is None:
        return None
    labels = {each.id: each.label.get(wording.lang, wording.order) for each in among}
    named = [wording.text("figure.named", label=labels[each]) for each in figure.computed.from_]
    figures = format_list(named, locale=wording.locale)
    return wording.text(f"figure.{figure.computed.formula}", figures=figures)
