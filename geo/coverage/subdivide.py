"""Divide a polygon whose outline is settled into parts whose outline is nearly the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.coverage.distance import segments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Point = tuple[float, ...]

ON_LINE = 0.01
"""Metres: a vertex this near to the outline lies on it."""
BACK = 2.0
"""Metres before the outline at which a line turns to run along it, where it cannot go straight."""
REACH = 4.0
"""Times the tolerance: how far along the outline a line is led to a vertex."""
FRAGMENT = 0.1
"""Share of a part below which a piece of it that lies apart, and has no seat, goes to another."""


def subdivide(
    whole: shapely.Geometry,
    parts: NDArray[np.object_],
    tolerance: float,
    seats: NDArray[np.object_] | None = None,
) -> NDArray[np.object_]:
    """Divide a polygon into parts, and leave every vertex of its outline as it is.

    Lines between parts end at vertices of the outline, the nearer along it, so that none has to be
    added; then they are simplified with the outline held.

    Parameters
    ----------
    whole
        Polygon or multipolygon in a CRS in metres.
    parts
        Polygons that together cover nearly the same land, as one coverage.
    tolerance
        Metres, see `geo.coverage.operations.simplify`.
    seats
        Points around which the parts were drawn. A small piece that lies apart from the rest of its
        part and has none, as where a river's bend cuts off the corner of a cell, goes to the part
        around it.

    Returns
    -------
    numpy.ndarray
        The parts in their order, one coverage, whose union has the outline of `whole`, vertex for
        vertex.

    Raises
    ------
    ValueError
        When a part has no land left, or a line finds no way to a vertex of the outline within
        `REACH` times the tolerance.
    """
    if len(parts) == 1:
        return np.array([whole], dtype=object)
    lines = _Outline(whole, BACK + REACH * tolerance).reached_by(_lines_between(parts, whole))
    faces = shapely.get_parts(
        shapely.polygonize(shapely.get_parts(shapely.union_all([*lines, shapely.boundary(whole)])))
    )
    faces = faces[shapely.intersects(whole, shapely.point_on_surface(faces))]
    owner = _owners(faces, parts, seats)
    if set(owner) != set(range(len(parts))):
        raise ValueError("a part has no land left within the outline")
    made = np.array([shapely.coverage_union_all(faces[owner == i]) for i in range(len(parts))])
    if tolerance:
        made = np.asarray(shapely.coverage_simplify(made, tolerance, simplify_boundary=False))
    if not shapely.coverage_is_valid(made):
        raise ValueError("lines between the parts cross the outline")
    return made


def _lines_between(
    parts: NDArray[np.object_], whole: shapely.Geometry
) -> list[NDArray[np.float64]]:
    """Give the lines between parts within the polygon, from node to node."""
    around = shapely.boundary(shapely.coverage_union_all(parts))
    inner = shapely.difference(shapely.union_all(shapely.boundary(parts)), around)
    inside = shapely.get_parts(shapely.intersection(inner, whole))
    is_line = shapely.get_dimensions(inside) == 1
    merged = shapely.line_merge(shapely.union_all(inside[is_line]))
    return [shapely.get_coordinates(line) for line in shapely.get_parts(merged)]


class _Outline:
    """The outline of a polygon, to whose vertices lines are led."""

    def __init__(self, whole: shapely.Geometry, reach: float) -> None:
        self._whole = whole
        self._reach = reach
        self._line = shapely.boundary(whole)
        edges = segments(self._line)
        self._tree = shapely.STRtree(edges)
        self._ends = shapely.get_coordinates(edges).reshape(-1, 2, 2)

    def reached_by(self, lines: list[NDArray[np.float64]]) -> list[shapely.LineString]:
        """Lead every end of a line that meets no other line to a vertex of the outline."""
        count = Counter(_point(line[at]) for line in lines for at in (0, -1))
        led = []
        for line in lines:
            coordinates = line
            for _ in range(2):  # its end, then, turned round, its beginning
                if count[_point(coordinates[-1])] == 1 or self._has(coordinates[-1]):
                    coordinates = self._led(coordinates, lines)
                coordinates = coordinates[::-1]
            led.append(shapely.LineString(coordinates))
        return [line for line in shapely.remove_repeated_points(led) if line.length > 0]

    def _has(self, point: NDArray[np.float64]) -> bool:
        return bool(shapely.dwithin(shapely.Point(point), self._line, ON_LINE))

    def _led(
        self, line: NDArray[np.float64], others: list[NDArray[np.float64]]
    ) -> NDArray[np.float64]:
        """Let a line end at the vertex nearest to its end along the outline."""
        corners = self._ends[self._tree.nearest(shapely.Point(line[-1]))]
        far = np.hypot(*(corners - line[-1]).T)
        if far.min() <= ON_LINE:
            return np.vstack([line[:-1], corners[far.argmin()]])
        before = shapely.LineString(line)
        turn = shapely.get_coordinates(
            shapely.line_interpolate_point(before, -min(BACK, before.length / 2))
        )
        for corner in corners[np.argsort(far)][: np.count_nonzero(far <= self._reach)]:
            for start in (line[:-1], np.vstack([line[:-1], turn])):
                last = shapely.LineString([start[-1], corner])
                if self._is_free(last, others):
                    return np.vstack([start, corner])
        raise ValueError("a line between parts finds no way to a vertex of the outline")

    def _is_free(self, last: shapely.LineString, others: list[NDArray[np.float64]]) -> bool:
        """Whether a line from within to a vertex of the outline stays within and crosses none."""
        return bool(
            shapely.covers(self._whole, last)
            and not any(shapely.crosses(last, shapely.LineString(each)) for each in others)
        )


def _point(coordinates: NDArray[np.float64]) -> Point:
    return tuple(map(float, coordinates))


def _owners(
    faces: NDArray[np.object_], parts: NDArray[np.object_], seats: NDArray[np.object_] | None
) -> NDArray[np.intp]:
    """Say which part each face is of: the one that has most of it; small ones apart, see above."""
    shared = np.array([shapely.area(shapely.intersection(faces, part)) for part in parts])
    owner: NDArray[np.intp] = np.argmax(shared, axis=0)
    if seats is None:
        return owner
    area = shapely.area(faces)
    for face in np.argsort(area):
        largest = area[owner == owner[face]].max()
        if area[face] < FRAGMENT * largest and not shapely.intersects(faces[face], seats).any():
            edges = shapely.length(shapely.intersection(faces, faces[face]))
            edges[face] = 0.0
            owner[face] = owner[int(np.argmax(edges))]
    return owner
