"""A still picture of divisions: shapes in, pixels out, no words.

Pure: which division stands out, and in which colours, is said by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from PIL import Image, ImageDraw, ImageFilter

from geo.coverage.inset import drawn
from geo.crs.projection import WGS84, continuous, to_metres

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence


FINENESS = 3
"""The picture is drawn this many times larger and then reduced, which smooths its edges."""

DASH, GAP = 7.0, 5.0
"""Pixels of a reconstructed line's dashes and of the gaps between them."""


HATCH = 8.0
"""Pixels between the lines of a hatching."""


@dataclass(frozen=True)
class MapStyle:
    """Colours as ``#rrggbb`` and widths in pixels."""

    land: str = "#f1eee6"
    """What lies around the county."""
    quiet: str = "#dfdacd"
    """Divisions that have no colour of their own."""
    line: str = "#8a867b"
    """Lines between divisions."""
    faint: str = "#d3cec1"
    """Lines of the neighbours."""
    ink: str = "#1f2d36"
    """Outline of the division that stands out."""
    shadow: str = "#b9b3a3"
    """Shadow of the county on the land."""
    fills: Mapping[str, str] = field(default_factory=dict)
    """Colour by slug."""
    lit: Collection[str] = ()
    """Slugs of the divisions that stand out."""
    point: tuple[float, float] | None = None
    """A point that stands out: its longitude and latitude in degrees."""
    hatched: Sequence[shapely.Geometry] = ()
    """Areas that are hatched, in EPSG:4326."""


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


