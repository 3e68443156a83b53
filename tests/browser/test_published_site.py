"""A published site in the browser: the story map without a server, in the same words."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from serving.publish.single import single_html
from serving.store.catalogue import Catalogue
from stories.view.page_addresses import FolderAddresses
from stories.view.panel import panel_html
from tests.browser.test_accessibility import violations
from tests.support.published import TODAY, URL, edition, file_server, publish
from tests.support.story_page import StoryPage
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from serving.store.snapshot import Snapshot

    OpenPage = Callable[..., StoryPage]

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site: Path = tmp_path_factory.mktemp("published") / "site"
    publish(site)
    return site


@pytest.fixture(scope="module", params=["", "/some/map"])
def site(folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """At the root of a host, and below a path."""
    with file_server(folder, request.param) as address:
        yield address


@pytest.fixture(scope="module")
def at_root(folder: Path) -> Iterator[str]:
    with file_server(folder) as address:
        yield address


@pytest.fixture
def opened(new_page: Callable[..., Page]) -> Iterator[OpenPage]:
    """Open a page of a site; afterwards nothing failed, and nobody else was asked."""
    wrong: list[str] = []

    def visit(address: str, **options: object) -> StoryPage:
        page = new_page(**options)
        host = "/".join(address.split("/")[:3])
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on(
            "request",
            lambda asked: (
                wrong.append(asked.url)
                if asked.url.startswith("http") and not asked.url.startswith(host)
                else None
            ),
        )
        page.goto(address)
        reader = StoryPage(page)
        reader.wait_for_map()
        return reader

    yield visit
    assert wrong == []


def path_of(reader: StoryPage, site: str) -> str:
    assert reader.page.url.startswith(site)
    return reader.page.url.removeprefix(site)


def test_a_town_is_chosen_on_the_map_and_back_is_back(opened: OpenPage, site: str) -> None:
    reader = opened(f"{site}en/", viewport=DESKTOP)
    reader.mark_frame()

    reader.press("leidian")

    expect(reader.heading).to_contain_text("Leidian")
    expect(reader.page).to_have_title(re.compile("Leidian"))
    assert path_of(reader, site) == "en/leidian/"
    expect(reader.chosen()).to_have_attribute("data-slug", "leidian")
    reader.page.go_back()
    expect(reader.heading).to_contain_text("4 towns")
    expect(reader.chosen()).to_have_count(0)
    assert path_of(reader, site) == "en/"
    reader.page.go_forward()
    expect(reader.heading).to_contain_text("Leidian")
    reader.expect_same_frame()
    reader.page.reload()
    reader.wait_for_map()
    expect(reader.heading).to_contain_text("Leidian")


def test_themes_filter_and_the_tour_goes_on_by_keys(opened: OpenPage, site: str) -> None:
    reader = opened(f"{site}en/", viewport={"width": 1440, "height": 900})
    page = reader.page

    page.locator("button[data-theme=talent]").click()

    expect(reader.heading).to_have_text("Talent and jobs: 2 of 4 stories")
    expect(reader.map.locator("path.division.faded").first).to_be_attached()
    assert path_of(reader, site) == "en/?theme=talent"
    reader.panel.locator("a.start").click()
    expect(reader.panel.locator(".tour .place")).to_have_text("Story 1 of 2")
    expect(reader.heading).to_contain_text("Yuyue")
    page.keyboard.press("ArrowRight")
    expect(reader.heading).to_contain_text("Kangqian")
    expect(reader.panel.locator(".tour .place")).to_have_text("Story 2 of 2")
    assert path_of(reader, site) == "en/kangqian/?tour=1&theme=talent"


def test_the_language_changes_in_place(opened: OpenPage, site: str) -> None:
    reader = opened(f"{site}en/xinan/?theme=industry", viewport=DESKTOP)
    reader.mark_frame()

    reader.page.locator("nav.languages a[data-lang=zh]").click()

    expect(reader.heading).to_contain_text("新安")
    expect(reader.page.locator(".masthead h1")).to_have_text("德清故事地图")
    expect(reader.page.locator("html")).to_have_attribute("lang", "zh")
    expect(reader.map.locator("[data-slug]").first).to_be_attached()
    assert path_of(reader, site) == "zh/xinan/?theme=industry"
    reader.expect_same_frame()


def test_a_metric_colours_the_map_and_has_its_periods(opened: OpenPage, site: str) -> None:
    reader = opened(f"{site}en/?metric=villages", viewport={"width": 1440, "height": 900})
    bar = reader.page.locator(".metric-box .metric-bar")
    expect(bar.locator(".period")).to_have_text("30 June 2023")
    expect(reader.map.locator("circle.symbol").first).to_be_visible()

    bar.locator("input[type=range]").focus()
    reader.page.keyboard.press("Home")

    expect(bar.locator(".period")).to_have_text("31 October 2018")
    expect(reader.panel.locator(".metric-table")).to_be_attached()
    wait_until(reader.page, "() => location.search.includes('period=2018-10-31')")
    bar.locator("a.off").click()
    expect(bar).to_have_count(0)
    assert path_of(reader, site) == "en/"


@pytest.mark.parametrize(
    ("asked", "path", "heading"),
    [
        ("?town=xinan&theme=industry&lang=en", "en/xinan/?theme=industry", "Xin’an"),
        ("?town=leidian&lang=zh", "zh/leidian/", "雷甸"),
        ("?lang=en&date=2018-10-31", "en/?date=2018-10-31", "4 towns"),
        ("?town=xinan&place=shangfeng&lang=en", "en/xinan/?place=shangfeng", "Xin’an"),
        ("", "zh/", "4个镇街"),  # the browser's own language
    ],
)
def test_addresses_of_the_hosted_edition_open_the_same_view(
    opened: OpenPage, site: str, asked: str, path: str, heading: str
) -> None:
    reader = opened(f"{site}{asked}")
    expect(reader.heading).to_contain_text(heading)
    assert path_of(reader, site) == path
    title = "Deqing Story Atlas" if path.startswith("en/") else "德清故事地图"
    expect(reader.page.locator(".masthead h1")).to_have_text(title)


def test_what_an_address_asks_for_in_vain_is_said(opened: OpenPage, at_root: str) -> None:
    reader = opened(f"{at_root}?town=atlantis&theme=magic&lang=en")
    notices = reader.page.locator(".notices p")
    expect(notices).to_have_count(2)
    expect(notices.first).to_contain_text("“atlantis”")


def test_a_scene_is_linked_and_drives_the_map(opened: OpenPage, at_root: str) -> None:
    reader = opened(f"{at_root}en/leidian/?scene=air", viewport=DESKTOP)
    scene = reader.page.locator("#scene-air")
    expect(scene).to_be_in_viewport()
    wait_until(reader.page, "() => document.querySelector('article.panel').dataset.scene === 'air'")


def test_a_link_is_shared_with_its_code_and_files(opened: OpenPage, at_root: str) -> None:
    reader = opened(f"{at_root}en/leidian/?theme=environment", viewport=DESKTOP)
    page = reader.page

    page.locator(".share .open").click()

    link = f"{at_root}en/leidian/?theme=environment"
    expect(page.locator("#share-link")).to_have_value(link)
    expect(page.locator(".share img.qr")).to_be_visible()
    expect(page.locator("#share-code")).to_have_value(
        re.compile(re.escape("?theme=environment&amp;embed=true"))
    )
    files = page.locator(".share .downloads a")
    expect(files.first).to_be_visible()
    for address in files.evaluate_all("links => links.map(link => link.href)"):
        assert page.request.get(address).ok, address
    for address in reader.panel.locator(".take a").evaluate_all("all => all.map(a => a.href)"):
        assert page.request.get(address).ok, address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_no_violation(
    opened: OpenPage, at_root: str, scheme: str, viewport: dict[str, int]
) -> None:
    reader = opened(f"{at_root}en/leidian/", viewport=viewport, color_scheme=scheme)
    assert violations(reader) == []


@pytest.mark.parametrize("path", ["zh/", "en/leidian/", "zh/moganshan/"])
def test_without_a_script_each_page_is_whole(
    new_page: Callable[..., Page], at_root: str, path: str
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{at_root}{path}")
    expect(page.locator("article.panel h2")).to_be_visible()
    expect(page.locator(".map-box img")).to_be_visible()
    assert page.locator(".map-box img").evaluate("image => image.naturalWidth") > 0
    expect(page.locator(".choose summary")).to_be_hidden()
    towns = page.locator("nav.towns a[data-town=xinan]")
    expect(towns).to_be_visible()
    towns.click()
    expect(page.locator("article.panel h2")).to_contain_text("Xin’an" if "en" in path else "新安")


def test_the_first_view_is_small(new_page: Callable[..., Page], at_root: str) -> None:
    page = new_page(viewport=PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{at_root}zh/leidian/")
    StoryPage(page).wait_for_map()
    assert len(asked) <= 12


def test_a_wrong_address_leads_home(new_page: Callable[..., Page], at_root: str) -> None:
    page = new_page()
    answer = page.goto(f"{at_root}en/atlantis/far/")
    assert answer
    assert answer.status == 404
    expect(page.locator("a").first).to_have_attribute("href", f"{URL}zh/")


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file: Path = tmp_path_factory.mktemp("single") / "atlas.html"
    file.write_text(single_html(edition()), encoding="utf-8")
    return file


def test_one_file_opens_from_a_disk_and_asks_nobody(
    new_page: Callable[..., Page], single: Path
) -> None:
    page = new_page(viewport={"width": 1440, "height": 900}, locale="en-US", offline=True)
    wrong: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(single.as_uri())
    reader = StoryPage(page, "about:srcdoc")
    reader.wait_for_map()
    expect(reader.heading).to_contain_text("4 towns")
    expect(page.locator(".masthead h1")).to_have_text("Deqing Story Atlas")

    reader.press("leidian")
    expect(reader.heading).to_contain_text("Leidian")
    expect(reader.chosen()).to_have_attribute("data-slug", "leidian")
    page.locator("button[data-theme=talent]").click()
    expect(reader.panel.locator("p.hint[role=note]")).to_be_visible()
    page.locator("nav.languages a[data-lang=zh]").click()
    expect(reader.heading).to_contain_text("雷甸")
    expect(page.locator(".masthead h1")).to_have_text("德清故事地图")
    page.go_back()
    expect(reader.heading).to_contain_text("Leidian")
    page.reload()
    reader.wait_for_map()
    expect(reader.heading).to_contain_text("Leidian")
    page.goto(f"{single.as_uri()}?town=xinan&metric=villages&lang=zh")
    reader.wait_for_map()
    expect(page.locator(".metric-box .period")).to_have_text("2023年6月30日")
    expect(reader.map.locator("circle.symbol").first).to_be_visible()
    assert wrong == []
    assert {each for each in asked if not each.startswith("data:")} == {
        each for each in asked if each.startswith(single.as_uri())
    }


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    (entry,) = Catalogue().entries()
    return entry.snapshot


SHOWN = """async address => {
  history.pushState(null, "", address);
  const before = document.querySelector("article.panel");
  dispatchEvent(new PopStateEvent("popstate"));
  const tries = performance.now();
  while (document.querySelector("article.panel") === before && performance.now() - tries < 20000)
    await new Promise(requestAnimationFrame);
  return document.querySelector("article.panel").dataset.query;
}"""
WORDS = """html => {
  const served = new DOMParser().parseFromString(html, "text/html");
  const panels = [document, served].map(each => each.querySelector("article.panel"));
  const wordsOf = element => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) found.push(texts.currentNode.data.replace(/\\s+/g, " ").trim());
    return found.filter(Boolean).join(" ");
  };
  return panels.map(panel => {
    const copy = panel.cloneNode(true);
    for (const part of copy.querySelectorAll(".paper, svg, .scene-steps")) part.remove();
    const links = [...copy.querySelectorAll("a[data-town], a[data-metric], a[data-dates]")];
    return {
      words: wordsOf(copy),
      links: links.map(link => link.getAttribute("href")),
      chosen: [...copy.querySelectorAll("[aria-current], .chosen, .faded")].map(
        wordsOf),
      tour: [...copy.querySelectorAll("[data-tour]")].map(each => each.dataset.town),
    };
  });
}"""


def views(snapshot: Snapshot, lang: str) -> list[str]:
    """Return the queries of views, of each kind and some of several kinds at once."""
    atlas, metrics = snapshot.atlas, list(snapshot.series)
    towns = [*(story.town for story in atlas.stories), "moganshan"]
    themes = [theme.id for theme in atlas.themes]
    sets = [*combinations(themes, 1), *combinations(themes, 2), tuple(themes)]
    wanted = ["".join(f"&theme={each}" for each in some) for some in sets]
    found = list(wanted)
    found += [f"&town={town}{some}" for town in towns for some in wanted[:5]]
    found += [f"&town={town}&tour=1{some}" for town in towns[:4] for some in ("", *wanted[:4])]
    found += [f"{town}&metric={name}" for town in ("", "&town=xinan", "&town=moganshan")
              for name in metrics]  # fmt: skip
    found += [f"&town={town}&place={place}" for town, place in _places(snapshot)]
    found += [f"&date={date}" for date in snapshot.history.dates[:-1]]
    found += ["&town=xinan&tour=1&theme=industry&metric=area&date=2019-10-31"]
    return [f"lang={lang}{each}" for each in found]


def _places(snapshot: Snapshot) -> list[tuple[str, str]]:
    towns = [story.town for story in snapshot.atlas.stories]
    return [(town, each.id) for town in towns for each in snapshot.atlas.places_in(town)][:4]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_editions_say_the_same_in_views_of_each_kind(
    opened: OpenPage, at_root: str, snapshot: Snapshot, lang: str
) -> None:
    reader = opened(f"{at_root}{lang}/", viewport=DESKTOP)
    differing = []
    for query in views(snapshot, lang):
        context = snapshot.view_of(parse_qs(query))
        root = "../../" if context.view.town else "../"
        context = replace(context, addresses=FolderAddresses(root), today=TODAY)
        address = FolderAddresses(at_root).view(context.query)
        shown = reader.page.evaluate(SHOWN, address)
        assert parse_qs(shown) == parse_qs(context.query)
        here, served = reader.page.evaluate(WORDS, panel_html(context))
        if here != served:
            differing += [(query, key, here[key], served[key]) for key in here
                          if here[key] != served[key]]  # fmt: skip
    assert differing == []
