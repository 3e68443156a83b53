"""The pieces that the divisions of several dates are made of, on the lines of today's.

Cells of village points (`geo.build.reconstruct`) are joined where they went the same way through
all dates. Today's divisions are drawn as they are without any dates, and each is divided into its
pieces within the outline that it has then, so that a line that stayed is the same on every date,
vertex for vertex. Where an earlier line meets today's far from any vertex that these are drawn
with, as along a straight outline, all pieces are drawn anew as one coverage: today's lines then
have a vertex there too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.build.reconstruct import reconstruct
from geo.coverage.operations import simplify, to_grid
from geo.coverage.subdivide import subdivide
from geo.crs.projection import to_metres
from geo.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Hashable


def pieces(
    old: gpd.GeoDataFrame,
    points: gpd.GeoDataFrame,
    ways: pd.DataFrame,
    today: gpd.GeoDataFrame,
    tolerance: float,
) -> gpd.GeoDataFrame:
    """Divide today's divisions into what went the same way through all dates.

    Parameters
    ----------
    old, points
        As for `geo.build.reconstruct.reconstruct`.
    ways
        Code of the division of each village, a column for each date; the last is today's.
    today
        Today's divisions in EPSG:4326, as they are written.
    tolerance
        Simplification in metres with which they were drawn.

    Returns
    -------
    geopandas.GeoDataFrame
        In EPSG:4326 on the written grid, one coverage: the columns of `ways`. Joined by the last
        they are today's divisions, vertex for vertex, unless these had to be drawn anew.
    """
    way = ways.agg(tuple, axis="columns")
    keys = {each: f"{number:06}" for number, each in enumerate(sorted(set(way)))}
    exact, _ = reconstruct(old, points, way.map(keys))
    table = ways.assign(key=way.map(keys)).drop_duplicates("key").set_index("key").loc[exact.index]
    found = gpd.GeoDataFrame(table, geometry=exact.geometry, crs=exact.crs)
    try:
        made = to_grid(_fitted(found, points, today, tolerance))
    except (ValueError, shapely.GEOSException):
        made = None
    if made is None or not is_whole(made, today):
        made = to_grid(simplify(found, tolerance))
    return made


def _fitted(
    found: gpd.GeoDataFrame, points: gpd.GeoDataFrame, today: gpd.GeoDataFrame, tolerance: float
) -> gpd.GeoDataFrame:
    """Fit pieces into today's outlines."""
    outlines = to_metres(today).set_index("code").geometry
    seats = points.geometry.to_crs(outlines.crs).to_numpy()
    shapes = found.geometry.to_crs(outlines.crs)
    fitted = shapes.copy()
    for code, own in found.groupby(found.columns[-2]):
        parts = subdivide(outlines[code], shapes[own.index].to_numpy(), tolerance, seats)
        fitted[own.index] = gpd.GeoSeries(parts, index=own.index, crs=shapes.crs)
    return found.set_geometry(fitted)


def is_whole(made: gpd.GeoDataFrame, today: gpd.GeoDataFrame) -> bool:
    """Tell whether pieces make up today's divisions, vertex for vertex.

    Parameters
    ----------
    made
        As `pieces` gives them.
    today
        The divisions, in any order.
    """
    if not shapely.coverage_is_valid(made.geometry.to_numpy()):
        return False
    whole = joined(made, made.columns[-2]).geometry
    shapes = today.set_index("code").geometry
    return all(same(whole[code], shape) for code, shape in shapes.items())


def joined(made: gpd.GeoDataFrame, column: Hashable) -> gpd.GeoDataFrame:
    """Join pieces by their division on one date; gives the divisions by code, sorted."""
    whole = made[[column, "geometry"]].dissolve(column, method="coverage").sort_index()
    shapes = shapely.orient_polygons(whole.geometry.to_numpy(), exterior_cw=False)
    return whole.set_geometry(gpd.GeoSeries(shapes, index=whole.index, crs=made.crs))


def same(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    """Tell whether two shapes have the same rings, wherever these begin."""
    return bool(shapely.equals_exact(shapely.normalize(one), shapely.normalize(other), 0.0))


def with_neighbours(ways: pd.DataFrame, points: gpd.GeoDataFrame) -> pd.DataFrame:
    """Give villages of no known division that of the nearest village that has one.

    Parameters
    ----------
    ways
        As for `pieces`, with gaps.
    points
        Of the villages that have one, in any CRS, indexed by code.

    Returns
    -------
    pandas.DataFrame
        The rows of the villages with a point.

    Raises
    ------
    RequestError
        When no village with a point has a division on some date.
    """
    known = pd.DataFrame(ways.loc[points.index])
    metric = to_metres(points).geometry
    for day in known:
        has_one = known[day].notna()
        if not has_one.any():
            raise RequestError(f"no village with a point has a division on {day}")
        near = metric[has_one]
        for village in known.index[~has_one]:
            nearest = near.index[int(np.argmin(near.distance(metric[village])))]
            known.loc[[village], day] = known[day][nearest]
    return known
