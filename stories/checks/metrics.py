"""Check that metrics have values, of each division, and are drawn as what they are."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import pairwise

from faults import Fault, Severity, nearest
from stories.files.loader import AtlasFiles
from stories.files.metrics import TODAY, MetricFile, division_names, metric_division_faults
from stories.model.atlas import AtlasFile
from stories.model.division import Division
from stories.model.history import BoundaryHistory
from stories.model.metric import Metric, MetricKind, MetricValue
from stories.model.period import Period, PeriodKind

_NAMED = 5
_UNEVEN = 1.9
"""How many times longer than the usual one an interval between two periods is a gap."""


def metric_faults(reading: AtlasFiles) -> Iterator[Fault]:
    """Find metrics without values, counts in classes, gaps between periods, lost decimals."""
    head, source = reading.head, reading.source
    if head is None or source is None:
        return
    by_metric: dict[str, list[int]] = {}
    for index, value in enumerate(reading.metrics.values if reading.metrics else ()):
        by_metric.setdefault(value.metric, []).append(index)
    for index, metric in enumerate(head.metrics):
        loc = ("metrics", index)
        if metric.kind is MetricKind.COUNT and "classes" in metric.model_fields_set:
            what = f"{metric.id!r} is a count, which the map draws as circles and not as classes"
            mend = "take `classes` out, or count per km² with `computed: {per_km2: …}`"
            at = (*loc, "classes")
            yield source.fault(at, what, mend, at_key=True, severity=Severity.WARNING)
        if metric.computed is None and metric.id not in by_metric and _is_legible(reading):
            what = f"the metric {metric.id!r} has no values"
            mend = "write them into metrics.csv, or take it out"
            yield source.fault(loc, what, mend, severity=Severity.WARNING)
        if reading.metrics and metric.id in by_metric:
            yield from _of_values(metric, by_metric[metric.id], reading.metrics)
    yield from _of_scenes(reading, head)


def _of_scenes(reading: AtlasFiles, head: AtlasFile) -> Iterator[Fault]:
    """Find scenes that name a period which their metric has not."""
    written: dict[str, set[Period]] = {}
    for value in reading.metrics.values if reading.metrics else ():
        written.setdefault(value.metric, set()).add(value.period)
    for town in reading.towns:
        for index, scene in enumerate(town.file.scenes if town.file else ()):
            metric = head.metric(scene.metric)
            if scene.period is None or metric is None or town.source is None:
                continue
            known = _periods(metric, written)
            if scene.period not in known:
                what = f"the metric {metric.id!r} has no values in {scene.period}"
                mend = nearest(str(scene.period), map(str, known), "name one of its periods")
                loc = ("scenes", index, "period")
                yield town.source.fault(loc, what, mend, severity=Severity.WARNING)


def _periods(metric: Metric, written: Mapping[str, set[Period]]) -> list[Period]:
    computed = metric.computed
    if computed and computed.area:
        return [computed.period]
    base = (computed and computed.base) or metric.id
    found = sorted(written.get(base, ()), key=lambda period: period.end or date.min)
    return found[1:] if computed and computed.change else found


def _is_legible(reading: AtlasFiles) -> bool:
    return reading.metrics is None or bool(reading.metrics.values)


def _of_values(metric: Metric, rows: list[int], file: MetricFile) -> Iterator[Fault]:
    for index in rows:
        exponent = int(file.values[index].value.normalize().as_tuple().exponent)
        if -exponent > metric.decimals:
            what = f"the value has {-exponent} decimals, of which {metric.decimals} are shown"
            mend = f"give the metric {metric.id!r} more `decimals`, or round the value"
            yield file.table.fault((index, "value"), what, mend, severity=Severity.WARNING)
            break
    yield from _gaps(metric, rows, file)


def _gaps(metric: Metric, rows: list[int], file: MetricFile) -> Iterator[Fault]:
    first: dict[Period, int] = {}
    for index in rows:
        first.setdefault(file.values[index].period, index)
    kinds = {period.kind for period in first}
    if len(kinds) > 1:
        usual = Counter(file.values[index].period.kind for index in rows).most_common(1)[0][0]
        other = next(period for period in first if period.kind is not usual)
        what = f"{metric.id!r} has periods of several kinds, such as {other}"
        mend = "give all its values years, or all days, so that they can be compared"
        at = (first[other], "period")
        yield file.table.fault(at, what, mend, severity=Severity.WARNING)
    if kinds <= {PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH}:
        yield from _missing_periods(metric, first, file)


def _missing_periods(
    metric: Metric, first: Mapping[Period, int], file: MetricFile
) -> Iterator[Fault]:
    """Name the first interval that is twice as long as the shortest, or longer."""
    starts = sorted((each.start.toordinal(), each) for each in first if each.start)
    steps = [(later - earlier, one, other) for (earlier, one), (later, other) in pairwise(starts)]
    shortest = min((days for days, *_ in steps), default=0)
    for days, one, other in steps:
        if days > _UNEVEN * shortest:
            what = f"{metric.id!r} has no values between {one} and {other}"
            mend = "add the periods that are missing, if there are figures"
            at = (first[other], "period")
            yield file.table.fault(at, what, mend, severity=Severity.WARNING)
            return


def metric_coverage_faults(
    reading: AtlasFiles, divisions: Collection[str], history: BoundaryHistory = TODAY
) -> Iterator[Fault]:
    """Find values of unknown divisions, and divisions without value.

    `history` has the divisions of earlier dates.
    """
    head, source = reading.head, reading.source
    if head is None or source is None:
        return
    for index, each in enumerate(head.reorganisations):
        for place, slug in enumerate(each.divisions):
            if slug not in divisions:
                loc = ("reorganisations", index, "divisions", place)
                what = f"the boundary file has no division {slug!r}"
                yield source.fault(loc, what, nearest(slug, divisions, "take it out"))
    known = _with_codes(divisions)
    if reading.metrics is None or known is None:
        return
    yield from metric_division_faults(reading.metrics, known, history)
    yield from _without_value(head, reading.metrics, known)


def _with_codes(divisions: Collection[str]) -> Mapping[str, Division] | None:
    """Return divisions of which more than the slugs is known; the table may name them by code."""
    if not isinstance(divisions, Mapping):
        return None
    return {slug: each for slug, each in divisions.items() if isinstance(each, Division)}


def _without_value(
    head: AtlasFile, file: MetricFile, divisions: Mapping[str, Division]
) -> Iterator[Fault]:
    """Name the divisions that lack a value in a period in which they existed, once a metric."""
    names = division_names(divisions)
    there: dict[str, dict[Period, dict[str, int]]] = {}
    for index, value in enumerate(file.values):
        slug = names.get(value.division)
        if slug is not None:
            there.setdefault(value.metric, {}).setdefault(value.period, {})[slug] = index
    for metric, periods in there.items():
        for period, rows in periods.items():
            missing = [
                slug for slug in divisions if slug not in rows and _existed(head, slug, period)
            ]
            if missing:
                what = f"{metric!r} has no value in {period} for {_named(missing)}"
                mend = "add them, or leave them out where none is known: the map says so"
                at = (next(iter(rows.values())), "division")
                yield file.table.fault(at, what, mend, severity=Severity.WARNING)
                break
    yield from _before_its_time(head, file, names)


def _before_its_time(
    head: AtlasFile, file: MetricFile, names: Mapping[str, str]
) -> Iterator[Fault]:
    created = {slug for each in head.reorganisations for slug in each.created}
    for index, value in enumerate(file.values):
        slug = names.get(value.division)
        if slug in created and not _existed(head, slug, value.period):
            yield _early(index, value, file)


def _early(index: int, value: MetricValue, file: MetricFile) -> Fault:
    what = f"{value.division!r} has a value in {value.period}, before it was created"
    mend = "correct the period, or `reorganisations` in atlas.yaml"
    return file.table.fault((index, "period"), what, mend, severity=Severity.WARNING)


def _existed(head: AtlasFile, slug: str, period: Period) -> bool:
    return all(each.had_created(slug, period) for each in head.reorganisations)


def _named(slugs: list[str]) -> str:
    more = f" and {len(slugs) - _NAMED:,} more" if len(slugs) > _NAMED else ""
    return ", ".join(map(repr, slugs[:_NAMED])) + more
