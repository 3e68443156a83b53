"""The bundled files of Deqing County, from their inputs.

Divisions, today's and those of earlier dates, are reconstructed (`story-atlas reconstruct`); the
county is the union of today's; neighbours are fitted to it; villages are points. The same inputs
give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pypinyin import lazy_pinyin

from geo.cli.commands import reconstruct
from geo.coverage.distance import deviation
from geo.coverage.operations import clean, polygons_within, rounded, to_grid
from geo.crs.projection import WGS84, local_equal_area
from geo.files import product
from geo.files.boundaries import load_boundaries
from geo.files.provenance import load_recipe
from geo.files.tables import read_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

HERE = Path(__file__).parent
INPUTS = HERE / "inputs"
"""What others published, as it is read here; its README says where each file is from."""

DATE = dt.date(2026, 11, 24)
TOLERANCE = 50.0
"""Metres; keeps every line within 80 m of the old one and the file under 80 kB."""

NEIGHBOUR_TOLERANCE = 400.0
"""Metres, for lines between neighbours; those along the county are the county's own."""

KINDS = {"村": "Village", "社区": "Community", "居委会": "Residents’ Committee"}
"""Endings of village names and what they are called in English."""

READINGS = {"二都": ["er", "du"], "四都": ["si", "du"]}
"""Names whose characters are read otherwise than pypinyin's first choice."""


def make(out: Path) -> None:
    """Write all products with their records."""
    make_divisions(out)
    county = make_county(out)
    make_neighbours(county, out)
    make_villages(out)


def make_divisions(out: Path) -> None:
    """Reconstruct the divisions of every date, by the command line of the documentation."""
    reconstruct.main(
        [
            str(INPUTS / "deqing_divisions_pre2016.geojson"),
            *("--old", "name_2015"),
            *("--points", str(INPUTS / "deqing_villages.csv")),
            *("--division", "division_code"),
            *("--attributes", str(HERE / "divisions.csv")),
            *("--record", str(HERE / "divisions.json")),
            *("--dates", str(INPUTS / "deqing_villages_by_year.csv")),
            *("--dates-attributes", str(HERE / "dates.csv")),
            *("--dates-record", str(HERE / "dates.json")),
            *("--tolerance", str(TOLERANCE)),
            *("--date", str(DATE)),
            *("--out", str(out / "divisions.geojson")),
        ],
        standalone_mode=False,
    )


def _making(name: str, inputs: list[Path], tolerance: float, *method: str) -> product.Making:
    """Say how one of the other products is made."""
    recipe = load_recipe(HERE / f"{name}.json")
    return product.Making(recipe, inputs, method, DATE, tolerance)


def make_county(out: Path) -> gpd.GeoDataFrame:
    """Write the outline of the divisions, and how far it is from the best line known."""
    divisions = load_boundaries(out / "divisions.geojson")
    outline = shapely.coverage_union_all(divisions.geometry.to_numpy())
    county = gpd.GeoDataFrame(
        {"code": ["330521"], "name_zh": ["德清县"], "name_en": ["Deqing County"]},
        geometry=shapely.orient_polygons([outline], exterior_cw=False),
        crs=WGS84,
    )
    crs = local_equal_area(county)
    reference = gpd.read_file(INPUTS / "deqing_county.geojson").to_crs(crs)
    distance = deviation(county.to_crs(crs).boundary.iloc[0], reference.boundary.iloc[0])
    sources = [out / "divisions.geojson", INPUTS / "deqing_county.geojson"]
    product.save(
        county,
        out / "county.geojson",
        _making("county", sources, TOLERANCE, "union of divisions.geojson"),
        {
            "area_km2": round(float(county.to_crs(crs).area.iloc[0]) / 1e6, 2),
            "reference_area_km2": round(float(reference.area.iloc[0]) / 1e6, 2),
            "distance_from_reference_mean_m": round(float(distance.mean()), 1),
            "distance_from_reference_95_percent_m": round(float(np.percentile(distance, 95)), 1),
            "distance_from_reference_largest_m": round(float(distance.max()), 1),
        },
    )
    return county


def make_neighbours(county: gpd.GeoDataFrame, out: Path) -> None:
    """Fit the neighbouring counties to the outline and write them."""
    source = INPUTS / "neighbour_counties.geojson"
    given = gpd.read_file(source)
    names = pd.read_csv(HERE / "neighbours.csv", dtype=str).set_index("code")
    given = given.assign(code=given["adcode"].astype(str)).set_index("code").loc[names.index]
    fitted = fit_neighbours(given, county).join(names).reset_index()
    product.save(
        fitted[["code", "name_zh", "name_en", "geometry"]],
        out / "neighbours.geojson",
        _making(
            "neighbours",
            [source, out / "divisions.geojson"],
            NEIGHBOUR_TOLERANCE,
            "what overlaps the county is taken away",
            "gaps at the county line go to the neighbour with the longest edge along them",
            "lines between neighbours are simplified as one coverage; the county line is kept",
        ),
        {},
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


def make_villages(out: Path) -> None:
    """Write the village points."""
    source = INPUTS / "deqing_villages.csv"
    points, table = read_points(source, "code", "division_code")
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
        _making("villages", [source], 0.0, "names without 村委会 and 居委会, as they are spoken"),
        {"listed": len(table), "without_point": len(table) - len(villages)},
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
