"""A Spanish atlas is Spanish all over: no word of another language is left on any page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Comment
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from serving.boundary_lookup import divisions_of, strays_of
from serving.store.catalogue import Catalogue
from stories.checks import check_atlas
from tests.serving.conftest import application
from tests.stories.wording.test_catalogues import flat
from tests.support.spanish_atlas import write_spanish_atlas

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = Path(__file__).parents[2] / "streamlit_app.py"
SPOKEN = ("aria-label", "aria-description", "title", "alt", "placeholder", "content", "label")
"""Attributes that are read out or shown."""
WORD = re.compile(r"[^\W\d_]{3,}")
BOTH = {
    "atlas", "base", "comparable", "csv", "enter", "gcj", "geojson", "geopackage", "html",
    "javascript", "json", "markdown", "para", "plan", "proxy", "script", "tab", "total",
    "variable", "wgs", "yaml", "yen", "yuan",
}  # fmt: skip
"""Words that are the same in Spanish, and names of formats."""
VIEWS: list[dict[str, str]] = [
    {},
    {"town": "soria"},
    {"town": "segovia"},
    {"town": "zamora"},
    {"town": "soria", "tour": "1"},
    {"town": "segovia", "tour": "1"},
    {"town": "soria", "theme": "campo"},
    {"town": "soria", "theme": "agua"},
    {"town": "soria", "scene": "cerca"},
    {"metric": "paro"},
    {"town": "soria", "metric": "paro", "period": "2022"},
    {"town": "soria", "metric": "densidad"},
    {"town": "nada", "theme": "nada", "metric": "nada", "date": "2000-01-01", "lang": "xx"},
    {"town": "soria", "scene": "nada", "place": "nada", "metric": "paro", "period": "1900"},
]


def words(texts: Iterator[str] | list[str]) -> set[str]:
    """The words of texts in small letters, without placeholders and addresses."""
    bare = (re.sub(r"\{\w*\}|\S*[/?]\S*", " ", text) for text in texts)
    return {word.lower() for text in bare for word in WORD.findall(text)}


def said_in(lang: str) -> set[str]:
    return words([text for key, each in flat(lang).items() for text in each
                  if not key.startswith("scaffold.")])  # fmt: skip


ENGLISH = said_in("en") - BOTH
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def spoken(html: str) -> list[str]:
    """Everything of a page that is shown or read out, from scripts of data too."""
    page = BeautifulSoup(html, "html.parser")
    for each in page.select("script:not([type*=json]), style, link, meta[name=viewport]"):
        each.decompose()
    texts = [str(each) for each in page.find_all(string=True) if not isinstance(each, Comment)]
    for tag in page.select("*"):
        if tag.name == "meta" and str(tag.get("property", "")).endswith(("type", "url", "locale")):
            continue
        texts += [str(tag[name]) for name in SPOKEN if tag.has_attr(name)]
    return [text for text in texts if not text.lstrip().startswith(("http", "{", "data:", "?"))]


def left(texts: list[str]) -> set[str]:
    found = words(texts) & ENGLISH
    chinese = {text for text in texts if CHINESE.search(text)} - {"中文"}
    return found | chinese


def words_on_map(script: str) -> list[str]:
    """Every text of what the map is told to show."""
    begin = "storymap.show("
    state, _ = json.JSONDecoder().raw_decode(script, script.index(begin) + len(begin))
    return list(strings(state))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from strings(each)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_spanish_atlas(tmp_path_factory.mktemp("es") / "meseta")


@pytest.fixture
def client(folder: Path) -> TestClient:
    return TestClient(application(folder=folder), base_url="https://atlas.example")


@pytest.fixture
def app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr("serving.store.catalogue.catalogue", Catalogue(folder))
    return AppTest.from_file(str(SCRIPT), default_timeout=60)


def test_the_atlas_is_whole(folder: Path) -> None:
    def slugs(path: Path, name: str) -> set[str]:
        return {division.slug for division in divisions_of(path, name)}

    faults = check_atlas(folder, slugs, None, strays_of)
    errors = [fault for fault in map(str, faults) if "'pt'" not in fault]
    assert not [fault for fault in errors if "error" in fault], errors
    assert not [fault for fault in errors if "words of the page" in fault]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "&".join(map("=".join, view.items())))
def test_no_english_word_is_left_in_the_page(view: dict[str, str], app: AppTest) -> None:
    for key, value in ({"lang": "es"} | view).items():
        app.query_params[key] = value

    app.run()

    assert not app.exception
    bodies = [str(each.proto.body) for each in app.get("html")]
    assert any('lang="es"' in body for body in bodies)
    assert left([text for body in bodies for text in spoken(body)]) == set()
    sharing = [each.proto for each in app.get("bidi_component") if each.proto.json]
    assert any("Compartir" in strings(json.loads(each.json)) for each in sharing)
    for each in sharing:
        assert left([*strings(json.loads(each.json)), *spoken(each.html_content)]) == set()
    [given] = (json.loads(each.proto.json_args) for each in app.get("component_instance"))
    on_map = words_on_map(given["feature_group"])
    assert {"Acercar", "todavía sin crónica", "Agua"} <= set(on_map)
    assert left(on_map) == set()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "&".join(map("=".join, view.items())))
def test_none_is_left_in_what_browsers_without_scripts_get(
    view: dict[str, str], client: TestClient
) -> None:
    page = client.get("/", params={"lang": "es"} | view).text
    assert '<html lang="es"' in page
    texts = spoken(page)
    assert any("Compartir" in text or "provincias" in text for text in texts)
    assert left(texts) == set()


def test_its_parts_go_by_their_own_names(app: AppTest) -> None:
    app.query_params["lang"] = "es"
    app.run()
    shown = " ".join(text for each in app.get("html") for text in spoken(str(each.proto.body)))
    for said in ("2 provincias, 2 crónicas", "Comunidad en cifras", "Lugares con crónica",
                 "1,3 millones de personas"):  # fmt: skip
        assert said in " ".join(shown.replace("\u00a0", " ").split()), said
    for other in ("territorio", "reportaje", "historia", " zona", "división"):
        assert other not in shown.lower()


def test_the_other_language_goes_by_its_own_name(client: TestClient) -> None:
    page = client.get("/?lang=es").text
    assert "Português" in page


def test_none_is_left_in_the_files_that_the_map_fetches(folder: Path) -> None:
    [entry] = Catalogue(folder).entries()
    metrics = entry.snapshot.metrics if entry.snapshot else None
    assert metrics
    files = sorted(metrics.glob("metric.*.es.json"))
    assert len(files) == 3
    texts = [text for file in files for text in strings(json.loads(file.read_text("utf-8")))]
    assert "depende de un límite reconstruido" in " ".join(texts)
    assert left(texts) == set()


@pytest.mark.parametrize(
    "path",
    [
        "/graphic/soria.antes.es",
        "/graphic/soria.antes.es.svg",
        "/graphic/soria.plazos.es",
        "/figure/soria.pozos.es",
        "/figure/soria.obra.es",
        "/data/soria.es.md",
    ],
)
def test_none_is_left_in_pages_of_graphics_and_in_downloads(path: str, client: TestClient) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert left(spoken(answer.text)) == set()
