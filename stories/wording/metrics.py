"""Put the values of metrics into words: number, unit, qualifier, status, place in an order."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category

from stories.model.figure import Qualifier, Status
from stories.model.metric import MetricKind
from stories.model.text import Texts
from stories.model.unit import Unit
from stories.wording.figures import status_text
from stories.wording.units import unit_label, with_unit

if TYPE_CHECKING:
    from decimal import Decimal

    from stories.model.metric import Metric, MetricComputation
    from stories.wording import Wording


def amount_text(value: Decimal, metric: Metric, wording: Wording) -> str:
    """Write a value as a column of the metric has it: ``1,234.50``, without its unit."""
    return wording.fixed(value, metric.decimals)


def metric_unit_text(metric: Metric, wording: Wording) -> str:
    """Name a metric's unit."""
    if isinstance(metric.unit, Texts):
        return metric.unit.get(wording.lang, wording.order)
    return unit_label(metric.unit, wording)


def is_percentage(metric: Metric, wording: Wording) -> bool:
    """Whether a metric is in percent."""
    return metric_unit_text(metric, wording) == "%"


def measured_text(value: Decimal, metric: Metric, wording: Wording) -> str:
    """Write a value with its unit: ``3.1 per sq km``, ``13个``, ``7%``."""
    if not isinstance(metric.unit, Texts) and metric.unit is not Unit.PERCENT:
        return with_unit(amount_text(abs(value), metric, wording), value, metric.unit, wording)
    return _with_unit(amount_text(value, metric, wording), value, metric, wording)


def metric_value_text(
    value: Decimal,
    metric: Metric,
    wording: Wording,
    qualifier: Qualifier = Qualifier.EXACT,
    status: Status = Status.REPORTED,
) -> str:
    """Write a value with unit, qualifier and status: ``about 3.1 per sq km (forecast)``."""
    number = measured_text(value, metric, wording)
    return _qualified(number, wording, qualifier, status)


def bare_value_text(
    value: Decimal,
    metric: Metric,
    wording: Wording,
    qualifier: Qualifier = Qualifier.EXACT,
    status: Status = Status.REPORTED,
) -> str:
    """Write the same without the unit, for a column whose heading says it."""
    return _qualified(amount_text(value, metric, wording), wording, qualifier, status)


def _qualified(number: str, wording: Wording, qualifier: Qualifier, status: Status) -> str:
    said = wording.text(f"figure.{qualifier}", number=number)
    if status is Status.REPORTED:
        return said
    return wording.text("figure.with_status", value=said, status=status_text(status, wording))


def _with_unit(number: str, value: Decimal, metric: Metric, wording: Wording) -> str:
    """Set the unit behind a number; a sign such as ``%`` stands close to it.

    The atlas gives a unit as one word, which is in the plural where the language has one: beside
    a single one the metric's label alone says what it is.
    """
    unit = metric_unit_text(metric, wording)
    is_sign = category(unit[0])[0] in "PS"
    is_word = unit.replace(" ", "").isalpha() and metric.kind is MetricKind.COUNT
    if is_word and not metric.decimals and wording.locale.plural_form(abs(value)) == "one":
        return number
    return wording.text(
        "metric.with_sign" if is_sign else "metric.with_unit", number=number, unit=unit
    )


def place_text(place: int, of: int, wording: Wording, *, shared: bool = False) -> str:
    """Say which place in an order: ``3rd of 13``, ``第3位，共13个``."""
    return wording.ordinal(
        "metric_rank.shared" if shared else "metric_rank.place", place, of=wording.number(of)
    )


def computed_text(computed: MetricComputation, base: str, wording: Wording) -> str:
    """Say how the program computes a metric from one whose label is `base`, or from the area."""
    if computed.area:
        return wording.text("metric.area_computed")
    if computed.per_km2:
        return wording.text("metric.per_km2_computed", label=base)
    is_percent = computed.formula == "percent_change"
    return wording.text(
        "metric.percent_computed" if is_percent else "metric.change_computed", label=base
    )
