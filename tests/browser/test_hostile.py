"""Attacks in every text, name and address, in a real browser: nothing runs, the text shows."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.support.hostile import OURS, payloads, write_hostile_atlas
from tests.support.servers import ROOT, streamlit_server
from tests.support.story_page import StoryPage
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Dialog, Page

TRAP = """for (const name of ["alert", "confirm", "prompt", "print"])
  window[name] = () => { window.top.__xss = name; };"""
TOWNS = ("leidian", "xinan", "yuyue", "kangqian")
MARKUP = {
    *("A", "ARTICLE", "ASIDE", "B", "BLOCKQUOTE", "BR", "CAPTION", "CODE", "DD", "DETAILS", "DIV"),
    *("DL", "DT", "EM", "FIGCAPTION", "FIGURE", "FOOTER", "H1", "H2", "H3", "H4", "H5", "H6"),
    *("HEADER", "HR", "I", "IMG", "LI", "NAV", "OL", "P", "PRE", "S", "SECTION", "SMALL", "SPAN"),
    *("STRONG", "SUMMARY", "TABLE", "TBODY", "TD", "TH", "THEAD", "TR", "UL"),
    *("svg", "title", "desc", "g", "text", "tspan", "rect", "path", "line", "circle"),
}
"""What a panel is made of; nothing of it can run. Its pictures are the QR code and drawings."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hostile_atlas(tmp_path_factory.mktemp("atlases") / "hostile")


@pytest.fixture(scope="module")
def plain(folder: Path) -> Iterator[str]:
    """The page without a policy that would stop what it lets through."""
    with streamlit_server(ROOT / "streamlit_app.py", env={"ATLAS": str(folder)}) as address:
        yield address


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    with streamlit_server(ROOT / "serve.py", env={"ATLAS": str(folder)}) as address:
        yield address


@pytest.fixture
def page(new_page: Callable[..., Page], plain: str) -> Iterator[Page]:
    opened = new_page()
    opened.add_init_script(TRAP)
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))

    def refuse(dialog: Dialog) -> None:
        asked.append(f"dialog:{dialog.message}")
        dialog.dismiss()

    opened.on("dialog", refuse)
    opened.on("popup", lambda popup: asked.append(f"popup:{popup.url}"))
    yield opened
    assert opened.evaluate("window.__xss") is None
    assert all(frame.evaluate("window.__xss") is None for frame in opened.frames)
    foreign = [url for url in asked if not url.startswith((plain, "data:image/", "blob:", "ws"))]
    assert foreign == []


def look_around(page: Page) -> None:
    """Hover over every division and every word, and look at what stands there."""
    reader = StoryPage(page)
    for path in reader.map.locator("path.division").all():
        path.hover(force=True)
    reader.map.locator(".tip").first.wait_for()
    page.evaluate("""() => { for (const element of document.querySelectorAll("*"))
        for (const kind of ["mouseover", "mouseenter", "focus", "pointerover", "animationend"])
          element.dispatchEvent(new Event(kind)); }""")
    tags = page.evaluate("[...document.querySelectorAll('article.panel *')].map(e => e.tagName)")
    assert set(tags) <= MARKUP
    pictures = page.evaluate("[...document.querySelectorAll('article.panel img')].map(e => e.src)")
    assert all(source.startswith("data:image/") for source in pictures)
    handlers = """() => [...document.querySelectorAll("*")].flatMap((element) =>
        [...element.attributes].map((a) => a.name).filter((name) => name.startsWith("on")))"""
    assert page.evaluate(handlers) == []
    assert reader.frame.evaluate(handlers) == []
    schemes = page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.protocol)")
    assert set(schemes) <= {"http:", "https:"}


def test_the_trap_catches_what_runs(new_page: Callable[..., Page], plain: str) -> None:
    page = new_page()
    page.add_init_script(TRAP)
    page.goto(plain)
    StoryPage(page).wait_for_map()
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')")
    wait_until(page, "() => window.__xss === 'alert'")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("town", [None, *TOWNS, "wukang"])
