"""The file with the places that the map draws, in all languages at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.coverage.points import as_drawn
from geo.files.boundary_sets import published_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd

    from geo.coverage.points import Point

NAME = "places.json"


@dataclass(frozen=True)
class MapPlace:
    """A place, in ids and words."""

    town: str
    """Slug of its division."""
    place: str
    """Its id, unique in the division."""
    known: str
    """`measured`, `approximate`, `division` or `unstated`."""
    point: Point | None
    names: Mapping[str, str]
    """What it is called, by language."""
    notes: Mapping[str, str]
    """What kind of place it is and how well it is known where, by language."""


def write_places(places: Sequence[MapPlace], divisions: gpd.GeoDataFrame) -> Path | None:
    """Write the places for the map, and return the folder that holds them.

    None where there are no places, or no temporary file can be written.

    Parameters
    ----------
    places
        All places of an atlas.
    divisions
        One row per division in EPSG:4326: in an inset, points move with theirs.
    """
    if not places:
        return None
    points = as_drawn([place.point for place in places if place.point], divisions)
    drawn = iter(points)
    features = [_feature(place, next(drawn) if place.point else None) for place in places]
    collection = {"type": "FeatureCollection", "features": features}
    content = json.dumps(collection, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return published_file(NAME, content.encode())


def _feature(place: MapPlace, drawn: Point | None) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {
            "town": place.town,
            "place": place.place,
            "known": place.known,
            "within_m": drawn.within_m if drawn and place.known == "approximate" else None,
            **{f"name_{lang}": name for lang, name in place.names.items()},
            **{f"note_{lang}": note for lang, note in place.notes.items()},
        },
        "geometry": {"type": "Point", "coordinates": [drawn.lon, drawn.lat]} if drawn else None,
    }


def place_address(folder: Path | None, serve: Callable[[str, Path], str]) -> str | None:
    """Serve a folder of `write_places`, and return the address of its file.

    Parameters
    ----------
    folder
        Its name is its own, all of it public.
    serve
        Serves a folder under a name, and returns its address as seen from the map's frame.
    """
    if folder is None:
        return None
    return f"{serve(f'places_{folder.name}', folder)}/{NAME}?v={folder.name}"
