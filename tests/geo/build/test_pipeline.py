"""`build`: any format, CRS and datum; repairs that are named; coverages that stay coverages."""

from __future__ import annotations

import json
import unicodedata
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.build.pipeline import BuildOptions, build
from geo.build.selection import Selection, area_prefix
from geo.crs.datum import bd09_from_gcj02, gcj02_from_wgs84
from geo.errors import FaultsError
from geo.files import geojson
from geo.files.boundaries import load_boundaries
from geo.files.provenance import load_provenance
from geo.files.vector import read
from tests.support.command import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Shift = Callable[[np.ndarray], np.ndarray]

OPTIONS = BuildOptions(code="CODE", names={"zh": "NAME"}, source="a test")
METRES = "EPSG:4549"
EAST, NORTH = 500_000, 3_380_000


def towns(crs: str = "EPSG:4326") -> gpd.GeoDataFrame:
    """Two towns side by side, 10 km each."""
    shapes = [shapely.box(120, 30, 120.1, 30.1), shapely.box(120.1, 30, 120.2, 30.1)]
    table = {"CODE": ["330599101", "330599102"], "NAME": ["东镇", "西镇"]}
    return gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:4326").to_crs(crs)


def in_metres(*shapes: shapely.Geometry) -> gpd.GeoDataFrame:
    codes = [f"33059910{i}" for i in range(len(shapes))]
    moved = gpd.GeoSeries(shapes, crs=METRES).translate(EAST, NORTH)
    return gpd.GeoDataFrame({"CODE": codes, "NAME": codes}, geometry=moved, crs=METRES)


WRITERS = {
    "towns.shp": {"encoding": "GBK"},
    "towns.gpkg": {},
    "towns.geojson": {},
    "towns.fgb": {},
    "towns.kml": {"driver": "LIBKML"},
}


def run(file: Path, *more: str, name: str = "NAME") -> gpd.GeoDataFrame:
    out = file.parent / "out.geojson"
    assert (
        main(["build", str(file), "--code", "CODE", "--name", name, "--out", str(out), *more]) == 0
    )
    return load_boundaries(out)


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_same_divisions(tmp_path: Path, name: str) -> None:
    towns().to_file(tmp_path / name, **WRITERS[name])
    made = run(tmp_path / name, name="Name" if name.endswith("kml") else "NAME")
    assert list(made["code"]) == ["330599101", "330599102"]
    assert list(made["name_zh"]) == ["东镇", "西镇"]
    assert made.geometry.iloc[0].equals(shapely.box(120, 30, 120.1, 30.1))


def test_geoparquet_and_topojson_are_read(tmp_path: Path) -> None:
    towns().to_parquet(tmp_path / "towns.parquet")
    assert len(run(tmp_path / "towns.parquet")) == 2
    arc = [[120, 30], [121, 30], [121, 31], [120, 30]]
    properties = {"CODE": "330599101", "NAME": "东镇"}
    polygon = {"type": "Polygon", "arcs": [[0]], "properties": properties}
    layer = {"type": "GeometryCollection", "geometries": [polygon]}
    topology = {"type": "Topology", "objects": {"towns": layer}, "arcs": [arc]}
    (tmp_path / "towns.json").write_text(json.dumps(topology), encoding="utf-8")
    assert len(run(tmp_path / "towns.json")) == 1


@pytest.mark.parametrize("encoding", ["GBK", "UTF-8"])
@pytest.mark.parametrize("stated", [True, False])
def test_the_encoding_of_a_zipped_shapefile_is_found(
    tmp_path: Path, encoding: str, *, stated: bool
) -> None:
    towns().to_file(tmp_path / "towns.shp", encoding=encoding)
    with zipfile.ZipFile(tmp_path / "towns.zip", "w") as archive:
        for part in (".shp", ".shx", ".dbf", ".prj", *([".cpg"] if stated else [])):
            archive.write(tmp_path / f"towns{part}", f"towns{part}")
    assert list(run(tmp_path / "towns.zip")["name_zh"]) == ["东镇", "西镇"]


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4490", "EPSG:4549", "EPSG:4528", "EPSG:3857"])
def test_every_crs_gives_the_same_degrees(crs: str) -> None:
    made = build(towns(crs), OPTIONS).frame
    corners = shapely.get_coordinates(made.geometry.iloc[0])
    assert {tuple(xy) for xy in corners} == {(120, 30), (120.1, 30), (120.1, 30.1), (120, 30.1)}


@pytest.mark.parametrize(
    ("datum", "shift"),
    [("gcj02", gcj02_from_wgs84), ("bd09", lambda xy: bd09_from_gcj02(gcj02_from_wgs84(xy)))],
)
def test_shifted_degrees_are_moved_back(datum: str, shift: Shift) -> None:
    shifted = towns()
    shifted = shifted.set_geometry(shapely.transform(shifted.geometry.to_numpy(), shift), crs=4326)
    made = build(shifted, replace(OPTIONS, datum=datum)).frame
    assert made.geometry.iloc[0].equals(shapely.box(120, 30, 120.1, 30.1))


