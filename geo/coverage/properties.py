"""What a boundary file may say of its features: typed, finite, and of a bounded size.

Whatever passes here can be handed out again in every form: as JSON, as a table of a GeoPackage,
and as words on a page.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictStr, StringConstraints, ValidationError

from faults import Fault, shown, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STATUSES = ("published", "reconstructed", "unknown")
"""How well a division's line is known; `unknown` until somebody has looked."""

MAX_TEXT = 10_000
"""Characters of a text."""
MAX_NAME = 100
"""Characters of a property's name."""
MAX_PROPERTIES = 250
"""Properties of a feature; a table of a GeoPackage has a column for each."""
MAX_DEPTH, MAX_VALUES = 10, 1_000
"""Lists and mappings within each other, and values in all of them, of one property."""
EARTH_KM2 = 510_100_000
_INTEGERS = range(-(2**63), 2**63)
"""What JSON, tables and pandas have in common."""

_NOT_EMPTY = "give it a text that is not empty"
_MENDS = {
    "code": _NOT_EMPTY,
    "slug": _NOT_EMPTY,
    "source": _NOT_EMPTY,
    "boundary_status": f"use one of {', '.join(STATUSES)}",
    "kind": "give a word such as “town”, or leave it out",
    "inset": "give the name of the frame it is drawn in, or leave it out",
    "area_km2": f"give square kilometres, at most {EARTH_KM2:,}, or leave it out",
    "label_point": "give [longitude, latitude] in degrees, or leave it out",
}

_Text = Annotated[StrictStr, StringConstraints(pattern=r"\S")]
_Degrees = Annotated[float, Field(strict=True)]


class DivisionProperties(BaseModel):
    """The properties of one division that the program knows; others may stand beside them."""

    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False)

    code: _Text
    slug: _Text
    boundary_status: Literal["published", "reconstructed", "unknown"]
    source: _Text
    kind: StrictStr | None = None
    inset: _Text | None = None
    area_km2: Annotated[float, Field(ge=0, le=EARTH_KM2, strict=True)] | None = None
    label_point: (
        tuple[
            Annotated[_Degrees, Field(ge=-180, le=180)], Annotated[_Degrees, Field(ge=-90, le=90)]
        ]
        | None
    ) = None


def faults_in_division(properties: Mapping[str, Any], label: str) -> Iterator[Fault]:
    """Find which properties of a division are not what the program takes, one fault for each.

    Parameters
    ----------
    properties
        Those that have a value.
    label
        What faults call the feature.
    """
    wrong: dict[str, None] = {}
    try:
        DivisionProperties.model_validate(dict(properties))
    except ValidationError as error:
        wrong |= dict.fromkeys(str(each["loc"][0]) for each in error.errors(include_url=False))
    for name in wrong:
        value = properties.get(name)
        what = f"no property “{name}”" if value is None else f"“{name}” is {shown(value)}"
        yield Fault(what, _MENDS[name], feature=label)
    for name, value in properties.items():
        if name.startswith(("name_", "boundary_note_")) and not isinstance(value, str):
            yield Fault(f"“{name}” is {shown(value)}", "give it a text", feature=label)


def faults_in_values(properties: Mapping[str, Any], label: str) -> Iterator[Fault]:
    """Find properties of a feature of any kind that could not be handed out again."""
    if len(properties) > MAX_PROPERTIES:
        mend = f"keep at most {MAX_PROPERTIES}"
        yield Fault(f"{len(properties):,} properties", mend, feature=label)
        return
    for name, value in properties.items():
        if problem := _name_problem(name) or _problem(f"“{name}”", value):
            yield Fault(*problem, feature=label)


def _name_problem(name: str) -> tuple[str, str] | None:
    if not name.strip() or len(name) > MAX_NAME or unwritable(name):
        return f"no table can have a property called {shown(name)}", "rename it"
    if name == "geometry":
        return "a property is called “geometry” as the shape itself is", "rename it"
    return None


def _problem(name: str, value: object) -> tuple[str, str] | None:
    """Say why a value cannot be handed out, whatever it is made of, and the mend."""
    level, count = [value], 0
    for _ in range(MAX_DEPTH + 1):
        count += len(level)
        if count > MAX_VALUES:
            return f"{name} holds more than {MAX_VALUES:,} values", "keep them in another file"
        if problem := next(filter(None, map(_single_problem, level)), None):
            return f"{name} {problem[0]}", problem[1]
        level = [inner for each in level for inner in _inside(each)]
    return (f"{name} is nested too deep", "keep it flat") if level else None


def _inside(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.keys()
        yield from value.values()
    elif isinstance(value, list | tuple):
        yield from value


def _single_problem(value: object) -> tuple[str, str] | None:
    if isinstance(value, str):
        if len(value) > MAX_TEXT:
            return f"has {len(value):,} characters", f"shorten it to {MAX_TEXT:,}"
        if sign := unwritable(value):
            return f"has {sign}", "delete it there"
    elif isinstance(value, float) and not math.isfinite(value):
        return f"holds {value}", "write a number, or null where there is none"
    elif isinstance(value, int) and value not in _INTEGERS:
        return f"holds {shown(value)}", "put it in quotation marks"
    elif not (value is None or isinstance(value, int | float | dict | list | tuple)):
        return f"is {shown(value)}", "give a text or a number"
    return None
