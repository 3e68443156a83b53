"""Metrics as data: every value with where it comes from, and why there is none."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import geopandas as gpd

from stories.export.metrics import metric_rows
from stories.export.rows import table_csv
from stories.metrics import metric_series
from stories.model.text import Texts

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from serving.store.snapshot import Snapshot

Row = dict[str, Any]
Key = tuple[str, str, str]


def by_key(rows: list[Row]) -> dict[Key, Row]:
    return {(row["metric"], row["town"], row["period"]): row for row in rows}


def fetched(client: TestClient) -> dict[Key, Row]:
    text = client.get("/data/metrics.csv").content.decode("utf-8-sig")
    return by_key(list(csv.DictReader(io.StringIO(text, newline=""))))


def test_the_csv_has_every_value_and_why_there_is_none(
    client: TestClient, snapshot: Snapshot
) -> None:
    assert client.get("/data/metrics.csv").content.startswith("\ufeff".encode())
    rows = fetched(client)
    assert len(rows) == 13 * (6 + 6 + 1)
    xinshi = rows["villages", "xinshi", "2018-10-31"]
    assert (xinshi["value"], xinshi["unit_zh"], xinshi["computed"]) == ("29", "个", "")
    assert xinshi["code"] == "330521102"
    assert "国家统计局" in xinshi["source_zh"]
    assert "National Bureau of Statistics" in xinshi["source_en"]
    density = rows["density", "wukang", "2023-06-30"]
    assert (density["value"], density["computed"]) == ("0.25", "per_km2")
    assert (density["computed_from"], density["uncertain"]) == ("villages", "boundary")
    kangqian = rows["villages", "kangqian", "2018-10-31"]
    assert (kangqian["value"], kangqian["qualifier"]) == ("", "")
    assert kangqian["missing"] == "not_yet"
    assert rows["density", "kangqian", "2019-10-31"]["missing"] == "not_yet"
    assert rows["density", "fuxi", "2019-10-31"]["value"] not in {
        "", rows["density", "fuxi", "2020-06-30"]["value"],
    }  # fmt: skip
    written = [row for row in rows.values() if row["metric"] == "villages" and row["value"]]
    assert len(written) == len(snapshot.atlas.metric_values)


def test_a_formula_in_a_note_stays_text(snapshot: Snapshot) -> None:
    note = Texts.model_validate({"zh": "=1+1", "en": "@SUM(A1)"})
    first, *others = snapshot.atlas.metric_values
    low = first.model_copy(update={"note": note, "value": -first.value})
    atlas = snapshot.atlas.model_copy(update={"metric_values": (low, *others)})
    series = metric_series(atlas, snapshot.towns)
    text = table_csv(metric_rows(atlas, snapshot.towns, series)).removeprefix("\ufeff")
    rows = by_key(list(csv.DictReader(io.StringIO(text, newline=""))))
    row = rows[low.metric, low.division, str(low.period)]
    assert (row["note_zh"], row["note_en"]) == ("'=1+1", "'@SUM(A1)")
    assert row["value"] == f"{low.value}", "a number below zero is no formula"


def test_the_document_has_each_metric_with_its_values(client: TestClient) -> None:
    document = client.get("/data/stories.json").json()
    metrics = {each["id"]: each for each in document["metrics"]}
    assert list(metrics) == ["villages", "density", "area"]
    assert metrics["villages"]["kind"] == "count"
    assert metrics["villages"]["label"]["zh"] == "村和社区"
    found = {(each["town"], each["period"]): each for each in metrics["villages"]["values"]}
    assert found["leidian", "2020-06-30"]["value"] == 12
    assert {"town": "kangqian", "period": "2018-10-31", "why": "not_yet"} in metrics["villages"][
        "missing"
    ]
    assert all(each["computed"] for each in metrics["area"]["values"])
    (change,) = document["atlas"]["reorganisations"]
    assert "kangqian" in change["created"]


def test_a_gis_reads_the_metrics(client: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "boundaries.gpkg"
    path.write_bytes(client.get("/data/boundaries.gpkg").content)
    metrics = gpd.read_file(path, layer="metrics")
    assert len(metrics) == 13 * 13
    last = metrics[metrics["period"] == "2023-06-30"]
    assert last[last["metric"] == "villages"]["value"].sum() == 177


def test_a_story_in_markdown_has_its_division_s_metrics(client: TestClient) -> None:
    text = client.get("/data/kangqian.en.md").text
    part = text.partition("## In figures")[2].partition("\n## ")[0]
    assert "Villages and communities — **6 villages and communities**" in part
    assert "13th of 13" in part
    assert "our calculation" in part
    assert "rests on a reconstructed boundary" in part
    assert "National Bureau of Statistics" in part
    chinese = client.get("/data/kangqian.zh.md").text
    assert "村和社区" in chinese
    assert "国家统计局" in chinese
