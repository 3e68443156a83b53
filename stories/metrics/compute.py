"""Make the series of an atlas's metrics: from its table, and those that are computed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import pairwise

from stories.metrics.series import Absence, Cell, MetricSeries, Reason
from stories.model.atlas import Atlas
from stories.model.division import DatedArea, Division
from stories.model.figure import Formula, Qualifier, Status
from stories.model.history import BoundaryHistory
from stories.model.metric import Metric, MetricValue, Reorganisation
from stories.model.period import Period, PeriodKind

_EXACT = Context(prec=60)
_PERCENT = 100
_LEAST_AREA, _MOST_AREA = 1e-6, 1e9
"""Areas in km², from a square metre to more than the earth has; any other is a slip."""


def metric_series(
    atlas: Atlas, towns: Mapping[str, Division], history: BoundaryHistory | None = None
) -> dict[str, MetricSeries]:
    """Return the series of each metric by its id, in the atlas's order.

    Parameters
    ----------
    atlas
        With metrics whose values name divisions by slug.
    towns
        The divisions of today's boundaries by slug. A number per km² takes their area (km²), or
        that of the time where it is known, and is left out where the boundary changed in between.
    history
        The boundaries of earlier dates. A division that is no more has values in periods that are
        drawn on boundaries with it.
    """
    history = history or BoundaryHistory()
    former = history.former(towns)
    given: dict[str, list[MetricValue]] = {}
    for value in atlas.metric_values:
        is_former = value.division in former
        if value.division in towns or (
            is_former and history.existed_in(value.division, value.period)
        ):
            given.setdefault(value.metric, []).append(value)
    made: dict[str, MetricSeries] = {}
    maker = _Maker(towns, atlas.reorganisations, former, history)
    for metric in sorted(atlas.metrics, key=_inputs):
        made[metric.id] = maker.series(metric, given.get(metric.id, ()), made)
    return {metric.id: made[metric.id] for metric in atlas.metrics}


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round to `decimals` digits after the point, halves away from zero; never to minus zero."""
    step = Decimal(1).scaleb(-decimals)
    return value.quantize(step, rounding=ROUND_HALF_UP, context=_EXACT) + Decimal(0)


def in_time(period: Period) -> tuple[date, date]:
    """Order periods by their ends; an unstated one comes first."""
    return period.end or date.min, period.start or date.min


def _inputs(metric: Metric) -> int:
    """Order metrics so that each comes after that which it is computed from."""
    if metric.computed is None or metric.computed.area:
        return 0
    return 1 if metric.computed.per_km2 else 2


@dataclass(frozen=True, slots=True)
class _Ground:
    """An area in km², and what makes it uncertain."""

    km2: Decimal
    why: frozenset[Reason] = frozenset()


_PARTED = _Ground(Decimal(0))


def _ground(km2: float | None, of: Division | DatedArea) -> _Ground | None:
    if not km2 or not _LEAST_AREA <= km2 <= _MOST_AREA:
        return None
    is_known = of.boundary_status == "published"
    return _Ground(Decimal(str(km2)), frozenset() if is_known else frozenset({Reason.BOUNDARY}))


