from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from metadata_parser import MetadataParser
from PIL import Image
from streamlit import file_util

from serving.http.head import PageHead, rewrite
from serving.http.public_url import PublicUrl
from serving.http.request import context_at
from serving.store.catalogue import Catalogue
from serving.store.snapshot import load_snapshot
from serving.streamlit_shell import opening
from stories.files.loader import read_atlas
from stories.model.atlas import StoryText, Texts

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from serving.store.catalogue import CatalogueEntry
    from serving.store.snapshot import Snapshot

DEQING = Path(__file__).parents[3] / "stories" / "data" / "deqing"
HOME = "https://atlas.example/"
TOWNS = [None, "leidian", "xinan", "yuyue", "kangqian", "wukang"]
NASTY = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</noscript><script>alert(1)</script>",
    "</head><body onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %} ${7*7} <%= 7 %>",
    "\u2028\u2029 line ends",
    "<!-- <script> -->",
    "' onmouseover='alert(1)",
    "\\u003c/script> \\g<0> \\1",
]
SCRIPTS = ["application/ld+json", "application/json", "application/json", *opening.SCRIPTS]
"""The page's own, which hold data or stand in a file of ours."""
nasty = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60),
).filter(str.strip)


@cache
def deqing() -> Snapshot:
    """Load the snapshot outside of fixtures, whose values Hypothesis would print."""
    return load_snapshot(read_atlas(DEQING))


@cache
def entry() -> CatalogueEntry:
    opened = Catalogue(DEQING).open(None)
    assert opened
    return opened


def soup_of(client: TestClient, query: str, **headers: str) -> BeautifulSoup:
    answer = client.get(f"/?{query}", headers=headers)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def scripts(soup: BeautifulSoup) -> list[str]:
    return [str(script.get("type") or script.string) for script in soup.select("script")]


def linked_data(soup: BeautifulSoup) -> dict[str, object]:
    (script,) = soup.select('script[type="application/ld+json"]')
    data: dict[str, object] = json.loads(str(script.string))
    return data


def meta(soup: BeautifulSoup, name: str) -> str:
    (tag,) = soup.select(f'meta[property="{name}"], meta[name="{name}"]')
    return str(tag["content"])


def test_streamlits_page_has_the_places_that_are_filled(snapshot: Snapshot) -> None:
    with open(f"{file_util.get_static_dir()}/index.html", encoding="utf-8") as file:  # noqa: PTH123
        plain = file.read()
    page = PageHead(context_at(snapshot, None, "zh"), snapshot, PublicUrl(HOME))
    html = rewrite(plain, page)
    for ours, its_own in {
        '<html lang="zh" dir="ltr">': '<html lang="en">',
        "<title>德清故事地图</title>": "<title>Streamlit</title>",
        "<main lang=": "You need to enable JavaScript",
    }.items():
        assert its_own in plain
        assert its_own not in html
        assert html.count(ours) == 1
    assert html.count("</head>") == plain.count("</head>") == 1


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_real_scraper_reads_the_card(client: TestClient, town: str | None, lang: str) -> None:
    address = f"{HOME}?town={town}&lang={lang}" if town else f"{HOME}?lang={lang}"
    read = MetadataParser(html=client.get(address).text, url=address, search_head_only=True)

    def said(key: str, where: str) -> list[str]:
        found = read.parsed_result.get_metadatas(key, strategy=[where])
        assert found
        return found[where]

    assert said("url", "og") == said("canonical", "page") == [address]
    assert said("image", "og") == said("image", "twitter")
    (picture,) = said("image", "og")
    assert picture == f"{HOME}card/{f'{town}.{lang}' if town else lang}.png"
    assert client.get(picture).headers["content-type"] == "image/png"
    assert said("locale", "og") == [{"zh": "zh_CN", "en": "en_US"}[lang]]
    assert said("title", "og")[0] in said("title", "page")[0]
    assert said("description", "og") == said("description", "meta")
    assert said("card", "twitter") == ["summary_large_image"]


