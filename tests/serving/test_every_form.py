# ruff: noqa: E501  # tables of values
"""Whatever stands in the files: it is refused with a fault, or given out whole in every form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from faults import FaultyFileError, Severity
from serving.boundary_lookup import divisions_of
from serving.store import catalogue
from serving.store.catalogue import Catalogue
from serving.store.snapshot import load_snapshot
from stories.authoring.report import Format, report
from stories.checks import check_atlas
from stories.files.loader import read_atlas
from tests.support.servers import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.testclient import TestClient

    from serving.store.snapshot import Snapshot
    from stories.model.division import Division

SCRIPT = ROOT / "streamlit_app.py"
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def feature(slug: str, west: float) -> dict[str, Any]:
    ring = [[west, 30], [west + 0.1, 30], [west + 0.1, 30.1], [west, 30.1], [west, 30]]
    return {
        "type": "Feature",
        "properties": {
            "code": slug.upper(),
            "slug": slug,
            "name_zh": "东镇",
            "name_en": slug.title(),
            "kind": "town",
            "boundary_status": "published",
            "source": "made up",
            "area_km2": 91.5,
            "label_point": [west + 0.05, 30.05],
        },
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def atlas(small: Path) -> Path:
    """An atlas with boundaries of its own: one division with a story, one without."""
    write(
        small,
        {"type": "FeatureCollection", "features": [feature("east", 120), feature("west", 120.1)]},
    )
    return small


def write(folder: Path, collection: Any) -> None:  # noqa: ANN401  # JSON
    (folder / "small").mkdir(exist_ok=True)
    text = collection if isinstance(collection, str) else json.dumps(collection)
    (folder / "small" / "divisions.geojson").write_text(text, encoding="utf-8")


def strict(text: str | bytes) -> Any:  # noqa: ANN401  # JSON
    """Read JSON as browsers do."""

    def refuse(name: str) -> None:
        raise AssertionError(name)

    return json.loads(text, parse_constant=refuse)


@pytest.fixture
def give_out(
    serve: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[Path], bool]:
    """Give an atlas out in every form and language; false where it is refused, with faults."""

    def given_out(folder: Path) -> bool:
        checked = check_atlas(folder, slugs)
        report(checked, Format.TEXT).encode()
        refused = any(fault.severity is Severity.ERROR for fault in checked)
        try:
            snapshot = load_snapshot(read_atlas(folder))
        except FaultyFileError as error:
            str(error).encode()
            assert refused, error  # noqa: PT017  # either outcome is fine
            return False
        assert not refused
        answers(serve(folder=folder), snapshot, tmp_path / "got.gpkg")
        monkeypatch.setattr(catalogue, "catalogue", Catalogue(folder))
        pages(snapshot)
        return True

    return given_out


def pages(snapshot: Snapshot) -> None:
    """Draw the whole and a town, one in each language; `answers` has the words of all others."""
    towns = (None, next(iter(snapshot.towns)))
    for lang, town in zip(snapshot.atlas.languages, towns, strict=False):
        app = AppTest.from_file(str(SCRIPT), default_timeout=60)
        app.query_params["lang"] = lang
        if town:
            app.query_params["town"] = town
        app.run()
        assert not app.exception
        assert any("<article" in each.proto.body for each in app.get("html"))


def answers(client: TestClient, snapshot: Snapshot, package: Path) -> None:
    for name in ("stories.json", "boundaries.geojson"):
        strict(got(client, f"/data/{name}"))
    for file in snapshot.boundaries.iterdir():
        strict(file.read_bytes())
    package.write_bytes(got(client, "/data/boundaries.gpkg"))
    assert len(gpd.read_file(package, layer="divisions")) == len(snapshot.towns)
    for path in ("/data/figures.csv", "/data/metrics.csv", "/sitemap.xml", "/robots.txt"):
        got(client, path).decode()
    for lang in snapshot.atlas.languages:
        for story in snapshot.atlas.stories:
            got(client, f"/data/{story.town}.{lang}.md").decode()
        for town in (None, *list(snapshot.towns)[:3]):
            got(client, f"/card/{town}.{lang}.png" if town else f"/card/{lang}.png")
            query = f"lang={lang}&town={town}" if town else f"lang={lang}"
            page = got(client, f"/?{query}").decode()
            assert "<article" in page
            got(client, f"/oembed?url=https://atlas.example/?{query.replace('&', '%26')}")


def slugs(folder: Path, name: str) -> dict[str, Division]:
    return {division.slug: division for division in divisions_of(folder, name)}


def got(client: TestClient, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.text[:200])
    return answer.content


def test_what_is_whole_is_given_out(atlas: Path, give_out: Callable[[Path], bool]) -> None:
    assert give_out(atlas)


HUGE = "9" * 5000
DEEP: Any = 1
for _ in range(400):
    DEEP = [DEEP]
REFUSED = [
    {"extra": [1, {"a": [float("nan")]}]}, {"extra": float("nan")}, {"extra": float("-inf")},
    {"extra": 10**40}, {"extra": DEEP}, {"extra": "\ud800"}, {"extra": "a\0b"},
    {"extra": list(range(2000))}, {"name_zh": "\udfff"}, {"name_en": 5}, {"name_en": "x" * 1_000_000},
    {"boundary_note_en": "\ud800"}, {"boundary_note_en": ["x"]}, {"label_point": []},
    {"label_point": ["x"]}, {"label_point": True}, {"label_point": [float("nan"), 30]},
    {"label_point": [1e300, 30]}, {"label_point": [120, 30, 5]}, {"area_km2": 1e300},
    {"area_km2": -1}, {"area_km2": "91"}, {"area_km2": True}, {"area_km2": [91]}, {"kind": 5},
    {"kind": ["town"]}, {"kind": "\ud800"}, {"boundary_status": "guessed"},
    {"boundary_status": ["published"]}, {"slug": ["east"]}, {"slug": "East Town"}, {"slug": None},
    {"slug": {"a": 1}}, {"code": ["x"]}, {"code": 5}, {"geometry": 1}, {"": 1}, {"a\0b": 1}, {"\ud800": 1},
    {"x" * 200: 1}, {f"p{n}": n for n in range(500)},
]  # fmt: skip
ACCEPTED = [
    {"kind": "__class__"}, {"kind": "comune"}, {"kind": "{x}"}, {"kind": "a.b"}, {"kind": None},
    {"fid": 7}, {"FID": "x"}, {"geom": "x"}, {"Geom": [1]}, {"ogc_fid": 1}, {"rowid": 1},
    {"Note": 1, "note": 2, "NOTE": "3", "note_2": 4}, {"extra": [1, "a", None, {"b": [2.5]}]},
    {"extra": {"a": {}}}, {"extra": True}, {"extra": []}, {"select": "x", "a b": "y", '"': "z", "'": 1},
    {"extra": 2**62}, {"extra": ""}, {"name_zh": "甲" * 9_999}, {"label_point": None},
    {"area_km2": None}, {"area_km2": 0}, {"extra": "<script>alert(1)</script>"},
    {"themes": "mine", "figures": 3, "headline_zh": 1}, {"id": 5, "type": "x", "properties": {}},
    {"index": 1, "level_0": 2}, {"extra": "\u202e\u200f"},
]  # fmt: skip


@pytest.mark.parametrize("properties", REFUSED, ids=lambda each: repr(each)[:40])
def test_properties_that_could_not_be_given_out_are_refused(
    atlas: Path, give_out: Callable[[Path], bool], properties: dict[str, Any]
) -> None:
    change(atlas, properties)
    assert not give_out(atlas)


@pytest.mark.parametrize("properties", ACCEPTED, ids=lambda each: repr(each)[:40])
def test_properties_that_are_accepted_are_given_out(
    atlas: Path, give_out: Callable[[Path], bool], properties: dict[str, Any]
) -> None:
    change(atlas, properties)
    assert give_out(atlas)


def change(folder: Path, properties: dict[str, Any]) -> None:
    path = folder / "small" / "divisions.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    collection["features"][0]["properties"] |= properties
    write(folder, collection)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("91.5", HUGE), ("91.5", "1e999"), ("91.5", "NaN"), ("91.5", f"[[{HUGE}]]"),
        ("120.1", HUGE), ("120.1", "9" * 400), ("120.1", "1e999"), ("120.1", '"x"'), ("120.1", "[]"),
        ('"properties": {', '"properties": [], "x": {'), ('"properties": {', '"properties": 5, "x": {'),
        ('"properties": {', '"properties": null, "x": {'), ('"type": "Polygon"', '"type": ["Polygon"]'),
        ('"type": "Polygon"', '"type": "GeometryCollection", "geometries": [' + "[" * 900 + "]" * 900 + "]"),
        ('"features": [', '"features": [null, '), ('"features": [', '"features": [[], '),
        ('"features": [', '"bbox": [NaN], "features": ['), ('"features": [', '"x": ' + "[" * 100_000),
        ('"features": [', '"x": ' + "[" * 900 + "]" * 900 + ', "features": [5, '),
    ],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_json_that_nobody_writes_by_mistake_is_refused(
    atlas: Path, give_out: Callable[[Path], bool], old: str, new: str
) -> None:
    text = (atlas / "small" / "divisions.geojson").read_text(encoding="utf-8")
    assert old in text
    write(atlas, text.replace(old, new, 1))
    assert not give_out(atlas)


@pytest.mark.parametrize("name", ["county.geojson", "villages.geojson", "neighbours.geojson"])
@pytest.mark.parametrize("content", ["{", '{"features": [NaN]}', '{"features": 5}', HUGE])
def test_the_other_files_of_the_map_are_held_to_the_same(
    atlas: Path, give_out: Callable[[Path], bool], name: str, content: str
) -> None:
    (atlas / "small" / name).write_text(content, encoding="utf-8")
    assert not give_out(atlas)


@pytest.mark.parametrize("number", ["NaN", "Infinity", HUGE, "1e999", "[" * 5000])
def test_a_record_that_could_not_be_given_out_is_refused(
    atlas: Path, give_out: Callable[[Path], bool], number: str
) -> None:
    bundled = ROOT / "geo" / "data" / "deqing" / "divisions.provenance.json"
    record = json.loads(bundled.read_text(encoding="utf-8"))
    record["measures"]["odd"] = ["HERE"]
    text = json.dumps(record).replace('"HERE"', number)
    (atlas / "small" / "divisions.provenance.json").write_text(text, encoding="utf-8")
    assert not give_out(atlas)


WORDS = [HUGE, '"\\uD800"', '"\\0"', '"\\x1b[31m"', '"\\UFFFFFFFF"', "x" * 100_000, "[" * 15 + "]" * 15,
         "{a: {b: c}}", "1e999", ".nan", "-" + HUGE, "1." + HUGE, "null", "true"]  # fmt: skip
PLACES = [
    ("atlas.yaml", "id: small"), ("atlas.yaml", "stories: [east]"), ("atlas.yaml", "boundaries: small"),
    ("atlas.yaml", "icon: factory"), ("east.yaml", "value: 12"), ("east.yaml", "period: 2024"),
    ("east.yaml", "id: wells"), ("east.yaml", "unit: count"), ("east.yaml", "quote: 12口井"),
    ("east.yaml", "town: east"), ("east.yaml", "passage: {paragraph: 1}"),
]  # fmt: skip


@pytest.mark.parametrize("value", WORDS, ids=lambda text: text[:12])
@pytest.mark.parametrize(("name", "old"), PLACES)
def test_values_of_yaml_are_refused_or_given_out(
    atlas: Path, give_out: Callable[[Path], bool], name: str, old: str, value: str
) -> None:
    file = atlas / name
    text = file.read_text(encoding="utf-8")
    key = old.partition(":")[0]
    file.write_text(text.replace(old, f"{key}: {value}", 1), encoding="utf-8")
    give_out(atlas)


scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
    | st.text(st.characters(codec=None), max_size=9)
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
known = st.sampled_from(["fid", "geom", "Code", "SLUG", "kind", "area_km2", "label_point", "name_en",
                         "name_zh", "boundary_note_zh", "source", "note", "Note"])  # fmt: skip


@given(properties=st.dictionaries(known | st.text(max_size=12), values, max_size=4))
@SLOW
def test_any_properties_are_refused_or_given_out(
    atlas: Path, give_out: Callable[[Path], bool], properties: dict[str, Any]
) -> None:
    write(atlas, {"features": [feature("east", 120), feature("west", 120.1)]})
    change(atlas, properties)
    give_out(atlas)


@given(place=st.sampled_from(PLACES), value=values)
@SLOW
def test_any_values_of_yaml_are_refused_or_given_out(
    atlas: Path,
    small_files: dict[str, str],
    give_out: Callable[[Path], bool],
    place: tuple[str, str],
    value: object,
) -> None:
    for name, text in small_files.items():
        (atlas / name).write_text(text, encoding="utf-8")
    name, old = place
    text = small_files[name].replace(old, f"{old.partition(':')[0]}: {json.dumps(value)}", 1)
    (atlas / name).write_text(text, encoding="utf-8")
    give_out(atlas)


@pytest.mark.parametrize("lang", ["eu", "gl", "ps", "ar", "zh-Hant", "hi", "pt-BR"])
def test_every_language_is_given_out(
    atlas: Path, give_out: Callable[[Path], bool], lang: str
) -> None:
    for file in atlas.glob("*.yaml"):
        text = (
            file.read_text(encoding="utf-8")
            .replace("en: ", f"{lang}: ")
            .replace("zh, en]", f"zh, {lang}]")
        )
        file.write_text(text, encoding="utf-8")
    (atlas / "east.en.md").rename(atlas / f"east.{lang}.md")
    assert give_out(atlas)


METRICS = """
metrics:
  - {id: wells, label: {zh: 井, en: Wells}, unit: {zh: 口, en: wells}, kind: count, source: {en: A list}}
  - {id: density, label: {zh: 密, en: Density}, unit: {zh: 口, en: "%"}, kind: density, computed: {per_km2: wells}}
  - {id: area, label: {zh: 面, en: Area}, unit: {zh: 平, en: "km²"}, kind: count, computed: {area: true}}
  - {id: change, label: {zh: 变, en: Change}, unit: {zh: 口, en: "{n}"}, kind: index, decimals: 6,
     computed: {change: wells, formula: percent_change}, classes: {by: natural_breaks}}
