"""Scenes: what the map does while a passage of a story is read.

The docstring under each field is the reference of the file format.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)
from pydantic_core import CoreSchema

from faults import shown
from stories.errors import BadValueError
from stories.model.period import Period
from stories.model.text import SLUG, Model, Slug

MAX_SCENES = 100
MAX_DIVISIONS = 100
"""Divisions that a scene names."""
COUNTY = "county"
"""What `look` says for the whole county. In addresses of figures and graphics it stands in place of
a town, for the atlas's own."""
_SIDES = ("west", "south", "east", "north")
_HELP = (
    "write a division's slug, a list of them, `county`, `{place: …}` or "
    "`{west: …, south: …, east: …, north: …}`"
)
_Longitude = Annotated[Decimal, Field(ge=-180, le=360, max_digits=18, decimal_places=12)]
_Latitude = Annotated[Decimal, Field(ge=-90, le=90, max_digits=18, decimal_places=12)]


class Extent(Model):
    """A rectangle in degrees of longitude and latitude (WGS 84)."""

    west: _Longitude
    south: _Latitude
    east: _Longitude
    """Beyond 180 where the rectangle lies across the 180th meridian."""
    north: _Latitude

    @model_validator(mode="after")
    def _has_an_inside(self) -> Self:
        west, south, east, north = self.sides
        if west >= east:
            what = f"its west ({west:.9g}) is not west of its east ({east:.9g})"
            raise BadValueError(what, "exchange or correct the two")
        if south >= north:
            what = f"its south ({south:.9g}) is not south of its north ({north:.9g})"
            raise BadValueError(what, "exchange or correct the two")
        return self

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """West, south, east and north in degrees."""
        return float(self.west), float(self.south), float(self.east), float(self.north)


class Look(BaseModel):
    """Where the map looks: at divisions, at a place, at an extent, or at the whole county.

    Written as a slug, a list of slugs, `county`, `{place: id}` or
    `{west: …, south: …, east: …, north: …}`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    divisions: Annotated[tuple[Slug, ...], Field(max_length=MAX_DIVISIONS)] = ()
    county: bool = False
    place: Slug | None = None
    extent: Extent | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_written_form(cls, data: Any) -> Any:  # noqa: ANN401  # pydantic hands over what the file has
        if isinstance(data, Look):
            return data
        if data == COUNTY:
            return {"county": True}
        if isinstance(data, dict):
            return _from_keys(data)
        if isinstance(data, bool) or not isinstance(data, str | int | list):
            raise BadValueError(f"the map cannot look at {shown(data)}", _HELP)
        slugs = data if isinstance(data, list) else [data]
        if not slugs:
            raise BadValueError("`look` names no division", _HELP)
        if COUNTY in slugs:
            what = "`county` stands among divisions; it is the whole county"
            raise BadValueError(what, "write `look: county` alone")
        return {"divisions": slugs}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe the written forms, which is what files hold."""
        slug = {"anyOf": [{"type": "string", "pattern": SLUG}, {"type": "integer"}]}
        side = {"type": "number"}
        return {
            "description": f"Where the map looks: {_HELP}.",
            "anyOf": [
                slug,
                {"type": "array", "items": slug, "minItems": 1, "maxItems": MAX_DIVISIONS},
                _object({"place": slug}),
                _object(dict.fromkeys(_SIDES, side)),
            ],
        }

    @model_serializer
    def written(self) -> str | list[str] | dict[str, Any]:
        """Return the written form."""
        if self.county:
            return COUNTY
        if self.place:
            return {"place": self.place}
        if self.extent:
            return dict(zip(_SIDES, self.extent.sides, strict=True))
        return list(self.divisions) if len(self.divisions) > 1 else self.divisions[0]


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _from_keys(data: dict[str, Any]) -> dict[str, Any]:
    """Read what is written as a mapping."""
    if data.keys() == {"place"} and data["place"] is not None:
        return {"place": data["place"]}
    if "place" in data:
        raise BadValueError("`place` stands alone, and names one place", _HELP)
    unknown = [each for each in data if each not in _SIDES]
    missing = [each for each in _SIDES if each not in data]
    if unknown or missing:
        what = f"`look` has the key {unknown[0]!r}" if unknown else f"`look` has no {missing[0]!r}"
        raise BadValueError(what, _HELP)
    for side in _SIDES:
        number, most = data[side], 90 if side in {"south", "north"} else 180
        highest = 360 if side == "east" else most
        if not _is_number(number):
            raise BadValueError(f"{side!r} takes degrees, not {shown(number)}", "write 119.96")
        if not -most <= number <= highest:
            what = f"{side!r} is {shown(number)}"
            raise BadValueError(what, f"degrees lie between {-most} and {highest} here")
    return {"extent": {side: _degrees(data[side]) for side in _SIDES}}


