"""The pieces that the divisions of several dates are made of, on the lines of today's.

Cells of village points (`geo.build.reconstruct`) are joined where they went the same way through
all dates. Today's divisions are drawn as they are without any dates, and each is divided into its
pieces within the outline that it has then, so that a line that stayed is the same on every date,
vertex for vertex.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.build.reconstruct import reconstruct
from geo.coverage.operations import to_grid
from geo.coverage.subdivide import subdivide
from geo.crs.projection import to_metres
from geo.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Hashable

    from numpy.typing import NDArray


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
        In EPSG:4326 on the written grid, one coverage: the columns of `ways`.

    Raises
    ------
    RequestError
        When today's lines leave no room for a piece.
    """
    way = ways.agg(tuple, axis="columns")
    keys = {each: f"{number:06}" for number, each in enumerate(sorted(set(way)))}
    exact, _ = reconstruct(old, points, way.map(keys))
    table = ways.assign(key=way.map(keys)).drop_duplicates("key").set_index("key").loc[exact.index]
    outlines = to_metres(today).set_index("code").geometry
    shapes = exact.geometry.to_crs(outlines.crs)
    seats = points.geometry.to_crs(outlines.crs).to_numpy()
    fitted = shapes.copy()
    for code, own in table.groupby(ways.columns[-1]):
        fitted[own.index] = _divided(str(code), outlines[code], shapes[own.index], tolerance, seats)
    made = to_grid(gpd.GeoDataFrame(table, geometry=fitted, crs=outlines.crs))
    _check(made, ways.columns[-1], today)
    return made


def _divided(
    code: str,
    outline: shapely.Geometry,
    parts: gpd.GeoSeries,
    tolerance: float,
    seats: NDArray[np.object_],
) -> gpd.GeoSeries:
    try:
        fitted = subdivide(outline, parts.to_numpy(), tolerance, seats)
    except (ValueError, shapely.GEOSException) as error:
        raise _no_room(code) from error
    return gpd.GeoSeries(fitted, index=parts.index, crs=parts.crs)


def _check(made: gpd.GeoDataFrame, column: Hashable, today: gpd.GeoDataFrame) -> None:
    """Refuse pieces that do not make up today's divisions, vertex for vertex."""
    whole = joined(made, column).geometry
    for code, shape in today.set_index("code").geometry.items():
        if not same(whole[code], shape):
            raise _no_room(str(code))
    if not shapely.coverage_is_valid(made.geometry.to_numpy()):
        raise RequestError("earlier lines cross once rounded; try another --tolerance")


def _no_room(code: str) -> RequestError:
    return RequestError(
        f"{code}: the lines of earlier dates do not fit into its simplified outline; "
        "give a smaller --tolerance"
    )


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
