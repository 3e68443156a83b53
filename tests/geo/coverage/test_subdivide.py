"""Parts of a polygon whose outline is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from geo.coverage.distance import segments
from geo.coverage.subdivide import subdivide

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUND = [
    (
        5000 + (2500 + 400 * np.sin(5 * a)) * np.cos(a),
        5000 + (2500 + 300 * np.cos(7 * a)) * np.sin(a),
    )
    for a in np.linspace(0, 2 * np.pi, 181)[:-1]
]
EXACT = shapely.Polygon(ROUND)
SPARSE = shapely.simplify(EXACT, 20.0)
OUTLINE = shapely.segmentize(SPARSE, 150.0)
"""What is drawn of it, with some vertex near any point of its lines."""
LONGEST = shapely.length(segments(OUTLINE.boundary)).max()


def cells(seats: list[tuple[int, int]]) -> NDArray[np.object_]:
    """Thiessen cells of points, cut to the exact outline."""
    found = shapely.voronoi_polygons(shapely.MultiPoint(seats), extend_to=EXACT, ordered=True)
    return np.array([shapely.intersection(cell, EXACT) for cell in found.geoms])


def vertices(shape: shapely.Geometry) -> set[tuple[float, float]]:
    return set(map(tuple, np.round(shapely.get_coordinates(shape), 6)))


@given(
    st.lists(
        st.tuples(st.integers(3500, 6500), st.integers(3500, 6500)),
        min_size=2,
        max_size=7,
        unique=True,
    ),
    st.sampled_from([50.0, 100.0]),  # so large that some vertex is within reach
)
def test_the_outline_stays_vertex_for_vertex(
    seats: list[tuple[int, int]], tolerance: float
) -> None:
    points = np.asarray(shapely.points(seats))
    assume(shapely.STRtree(points).query(points, "dwithin", distance=400.0).shape[1] == len(seats))
    try:
        parts = subdivide(OUTLINE, cells(seats), tolerance, points)
    except ValueError:
        reject()  # where the outline bends away; all is drawn as one coverage then
    assert shapely.coverage_is_valid(parts)
    assert not shapely.is_empty(parts).any()
    whole = shapely.coverage_union_all(parts)
    assert vertices(whole) == vertices(OUTLINE)
    assert whole.area == pytest.approx(OUTLINE.area)
    assert shapely.area(parts).sum() == pytest.approx(OUTLINE.area)
    for part, cell in zip(parts, cells(seats), strict=True):  # no line is led further than an edge
        far = LONGEST + 2 * tolerance
        assert shapely.difference(part, shapely.buffer(cell, far)).is_empty
        assert shapely.difference(cell, shapely.buffer(part, far)).is_empty


def test_a_line_with_no_vertex_within_reach_is_refused() -> None:
    with pytest.raises(ValueError, match="finds no way to a vertex"):
        subdivide(SPARSE, cells([(3500, 3500), (3500, 3901)]), 0.0)


def test_one_part_is_the_whole() -> None:
    (part,) = subdivide(OUTLINE, np.array([EXACT]), 50.0)
    assert part.equals_exact(OUTLINE, 0.0)


def test_a_fragment_without_a_point_goes_to_the_part_around_it() -> None:
    whole = shapely.segmentize(shapely.box(0, 0, 3000, 1000), 500)
    fragment = shapely.box(2000, 400, 2100, 500)
    left = shapely.union(shapely.box(0, 0, 1000, 1000), fragment)
    right = shapely.difference(shapely.box(1000, 0, 3000, 1000), fragment)
    seats = np.asarray(shapely.points([(500, 500), (1500, 500)]))
    parts = np.array([left, right])
    assert [part.geom_type for part in subdivide(whole, parts, 0.0, seats)] == ["Polygon"] * 2
    with_seat = np.asarray([*seats, shapely.Point(2050, 450)])
    assert subdivide(whole, parts, 0.0, with_seat)[0].geom_type == "MultiPolygon"


def test_a_part_without_land_is_refused() -> None:
    whole = shapely.box(0, 0, 1000, 1000)
    parts = np.array([shapely.box(0, 0, 1000, 1000), shapely.box(1000, 400, 1005, 405)])
    with pytest.raises(ValueError, match="no land left"):
        subdivide(whole, parts, 0.0)
