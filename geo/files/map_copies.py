"""Copies of boundary files for the map, where it cannot draw them as they lie.

That is so around the antimeridian, and for far divisions that are drawn in an inset.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely
from shapely.errors import ShapelyError

from geo.coverage.inset import INSET, drawn
from geo.crs.projection import HALF_TURN, TURN, WGS84, continuous, eastward

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FAR_WEST = re.compile(rb"\[\s*-1[0-9]{2}")
"""A longitude between the Americas and the antimeridian, as GeoJSON writes it."""
HAS_INSET = re.compile(rf'"{INSET}"\s*:\s*"'.encode())
MAP = "map_"
"""Begins the names of what the map draws in the place of another file."""


def for_map(folder: Path, name: str) -> str | None:
    """Return which file of a published folder the map draws for one of the set's, if any."""
    above, _, file = name.rpartition("/")  # a date's files are in a folder of their own
    names = (f"{above}/{MAP}{file}" if above else MAP + file, name)
    return next((each for each in names if (folder / each).is_file()), None)


def map_copies(
    contents: Mapping[str, bytes], divisions: str, names: Sequence[str]
) -> dict[str, bytes]:
    """Give what the map draws in the place of files of a set.

    Parameters
    ----------
    contents
        The set's files by name.
    divisions
        Name of the file with the divisions.
    names
        Names of the files that the map draws.

    Returns
    -------
    dict
        Further files by name, for `for_map` to find; none where the map can draw those of the set.
    """
    try:
        copies = _continuous_copies(contents, divisions, names)
        given = copies.get(MAP + divisions, contents.get(divisions, b""))
        if HAS_INSET.search(given):
            copies[MAP + divisions] = _with_insets(_frame(given))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, ShapelyError):
        return {}  # whoever checks these files says what is wrong with them
    return copies


def _with_insets(divisions: gpd.GeoDataFrame) -> bytes:
    """Write divisions as they are drawn, with the frames in the foreign member `insets`."""
    made = drawn(divisions)
    collection = json.loads(made.divisions.to_json(ensure_ascii=False))
    collection["insets"] = made.frames
    return json.dumps(collection, ensure_ascii=False).encode()


def _continuous_copies(
    contents: Mapping[str, bytes], divisions: str, names: Sequence[str]
) -> dict[str, bytes]:
    """Give what the map draws where a set lies on both sides of the antimeridian.

    Files have polygons cut there (RFC 7946, section 3.1.9), on either side of the world; a map
    needs them beside each other, and without a line where there is only the cut.
    """
    if not FAR_WEST.search(contents.get(divisions, b"")):
        return {}  # which is so nearly everywhere, and found at once
    frame = _frame(contents[divisions])
    if frame.empty or continuous(frame).total_bounds[2] <= HALF_TURN:
        return {}
    return {
        MAP + name: _moved(_frame(contents[name])).to_json(ensure_ascii=False).encode()
        for name in names
        if name in contents
    }


def _frame(content: bytes) -> gpd.GeoDataFrame:
    """Read features with their properties just as they are."""
    return gpd.GeoDataFrame.from_features(json.loads(content)["features"], crs=WGS84)


def _moved(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give features around the antimeridian longitudes that go on beyond 180°."""
    moved = continuous(frame)
    if moved.total_bounds[2] <= HALF_TURN:  # all on one side, which may be the far one
        shapes = shapely.transform(frame.geometry.to_numpy(), eastward)
        moved = frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=WGS84))
    if "label_point" in moved:
        moved["label_point"] = [_point_eastward(point) for point in moved["label_point"]]
    return moved


def _point_eastward(point: object) -> object:
    """Move a label with its division; what is no point is left to those who check it."""
    if not (isinstance(point, list) and point and isinstance(point[0], (int, float))):
        return point
    return [point[0] + TURN, *point[1:]] if point[0] < 0 else point
