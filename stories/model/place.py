"""Places: points inside a division, and how well each is known.

The docstring under each field is the reference of the file format.
"""

import math
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from faults import shown
from stories.errors import BadValueError
from stories.model.figure import Passage
from stories.model.text import Model, Slug, Texts, Words

MAX_LON, MAX_LAT = 180.0, 90.0
MAX_METRES = 100_000
"""Metres by which a place may be uncertain; beyond that it is no point."""
_PAIR = 2
_HELP = "write [longitude, latitude] in degrees, such as [119.98, 30.54]"


class Known(StrEnum):
    """How well it is known where a place is."""

    MEASURED = "measured"
    APPROXIMATE = "approximate"
    DIVISION = "division"
    UNSTATED = "unstated"


class Datum(StrEnum):
    """What the degrees of a point refer to."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


class Position(Model):
    """A point, written `[longitude, latitude]` or `{lon: …, lat: …}`, in degrees."""

    lon: float
    """Longitude in degrees, east of Greenwich."""
    lat: float
    """Latitude in degrees, north of the equator."""

    @model_validator(mode="before")
    @classmethod
    def _from_pair(cls, data: Any) -> Any:  # noqa: ANN401  # pydantic hands over what the file has
        if not isinstance(data, list | tuple):
            return data
        if len(data) != _PAIR:
            raise BadValueError(f"{len(data)} values are no point", _HELP)
        return {"lon": data[0], "lat": data[1]}

    @model_validator(mode="after")
    def _on_earth(self) -> Self:
        lon, lat = self.lon, self.lat
        what = f"[{shown(lon)}, {shown(lat)}] is no longitude and latitude"
        if not (math.isfinite(lon) and math.isfinite(lat)):
            raise BadValueError(what, _HELP)
        if abs(lon) <= MAX_LON and abs(lat) <= MAX_LAT:
            return self
        if abs(lat) <= MAX_LON and abs(lon) <= MAX_LAT:
            mend = f"the two are swapped: write [{shown(lat)}, {shown(lon)}]"
            raise BadValueError(what, mend)
        raise BadValueError(what, _HELP)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe both written forms."""
        lon = {"type": "number", "minimum": -MAX_LON, "maximum": MAX_LON}
        lat = {"type": "number", "minimum": -MAX_LAT, "maximum": MAX_LAT}
        return {
            "description": "A point in degrees: [longitude, latitude].",
            "anyOf": [
                {"type": "array", "prefixItems": [lon, lat], "minItems": _PAIR, "maxItems": _PAIR},
                {
                    "type": "object",
                    "properties": {"lon": lon, "lat": lat},
                    "required": ["lon", "lat"],
                    "additionalProperties": False,
                },
            ],
        }


class Place(Model):
    """A place that a story names: a firm, an institution, a building, a spot.

    A place without a point is listed with its division and never drawn as a point.
    """

    id: Slug
    """Name of the place in addresses, unique within its division."""
    name: Texts
    """What it is called. Say in `note` where a name is your own rendering."""
    kind: Texts
    """What kind of place it is, in a word or two: `{zh: 企业, en: Firm}`."""
    text: Texts | None = None
    """A line about it."""
    known: Known = Known.DIVISION
    """How well it is known where it is: `measured` (a point), `approximate` (a point, give or take
    `within_m`), `division` (somewhere in this division) or `unstated` (the story names it, and the
    source does not say where it is)."""
    at: Position | None = None
    """The point, `[longitude, latitude]` in degrees of WGS 84."""
    within_m: Annotated[float, Field(gt=0, le=MAX_METRES, allow_inf_nan=False)] | None = None
    """Metres around the point within which an `approximate` place is; drawn as a disc of that
    radius."""
    datum: Datum = Datum.WGS84
    """`wgs84`, or `gcj02` (Amap, Tencent) or `bd09` (Baidu), which the map converts."""
    at_source: Texts | None = None
    """Who says where the point is: a survey, a register, a map. Needed with `at`, unless the place
    has a `source`."""
    passage: Passage | None = None
    """Where the atlas's source names it."""
    quote: Words | None = None
    """The few words in which the source does."""
    source: Texts | None = None
    """Another source than the atlas's own."""
    scene: Slug | None = None
    """Id of a scene of the same story that is about it; the list leads there."""
    picture: Slug | None = None
    """Id of a picture, of the story or the atlas, that shows it."""
    note: Texts | None = None
    """What is open about it, such as a name that is your own rendering."""

    @model_validator(mode="after")
    def _is_known_as_it_says(self) -> Self:
        is_point = self.known in {Known.MEASURED, Known.APPROXIMATE}
        if self.at and not is_point:
            mend = "say with `known` whether it is measured or approximate, or take the point out"
            raise BadValueError("the place has a point, but not how well it is known", mend)
        if is_point and not self.at:
            mend = f"give it a point with `at`, or write `known: {Known.DIVISION}`"
            raise BadValueError(f"the place is {self.known}, but has no point", mend)
        if (self.within_m is None) == (self.known is Known.APPROXIMATE):
            what = f"the place is {self.known} and {'has no' if self.within_m is None else 'has'}"
            mend = f"`within_m` goes with `known: {Known.APPROXIMATE}`, and with that alone"
            raise BadValueError(f"{what} `within_m`", mend)
        return self

    @model_validator(mode="after")
    def _says_where_from(self) -> Self:
        if (self.passage is None) == (self.source is None):
            what = "the place does not say where it is from"
            raise BadValueError(what, "give it one of passage, source")
        if self.at and not (self.at_source or self.source):
            what = "the place does not say who knows its point"
            raise BadValueError(what, "name a survey, a register or a map with `at_source`")
        return self


class AtlasPlace(Place):
    """A place of no single story, in `atlas.yaml`."""

    division: Slug
    """Slug of the division that it lies in."""
