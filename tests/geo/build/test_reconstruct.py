"""Reconstruction on small cases that can be checked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.build.reconstruct import blind_test, reconstruct
from geo.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

CRS = "EPSG:32650"
EAST, NORTH = 500_000, 3_380_000


def place(frame: Mapping[str, shapely.Geometry]) -> gpd.GeoDataFrame:
    shapes = gpd.GeoSeries(frame, crs=CRS).translate(EAST, NORTH)
    return gpd.GeoDataFrame(geometry=shapes, crs=CRS)


OLD = place({"west": shapely.box(0, 0, 1000, 1000), "east": shapely.box(1000, 0, 2000, 1000)})
POINTS = place(
    {
        "a": shapely.Point(250, 500),
        "b": shapely.Point(750, 500),
        "c": shapely.Point(1250, 500),
        "d": shapely.Point(1750, 500),
    }
)


def test_whole_old_polygons_keep_their_line() -> None:
    new, report = reconstruct(OLD, POINTS, {"a": "W", "b": "W", "c": "E", "d": "E"})
    assert report.area_km2 == {"E": 1.0, "W": 1.0}
    assert report.old_line_km == report.outline_km
    west = OLD.to_crs(new.crs).geometry["west"]
    assert new.geometry["W"].symmetric_difference(west).area < 1


def test_land_goes_to_the_nearest_point_inside_its_old_polygon() -> None:
    new, report = reconstruct(OLD, POINTS, {"a": "1", "b": "2", "c": "2", "d": "3"})
    assert report.area_km2 == {"1": 0.5, "2": 1.0, "3": 0.5}
    assert shapely.coverage_is_valid(new.geometry.to_numpy())
    assert report.old_line_km["1"] == pytest.approx(2.0, abs=0.02)


def test_a_village_that_moves_takes_its_cell_with_it() -> None:
    _, report = reconstruct(OLD, POINTS, {"a": "W", "b": "E", "c": "E", "d": "E"})
    assert report.area_km2 == {"E": 1.5, "W": 0.5}


def test_what_shapes_nothing_is_reported() -> None:
    points = place({"a": shapely.Point(500, 500), "far": shapely.Point(9000, 500)})
    _, report = reconstruct(OLD, points, {"a": "W", "far": "E", "unseen": "E"})
    assert report.outside == ("far",)
    assert report.without_point == ("unseen",)
    assert report.empty_old == ("east",)
    assert report.area_km2 == {"W": 2.0}


def test_a_point_of_no_division_is_refused() -> None:
    with pytest.raises(RequestError, match="points of no division: d"):
        reconstruct(OLD, POINTS, {"a": "W", "b": "W", "c": "E"})


def test_points_elsewhere_are_refused() -> None:
    points = place({"a": shapely.Point(90_000, 0)})
    with pytest.raises(RequestError, match="no point lies in any old polygon"):
        reconstruct(OLD, points, {"a": "W"})


def test_two_divisions_in_one_place_are_refused() -> None:
    points = place({"a": shapely.Point(250, 500), "b": shapely.Point(250, 500)})
    with pytest.raises(RequestError, match="a and b lie in one place"):
        reconstruct(OLD, points, {"a": "W", "b": "E"})


def test_two_villages_of_one_division_may_share_a_place() -> None:
    points = place({n: shapely.Point(250, 500) for n in "ab"} | {"c": shapely.Point(1500, 500)})
    _, report = reconstruct(OLD, points, {"a": "W", "b": "W", "c": "E"})
    assert report.area_km2 == {"E": 1.0, "W": 1.0}
    assert report.outside == ()


def test_the_blind_test_is_perfect_where_the_rule_is_true() -> None:
    assert blind_test(OLD, POINTS).round(3).to_dict() == {"west": 1.0, "east": 1.0}


def test_the_blind_test_gives_nothing_to_a_polygon_without_a_point() -> None:
    points = POINTS.loc[["a", "b"]]
    assert blind_test(OLD, points).round(3).to_dict() == {"west": 0.5, "east": 0.0}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 1999), st.integers(1, 999), st.sampled_from("XYZ")),
        min_size=1,
        max_size=25,
        unique_by=lambda row: row[:2],
    )
)
def test_any_reconstruction_is_a_coverage_of_the_same_land(
    rows: list[tuple[int, int, str]],
) -> None:
    points = place({f"v{i}": shapely.Point(x, y) for i, (x, y, _) in enumerate(rows)})
    new, report = reconstruct(OLD, points, {f"v{i}": d for i, (_, _, d) in enumerate(rows)})
    assert shapely.coverage_is_valid(new.geometry.to_numpy())
    assert sum(report.area_km2.values()) == pytest.approx(2.0, abs=0.02)
    assert set(new.index) == {d for _, _, d in rows}
