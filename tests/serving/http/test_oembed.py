from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from starlette.testclient import TestClient

HOME = "https://atlas.example/"
STORY = f"{HOME}?town=xinan&lang=en"


def ask(client: TestClient, **params: str) -> dict[str, Any]:
    answer = client.get("/oembed", params={"url": STORY, **params})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    return answer.json()  # type: ignore[no-any-return]


def test_a_page_tells_where_to_ask(client: TestClient) -> None:
    soup = BeautifulSoup(client.get(STORY).text, "html.parser")
    (link,) = soup.select("head link[type='application/json+oembed']")
    assert client.get(str(link["href"])).json()["title"] == link["title"]


def test_the_answer_is_a_frame_without_chrome(client: TestClient) -> None:
    answer = ask(client, format="json")
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    frame = BeautifulSoup(answer["html"], "html.parser").iframe
    assert frame is not None
    assert frame["src"] == f"{STORY}&embed=true"
    assert frame["title"] == answer["title"]
    assert (frame["width"], frame["height"]) == ("800", "720")
    assert answer["thumbnail_url"] == f"{HOME}card/xinan.en.png"


def test_sizes_are_kept_to(client: TestClient) -> None:
    answer = ask(client, maxwidth="480", maxheight="400")
    assert (answer["width"], answer["height"]) == (480, 400)
    assert 'width="480" height="400"' in answer["html"]
    assert "thumbnail_url" not in answer


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"url": "https://elsewhere.example/?town=xinan"}, 404),
        ({"url": f"{HOME}?town=atlantis"}, 404),
        ({"url": f"{HOME}data/figures.csv"}, 404),
        ({"url": "http://[::1"}, 404),
        ({"url": ""}, 400),
        ({"url": STORY, "format": "xml"}, 501),
        ({"url": STORY, "maxwidth": "wide"}, 400),
        ({"url": STORY, "maxheight": "-1"}, 400),
    ],
)
def test_what_is_not_here_is_said_to_be_so(
    client: TestClient, params: dict[str, str], status: int
) -> None:
    assert client.get("/oembed", params=params).status_code == status


def test_the_site_map_lists_every_page_in_every_language(client: TestClient) -> None:
    root = ET.fromstring(client.get("/sitemap.xml").text)
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    pages = [each.text for each in root.findall("s:url/s:loc", names)]
    assert len(pages) == len(set(pages)) == 14 * 2
    assert STORY in pages
    for url in root.findall("s:url", names):
        links = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", names)}
        assert set(links) == {"zh", "en", "x-default"}
    assert f"Sitemap: {HOME}sitemap.xml" in client.get("/robots.txt").text


def test_every_page_of_the_site_map_says_that_it_is_that_page(client: TestClient) -> None:
    root = ET.fromstring(client.get("/sitemap.xml").text)
    for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
        soup = BeautifulSoup(client.get(str(loc.text)).text, "html.parser")
        (link,) = soup.select("link[rel=canonical]")
        assert link["href"] == loc.text