PREVIEWS = [
    ("metric=villages&period=2018-10-31", "", "Villages and communities, 31 October 2018",
     "Source: National Bureau of Statistics", "metric/villages.2018-10-31.en.png",
     (1200, 940)),
    ("metric=density", "", "Density of villages and communities, 30 June 2023", "",
     "metric/density.2023-06-30.en.png", (1200, 940)),
    ("town=leidian&metric=villages", "town=leidian", "Leidian Town · Villages and communities, 30",
     "Leidian Town — 12", "metric/villages.2023-06-30.en.png", (1200, 940)),
    ("town=leidian&scene=air", "town=leidian", "Leidian: seven foundries upgraded",
     "", "scene/leidian.air.png", (480, 320)),
    ("date=2018-10-31", "", "Deqing County · Boundaries of 31 October 2018",
     "Boundaries of 31 October 2018.", "dates/2018-10-31.png", (480, 320)),
    ("date=2019-10-31&date=2020-06-30", "",
     "Deqing County · Boundaries of 31 October 2019 and of 30 June 2020",
     "what is hatched changed hands after 31 October 2019",
     "dates/2019-10-31..2020-06-30.png", (480, 320)),
]  # fmt: skip
"""What a link asks for, the town that it is of, and what its preview says and shows."""


@pytest.mark.parametrize(
    ("query", "town", "title", "description", "picture", "size"),
    PREVIEWS,
    ids=[each[0] for each in PREVIEWS],
)
def test_a_real_scraper_reads_what_the_link_shows(  # noqa: PLR0913, PLR0917  # a table
    client: TestClient, query: str, town: str, title: str, description: str, picture: str,
    size: tuple[int, int],
) -> None:  # fmt: skip
    address = f"{HOME}?{query}&lang=en"
    read = MetadataParser(html=client.get(address).text, url=address, search_head_only=True)

    def said(key: str, where: str = "og") -> str:
        found = read.parsed_result.get_metadatas(key, strategy=[where])
        assert found
        (value,) = found[where]
        return str(value)

    plain = f"{HOME}?{town}&lang=en" if town else f"{HOME}?lang=en"
    assert said("canonical", "page") == plain
    asked = said("url")
    assert asked.startswith(address.removesuffix("&lang=en"))
    assert title in said("title")
    assert said("title") == said("title", "twitter")
    assert description in said("description")
    assert said("description") == said("description", "twitter") == said("description", "meta")
    assert said("image") == said("image", "twitter") == f"{HOME}{picture}"
    answer = client.get(said("image"))
    assert answer.headers["content-type"] == "image/png"
    with Image.open(io.BytesIO(answer.content)) as drawn:
        assert drawn.size == size
    soup = soup_of(client, f"{query}&lang=en")
    assert (meta(soup, "og:image:width"), meta(soup, "og:image:height")) == tuple(map(str, size))
    assert meta(soup, "og:image:alt")
    (link,) = soup.select("head link[type='application/json+oembed']")
    embed = client.get(str(link["href"])).json()
    assert embed["title"] == link["title"] == said("title")
    assert (embed["thumbnail_url"], embed["thumbnail_width"]) == (said("image"), size[0])
    frame = BeautifulSoup(embed["html"], "html.parser").iframe
    assert frame
    assert frame["src"] == f"{asked}&embed=true"
    again = soup_of(client, asked.partition("?")[2])  # what sites fetch that follow `og:url`
    assert meta(again, "og:title") == said("title")


def test_a_preview_is_in_the_readers_language(client: TestClient) -> None:
    soup = soup_of(client, "metric=villages&period=2018-10-31&lang=zh")
    assert meta(soup, "og:title") == "德清县 · 村和社区，2018年10月31日"
    assert meta(soup, "og:image").endswith("/metric/villages.2018-10-31.zh.png")
    soup = soup_of(client, "date=2018-10-31&lang=zh")
    assert meta(soup, "og:title") == "德清县 · 2018年10月31日的镇街边界"


@pytest.mark.parametrize(
    "query",
    ["metric=gold", "period=2018-10-31", "date=1900-01-01", "scene=air", "town=wukang&scene=air",
     "metric=%22%3E%3Cscript%3E", "town=leidian&scene=gone", "date=2023-06-30"],
)  # fmt: skip
def test_what_is_asked_in_vain_changes_no_preview(client: TestClient, query: str) -> None:
    town = query.partition("&")[0] if query.startswith("town=") else ""
    plain = soup_of(client, f"{town}&lang=en")
    soup = soup_of(client, f"{query}&lang=en")
    for name in ("og:title", "og:url", "og:description", "og:image", "twitter:image"):
        assert meta(soup, name) == meta(plain, name)


