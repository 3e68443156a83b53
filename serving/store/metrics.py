"""What the map shows of metrics: the one place where their content meets the map."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geo.map.metric_file import MapCell, MapMetric, MapPeriod
from stories.metrics import Absence, Reason, classify, scale
from stories.view.metric_words import ABSENCES
from stories.wording import Wording
from stories.wording.metrics import metric_value_text
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from stories.metrics import Cell, Classification, MetricSeries
    from stories.model.atlas import Atlas
    from stories.model.figure import Qualifier, Status
    from stories.model.metric import Metric
    from stories.model.period import Period

    Say = Callable[[Decimal, Qualifier, Status], str]

SEPARATOR = " · "


def map_metrics(atlas: Atlas, series: Mapping[str, MetricSeries]) -> list[MapMetric]:
    """Return all metrics that have values as the map is told of them, in the atlas's order.

    Parameters
    ----------
    atlas
        The atlas, for its languages.
    series
        Its metrics with their values, by id.
    """
    wordings = {lang: Wording.of(atlas, lang) for lang in atlas.languages}
    return [_map_metric(each, wordings) for each in series.values() if each.values]


def size_of(cell: Cell, series: MetricSeries) -> float:
    """Return a value's part of the metric's largest one in any period, from 0 to 1."""
    largest = series.values[-1]
    return float(cell.value / largest) if largest > 0 else 0.0


def _map_metric(series: MetricSeries, wordings: Mapping[str, Wording]) -> MapMetric:
    metric, classes = series.metric, classify(series)
    colours = scale(classes, metric.better)
    say = {lang: _sayer(series, wording) for lang, wording in wordings.items()}
    return MapMetric(
        id=metric.id,
        drawn="circle" if series.is_circles else "fill",
        labels={lang: _before_value(metric, each) for lang, each in wordings.items()},
        none={lang: each.text(ABSENCES[Absence.MISSING]) for lang, each in wordings.items()},
        light=colours.light,
        dark=colours.dark,
        periods=tuple(
            MapPeriod(
                id=str(period),
                names={lang: period_text(period, each) for lang, each in wordings.items()},
                cells=_cells(series, period, classes, wordings, say),
            )
            for period in series.periods
        ),
    )


def _before_value(metric: Metric, wording: Wording) -> str:
    label = metric.label.get(wording.lang, wording.order)
    return wording.text("metric.line", label=label, values="")


def _sayer(series: MetricSeries, wording: Wording) -> Say:
    """Return what puts a value into words; divisions often share theirs."""

    @cache
    def say(value: Decimal, qualifier: Qualifier, status: Status) -> str:
        return metric_value_text(value, series.metric, wording, qualifier, status)

    return say


def _cells(
    series: MetricSeries,
    period: Period,
    classes: Classification,
    wordings: Mapping[str, Wording],
    say: Mapping[str, Say],
) -> dict[str, MapCell]:
    cells = {
        slug: MapCell(
            index=classes.index(cell.value),
            words={
                lang: each(cell.value, cell.qualifier, cell.status) for lang, each in say.items()
            },
            size=size_of(cell, series),
            is_uncertain=bool(cell.uncertain),
            marks={lang: _marks(cell, each) for lang, each in wordings.items()},
        )
        for slug, cell in series.at(period).items()
    }
    for slug, absence in series.absent(period).items():
        if absence is not Absence.MISSING:  # which is said where nothing else is
            words = {lang: each.text(ABSENCES[absence]) for lang, each in wordings.items()}
            cells[slug] = MapCell(index=None, words=words)
    return cells


def _marks(cell: Cell, wording: Wording) -> str:
    """Say what a value is besides its number."""
    marks = []
    if cell.computed:
        marks.append(wording.text("metric.mark_computed"))
    if Reason.BOUNDARY in cell.uncertain:
        marks.append(wording.text("metric.mark_boundary"))
    return SEPARATOR.join(marks)
