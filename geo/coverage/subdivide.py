"""Divide a polygon whose outline is settled into parts whose outline is nearly the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.coverage.distance import segments
from geo.coverage.operations import clean, polygonal, polygons_within

if TYPE_CHECKING:
    from numpy.typing import NDArray

ON_LINE = 0.01
"""Metres: a vertex this near to the outline lies on it."""


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
        When a part has no land left.
    """
    if len(parts) == 1:
        return np.array([whole], dtype=object)
    fitted = _onto_vertices(_within(whole, parts, seats), whole)
    if tolerance:
        fitted = np.asarray(shapely.coverage_simplify(fitted, tolerance, simplify_boundary=False))
    if shapely.is_empty(fitted).any() or not shapely.coverage_is_valid(fitted):
        raise ValueError("a part has no land left within the simplified outline")
    return fitted


def _within(
    whole: shapely.Geometry, parts: NDArray[np.object_], seats: NDArray[np.object_] | None
) -> NDArray[np.object_]:
    """Cut parts to the polygon; what none of them covers goes to the one along most of its edge."""
    inside = [_seated(polygonal(each), seats) for each in shapely.intersection(parts, whole)]
    rest = polygonal(shapely.difference(whole, shapely.union_all(inside)))
    left = shapely.get_parts(rest)
    left = left[shapely.area(left) > 0]
    shared = [
        shapely.length(shapely.intersection(left, shapely.buffer(part, 1.0))) for part in inside
    ]
    owner = np.argmax(shared, axis=0) if len(left) else np.array([], dtype=int)
    filled = [shapely.union_all([part, *left[owner == i]]) for i, part in enumerate(inside)]
    return clean(np.array([polygonal(each) for each in filled]))


def _seated(part: shapely.Geometry, seats: NDArray[np.object_] | None) -> shapely.Geometry:
    """Leave small pieces out that lie apart and have no seat."""
    pieces = shapely.get_parts(part)
    if seats is None or len(pieces) < 2:  # noqa: PLR2004
        return part
    area = shapely.area(pieces)
    has_seat = np.array([shapely.intersects(piece, seats).any() for piece in pieces])
    return shapely.union_all(pieces[has_seat | (area >= FRAGMENT * area.max())])


def _onto_vertices(parts: NDArray[np.object_], whole: shapely.Geometry) -> NDArray[np.object_]:
    """Move where lines between parts meet the outline to its nearer vertex, along the outline."""
    outline = shapely.boundary(whole)
    edges = segments(outline)
    ends = shapely.get_coordinates(edges).reshape(-1, 2, 2)
    tree = shapely.STRtree(edges)

    def move(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        at = ends[tree.nearest(shapely.points(xy))]
        far = np.hypot(*np.moveaxis(at - xy[:, None, :], -1, 0))
        nearer = np.where((far[:, 0] <= far[:, 1])[:, None], at[:, 0], at[:, 1])
        on_line = np.asarray(shapely.dwithin(shapely.points(xy), outline, ON_LINE))
        return np.where(on_line[:, None], nearer, xy)

    moved = shapely.transform(shapely.boundary(parts), move)
    lines = shapely.union_all([*shapely.remove_repeated_points(moved), outline])
    return polygons_within(lines, parts)
