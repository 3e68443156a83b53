"""The values of each metric by period and division, computed ones included."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import cached_property

from stories.model.atlas import Atlas
from stories.model.division import Division
from stories.model.figure import Qualifier, Status
from stories.model.metric import Metric, MetricValue
from stories.model.period import Period
from stories.model.text import Texts


class Reason(StrEnum):
    """Why a value is uncertain."""

    QUALIFIER = "qualifier"
    """The source gives it as about, nearly, over …"""
    STATUS = "status"
    """It is a forecast, a target or a plan."""
    BOUNDARY = "boundary"
    """It rests on the area within a reconstructed boundary."""


class Absence(StrEnum):
    """Why a division has no value in a period."""

    MISSING = "missing"
    """There is none in the table."""
    NOT_YET = "not_yet"
    """The division did not exist yet."""
    REORGANISED = "reorganised"
    """The division's boundary changed, so that the two numbers are not of the same place."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of one division in one period, with everything that has to be said with it."""

    value: Decimal
    """In the metric's unit, rounded to its `decimals`."""
    qualifier: Qualifier = Qualifier.EXACT
    status: Status = Status.REPORTED
    computed: bool = False
    """Whether the program computed it."""
    uncertain: frozenset[Reason] = frozenset()
    source: Texts | None = None
    """Another source than the metric's own."""
    note: Texts | None = None


@dataclass(frozen=True)
class MetricSeries:
    """A metric with its values."""

    metric: Metric
    periods: tuple[Period, ...] = ()
    """In the order of time."""
    cells: Mapping[Period, Mapping[str, Cell]] = field(default_factory=dict)
    """By period and slug; a division without value is not there."""
    absences: Mapping[Period, Mapping[str, Absence]] = field(default_factory=dict)
    """By period and slug: why a division has no value."""

    @property
    def latest(self) -> Period | None:
        """The last period, if there is any."""
        return self.periods[-1] if self.periods else None

    def period(self, text: str | None) -> Period | None:
        """Return the period written as `text`, else the last one."""
        return next((each for each in self.periods if str(each) == text), self.latest)

    def at(self, period: Period | None) -> Mapping[str, Cell]:
        """Return the values of a period by slug."""
        return self.cells.get(period, {}) if period else {}

    def absent(self, period: Period | None) -> Mapping[str, Absence]:
        """Return why divisions have no value in a period, by slug."""
        return self.absences.get(period, {}) if period else {}

    @cached_property
    def values(self) -> tuple[Decimal, ...]:
        """All values of all periods, ascending."""
        return tuple(sorted(cell.value for at in self.cells.values() for cell in at.values()))


def metric_series(atlas: Atlas, towns: Mapping[str, Division]) -> dict[str, MetricSeries]:
    """Return the series of each metric by its id, in the atlas's order."""
    given: dict[str, list[MetricValue]] = {}
    for value in atlas.metric_values:
        given.setdefault(value.metric, []).append(value)
    return {metric.id: _given(metric, given.get(metric.id, []), towns) for metric in atlas.metrics}


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round to `decimals` digits after the point, halves away from zero."""
    return value.quantize(
        Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=Context(prec=60)
    )


def _given(
    metric: Metric, values: list[MetricValue], towns: Mapping[str, Division]
) -> MetricSeries:
    cells: dict[Period, dict[str, Cell]] = {}
    for value in values:
        reasons = frozenset(
            reason
            for reason, holds in (
                (Reason.QUALIFIER, value.qualifier is not Qualifier.EXACT),
                (Reason.STATUS, value.status is not Status.REPORTED),
            )
            if holds
        )
        cells.setdefault(value.period, {})[value.division] = Cell(
            rounded(value.value, metric.decimals), value.qualifier, value.status,
            uncertain=reasons, source=value.source, note=value.note,
        )  # fmt: skip
    periods = tuple(sorted(cells, key=in_time))
    absences = {
        period: {slug: Absence.MISSING for slug in towns if slug not in cells[period]}
        for period in periods
    }
    return MetricSeries(metric, periods, cells, absences)


def in_time(period: Period) -> tuple[date, date]:
    """Order periods by their ends; an unstated one comes first."""
    return period.end or date.min, period.start or date.min
