"""The numbers of one division: latest value, place among all, change, and what is open."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from stories.metrics import rank, summary
from stories.model.metric import MetricKind
from stories.view.metric_bar import metric_address
from stories.view.metric_words import (
    absence_text,
    change_lines,
    label_of,
    marks_of,
    source_lines,
)
from stories.view.sparkline import sparkline
from stories.wording.metrics import measured_text, metric_value_text, place_text
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stories.metrics import MetricSeries
    from stories.model.atlas import Period
    from stories.view.context import ViewContext
    from stories.view.sparkline import Sparkline


@dataclass(frozen=True)
class Said:
    """What is said of a division's value in one period."""

    value: str
    rank: str
    when: str
    mark: str
    county: str


@dataclass(frozen=True)
class Entry:
    """A metric of a division."""

    id: str
    label: str
    address: str
    show: str
    chosen: bool
    said: Said
    is_known: bool
    cells: str
    """What is said by period, of the metric that colours the map: JSON for the page's script."""
    line: Sparkline | None
    changes: tuple[str, ...]
    source: tuple[str, ...]


def division_metrics(context: ViewContext, slug: str) -> dict[str, Any] | None:
    """Return the metrics of a division, put into words; none where the atlas has none."""
    if not context.metrics:
        return None
    text = context.wording.text
    return {
        "title": text("metric.title"),
        "shown": text("metric.shown"),
        "source_title": text("panel.passage"),
        "entries": [_entry(context, series, slug) for series in context.metrics.values()],
        "table": context.wording.plural("metric.to_table", len(context.towns)),
        "table_address": context.address_of(None) if context.metric else None,
    }


def _entry(context: ViewContext, series: MetricSeries, slug: str) -> Entry:
    metric, is_chosen = series.metric, series is context.metric
    label = label_of(context, metric)
    period = context.period if is_chosen else _latest(series, slug)
    cells = [asdict(_said(context, series, each, slug)) for each in series.periods]
    return Entry(
        id=metric.id,
        label=label,
        address=metric_address(context, metric.id),
        show=context.wording.text("metric.show", label=label),
        chosen=is_chosen,
        said=_said(context, series, period, slug),
        is_known=slug in series.at(period),
        cells=json.dumps(cells, ensure_ascii=False, separators=(",", ":")) if is_chosen else "",
        line=sparkline(context, series, slug, period),
        changes=tuple(change_lines(context, series, slug)),
        source=tuple(source_lines(context, series)),
    )


def _latest(series: MetricSeries, slug: str) -> Period | None:
    """Return the last period in which a division has a value, else the metric's last."""
    known = (each for each in reversed(series.periods) if slug in series.at(each))
    return next(known, series.latest)


def _said(context: ViewContext, series: MetricSeries, period: Period | None, slug: str) -> Said:
    wording, cells = context.wording, series.at(period)
    when = period_text(period, wording) if period else ""
    cell = cells.get(slug)
    if cell is None:
        why = absence_text(context, series, period, slug)
        return Said(wording.text("metric.no_value"), "", when, why, "")
    metric = series.metric
    place = rank(cells, slug, metric.better)
    return Said(
        value=metric_value_text(cell.value, metric, wording, cell.qualifier, cell.status),
        rank=place_text(place.place, place.of, wording, shared=place.shared) if place else "",
        when=when,
        mark=" · ".join(
            [wording.text("metric.mark_computed")] * cell.computed + marks_of(context, cell)
        ),
        county=" · ".join(_county_lines(context, series, period)),
    )


def _county_lines(
    context: ViewContext, series: MetricSeries, period: Period | None
) -> Iterator[str]:
    """Say the number of the county as a whole, where it makes sense, and of how many it is."""
    wording, whole = context.wording, summary(series, period)
    place = context.atlas.place.get(context.lang, context.order)
    if whole.total is not None:
        total = measured_text(whole.total, series.metric, wording)
        yield wording.text("metric.total", place=place, value=total)
    if whole.mean is not None:
        mean = measured_text(whole.mean, series.metric, wording)
        yield wording.text("metric.mean", place=place, value=mean)
    if whole.missing and series.metric.kind is MetricKind.COUNT:
        yield wording.plural("metric.part", whole.missing)