class _Maker:
    """Makes series of the same divisions, today's and former ones."""

    def __init__(
        self,
        towns: Mapping[str, Division],
        changes: Sequence[Reorganisation],
        former: Mapping[str, Division],
        history: BoundaryHistory,
    ) -> None:
        self.towns, self.changes = towns, changes
        self.former, self.history = former, history
        self.concerned = {slug for change in changes for slug in change.divisions}

    def series(
        self, metric: Metric, given: Iterable[MetricValue], made: Mapping[str, MetricSeries]
    ) -> MetricSeries:
        """Return one series; those that it is computed from are among those `made`."""
        computed = metric.computed
        if computed is None:
            return self.of_table(metric, given)
        if computed.area:
            return self.whole(metric, {computed.period: self.areas(metric)})
        base = made.get(computed.base or "")
        if base is None:  # a loaded atlas never lacks it
            return MetricSeries(metric)
        return self.per_km2(metric, base) if computed.per_km2 else self.change(metric, base)

    def of_table(self, metric: Metric, values: Iterable[MetricValue]) -> MetricSeries:
        """Return the values of the table."""
        cells: dict[Period, dict[str, Cell]] = {}
        for value in values:
            cells.setdefault(value.period, {})[value.division] = Cell(
                rounded(value.value, metric.decimals), value.qualifier, value.status,
                uncertain=_reasons(value.qualifier, value.status),
                source=value.source, note=value.note,
            )  # fmt: skip
        return self.whole(metric, cells)

    def areas(self, metric: Metric) -> dict[str, Cell]:
        """Return today's areas as values."""
        found = ((slug, _ground(town.area_km2, town)) for slug, town in self.towns.items())
        return {
            slug: Cell(rounded(ground.km2, metric.decimals), computed=True, uncertain=ground.why)
            for slug, ground in found
            if ground
        }

    def per_km2(self, metric: Metric, base: MetricSeries) -> MetricSeries:
        """Divide each value by the area that its division had at the time."""
        cells: dict[Period, dict[str, Cell]] = {period: {} for period in base.periods}
        parted: dict[Period, set[str]] = {period: set() for period in base.periods}
        means: dict[Period, Decimal] = {}
        for period in base.periods:
            total, area = Decimal(0), Decimal(0)
            for slug, cell in base.at(period).items():
                ground = self.ground(slug, period)
                if ground is _PARTED:
                    parted[period].add(slug)
                elif ground:
                    total, area = total + cell.value, area + ground.km2
                    cells[period][slug] = Cell(
                        rounded(_EXACT.divide(cell.value, ground.km2), metric.decimals),
                        cell.qualifier, cell.status, computed=True,
                        uncertain=cell.uncertain | ground.why,
                        source=cell.source, note=cell.note,
                    )  # fmt: skip
            if area:
                means[period] = rounded(_EXACT.divide(total, area), metric.decimals)
        return self.whole(metric, cells, parted, means=means)

    def ground(self, slug: str, period: Period) -> _Ground | None:
        """Return the area of a division in a period: that of its boundary then, or of today's.

        `_PARTED` where the boundary changed in between.
        """
        town = self.towns.get(slug) or self.former[slug]
        then = town.area_at(period.end)
        if then:
            since = Period(kind=PeriodKind.DAY, start=then.since, end=then.since)
            if not self.is_parted(slug, since, period):
                return _ground(then.km2, then)
        return _PARTED if self.is_parted(slug, period) else _ground(town.area_km2, town)

    def change(self, metric: Metric, base: MetricSeries) -> MetricSeries:
        """Compare each period with the one before; of another kind of period, with none."""
        assert metric.computed
        dated = [period for period in base.periods if period.end]
        steps = [(one, other) for one, other in pairwise(dated) if one.kind is other.kind]
        cells: dict[Period, dict[str, Cell]] = {}
        parted: dict[Period, set[str]] = {}
        for one, other in steps:
            before, after = base.at(one), base.at(other)
            cells[other], parted[other] = {}, set()
            for slug, cell in after.items():
                if self.is_parted(slug, one, other):
                    parted[other].add(slug)
                elif slug in before:
                    value = _changed(before[slug].value, cell.value, metric.computed.formula)
                    if value is not None:
                        cells[other][slug] = _compared(before[slug], cell, value, metric)
        since = {other: one for one, other in steps}
        return self.whole(metric, cells, parted, since=since)

    def is_parted(self, slug: str, earlier: Period, later: Period | None = None) -> bool:
        """Whether the boundary of a division changed meanwhile."""
        if slug in self.former and later:
            return self.history.changed(slug, earlier, later)
        return slug in self.concerned and any(
            change.parts(slug, earlier, later) for change in self.changes
        )

    def whole(
        self,
        metric: Metric,
        cells: Mapping[Period, Mapping[str, Cell]],
        parted: Mapping[Period, set[str]] | None = None,
        *,
        since: Mapping[Period, Period] | None = None,
        means: Mapping[Period, Decimal] | None = None,
    ) -> MetricSeries:
        """Return a series with its periods in order and a reason for each value that is missing."""
        periods = tuple(sorted(cells, key=in_time))
        former = {slug for at in cells.values() for slug in at if slug in self.former}
        former |= {slug for at in (parted or {}).values() for slug in at if slug in self.former}
        absences = {
            period: {
                slug: self.why_absent(slug, (since or {}).get(period, period), slug in left_out)
                for slug in (*self.towns, *sorted(former))
                if slug not in cells[period]
            }
            for period in periods
            for left_out in ((parted or {}).get(period, set()),)
        }
        return MetricSeries(metric, periods, cells, absences, since or {}, means or {})

    def why_absent(self, slug: str, period: Period, is_parted: bool) -> Absence:  # noqa: FBT001
        """Say why a division has no value for a period, or since it."""
        if slug in self.former:
            if is_parted:
                return Absence.REORGANISED
            is_there = self.history.existed_in(slug, period)
            return Absence.MISSING if is_there else Absence.GONE
        if slug in self.concerned:
            if not all(change.had_created(slug, period) for change in self.changes):
                return Absence.NOT_YET
            if is_parted:
                return Absence.REORGANISED
        return Absence.MISSING


def _reasons(qualifier: Qualifier, status: Status) -> frozenset[Reason]:
    found = set()
    if qualifier is not Qualifier.EXACT:
        found.add(Reason.QUALIFIER)
    if status is not Status.REPORTED:
        found.add(Reason.STATUS)
    return frozenset(found)


def _changed(before: Decimal, after: Decimal, formula: Formula) -> Decimal | None:
    """Return the change, or None where a percentage has no meaning."""
    if formula is Formula.DIFFERENCE:
        return after - before
    return _EXACT.divide((after - before) * _PERCENT, before) if before > 0 else None


def _compared(before: Cell, after: Cell, value: Decimal, metric: Metric) -> Cell:
    """Return a change; it is no firmer than the two numbers that it is made of."""
    is_exact = before.qualifier is after.qualifier is Qualifier.EXACT
    status = after.status if after.status is not Status.REPORTED else before.status
    return Cell(
        rounded(value, metric.decimals),
        Qualifier.EXACT if is_exact else Qualifier.ABOUT,
        status,
        computed=True,
        uncertain=before.uncertain | after.uncertain,
        source=after.source,
        note=after.note,
    )
