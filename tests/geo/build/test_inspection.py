"""`inspect`: what it finds, and that the line it proposes works."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

from geo.build.doubts import guess_datum
from geo.build.inspection import inspect, suggest_build
from geo.crs.datum import bd09_from_gcj02, gcj02_from_wgs84
from geo.files.boundaries import DEQING, load_boundaries, load_features
from geo.files.vector import read
from tests.support.command import main

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    Shift = Callable[[np.ndarray], np.ndarray]


@pytest.fixture(scope="module")
def deqing() -> gpd.GeoDataFrame:
    return load_boundaries(DEQING / "divisions.geojson")


@pytest.fixture(scope="module")
def outline() -> gpd.GeoDataFrame:
    return load_features(DEQING / "county.geojson")


def test_it_says_what_is_in_a_file(
    tmp_path: Path, deqing: gpd.GeoDataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    columns = ["code", "name_zh", "name_en", "geometry"]
    deqing[columns].to_crs("EPSG:4549").to_file(tmp_path / "towns.shp", encoding="GBK")
    assert main(["inspect", str(tmp_path / "towns.shp")]) == 0
    said = capsys.readouterr().out
    for line in (
        "format      ESRI Shapefile",
        "features    13: 13 Polygon",
        "CRS         EPSG:4549, stated in the file",
        "encoding    GBK (stated)",
        "overlaps    0 m²",
        "faults      none",
        "  name_zh            武康街道, 舞阳街道, 阜溪街道",
    ):
        assert line in said.splitlines()


def test_the_line_it_proposes_makes_what_the_atlas_loads(
    tmp_path: Path, deqing: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("我的 towns.shp")
    table = deqing[["name_en", "code", "name_zh", "geometry"]]
    table.to_file(path, encoding="GBK")
    path.with_suffix(".prj").unlink()
    path.with_suffix(".cpg").write_text("ISO-8859-1")  # wrong
    file = read(path, encoding="GBK")
    program, *words = shlex.split(suggest_build(file))
    assert program == "story-atlas"
    assert main(words) == 0
    made = load_boundaries(tmp_path / "我的 towns.divisions.geojson")
    assert list(made["code"]) == list(deqing["code"])
    assert list(made["name_zh"]) == list(deqing["name_zh"])
    assert made["slug"].iloc[0] == "wukang-subdistrict"


def test_the_line_it_proposes_leaves_nothing_out(tmp_path: Path) -> None:
    path = tmp_path / "towns.gpkg"
    shapes = [shapely.box(120, 30, 121, 31), shapely.Point(120, 30)]
    frame = gpd.GeoDataFrame({"code": ["1", "2"]}, geometry=shapes, crs=4326)
    frame.to_file(path, geometry_type="Unknown", layer="towns")
    frame.iloc[:1].to_file(path, layer="more")
    command = suggest_build(read(path, layer="towns"))
    assert "--layer towns --code code --name zh=code --tolerance" in command
    faults = inspect(read(path, layer="towns")).faults
    assert [str(fault) for fault in faults] == [
        "feature 2: a Point; keep polygons only (--polygons-only)"
    ]


def test_overlaps_and_gaps_are_measured(tmp_path: Path) -> None:
    # Squares of 1 km that overlap by 20 m, with a hole of 10 m by 100 m in the first.
    hole = shapely.box(500, 500, 510, 600)
    shapes = [shapely.box(0, 0, 1000, 1000) - hole, shapely.box(980, 0, 2000, 1000)]
    moved = gpd.GeoSeries(shapes, crs="EPSG:4549").translate(500_000, 3_380_000)
    path = tmp_path / "towns.gpkg"
    gpd.GeoDataFrame({"code": ["1", "2"]}, geometry=moved, crs="EPSG:4549").to_file(path)
    found = inspect(read(path))
    assert found.overlap_m2 == pytest.approx(20_000, rel=0.001)
    assert found.gap_m2 == pytest.approx(1_000, rel=0.001)


def test_two_features_of_one_shape_are_measured_as_far_as_may_be(tmp_path: Path) -> None:
    shapes = [shapely.box(west, 0, west + 1, 1) for west in (0, 0, 1)]
    same = gpd.GeoDataFrame({"CODE": ["1", "1", "2"]}, geometry=shapes, crs=4326)
    same.to_file(tmp_path / "same.gpkg")
    found = inspect(read(tmp_path / "same.gpkg"))
    assert found.overlap_m2
    assert found.gap_m2 is None


def test_faults_are_told_and_nothing_is_measured_where_nothing_can_be(tmp_path: Path) -> None:
    path = tmp_path / "swapped.geojson"
    gpd.GeoDataFrame({"a": ["x"]}, geometry=[shapely.box(30, 119, 31, 120)], crs=4326).to_file(path)
    found = inspect(read(path))
    assert "the axes are swapped" in str(found.faults[0])
    assert found.overlap_m2 is None
    assert "not measured" in "\n".join(found.lines())


@pytest.mark.parametrize(
    ("datum", "shift"),
    [
        ("wgs84", lambda xy: xy),
        ("gcj02", gcj02_from_wgs84),
        ("bd09", lambda xy: bd09_from_gcj02(gcj02_from_wgs84(xy))),
    ],
)
def test_the_datum_is_guessed_by_an_outline(
    deqing: gpd.GeoDataFrame, outline: gpd.GeoDataFrame, datum: str, shift: Shift
) -> None:
    shifted = shapely.transform(deqing.geometry.to_numpy(), shift)
    frame = deqing.set_geometry(gpd.GeoSeries(shifted, crs=4326))
    guessed, sentence = guess_datum(frame, outline)
    assert guessed == datum
    assert "median distance from the reference" in sentence


def test_a_datum_that_cannot_be_told_is_not_guessed(
    deqing: gpd.GeoDataFrame, outline: gpd.GeoDataFrame
) -> None:
    away = deqing.set_geometry(deqing.translate(0.3, 0.3))
    assert guess_datum(away, outline)[1].startswith("cannot be told")
    assert guess_datum(deqing, None)[1].startswith("not guessed")
    bare = outline.set_crs(None, allow_override=True)
    assert "the reference has no sound polygons" in guess_datum(deqing, bare)[1]


def test_gcj02_is_undone_by_the_line_it_proposes(
    tmp_path: Path, deqing: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shifted = shapely.transform(deqing.geometry.to_numpy(), gcj02_from_wgs84)
    frame = deqing[["code", "name_zh", "geometry"]]
    frame = frame.set_geometry(gpd.GeoSeries(shifted, crs=4326))
    frame.to_file("towns.geojson")
    outline = load_features(DEQING / "county.geojson")
    found = inspect(read(Path("towns.geojson")), outline)
    assert "--datum gcj02" in found.command
    assert main(shlex.split(found.command.replace("--tolerance 20", "--tolerance 0"))[1:]) == 0
    made = load_boundaries(tmp_path / "towns.divisions.geojson")
    moved = made.to_crs(32650).geometry.symmetric_difference(deqing.to_crs(32650).geometry)
    # Rounding twice moves lines by a metre at most.
    assert (moved.area / deqing.to_crs(32650).length).max() < 1
