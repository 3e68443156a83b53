"""Names of the divisions in a boundary file, read without its shapes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from stories.errors import BoundariesError

DIVISIONS_FILE = "divisions.geojson"


@dataclass(frozen=True, slots=True)
class Division:
    """A division as the stories know it."""

    slug: str
    names: dict[str, str]
    """Name per language."""


def boundary_file(folder: Path, boundaries: str) -> Traversable | None:
    """Return the file of a boundary set: in the atlas folder, else among those of the program.

    Parameters
    ----------
    folder
        The atlas folder.
    boundaries
        Name of the set, as ``atlas.yaml`` gives it.
    """
    own = folder / boundaries / DIVISIONS_FILE
    if own.is_file():
        return own
    try:
        bundled = resources.files("geo") / "data" / boundaries / DIVISIONS_FILE
    except ModuleNotFoundError:
        return None
    return bundled if bundled.is_file() else None


def read_divisions(file: Traversable) -> list[Division]:
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
        raise BoundariesError(
            f"{file}: no boundary file of this program ({error}); make it with python -m geo build"
        ) from error


def _division(file: Traversable, properties: dict[str, Any]) -> Division:
    slug = properties.get("slug")
    if not isinstance(slug, str) or not slug:
        raise BoundariesError(f"{file}: a division has no slug; make the file with geo build")
    return Division(slug, dict(_names(properties)))


def _names(properties: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in properties.items():
        if key.startswith("name_") and isinstance(value, str) and value:
            yield key.removeprefix("name_").replace("_", "-"), value
