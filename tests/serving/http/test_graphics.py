"""Graphics at addresses of their own: pictures to take away, and pages to embed."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from stories.wording import Wording
from stories.wording.figures import figure_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.testclient import TestClient

    from serving.store.snapshot import Snapshot
    from stories.model.atlas import Figure

HOME = "https://atlas.example/"
DEQING = Path(__file__).parents[3] / "stories" / "data" / "deqing"
LANGUAGES = ("zh", "en")
DRAWING = "{http://www.w3.org/2000/svg}"


def graphics(snapshot: Snapshot) -> Iterator[tuple[str, str, list[Figure]]]:
    """Yield the stem and page of every graphic, of stories and of single figures."""
    for story in snapshot.atlas.stories:
        for graphic in story.graphics:
            drawn = [each for each in story.figures if each.id in graphic.drawn]
            yield f"{story.town}.{graphic.id}", f"graphic/{story.town}.{graphic.id}", drawn
        for figure in story.figures:
            name = f"{story.town}.figure.{figure.id}"
            yield name, f"figure/{story.town}.{figure.id}", [figure]
    for figure in snapshot.atlas.figures:
        yield f"county.figure.{figure.id}", f"figure/county.{figure.id}", [figure]
    for graphic in snapshot.atlas.graphics:
        drawn = [
            figure.model_copy(update={"id": f"{story.town}.{figure.id}"})  # as its row is called
            for story in snapshot.atlas.stories
            for figure in story.figures
            if f"{story.town}/{figure.id}" in graphic.drawn
        ]
        yield f"county.{graphic.id}", f"graphic/county.{graphic.id}", drawn


def words(drawing: str) -> str:
    """Return what an SVG says, of its text alone: lines may break anywhere."""
    found = "".join(element.text or "" for element in ET.fromstring(drawing).iter(f"{DRAWING}text"))
    return "".join(found.split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_graphic_is_a_drawing_with_headline_source_and_link(
    client: TestClient, snapshot: Snapshot, lang: str
) -> None:
    for stem, _, figures in graphics(snapshot):
        answer = client.get(f"/graphic/{stem}.{lang}.svg")
        assert answer.status_code == 200, stem
        assert answer.headers["content-type"] == "image/svg+xml"
        town = stem.partition(".")[0]
        story = snapshot.atlas.story(town)
        said = words(answer.text)
        source = figures[0].source if len(figures) == 1 else None
        title = (source or snapshot.atlas.source.title).get(lang)
        headline = story.texts[lang].headline if story else snapshot.atlas.place.get(lang)
        for each in (headline, title, f"{HOME}?{f'town={town}&' if story else ''}lang={lang}"):
            assert "".join(each.split()) in said, (stem, each)
        assert ET.fromstring(answer.text).find(f"{DRAWING}desc") is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_of_pixels_is_made_of_each_kind(
    client: TestClient, snapshot: Snapshot, lang: str
) -> None:
    stems = [f"{story.town}.{each.id}" for story in snapshot.atlas.stories
             for each in story.graphics]  # fmt: skip
    for stem in [*stems, "county.calendar", "leidian.figure.pm25", "county.figure.population"]:
        answer = client.get(f"/graphic/{stem}.{lang}.png")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        with Image.open(io.BytesIO(answer.content)) as image:
            assert image.width >= 1200
            assert len(set(image.convert("RGB").resize((80, 60)).get_flattened_data())) > 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_has_the_graphic_its_table_its_source_and_the_way_to_the_story(
    client: TestClient, snapshot: Snapshot, lang: str
) -> None:
    wording = Wording(lang, snapshot.atlas.languages)
    for _, address, figures in graphics(snapshot):
        answer = client.get(f"/{address}.{lang}")
        assert answer.status_code == 200, address
        page = BeautifulSoup(answer.text, "html.parser")
        assert page.html is not None
        assert page.html["lang"] == lang
        assert not page.select("script, [src], link[rel=stylesheet], iframe")
        assert len(page.select(".graphic-drawing svg")) == 2
        (table,) = page.select("table")
        for figure in figures:
            assert table.find(id=f"figure-{figure.id}"), (address, figure.id)
            if not figure.id.endswith("-change"):
                assert figure_text(figure, wording) in table.text
                assert not figure.quote or figure.quote in table.text
        assert page.select("footer .source")[0].text.strip()
        links = [str(link["href"]) for link in page.select("footer a")]
        assert links[0].startswith(f"{HOME}?")
        png, svg = links[1:]
        assert png == svg.replace(".svg?", ".png?")
        assert client.get(svg.removeprefix(HOME.rstrip("/"))).status_code == 200


def test_the_page_links_to_what_is_there(client: TestClient) -> None:
    for query in ("town=leidian&lang=zh", "town=xinan&lang=en", "lang=en"):
        page = BeautifulSoup(client.get(f"/?{query}").text, "html.parser")
        links = {str(link["href"]) for link in page.select("noscript .take a")}
        assert len(links) > 10
        for link in sorted(links)[:6]:
            assert client.get(f"/{link}").status_code == 200, link


def test_what_is_kept_is_sent_once_and_saved_under_its_name(client: TestClient) -> None:
    for address in ("/graphic/leidian.air.zh.svg", "/figure/leidian.pm25.zh"):
        answer = client.get(address)
        assert answer.headers["cache-control"] == "public, max-age=300"
        assert "content-disposition" not in answer.headers
        again = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    saved = client.get("/graphic/leidian.air.zh.svg?download")
    assert saved.headers["content-disposition"] == 'attachment; filename="leidian.air.zh.svg"'


def test_drawings_run_nothing_and_only_pages_may_be_framed(client: TestClient) -> None:
    def policy(address: str) -> dict[str, str]:
        said = client.get(address).headers["content-security-policy"]
        return dict(part.split(" ", 1) for part in said.split("; "))

    drawing, page = policy("/graphic/leidian.air.zh.svg"), policy("/graphic/leidian.air.zh")
    for each in (drawing, page, policy("/figure/leidian.pm25.en")):
        assert each["default-src"] == "'none'"
        assert "script-src" not in each
    assert drawing["frame-ancestors"] == "'none'"
    assert page["frame-ancestors"] == "*"
    assert policy("/figure/leidian.gone.en")["frame-ancestors"] == "'none'"


@pytest.mark.parametrize(
    "address",
    [
        "graphic/leidian.air.fr.svg",
        "graphic/leidian.air.zh.gif",
        "graphic/leidian.gone.zh.svg",
        "graphic/wukang.air.zh.svg",
        "graphic/atlantis.air.zh",
        "graphic/county.air.zh",
        "graphic/leidian.calendar.zh",
        "graphic/county.calendar.fr.png",
        "graphic/leidian.figure.gone.zh.png",
        "graphic/leidian.other.pm25.zh.png",
        "graphic/leidian.air.zh.svg.png",
        "graphic/deqing/leidian.air.zh.svg",
        "graphic/.svg",
        "figure/leidian.pm25",
        "figure/leidian.pm25.zh.svg",
        "figure/leidian.air.zh",
        "figure/county.pm25.zh",
    ],
)
def test_there_is_no_other(client: TestClient, address: str) -> None:
    answer = client.get(f"/{address}")
    assert (answer.status_code, answer.text) == (404, "There is nothing here.\n")


def test_links_follow_the_address_that_the_public_sees(client: TestClient) -> None:
    here = client.get("/graphic/leidian.air.zh.svg").text
    there = client.get("/graphic/leidian.air.zh.svg", headers={"Host": "other.example"}).text
    assert "atlas.example" in words(here)
    assert "other.example" in words(there)
    assert "atlas.example" not in words(there)


def test_of_several_atlases_each_has_its_own(
    serve: Callable[..., TestClient], tmp_path: Path
) -> None:
    for name in ("deqing", "other"):
        shutil.copytree(DEQING, tmp_path / name)
    client = serve(folder=tmp_path)
    assert client.get("/graphic/leidian.air.zh.svg").status_code == 404
    answer = client.get("/graphic/deqing/leidian.air.zh.svg")
    assert answer.status_code == 200
    assert "?atlas=deqing&town=leidian&lang=zh" in words(answer.text)
    page = BeautifulSoup(client.get("/figure/deqing/leidian.pm25.zh").text, "html.parser")
    (png, *_) = [str(link["href"]) for link in page.select("footer a[download]")]
    assert png.startswith(f"{HOME}graphic/deqing/leidian.figure.pm25.zh.png")


def test_a_quote_in_a_title_stays_a_quote(serve: Callable[..., TestClient], tmp_path: Path) -> None:
    folder = shutil.copytree(DEQING, tmp_path / "deqing")
    file = folder / "leidian.yaml"
    hostile = "'\"><script>alert(1)</script>'"
    text = file.read_text("utf-8")
    assert "zh: PM2.5平均浓度," in text
    text = text.replace("zh: PM2.5平均浓度,", f"zh: {hostile},")
    file.write_text(text, encoding="utf-8")
    client = serve(folder=folder)
    for address in ("figure/leidian.pm25.zh", "graphic/leidian.figure.pm25.zh.svg"):
        answer = client.get(f"/{address}")
        assert answer.status_code == 200
        assert "<script" not in answer.text
        assert "alert(1)" in answer.text


def test_oembed_frames_the_page_of_a_graphic(client: TestClient) -> None:
    for address in (
        f"{HOME}figure/leidian.pm25.zh",
        f"{HOME}graphic/xinan.output.en",
        f"{HOME}graphic/county.calendar.en",
    ):
        page = BeautifulSoup(client.get(address).text, "html.parser")
        (link,) = page.select("head link[type='application/json+oembed']")
        answer = client.get(str(link["href"])).json()
        assert answer["title"] == link["title"]
        frame = BeautifulSoup(answer["html"], "html.parser").iframe
        assert frame is not None
        assert frame["src"] == address
        assert answer["width"] == 600
        assert 300 < answer["height"] < 900
        assert "thumbnail_url" not in answer
    gone = client.get("/oembed", params={"url": f"{HOME}figure/leidian.gone.zh"})
    assert gone.status_code == 404
