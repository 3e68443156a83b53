"""Names of the divisions in a boundary file, read without its shapes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faults import Fault
from stories.errors import BoundariesError

DIVISIONS_FILE = "divisions.geojson"


@dataclass(frozen=True, slots=True)
class Division:
    """A division as the stories know it."""

    slug: str
    names: dict[str, str]
    """Name per language."""


def read_divisions(file: Path) -> list[Division]:
    """Read slugs and names from a boundary file.

    Raises
    ------
    BoundariesError
        The file is not GeoJSON, or a division of it has no slug.
    """
    try:
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        return [_division(file, feature["properties"]) for feature in features]
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = f"no boundary file of this program ({error})"
        fault = Fault(what, "make it with python -m geo build", file=str(file))
        raise BoundariesError([fault]) from error


def _division(file: Path, properties: dict[str, Any]) -> Division:
    slug = properties.get("slug")
    if not isinstance(slug, str) or not slug:
        fault = Fault("a division has no slug", "make the file with geo build", file=str(file))
        raise BoundariesError([fault])
    return Division(slug, dict(_names(properties)))


def _names(properties: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in properties.items():
        if key.startswith("name_") and isinstance(value, str) and value:
            yield key.removeprefix("name_").replace("_", "-"), value
