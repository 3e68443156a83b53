"""Bad input to `build`: one line with file, feature and mend, exit 2, and nothing written."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.cli import progress
from tests.support.command import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[3]
SQUARE: list[list[float]] = [[120, 30], [120.1, 30], [120.1, 30.1], [120, 30.1], [120, 30]]
PREVIOUS = "what was there before"


def towns(count: int = 2) -> gpd.GeoDataFrame:
    table = {"CODE": [f"3305{i:05d}" for i in range(count)], "NAME": ["东镇"] * count}
    shapes = [shapely.box(120 + i / 100, 30, 120.01 + i / 100, 30.1) for i in range(count)]
    return gpd.GeoDataFrame(table, geometry=shapes, crs=4326)


def collection(*geometries: object, codes: tuple[object, ...] = ("1", "2", "3")) -> str:
    features = [
        {"type": "Feature", "properties": {"CODE": code, "NAME": "镇"}, "geometry": geometry}
        for code, geometry in zip(codes, geometries, strict=False)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def polygon(*rings: list[Any]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def moved(ring: list[list[float]], east: float, north: float = 0) -> list[list[float]]:
    return [[x + east, y + north] for x, y in ring]


@pytest.fixture(scope="module", autouse=True)
def no_progress() -> Iterator[None]:
    """Let no stage show among the errors, however busy the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(progress, "PATIENCE", 600)
        yield


@pytest.fixture
def refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Build a file that must be refused; give what was said."""

    def build(file: Path, *more: str) -> str:
        out = tmp_path / "out.geojson"
        out.write_text(PREVIOUS)
        words = ["build", str(file), "--code", "CODE", "--name", "NAME", "--out", str(out), *more]
        assert main(words) == 2
        assert out.read_text() == PREVIOUS
        assert not list(tmp_path.glob("*.provenance.json"))
        said = capsys.readouterr().err
        assert "Traceback" not in said
        for line in said.splitlines():
            assert line.startswith("Error: ")
            assert file.name in line
            assert ";" in line
        return said

    return build


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def to_file(*geometries: object, **more: tuple[object, ...]) -> Path:
        path = tmp_path / "in.geojson"
        path.write_text(collection(*geometries, **more))
        return path

    return to_file


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (None, "feature 1: no geometry"),
        (polygon(), "feature 1: empty geometry"),
        ({"type": "Point", "coordinates": [120, 30]}, "feature 1: a Point; keep polygons only"),
        ({"type": "LineString", "coordinates": SQUARE[:2]}, "feature 1: a LineString"),
        (polygon([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]), "feature 1: invalid polygon (Self-int"),
        (polygon(SQUARE[:-1]), "feature no. 1: a ring is not closed"),
        (polygon(SQUARE, moved(SQUARE, 5)), "feature 1: invalid polygon (Hole lies outside"),
        (polygon([[120, 30], [120.1, 30], [120, 30]]), "feature 1: invalid polygon (Too few"),
        (polygon([[120, 30], [float("nan"), 30], [121, 31], [120, 30]]), "feature 1: a coordinate"),
        (polygon([[30, 120], [30.1, 120], [30.1, 120.1], [30, 120]]), "the axes are swapped"),
        (polygon([[500000, 3e6], [501000, 3e6], [501000, 3.1e6], [500000, 3e6]]), "are metres"),
        (polygon([[-179, 60], [0, 60], [179, 61], [-179, 60]]), "crosses the antimeridian"),
    ],
)
def test_a_bad_geometry(
    refused: Callable[..., str], write: Callable[..., Path], geometry: object, said: str
) -> None:
    assert said in refused(write(geometry, polygon(moved(SQUARE, 0.1))))


def test_overlapping_neighbours(refused: Callable[..., str], write: Callable[..., Path]) -> None:
    said = refused(write(polygon(SQUARE), polygon(moved(SQUARE, 0.05))))
    assert "feature 1: overlaps feature 2 by" in said
    assert "4,8" in said  # 4.8 km wide


def test_codes_that_are_missing_or_repeated(
    refused: Callable[..., str], write: Callable[..., Path]
) -> None:
    three = [polygon(moved(SQUARE, i / 10)) for i in range(3)]
    said = refused(write(*three, codes=("1", None, "1")))
    assert "feature no. 2: no code" in said
    assert "feature 1: the code stands 2 times" in said


def test_a_name_that_is_missing(refused: Callable[..., str], tmp_path: Path) -> None:
    towns().assign(NAME=["东镇", ""]).to_file(tmp_path / "in.gpkg")
    assert "feature 330500001: no name" in refused(tmp_path / "in.gpkg")


def test_many_faults_are_counted(refused: Callable[..., str], write: Callable[..., Path]) -> None:
    said = refused(write(*[None] * 30, codes=tuple(map(str, range(30)))))
    assert len(said.splitlines()) == 21
    assert "10 more faults" in said


@pytest.mark.parametrize("name", ["in.geojson", "in.gpkg", "in.fgb", "in.kml", "in.shp"])
def test_half_a_file(refused: Callable[..., str], tmp_path: Path, name: str) -> None:
    driver = {"driver": "LIBKML"} if name.endswith("kml") else {}
    path = tmp_path / name
    towns(300).to_file(path, **driver)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "cut off" in refused(path)


def test_half_a_table(refused: Callable[..., str], tmp_path: Path) -> None:
    towns(300).to_file(tmp_path / "in.shp")
    table = tmp_path / "in.dbf"
    table.write_bytes(table.read_bytes()[: table.stat().st_size // 2])
    assert "cut off" in refused(tmp_path / "in.shp")


def test_half_a_zip_and_half_a_parquet(refused: Callable[..., str], tmp_path: Path) -> None:
    towns(300).to_file(tmp_path / "whole.geojson")
    with zipfile.ZipFile(tmp_path / "in.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "whole.geojson", "in.geojson")
    towns(300).to_parquet(tmp_path / "in.parquet")
    for name, said in (("in.zip", "cut off or no zip file"), ("in.parquet", "no GeoParquet")):
        path = tmp_path / name
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        assert said in refused(path)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (".prj", ": no CRS; say which: --crs"),
        (".dbf", "in.dbf is missing; put it beside"),
        (".shx", "in.shx is missing; put it beside"),
    ],
)
def test_a_shapefile_that_lacks_a_part(
    refused: Callable[..., str], tmp_path: Path, part: str, said: str
) -> None:
    towns().to_file(tmp_path / "in.shp", encoding="GBK")
    (tmp_path / f"in{part}").unlink()
    assert said in refused(tmp_path / "in.shp")
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for there in sorted(tmp_path.glob("in.*")):
            if there.suffix != ".zip":
                archive.write(there, there.name)
    assert said in refused(tmp_path / "in.zip")


def test_a_damaged_prj(refused: Callable[..., str], tmp_path: Path) -> None:
    towns().to_file(tmp_path / "in.shp", encoding="GBK")
    (tmp_path / "in.prj").write_text("GEOGCS[nothing")
    assert "fetch it again" in refused(tmp_path / "in.shp")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of whole files of several formats."""
    folder = tmp_path_factory.mktemp("whole")
    for name in ("in.geojson", "in.gpkg", "in.fgb", "in.shp"):
        towns(4).to_file(folder / name)
    return folder