reorganisations: [{period: 2021, divisions: [east]}]
no_story: [west]
"""
ROWS = [
    "east,wells,2020,3\nwest,wells,2020,4\nEAST,wells,2022,9\nwest,wells,2022,1",
    f"east,wells,2020,{'9' * 12}\nwest,wells,2020,-{'9' * 12}\nwest,wells,2022,0.000001",
    "east,wells,unstated,0\nwest,wells,0001,0\nwest,wells,9999,1\nwest,wells,9999-12-31,1",
    "west,wells,2020,0.1\nwest,wells,2021,0.1\nwest,wells,2022,0.1",
    "north,wells,2020,3", "east,wells,2020,3\nEAST,wells,2020,3", f"east,wells,2020,{HUGE}", "\0", '"', "east",
    "east,wells,2020,nan", "east,wells,2020,inf", "east,wells,2020,0x10", "east,wells,2020,1_000",
    "\ud800",
]  # fmt: skip


def count(folder: Path, rows: str, metrics: str = METRICS) -> None:
    text = (folder / "atlas.yaml").read_text(encoding="utf-8")
    text = text.partition("\nmetrics:")[0] + metrics
    (folder / "atlas.yaml").write_text(text, encoding="utf-8")
    table = f"division,metric,period,value\n{rows}\n".encode("utf-8", "surrogatepass")
    (folder / "metrics.csv").write_bytes(table)


@pytest.mark.parametrize("rows", ROWS, ids=lambda text: text[:20])
def test_metrics_are_refused_or_given_out(
    atlas: Path, give_out: Callable[[Path], bool], rows: str
) -> None:
    count(atlas, rows)
    assert give_out(atlas) == (ROWS.index(rows) < 4)


@given(
    cells=st.lists(
        st.tuples(
            st.sampled_from(["east", "west", "EAST", "=1+1"]) | st.text(max_size=4),
            st.sampled_from(["2020", "2021", "2022", "unstated", "2020-01-01/2021-02-03"]),
            st.decimals(-(10**18), 10**18, places=6).map(str)
            | st.integers().map(str)
            | st.text(max_size=9),
        ),
        max_size=6,
    )
)
@SLOW
def test_any_metrics_are_refused_or_given_out(
    atlas: Path, give_out: Callable[[Path], bool], cells: list[tuple[str, str, str]]
) -> None:
    count(atlas, "\n".join(f'"{town}",wells,{period},"{number}"' for town, period, number in cells))
    give_out(atlas)


@given(
    key=st.sampled_from(["id", "label", "unit", "kind", "source", "classes", "decimals"]),
    value=values,
)
@SLOW
def test_any_definitions_of_metrics_are_refused_or_given_out(
    atlas: Path, give_out: Callable[[Path], bool], key: str, value: object
) -> None:
    usual = {
        "id": "wells",
        "label": {"en": "W"},
        "unit": {"en": "w"},
        "kind": "share",
        "source": {"en": "A"},
    }
    written = json.dumps({**usual, key: value})
    count(
        atlas, "east,wells,2020,3\nwest,wells,2020,4", f"\nmetrics: [{written}]\nno_story: [west]\n"
    )
    give_out(atlas)
