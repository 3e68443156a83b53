"""From an editor's file to the divisions of the map: choose, join, leave out, merge, dissolve."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from geo.build.inspection import suggest_build
from geo.files.boundaries import DEQING, load_boundaries
from geo.files.provenance import load_provenance
from geo.files.vector import read
from tests.support.command import main

CODES = ["01001", "01003", "01005", "02001"]
NAMES = ["Autauga", "Baldwin", "Barbour", "Far"]


@pytest.fixture
def counties(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four counties side by side, of two cities."""
    monkeypatch.chdir(tmp_path)
    shapes = [shapely.box(8 + i / 10, 47, 8.1 + i / 10, 47.1) for i in range(len(CODES))]
    table = {"CODE": CODES, "NAME": NAMES, "CITY": ["a", "a", "b", "b"]}
    gpd.GeoDataFrame(table, geometry=shapes, crs=4326).to_file("counties.gpkg")
    return tmp_path / "out.geojson"


def build(*more: str, name: str = "en=NAME") -> int:
    words = ["build", "counties.gpkg", "--code", "CODE", "--name", name, "--out", "out.geojson"]
    return main([*words, *more])


def codes(out: Path) -> list[str]:
    return list(load_boundaries(out)["code"])


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("--select CODE=01001 --select CODE=02001", ["01001", "02001"]),
        ("--select CODE=01001 --select CODE=01005 --select CITY=a", ["01001"]),
        ("--within 02 --within 01001", ["01001", "02001"]),
        ("--exclude NAME=Far --exclude CODE=01003", ["01001", "01005"]),
        ("--within 01 --exclude CITY=b", ["01001", "01003"]),
    ],
)
def test_what_is_asked_for_more_than_once_adds_up(
    counties: Path, words: str, left: list[str]
) -> None:
    assert build(*words.split()) == 0
    assert codes(counties) == left
    record = load_provenance(Path("out.provenance.json"))
    assert all(word in " ".join(record.method) for word in words.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--select NAME=Baldwn", "no feature has NAME=Baldwn; did you mean 'Baldwin'?"),
        ("--exclude CODE=1001", "no feature has CODE=1001; did you mean '01001'?"),
        ("--within 77", "no feature in 77; codes are like 01001"),
        ("--select CITY=a --exclude CITY=a", "no feature is left after --select CITY=a"),
        ("--select TOWN=a", "no column TOWN; there are: CODE, NAME, CITY"),
        ("--dissolve TOWN", "no column TOWN; there are"),
        ("--join-code X", "name the table with --join"),
        ("--code NAME", "--code is given 2 times; give it once"),
        ("--datum gcj02 --datum bd09", "--datum is given 2 times; give it once"),
        ("--tolerance 5 --tolerance 6", "--tolerance is given 2 times; give it once"),
        ("--name en=CITY", "--name en= is given 2 times; give it once"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    counties: Path, capsys: pytest.CaptureFixture[str], words: str, said: str
) -> None:
    assert build(*words.split()) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert not counties.exists()


def test_options_of_other_commands_are_not_dropped_either(
    counties: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = ["--strict", "--format", "json", "--format", "text"]
    for words in (
        ["check", *twice],
        ["inspect", "counties.gpkg", "--crs", "EPSG:4326", "--crs", "EPSG:4490"],
        ["run", "--port", "8501", "--port", "8502"],
        ["new", "x", "--boundaries", "counties.gpkg", "--languages", "zh", "--languages", "en"],
        ["new", "x", "--boundaries", "counties.gpkg", "--", "--code", "CODE", "--code", "NAME"],
    ):
        assert main(words) == 2
        assert "is given 2 times; give it once" in capsys.readouterr().err
    words = ["new", "x", "--boundaries", "counties.gpkg", "--languages", "en"]
    words += ["--towns", "autauga", "--towns", "far", "--", "--code", "CODE", "--name", "en=NAME"]
    assert main(words) == 0
    assert Path("x/far.yaml").is_file()
    assert Path("x/autauga.yaml").is_file()
    assert not Path("x/baldwin.yaml").exists()
    assert not counties.exists()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".ods"])
def test_names_come_from_a_table(counties: Path, suffix: str) -> None:
    table = pd.DataFrame({"CODE": CODES, "中文": ["甲", "乙", "丙", "丁"], "NAME": list("ABCD")})
    file = f"names{suffix}"
    if suffix == ".csv":
        table.to_csv(file, index=False)
    else:
        pyogrio.write_dataframe(table, file, driver=suffix[1:].upper())
    assert build("--join", file, "--name", "zh=中文") == 0
    made = load_boundaries(counties)
    assert made["name_zh"].tolist() == ["甲", "乙", "丙", "丁"]
    assert made["name_en"].tolist() == list("ABCD")
    record = load_provenance(Path("out.provenance.json"))
    assert [each.name for each in record.inputs] == ["counties.gpkg", file]
    assert f"columns of {file} joined by code" in record.method