def test_numbers_as_codes_become_text_and_selections_are_kept() -> None:
    frame = towns().assign(CODE=[330521101.0, 330522101.0], KIND=["town", "town"])
    for selection in (Selection(within=["330521"]), Selection(select=[("NAME", "东镇")])):
        made = build(frame, replace(OPTIONS, kind="KIND", selection=selection)).frame
        assert made[["code", "slug", "kind"]].to_numpy().tolist() == [
            ["330521101", "330521101", "town"]
        ]
    assert len(build(frame, replace(OPTIONS, selection=Selection(within=["330500"]))).frame) == 2


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("330000", "33"),
        ("330500", "3305"),
        ("331000", "3310"),
        ("330521", "330521"),
        ("330521000000", "330521"),
        ("330521100", "330521100"),
        ("330521100000", "330521100"),
    ],
)
def test_an_area_is_known_by_the_head_of_its_code(code: str, prefix: str) -> None:
    assert area_prefix(code) == prefix


def test_slugs_come_from_english_names_where_these_differ() -> None:
    frame = towns().assign(EN=["Xin’an Town", "Lüshun"])
    options = replace(OPTIONS, names={"zh": "NAME", "en": "EN"})
    assert list(build(frame, options).frame["slug"]) == ["xinan-town", "lushun"]
    frame["EN"] = "East"
    assert list(build(frame, options).frame["slug"]) == list(frame["CODE"])


def test_letters_with_strokes_are_kept_in_slugs() -> None:
    frame = towns().assign(EN=["Ærø–Straße", "Łódź Øst"])
    options = replace(OPTIONS, names={"zh": "NAME", "en": "EN"})
    assert list(build(frame, options).frame["slug"]) == ["aerostrasse", "lodz-ost"]


def test_names_have_their_accents_in_one_character() -> None:
    frame = towns().assign(NAME=[unicodedata.normalize("NFD", "São"), "Nuñoa"])
    assert list(build(frame, OPTIONS).frame["name_zh"]) == ["São", "Nuñoa"]


def test_the_record_says_what_was_done(tmp_path: Path) -> None:
    towns("EPSG:4549").to_file(tmp_path / "towns.shp", encoding="GBK")
    more = ("--status", "published", "--source", "County gazette", "--licence", "CC BY 4.0")
    made = run(tmp_path / "towns.shp", *more, "--tolerance", "10", "--date", "2026-01-02")
    record = load_provenance(tmp_path / "out.provenance.json")
    assert set(made["boundary_status"]) == {"published"}
    assert set(made["source"]) == {"County gazette"}
    assert (record.licence, record.tolerance_m, str(record.date)) == ("CC BY 4.0", 10, "2026-01-02")
    assert {item.name for item in record.inputs} == {
        f"towns{part}" for part in (".shp", ".shx", ".dbf", ".prj", ".cpg")
    }


def test_slivers_are_closed_and_named() -> None:
    left, right = shapely.box(0, 0, 1000, 1000), shapely.box(995, 0, 2000, 1000)
    built = build(in_metres(left, right), OPTIONS)
    assert "overlap of 5,00" in str(built.repairs[0])
    assert "330599100" in str(built.repairs[0])


def test_narrow_gaps_are_closed_and_wide_ones_are_left() -> None:
    for width, count in ((20, 1), (300, 0)):
        hole = shapely.box(500, 200, 500 + width, 800)
        left, right = shapely.box(0, 0, 500, 1000), shapely.box(500, 0, 2000, 1000) - hole
        built = build(in_metres(left, right), OPTIONS)
        assert len([r for r in built.repairs if "gap of" in str(r)]) == count
        whole = shapely.coverage_union_all(built.frame.geometry.to_numpy())
        assert isinstance(whole, shapely.Polygon)
        assert len(whole.interiors) == 1 - count


def test_a_stray_loop_is_mended_and_named() -> None:
    ring = [(0, 0), (1000, 0), (1000, 1000), (5, 1000), (0, 1005), (5, 1005), (0, 1000), (0, 0)]
    built = build(in_metres(shapely.Polygon(ring)), OPTIONS)
    assert "rings mended (Self-intersection" in str(built.repairs[0])


def test_heights_are_dropped_and_named() -> None:
    frame = towns()
    frame = frame.set_geometry(shapely.force_3d(frame.geometry.to_numpy(), 5.0), crs=4326)
    assert str(build(frame, OPTIONS).repairs[0]) == "file: heights of 2 features dropped"


def test_points_are_dropped_only_when_asked() -> None:
    frame = in_metres(shapely.box(0, 0, 1000, 1000), shapely.Point(500, 500))
    with pytest.raises(FaultsError, match="a Point; keep polygons only"):
        build(frame, OPTIONS)
    built = build(frame, replace(OPTIONS, polygons_only=True))
    assert [str(r) for r in built.repairs] == [
        "feature 330599101: Point left out, as --polygons-only asks"
    ]


