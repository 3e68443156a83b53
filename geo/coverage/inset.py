"""Divisions far away from the others, drawn near them: moved, at another scale, in a frame.

Only pictures are drawn so. Files keep every shape where it lies, and say in the property `inset`
which frame it is drawn in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geo.crs.projection import WGS84

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Box = tuple[float, float, float, float]
    Move = Callable[[NDArray[np.float64]], NDArray[np.float64]]
    """Moves and scales flat coordinates."""

INSET = "inset"
"""Property with the name of the frame that a division is drawn in."""
MERCATOR = "EPSG:3857"
"""The map's own projection, in which moving and scaling keep a shape's looks."""
SHARE = 0.3
"""Largest width and height of a frame, as a share of those of what is drawn in its place."""
PADDING = 0.12
"""Room around the shapes in a frame, as a share of it."""
APART = 0.03
"""Distance of a frame from what is drawn in its place, as a share of its larger side."""


@dataclass(frozen=True)
class Drawn:
    """Divisions as pictures show them."""

    divisions: gpd.GeoDataFrame
    """In EPSG:4326, those of insets moved and scaled, their `label_point` too."""
    frames: tuple[Box, ...] = ()
    """West, south, east and north of each inset's frame in degrees."""


def drawn(divisions: gpd.GeoDataFrame) -> Drawn:
    """Put the divisions that have the property `inset` into frames near the others.

    Parameters
    ----------
    divisions
        In EPSG:4326, continuous across the antimeridian (`geo.crs.projection.continuous`).

    Returns
    -------
    Drawn
        The divisions as they are, where none has the property or all have.
    """
    names = _names(divisions)
    is_inset = names != ""
    if not is_inset.any() or is_inset.all():
        return Drawn(divisions)
    flat = divisions.geometry.to_crs(MERCATOR).to_numpy()
    taken = [shapely.union_all(flat[~is_inset])]
    room = tuple(shapely.bounds(taken[0]))
    frames: list[Box] = []
    moved = divisions.copy()
    for name in dict.fromkeys(names[is_inset]):
        rows = np.flatnonzero(names == name)
        frame, move = _place(shapely.total_bounds(flat[rows]), room, taken)
        flat[rows] = shapely.transform(flat[rows], move)
        if "label_point" in moved:
            for row in rows:
                column = moved.columns.get_loc("label_point")
                moved.iat[row, column] = _label(moved.iat[row, column], move)
        taken.append(shapely.box(*frame))
        frames.append(_degrees(frame))
    shapes = gpd.GeoSeries(flat, index=divisions.index, crs=MERCATOR).to_crs(WGS84)
    return Drawn(moved.set_geometry(shapes), tuple(frames))


def _names(divisions: gpd.GeoDataFrame) -> NDArray[np.str_]:
    given = divisions[INSET] if INSET in divisions else [None] * len(divisions)
    return np.array([each if isinstance(each, str) else "" for each in given])


def _place(
    bounds: NDArray[np.float64], room: Box, taken: Sequence[BaseGeometry]
) -> tuple[Box, Move]:
    """Find a frame for shapes of these bounds, and how they come into it."""
    west, south, east, north = bounds
    size = np.array([east - west, north - south])
    limits = SHARE * np.array([room[2] - room[0], room[3] - room[1]])
    scale = float((limits * (1 - 2 * PADDING) / size).min())
    outer = size * scale / (1 - 2 * PADDING)
    frame = next(each for each in _places(outer, room, taken) if _is_free(each, taken))
    middle = np.array([(frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2])
    shift = middle - scale * np.array([(west + east) / 2, (south + north) / 2])
    return frame, lambda xy: xy * scale + shift


def _places(size: NDArray[np.float64], room: Box, taken: Sequence[BaseGeometry]) -> Iterator[Box]:
    """Yield where a frame may stand: in the corners, else below everything.

    The lower right comes first and the upper left last, where the map has its buttons.
    """
    west, south, east, north = room
    width, height = (float(side) for side in size)
    for y in (south, north - height):
        for x in (east - width, west):
            yield x, y, x + width, y + height
    gap = APART * max(east - west, north - south)
    lowest = min(float(shape.bounds[1]) for shape in taken)
    yield west, lowest - gap - height, west + width, lowest - gap


def _is_free(frame: Box, taken: Sequence[BaseGeometry]) -> bool:
    box = shapely.box(*frame)
    apart = APART * max(frame[2] - frame[0], frame[3] - frame[1])
    return not any(shapely.dwithin(box, shape, apart) for shape in taken)


def _label(point: object, move: Move) -> object:
    """Move a label with its division; what is no point is left to those who check it."""
    if not isinstance(point, list | tuple):
        return point
    flat = gpd.GeoSeries([shapely.Point(*point)], crs=WGS84).to_crs(MERCATOR)
    there = gpd.GeoSeries(shapely.transform(flat.to_numpy(), move), crs=MERCATOR).to_crs(WGS84)
    return [round(there[0].x, 6), round(there[0].y, 6)]


def _degrees(frame: Box) -> Box:
    west, south, east, north = (
        gpd.GeoSeries([shapely.box(*frame)], crs=MERCATOR).to_crs(WGS84).total_bounds
    )
    return float(west), float(south), float(east), float(north)
