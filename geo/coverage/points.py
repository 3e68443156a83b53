"""Points in divisions: whether they lie where they are said to, and where pictures draw them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geo.coverage.extent import LAT_MAX
from geo.coverage.inset import INSET, MERCATOR, drawn
from geo.crs.datum import UNDO, in_mainland
from geo.crs.projection import (
    HALF_TURN,
    TURN,
    WGS84,
    continuous,
    eastward,
    local_equal_area,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from pyproj import CRS

SLACK = 1.0
"""Metres by which a point may lie outside; files round to about as much."""
SWAPPED = "swapped"


@dataclass(frozen=True)
class Point:
    """A point that is said to lie in a division."""

    division: str
    """Slug of the division."""
    lon: float
    lat: float
    """Degrees of `datum`."""
    within_m: float = 0.0
    """Metres around it within which what is meant lies."""
    datum: str = "wgs84"
    """`wgs84`, `gcj02` or `bd09`."""


@dataclass(frozen=True)
class Stray:
    """A point that does not lie where it is said to."""

    metres: float
    """How far from its division."""
    lies_in: str | None
    """Slug of the division in which it lies, if in any."""
    remedy: str | None
    """With what it would lie in its division: `swapped`, `gcj02`, `bd09`, `wgs84`, or nothing."""


def wgs84(point: Point) -> tuple[float, float]:
    """Return longitude and latitude of a point in degrees of WGS 84, to a centimetre."""
    if point.datum not in UNDO:
        return point.lon, point.lat
    lon, lat = UNDO[point.datum](np.array([[point.lon, point.lat]]))[0]
    return round(float(lon), 7), round(float(lat), 7)


def strays(points: Sequence[Point], divisions: gpd.GeoDataFrame) -> list[Stray | None]:
    """Find the points that lie outside their divisions, and what may be wrong with them.

    Parameters
    ----------
    points
        A point of a division that there is not is passed over.
    divisions
        One row per division in EPSG:4326, with its `slug`.

    Returns
    -------
    list
        As long as `points`; None for each that lies in its division, give or take its `within_m`.
    """
    if not points:
        return []
    ground = _Ground(divisions)
    return [
        ground.stray(point, metres) if metres > point.within_m + SLACK else None
        for point, metres in zip(points, ground.distances(points), strict=True)
    ]


class _Ground:
    """Divisions to measure points against: in degrees, as files draw lines, and in metres."""

    def __init__(self, divisions: gpd.GeoDataFrame) -> None:
        whole = continuous(divisions)
        self._is_beyond = whole.total_bounds[2] > HALF_TURN
        self._crs: CRS = local_equal_area(whole)
        self._slugs = [str(slug) for slug in whole["slug"]]
        self._index = {slug: index for index, slug in enumerate(self._slugs)}
        self._degrees = whole.geometry.to_numpy()
        self._metres = whole.to_crs(self._crs).geometry.to_numpy()

    def distances(self, points: Sequence[Point]) -> NDArray[np.float64]:
        """Metres of each point from its division; 0 within it, and where there is none."""
        rows = [self._index.get(point.division) for point in points]
        degrees = self._points(points)
        flat = gpd.GeoSeries(degrees, crs=WGS84).to_crs(self._crs).to_numpy()
        shapes, areas = (
            np.array([None if row is None else each[row] for row in rows], dtype=object)
            for each in (self._metres, self._degrees)
        )
        far = np.nan_to_num(shapely.distance(flat, shapes))
        return np.where(shapely.covers(areas, degrees), 0.0, far)

    def stray(self, point: Point, metres: float) -> Stray:
        """Say what is wrong with a point that is so far from its division."""
        found = np.flatnonzero(shapely.covers(self._degrees, self._points([point])[0]))
        lies_in = self._slugs[int(found[0])] if len(found) else None
        return Stray(metres, lies_in, self._remedy(point))

    def _remedy(self, point: Point) -> str | None:
        """Try what is often wrong: the order of the two, and the datum."""
        tries: dict[str, Point] = {}
        if abs(point.lon) <= LAT_MAX:
            tries[SWAPPED] = replace(point, lon=point.lat, lat=point.lon)
        if in_mainland(point.lon, point.lat):
            datums = ("gcj02", "bd09", "wgs84")
            tries |= {each: replace(point, datum=each) for each in datums if each != point.datum}
        distances = self.distances(list(tries.values()))
        inside = (name for name, far in zip(tries, distances, strict=True) if far <= SLACK)
        return next(inside, None)

    def _points(self, points: Sequence[Point]) -> NDArray[np.object_]:
        xy = np.array([wgs84(point) for point in points]).reshape(-1, 2)
        return np.asarray(shapely.points(eastward(xy) if self._is_beyond else xy))


def as_drawn(points: Sequence[Point], divisions: gpd.GeoDataFrame) -> list[Point]:
    """Return points where pictures draw them, in WGS 84.

    That is another place in divisions that are moved into an inset, at its scale, and beyond 180°
    around the antimeridian.

    Parameters
    ----------
    points
        Each of one of the divisions.
    divisions
        One row per division in EPSG:4326, with its `slug` and perhaps its `inset`.
    """
    before = continuous(divisions)
    is_beyond = before.total_bounds[2] > HALF_TURN
    moves = _moves(before)
    made = []
    for point in points:
        lon, lat = wgs84(point)
        lon = lon + TURN if lon < 0 and is_beyond else lon
        move = moves.get(point.division)
        if move is None:
            made.append(Point(point.division, lon, lat, point.within_m))
        else:
            made.append(move.applied(Point(point.division, lon, lat, point.within_m)))
    return made


@dataclass(frozen=True)
class _Move:
    """How an inset moves a division: flat bounds before and after."""

    before: NDArray[np.float64]
    after: NDArray[np.float64]

    def applied(self, point: Point) -> Point:
        scale = (self.after[2] - self.after[0]) / (self.before[2] - self.before[0])
        flat = gpd.GeoSeries([shapely.Point(point.lon, point.lat)], crs=WGS84).to_crs(MERCATOR)
        there = gpd.GeoSeries(
            shapely.transform(
                flat.to_numpy(), lambda xy: (xy - self.before[:2]) * scale + self.after[:2]
            ),
            crs=MERCATOR,
        ).to_crs(WGS84)
        lat = float(there.iloc[0].y)
        stretch = np.cos(np.radians(lat)) / np.cos(np.radians(point.lat))  # of the map's own scale
        lon = round(float(there.iloc[0].x), 7)
        return Point(point.division, lon, round(lat, 7), float(point.within_m * scale * stretch))


def _moves(divisions: gpd.GeoDataFrame) -> Mapping[str, _Move]:
    if INSET not in divisions:
        return {}
    after = drawn(divisions).divisions
    flat = [each.geometry.to_crs(MERCATOR).bounds.to_numpy() for each in (divisions, after)]
    return {
        str(slug): _Move(old, new)
        for slug, old, new in zip(divisions["slug"], *flat, strict=True)
        if not np.allclose(old, new)
    }