def _is_number(value: object) -> bool:
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return is_number and Decimal(value).is_finite()  # type: ignore[arg-type]


def _degrees(number: float | Decimal) -> Decimal:
    """Round to a millionth of a degree, a tenth of a metre, which is as exact as a map needs."""
    return round(Decimal(number), 6)


_Slugs = Annotated[tuple[Slug, ...], Field(max_length=MAX_DIVISIONS)]


def _listed(value: object) -> object:
    """Take one slug for a list of one."""
    return [value] if isinstance(value, str | int) and not isinstance(value, bool) else value


def _written_day(value: object) -> object:
    """Take a day as YAML reads it, and as text."""
    return value.isoformat() if isinstance(value, dt.date) else value


Day = Annotated[
    str,
    BeforeValidator(_written_day),
    StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"),
]
"""A day, such as 2018-10-31."""


class Scene(Model):
    """What the map does while a passage is read; the Markdown marks the passage by `id`."""

    id: Slug
    """Name of the scene, unique in its story: `::: scene foundries` begins its passage."""
    look: Look
    """Where the map looks: a division's slug, a list of slugs, `county`, `{place: id}` or
    `{west: 119.9, south: 30.4, east: 120.1, north: 30.6}` in degrees."""
    light: Annotated[
        _Slugs | None, BeforeValidator(_listed, json_schema_input_type=Slug | _Slugs | None)
    ] = None
    """Slug of the division that stands out, or a list of them; left out, those that the map looks
    at."""
    dim: bool = True
    """`false` where the other divisions shall not stand back."""
    figure: Slug | None = None
    """Id of a figure of the story, or of the county, that stands with the passage."""
    graphic: Slug | None = None
    """Id of a graphic of the story that stands with the passage."""
    picture: Slug | None = None
    """Id of a picture that stands with the passage."""
    metric: Slug | None = None
    """Id of a metric that the map shows while the passage is read."""
    period: Period | None = None
    """Which of the metric's periods; left out, its last one."""

    date: Day | None = None
    """A date of the boundary set, `2018-10-31`: the map shows the boundaries of that day."""
    dates: tuple[Day, Day] | None = None
    """Two dates of the boundary set, `[2019-10-31, 2020-06-30]`: the map shows both with a handle
    between them, and what land changed hands. It stands in the place of `date`."""

    @model_validator(mode="after")
    def _period_is_of_a_metric(self) -> Self:
        if self.period and self.metric is None:
            raise BadValueError("`period` stands without `metric`", "name the metric, too")
        return self

    @model_validator(mode="after")
    def _has_one_sort_of_date(self) -> Self:
        if self.date and self.dates:
            what = "the scene has both `date` and `dates`"
            raise BadValueError(what, "keep `dates` to compare two, or `date` to show one")
        if self.dates and self.dates[0] >= self.dates[1]:
            what = f"{self.dates[0]} is not before {self.dates[1]}"
            raise BadValueError(what, "write the earlier date first")
        return self

    @property
    def divisions(self) -> tuple[str, ...]:
        """Divisions that the scene names."""
        return (*self.look.divisions, *(self.light or ()))

    @property
    def shown_dates(self) -> tuple[str, ...]:
        """The date whose boundaries are shown, or the two that are compared."""
        return self.dates or ((self.date,) if self.date else ())

    def looked_at(self, town: str) -> tuple[str, ...]:
        """Return the divisions that the map looks at in a story of `town`, where a place lies."""
        return (town,) if self.look.place else self.look.divisions

    def lit(self, town: str) -> tuple[str, ...]:
        """Return the divisions that stand out in a story of `town`, each once."""
        named = self.looked_at(town) if self.light is None else self.light
        return tuple(dict.fromkeys(named))

    def is_dimmed(self, town: str) -> bool:
        """Whether all other divisions stand back."""
        return self.dim and bool(self.lit(town))

    def shown(self, town: str) -> tuple[object, ...]:
        """Return what the map shows; two scenes with the same need one picture."""
        place = town if self.look.place else None
        metric = (self.metric, self.period)
        shown = (place, self.look, self.lit(town), self.is_dimmed(town))
        return *shown, metric, self.shown_dates
