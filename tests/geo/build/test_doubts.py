"""What cannot be told from a file is said: pictures' coordinates, odd areas, shifted degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.build.doubts import doubts, guess_datum, shape_doubt
from geo.crs.datum import bd09_from_gcj02, gcj02_from_wgs84, in_mainland
from geo.files.boundaries import DEQING, load_boundaries, load_features
from geo.files.vector import read
from tests.support.command import main
from tests.support.work import growth, seconds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.files.vector import VectorFile

    Shift = Callable[[np.ndarray], np.ndarray]


def squares(west: float, south: float, size: float, crs: str, count: int = 3) -> gpd.GeoDataFrame:
    shapes = [
        shapely.box(west + i * size, south, west + (i + 1) * size, south + size)
        for i in range(count)
    ]
    table = {"code": [str(i) for i in range(count)], "name": ["a", "b", "c"][:count]}
    return gpd.GeoDataFrame(table, geometry=shapes, crs=crs)


def written(frame: gpd.GeoDataFrame, folder: Path) -> VectorFile:
    frame.to_file(folder / "in.gpkg")
    return read(folder / "in.gpkg")


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (squares(0, 0, 300, "EPSG:3857"), "as pixels of a picture would"),
        (squares(0, 0, 300, "EPSG:6677"), "Japan Plane Rectangular CS IX"),
        (squares(2, -302, 300, "EPSG:6677"), "as pixels of a picture would"),
        (squares(0, 0, 300, "EPSG:32650"), "give the true CRS with --crs"),
        (squares(0, 0, 0.3, "EPSG:4326"), "as pixels of a picture would"),
        (squares(-0.5, -0.5, 0.3, "EPSG:4326"), "put the map at"),
        (squares(8, 47, 0.0001, "EPSG:4326"), "the middle division has 0 km²"),
    ],
)
def test_coordinates_that_are_none_of_the_earth(frame: gpd.GeoDataFrame, said: str) -> None:
    assert said in shape_doubt(frame)


@pytest.mark.parametrize(
    "frame",
    [
        squares(8, 47, 0.1, "EPSG:4326"),
        squares(9.5, 1, 2, "EPSG:4326"),
        squares(-2, 5, 1, "EPSG:4326"),
        squares(400_000, 5_300_000, 9_000, "EPSG:32632"),
        squares(-30_000, -20_000, 20_000, "EPSG:6677"),
    ],
)
def test_true_coordinates_raise_no_doubt(frame: gpd.GeoDataFrame) -> None:
    assert shape_doubt(frame) == ""


def test_build_and_inspect_say_what_looks_like_pixels(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    squares(0, 0, 300, "EPSG:3857").to_file(tmp_path / "in.gpkg")
    assert main(["inspect", str(tmp_path / "in.gpkg")]) == 0
    assert "as pixels of a picture would" in capsys.readouterr().out
    words = ["build", str(tmp_path / "in.gpkg"), "--code", "code", "--name", "en=name"]
    assert main([*words, "--out", str(tmp_path / "out.geojson")]) == 0
    assert "as pixels of a picture would" in capsys.readouterr().err


def deqing(shift: Shift) -> gpd.GeoDataFrame:
    frame = load_boundaries(DEQING / "divisions.geojson")[["code", "name_zh", "geometry"]]
    shifted = shapely.transform(frame.geometry.to_numpy(), shift)
    return frame.set_geometry(gpd.GeoSeries(shifted, crs=4326))


@pytest.mark.parametrize(
    ("shift", "said", "option"),
    [
        (lambda xy: xy, "", ""),
        (gcj02_from_wgs84, "GCJ-02 (median distance", "--datum gcj02"),
        (lambda xy: bd09_from_gcj02(gcj02_from_wgs84(xy)), "BD-09 (median", "--datum bd09"),
    ],
)
def test_shifted_degrees_are_found_by_the_outline_that_comes_along(
    tmp_path: Path,
    shift: Shift,
    said: str,
    option: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = written(deqing(shift), tmp_path)
    found = " ".join(doubts(file, datum_stated=False))
    assert said in found
    assert bool(found) == bool(said)
    assert doubts(file, datum_stated=True) == []
    assert main(["inspect", str(tmp_path / "in.gpkg")]) == 0
    shown = capsys.readouterr().out
    assert "the outline of deqing that comes along" in shown
    assert option in shown.splitlines()[-1]


def test_elsewhere_in_china_the_doubt_is_said_with_the_shift(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "in.gpkg"
    squares(116, 39, 0.1, "EPSG:4326").to_file(path)
    words = ["build", str(path), "--code", "code", "--name", "en=name"]
    words += ["--out", str(tmp_path / "out.geojson")]
    assert main(words) == 0
    said = capsys.readouterr().err
    degrees = np.array([[116.15, 39.05]])
    moved = gpd.GeoSeries(shapely.points(np.vstack([degrees, gcj02_from_wgs84(degrees)])), crs=4326)
    metres = moved.to_crs(32650).iloc[0].distance(moved.to_crs(32650).iloc[1])
    assert f"{metres:.0f} m off here" in said
    assert "inspect --reference OUTLINE" in said
    assert main([*words, "--datum", "wgs84"]) == 0
    assert "GCJ-02" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("west", "south", "crs"),
    [
        (8, 47, "EPSG:4326"),
        (126.9, 37.5, "EPSG:4326"),
        (132.7, 33.8, "EPSG:4326"),
        (105.8, 21.0, "EPSG:4326"),
        (121.5, 25.0, "EPSG:4326"),
        (106.9, 47.9, "EPSG:4326"),
        (116, 39, "EPSG:4490"),
    ],
)
def test_nobody_else_is_asked_about_shifted_degrees(
    tmp_path: Path, west: float, south: float, crs: str
) -> None:
    assert doubts(written(squares(west, south, 0.1, crs), tmp_path), datum_stated=False) == []


def test_the_mainland_is_told_from_its_neighbours() -> None:
    inside = [(116.4, 39.9), (120, 30.5), (91.1, 29.6), (87.6, 43.8), (126.6, 45.8), (110.3, 20)]
    outside = [(127, 37.5), (139.7, 35.7), (105.8, 21), (121.5, 25), (77.2, 28.6), (106.9, 47.9)]
    assert all(in_mainland(*place) for place in inside)
    assert not any(in_mainland(*place) for place in outside)


def test_a_whole_country_is_compared_with_a_county_as_quickly_as_the_county_itself() -> None:
    county = load_boundaries(DEQING / "divisions.geojson")[["geometry"]]
    outline = load_features(DEQING / "county.geojson")
    places = [(lon, lat) for lon in range(-30, 0) for lat in range(-10, 10, 2)]
    away = [county.set_geometry(county.translate(*place)) for place in places]
    country = gpd.GeoDataFrame(pd.concat([county, *away], ignore_index=True))
    assert guess_datum(country, outline) == guess_datum(county, outline)

    def taken(divisions: gpd.GeoDataFrame) -> float:
        return seconds(lambda: guess_datum(divisions, outline))

    assert growth(lambda: taken(county), lambda: taken(country), most=30) <= 30  # not 300
