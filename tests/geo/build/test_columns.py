"""Which columns `inspect` proposes for codes and names."""

from __future__ import annotations

import shlex
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.build.columns import guess_columns
from geo.build.inspection import suggest_build
from geo.files.boundaries import load_boundaries
from geo.files.vector import read
from tests.support.command import main

DATA = Path(__file__).parents[1] / "files" / "data"


def guessed(table: dict[str, list[object]]) -> tuple[str | None, dict[str, str]]:
    shapes = [shapely.box(i, 0, i + 1, 1) for i in range(len(next(iter(table.values()))))]
    return guess_columns(gpd.GeoDataFrame(table, geometry=shapes, crs=4326))


@pytest.mark.parametrize(
    ("column", "names", "language"),
    [
        ("name", ["Zürich", "Genève", "Neuchâtel"], "en"),
        ("NAME", ["Málaga", "Cádiz", "Córdoba"], "en"),
        ("nazwa", ["Łódź", "Kraków", "Gdańsk"], "en"),
        ("назва", ["Київ", "Львів", "Одеса"], "uk"),
        ("название", ["Москва", "Тверь", "Тула"], "ru"),
        ("اسم", ["دمشق", "حلب", "حمص"], "ar"),
        ("ชื่อ", ["ไทย", "ภูเก็ต", "เชียงใหม่"], "th"),
        ("市町村名", ["松山市", "さいたま市", "今治市"], "ja"),
        ("이름", ["서울", "부산", "대구"], "ko"),
        ("Tên", ["Đà Nẵng", "Huế", "Hà Nội"], "vi"),
        ("ad", ["İzmir", "Ağrı", "Muş"], "tr"),
        ("XZQMC", ["德清县", "长兴县", "安吉县"], "zh"),
        ("name", ["Paris 1er", "Paris 2e", "Paris 3e"], "en"),
        ("name", ["3. Bezirk", "4. Bezirk", "5. Bezirk"], "en"),
        ("name", ["L'Aquila", 'Saint "Pierre"', "Côte-d’Or"], "en"),
        ("name", ["Neustadt", "Neustadt", "Altstadt"], "en"),
        ("name", ["A", "B", "C"], "en"),
        ("name", ["Å", "Ærø", "Øster"], "en"),
        ("name_fr", ["Genève", "Bâle", "Zoug"], "fr"),
        ("name:de", ["Genf", "Basel", "Zug"], "de"),
        ("ar", ["دمشق", "حلب", "حمص"], "ar"),
    ],
)
def test_names_in_any_script(column: str, names: list[object], language: str) -> None:
    table: dict[str, list[object]] = {"code": ["1", "2", "3"], "kind": ["x", "x", "x"]}
    assert guessed(table | {column: names}) == ("code", {language: column})


@pytest.mark.parametrize(
    ("column", "codes"),
    [
        ("code", ["1e5", "0x10", "null"]),
        ("GEOID", ["01001", "01003", "01005"]),
        ("INSEE_COM", ["2A004", "2B033", "75056"]),
        ("AGS", ["09162", "09163", "09164"]),
        ("XZQDM", ["330521", "330522", "330523"]),
        ("行政区划代码", ["330521", "330522", "330523"]),
        ("adm", ["330521", "330522", "330523"]),
    ],
)
def test_codes_as_the_world_calls_them(column: str, codes: list[object]) -> None:
    table: dict[str, list[object]] = {"name": ["Ää", "Öö", "Üü"], "area": [1.5, 2.5, 3.5]}
    assert guessed(table | {column: codes}) == (column, {"en": "name"})