def test_a_scene_is_described_by_its_passage(client: TestClient) -> None:
    for lang in ("zh", "en"):
        plain, scene = (
            soup_of(client, f"town=leidian{more}&lang={lang}") for more in ("", "&scene=campaigns")
        )
        assert meta(scene, "og:title") == meta(plain, "og:title")
        said = meta(scene, "og:description").removesuffix("…")
        assert said != meta(plain, "og:description")
        passage = scene.select_one("noscript #scene-campaigns")
        assert passage
        assert said[:60] in " ".join(passage.text.split())


def test_the_languages_know_each_other(client: TestClient) -> None:
    soup = soup_of(client, "town=xinan&theme=industry&lang=en")
    assert soup.html is not None
    assert soup.html["lang"] == "en"
    links = {link["hreflang"]: link["href"] for link in soup.select("head link[hreflang]")}
    assert links == {
        "zh": f"{HOME}?town=xinan&lang=zh",
        "en": f"{HOME}?town=xinan&lang=en",
        "x-default": f"{HOME}?town=xinan",
    }


@pytest.mark.parametrize(
    ("accept", "lang"),
    [
        ("", "zh"),
        ("fr, en-GB;q=0.7, zh;q=0.2", "en"),
        ("zh-Hant-TW,en;q=0.1", "zh"),
        ("en;q=0, zh", "zh"),
        ("de", "zh"),
        (";;;q=,,=;q=x", "zh"),
    ],
)
def test_the_browser_chooses_where_the_address_does_not(
    client: TestClient, accept: str, lang: str
) -> None:
    soup = soup_of(client, "town=leidian", **{"Accept-Language": accept})
    assert soup.html is not None
    assert soup.html["lang"] == lang
    assert "Accept-Language" in client.get("/").headers["vary"]


def test_a_story_is_an_article_with_its_place(client: TestClient) -> None:
    article = linked_data(soup_of(client, "town=kangqian&lang=en"))
    assert article["@type"] == "Article"
    assert article["headline"] == "Kangqian: teams set out for investment, and for talent"
    place = article["contentLocation"]
    assert isinstance(place, dict)
    assert place["name"] == "Kangqian Subdistrict"
    assert 30.4 < place["geo"]["latitude"] < 30.7
    assert 119.7 < place["geo"]["longitude"] < 120.4
    overview = linked_data(soup_of(client, "lang=zh"))
    assert overview["@type"] == ["WebSite", "CollectionPage"]
    parts = overview["hasPart"]
    assert isinstance(parts, list)
    assert parts[0]["url"] == f"{HOME}?town=leidian&lang=zh"
    assert linked_data(soup_of(client, "town=wukang"))["@type"] == "WebPage"


def test_without_scripts_the_story_stands_there_whole(client: TestClient) -> None:
    words = soup_of(client, "town=xinan&lang=en").select_one("body noscript")
    assert words is not None
    text = words.get_text(" ", strip=True)
    assert "more than 130 million yuan (forecast)" in text
    assert "paragraph 4" in text
    assert "Source: “Deqing: gathering pace on a new journey”" in text
    towns = {a["href"] for a in words.select("nav a")}
    assert {"?town=leidian&lang=en", "?town=wukang&lang=en", "?town=xinan&lang=zh"} <= towns


def test_what_the_address_asks_in_vain_is_left_aside(client: TestClient) -> None:
    for query in ("town=atlantis&lang=en", "town=%00&lang=en"):
        assert "Deqing Story Atlas" in client.get(f"/?{query}").text
    for query in ("lang=%ff%fe&town=" + "x" * 5000, "lang=en&" + "a=1&" * 200, "&&==&%"):
        assert "德清故事地图" in client.get(f"/?{query}").text


@pytest.mark.parametrize(
    "query", ["town=leidian&town=xinan", "lang=en&lang=zh", "theme=talent&theme=talent"]
)
def test_a_parameter_that_stands_twice_costs_no_page(client: TestClient, query: str) -> None:
    answer = client.get(f"/?{query}")
    assert answer.status_code == 200
    assert "<article" in answer.text


