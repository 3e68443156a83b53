"""Figures: numbers with everything that has to be said with them.

The docstring under each field is the reference of the file format.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from faults import shown
from stories.errors import BadValueError
from stories.model.period import Period
from stories.model.text import Model, Slug, Texts, Words
from stories.model.unit import Unit, UnitName

MAX_DIGITS, MAX_DECIMALS = 18, 6
MAX_PARAGRAPH = 100_000
MAX_OPERANDS = 50


def _short_enough(value: Decimal) -> Decimal:
    """Count the digits: pydantic would always keep room for all decimals that a number may have."""
    _, digits, exponent = value.as_tuple()
    if max(len(digits), -int(exponent)) + max(int(exponent), 0) > MAX_DIGITS:
        raise BadValueError(f"{shown(str(value))} has more than {MAX_DIGITS} digits", "round it")
    return value


Number = Annotated[Decimal, Field(decimal_places=MAX_DECIMALS), AfterValidator(_short_enough)]
_NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)


class Qualifier(StrEnum):
    """How firmly the source states a number."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    AT_LEAST = "at_least"
    UP_TO = "up_to"


class Status(StrEnum):
    """Whether a number has happened, is expected, is striven for, or is planned."""

    REPORTED = "reported"
    FORECAST = "forecast"
    TARGET = "target"
    PLAN = "plan"


class Better(StrEnum):
    """In which direction a number improves."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


class Formula(StrEnum):
    """How a figure of our own follows from figures of the source."""

    PERCENT_CHANGE = "percent_change"
    DIFFERENCE = "difference"
    SUM = "sum"


class Passage(Model):
    """Where in the source a figure stands."""

    section: Texts | None = None
    """Heading of the section, as the source has it, with renderings in other languages. Left out,
    it is the story's own `section`."""
    paragraph: int = Field(ge=1, le=MAX_PARAGRAPH)
    """Which paragraph of that section, counted from 1 below the heading. Where the source breaks a
    paragraph in mid-sentence (a column or page break), both halves count as one."""


class Baseline(Model):
    """What a figure is compared with, in the figure's own unit."""

    value: Number | None = None
    """The earlier number. Left out where the source only names the period ("year on year")."""
    period: Period
    """When the earlier number held."""


class Computation(Model):
    """How a figure that the source does not print follows from those that it does."""

    formula: Formula
    """`percent_change` (from the baseline of one figure to its value), `difference` (first less
    second) or `sum`."""
    from_: tuple[Slug, ...] = Field(alias="from", min_length=1, max_length=MAX_OPERANDS)
    """Ids of the figures it is computed from."""


class Figure(Model):
    """One number and everything that has to be said with it."""

    id: Slug
    """Name of the figure, unique within its file."""
    label: Texts
    """What is counted or measured, in a few words per language."""
    unit: UnitName
    """A unit of the list below, of the locale data, a currency's code, one of the atlas's own, or
    two of them with a slash between: `people`, `hours`, `CHF`, `kg/ha`."""
    value: Decimal | Period
    """The number, in full (`130000000`, not `1.3亿`). With the unit `date`, a period instead."""
    qualifier: Qualifier = Qualifier.EXACT
    """`exact`, `about` (约, 左右), `nearly` (近), `over` (多, 余, 超, 突破: more than), `at_least`
    (至少, 不少于) or `up_to` (最多, 不超过)."""
    status: Status = Status.REPORTED
    """`reported`, `forecast` (预计), `target` (力争, 争创) or `plan` (确保)."""
    period: Period
    """When it held: `2023`, `2024-Q1`, `2024-02`, `2024-02-19`, `2024-02-19/2024-02-28`, or
    `unstated` where the source leaves it open."""
    baseline: Baseline | None = None
    """What the source compares it with."""
    better: Better = Better.NONE
    """`higher`, `lower` or `none`: which way the number improves."""
    computed: Computation | None = None
    """Given where the number is ours and not the source's."""
    passage: Passage | None = None
    """Where the source says it."""
    quote: Words | None = None
    """The few words of the source that the number rests on."""
    source: Texts | None = None
    """Another source than the atlas's own, where the figure comes from elsewhere."""
    note: Texts | None = None
    """What the source leaves open about this number."""

    def of_town(self, town: str) -> Self:
        """Return it under the name that it has outside of its story: ``town/id``."""
        return self.model_copy(update={"id": f"{town}/{self.id}"})

    @field_validator("value", mode="before")
    @classmethod
    def _value_suits_unit(cls, value: object, info: ValidationInfo) -> Decimal | Period:
        if isinstance(value, Period):
            return value
        if info.data.get("unit") is Unit.DATE:
            return Period.of(value if isinstance(value, str) else shown(value))
        number = _number(str(value)) if isinstance(value, str | int | Decimal) else None
        if number is None:
            mend = (
                "write it in figures and in full, such as 130000000, with at most "
                f"{MAX_DIGITS} digits, at most {MAX_DECIMALS} of them decimals"
            )
            raise BadValueError(f"{shown(value)} is no number", mend)
        return number

    @model_validator(mode="after")
    def _dates_stand_alone(self) -> Self:
        if isinstance(self.value, Period) != (self.unit is Unit.DATE) or (
            self.baseline and self.unit is Unit.DATE
        ):
            raise BadValueError(
                "the unit `date` goes with a period as value and without a baseline",
                "change the unit, or the value",
            )
        return self

    @model_validator(mode="after")
    def _says_where_from(self) -> Self:
        origins = [self.computed, self.passage, self.source]
        if sum(origin is not None for origin in origins) != 1:
            raise BadValueError(
                "the figure does not say where it is from",
                "give it one of passage, source, computed",
            )
        return self


def _number(text: str) -> Decimal | None:
    try:
        return _NUMBER.validate_python(text)
    except ValidationError:
        return None