def test_descriptions_links_and_dates_are_no_names() -> None:
    table: dict[str, list[object]] = {
        "id": ["1", "2"],
        "description": ["<b>x</b>", "<i>y</i>"],
        "website": ["https://a.example/", "https://b.example/"],
        "updated": ["2024-01-01T00:00:00", "2024-01-02T00:00:00"],
        "Gemeinde": ["Zug", "Bâle"],
    }
    assert guessed(table) == ("id", {"en": "Gemeinde"})


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("diacritics.geojson", "--code code --name en=name"),
        ("rtl.geojson", "--code code --name ar=ar --name en=en"),
        ("yamlish_codes.geojson", "--code code --name en=name"),
        ("labelled.kml", "--code CODE --name en=Name"),
        ("sub.zip", "--code CODE --name zh=NAME"),
        ("nested.zip", "--code XZQDM --name zh=XZQMC"),
        ("wkt_geom.csv", "--crs EPSG:4326 --code code --name zh=name"),
        ("wkt_utf16.csv", "--crs EPSG:4326 --code code --name zh=name"),
        ("latin1_ldid.shp", "--code CODE --name en=NAME"),
    ],
)
def test_the_line_for_a_file_keeps_every_division(tmp_path: Path, name: str, options: str) -> None:
    file = read(DATA / name)
    _, *words = shlex.split(suggest_build(file))
    assert options in " ".join(words)
    words[words.index("--out") + 1] = str(tmp_path / "out.geojson")
    assert main(words) == 0
    made = load_boundaries(tmp_path / "out.geojson")
    assert len(made) == len(file.frame)


def test_a_label_beside_a_polygon_is_named_and_the_polygon_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.geojson"
    words = ["build", str(DATA / "labelled.kml"), "--code", "CODE", "--name", "Name"]
    assert main([*words, "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "3 divisions" in said
    assert "feature 101: polygons taken out of a collection, without its 1 Point" in said


def test_a_point_alone_is_a_fault_unless_left_out_by_an_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.geojson"
    words = ["build", str(DATA / "ge_one_folder.kml"), "--code", "Name", "--name", "zh=Name"]
    assert main([*words, "--out", str(out)]) == 2
    assert "县政府: a Point; keep polygons only (--polygons-only)" in capsys.readouterr().err
    assert not out.exists()


def test_nested_collections_and_those_without_polygons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box, next_box = shapely.box(8, 47, 9, 48), shapely.box(9, 47, 10, 48)
    inner = shapely.GeometryCollection([shapely.Point(8.5, 47.5), next_box])
    nested = shapely.GeometryCollection([inner, shapely.LineString([(8, 47), (9, 48)]), box])
    bare = shapely.GeometryCollection(
        [shapely.Point(8, 47), shapely.LineString([(8, 47), (9, 48)])]
    )
    table = {"code": ["1", "2"], "name": ["a", "b"]}
    path = tmp_path / "in.geojson"
    gpd.GeoDataFrame(table, geometry=[nested, bare], crs=4326).to_file(path)
    words = ["build", str(path), "--code", "code", "--name", "en=name"]
    words += ["--out", str(tmp_path / "out.geojson")]
    assert main(words) == 2
    assert "feature 2: a GeometryCollection; keep polygons only" in capsys.readouterr().err
    assert main([*words, "--polygons-only"]) == 0
    said = capsys.readouterr().out
    assert (
        "feature 1: polygons taken out of a collection, without its 1 LineString, 1 Point" in said
    )
    assert "feature 2: GeometryCollection left out, as --polygons-only asks" in said


def test_an_empty_shape_is_a_fault_that_says_what_helps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shapes = [shapely.box(8, 47, 9, 48), shapely.Polygon(), None]
    table = {"code": ["1", "2", "3"], "name": ["a", "b", "c"]}
    path = tmp_path / "in.geojson"
    gpd.GeoDataFrame(table, geometry=shapes, crs=4326).to_file(path)
    words = ["build", str(path), "--code", "code", "--name", "en=name"]
    words += ["--out", str(tmp_path / "out.geojson")]
    assert main(words) == 2
    said = capsys.readouterr().err
    assert "feature 3: no geometry; draw it, leave it out with --exclude COLUMN=VALUE, or" in said
    assert main([*words, "--polygons-only"]) == 0
