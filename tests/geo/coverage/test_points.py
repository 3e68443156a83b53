"""Points against the divisions that they are said to lie in, measured on real ground."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.coverage.inset import drawn
from geo.coverage.points import Point, as_drawn, strays, wgs84
from geo.crs.datum import bd09_from_gcj02, gcj02_from_wgs84

WEST, SOUTH, EAST, NORTH = 120.0, 30.5, 120.1, 30.6
EARTH = Geod(ellps="WGS84")


def frame(**boxes: tuple[float, float, float, float]) -> gpd.GeoDataFrame:
    shapes = [shapely.box(*box) for box in boxes.values()]
    return gpd.GeoDataFrame({"slug": list(boxes)}, geometry=shapes, crs="EPSG:4326")


TWO = frame(west=(WEST, SOUTH, EAST, NORTH), east=(EAST, SOUTH, 120.2, NORTH))


@given(st.floats(WEST, EAST), st.floats(SOUTH, NORTH))
def test_a_point_in_its_division_is_none(lon: float, lat: float) -> None:
    assert strays([Point("west", lon, lat)], TWO) == [None]


@pytest.mark.parametrize("metres", [2, 50, 3_000])
def test_how_far_a_point_lies_outside_is_measured_on_the_ground(metres: float) -> None:
    lon, lat, _ = EARTH.fwd(WEST, 30.55, 270, metres)
    [stray] = strays([Point("west", lon, lat)], TWO)
    assert stray
    assert stray.metres == pytest.approx(metres, rel=0.002)
    assert (stray.lies_in, stray.remedy) == (None, None)
    assert strays([Point("west", lon, lat, within_m=metres)], TWO) == [None]


def test_a_point_in_the_neighbouring_division_is_told_of_it() -> None:
    [stray] = strays([Point("west", 120.15, 30.55)], TWO)
    assert stray
    assert stray.lies_in == "east"


def test_swapped_degrees_are_told() -> None:
    ghana = frame(axim=(-2.3, 4.8, -2.1, 5.0))
    [stray] = strays([Point("axim", 4.9, -2.2)], ghana)
    assert stray
    assert stray.remedy == "swapped"


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_a_shifted_datum_is_told_only_where_it_puts_the_point_outside(datum: str) -> None:
    def shifted(lon: float, lat: float) -> Point:
        moved = gcj02_from_wgs84(np.array([[lon, lat]]))
        moved = bd09_from_gcj02(moved) if datum == "bd09" else moved
        return Point("west", float(moved[0][0]), float(moved[0][1]))

    [edge, middle] = strays([shifted(EAST - 1e-4, 30.55), shifted(120.04, 30.55)], TWO)
    assert edge
    assert edge.remedy == datum
    assert middle is None


def test_a_said_datum_is_undone() -> None:
    lon, lat = map(float, gcj02_from_wgs84(np.array([[120.05, 30.55]]))[0])
    assert wgs84(Point("west", lon, lat, datum="gcj02")) == pytest.approx((120.05, 30.55), abs=2e-7)


def test_a_datum_said_in_vain_is_told() -> None:
    [stray] = strays([Point("east", EAST + 1e-4, 30.55, datum="gcj02")], TWO)
    assert stray
    assert stray.remedy == "wgs84"


def test_elsewhere_no_shifted_datum_is_suspected() -> None:
    paris = frame(paris=(2.3, 48.8, 2.4, 48.9))
    [stray] = strays([Point("paris", 2.4001, 48.85)], paris)
    assert stray
    assert stray.remedy is None


def test_points_around_the_antimeridian_are_in_their_division() -> None:
    fiji = gpd.GeoDataFrame(
        {"slug": ["taveuni"]},
        geometry=[shapely.MultiPolygon([shapely.box(179.9, -17, 180, -16.8),
                                        shapely.box(-180, -17, -179.8, -16.8)])],
        crs="EPSG:4326",
    )  # fmt: skip
    near, far = Point("taveuni", 179.95, -16.9), Point("taveuni", -179.9, -16.9)
    assert strays([near, far], fiji) == [None, None]
    assert [round(each.lon, 5) for each in as_drawn([near, far], fiji)] == [179.95, 180.1]


def test_a_point_moves_with_its_division_into_an_inset() -> None:
    two = frame(main=(WEST, SOUTH, EAST, NORTH), far=(125.0, 20.0, 125.5, 20.5))
    two["inset"] = [None, "far"]
    [main, corner] = as_drawn(
        [Point("main", 120.05, 30.55), Point("far", 125.0, 20.0, within_m=1000.0)], two
    )
    assert (main.lon, main.lat) == (120.05, 30.55)
    west, south, east, _ = drawn(two).divisions.geometry.iloc[1].bounds
    assert (corner.lon, corner.lat) == pytest.approx((west, south), abs=1e-5)
    wide = EARTH.inv(west, south, east, south)[2] / EARTH.inv(125.0, 20.0, 125.5, 20.0)[2]
    assert corner.within_m == pytest.approx(1000 * wide, rel=0.01)


def test_a_point_of_no_division_is_passed_over() -> None:
    assert strays([Point("nowhere", 0, 0)], TWO) == [None]
    assert strays([], TWO) == []
