"""The values of each metric by period and division."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from stories.metrics.classes import Classification, classification
from stories.model.figure import Qualifier, Status
from stories.model.metric import Metric, MetricKind
from stories.model.period import Period
from stories.model.text import Texts


class Reason(StrEnum):
    """Why a value is uncertain."""

    QUALIFIER = "qualifier"
    """The source gives it as about, nearly, over …"""
    STATUS = "status"
    """It is a forecast, a target or a plan."""
    BOUNDARY = "boundary"
    """It rests on the area within a boundary that is not known to be the published one."""


class Absence(StrEnum):
    """Why a division has no value in a period."""

    MISSING = "missing"
    """There is none in the table, or nothing can be computed from it."""
    NOT_YET = "not_yet"
    """The division did not exist yet."""
    GONE = "gone"
    """The division existed no longer."""
    REORGANISED = "reorganised"
    """The division's boundary changed, so that two numbers are not of the same place."""


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
    """In the order of time. A change from one period to the next stands at the later one."""
    cells: Mapping[Period, Mapping[str, Cell]] = field(default_factory=dict)
    """By period and slug; a division without value is not there."""
    absences: Mapping[Period, Mapping[str, Absence]] = field(default_factory=dict)
    """By period and slug: why a division has no value."""
    since: Mapping[Period, Period] = field(default_factory=dict)
    """Of a change: the earlier period of each."""
    means: Mapping[Period, Decimal] = field(default_factory=dict)
    """Of a computed density: that of all divisions with a value together, by period."""

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

    @property
    def is_circles(self) -> bool:
        """Whether maps show it in proportional circles: counts, of which none is below nothing."""
        is_count = self.metric.kind is MetricKind.COUNT
        return is_count and bool(self.values) and self.values[0] >= 0

    @cached_property
    def valued(self) -> frozenset[str]:
        """Slugs of the divisions that have a value in some period."""
        return frozenset(slug for at in self.cells.values() for slug in at)

    @cached_property
    def values(self) -> tuple[Decimal, ...]:
        """All values of all periods, ascending."""
        return tuple(sorted(cell.value for at in self.cells.values() for cell in at.values()))

    @cached_property
    def classes(self) -> Classification:
        """The classes of all values, found once: natural breaks take a while."""
        return classification(self.values, self.metric.classes, self.metric.decimals)