class MapPicture:
    """Divisions drawn into a frame.

    Parameters
    ----------
    divisions
        One row per division, with `slug` and `boundary_status`, in any CRS.
    frame
        The picture's size and margins.
    style
        What it looks like.
    around
        Areas around the county, drawn by their lines; lines along the edge of their extent are
        where a file was cut and are left out.
    """

    def __init__(
        self,
        divisions: gpd.GeoDataFrame,
        frame: Frame,
        style: MapStyle,
        around: gpd.GeoDataFrame | None = None,
    ) -> None:
        self._frame, self._style = frame, style
        shown = drawn(continuous(divisions))
        self._divisions = to_metres(shown.divisions)
        boxes = gpd.GeoSeries([shapely.box(*each) for each in shown.frames], crs=WGS84)
        self._insets = boxes.to_crs(self._divisions.crs)
        self._scale, self._west, self._north = self._fit()
        self._canvas = Image.new("RGB", [side * FINENESS for side in frame.size], style.land)
        self._pen = ImageDraw.Draw(self._canvas)
        if around is not None:
            around = continuous(around)
            lines = shapely.difference(around.boundary.to_numpy(), _edge(around))
            metric = around.set_geometry(lines).to_crs(self._divisions.crs)
            self._lines(metric.geometry, style.faint, 1.2)
        for inset in self._insets:
            self._fill(inset, style.land)
            self._lines([inset.boundary], style.line, 1.2)
        self._draw_county()
        if style.point:
            self._mark(style.point)
        self.image = self._canvas.resize(frame.size, Image.Resampling.LANCZOS)
        """The picture."""

    def box(self, slug: str) -> tuple[float, float, float, float]:
        """Return the left, top, right and bottom of a division in the picture, in pixels."""
        shape = self._divisions.loc[self._divisions["slug"] == slug].geometry
        west, south, east, north = shape.total_bounds
        corners = self._pixels([(west, north), (east, south)])
        left, top, right, bottom = (side / FINENESS for corner in corners for side in corner)
        return left, top, right, bottom

    def middle(self, slug: str) -> tuple[float, float]:
        """Return where a division is widest, in pixels of the picture: its name has room there."""
        (shape,) = self._divisions.loc[self._divisions["slug"] == slug].geometry
        west, south, east, north = shape.bounds
        exact = max(east - west, north - south) / 100
        radius = shapely.maximum_inscribed_circle(shape, tolerance=exact)
        ((x, y),) = self._pixels(shapely.get_coordinates(radius)[:1])
        return x / FINENESS, y / FINENESS

    def _fit(self) -> tuple[float, float, float]:
        """Return pixels per metre and the metres of the picture's upper left corner."""
        west, south, east, north = self._seen()
        frame = self._frame
        width = frame.size[0] - frame.left - frame.right
        height = frame.size[1] - frame.top - frame.bottom
        scale = min(width / (east - west), height / (north - south))
        x = frame.left + (width - scale * (east - west)) / 2
        y = frame.top + (height - scale * (north - south)) / 2
        return scale * FINENESS, west - x / scale, north + y / scale

    def _seen(self) -> tuple[float, float, float, float]:
        """Return the west, south, east and north of what the picture shows, in metres."""
        frame, shapes = self._frame, self._divisions
        if frame.extent:
            west, south, east, north = frame.extent
            turn = self._turn((west + east) / 2)
            box = shapely.box(west + turn, south, east + turn, north)
            corners = gpd.GeoSeries([box], crs=WGS84).segmentize((east - west) / 20)
            return tuple(corners.to_crs(shapes.crs).total_bounds)
        if frame.slugs:
            return tuple(shapes[shapes["slug"].isin(frame.slugs)].total_bounds)
        bounds = [shapes.total_bounds, *self._insets.bounds.to_numpy()]
        west, south, _, _ = np.min(bounds, axis=0)
        _, _, east, north = np.max(bounds, axis=0)
        return west, south, east, north

    def _turn(self, longitude: float) -> int:
        """Return the degrees that bring a longitude to the divisions' side of the globe."""
        middle = self._divisions.to_crs(WGS84).total_bounds[[0, 2]].mean()
        return min((0, -360, 360), key=lambda turn: abs(longitude + turn - middle))

    def _pixels(self, metres: Iterable[Sequence[float]]) -> list[tuple[float, float]]:
        return [
            ((x - self._west) * self._scale, (self._north - y) * self._scale) for x, y, *_ in metres
        ]

    def _draw_county(self) -> None:
        style, shapes = self._style, self._divisions
        outline = shapely.union_all(shapes.geometry.to_numpy())
        self._shadow(outline)
        for slug, shape in zip(shapes["slug"], shapes.geometry, strict=True):
            self._fill(shape, style.fills.get(slug, style.quiet))
        self._hatch()
        self._draw_divides()
        self._lines([outline.boundary], style.line, 2.2)
        for shape in shapes[shapes["slug"].isin(style.lit)].geometry:
            self._stand_out(shape.boundary)

    def _stand_out(self, outline: shapely.Geometry) -> None:
        self._lines([outline], self._style.land, 5.5)
        self._lines([outline], self._style.ink, 3.5)

    def _mark(self, point: tuple[float, float]) -> None:
        lon, lat = point
        at = gpd.GeoSeries([shapely.Point(lon + self._turn(lon), lat)], crs=WGS84)
        metric = at.to_crs(self._divisions.crs).iloc[0]
        for radius, colour in ((7.0, self._style.land), (5.0, self._style.ink)):
            [centre] = self._pixels([(metric.x, metric.y)])
            self._pen.circle(centre, radius * FINENESS, fill=colour)

    def _draw_divides(self) -> None:
        """Draw published lines whole and reconstructed ones dashed."""
        shapes = self._divisions
        published = shapely.union_all(
            shapes[shapes["boundary_status"] == "published"].boundary.to_numpy()
        )
        others = shapely.union_all(shapes.boundary.to_numpy())
        self._lines([published], self._style.line, 1.2)
        for line in _parts([shapely.line_merge(shapely.difference(others, published))]):
            self._lines(_dashes(line, self._scale / FINENESS), self._style.line, 1.4)

    def _hatch(self) -> None:
        """Draw oblique lines over areas, on light ones that any colour lets see."""
        if not self._style.hatched:
            return
        areas = gpd.GeoSeries(list(self._style.hatched), crs=WGS84)
        for area in areas.to_crs(self._divisions.crs):
            lines = [hatch(area, HATCH * FINENESS / self._scale)]
            self._lines(lines, self._style.land, 3.4)
            self._lines([*lines, area.boundary], self._style.ink, 1.6)

    def _shadow(self, shape: shapely.Geometry) -> None:
        mask = Image.new("L", self._canvas.size)
        shift = 5 * FINENESS
        pen = ImageDraw.Draw(mask)
        for part in shapely.get_parts(shape):
            pixels = self._ring(part.exterior)
            pen.polygon([(x + shift / 2, y + shift) for x, y in pixels], fill=150)
        mask = mask.filter(ImageFilter.GaussianBlur(6 * FINENESS))
        self._canvas.paste(self._style.shadow, mask=mask)

    def _fill(self, shape: shapely.Geometry, colour: str) -> None:
        parts = shapely.get_parts(shape)
        if not any(shapely.get_num_interior_rings(parts)):
            for part in parts:
                self._pen.polygon(self._ring(part.exterior), fill=colour)
            return
        mask = Image.new("1", self._canvas.size)
        pen = ImageDraw.Draw(mask)
        for part in sorted(parts, key=shapely.area, reverse=True):  # what lies in a hole comes last
            pen.polygon(self._ring(part.exterior), fill=1)
            for hole in part.interiors:
                pen.polygon(self._ring(hole), fill=0)
        self._canvas.paste(colour, mask=mask)

    def _ring(self, ring: shapely.Geometry) -> list[tuple[float, float]]:
        return self._pixels(shapely.get_coordinates(ring))

    def _lines(self, lines: Iterable[shapely.Geometry], colour: str, width: float) -> None:
        for line in _parts(lines):
            pixels = self._pixels(shapely.get_coordinates(line))
            self._pen.line(pixels, fill=colour, width=round(width * FINENESS), joint="curve")


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


def _parts(lines: Iterable[shapely.Geometry]) -> Iterable[shapely.Geometry]:
    for line in lines:
        yield from (part for part in shapely.get_parts(line) if not part.is_empty)


def _edge(frame: gpd.GeoDataFrame) -> shapely.Geometry:
    """Return the outline of the rectangle around a frame's shapes."""
    edge: shapely.Geometry = shapely.box(*frame.total_bounds).boundary
    return edge


def _dashes(line: shapely.Geometry, pixels_per_metre: float) -> Iterable[shapely.Geometry]:
    """Cut a line into dashes."""
    corners = shapely.get_coordinates(line)
    along = np.concatenate([[0], np.hypot(*np.diff(corners, axis=0).T).cumsum()])
    dash, step = DASH / pixels_per_metre, (DASH + GAP) / pixels_per_metre
    for begin in np.arange(0, along[-1], step):
        end = min(begin + dash, along[-1])
        places = [begin, *along[(along > begin) & (along < end)], end]
        points = [np.interp(places, along, axis) for axis in corners.T]
        yield shapely.linestrings(*points)
