"""`reconstruct` with lists of several dates, as an editor types it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.files.boundary_sets import load_set
from geo.files.provenance import load_provenance
from tests.support.command import main

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = [
    *("reconstruct", "old.geojson", "--old", "NAME", "--points", "villages.csv"),
    *("--division", "division_code", "--name", "division", "--out", "divisions.geojson"),
]
DATED = [*WORDS, "--dates", "lists.csv"]
NOW = {"a1": "甲镇", "a2": "甲镇", "b1": "乙镇", "b2": "乙镇", "b3": "乙镇"}
CODES = {"甲镇": "101", "乙镇": "102"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two old divisions, and five villages of which one changed hands."""
    monkeypatch.chdir(tmp_path)
    shapes = [shapely.box(120, 30, 120.1, 30.1), shapely.box(120.1, 30, 120.2, 30.1)]
    gpd.GeoDataFrame({"NAME": ["东乡", "西乡"]}, geometry=shapes, crs=4326).to_file("old.geojson")
    villages = pd.DataFrame({"code": list(NOW), "division": list(NOW.values())})
    villages["name"] = [f"{code}村" for code in NOW]
    villages["division_code"] = villages["division"].map(CODES)
    villages["lon"] = [120.02, 120.08, 120.12, 120.16, None]
    villages["lat"] = [30.05, 30.05, 30.05, 30.05, None]
    villages.to_csv("villages.csv", index=False)
    lists({"2018-10-31": NOW | {"b1": "甲镇"}, "2019-10-31": NOW, "2020-06-30": NOW})
    return tmp_path


def lists(dates: dict[str, dict[str, str]]) -> None:
    rows = [
        {"as_of": day, "code": code, "name": f"{code}村", "division": division}
        for day, members in dates.items()
        for code, division in members.items()
    ]
    pd.DataFrame(rows).to_csv("lists.csv", index=False)


def refused(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(words) == 2
    assert not Path("divisions.geojson").exists()
    return capsys.readouterr().err


def test_dates_are_written_beside_todays_and_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(WORDS) == 0
    without = (folder / "divisions.geojson").read_bytes()
    assert main(DATED) == 0
    assert (folder / "divisions.geojson").read_bytes() == without
    said = capsys.readouterr().out
    assert "2018-10-31: 2 divisions; villages: 5 by code, 0 by name" in said
    assert "2020-06-30: 2 divisions, as in divisions.geojson" in said
    assert "2018-10-31 to 2019-10-31: 101 to 102" in said
    assert "b1村" in said
    found = load_set(folder)
    assert [each.is_today for each in found.dated] == [False, True, True]
    assert found.changes is not None
    assert found.changes["villages"].tolist() == [["b1村"]]
    record = found.dated[0].provenance
    assert record is not None
    assert record.measures["listed_villages_without_point"] == ["b3"]
    assert [each.name for each in record.inputs] == ["old.geojson", "villages.csv", "lists.csv"]


def test_what_was_reconstructed_is_rebuilt_with_all_its_dates(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*DATED, "--tolerance", "20"]) == 0
    before = {path: path.read_bytes() for path in folder.rglob("*.*json")}
    for path in (folder / "dates").rglob("*.geojson"):
        path.unlink()
    assert main(["rebuild", "divisions.geojson"]) == 0
    assert "inputs that have changed: none" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in folder.rglob("*.*json")} == before
    lists({"2018-10-31": NOW, "2019-10-31": NOW})
    shutil.rmtree(folder / "dates" / "2020-06-30")
    assert main(["rebuild", "divisions.geojson"]) == 0
    said = capsys.readouterr().out
    assert "no land changed hands" in said
    assert not (folder / "dates" / "2018-10-31" / "divisions.geojson").exists()
    assert [each.is_today for each in load_set(folder).dated] == [True, True]


def test_todays_lines_say_where_they_had_to_be_drawn_anew(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Along a straight outline there is no vertex at which an earlier line could end.
    assert main([*DATED, "--tolerance", "50"]) == 0
    said = "today's lines have further vertices, where those of earlier dates meet them"
    assert said in capsys.readouterr().out
    assert said in load_provenance(folder / "divisions.provenance.json").method
    assert load_set(folder).changes is not None


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"2018-10-31": NOW | {"b1": "丙镇"}, "2020-06-30": NOW}, "division is '丙镇'"),
        ({"20181031x": NOW}, "as_of is '20181031x'; give a day as YYYY-MM-DD"),
        ({"2020-06-30": NOW | {"b1": "甲镇"}}, "differ in b1; the last date is that of today's"),
    ],
)
def test_lists_that_fit_nothing_are_refused(
    dates: dict[str, dict[str, str]], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lists(dates)
    assert words in refused(DATED, capsys)


@pytest.mark.parametrize("column", ["as_of", "code", "division"])
def test_a_list_that_lacks_a_column_is_refused(
    column: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pd.read_csv("lists.csv").drop(columns=column).to_csv("lists.csv", index=False)
    assert f"lists.csv: no column {column}; there are:" in refused(DATED, capsys)


def test_attributes_of_dates_need_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    said = refused([*WORDS, "--dates-attributes", "lists.csv"], capsys)
    assert "--dates-attributes is about the dates of a list; name it with --dates" in said


def test_attributes_of_a_date_on_which_nothing_begins_are_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("then.csv").write_text("as_of,code,kind\n2019-10-31,101,town\n", encoding="utf-8")
    said = refused([*DATED, "--dates-attributes", "then.csv"], capsys)
    assert "2019-10-31: no date on which earlier divisions begin; there are: 2018-10-31" in said


def test_a_folder_that_cannot_be_made_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("dates").write_text("", encoding="utf-8")
    assert "dates: " in refused(DATED, capsys)
