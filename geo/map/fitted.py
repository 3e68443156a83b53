"""Divisions fitted into a picture: what every still map has in common, whatever draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geo.coverage.inset import drawn
from geo.crs.projection import WGS84, continuous, to_metres

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    Point = tuple[float, float]

DASH, GAP = 7.0, 5.0
"""Pixels of a reconstructed line's dashes and of the gaps between them."""


@dataclass(frozen=True)
class Frame:
    """Where the county, or a part of it, lies in a picture, with room to spare around it."""

    size: tuple[int, int]
    """Width and height of the picture in pixels."""
    left: int = 0
    """Pixels to keep free on each side."""
    top: int = 0
    right: int = 0
    bottom: int = 0
    slugs: Collection[str] = ()
    """Divisions to look at; none, and all are."""
    extent: tuple[float, float, float, float] | None = None
    """Rectangle to look at instead: its west, south, east and north in degrees."""


class FittedMap:
    """Divisions in pixels of a picture.

    Parameters
    ----------
    divisions
        One row per division, with `slug` and `boundary_status`, in any CRS.
    frame
        The picture's size and margins.
    """

    def __init__(self, divisions: gpd.GeoDataFrame, frame: Frame) -> None:
        self._frame = frame
        shown = drawn(continuous(divisions))
        self.divisions = to_metres(shown.divisions)
        """As they are drawn, in metres."""
        boxes = gpd.GeoSeries([shapely.box(*each) for each in shown.frames], crs=WGS84)
        self.insets: gpd.GeoSeries = boxes.to_crs(self.divisions.crs)
        """Frames of the divisions that were moved, in metres."""
        self.scale, self._west, self._north = self._fit()

    def box(self, slug: str) -> tuple[float, float, float, float]:
        """Return the left, top, right and bottom of a division in the picture, in pixels."""
        west, south, east, north = self._of(slug).total_bounds
        (left, top), (right, bottom) = self.pixels([(west, north), (east, south)])
        return left, top, right, bottom

    def middle(self, slug: str) -> Point:
        """Return where a division is widest, in pixels of the picture: its name has room there."""
        (shape,) = self._of(slug)
        west, south, east, north = shape.bounds
        exact = max(east - west, north - south) / 100
        radius = shapely.maximum_inscribed_circle(shape, tolerance=exact)
        (point,) = self.pixels(shapely.get_coordinates(radius)[:1])
        return point

    def point(self, lon: float, lat: float) -> Point:
        """Return where a point lies in the picture; its longitude and latitude are in degrees."""
        at = gpd.GeoSeries([shapely.Point(lon + self._turn(lon), lat)], crs=WGS84)
        metric = at.to_crs(self.divisions.crs).iloc[0]
        (pixel,) = self.pixels([(metric.x, metric.y)])
        return pixel

    def pixels(self, metres: Iterable[Sequence[float]]) -> list[Point]:
        """Return where points lie in the picture, in pixels from its upper left corner."""
        return [
            ((x - self._west) * self.scale, (self._north - y) * self.scale) for x, y, *_ in metres
        ]

    def in_pixels(self, metres: Iterable[shapely.Geometry]) -> NDArray[np.object_]:
        """Return shapes as they lie in the picture, in pixels from its upper left corner."""
        corner, scale = np.array([self._west, self._north]), np.array([self.scale, -self.scale])
        shapes = np.array(list(metres), dtype=object)
        return shapely.transform(shapes, lambda points: (points - corner) * scale)

    def divides(self) -> tuple[list[shapely.Geometry], list[shapely.Geometry]]:
        """Return the published lines between divisions and the others, in metres."""
        shapes = self.divisions
        published = shapely.union_all(
            shapes[shapes["boundary_status"] == "published"].boundary.to_numpy()
        )
        others = shapely.union_all(shapes.boundary.to_numpy())
        rest = shapely.line_merge(shapely.difference(others, published))
        return list(line_parts([published])), list(line_parts([rest]))

    def _of(self, slug: str) -> gpd.GeoSeries:
        return self.divisions.loc[self.divisions["slug"] == slug].geometry

    def _fit(self) -> tuple[float, float, float]:
        """Return pixels per metre and the metres of the picture's upper left corner."""
        west, south, east, north = self._seen()
        frame = self._frame
        width = frame.size[0] - frame.left - frame.right
        height = frame.size[1] - frame.top - frame.bottom
        scale = min(width / (east - west), height / (north - south))
        x = frame.left + (width - scale * (east - west)) / 2
        y = frame.top + (height - scale * (north - south)) / 2
        return scale, west - x / scale, north + y / scale

    def _seen(self) -> tuple[float, float, float, float]:
        """Return the west, south, east and north of what the picture shows, in metres."""
        frame, shapes = self._frame, self.divisions
        if frame.extent:
            west, south, east, north = frame.extent
            turn = self._turn((west + east) / 2)
            box = shapely.box(west + turn, south, east + turn, north)
            corners = gpd.GeoSeries([box], crs=WGS84).segmentize((east - west) / 20)
            return tuple(corners.to_crs(shapes.crs).total_bounds)
        if frame.slugs:
            return tuple(shapes[shapes["slug"].isin(frame.slugs)].total_bounds)
        bounds = [shapes.total_bounds, *self.insets.bounds.to_numpy()]
        west, south, _, _ = np.min(bounds, axis=0)
        _, _, east, north = np.max(bounds, axis=0)
        return west, south, east, north

    def _turn(self, longitude: float) -> int:
        """Return the degrees that bring a longitude to the divisions' side of the globe."""
        middle = self.divisions.to_crs(WGS84).total_bounds[[0, 2]].mean()
        return min((0, -360, 360), key=lambda turn: abs(longitude + turn - middle))


