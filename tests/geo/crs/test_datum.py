"""GCJ-02 and BD-09, against published pairs and on a grid over China."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest

from geo.crs.datum import (
    bd09_from_gcj02,
    gcj02_from_wgs84,
    wgs84_from_bd09,
    wgs84_from_gcj02,
)

# Pairs (lat, lon) in WGS-84 and GCJ-02 that the tests of `eviltransform` carry.
PAIRS = [
    (31.1774276, 121.5272106, 31.17530398364597, 121.531541859215),
    (22.543847, 113.912316, 22.540796131694766, 113.9171764808363),
    (39.911954, 116.377817, 39.91334545536069, 116.38404722455657),
]


def grid() -> np.ndarray:
    lon, lat = np.meshgrid(np.arange(73.5, 135.1, 0.2), np.arange(3.5, 53.6, 0.2))
    return np.column_stack([lon.ravel(), lat.ravel()])


def metres(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.asarray(pyproj.Geod(ellps="WGS84").inv(*first.T, *second.T)[2])


@pytest.mark.parametrize(("lat", "lon", "shifted_lat", "shifted_lon"), PAIRS)
def test_the_shift_is_the_known_one(
    lat: float, lon: float, shifted_lat: float, shifted_lon: float
) -> None:
    shifted = gcj02_from_wgs84(np.array([[lon, lat]]))
    assert shifted == pytest.approx(np.array([[shifted_lon, shifted_lat]]), abs=1e-9)


def test_bd09_agrees_with_the_published_way_back_to_a_metre() -> None:
    # The closed form that is in use (bd2gcj) is not exact, but never far off.
    bd09 = bd09_from_gcj02(gcj02_from_wgs84(grid()))
    x, y = (bd09 - (0.0065, 0.006)).T
    turns = np.pi * 3000 / 180
    radius = np.hypot(x, y) - 0.00002 * np.sin(y * turns)
    angle = np.arctan2(y, x) - 0.000003 * np.cos(x * turns)
    closed = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    assert metres(wgs84_from_gcj02(closed), wgs84_from_bd09(bd09)).max() < 1


def test_gcj02_is_undone_to_a_metre_everywhere_in_china() -> None:
    points = grid()
    back = wgs84_from_gcj02(gcj02_from_wgs84(points))
    assert metres(points, back).max() < 0.001


def test_bd09_is_undone_to_a_metre_everywhere_in_china() -> None:
    points = grid()
    back = wgs84_from_bd09(bd09_from_gcj02(gcj02_from_wgs84(points)))
    assert metres(points, back).max() < 0.001


def test_the_shift_is_of_some_hundred_metres_in_deqing() -> None:
    deqing = np.array([[120.0, 30.55]])
    assert 400 < metres(deqing, gcj02_from_wgs84(deqing))[0] < 600


def test_places_abroad_are_left_alone() -> None:
    paris = np.array([[2.35, 48.86]])
    assert (gcj02_from_wgs84(paris) == paris).all()
    assert (wgs84_from_gcj02(paris) == paris).all()
