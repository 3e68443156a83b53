"""GCJ-02 and BD-09: the shifted degrees of Chinese web maps, and the way back.

GCJ-02 (Amap, Tencent, Google in China) moves WGS-84 by some hundred metres; BD-09 (Baidu) moves
GCJ-02 further. Neither was ever published by its maker. The formulas here are those that
are known from the source texts `eviltransform` (github.com/googollee/eviltransform) and
`PRCoords` (github.com/Artoria2e5/PRCoords), with which they agree to 1e-6 degrees. The
inverse is found by iteration and is good to a millimetre.

Why no library: on a 0.5-degree grid over China the round trip of `eviltransform` is off by up to
1.03 m; that of `prcoords` by 5 mm, but it was last released in 2019 and takes point by point;
`pybind11-coordtransform` is exact for GCJ-02, but compiled, and knows BD-09 point by point only.

All functions take and give degrees as (lon, lat) rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

Degrees: TypeAlias = NDArray[np.float64]
"""Shape (n, 2): longitude and latitude in degrees."""

AXIS = 6378245.0
"""Metres: semi-major axis of the Krassovsky 1940 ellipsoid."""

ECCENTRICITY_SQUARED = 0.00669342162296594323

CHINA = (72.004, 0.8293, 137.8347, 55.8271)
"""West, south, east, north in degrees: outside, GCJ-02 is WGS-84."""

MAINLAND = (
    (79.45, 42.89, 96.33, 49.22),
    (109.69, 39.37, 135.0, 54.14),
    (73.12, 29.53, 124.14, 42.89),
    (82.97, 26.72, 97.04, 29.53),
    (97.03, 20.41, 124.37, 29.53),
    (107.98, 17.87, 111.74, 20.41),
)
BEYOND = (
    (119.92, 21.79, 122.5, 25.4),
    (101.87, 20.1, 106.67, 22.28),
    (106.45, 20.49, 108.05, 21.54),
    (109.03, 50.33, 119.13, 55.82),
    (127.46, 49.56, 137.02, 55.82),
    (131.27, 42.57, 137.02, 44.89),
)
"""Rectangles that cover China's mainland roughly, and those to be taken out of them again."""

ITERATIONS = 10
"""Each shrinks the error a hundredfold or more; four would do."""


def gcj02_from_wgs84(wgs84: Degrees) -> Degrees:
    """Shift WGS-84 degrees to GCJ-02, inside `CHINA` only."""
    return np.where(_in_china(wgs84), wgs84 + _shift(wgs84), wgs84)


def wgs84_from_gcj02(gcj02: Degrees) -> Degrees:
    """Undo `gcj02_from_wgs84`, to a millimetre; along the very edge of `CHINA` it cannot."""
    return np.where(_in_china(gcj02), _invert(lambda xy: xy + _shift(xy), gcj02), gcj02)


def bd09_from_gcj02(gcj02: Degrees) -> Degrees:
    """Shift GCJ-02 degrees to BD-09."""
    lon, lat = gcj02.T
    turns = np.pi * 3000.0 / 180.0
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * turns)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * turns)
    return np.column_stack([radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006])


def wgs84_from_bd09(bd09: Degrees) -> Degrees:
    """Undo `bd09_from_gcj02` and `gcj02_from_wgs84`, to a millimetre."""
    return wgs84_from_gcj02(_invert(bd09_from_gcj02, bd09))


def in_mainland(lon: float, lat: float) -> bool:
    """Tell whether a place is in China's mainland, where web maps are shifted; roughly."""

    def within(boxes: tuple[tuple[float, float, float, float], ...]) -> bool:
        return any(w <= lon <= e and s <= lat <= n for w, s, e, n in boxes)

    return within(MAINLAND) and not within(BEYOND)


UNDO: dict[str, Callable[[Degrees], Degrees]] = {
    "gcj02": wgs84_from_gcj02,
    "bd09": wgs84_from_bd09,
}
"""The way back to WGS-84, by the name that the command line uses."""


def _in_china(degrees: Degrees) -> NDArray[np.bool_]:
    west, south, east, north = CHINA
    lon, lat = degrees.T
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return np.asarray(inside)[:, None]


def _shift(degrees: Degrees) -> Degrees:
    """Give the shift from WGS-84 to GCJ-02 in degrees."""
    lon, lat = degrees.T
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    wave = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (wave + _waves(y, (20.0, 1.0), (40.0, 3.0), (160.0, 12.0), (320.0, 30.0))) * 2 / 3
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (wave + _waves(x, (20.0, 1.0), (40.0, 3.0), (150.0, 12.0), (300.0, 30.0))) * 2 / 3
    radians = np.radians(lat)
    flattening = 1.0 - ECCENTRICITY_SQUARED * np.sin(radians) ** 2
    meridian = AXIS * (1.0 - ECCENTRICITY_SQUARED) / flattening**1.5
    parallel = AXIS / np.sqrt(flattening) * np.cos(radians)
    return np.column_stack([np.degrees(east / parallel), np.degrees(north / meridian)])


def _waves(value: NDArray[np.float64], *terms: tuple[float, float]) -> NDArray[np.float64]:
    """Sum sines: amplitude, and the length over which half a turn is made."""
    return np.asarray(
        np.sum([size * np.sin(value / length * np.pi) for size, length in terms], axis=0)
    )


def _invert(forward: Callable[[Degrees], Degrees], target: Degrees) -> Degrees:
    """Find what a small shift moves to the target, by fixed-point iteration."""
    found = target
    for _ in range(ITERATIONS):
        found = found + (target - forward(found))
    return found
