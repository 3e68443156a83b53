"""The values of an atlas's metrics, as they stand in its table, and what does not fit in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pydantic import TypeAdapter, ValidationError

from faults import Fault, nearest, shown
from stories.errors import BadValueError
from stories.files.folder import Folder
from stories.files.model_faults import faults_of
from stories.files.tables import METRIC_TABLES, MetricTable, note_near_miss, read_metrics
from stories.files.tables.table import told_once
from stories.files.yaml import YamlSource
from stories.model.atlas import Atlas, AtlasFile, DecimalMark
from stories.model.division import Division
from stories.model.history import BoundaryHistory
from stories.model.metric import MetricValue
from stories.model.period import Period

_VALUES = TypeAdapter(tuple[MetricValue, ...])
_NEAREST = 20
"""Unknown divisions for which the nearest known one is looked for."""
_DATES = "of one that is no more, the boundary set needs `dates/` on which it was there"
TODAY = BoundaryHistory()
"""Of a boundary set that has only today's divisions."""


@dataclass(frozen=True, slots=True)
class MetricFile:
    """What was read of the table of metrics, as far as it was legible."""

    table: MetricTable
    values: tuple[MetricValue, ...] = ()
    """In the order of the table's rows."""


def read_metric_file(
    folder: Folder, languages: list[str], decimal: DecimalMark | None, head: AtlasFile | None
) -> MetricFile | None:
    """Read the table of metrics, if there is one; its faults are noted in `folder`."""
    table = read_metrics(folder, languages, decimal, head.metrics if head else None)
    if table is None:
        if head and head.metrics:
            note_near_miss(folder, METRIC_TABLES)
        return None
    rows = [_with_period(row) for row in table.data]
    try:
        values = _VALUES.validate_python(rows)
    except ValidationError as error:
        found = faults_of(error, table, MetricValue)
        fresh = [each for each in found if (each.line, each.column) not in table.refused]
        folder.faults.extend(told_once(fresh, table))
        return MetricFile(table)
    folder.faults.extend(told_once(_twice(values, table), table))
    return MetricFile(table, values)


def _with_period(row: dict[str, object]) -> dict[str, object]:
    """Let rows of the same period share it."""
    text = row.get("period")
    return {**row, "period": _period(text)} if isinstance(text, str) else row


@lru_cache(maxsize=1_000)
def _period(text: str) -> Period | str:
    try:
        return Period.of(text)
    except BadValueError:
        return text


def _twice(values: tuple[MetricValue, ...], table: MetricTable) -> Iterator[Fault]:
    seen: dict[tuple[str, str, Period], int] = {}
    for index, value in enumerate(values):
        first = seen.setdefault((value.metric, value.division, value.period), index)
        if first != index:
            yield _second(index, first, value, table)


def _second(index: int, first: int, value: MetricValue, table: MetricTable) -> Fault:
    what = (
        f"{value.metric!r} has a second value for {value.division!r} in {value.period} "
        f"(first in line {table.lines[first]})"
    )
    return table.fault((index, "division"), what, "keep one of them")


def metric_model_faults(head: AtlasFile, source: YamlSource) -> Iterator[Fault]:
    """Find computed metrics that cannot be computed, and re-organisations that repeat."""
    known = {metric.id: metric for metric in head.metrics}
    for index, metric in enumerate(head.metrics):
        computed = metric.computed
        if computed is None or computed.base is None:
            continue
        key = "per_km2" if computed.per_km2 else "change"
        loc = ("metrics", index, "computed", key)
        base = known.get(computed.base)
        if base is None:
            others = [each for each in known if each != metric.id]
            what = f"there is no metric {computed.base!r}"
            yield source.fault(loc, what, nearest(computed.base, others))
        elif base.computed and (base.computed.change or computed.per_km2 or base.id == metric.id):
            what = f"{metric.id!r} cannot be computed from {base.id!r}, which is computed itself"
            yield source.fault(loc, what, "name a metric of the table")


def division_names(
    divisions: Mapping[str, Division], history: BoundaryHistory = TODAY
) -> dict[str, str]:
    """Return the slug for each name by which a table may call a division: its slug, its code.

    That of today's boundaries where it has one there, too; else that of an earlier date.
    """
    names: dict[str, str] = {}
    for there in (*(history.divisions.get(on, {}) for on in history.dates), divisions):
        names |= {division.code: slug for slug, division in there.items() if division.code}
    slugs = (slug for there in history.divisions.values() for slug in there)
    return {**names, **{slug: slug for slug in (*slugs, *divisions)}}


def metric_division_faults(
    file: MetricFile, divisions: Mapping[str, Division], history: BoundaryHistory = TODAY
) -> list[Fault]:
    """Find values of divisions that have no boundary, and of one division by code and by slug.

    Parameters
    ----------
    file
        The table, as it was read.
    divisions
        Today's divisions by slug.
    history
        Those of earlier dates; a value of one of them is of a period that is drawn on its boundary.
    """
    return told_once(_division_faults(file, divisions, history), file.table)


def _division_faults(
    file: MetricFile, divisions: Mapping[str, Division], history: BoundaryHistory
) -> Iterator[Fault]:
    names = division_names(divisions, history)
    by_label = _labels(divisions)
    unknown: dict[str, str] = {}
    seen: dict[tuple[str, str, Period], int] = {}
    for index, value in enumerate(file.values):
        slug = names.get(value.division)
        if slug is None:
            if value.division not in unknown:
                mend = f"write {by_label[value.division]!r}" if value.division in by_label else ""
                if not mend and len(unknown) < _NEAREST:
                    mend = nearest(value.division, names, "write its code or slug")
                mend = mend or "take it out"
                unknown[value.division] = mend if history.dates else f"{mend}; {_DATES}"
            what = f"the boundary file has no division {shown(value.division)}"
            yield file.table.fault((index, "division"), what, unknown[value.division])
            continue
        if slug not in divisions and not history.existed_in(slug, value.period):
            last = history.last_of(slug)
            what = f"{value.division!r} has a value in {value.period}, but no boundary then"
            mend = f"correct the period (its last boundary is that of {last}), or take it out"
            yield file.table.fault((index, "period"), what, mend)
        first = seen.setdefault((value.metric, slug, value.period), index)
        if first != index and file.values[first].division != value.division:
            yield _second(index, first, value, file.table)


def _labels(divisions: Mapping[str, Division]) -> dict[str, str]:
    """Return the slug for each name of a division in any language that no other has."""
    found: dict[str, set[str]] = {}
    for slug, division in divisions.items():
        for name in division.names.root.values():
            found.setdefault(name, set()).add(slug)
    return {name: next(iter(slugs)) for name, slugs in found.items() if len(slugs) == 1}


def with_slugs(
    atlas: Atlas, divisions: Mapping[str, Division], history: BoundaryHistory = TODAY
) -> Atlas:
    """Return an atlas whose metrics name their divisions by slug, where there are such."""
    if not atlas.metric_values:
        return atlas
    names = division_names(divisions, history)
    values = tuple(
        value
        if (slug := names.get(value.division, value.division)) == value.division
        else value.model_copy(update={"division": slug})
        for value in atlas.metric_values
    )
    return atlas.model_copy(update={"metric_values": values})