def test_a_table_need_not_say_more_than_is_chosen(counties: Path) -> None:
    Path("names.csv").write_text("ID,ZH\n01001,甲\n01003,乙\n", encoding="utf-8")
    words = ["--join", "names.csv", "--join-code", "ID", "--name", "zh=ZH"]
    assert build(*words, "--select", "CITY=a") == 0
    assert codes(counties) == CODES[:2]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("1001,甲\n", "no feature has the code 1001; mend or take out these rows; the other file"),
        ("1001,甲\n", "writes 01001 for 1001: keep codes as text, zeros included"),
        ("01001,甲\n09999,乙\n", "no feature has the code 09999"),
        ("01001,甲\n", "names.csv has no row for the code 01003, 01005, 02001; add these rows"),
        ("01001,甲\n01001,乙\n", "code 01001: stands twice; keep one row"),
        (",甲\n", "row 2: no code"),
    ],
)
def test_codes_that_do_not_match_are_named(
    counties: Path, capsys: pytest.CaptureFixture[str], rows: str, said: str
) -> None:
    Path("names.csv").write_text(f"CODE,ZH\n{rows}", encoding="utf-8")
    assert build("--join", "names.csv", "--name", "zh=ZH") == 2
    assert said in capsys.readouterr().err
    assert not counties.exists()


