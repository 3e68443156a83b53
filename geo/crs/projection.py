"""Coordinate systems: where metres are needed, and which degrees are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

WGS84 = CRS.from_epsg(4326)
"""The only CRS that boundary files are written in (RFC 7946, section 4)."""

DECIMALS = 5
"""Decimals of a degree in every file: 0.00001° is at most 1.1 m."""

GRID = 10.0**-DECIMALS


HALF_TURN, TURN = 180.0, 360.0


def local_equal_area(frame: gpd.GeoDataFrame) -> CRS:
    """Give an equal-area CRS in metres for the extent of a frame.

    Lambert's azimuthal equal-area projection (EPSG method 9820) on WGS-84, centred on
    the extent's middle to a tenth of a degree, so that the same data give the same CRS.
    Areas are true everywhere; 100 km from the centre, lengths are off by less than
    0.02 %.

    Parameters
    ----------
    frame
        Any frame with a CRS and at least one geometry that is not empty. Where it lies on
        both sides of the antimeridian, the middle is there and not on the other side of
        the earth.
    """
    west, south, east, north = continuous(frame).total_bounds
    lon, lat = round((west + east) / 2, 1), round((south + north) / 2, 1)
    if lon > HALF_TURN:
        lon = round(lon - TURN, 1)
    return CRS.from_proj4(f"+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m +no_defs")


def to_metres(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Re-project a frame to its `local_equal_area`; what is cut at 180° is whole there."""
    degrees = continuous(frame)
    is_cut = degrees.total_bounds[2] > HALF_TURN
    return (degrees if is_cut else frame).to_crs(local_equal_area(degrees))


def continuous(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give a frame in degrees whose longitudes go on beyond 180° where it lies around there.

    Parameters
    ----------
    frame
        Any frame with a CRS.

    Returns
    -------
    geopandas.GeoDataFrame
        In EPSG:4326. Where a frame is more than 180° wide, and is not once 360° are added
        to its negative longitudes, it has these, and polygons that were cut at 180° as
        RFC 7946, section 3.1.9 asks are whole again; else the frame as it is.
    """
    degrees = frame.to_crs(WGS84)
    west, _, east, _ = degrees.total_bounds
    if not east - west > HALF_TURN:
        return degrees
    shapes = degrees.geometry.to_numpy()
    moved = shapely.transform(shapes, eastward)
    bounds = shapely.bounds(moved)
    if np.nanmax(bounds[:, 2]) - np.nanmin(bounds[:, 0]) > HALF_TURN:
        return degrees
    cut = np.flatnonzero((bounds[:, 0] < HALF_TURN) & (bounds[:, 2] > HALF_TURN))
    for place in cut:
        parts = shapely.get_parts(moved[place])
        if shapely.is_valid(parts).all():
            moved[place] = shapely.union_all(parts)
    return degrees.set_geometry(gpd.GeoSeries(moved, index=frame.index, crs=WGS84))


def eastward(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add 360° to negative longitudes."""
    return np.column_stack([np.where(xy[:, 0] < 0, xy[:, 0] + TURN, xy[:, 0]), xy[:, 1:]])


def cut_at_antimeridian(shape: BaseGeometry) -> BaseGeometry:
    """Cut a shape whose longitudes go on beyond 180° there, as RFC 7946, section 3.1.9 asks.

    Parameters
    ----------
    shape
        A valid polygon or multipolygon in degrees.
    """
    if not shape.bounds[2] > HALF_TURN:
        return shape
    halves = (shapely.box(-HALF_TURN, -90, HALF_TURN, 90), shapely.box(HALF_TURN, -90, TURN, 90))
    near, far = (shapely.intersection(shape, half) for half in halves)
    far = shapely.transform(far, lambda xy: xy - [TURN, 0])
    parts = shapely.get_parts([near, far])
    polygons = parts[(shapely.get_dimensions(parts) == 2) & (shapely.area(parts) > 0)]  # noqa: PLR2004
    return shapely.MultiPolygon(polygons.tolist()) if len(polygons) > 1 else polygons[0]
