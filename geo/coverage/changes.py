"""What land changed hands between two dates of the same divisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from geo.coverage.operations import areas_km2, polygonal
from geo.crs.projection import WGS84

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = ("from_code", "to_code", "from_slug", "to_slug", "area_km2", "villages", "geometry")


def changes(
    before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, villages: gpd.GeoDataFrame | None = None
) -> gpd.GeoDataFrame:
    """Find the land that belonged to one division before, and to another after.

    Parameters
    ----------
    before, after
        Divisions on two dates, as `geo.files.boundaries.load_boundaries` gives them, drawn so that
        lines that stayed are the same, vertex for vertex.
    villages
        Points with a column `name`, in EPSG:4326, to say which villages lie on the land.

    Returns
    -------
    geopandas.GeoDataFrame
        In EPSG:4326, in the columns of `COLUMNS`: one row for each pair of divisions between which
        land changed hands, in the order of their codes. `area_km2` is in a local equal-area
        projection, `villages` a list of names in the order of the points.
    """
    left, right = before.geometry.to_numpy(), after.geometry.to_numpy()
    i, j = shapely.STRtree(right).query(left, predicate="intersects")
    moved = before["code"].to_numpy()[i] != after["code"].to_numpy()[j]
    i, j = i[moved], j[moved]
    shapes = [polygonal(each) for each in shapely.intersection(left[i], right[j])]
    rows = gpd.GeoDataFrame(
        {
            "from_code": before["code"].to_numpy()[i],
            "to_code": after["code"].to_numpy()[j],
            "from_slug": before["slug"].to_numpy()[i],
            "to_slug": after["slug"].to_numpy()[j],
        },
        geometry=shapes,
        crs=WGS84,
    )
    rows = rows[~rows.geometry.is_empty].sort_values(["from_code", "to_code"], ignore_index=True)
    rows["area_km2"] = areas_km2(rows) if len(rows) else pd.Series(dtype=float)
    rows["villages"] = [_names(villages, shape) for shape in rows.geometry]
    return rows[list(COLUMNS)]


def _names(villages: gpd.GeoDataFrame | None, shape: shapely.Geometry) -> list[str]:
    """Give the names of the villages whose points lie on a piece of land."""
    if villages is None:
        return []
    inside: Iterable[str] = villages["name"][villages.within(shape).to_numpy()]
    return list(inside)