def line_parts(lines: Iterable[shapely.Geometry]) -> Iterable[shapely.Geometry]:
    """Return the single lines of lines that may have several parts, or none."""
    for line in lines:
        yield from (part for part in shapely.get_parts(line) if not part.is_empty)


def around_lines(around: gpd.GeoDataFrame, crs: object) -> gpd.GeoSeries:
    """Return the lines around a county: those along the edge of their extent are cuts, not lines.

    Parameters
    ----------
    around
        Areas around the county, in any CRS.
    crs
        CRS of the result.
    """
    around = continuous(around)
    edge = shapely.box(*around.total_bounds).boundary
    lines = shapely.difference(around.boundary.to_numpy(), edge)
    return around.set_geometry(lines).to_crs(crs).geometry


def dashes(line: shapely.Geometry, pixels_per_unit: float) -> Iterable[shapely.Geometry]:
    """Cut a line into dashes.

    Parameters
    ----------
    line
        The line, in any unit.
    pixels_per_unit
        How many pixels of the picture are one of these.
    """
    corners = shapely.get_coordinates(line)
    along = np.concatenate([[0], np.hypot(*np.diff(corners, axis=0).T).cumsum()])
    dash, step = DASH / pixels_per_unit, (DASH + GAP) / pixels_per_unit
    for begin in np.arange(0, along[-1], step):
        end = min(begin + dash, along[-1])
        places = [begin, *along[(along > begin) & (along < end)], end]
        points = [np.interp(places, along, axis) for axis in corners.T]
        yield shapely.linestrings(*points)


def hatch(area: shapely.Geometry, distance: float) -> shapely.Geometry:
    """Return oblique lines, at 45 degrees, within an area.

    Parameters
    ----------
    area
        Polygons in metres.
    distance
        Metres between two lines.
    """
    west, south, east, north = shapely.bounds(area)
    height = north - south
    step = distance * 2**0.5  # along the lower edge
    first = np.floor((west - height) / step) * step
    begins = np.arange(first, east, step)
    ends = np.stack(
        [
            np.column_stack([begins, np.full_like(begins, south)]),
            np.column_stack([begins + height, np.full_like(begins, north)]),
        ],
        axis=1,
    )
    lines: shapely.Geometry = shapely.intersection(
        shapely.multilinestrings([*map(shapely.linestrings, ends)]), area
    )
    return lines
