"""A division's metrics as a list in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stories.export.marks import escaped
from stories.metrics import Reason, rank
from stories.wording.metrics import computed_text, metric_value_text, place_text
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stories.metrics import Cell, MetricSeries
    from stories.view.context import ViewContext


def metric_lines(context: ViewContext, town: str) -> Iterator[str]:
    """Yield a heading and a list: each metric's last value, place in the order and source."""
    made = context.metrics
    lines = [line for series in made.values() for line in _lines(context, series, town, made)]
    if lines:
        yield f"## {context.wording.text('metric.title')}"
        yield "\n".join(lines)


def _lines(
    context: ViewContext, series: MetricSeries, town: str, made: Mapping[str, MetricSeries]
) -> Iterator[str]:
    last = next((each for each in reversed(series.periods) if town in series.at(each)), None)
    if last is None:
        return
    wording, metric, cell = context.wording, series.metric, series.at(last)[town]
    value = metric_value_text(cell.value, metric, wording, cell.qualifier, cell.status)
    label = escaped(metric.label.get(context.lang, context.order))
    yield f"- {wording.text('panel.figure_line', label=label, value=f'**{escaped(value)}**')}"
    place = rank(series.at(last), town, metric.better)
    assert place
    order = place_text(place.place, place.of, wording, shared=place.shared)
    said = [period_text(last, wording), order, *_marks(context, cell)]
    about = [" · ".join(each for each in said if each), *_origin(context, series, cell, made)]
    yield from (f"  - {escaped(line)}" for line in about)


def _marks(context: ViewContext, cell: Cell) -> Iterator[str]:
    if cell.computed:
        yield context.wording.text("metric.mark_computed")
    if Reason.BOUNDARY in cell.uncertain:
        yield context.wording.text("metric.mark_boundary")


def _origin(
    context: ViewContext, series: MetricSeries, cell: Cell, made: Mapping[str, MetricSeries]
) -> Iterator[str]:
    """Say how a value was computed, who published it, and what has to be known about it."""
    metric, wording, lang, order = series.metric, context.wording, context.lang, context.order
    if metric.computed:
        base = made.get(metric.computed.base or "")
        name = base.metric.label.get(lang, order) if base else ""
        yield computed_text(metric.computed, name, wording)
    source = cell.source or metric.source
    if source:
        yield wording.text("metric.source", source=source.get(lang, order))
    yield from (note.get(lang, order) for note in (metric.note, cell.note) if note)