def test_a_table_that_is_none_is_refused(
    counties: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bad.xlsx").write_bytes(b"PK no spreadsheet")
    for file, said in (("gone.csv", "o such file"), ("gone.xlsx", "o such file"),
                       ("bad.xlsx", "no spreadsheet")):  # fmt: skip
        assert build("--join", file) == 2
        assert said in capsys.readouterr().err
    Path("long.csv").write_text("CODE,ZH\n" + " " * 1_500_000, encoding="utf-8")
    assert build("--join", "long.csv", "--max-megabytes", "1") == 2
    assert "long.csv: 2 MB is more than 1" in capsys.readouterr().err
    Path("other.csv").write_text("X,Y\n1,2\n", encoding="utf-8")
    assert build("--join", "other.csv") == 2
    assert "other.csv: no column CODE; there are: X, Y" in capsys.readouterr().err
    assert not counties.exists()


def test_a_table_that_can_be_read_in_two_ways_says_so(
    counties: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("names.csv").write_bytes("CODE,ES\n01001,Málaga\n01003,Almería\n".encode("cp1252"))
    build("--join", "names.csv")
    [said] = [line for line in capsys.readouterr().err.splitlines() if "names.csv: wind" in line]
    assert "reads “01001,Mßlaga”; save it as UTF-8 to settle it" in said
    Path("names.csv").write_text("CODE,ES\n01001,Málaga\n01003,Almería\n", encoding="utf-8")
    build("--join", "names.csv")
    assert "names.csv: wind" not in capsys.readouterr().err
    assert not counties.exists()


def test_counties_become_cities(counties: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = "CODE,CITY_NAME\n01001,Alpha\n01003,Alpha\n01005,Beta\n02001,Beta\n"
    Path("cities.csv").write_text(table, encoding="utf-8")
    assert build("--dissolve", "CITY") == 2
    assert "do not agree on “name_en”: Autauga, Baldwin; name a column" in capsys.readouterr().err
    words = ["--join", "cities.csv", "--dissolve", "CITY"]
    assert build(*words, name="en=CITY_NAME") == 0
    made = load_boundaries(counties)
    assert made["code"].tolist() == ["a", "b"]
    assert made["name_en"].tolist() == ["Alpha", "Beta"]
    assert made.geometry.geom_type.tolist() == ["Polygon", "Polygon"]
    assert made.geometry.iloc[0].equals(shapely.box(8, 47, 8.2, 47.1))
    record = load_provenance(Path("out.provenance.json"))
    assert "features with the same CITY merged" in record.method
    assert record.measures["merged_features"] == {"a": CODES[:2], "b": CODES[2:]}


def test_rows_of_one_code_are_merged_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One row per island, as national agencies give them; some share a line."""
    boxes: dict[str, list[tuple[float, float, float, float]]] = {
        "101": [(119.9, 30.5, 120, 30.6), (119.9, 30.7, 119.92, 30.72), (119.8, 30.5, 119.9, 30.6)],
        "102": [(120, 30.5, 120.1, 30.6)],
    }
    features: list[object] = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": "Bay" if code == "101" else "Hill"},
            "geometry": shapely.geometry.mapping(shapely.box(*box)),
        }
        for code, each in boxes.items()
        for box in each
    ]
    file, out = tmp_path / "islands.geojson", tmp_path / "out.geojson"
    collection = {"type": "FeatureCollection", "features": features}
    file.write_text(json.dumps(collection), encoding="utf-8")
    words = ["build", str(file), "--code", "code", "--name", "en=name", "--out", str(out)]
    assert main(words) == 2
    assert "the code stands 3 times; make one division of these rows with --merge" in (
        capsys.readouterr().err
    )
    capsys.readouterr()
    assert main(["inspect", str(file)]) == 0
    proposed = capsys.readouterr().out.splitlines()[-1]
    assert "--code code" in proposed
    assert "--merge" in proposed
    assert main([*words, "--merge"]) == 0
    made = load_boundaries(out)
    assert made["code"].tolist() == ["101", "102"]
    assert shapely.get_num_geometries(made.geometry.iloc[0]) == 2
    record = load_provenance(tmp_path / "out.provenance.json")
    assert record.measures["merged_features"] == {"101": ["101", "101", "101"]}
    assert "features of one code merged" in record.method


def test_all_of_it_is_kept_at_a_rebuild(
    counties: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From another folder, of moved files, with inputs that have changed since."""
    table = 'CODE,CITY_NAME,x=y\n01001,Ål"pha,q\n01003,Ål"pha,q\n01005,Beta,q\n02001,Beta,q\n'
    Path("-cities.csv").write_text(table, encoding="utf-8")
    words = "--join ./-cities.csv --dissolve CITY --exclude NAME=Far --select x=y --polygons-only"
    Path("-cities.csv").write_text(table.replace("x=y", "x").replace(",q", ",y"), encoding="utf-8")
    assert build(*words.split(), "--tolerance", "1.5", name="en=CITY_NAME") == 0
    first = counties.read_bytes()
    assert load_boundaries(counties)["name_en"].tolist() == ['Ål"pha', "Beta"]
    moved = counties.parent / "moved"
    moved.mkdir()
    for file in [*counties.parent.glob("*.*")]:
        file.rename(moved / file.name)
    monkeypatch.chdir("/")
    out = moved / counties.name
    out.unlink()
    capsys.readouterr()
    assert main(["rebuild", str(out)]) == 0
    assert out.read_bytes() == first
    assert capsys.readouterr().out.endswith("inputs that have changed: none\n")
    changed = (moved / "-cities.csv").read_text(encoding="utf-8").replace("Beta", "Gamma")
    (moved / "-cities.csv").write_text(changed, encoding="utf-8")
    assert main(["rebuild", str(out)]) == 0
    assert load_boundaries(out)["name_en"].tolist() == ['Ål"pha', "Gamma"]
    assert capsys.readouterr().out.endswith("inputs that have changed: -cities.csv\n")


def test_a_new_atlas_s_boundaries_are_rebuilt(counties: Path) -> None:
    words = ["new", "atlas", "--boundaries", "counties.gpkg", "--languages", "en", "--"]
    assert main([*words, "--code", "CODE", "--name", "en=NAME", "--within", "01"]) == 0
    made = Path("atlas/boundaries/divisions.geojson")
    before = made.read_bytes()
    made.unlink()
    assert main(["rebuild", str(made)]) == 0
    assert made.read_bytes() == before
    assert not counties.exists()


def test_what_no_build_made_is_not_rebuilt(
    counties: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rebuild", str(DEQING / "divisions.geojson")]) == 2
    assert "its record does not say how `build` or `reconstruct` made it" in capsys.readouterr().err
    assert main(["rebuild", str(counties)]) == 2
    assert "out.provenance.json: No such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    "column", ['it\'s "x"', "Gemeinde Nr", "code=1", "-c", "$HOME `x`", "Straßenkürzel", "a\\b"]
)
@pytest.mark.parametrize("file", ["-towns.gpkg", "my towns' $x.gpkg", "çà.gpkg"])
def test_the_line_that_inspect_prints_runs_in_a_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, column: str, file: str
) -> None:
    monkeypatch.chdir(tmp_path)
    shapes = [shapely.box(8 + i / 10, 47, 8.1 + i / 10, 47.1) for i in range(2)]
    table = {column: ["01", "02"], f"name {column}": ["Ålesund", "Zürich"]}
    gpd.GeoDataFrame(table, geometry=shapes, crs=4326).to_file(f"./{file}", layer="towns")
    command = suggest_build(read(Path(file)))
    words = subprocess.run(
        ["/bin/sh", "-c", command.replace("story-atlas", "printf '%s\\0'", 1)],
        check=True, capture_output=True,
    ).stdout.decode()  # fmt: skip
    assert main(words.split("\0")[:-1]) == 0
    assert load_boundaries(Path(f"{Path(file).stem}.divisions.geojson"))["code"].tolist() == [
        "01",
        "02",
    ]
