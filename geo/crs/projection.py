"""Coordinate systems: where metres are needed, and which degrees are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyproj import CRS

if TYPE_CHECKING:
    import geopandas as gpd

WGS84 = CRS.from_epsg(4326)
"""The only CRS that boundary files are written in (RFC 7946, section 4)."""

DECIMALS = 5
"""Decimals of a degree in every file: 0.00001° is at most 1.1 m."""

GRID = 10.0**-DECIMALS


def local_equal_area(frame: gpd.GeoDataFrame) -> CRS:
    """Give an equal-area CRS in metres for the extent of a frame.

    Lambert's azimuthal equal-area projection (EPSG method 9820) on WGS-84, centred on
    the extent's middle to a tenth of a degree, so that the same data give the same CRS.
    Areas are true everywhere; 100 km from the centre, lengths are off by less than
    0.02 %.

    Parameters
    ----------
    frame
        Any frame with a CRS and at least one geometry that is not empty.
    """
    west, south, east, north = frame.to_crs(WGS84).total_bounds
    lon, lat = round((west + east) / 2, 1), round((south + north) / 2, 1)
    return CRS.from_proj4(f"+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m +no_defs")