def test_a_browser_that_has_the_page_is_told_so(client: TestClient) -> None:
    first = client.get("/?town=xinan&lang=zh")
    again = client.get("/?town=xinan&lang=zh", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/?town=yuyue&lang=zh", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200
    assert first.headers["cache-control"] == "no-cache"
    plain = client.get("/?town=xinan&lang=zh", headers={"Accept-Encoding": "identity"})
    assert int(plain.headers["content-length"]) == len(plain.content) == len(first.content)
    only = client.get("/", headers={"Range": "bytes=0-99"})
    assert (only.status_code, only.headers.get("content-range")) == (200, None)


def test_head_answers_like_get_without_a_body(live: str) -> None:
    import urllib.request

    get = urllib.request.urlopen(f"{live}/?town=xinan&lang=zh")
    head = urllib.request.urlopen(
        urllib.request.Request(f"{live}/?town=xinan&lang=zh", method="HEAD")
    )
    assert head.read() == b""
    assert head.headers["ETag"] == get.headers["ETag"]
    assert int(head.headers["Content-Length"]) == len(get.read())


def test_other_pages_pass_as_they_are(client: TestClient) -> None:
    assert "<title>Streamlit</title>" in client.get("/index.html").text
    assert client.get("/favicon.png").headers["content-type"] == "image/png"


@given(words=st.lists(nasty, min_size=6, max_size=6))
@settings(deadline=None, max_examples=60)
def test_no_text_gets_out_of_its_place(words: list[str]) -> None:
    snapshot = deqing()
    headline, lead, title, name, place, body = (" ".join(word.split()) or "x" for word in words)
    story = snapshot.atlas.stories[0]
    text = StoryText(headline=headline, lead=lead, body_markdown=body)
    atlas = snapshot.atlas.model_copy(
        update={
            "title": Texts({"en": title}),
            "place": Texts({"en": place}),
            "stories": (story.model_copy(update={"texts": {"en": text}}),),
        }
    )
    town = snapshot.towns[story.town].model_copy(update={"names": Texts({"en": name})})
    towns = {**snapshot.towns, story.town: town}
    nasty_snapshot = type(snapshot)(
        atlas, towns, snapshot.divisions, snapshot.neighbours, snapshot.provenance
    )
    plain = "<html><head><title>x</title></head><body><noscript></noscript></body></html>"
    page = PageHead(context_at(nasty_snapshot, story.town, "en"), nasty_snapshot, PublicUrl(HOME))

    soup = BeautifulSoup(rewrite(plain, page), "html.parser")

    data = linked_data(soup)
    assert data["headline"] == text.headline
    assert scripts(soup) == SCRIPTS
    own = soup.select("title:not(svg title)")  # drawings have titles too
    assert len(own) == len(soup.find_all("head")) == 1
    assert meta(soup, "og:title") == text.headline
    assert meta(soup, "og:site_name") == atlas.title.root["en"]
    handlers = [key for tag in soup.select("*") for key in tag.attrs if key.startswith("on")]
    assert not handlers
    assert [image["src"] for image in soup.select("img")] == ["card/leidian.en.png"]


@given(query=st.text(max_size=80), host=st.text(st.characters(codec="latin-1"), max_size=30))
@settings(deadline=None, max_examples=60)
def test_no_address_gets_out_of_its_place(query: str, host: str) -> None:
    from serving.http.request import parameters

    scope = {
        "scheme": "https",
        "headers": [(b"host", host.encode("latin-1"))],
        "server": ("127.0.0.1", 80),
        "client": ("192.0.2.1", 1),
    }
    base = PublicUrl.from_request(scope, "")
    page = PageHead(deqing().view_of(parameters(query)), deqing(), base)
    html = rewrite("<html><head></head></html>", page)
    soup = BeautifulSoup(html, "html.parser")
    assert scripts(soup) == SCRIPTS
    assert meta(soup, "og:url").startswith("https://")


@given(
    query=st.lists(
        st.binary(max_size=30).map(lambda raw: quote_from_bytes(raw, safe="&=+;%"))
        | st.sampled_from(
            [
                "town=leidian",
                "town=xinan",
                "lang=en",
                "lang=zh-CN",
                "theme=talent",
                "metric=villages",
                "period=2018-10-31",
                "date=2018-10-31",
                "date=2020-06-30",
                "scene=air",
                "key=x",
                "%ff=%",
                "",
            ]
        ),
        max_size=6,
    ).map("&".join)
)
@settings(deadline=None, max_examples=150)
def test_any_query_gets_the_page(client: TestClient, query: str) -> None:
    answer = client.get(f"/?{query}", headers={"Accept": "text/html"})

    assert answer.status_code == 200
    soup = BeautifulSoup(answer.text, "html.parser")
    assert soup.select_one("noscript article.panel h2")
    kinds = [tag.get("type", "") for tag in soup.select("script")]
    data = ["application/ld+json", "application/json", "application/json"]
    own = [""] * len(opening.SCRIPTS)
    assert kinds == ["", "module", *data, *own], "an address got out of its place"
