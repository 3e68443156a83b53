"""The same as the map, as a table of all divisions; and small maps of all periods, for paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from stories.metrics import classify, ranks
from stories.model.figure import Better
from stories.view.metric_bar import compact_json, still_map
from stories.view.metric_words import absence_text, label_of, marks_of, source_lines, unit_of
from stories.wording.metrics import bare_value_text
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stories.metrics import MetricSeries
    from stories.model.division import Division
    from stories.model.period import Period
    from stories.view.context import ViewContext


MANY = 300
"""Of more divisions the rows are fetched when the table is unfolded (`metric_rows_json`)."""

ENDINGS = ("png", "svg")


@dataclass(frozen=True)
class Row:
    """A division in the table; one that is no more has no page."""

    slug: str
    """Empty where it is no more, as is the address."""
    address: str
    name: str
    value: str
    rank: str
    marks: str
    is_known: bool
    tone: int | None
    """Number of its class."""
    cells: str
    """Value as a number, value in words, rank and notes by period: JSON for the page's script."""


def metric_table(context: ViewContext) -> dict[str, Any] | None:
    """Return the table of the chosen metric in the period that is shown, in the order of ranks."""
    series, period = context.metric, context.period
    if series is None or period is None:
        return None
    text, metric = context.wording.text, series.metric
    label, when = label_of(context, metric), period_text(period, context.wording)
    is_low, is_long = metric.better is Better.LOWER, len(context.towns) > MANY
    beside = context.addresses.beside  # what is not to be had has no link
    rows = f"table/{context.folder}{metric.id}.{context.lang}.json"
    make = partial(metric_rows_json, context)
    rows_address = context.addresses.rows(rows, make) if is_long else None
    return {
        "metric": metric.id,
        "at": series.periods.index(period),
        "title": context.wording.plural("metric.table", len(context.towns)),
        "label": label,
        "unit": unit_of(context, metric),
        "period": when,
        "order": text("metric.rank_low" if is_low else "metric.rank_high"),
        "headings": {
            "division": text("metric.division"),
            "value": text("metric.value"),
            "rank": text("metric.rank"),
            "period": text("metric.period"),
            "mark": text("metric.mark"),
        },
        "rows": [] if rows_address else _rows(context, series, series.periods.index(period)),
        "rows_address": rows_address,
        "data_address": beside(f"data/{context.folder}metrics.csv"),
        "data": text("metric.data"),
        "take": text("metric.take"),
        "pictures": _pictures(context, f"metric/{context.folder}{metric.id}", period),
        "source": list(source_lines(context, series)),
        "maps_title": text("metric.small_maps"),
        "maps": [still for each in series.periods if (still := still_map(context, series, each))],
    }


def _pictures(context: ViewContext, path: str, period: Period) -> list[dict[str, str]]:
    """Return where the map of the period is to be had; the page's script names other periods."""
    pattern = f"{path}.{{period}}.{context.lang}"
    addresses = {ending: context.addresses.beside(f"{pattern}.{ending}") for ending in ENDINGS}
    at = quote(period.in_names, safe="")
    return [
        {"name": ending.upper(), "pattern": found, "address": found.replace("{period}", at)}
        for ending, found in addresses.items()
        if found
    ]


def metric_rows_json(context: ViewContext) -> str:
    """Return the rows of the chosen metric for the page's script, in the order of ranks."""
    series, period = context.metric, context.period
    assert series
    assert period
    rows = _rows(context, series, series.periods.index(period))
    named = (f"[{compact_json(each.slug)},{compact_json(each.name)},{each.cells}]" for each in rows)
    return f"[{','.join(named)}]"


def _rows(context: ViewContext, series: MetricSeries, at: int) -> list[Row]:
    places = [ranks(series.at(each), series.metric.better) for each in series.periods]
    shown, classes = places[at], classify(series)
    former = _former(context, series)
    every = [*context.towns, *former]
    last = len(every) + 1
    order = sorted(every, key=lambda slug: shown[slug].place if slug in shown else last)
    rows = []
    for slug in order:
        cells = [
            _cell(context, series, i, slug, places[i][slug].place if slug in places[i] else 0)
            for i in range(len(series.periods))
        ]
        number, value, rank, marks = cells[at]
        cell = series.at(series.periods[at]).get(slug)
        rows.append(
            Row(
                slug="" if slug in former else slug,
                address="" if slug in former else context.address_of(slug),
                name=_name(context, slug, former),
                value=value,
                rank=str(rank or ""),
                marks=marks,
                is_known=number is not None,
                tone=classes.index(cell.value) if cell else None,
                cells=compact_json(cells),
            )
        )
    return rows


def _former(context: ViewContext, series: MetricSeries) -> Mapping[str, Division]:
    """Return the divisions that have a value in some period and are no more."""
    known = series.valued - context.towns.keys()
    former = context.history.former(context.towns) if known else {}
    return {slug: former[slug] for slug in former if slug in known}


def _name(context: ViewContext, slug: str, former: Mapping[str, Division]) -> str:
    """Name a division, and say so where it is no more."""
    if slug not in former:
        return context.town_name(slug)
    text, name = context.wording.text, former[slug].name(context.lang, context.order)
    return text("figure.with_status", value=name, status=text("metric.former"))


def _cell(
    context: ViewContext, series: MetricSeries, at: int, slug: str, place: int
) -> tuple[float | None, str, int, str]:
    period = series.periods[at]
    cell = series.at(period).get(slug)
    if cell is None:
        why = absence_text(context, series, period, slug)
        return None, context.wording.text("metric.no_value"), 0, why
    value = bare_value_text(cell.value, series.metric, context.wording, cell.qualifier, cell.status)
    number = int(cell.value) if cell.value == cell.value.to_integral_value() else float(cell.value)
    return number, value, place, " · ".join(marks_of(context, cell))
