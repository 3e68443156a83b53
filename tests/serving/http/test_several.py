"""Several atlases on one server, and a single one that knows nothing of others."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from geo.files.boundary_sets import BOUNDARIES
from serving.store.catalogue import Catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

    Serve = Callable[..., TestClient]

DEQING = Path(__file__).parents[3] / "stories" / "data" / "deqing"
HOME = "https://atlas.example/"


def copy(folder: Path, title: str) -> None:
    shutil.copytree(DEQING, folder)
    file = folder / "atlas.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("德清故事地图", title), encoding="utf-8")


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of two atlases, and one that was never whole."""
    folder = tmp_path_factory.mktemp("several")
    copy(folder / "north", "北图")
    copy(folder / "south", "南图 <i>")
    copy(folder / "broken", "坏图")
    (folder / "broken" / "atlas.yaml").write_text("id: [", encoding="utf-8")
    return folder


@pytest.fixture
def client(serve: Serve, several: Path) -> TestClient:
    return serve(folder=several)


def soup(client: TestClient, query: str = "") -> BeautifulSoup:
    answer = client.get(f"/?{query}", headers={"accept-language": "zh"})
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def test_the_list_stands_in_the_page_without_a_script(client: TestClient) -> None:
    page = soup(client)
    assert page.html
    assert page.html["lang"] == "zh"
    assert page.title
    assert page.title.text == "故事图集"
    links = page.select("noscript .offers a")
    assert [link["href"] for link in links] == ["?atlas=north", "?atlas=south"]
    assert [link.strong.text for link in links if link.strong] == ["北图", "南图 <i>"]
    assert all(link.img and str(link.img["src"]).startswith("data:image/png") for link in links)
    assert page.select_one(".offers p").text == "4个故事"  # type: ignore[union-attr]


def test_the_list_has_words_for_readers_whose_line_does_not_open(client: TestClient) -> None:
    page = client.get("/?lang=en").text
    assert 'id="readable-words" type="application/json">{' in page
    assert "The map is not shown" in page


def test_the_list_keeps_the_language_and_says_what_is_not_there(client: TestClient) -> None:
    page = soup(client, "atlas=west&lang=en")
    assert page.html
    assert page.html["lang"] == "en"
    assert "“west”" in page.select_one("noscript .hint").text  # type: ignore[union-attr]
    assert page.select_one(".offers a")["href"] == "?atlas=north&lang=en"  # type: ignore[index]
    canonical = page.select_one("link[rel=canonical]")
    assert canonical
    assert canonical["href"] == f"{HOME}?lang=en"


def test_each_page_names_its_atlas(client: TestClient) -> None:
    page = soup(client, "atlas=south&town=leidian&lang=en")
    canonical = page.select_one("link[rel=canonical]")
    assert canonical
    assert canonical["href"] == f"{HOME}?atlas=south&town=leidian&lang=en"
    picture = page.select_one("meta[property='og:image']")
    assert picture
    assert picture["content"] == f"{HOME}card/south/leidian.en.png"
    addresses = [str(link.get("href")) for link in page.select("noscript a, link[type]")]
    assert f"{HOME}data/south/figures.csv" in addresses
    assert "data/south/leidian.en.md" in addresses
    assert "?lang=en" in addresses  # back to the list
    views = [each for each in addresses if each.startswith("?") and "town" in each]
    assert views
    assert all(each.startswith("?atlas=south&") for each in views)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("data/north/figures.csv", 200),
        ("data/south/leidian.zh.md", 200),
        ("card/south/en.png", 200),
        ("data/figures.csv", 404),
        ("data/west/figures.csv", 404),
        ("table/north/villages.zh.json", 200),
        ("table/villages.zh.json", 404),
        ("data/broken/figures.csv", 503),
        ("table/broken/villages.zh.json", 503),
        ("metric/broken/villages.2023-06-30.png", 503),
        ("graphic/broken/leidian.air.zh.svg", 503),
        ("figure/broken/leidian.pm25.zh", 503),
        ("card/broken/zh.png", 503),
        ("card/en.png", 404),
    ],
)
def test_files_lie_under_their_atlas(client: TestClient, path: str, status: int) -> None:
    assert client.get(f"/{path}").status_code == status


def test_what_is_made_of_one_atlas_is_not_handed_out_for_another(client: TestClient) -> None:
    north, south = (client.get(f"/card/{name}/zh.png").content for name in ("north", "south"))
    assert north != south
    assert client.get("/card/north/zh.png").content == north


def test_the_sitemap_lists_all_that_are_whole(client: TestClient) -> None:
    text = client.get("/sitemap.xml").text
    assert f"<loc>{HOME}?lang=zh</loc>" in text
    assert f"<loc>{HOME}?atlas=north&amp;town=leidian&amp;lang=en</loc>" in text
    assert "broken" not in text


def test_embedding_needs_an_atlas(client: TestClient) -> None:
    url = f"{HOME}?atlas=north&town=leidian&lang=en"
    answer = client.get("/oembed", params={"url": url}).json()
    assert f"{HOME}?atlas=north&amp;town=leidian&amp;lang=en&amp;embed=true" in answer["html"]
    assert client.get("/oembed", params={"url": HOME}).status_code == 404


def test_a_single_atlas_shows_no_trace(serve: Serve, tmp_path: Path) -> None:
    copy(tmp_path / "north", "北图")
    client = serve(folder=tmp_path)
    for query in ("", "atlas=south", "town=leidian&lang=en"):
        assert "atlas=" not in client.get(f"/?{query}").text
    assert client.get("/data/figures.csv").status_code == 200
    assert client.get("/data/north/figures.csv").status_code == 404
    assert "atlas=" not in client.get("/sitemap.xml").text


def test_a_catalogue_takes_in_what_is_added_and_keeps_what_is_being_saved(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path, recheck_seconds=0)
    assert catalogue.entries() == ()
    copy(tmp_path / "north", "北图")
    [north] = catalogue.entries()
    assert north.name is None
    whole = north.snapshot
    (tmp_path / "north" / "atlas.yaml").rename(tmp_path / "north" / "atlas.yaml~")
    [still] = catalogue.entries()
    assert still.snapshot is whole
    assert still.state.faults
    copy(tmp_path / "south", "南图")
    assert [entry.name for entry in catalogue.entries()] == ["north", "south"]
    shutil.rmtree(tmp_path / "north")  # as a file that is gone: what was last whole stays
    assert [entry.name for entry in catalogue.entries()] == ["north", "south"]
    assert [entry.state.is_whole for entry in catalogue.entries()] == [False, True]
    assert catalogue.entries()[0].snapshot is whole


def test_the_folder_is_what_the_environment_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ATLAS", str(tmp_path))
    assert Catalogue().path == tmp_path.resolve()
    monkeypatch.setenv("ATLAS", "")
    [deqing] = Catalogue().entries()
    assert deqing.snapshot.boundaries == BOUNDARIES / "deqing"
