"""A still map of a metric: shapes, colours and names in, drawn by either pen.

Pure: which division has which colour, and what is said of it, is the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import pi, sqrt
from typing import TYPE_CHECKING

import shapely

from geo.map.fitted import FittedMap, Frame, around_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import geopandas as gpd

    from geo.map.pens import Pen

COVERED = 0.14
"""Part of the county that the circles of the fullest period cover; the map's script has the same
(``metric_scale.js``)."""
LEAST_RADIUS, MOST_RADIUS = 5.0, 30.0
"""Pixels, of the largest circle."""
ROOM = 20
"""Pixels around the county that show what lies around it."""
ZERO_RADIUS = 2.5
"""Pixels, of the ring that stands for a count of none."""


@dataclass(frozen=True)
class StillCircle:
    """A proportional symbol."""

    size: float
    """Its part of the metric's largest value in any period, from 0 to 1."""
    colour: str
    is_uncertain: bool = False


@dataclass(frozen=True)
class MetricStyle:
    """What a metric looks like; colours are ``#rrggbb``."""

    fills: Mapping[str, str] = field(default_factory=dict)
    """Colour by slug of the divisions that have a value, where they are filled."""
    dots: Mapping[str, str] = field(default_factory=dict)
    """Colour of the dots by slug, of the divisions whose value is uncertain."""
    hatched: Collection[str] = ()
    """Slugs of the divisions without a value."""
    circles: Mapping[str, StillCircle] = field(default_factory=dict)
    """By slug, where the metric is drawn in circles."""
    fullest: float = 0.0
    """Sum of the circles' sizes in the period in which it is largest."""
    lit: Collection[str] = ()
    """Slugs of the divisions that stand out."""
    point: tuple[float, float] | None = None
    """A point that stands out: its longitude and latitude in degrees."""
    land: str = "#f1eee6"
    quiet: str = "#dfdacd"
    line: str = "#5f5b52"
    casing: str = "#ffffff"
    """On both sides of lines, which so stand out from light classes and from dark ones."""
    faint: str = "#cdc7b7"
    hatch: str = "#767676"
    ink: str = "#1f2d36"


class MetricStill:
    """Divisions in the colours of a metric, fitted into a frame.

    Parameters
    ----------
    divisions
        One row per division, with `slug` and `boundary_status`, in any CRS.
    frame
        The picture's size and margins.
    style
        What it looks like.
    around
        Areas around the county, drawn by their lines.
    """

    def __init__(
        self,
        divisions: gpd.GeoDataFrame,
        frame: Frame,
        style: MetricStyle,
        around: gpd.GeoDataFrame | None = None,
    ) -> None:
        self.map = FittedMap(divisions, frame)
        self._frame, self._style, self._around = frame, style, around
        slugs = self.map.divisions["slug"]
        shapes = self.map.in_pixels(self.map.divisions.geometry.to_numpy())
        self._shapes = dict(zip(slugs, shapes, strict=True))
        self.largest = self._largest_radius()
        """Radius in pixels of the circle of the metric's largest value."""

    def radius(self, slug: str) -> float:
        """Return the radius of a division's circle in pixels; 0 where it has none."""
        circle = self._style.circles.get(slug)
        return sqrt(circle.size) * self.largest if circle else 0.0

    def middle(self, slug: str) -> tuple[float, float]:
        """Return where a division's circle and name stand, in pixels of the picture."""
        return self.map.middle(slug)

    def draw(self, pen: Pen) -> None:
        """Draw the map, without words."""
        style, project = self._style, self.map.in_pixels
        if self._around is not None:
            lines = around_lines(self._around, self.map.divisions.crs).to_numpy()
            pen.lines(shapely.intersection(project(lines), self._window()), style.faint, 1.2)
        for inset in project(self.map.insets.to_numpy()):
            pen.area(inset, style.land)
            pen.lines([inset.boundary], style.line, 1.2)
        for slug, shape in self._shapes.items():
            self._fill(pen, slug, shape)
        published, others = (project(lines) for lines in self.map.divides())
        for lines in (published, others):
            pen.lines(lines, style.casing, 2.6)
        pen.lines(published, style.line, 1.0)
        pen.lines(others, style.line, 1.1, dashed=True)
        outline = shapely.union_all(list(self._shapes.values()))
        pen.lines([outline.boundary], style.line, 2.0)
        for slug in sorted(style.circles, key=lambda each: -style.circles[each].size):
            self._circle(pen, slug)
        self._stand_out(pen)

    def _stand_out(self, pen: Pen) -> None:
        style = self._style
        for slug in style.lit:
            if slug in self._shapes:
                ring = shapely.boundary(self._shapes[slug])
                pen.lines([ring], style.casing, 5.5)
                pen.lines([ring], style.ink, 3.5)
        if style.point:
            pen.circle(self.map.point(*style.point), 6, style.ink, style.casing)

    def _window(self) -> shapely.Geometry:
        """Return where what lies around the county is drawn: not under the words."""
        frame = self._frame
        width, height = frame.size
        return shapely.box(
            0, max(frame.top - ROOM, 0), width, min(height - frame.bottom + ROOM, height)
        )

    def _fill(self, pen: Pen, slug: str, shape: shapely.Geometry) -> None:
        style = self._style
        if slug in style.hatched:
            pen.area(shape, style.land)
            pen.hatch(shape, style.hatch)
            return
        pen.area(shape, style.fills.get(slug, style.quiet))
        if slug in style.dots:
            pen.dot(shape, style.dots[slug])

    def _circle(self, pen: Pen, slug: str) -> None:
        if slug not in self._shapes:
            return
        circle, ink = self._style.circles[slug], self._style.ink
        radius = self.radius(slug)
        fill = circle.colour if radius else self._style.land
        dashed = circle.is_uncertain
        pen.circle(self.middle(slug), radius or ZERO_RADIUS, fill, ink, dashed=dashed)

    def _largest_radius(self) -> float:
        bounds = shapely.total_bounds(list(self._shapes.values()))
        area = (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])
        fullest = self._style.fullest
        if not fullest > 0:
            return LEAST_RADIUS
        return min(max(sqrt(area * COVERED / (pi * fullest)), LEAST_RADIUS), MOST_RADIUS)
