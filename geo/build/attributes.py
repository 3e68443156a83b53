"""Give a coverage the properties of divisions, in the order in which they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.coverage.operations import areas_km2, label_points, simplify, to_grid
from geo.errors import RequestError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


def divisions(
    coverage: gpd.GeoDataFrame, attributes: pd.DataFrame, tolerance: float
) -> gpd.GeoDataFrame:
    """Turn a coverage in metres into divisions ready to be written.

    Parameters
    ----------
    coverage
        A valid coverage in a CRS in metres, indexed by division code.
    attributes
        Further properties, indexed by division code.
    tolerance
        Simplification in metres, see `geo.coverage.operations.simplify`.

    Returns
    -------
    geopandas.GeoDataFrame
        In EPSG:4326 on the written grid, in the order of `attributes`: `code`, the
        attributes, `area_km2` (equal-area, after simplification) and `label_point`
        ([lon, lat], where a label has most room).

    Raises
    ------
    RequestError
        When codes of the coverage and of the attributes differ.
    """
    if odd := sorted(set(coverage.index) ^ set(attributes.index)):
        raise RequestError(f"shapes and attributes differ in {', '.join(map(str, odd))}")
    return described(
        to_grid(simplify(coverage.loc[attributes.index, ["geometry"]], tolerance)), attributes
    )


def described(frame: gpd.GeoDataFrame, attributes: pd.DataFrame) -> gpd.GeoDataFrame:
    """Give divisions in EPSG:4326 their properties, in the order in which they are written.

    Parameters
    ----------
    frame
        Shapes as they are to be written, indexed by division code.
    attributes
        Further properties, by the same index.
    """
    frame = frame[["geometry"]].copy()
    for column in attributes:
        frame[column] = attributes[column]
    frame["area_km2"] = areas_km2(frame)
    frame["label_point"] = label_points(frame)
    frame["code"] = frame.index
    return frame[["code", *attributes.columns, "area_km2", "label_point", "geometry"]]
