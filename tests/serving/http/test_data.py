from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pyproj import Geod

from geo.files.export import boundaries_gpkg
from stories.export.markdown import story_markdown
from stories.export.rows import escape_formula, figure_rows, figures_csv

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

    from serving.store.snapshot import Snapshot

DEQING = Path(__file__).parents[3] / "stories" / "data" / "deqing"
DOCS = Path(__file__).parents[3] / "docs" / "data.md"
FILES = {
    "stories.json": "application/json",
    "boundaries.geojson": "application/geo+json",
    "places.geojson": "application/geo+json",
    "boundaries.gpkg": "application/geopackage+sqlite3",
    "figures.csv": "text/csv; charset=utf-8",
    "metrics.csv": "text/csv; charset=utf-8",
    "xinan.zh.md": "text/markdown; charset=utf-8",
    "yuyue.en.md": "text/markdown; charset=utf-8",
}


@pytest.mark.parametrize(("name", "kind"), FILES.items())
def test_data_are_for_any_origin_and_sent_once(client: TestClient, name: str, kind: str) -> None:
    first = client.get(f"/data/{name}", headers={"Origin": "https://other.example"})
    assert first.headers["content-type"] == kind
    assert first.headers["access-control-allow-origin"] == "*"
    again = client.get(f"/data/{name}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["access-control-allow-origin"] == "*"
    ask = client.options(f"/data/{name}", headers={"Origin": "https://other.example"})
    assert "If-None-Match" in ask.headers["access-control-allow-headers"]


@pytest.mark.parametrize("path", ["/", "/card/zh.png", "/oembed", "/sitemap.xml", "/robots.txt"])
def test_nothing_else_is(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Origin": "https://other.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "name",
    ["", "x", "xinan.md", "xinan.fr.md", "wukang.zh.md", "atlantis.zh.md", "..%2f..%2fserve.py",
     "%2e%2e/%2e%2e/pyproject.toml", "figures.csv%00"],
)  # fmt: skip
def test_what_is_not_offered_is_not_found(client: TestClient, name: str) -> None:
    answer = client.get(f"/data/{name}")
    assert answer.status_code in {400, 404} or "<title>" in answer.text  # Streamlit's own page
    assert "project" not in answer.text.partition("<title>")[0]


def test_excel_reads_the_csv_in_chinese(client: TestClient, snapshot: Snapshot) -> None:
    body = client.get("/data/figures.csv").content
    assert body.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    count = sum(len(s.figures) for s in snapshot.atlas.stories) + len(snapshot.atlas.figures)
    assert len(rows) == count
    output = next(row for row in rows if row["figure"] == "shangfeng-output")
    assert output["place_zh"] == "新安镇"
    assert output["label_zh"] == "上丰机械全年产值"
    assert (output["value"], output["unit"]) == ("130000000", "CNY")
    assert (output["qualifier"], output["status"]) == ("over", "forecast")
    assert (output["period"], output["paragraph"]) == ("2024", "4")
    assert output["quote"] == "预计能突破1.3亿元"
    assert output["boundary_status"] == "published"
    assert all(row["source_zh"] or row["computed"] for row in rows)


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    tamed = str(escape_formula(text))
    assert not tamed.lstrip().startswith(("=", "+", "-", "@")) or tamed.startswith("'")
    assert tamed in {text, f"'{text}"}
    assert escape_formula(-5) == -5


def test_a_formula_in_a_story_stays_text(snapshot: Snapshot) -> None:
    figure = snapshot.atlas.figures[0].model_copy(update={"quote": '=HYPERLINK("http://x")'})
    atlas = snapshot.atlas.model_copy(update={"figures": (figure,)})
    row = next(csv.DictReader(io.StringIO(figures_csv(atlas, snapshot.towns)[1:])))
    assert row["quote"] == '\'=HYPERLINK("http://x")'


def test_geojson_says_what_its_lines_are(client: TestClient) -> None:
    collection = client.get("/data/boundaries.geojson").json()
    assert collection["provenance"]["licence"].startswith("none stated")
    features = {each["id"]: each["properties"] for each in collection["features"]}
    assert len(features) == 13
    assert features["kangqian"]["boundary_status"] == "reconstructed"
    assert features["kangqian"]["headline_zh"] == "康乾：招商队伍出发，也去找人才"
    figures = {each["figure"]: each for each in features["xinan"]["figures"]}
    assert figures["shangfeng-output"]["value"] == 130_000_000
    assert figures["shangfeng-output"]["qualifier"] == "over"
    assert "figures" not in features["wukang"]


def test_a_gis_reads_the_geopackage(client: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "boundaries.gpkg"
    path.write_bytes(client.get("/data/boundaries.gpkg").content)
    assert set(gpd.list_layers(path)["name"]) >= {"divisions", "figures", "metrics", "provenance"}
    divisions = gpd.read_file(path, layer="divisions")
    assert divisions.crs == "EPSG:4326"
    assert len(divisions) == 13
    assert divisions.is_valid.all()
    figures = gpd.read_file(path, layer="figures")
    output = figures.set_index("figure").loc["shangfeng-output"]
    assert output["value"] in {130_000_000, "130000000"}
    assert output["status"] == "forecast"
    provenance = gpd.read_file(path, layer="provenance").set_index("key")["value"]
    assert json.loads(provenance["inputs"])[0]["name"] == "deqing_divisions_pre2016.geojson"


def test_the_same_data_give_the_same_bytes(snapshot: Snapshot) -> None:
    rows = {"figures": figure_rows(snapshot.atlas, snapshot.towns)}
    one, two = (boundaries_gpkg(snapshot.divisions, rows, snapshot.provenance) for _ in range(2))
    assert one == two


def test_the_document_holds_everything(client: TestClient, snapshot: Snapshot) -> None:
    document = client.get("/data/stories.json").json()
    assert document["atlas"]["languages"] == ["zh", "en"]
    assert document["boundaries"]["approval_number"] is None
    towns = {town["slug"]: town for town in document["towns"]}
    assert set(towns) == set(snapshot.towns)
    assert towns["leidian"]["story"]["texts"]["zh"]["headline"].startswith("雷甸")
    assert "story" not in towns["wukang"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_markdown_carries_figures_and_sources(snapshot: Snapshot, lang: str) -> None:
    from serving.http.request import context_at

    for story in snapshot.atlas.stories:
        text = story_markdown(context_at(snapshot, story.town, lang))
        html = MarkdownIt("commonmark").render(text)
        assert html.count("<h1>") == 1
        assert story.text(lang).headline.split("'")[0] in text
        for figure in story.figures:
            if figure.quote and not figure.computed:
                assert figure.quote in text.replace("\\", "")
        assert snapshot.atlas.source.title.get(lang) in text.replace("\\", "")


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("code", examples("python"))
def test_the_documented_examples_run(live: str, code: str) -> None:
    code = code.replace("http://localhost:8501", live)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_every_column_is_documented(snapshot: Snapshot) -> None:
    columns = figure_rows(snapshot.atlas, snapshot.towns)[0]
    documented = set(re.findall(r"`([a-z_]+(?:<lang>)?)`", DOCS.read_text(encoding="utf-8")))
    for column in columns:
        assert re.sub(r"_(zh|en)$", "_<lang>", column) in documented


def test_every_documented_address_answers(client: TestClient) -> None:
    for address in re.findall(r"`(/data/[^`<]+)`", DOCS.read_text(encoding="utf-8")):
        assert client.get(address).status_code == 200


def test_a_place_without_a_known_point_has_no_geometry(client: TestClient) -> None:
    collection = client.get("/data/places.geojson").json()
    found = {feature["id"]: feature for feature in collection["features"]}
    firm = found["xinan/shangfeng"]
    assert firm["geometry"] is None
    assert firm["properties"]["name_zh"] == "浙江上丰机械有限公司"
    assert firm["properties"]["division_en"] == "Xin’an Town"
    assert (firm["properties"]["known"], firm["properties"]["datum"]) == ("division", None)
    assert all(each["properties"]["source_zh"] for each in found.values())
    stories = client.get("/data/stories.json").json()
    assert [f"{each['town']}/{each['place']}" for each in stories["places"]] == list(found)


def test_a_point_of_another_datum_is_handed_out_in_wgs84(
    serve: Callable[..., TestClient], tmp_path: Path
) -> None:
    folder = tmp_path / "deqing"
    shutil.copytree(DEQING, folder)
    with (folder / "yuyue.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "  - {id: gate, name: {en: Gate}, kind: {en: Gate}, known: measured,"
            " at: [120.20, 30.50], datum: gcj02, source: {en: Amap}}\n"
        )
    collection = serve(folder=folder).get("/data/places.geojson").json()
    [gate] = [each for each in collection["features"] if each["id"] == "yuyue/gate"]
    lon, lat = gate["geometry"]["coordinates"]
    assert 300 < Geod(ellps="WGS84").inv(120.20, 30.50, lon, lat)[2] < 700
    assert gate["properties"]["datum"] == "gcj02"


def test_the_markdown_lists_the_places(client: TestClient) -> None:
    text = client.get("/data/xinan.en.md").text
    assert "## Places mentioned" in text
    assert "**Zhejiang Shangfeng Machinery Co., Ltd.**" in text
    assert "exact location not stated in the source" in text
