"""A still picture of divisions: shapes in, pixels out, no words.

Pure: which division stands out, and in which colours, is said by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely
from PIL import Image, ImageDraw, ImageFilter

from geo.crs.projection import WGS84
from geo.map.fitted import FittedMap, Frame, around_lines, dashes, hatch, line_parts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

__all__ = ["Frame", "MapPicture", "MapStyle"]

FINENESS = 3
"""The picture is drawn this many times larger and then reduced, which smooths its edges."""


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
        self._style, self._map = style, FittedMap(divisions, frame)
        self._divisions = self._map.divisions
        self._canvas = Image.new("RGB", [side * FINENESS for side in frame.size], style.land)
        self._pen = ImageDraw.Draw(self._canvas)
        if around is not None:
            self._lines(around_lines(around, self._divisions.crs), style.faint, 1.2)
        for inset in self._map.insets:
            self._fill(inset, style.land)
            self._lines([inset.boundary], style.line, 1.2)
        self._draw_county()
        if style.point:
            self._mark(style.point)
        self.image = self._canvas.resize(frame.size, Image.Resampling.LANCZOS)
        """The picture."""

    def box(self, slug: str) -> tuple[float, float, float, float]:
        """Return the left, top, right and bottom of a division in the picture, in pixels."""
        return self._map.box(slug)

    def middle(self, slug: str) -> tuple[float, float]:
        """Return where a division is widest, in pixels of the picture: its name has room there."""
        return self._map.middle(slug)

    def _pixels(self, metres: Iterable[Sequence[float]]) -> list[tuple[float, float]]:
        return [(x * FINENESS, y * FINENESS) for x, y in self._map.pixels(metres)]

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
        x, y = self._map.point(*point)
        for radius, colour in ((7.0, self._style.land), (5.0, self._style.ink)):
            self._pen.circle((x * FINENESS, y * FINENESS), radius * FINENESS, fill=colour)

    def _draw_divides(self) -> None:
        """Draw published lines whole and reconstructed ones dashed."""
        published, others = self._map.divides()
        self._lines(published, self._style.line, 1.2)
        for line in others:
            self._lines(dashes(line, self._map.scale), self._style.line, 1.4)

    def _hatch(self) -> None:
        """Draw oblique lines over areas, on light ones that any colour lets see."""
        if not self._style.hatched:
            return
        areas = gpd.GeoSeries(list(self._style.hatched), crs=WGS84)
        for area in areas.to_crs(self._divisions.crs):
            lines = [hatch(area, HATCH / self._map.scale)]
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
        for line in line_parts(lines):
            pixels = self._pixels(shapely.get_coordinates(line))
            self._pen.line(pixels, fill=colour, width=round(width * FINENESS), joint="curve")
