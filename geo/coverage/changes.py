"""What land changed hands between two dates of the same divisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from faults import Fault, shown
from geo.coverage.extent import check_extent, labels
from geo.coverage.operations import areas_km2, polygonal
from geo.coverage.validate import check_geometry, properties_of
from geo.crs.projection import WGS84

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS = (
    *("from_code", "to_code", "from_slug", "to_slug", "area_km2"),
    *("villages", "village_codes", "geometry"),
)


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
        Points in EPSG:4326 with `code`, and `name` where they have one, to say which villages lie
        on the land.

    Returns
    -------
    geopandas.GeoDataFrame
        In EPSG:4326, in the columns of `COLUMNS`: one row for each pair of divisions between which
        land changed hands, in the order of their codes. `area_km2` is in a local equal-area
        projection, `villages` and `village_codes` are lists in the order of the points.
    """
    left, right = before.geometry.to_numpy(), after.geometry.to_numpy()
    i, j = shapely.STRtree(right).query(left, predicate="intersects")
    moved = before["code"].to_numpy()[i] != after["code"].to_numpy()[j]
    i, j = i[moved], j[moved]
    found = [polygonal(each) for each in shapely.intersection(left[i], right[j])]
    shapes = shapely.orient_polygons(found, exterior_cw=False)
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
    inside = [_inside(villages, shape) for shape in rows.geometry]
    rows["villages"] = [names for names, _ in inside]
    rows["village_codes"] = [codes for _, codes in inside]
    return rows[list(COLUMNS)]


def _inside(
    villages: gpd.GeoDataFrame | None, shape: shapely.Geometry
) -> tuple[list[str], list[str]]:
    """Give names and codes of the villages whose points lie on a piece of land."""
    if villages is None:
        return [], []
    there = villages[villages.within(shape).to_numpy()]
    return [name for name in there["name"] if isinstance(name, str)], list(there["code"])


def check_changes(frame: gpd.GeoDataFrame, slugs: Mapping[str, Mapping[str, str]]) -> list[Fault]:
    """Find what is wrong with changes that were read from a file.

    Parameters
    ----------
    frame
        In EPSG:4326, with `since` and `until` beside the columns of `changes`.
    slugs
        Slug of each division by its code, by date (YYYY-MM-DD), in time order.
    """
    if frame.empty:
        return []
    faults = [*check_extent(frame), *check_geometry(frame)]
    days = list(slugs)
    for label, row in zip(labels(frame), properties_of(frame), strict=True):
        since, until = str(row.get("since")), str(row.get("until"))
        if since not in slugs or until not in slugs or days.index(since) >= days.index(until):
            said = ", ".join(days) or "none"
            what = f"“since” is {shown(since)} and “until” {shown(until)}"
            faults.append(Fault(what, f"give two of the set's dates: {said}", feature=label))
            continue
        for end, day in (("from", since), ("to", until)):
            code, slug = row.get(f"{end}_code"), row.get(f"{end}_slug")
            if not isinstance(code, str) or slugs[day].get(code) != slug or slug is None:
                what = f"no division has the code {shown(code)} and the slug {shown(slug)} on {day}"
                mend = f"give “{end}_code” and “{end}_slug” of one of that date"
                faults.append(Fault(what, mend, feature=label))
        faults += [
            Fault(f"“{name}” is {shown(row[name])}", "give a list of texts", feature=label)
            for name in ("villages", "village_codes")
            if name in row and not _is_texts(row[name])
        ]
        area = row.get("area_km2")
        if area is not None and (isinstance(area, bool) or not isinstance(area, int | float)):
            faults.append(
                Fault(f"“area_km2” is {shown(area)}", "give square kilometres", feature=label)
            )
    return faults


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