def test_nothing_runs_and_the_words_show(
    page: Page, plain: str, folder: Path, town: str | None, lang: str
) -> None:
    query = urlencode({"town": town, "lang": lang} if town else {"lang": lang})
    page.goto(f"{plain}/?{query}")
    StoryPage(page).wait_for_map()
    look_around(page)
    if town in TOWNS:
        words = (folder / f"{town}.{lang}.md").read_text(encoding="utf-8")
        headline = words.splitlines()[0].removeprefix("# ")
        expect(page.locator("article.panel h2")).to_have_text(" ".join(headline.split()))


def test_every_attack_was_used(folder: Path) -> None:
    written = "".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.*"))
    unescaped = written.replace('\\"', '"').replace("\\\\", "\\")
    missing = [text for text in payloads() if text not in unescaped]
    assert len(payloads()) > 4000
    assert len(missing) < 20, missing


@pytest.mark.parametrize("key", ["town", "theme", "lang", "atlas", "embed", "embed_options", "x"])
def test_values_of_the_address_are_only_words(page: Page, plain: str, key: str) -> None:
    values = [*OURS, *payloads()[::60]]
    page.goto(f"{plain}/?{urlencode([(key, value) for value in values])}")
    StoryPage(page).wait_for_map()
    look_around(page)
    page.evaluate("location.hash = '#\"><img src=x onerror=window.__xss=1>'")


class Outline(HTMLParser):
    """The elements of a page with their attributes' names, and what its scripts hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, ...]] = []
        self.scripts: dict[str, list[str]] = {}
        self._kind: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *(name for name, _ in attrs)))
        self._kind = (dict(attrs).get("type") or "plain") if tag == "script" else None

    def handle_endtag(self, _tag: str) -> None:
        self._kind = None

    def handle_data(self, data: str) -> None:
        if self._kind:
            self.scripts.setdefault(self._kind, []).append(data.strip())


def head_of(address: str) -> Outline:
    with urlopen(address, timeout=30) as answer:
        return Outline(answer.read().decode())


@pytest.mark.parametrize("key", ["town", "theme", "lang", "atlas"])
def test_the_head_says_no_more_whatever_the_address_says(served: str, key: str) -> None:
    harmless = head_of(f"{served}/?{key}=nowhere")
    for value in (*OURS, *payloads()[::40]):
        attacked = head_of(f"{served}/?{key}={quote(value, safe='')}")
        assert attacked.elements == harmless.elements, value
        assert attacked.scripts.get("plain") == harmless.scripts.get("plain"), value


@pytest.mark.parametrize("query", ["lang=zh", "lang=en&town=leidian", "town=yuyue", "town=wukang"])
def test_the_heads_of_hostile_stories_are_only_words(served: str, full: str, query: str) -> None:
    outline, plain_outline = (head_of(f"{site}/?{query}") for site in (served, full))
    kinds, allowed = ({e[0] for e in each.elements} for each in (outline, plain_outline))
    assert {kind.upper() for kind in kinds - allowed} <= MARKUP
    assert outline.scripts.get("plain") == plain_outline.scripts.get("plain")
    names = {name for element in outline.elements for name in element[1:]}
    assert not any(name.startswith("on") for name in names)
    for data in outline.scripts.get("application/ld+json", []):
        json.loads(data)


DATA = ("data/stories.json", "data/boundaries.geojson", "data/figures.csv", "data/leidian.en.md",
        "card/leidian.en.png", "oembed?url={here}/?town=leidian", "sitemap.xml")  # fmt: skip


@pytest.mark.parametrize("path", DATA)
def test_data_and_pictures_of_hostile_stories_are_whole(served: str, path: str) -> None:
    where = path.replace("{here}", quote(served, safe=""))
    with urlopen(f"{served}/{where}", timeout=60) as answer:
        body = answer.read()
        kind = answer.headers.get_content_type()
    assert kind != "text/html"
    if "json" in kind:
        json.loads(body)
    if kind == "text/csv":
        cells = body.decode("utf-8-sig").split(",")
        assert not any(cell.strip('"').startswith(("=", "+cmd", "@")) for cell in cells)
