"""What is said of a metric's values: classes, marks, why there is none, how they changed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from stories.metrics import Absence, Reason
from stories.wording.metrics import (
    amount_text,
    computed_text,
    is_percentage,
    measured_text,
    metric_unit_text,
)
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from stories.metrics import Cell, Classification, MetricSeries
    from stories.model.atlas import Metric, Period, Reorganisation
    from stories.view.context import ViewContext
    from stories.wording import Wording

ABSENCES = {
    Absence.MISSING: "metric.missing",
    Absence.NOT_YET: "metric.not_yet",
    Absence.GONE: "metric.gone",
    Absence.REORGANISED: "metric.reorganised",
}
"""Why there is no value, as keys of what is said."""


def label_of(context: ViewContext, metric: Metric) -> str:
    """Name a metric."""
    return metric.label.get(context.lang, context.order)


def unit_of(context: ViewContext, metric: Metric) -> str:
    """Say in which unit a metric is, where its label does not say it."""
    unit = metric_unit_text(metric, context.wording)
    is_said = not unit or unit.casefold() == label_of(context, metric).casefold()
    return "" if is_said else context.wording.text("metric.unit_note", unit=unit)


def range_texts(wording: Wording, series: MetricSeries, classes: Classification) -> tuple[str, ...]:
    """Say which numbers each class holds: ``3.1–4.5``.

    The lowest and highest number of all periods close the first and the last one, but where an
    editor gave the edges these two are open.
    """
    metric = series.metric
    is_open = classes.is_open and classes.n > 1

    def said(number: int, low: Decimal, high: Decimal) -> str:
        least, most = (amount_text(each, metric, wording) for each in (low, high))
        if is_open and number == 0:
            return wording.text("metric.at_most", high=most)
        if is_open and number == classes.n - 1:
            return wording.text("metric.at_least", low=least)
        return least if low == high else wording.text("metric.class_range", low=least, high=most)

    return tuple(said(number, *ends) for number, ends in enumerate(classes.ranges))


def marks_of(context: ViewContext, cell: Cell) -> list[str]:
    """Say what has to be known about a value besides its qualifier and status."""
    marks = []
    if Reason.BOUNDARY in cell.uncertain:
        marks.append(context.wording.text("metric.mark_boundary"))
    if cell.note:
        marks.append(cell.note.get(context.lang, context.order))
    if cell.source:
        source = cell.source.get(context.lang, context.order)
        marks.append(context.wording.text("metric.source", source=source))
    return marks


def absence_text(
    context: ViewContext, series: MetricSeries, period: Period | None, slug: str
) -> str:
    """Say why a division has no value in a period."""
    why = series.absent(period).get(slug, Absence.MISSING)
    return context.wording.text(ABSENCES[why])


def source_lines(context: ViewContext, series: MetricSeries) -> Iterator[str]:
    """Say where a metric is from, or how it is computed, and what has to be known about it."""
    metric, wording = series.metric, context.wording
    if metric.computed:
        base = context.metrics.get(metric.computed.base or "")
        name = label_of(context, base.metric) if base else ""
        yield computed_text(metric.computed, name, wording)
    if metric.source:
        yield wording.text("metric.source", source=metric.source.get(context.lang, context.order))
    if metric.note:
        yield metric.note.get(context.lang, context.order)


def parting(
    context: ViewContext, slug: str, before: Period, after: Period
) -> Reorganisation | None:
    """Return the change of a division's boundary between two periods, if there was one."""
    return next(
        (each for each in context.atlas.reorganisations if each.parts(slug, before, after)),
        None,
    )


def runs(context: ViewContext, series: MetricSeries, slug: str) -> list[list[Period]]:
    """Part the periods in which a division has a value where they cannot be compared."""
    periods = [each for each in series.periods if slug in series.at(each)]
    parted: list[list[Period]] = [periods[:1]] if periods else []
    for before, after in pairwise(periods):
        if parting(context, slug, before, after):
            parted.append([])
        parted[-1].append(after)
    return parted


def change_lines(context: ViewContext, series: MetricSeries, slug: str) -> Iterator[str]:
    """Say how a division's value changed, and across what it is not compared."""
    wording, metric = context.wording, series.metric
    if metric.computed and metric.computed.change:
        return  # it is a change itself
    parted = runs(context, series, slug)
    if parted and len(parted[-1]) > 1:
        first, last = parted[-1][0], parted[-1][-1]
        yield wording.text(
            "metric.change",
            from_period=period_text(first, wording),
            to_period=period_text(last, wording),
            change=_change(context, series, slug, (first, last)),
        )
    for before, after in pairwise(parted):
        if change := parting(context, slug, before[-1], after[0]):
            said = wording.text("metric.not_compared", period=period_text(change.period, wording))
            note = change.note.get(context.lang, context.order) if change.note else ""
            yield wording.sentences([said, note]) if note else said


def _change(
    context: ViewContext, series: MetricSeries, slug: str, periods: Sequence[Period]
) -> str:
    before, after = (series.at(each)[slug].value for each in periods)
    wording, by = context.wording, abs(after - before)
    if not by:
        return wording.text("metric.same")
    amount = measured_text(by, series.metric, wording)
    if is_percentage(series.metric, wording):
        number = amount_text(by, series.metric, wording)
        amount = wording.plural("metric.points", by, number=number)
    return wording.text("metric.up" if after > before else "metric.down", amount=amount)
