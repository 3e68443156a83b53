"""Metrics: numbers that every division has, by period.

The docstring under each field is the reference of the file format.
"""

from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from stories.errors import BadValueError
from stories.model.figure import MAX_DECIMALS, Better, Formula, Number, Qualifier, Status
from stories.model.period import Period, PeriodKind
from stories.model.text import Model, Slug, Texts
from stories.model.unit import WordsOrUnit

MAX_METRICS = 50
MAX_METRIC_VALUES = 50_000
"""Values of all metrics: every county of China in six periods for two of them and more."""
MAX_REORGANISATIONS = 100
MAX_REORGANISED = 5_000
"""Divisions of a re-organisation."""
FEWEST_CLASSES, MOST_CLASSES = 2, 7


class MetricKind(StrEnum):
    """What a metric measures, which says how the map draws it."""

    COUNT = "count"
    DENSITY = "density"
    SHARE = "share"
    INDEX = "index"


class Classing(StrEnum):
    """How values are put into classes."""

    QUANTILES = "quantiles"
    NATURAL_BREAKS = "natural_breaks"
    EQUAL = "equal"
    GIVEN = "given"


class MetricClasses(Model):
    """Classes of a metric's values, the same in all its periods."""

    by: Classing = Classing.QUANTILES
    """`quantiles` (as many divisions in each), `natural_breaks` (Fisher and Jenks: classes that
    differ most), `equal` (equal intervals) or `given` (with `edges`)."""
    number: int = Field(default=5, ge=FEWEST_CLASSES, le=MOST_CLASSES)
    """How many; there are fewer where there are fewer different values."""
    edges: tuple[Number, ...] = Field(default=(), max_length=MOST_CLASSES - 1)
    """With `given`: the numbers between the classes, ascending. A value on an edge belongs to the
    class above it."""

    @model_validator(mode="after")
    def _edges_are_given(self) -> Self:
        if bool(self.edges) != (self.by is Classing.GIVEN):
            what = "`edges` and `by: given` go together"
            raise BadValueError(what, "write both, or none of them")
        if any(one >= other for one, other in pairwise(self.edges)):
            raise BadValueError("the edges do not ascend", "write the lowest first, each once")
        return self


class MetricComputation(Model):
    """How the program computes a metric: one of `area`, `per_km2` and `change`."""

    area: bool = False
    """`true` for the area of each division in km², from the boundaries."""
    per_km2: Slug | None = None
    """Id of a metric whose values are divided by the division's area in km²."""
    change: Slug | None = None
    """Id of a metric: the change from each of its periods to the next."""
    formula: Formula = Formula.DIFFERENCE
    """With `change`: `difference` or `percent_change`."""
    period: Period = Period(kind=PeriodKind.UNSTATED)
    """With `area`: when the boundaries held."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [self.area, self.per_km2 is not None, self.change is not None]
        if sum(ways) != 1:
            what = "the metric is computed in no way, or in several"
            raise BadValueError(what, "write one of area, per_km2, change")
        if self.formula is Formula.SUM:
            what = "a change is no sum"
            raise BadValueError(what, "write difference or percent_change")
        return self

    @property
    def base(self) -> str | None:
        """Id of the metric that it is computed from, if it is from one."""
        return self.per_km2 or self.change


class Metric(Model):
    """What is counted or measured in every division; its values stand in `metrics.csv`."""

    id: Slug
    """Name of the metric in addresses and in the table of values."""
    label: Texts
    """What is counted or measured, in a few words per language."""
    unit: WordsOrUnit
    """The unit's word or sign per language, such as `{zh: 个, en: villages}`; or the name of a
    unit, as figures have it, whose word then goes with the number: `people/km²`."""
    decimals: int = Field(default=0, ge=0, le=MAX_DECIMALS)
    """Decimals that are shown; values are ranked and classed as they are shown."""
    kind: MetricKind
    """`count` (drawn as circles), `density`, `share` or `index` (drawn as fills)."""
    better: Better = Better.NONE
    """`higher`, `lower` or `none`: which way the number improves."""
    classes: MetricClasses = MetricClasses()
    """How the values are put into classes."""
    computed: MetricComputation | None = None
    """Given where the program computes the values; the table then has none of them."""
    source: Texts | None = None
    """Who published the numbers; needed, unless they are computed."""
    note: Texts | None = None
    """What has to be known about them."""

    @model_validator(mode="after")
    def _says_where_from(self) -> Self:
        if self.source is None and self.computed is None:
            raise BadValueError(
                f"the metric {self.id!r} does not say where it is from", "give it a source"
            )
        return self

    @model_validator(mode="after")
    def _edges_are_as_fine_as_values(self) -> Self:
        step = Decimal(1).scaleb(-self.decimals)
        for edge in self.classes.edges:
            if edge % step:
                what = f"the edge {edge} has more decimals than the values ({self.decimals})"
                raise BadValueError(what, "raise `decimals`, or round the edge")
        return self


class MetricValue(Model):
    """One number of a metric: a row of `metrics.csv`."""

    metric: Slug
    """Id of the metric."""
    division: Annotated[str, Field(min_length=1, max_length=60)]
    """Code or slug of the division, as the boundary file has it; of one that is no more, as the
    set's boundaries of an earlier date have it, in a period that is drawn on them."""
    period: Period
    """When it held: `2023`, `2024-Q1`, `2024-02`, `2024-02-19` or `2024-02-19/2024-02-28`."""
    value: Number
    """The number, in full."""
    qualifier: Qualifier = Qualifier.EXACT
    """`exact`, `about`, `nearly`, `over`, `at_least` or `up_to`."""
    status: Status = Status.REPORTED
    """`reported`, `forecast`, `target` or `plan`."""
    source: Texts | None = None
    """Another source than the metric's own."""
    note: Texts | None = None
    """What has to be known about this number."""


class Reorganisation(Model):
    """A change of boundaries, across which numbers of a division are not of the same place."""

    period: Period
    """When it took place, as closely as is known; after it the new boundaries hold."""
    divisions: tuple[Slug, ...] = Field(min_length=1, max_length=MAX_REORGANISED)
    """Slugs of the divisions that gained or lost land."""
    created: tuple[Slug, ...] = Field(default=(), max_length=MAX_REORGANISED)
    """Those of them that did not exist before."""
    note: Texts | None = None
    """What happened, for readers."""

    @model_validator(mode="after")
    def _is_of_its_divisions(self) -> Self:
        if self.period.start is None:
            raise BadValueError("the period is unstated", "write when it took place")
        for slug in self.created:
            if slug not in self.divisions:
                what = f"{slug!r} is created, but not among the divisions"
                raise BadValueError(what, "add it to `divisions`")
        return self

    def had_created(self, slug: str, period: Period) -> bool:
        """Whether a division existed in a period, as far as this re-organisation says."""
        if slug not in self.created or period.end is None or self.period.start is None:
            return True
        return period.end >= self.period.start

    def parts(self, slug: str, earlier: Period, later: Period | None = None) -> bool:
        """Whether it changed a division after one period and up to the end of a later one.

        Without a `later` period: up to today. A number of an unstated period is taken for one of
        today's boundaries.
        """
        start, end = self.period.start, self.period.end
        if slug not in self.divisions or earlier.end is None or start is None or end is None:
            return False
        return end > earlier.end and (later is None or later.end is None or start <= later.end)