def test_islands_too_small_to_be_written_are_named() -> None:
    island = shapely.Point(3000, 500).buffer(0.3)
    frame = in_metres(shapely.MultiPolygon([shapely.box(0, 0, 1000, 1000), island]))
    built = build(frame, OPTIONS)
    assert "1 parts too small to be written dropped" in str(built.repairs[0])


@st.composite
def coverages(draw: st.DrawFn) -> gpd.GeoDataFrame:
    """Towns made of cells whose shared lines wander; neighbours have the same vertices."""
    columns, rows = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    size, bends = draw(st.sampled_from([6000, 9000])), draw(st.integers(0, 12))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    grid = np.stack(np.meshgrid(np.arange(columns + 1), np.arange(rows + 1)), axis=-1) * size
    corners = grid + random.uniform(-0.2, 0.2, grid.shape) * size

    def line(start: np.ndarray, end: np.ndarray) -> np.ndarray:
        along = np.linspace(0, 1, bends + 2)[:, None]
        wander = random.uniform(-0.08, 0.08, (bends + 2, 2)) * size
        wander[[0, -1]] = 0
        return np.asarray(start + along * (end - start) + wander)

    across = [[line(*corners[y, x : x + 2]) for x in range(columns)] for y in range(rows + 1)]
    upward = [[line(*corners[y : y + 2, x]) for x in range(columns + 1)] for y in range(rows)]
    shapes = [
        shapely.Polygon(
            [*across[y][x], *upward[y][x + 1], *across[y + 1][x][::-1], *upward[y][x][::-1]]
        )
        for y in range(rows)
        for x in range(columns)
    ]
    # Some towns are several pieces, or lie inside another.
    frame = in_metres(*(shape for shape in shapes if shape.is_valid))
    towns = draw(st.integers(1, 16))
    frame["CODE"] = [f"3305{i:05d}" for i in random.integers(0, towns, len(frame))]
    return frame.dissolve("CODE", method="coverage").reset_index() if is_coverage(frame) else frame


def is_coverage(frame: gpd.GeoDataFrame) -> bool:
    return bool(len(frame)) and bool(shapely.coverage_is_valid(frame.geometry.to_numpy()))


def neighbours(frame: gpd.GeoDataFrame, at_least: float = 1000) -> set[tuple[int, int]]:
    """Pairs of towns that share an edge of some metres, in the order of their codes."""
    shapes = frame.to_crs(METRES).geometry.to_numpy()
    pairs = shapely.STRtree(shapes).query(shapes, predicate="touches").T
    shared = [shapely.length(shapely.intersection(shapes[a], shapes[b])) for a, b in pairs]
    return {
        (a, b) for (a, b), length in zip(pairs.tolist(), shared, strict=True) if length >= at_least
    }


@settings(max_examples=60, deadline=None)
@given(coverages().filter(is_coverage), st.sampled_from([0, 10, 50]))
def test_coverages_stay_coverages(frame: gpd.GeoDataFrame, tolerance: float) -> None:
    options = replace(OPTIONS, tolerance=tolerance)
    first = build(frame, options)
    made = first.frame
    assert shapely.coverage_is_valid(made.geometry.to_numpy())
    assert made.geometry.is_valid.all()
    assert sorted(made["code"]) == sorted(frame["CODE"])
    assert not [r for r in first.repairs if "gap" not in str(r)]
    assert neighbours(frame) <= neighbours(made, at_least=900)
    assert made.to_crs(METRES).area.sum() == pytest.approx(frame.area.sum(), rel=0.005)
    assert geojson.dumps(build(frame, options).frame) == geojson.dumps(made)


@settings(max_examples=30, deadline=None)
@given(coverages().filter(is_coverage), st.integers(-8, 8), st.integers(-8, 8))
def test_towns_that_were_drawn_apart_are_joined(frame: gpd.GeoDataFrame, x: int, y: int) -> None:
    shapes = frame.geometry.to_numpy().copy()
    shapes[0] = shapely.transform(shapes[0], lambda xy: np.add(xy, (x / 2, y / 2)))
    built = build(frame.set_geometry(shapes, crs=METRES), OPTIONS)
    assert shapely.coverage_is_valid(built.frame.geometry.to_numpy())
    assert sorted(built.frame["code"]) == sorted(frame["CODE"])
    assert built.frame.to_crs(METRES).area.sum() == pytest.approx(frame.area.sum(), rel=0.03)


def test_reading_says_how_crs_and_encoding_are_known(tmp_path: Path) -> None:
    towns().to_file(tmp_path / "towns.shp", encoding="GBK")
    (tmp_path / "towns.cpg").unlink()
    (tmp_path / "towns.prj").unlink()
    reading = read(tmp_path / "towns.shp", crs="EPSG:4490")
    assert (reading.crs_from, reading.encoding) == ("as told", "GB18030 (guessed)")
