"""Extents that a map is to look at, against the divisions that it draws."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.coverage.extents import outside
from tests.geo.coverage.test_inset import frame as isles

BOX = (119.9, 30.4, 120.3, 30.7)
PARTS = st.floats(0.05, 0.45)


def frame(*boxes: tuple[float, float, float, float]) -> gpd.GeoDataFrame:
    shapes = [shapely.box(*box) for box in boxes]
    slugs = [str(n) for n in range(len(boxes))]
    return gpd.GeoDataFrame({"slug": slugs}, geometry=shapes, crs="EPSG:4326")


COUNTY = frame(BOX)


@given(PARTS, PARTS, PARTS, PARTS)
def test_an_extent_within_the_divisions_is_none(a: float, b: float, c: float, d: float) -> None:
    west, south, east, north = BOX
    wide, high = east - west, north - south
    within = (west + a * wide, south + b * high, east - c * wide, north - d * high)
    assert outside([within], COUNTY) == [None]


@pytest.mark.parametrize(
    ("extent", "verdict"),
    [
        ((119.8, 30.3, 120.4, 30.8), None),  # a margin all around
        ((118.0, 30.4, 118.4, 30.7), "nowhere"),
        ((120.25, 30.4, 121.2, 30.7), "mostly"),
        ((30.4, 19.9, 30.7, 20.3), "nowhere"),
    ],
)
def test_what_lies_outside(extent: tuple[float, float, float, float], verdict: str | None) -> None:
    assert outside([extent], COUNTY) == [verdict]


def test_exchanged_degrees_are_told() -> None:
    ghana = frame((-2.3, 4.8, -2.1, 5.0))
    assert outside([(4.85, -2.25, 4.95, -2.15)], ghana) == ["swapped"]


def test_across_the_antimeridian() -> None:
    fiji = frame((177.2, -17.4, 180, -16.1), (-180, -17.4, -179, -16.1))
    extents = [(179.5, -17, 180.2, -16.4), (-179.8, -17, -179.2, -16.4), (10, -17, 11, -16)]
    assert outside(extents, fiji) == [None, None, "nowhere"]


def test_what_is_drawn_in_an_inset_is_not_where_it_lies() -> None:
    where = isles().set_index("slug").geometry["isle"].bounds
    assert outside([where], isles()) == ["inset"]
