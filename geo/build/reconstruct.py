"""Reconstruct divisions after a re-organisation whose new lines were not published.

Inside each old polygon the land goes to the nearest village point (Thiessen 1911), and
the cells are joined by the division that each village belongs to now. A new division
that takes whole old polygons keeps their line exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.coverage.operations import clean, polygonal
from geo.crs.projection import to_metres
from geo.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ON_LINE = 1.0
"""Metres: a new line this near to an old one counts as the old one."""


@dataclass(frozen=True)
class Report:
    """What a reconstruction did, for the reader to judge it."""

    outside: tuple[str, ...]
    """Points that lie in no old polygon and therefore shape nothing."""
    without_point: tuple[str, ...]
    """Members that have no point and therefore shape nothing."""
    empty_old: tuple[str, ...]
    """Old polygons without a point of their own; the nearest point's division has them."""
    area_km2: dict[str, float]
    """Area of each new division."""
    outline_km: dict[str, float]
    """Length of each new division's outline."""
    old_line_km: dict[str, float]
    """The part of that outline that follows lines of the old polygons."""


def reconstruct(
    old: gpd.GeoDataFrame,
    points: gpd.GeoDataFrame,
    membership: Mapping[str, str] | pd.Series[str],
) -> tuple[gpd.GeoDataFrame, Report]:
    """Compute new divisions from old polygons, village points and membership.

    Parameters
    ----------
    old
        The old coverage: polygons in any CRS, indexed by name or code.
    points
        Village points in any CRS, indexed by village code.
    membership
        Village code to division code, for every village, with a point or without.

    Returns
    -------
    divisions : geopandas.GeoDataFrame
        One polygon per division that has at least one point in an old polygon, indexed
        by division code, sorted, in a local equal-area CRS in metres.
    report : Report
        What fell outside, what has no point, and how much of each line is old.

    Raises
    ------
    RequestError
        When a point belongs to no division, two divisions have points in one place, or
        no point lies in any old polygon.
    """
    member = pd.Series(membership, dtype=object)
    if unknown := [code for code in points.index if code not in member.index]:
        raise RequestError(f"points of no division: {', '.join(unknown)}; add them to membership")
    old = to_metres(old)
    points = points.to_crs(old.crs)
    cells = thiessen_cells(old, _one_per_place(points, member))
    if cells.empty:
        raise RequestError("no point lies in any old polygon; check both files' CRS and area")
    cells["division"] = member.reindex(cells["village"]).to_numpy()
    joined = cells.dissolve("division", method="coverage")[["geometry"]].sort_index()
    place = _old_polygon_of(points, old)
    lines = shapely.union_all(old.boundary.to_numpy())
    near_old = shapely.buffer(lines, ON_LINE)
    report = Report(
        outside=tuple(code for code in points.index if code not in place.index),
        without_point=tuple(code for code in member.index if code not in points.index),
        empty_old=tuple(str(name) for name in old.index if name not in set(place)),
        area_km2=_per_division(joined.area / 1e6),
        outline_km=_per_division(joined.length / 1e3),
        old_line_km=_per_division(joined.boundary.intersection(near_old).length / 1e3),
    )
    return joined, report


def _one_per_place(points: gpd.GeoDataFrame, member: pd.Series[str]) -> gpd.GeoDataFrame:
    """Keep one of several points in one place, which must belong to one division."""
    first: dict[tuple[float, float], str] = {}
    for code, point in points.geometry.items():
        other = first.setdefault((point.x, point.y), code)
        if member[other] != member[code]:
            raise RequestError(f"{other} and {code} lie in one place; move one or drop it")
    return points.loc[list(first.values())]


def thiessen_cells(old: gpd.GeoDataFrame, points: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Cut every old polygon into the cells of the points that lie in it.

    Parameters
    ----------
    old, points
        As for `reconstruct`, both in one CRS in metres; no two points alike.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns `old`, `village` and the cell, together one valid coverage. An old
        polygon without a point is one cell, of the nearest point that lies in another.
        Empty when no point lies in any old polygon.
    """
    owner = _old_polygon_of(points, old)
    if owner.empty:
        return gpd.GeoDataFrame({"old": [], "village": []}, geometry=[], crs=old.crs)
    rows = []
    for name, polygon in old.geometry.items():
        inside = points.geometry[owner.index[owner == name]]
        if inside.empty:
            near = points.geometry[owner.index]
            inside = near[[near.distance(polygon).idxmin()]]
        cells = _cells(polygon, inside.to_numpy())
        rows += [(name, village, cell) for village, cell in zip(inside.index, cells, strict=True)]
    names, villages, geometries = zip(*rows, strict=True)
    matched = clean(np.array(geometries))
    return gpd.GeoDataFrame({"old": names, "village": villages}, geometry=matched, crs=old.crs)


def _cells(polygon: shapely.Geometry, points: Sequence[shapely.Point]) -> list[shapely.Geometry]:
    """Cut one polygon into the Thiessen cells of the points in it, in their order."""
    if len(points) == 1:
        return [polygon]
    cells = shapely.voronoi_polygons(
        shapely.MultiPoint(list(points)), extend_to=polygon, ordered=True
    )
    return [polygonal(cell.intersection(polygon)) for cell in cells.geoms]


def _old_polygon_of(points: gpd.GeoDataFrame, old: gpd.GeoDataFrame) -> pd.Series[str]:
    """Old polygon of each point that lies in one, the first where it lies on a line."""
    place = gpd.sjoin(points[["geometry"]], old[["geometry"]].rename_axis("old"))
    return pd.Series(place["old"][~place.index.duplicated()])


def blind_test(old: gpd.GeoDataFrame, points: gpd.GeoDataFrame) -> pd.Series[float]:
    """Try the rule where the answer is known: rebuild the old polygons themselves.

    The whole area is cut into cells without any old line, cells are joined by the old
    polygon that their point lies in, and each result is compared with that polygon.

    Parameters
    ----------
    old, points
        As for `reconstruct`.

    Returns
    -------
    pandas.Series
        Intersection over union (Jaccard 1912), 0 to 1, by old polygon; 0 for one that
        no point lies in.
    """
    old = to_metres(old)
    crs, points = old.crs, points.to_crs(old.crs)
    owner = _old_polygon_of(points, old)
    whole = gpd.GeoDataFrame(
        geometry=[shapely.coverage_union_all(old.geometry.to_numpy())], index=["all"], crs=crs
    )
    rebuilt, _ = reconstruct(whole, points.loc[owner.index], owner)
    guess = rebuilt.geometry.reindex(old.index).to_crs(crs)
    both = old.intersection(guess).area
    union = old.union(guess).area
    return pd.Series(both / union, dtype=float).fillna(0.0)


def _per_division(values: pd.Series[float]) -> dict[str, float]:
    """Round figures to two decimals, by division code."""
    return {str(code): round(float(value), 2) for code, value in values.items()}
