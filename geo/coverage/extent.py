"""Whether coordinates can be of the CRS that a file is said to be in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Transformer

from faults import Fault
from geo.crs.projection import WGS84

if TYPE_CHECKING:
    import geopandas as gpd
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

LON_MAX, LAT_MAX = 180.0, 90.0

ANTIMERIDIAN = "run `story-atlas build`, which splits it at 180° (RFC 7946, section 3.1.9)"

OUT_OF_AREA = 3.0
"""Degrees by which data may lie outside the area that their CRS is made for."""


def labels(frame: gpd.GeoDataFrame) -> list[str]:
    """Name each row as a message should: its code, else its place in the file."""
    codes = frame["code"] if "code" in frame else [None] * len(frame)
    return [
        f"feature {code}" if isinstance(code, str) and code else f"feature no. {place}"
        for place, code in enumerate(codes, start=1)
    ]


def check_extent(frame: gpd.GeoDataFrame) -> list[Fault]:
    """Find coordinates that cannot be of the CRS that the frame is said to be in.

    Parameters
    ----------
    frame
        Features in any CRS. Degrees must be a longitude and a latitude, and no polygon
        may go across the antimeridian, though a feature may have one on each side; metres
        must lie in the CRS's area of use, give or take `OUT_OF_AREA`.
    """
    if frame.crs is None:
        mend = "say which: --crs EPSG:4326 for degrees, EPSG:4549 and the like for metres"
        return [Fault("no CRS", mend)]
    faults = []
    all_bounds = frame.geometry.bounds.to_numpy()
    for label, shape, bounds in zip(labels(frame), frame.geometry, all_bounds, strict=True):
        if not np.isfinite(bounds).all():
            continue  # said by check_geometry
        west, south, east, north = bounds
        if frame.crs.is_geographic:
            problem = _degrees_problem(west, south, east, north)
            if problem is None and is_too_wide(shape):
                problem = "crosses the antimeridian", ANTIMERIDIAN
        else:
            problem = _metres_problem(west, south, east, north, frame.crs)
        if problem:
            faults.append(Fault(*problem, feature=label))
    return faults


def is_too_wide(shape: BaseGeometry) -> bool:
    """Tell a shape one of whose parts spans more than half the earth."""
    west, _, east, _ = shape.bounds
    if not east - west > LON_MAX:
        return False
    bounds = shapely.bounds(shapely.get_parts(shape))
    return bool((bounds[:, 2] - bounds[:, 0] > LON_MAX).any())


def goes_across(shape: BaseGeometry) -> bool:
    """Tell a shape that goes across 180°, by a jump or with longitudes beyond."""
    _, south, east, north = shape.bounds
    beyond = LON_MAX < east <= 2 * LON_MAX and max(abs(south), abs(north)) <= LAT_MAX
    return bool(beyond or is_too_wide(shape))


def _degrees_problem(
    west: float, south: float, east: float, north: float
) -> tuple[str, str] | None:
    """Say why an extent is not one in degrees, and the mend."""
    lon, lat = max(abs(west), abs(east)), max(abs(south), abs(north))
    if lon <= LON_MAX and lat <= LAT_MAX:
        return None
    where = f"({west:.2f}, {south:.2f}) is not a longitude and latitude"
    if lat <= LON_MAX and lon <= LAT_MAX:
        return f"{where}: the axes are swapped", "write longitude first"
    if lat <= LAT_MAX and lon <= 2 * LON_MAX:
        return f"{where}: it crosses the antimeridian", ANTIMERIDIAN
    return f"{where}: these are metres or pixels", "name the CRS with --crs, such as EPSG:4549"


@lru_cache(maxsize=4)
def _to_degrees(crs: CRS) -> Transformer:
    """Make what takes longest once: the way from a CRS to degrees."""
    return Transformer.from_crs(crs, WGS84, always_xy=True)


def _metres_problem(
    west: float, south: float, east: float, north: float, crs: CRS
) -> tuple[str, str] | None:
    """Say why an extent is not one in metres of a CRS, and the mend."""
    mend = "name the CRS that the file is in with --crs"
    if max(abs(west), abs(east)) <= LON_MAX and max(abs(south), abs(north)) <= LAT_MAX:
        return f"({west:.2f}, {south:.2f}) are degrees, but its CRS is in metres", mend
    lon, lat = _to_degrees(crs).transform((west + east) / 2, (south + north) / 2)
    area = crs.area_of_use
    inside = area is None or (
        _is_between(lon, area.west, area.east)
        and area.south - OUT_OF_AREA <= lat <= area.north + OUT_OF_AREA
    )
    if not (np.isfinite([lon, lat]).all() and inside):
        return f"({west:.0f}, {south:.0f}) lies outside the area of {crs.name}", mend
    return None


def _is_between(lon: float, west: float, east: float) -> bool:
    """Tell whether a longitude lies in an area, which may go across the antimeridian."""
    if east < west:
        east += 2 * LON_MAX
        lon = lon if lon >= west - OUT_OF_AREA else lon + 2 * LON_MAX
    return west - OUT_OF_AREA <= lon <= east + OUT_OF_AREA
