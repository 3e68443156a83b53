"""Put figures into words: number, unit, qualifier, status, period, comparison, passage.

Pure functions; the language is that of the `wording` they are given.
"""

from collections.abc import Iterable
from decimal import Decimal

from babel.lists import format_list

from stories.model.atlas import Better, Figure, Formula, Passage, Period, Qualifier, Status, Unit
from stories.model.unit import AnyUnit, LocaleUnit, OwnUnit, Ratio
from stories.wording import Wording
from stories.wording.periods import period_text, period_within
from stories.wording.units import with_unit

_MEASURED = {Unit.PERCENT, Unit.MICROGRAM_PER_CUBIC_METRE, Unit.TONNE_PER_DAY}
"""Units whose numbers 多 does not follow; nor does it those of temperatures and ratios."""
_AHEAD = {Status.FORECAST, Status.TARGET}
_ROUND = 10
"""The least number that 多 may follow."""


def value_text(value: Decimal | Period, unit: AnyUnit, wording: Wording) -> str:
    """Write a value with its unit: ``1.3亿元``, ``130 million yuan``, ``May 2024``."""
    if isinstance(value, Period):
        return period_text(value, wording)
    return with_unit(_number(value, unit, wording), value, unit, wording)


def number_text(figure: Figure, wording: Wording) -> str:
    """Write a figure's value with its unit, without qualifier and status."""
    return value_text(figure.value, figure.unit, wording)


def qualified_text(figure: Figure, wording: Wording) -> str:
    """Write a figure's value with its qualifier: ``约10%``, ``1800多个岗位``, ``about 10%``."""
    value = figure.value
    if isinstance(value, Period):
        return wording.text(f"figure_date.{figure.qualifier}", date=period_within(value, wording))
    if figure.computed and figure.computed.formula is Formula.PERCENT_CHANGE and value:
        percent = wording.text(f"figure.{figure.qualifier}", number=wording.percent(abs(value)))
        return wording.text("figure.up" if value > 0 else "figure.down", percent=percent)
    if figure.qualifier is Qualifier.OVER:
        return _over_text(figure, value, wording)
    return wording.text(f"figure.{figure.qualifier}", number=number_text(figure, wording))


def _over_text(figure: Figure, value: Decimal, wording: Wording) -> str:
    """Write that a number is exceeded.

    Chinese has three ways: 突破 for a mark that is still to be passed; 多 within the number where
    that is round (1800多个, 3000多万元) or has a word for its size (1.3亿多元); else 超.
    """
    number = number_text(figure, wording)
    if _is_measured(figure.unit) or value < _ROUND:
        return wording.text("figure.over", number=number)
    if figure.better is Better.HIGHER and figure.status in _AHEAD:
        return wording.text("figure.over_mark", number=number)
    digits, size = _split(_number(value, figure.unit, wording))
    if digits.endswith("0") and digits.isdecimal():
        loose = wording.text("figure.over_within", number=digits) + size
    elif size:
        loose = wording.text("figure.over_within", number=digits + size)
    else:
        return wording.text("figure.over", number=number)
    said = with_unit(loose, value, figure.unit, wording)
    return wording.text("figure.over_round", number=said)


def _number(value: Decimal, unit: AnyUnit, wording: Wording) -> str:
    """Write how much, without its sign and unit."""
    size = abs(value)
    return wording.percent(size) if unit is Unit.PERCENT else wording.short_number(size)


def _is_measured(unit: AnyUnit) -> bool:
    if isinstance(unit, LocaleUnit):
        return unit.key.startswith("temperature-") or "-per-" in unit.key
    if isinstance(unit, OwnUnit):
        return not unit.declared.counted
    return isinstance(unit, Ratio) or unit in _MEASURED


def _split(number: str) -> tuple[str, str]:
    """Part a number from the word for its size: ``1.3`` and ``亿``, ``130`` and `` million``."""
    end = max(place for place, sign in enumerate(number, start=1) if sign.isdecimal())
    return number[:end], number[end:]


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


def baseline_text(figure: Figure, wording: Wording) -> str | None:
    """Say what a figure is compared with, if anything."""
    baseline = figure.baseline
    if baseline is None:
        return None
    is_dated = baseline.period.start is not None
    period = period_within(baseline.period, wording)
    if baseline.value is None:
        return wording.text("figure.compared_with_period", period=period) if is_dated else None
    value = value_text(baseline.value, figure.unit, wording)
    if not is_dated:
        return wording.text("figure.compared_with_undated", value=value)
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
