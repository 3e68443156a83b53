"""Metrics as rows of tables, each with where it comes from; computed ones are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stories.export.rows import Row, period_columns, plain_number, text_columns
from stories.wording.units import unit_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from stories.metrics import Cell, MetricSeries
    from stories.model.atlas import Atlas, Metric, Period
    from stories.model.division import Division
    from stories.model.history import BoundaryHistory

_WHOLE = 2**53
Place = tuple[str, str, "Period"]
"""Metric, division and period of a value."""


def metric_rows(
    atlas: Atlas,
    towns: Mapping[str, Division],
    series: Mapping[str, MetricSeries],
    history: BoundaryHistory | None = None,
) -> list[Row]:
    """Return a row per metric, period and division, also where there is no value and why.

    Parameters
    ----------
    atlas
        With metrics whose values name divisions by slug.
    towns
        Divisions by slug.
    series
        The atlas's metrics with their values, by id.
    history
        Those of earlier dates; one that is no more has rows of the metrics that have values of it.

    Returns
    -------
    list of dict
        All rows have the same keys in the same order. Missing values are None.
    """
    written = {
        (value.metric, value.division, value.period): value.value for value in atlas.metric_values
    }
    former = history.former(towns) if history else {}
    return [
        _row(atlas, each, period, town, written)
        for each in series.values()
        for period in each.periods
        for town in (*towns.values(), *(former[slug] for slug in former if slug in each.valued))
    ]


def _row(
    atlas: Atlas,
    series: MetricSeries,
    period: Period,
    town: Division,
    written: Mapping[Place, Decimal],
) -> Row:
    metric, languages = series.metric, atlas.languages
    cell = series.at(period).get(town.slug)
    why = series.absent(period).get(town.slug)
    since = series.since.get(period)
    value = written.get((metric.id, town.slug, period), cell.value) if cell else None
    return {
        "atlas": atlas.id,
        "town": town.slug,
        "code": town.code or None,
        **text_columns("place", town.names, languages),
        "boundary_status": town.boundary_status,
        "metric": metric.id,
        **text_columns("label", metric.label, languages),
        "kind": metric.kind.value,
        "value": _number(value),
        **text_columns("unit", unit_texts(metric.unit, languages), languages),
        "qualifier": cell.qualifier.value if cell else None,
        "status": cell.status.value if cell else None,
        "uncertain": " ".join(sorted(cell.uncertain)) or None if cell else None,
        "missing": why.value if why else None,
        **period_columns("period", period),
        "since": str(since) if since else None,
        "better": metric.better.value,
        **text_columns("source", (cell and cell.source) or metric.source, languages),
        **_computed(metric),
        **text_columns("note", (cell and cell.note) or metric.note, languages),
    }


def _number(value: Decimal | None) -> int | float | str | None:
    """Write a number as tables have it: whole ones only as large as they count exactly."""
    return plain_number(value) if value is None or abs(value) < _WHOLE else float(value)


def _computed(metric: Metric) -> Row:
    computed = metric.computed
    if computed is None:
        return {"computed": None, "computed_from": None}
    way = "area" if computed.area else "per_km2" if computed.per_km2 else computed.formula.value
    return {"computed": way, "computed_from": computed.base}


def metric_documents(every: Iterable[MetricSeries], languages: Sequence[str]) -> list[Row]:
    """Return each metric with its values by period and division, as JSON has it."""
    return [_document(series, languages) for series in every]


def _document(series: MetricSeries, languages: Sequence[str]) -> Row:
    return {
        **series.metric.model_dump(mode="json"),
        "unit": unit_texts(series.metric.unit, languages).root,
        "values": [
            {"town": slug, **_period_of(series, period), **_cell(cell)}
            for period in series.periods
            for slug, cell in series.at(period).items()
        ],
        "missing": [
            {"town": slug, **_period_of(series, period), "why": why.value}
            for period in series.periods
            for slug, why in series.absent(period).items()
        ],
    }


def _period_of(series: MetricSeries, period: Period) -> Row:
    since = series.since.get(period)
    return {"period": str(period), **({"since": str(since)} if since else {})}


def _cell(cell: Cell) -> Row:
    return {
        "value": _number(cell.value),
        "qualifier": cell.qualifier.value,
        "status": cell.status.value,
        "computed": cell.computed,
        "uncertain": sorted(cell.uncertain),
        "source": cell.source.root if cell.source else None,
        "note": cell.note.root if cell.note else None,
    }