# A damaged byte can turn polygons into measured ones; pyogrio then says that it drops measures.
@pytest.mark.filterwarnings("ignore:Measured")
@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["in.geojson", "in.gpkg", "in.fgb", "in.shp", "in.dbf", "in.prj"]),
    st.integers(0, 2**32),
)
def test_damaged_files_end_in_an_answer(whole: Path, name: str, seed: int) -> None:
    folder = shutil.copytree(whole, whole.with_name("damaged"), dirs_exist_ok=True)
    random = np.random.default_rng(seed)
    damaged = bytearray((whole / name).read_bytes())
    for place in random.integers(0, len(damaged), random.integers(1, 8)):
        damaged[place] = random.integers(0, 256)
    (folder / name).write_bytes(damaged)
    file = str(folder / ("in.shp" if name in ("in.dbf", "in.prj") else name))
    out = str(folder / "out.geojson")
    assert main(["build", file, "--code", "CODE", "--name", "NAME", "--out", out]) in (0, 2)
    assert main(["inspect", file]) in (0, 2)


def test_a_table_whose_header_is_longer_than_the_file(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    towns().to_file(tmp_path / "in.shp", encoding="GBK")
    table = bytearray((tmp_path / "in.dbf").read_bytes())
    table[8:10] = b"\xff\xff"
    (tmp_path / "in.dbf").write_bytes(table)
    assert "no column CODE" in refused(tmp_path / "in.shp")


def test_a_part_of_a_shapefile(refused: Callable[..., str], tmp_path: Path) -> None:
    towns().to_file(tmp_path / "in.shp", encoding="GBK")
    assert "name its .shp" in refused(tmp_path / "in.dbf")


def test_degrees_in_a_crs_in_metres(
    refused: Callable[..., str], write: Callable[..., Path]
) -> None:
    assert "are degrees, but its CRS is" in refused(write(polygon(SQUARE)), "--crs", "EPSG:4549")


def test_metres_of_another_zone(refused: Callable[..., str], tmp_path: Path) -> None:
    towns().to_crs("EPSG:4528").to_file(tmp_path / "in.gpkg")  # 40 before the easting
    said = refused(tmp_path / "in.gpkg", "--crs", "EPSG:4549")
    assert "lies outside the area of CGCS2000 / 3-degree Gauss-Kruger CM 120E" in said


@pytest.mark.parametrize("told", ["UTF-8", "ISO-8859-1", "no-such-encoding"])
def test_the_wrong_encoding(refused: Callable[..., str], tmp_path: Path, told: str) -> None:
    towns().to_file(tmp_path / "in.shp", encoding="GBK")
    said = refused(tmp_path / "in.shp", "--encoding", told)
    assert "--encoding GB18030" in said


def test_an_encoding_that_is_stated_wrongly(refused: Callable[..., str], tmp_path: Path) -> None:
    towns().to_file(tmp_path / "in.shp", encoding="GBK")
    for stated in ("UTF-8", "ISO-8859-1"):
        (tmp_path / "in.cpg").write_text(stated)
        assert "--encoding GB18030" in refused(tmp_path / "in.shp")


def test_a_file_of_500_megabytes(refused: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "in.geojson"
    with path.open("wb") as stream:
        stream.truncate(500_000_000)
    assert "500 MB is more than 400; cut out the area" in refused(path)


def test_a_folder_and_a_name_that_does_not_exist(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    towns().to_file(folder / "towns.geojson")
    assert "a folder; name one file in it: towns.geojson" in refused(folder)
    assert "no such file; check the name" in refused(tmp_path / "nowhere.shp")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("in.geojson", b"", "empty; fetch it again"),
        ("in.geojson", b"hello", "in no known format"),
        ("in.csv", b"CODE,NAME\n1,a\n", "a table without shapes"),
        ("in.zip", b"hello", "no zip file"),
        ("in.parquet", b"hello", "no GeoParquet file"),
        ("in.shp", b"hello", "in.shx is missing"),
    ],
)
def test_files_that_are_something_else(
    refused: Callable[..., str], tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    assert said in refused(tmp_path / name)


def test_parquet_without_shapes(refused: Callable[..., str], tmp_path: Path) -> None:
    pd.DataFrame({"CODE": ["1"]}).to_parquet(tmp_path / "in.parquet")
    assert "no GeoParquet file" in refused(tmp_path / "in.parquet")


def test_columns_layers_and_selections_that_do_not_exist(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    path = tmp_path / "in.gpkg"
    towns().to_file(path, layer="towns")
    assert "no column KIND; there are: CODE, NAME" in refused(path, "--kind", "KIND")
    assert "no layer 'villages'; choose one with" in refused(path, "--layer", "villages")
    assert "no feature in 3306; codes are like 330500000" in refused(path, "--within", "3306")
    assert "no feature has NAME=x; there are 东镇" in refused(path, "--select", "NAME=x")
    towns().to_file(path, layer="more")
    assert "several layers; choose one with --layer: towns, more" in refused(path)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--crs", "EPSG:none"], "CRS 'EPSG:none' is not known"),
        (["--status", "published"], "name it with --source"),
        (["--record", "nowhere.json"], "nowhere.json: No such file"),
        (["out.shp"], "output is GeoJSON"),
        (["no/folder/out.geojson"], "a folder that exists"),
    ],
)
def test_options_that_cannot_be_met(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], said: str
) -> None:
    towns().to_file(tmp_path / "in.gpkg")
    words = ["build", str(tmp_path / "in.gpkg"), "--code", "CODE", "--name", "NAME", "--out"]
    out = [] if len(more) == 1 else [str(tmp_path / "out.geojson")]
    assert main([*words, *out, *more]) == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert said in line
    assert not list(tmp_path.rglob("out.*"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--tolerance", "far"], "'far' is not a length in metres"),
        (["--sliver", "-1"], "'-1' is not a length in metres"),
        (["--select", "NAME"], "'NAME' is not COLUMN=VALUE"),
        (["--status", "good"], "'good' is not one of 'published', 'reconstructed', 'unknown'"),
        (["--datum", "gcj"], "'gcj' is not one of 'wgs84', 'gcj02', 'bd09'"),
        (["--date", "today"], "'today' does not match the format '%Y-%m-%d'"),
        (["--colour", "red"], "No such option '--colour'"),
    ],
)
def test_options_that_cannot_be_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], said: str
) -> None:
    out = tmp_path / "out.geojson"
    words = ["build", "in.gpkg", "--code", "CODE", "--name", "NAME", "--out", str(out), *more]
    assert main(words) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_the_input_is_never_the_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "in.geojson"
    towns().to_file(path)
    before = path.read_bytes()
    words = ["build", str(path), "--code", "CODE", "--name", "NAME", "--out", str(path)]
    assert main(words) == 2
    assert "is the input" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_process_ends_with_2_and_without_a_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "serving.command"]
    command += ["check-boundaries", str(tmp_path / "nowhere.geojson")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "Error: nowhere.geojson: No such file or directory; name a GeoJSON file\n"


def test_a_full_disk_leaves_the_old_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    towns().to_file(tmp_path / "in.gpkg")
    out = tmp_path / "out" / "towns.geojson"
    out.parent.mkdir()
    out.write_text(PREVIOUS)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geo.files.geojson.os.fdopen", full)
    words = ["build", str(tmp_path / "in.gpkg"), "--code", "CODE", "--name", "NAME"]
    assert main([*words, "--out", str(out)]) == 2
    assert [item.name for item in out.parent.iterdir()] == ["towns.geojson"]
    assert out.read_text() == PREVIOUS
    shutil.rmtree(out.parent)
