"""Values of a division that is no more, from the file to map, table and data."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from geo.files.boundary_sets import BOUNDARIES
from geo.map.metric_file import drawn_name
from serving.boundary_lookup import dates_of, divisions_of
from serving.card.metric import Asked, metric_still
from serving.store.snapshot import SnapshotStore
from stories.checks import check_atlas
from stories.metrics import Absence
from stories.view.metric_table import metric_rows_json
from stories.view.panel import panel_html

if TYPE_CHECKING:
    from serving.store.snapshot import Snapshot

DEQING = Path(__file__).parents[3] / "stories" / "data" / "deqing"
THEN = "dates/2018-10-31/divisions.geojson"
EARLY = ("2018-10-31", "2019-10-31")
CODE = "330521999"


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return Deqing, where Luoshe was another division on the first two dates."""
    folder = Path(shutil.copytree(DEQING, tmp_path / "deqing"))
    lines = Path(shutil.copytree(BOUNDARIES / "deqing", folder / "lines"))
    rewrite(folder / "atlas.yaml", "boundaries: deqing", "boundaries: lines")
    rows = json.loads((lines / THEN).read_text(encoding="utf-8"))["features"]
    (then,) = (row["properties"] for row in rows if row["properties"]["slug"] == "luoshe")
    rewrite(lines / THEN, f'"{then["code"]}"', f'"{CODE}"')
    rewrite(lines / THEN, '"slug":"luoshe"', '"slug":"old-luoshe"')
    rewrite(lines / THEN, "洛舍镇", "洛舍乡")
    for day in EARLY:
        rewrite(folder / "metrics.csv", f"{then['code']},villages,{day}", f"{CODE},villages,{day}")
    return folder


def said(folder: Path) -> list[str]:
    """Return what the check says, with line and column."""

    def found(path: Path, name: str) -> dict[str, object]:
        return {each.slug: each for each in divisions_of(path, name)}

    faults = check_atlas(folder, found, history=dates_of)
    return [f"{Path(each.file).name}:{each.line}: {each.message}" for each in faults]


@pytest.fixture
def snapshot(folder: Path) -> Snapshot:
    return SnapshotStore(folder).current()


def test_the_check_accepts_them(folder: Path) -> None:
    assert [each for each in said(folder) if CODE in each] == []


def test_the_totals_of_all_periods_stay(snapshot: Snapshot) -> None:
    before = SnapshotStore(DEQING).current().series["villages"]
    after = snapshot.series["villages"]
    assert after.periods == before.periods
    for period in before.periods:
        totals = [sum(cell.value for cell in each.at(period).values()) for each in (before, after)]
        assert totals[0] == totals[1]
        has_former = "old-luoshe" in after.at(period)
        assert has_former == (str(period) in EARLY)
        if not has_former:
            assert after.absent(period)["old-luoshe"] is Absence.GONE
    density = snapshot.series["density"]
    first = density.periods[0]
    assert density.at(first)["old-luoshe"].value > 0
    assert density.means[first] == SnapshotStore(DEQING).current().series["density"].means[first]


def test_it_is_on_the_map_and_its_stills_at_its_dates_alone(snapshot: Snapshot) -> None:
    assert snapshot.metrics
    drawn = json.loads((snapshot.metrics / drawn_name("density")).read_text(encoding="utf-8"))
    at = drawn["slugs"].index("old-luoshe")
    has_class = [period["classes"][at] >= 0 for period in drawn["periods"]]
    assert has_class == [period["id"] in EARLY for period in drawn["periods"]]
    series = snapshot.series["density"]
    for lang in (None, "zh"):
        assert metric_still(snapshot, Asked(series, series.periods[0], lang), "png")
        svg = metric_still(snapshot, Asked(series, series.periods[0], lang), "svg").decode()
        assert ("洛舍" in svg) is (lang == "zh")


def test_the_table_names_it_as_a_former_division_without_a_page(snapshot: Snapshot) -> None:
    params = {"metric": ["villages"], "period": ["2018-10-31"], "lang": ["en"]}
    context = snapshot.view_of(params)
    page = BeautifulSoup(panel_html(context), "html.parser")
    rows = page.select(".metric-table tbody tr")
    assert len(rows) == 14
    (row,) = (each for each in rows if "former division" in each.text)
    assert not row.select("a")
    number = row.select(".number")[0].text
    (sent,) = (each for each in json.loads(metric_rows_json(context)) if not each[0])
    assert sent[1] == row.select("th")[0].text
    assert sent[2][0][1] == number
    assert sent[2][-1][3] == "This division no longer existed."
    today = snapshot.view_of(params | {"period": ["2023-06-30"]})
    page = BeautifulSoup(panel_html(today), "html.parser")
    assert page.select(".metric-table tbody tr")[-1].select("th")[0].text == sent[1]


def test_data_has_rows_of_it(folder: Path, serve: object) -> None:
    client = serve(folder=folder)  # type: ignore[operator]
    rows = list(csv.DictReader(io.StringIO(client.get("/data/metrics.csv").text.lstrip("\ufeff"))))
    of_it = [row for row in rows if row["town"] == "old-luoshe" and row["metric"] == "villages"]
    assert [row["period"] for row in of_it if row["value"]] == list(EARLY)
    assert {row["missing"] for row in of_it if not row["value"]} == {"gone"}
    assert {row["code"] for row in of_it} == {CODE}
    metrics = client.get("/data/stories.json").json()["metrics"]
    (villages,) = (each for each in metrics if each["id"] == "villages")
    assert sum(each["town"] == "old-luoshe" for each in villages["values"]) == 2
    assert client.get("/?metric=villages&period=2018-10-31&lang=zh").status_code == 200


def test_a_value_after_its_last_boundary_is_refused(folder: Path) -> None:
    with (folder / "metrics.csv").open("a", encoding="utf-8") as file:
        file.write(f"{CODE},villages,2023-06-30,9\n")
    state = SnapshotStore(folder).state()
    assert not state.is_whole
    told = f"'{CODE}' has a value in 2023-06-30, but no boundary then (column 'period');"
    mend = "correct the period (its last boundary is that of 2019-10-31), or take it out"
    assert any(f"{told} {mend}" in str(each) for each in state.faults)
    assert any(f"{told} {mend}" in each for each in said(folder))


def test_without_dates_the_fault_says_what_is_needed(folder: Path) -> None:
    rewrite(folder / "kangqian.yaml", "dates: [2019-10-31, 2020-06-30]", "# dates: none")
    shutil.rmtree(folder / "lines" / "dates")
    (folder / "lines" / "changes.geojson").unlink()
    (fault, *_) = (each for each in said(folder) if CODE in each)
    assert f"the boundary file has no division '{CODE}'" in fault
    assert fault.endswith(
        "; of one that is no more, the boundary set needs `dates/` on which it was there"
    )
    assert not SnapshotStore(folder).state().is_whole
