"""Reading on: story mode, on a phone, on paper."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pypdf
import pytest
from playwright.sync_api import expect

from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

ORDER = ["leidian", "xinan", "yuyue", "kangqian"]


def test_story_mode_goes_through_the_towns_and_the_map_follows(open_page: OpenPage) -> None:
    reader = open_page("lang=zh")
    reader.mark_frame()
    county = reader.map_view()

    reader.panel.get_by_role("link", name="逐篇阅读").click()
    for place, slug in enumerate(ORDER, start=1):
        expect(reader.panel).to_contain_text(f"第{place}篇，共4篇")
        expect(reader.chosen()).to_have_attribute("data-slug", slug)
        assert reader.query == {"town": [slug], "tour": ["1"], "lang": ["zh"]}
        reader.expect_map_around(slug)
        if place < len(ORDER):
            reader.page.keyboard.press("ArrowRight")
    expect(reader.panel.locator(".tour .next")).to_have_count(0)
    reader.page.keyboard.press("ArrowLeft")
    expect(reader.panel).to_contain_text("第3篇，共4篇")

    reader.panel.get_by_role("link", name="结束逐篇阅读").click()
    expect(reader.panel.locator(".tour")).to_have_count(0)
    assert reader.query == {"town": ["yuyue"], "lang": ["zh"]}
    reader.frame.wait_for_function(
        "zoom => Math.abs(window.map.getZoom() - zoom) < 0.001", arg=county[2]
    )
    reader.expect_same_frame()


def test_a_link_into_story_mode_opens_there(open_page: OpenPage) -> None:
    reader = open_page("town=kangqian&tour=1&lang=en")

    expect(reader.panel).to_contain_text("Story 4 of 4")
    reader.expect_map_around("kangqian")
    expect(reader.language("中文")).to_have_attribute("href", "?town=kangqian&tour=1&lang=zh")


SCROLLED = "document.querySelector('.stMain').scrollTop"


def scroll_to(reader: StoryPage, top: int) -> None:
    """Scroll the page, and wait until it has heard of it."""
    reader.page.evaluate(
        """top => new Promise(done => {
          const main = document.querySelector(".stMain");
          main.addEventListener("scroll", () => requestAnimationFrame(done), { once: true });
          main.scrollTo({ top, behavior: "instant" });
        })""",
        top,
    )


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1000), (390, 844), (360, 640)])
def test_the_map_stays_in_view_while_the_story_scrolls(
    open_page: OpenPage, size: tuple[int, int]
) -> None:
    width, height = size
    reader = open_page("town=xinan&lang=zh", viewport={"width": width, "height": height})
    frame = reader.page.locator("iframe[src*='st_folium']")

    for top in (500, 900):
        scroll_to(reader, top)
        expect(frame).to_be_in_viewport(ratio=0.99)
    box = frame.bounding_box()
    assert box is not None
    assert width > 640 or box["height"] <= 0.45 * height, "room to read"


def test_back_and_forth_each_view_is_where_it_was_left(open_page: OpenPage) -> None:
    reader = open_page(
        "lang=zh",
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    card = reader.panel.locator(".teaser a[data-town=kangqian]")
    card.scroll_into_view_if_needed()
    left = reader.page.evaluate(SCROLLED)
    assert left > 300
    card.click()
    expect(reader.heading).to_have_text(re.compile("^康乾"))
    expect(reader.heading).to_be_in_viewport()
    scroll_to(reader, 1800)

    reader.page.go_back()
    expect(reader.heading).to_have_text("4个镇街，4个故事")
    wait_until(reader.page, f"() => Math.abs({SCROLLED} - {left}) <= 1")
    reader.page.go_forward()
    expect(reader.heading).to_have_text(re.compile("^康乾"))
    wait_until(reader.page, f"() => Math.abs({SCROLLED} - 1800) <= 1")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_link_to_a_figure_shows_it(open_page: OpenPage, width: int) -> None:
    reader = open_page("town=xinan&lang=en", viewport={"width": width, "height": 844})
    address = reader.page.url

    reader.page.goto("about:blank")
    reader.page.goto(f"{address}#figure-shangfeng-growth")
    reader.wait_for_map()
    figure = reader.page.locator("#figure-shangfeng-growth")
    expect(figure).to_be_in_viewport(ratio=1)
    expect(figure).to_have_class(re.compile("aimed-at"))

    other = reader.panel.locator(".entry[id]").first
    reader.page.evaluate("id => { location.hash = id; }", other.get_attribute("id"))
    expect(other).to_have_class(re.compile("aimed-at"))
    expect(reader.panel.locator(".aimed-at")).to_have_count(1)
    expect(other).to_be_in_viewport(ratio=1)


def test_keys_are_spoken_of_where_there_are_some(open_page: OpenPage) -> None:
    query = "town=leidian&tour=1&lang=en"
    desk = open_page(query)
    expect(desk.panel.locator(".tour .keys")).to_be_visible()
    assert "Tab" in str(desk.map.locator(".leaflet-container").get_attribute("aria-label"))

    phone = open_page(query, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    expect(phone.panel.locator(".tour .keys")).to_be_hidden()
    assert "Tab" not in str(phone.map.locator(".leaflet-container").get_attribute("aria-label"))


@pytest.mark.parametrize("width", [360, 390, 430])
def test_on_a_phone_the_map_comes_first_and_leaves_room(open_page: OpenPage, width: int) -> None:
    reader = open_page(
        "lang=zh",
        viewport={"width": width, "height": 844},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    frame = reader.page.locator("iframe[src*='st_folium']").bounding_box()
    panel = reader.panel.bounding_box()
    assert frame is not None
    assert panel is not None
    assert frame["height"] <= 0.4 * 844
    assert frame["y"] < panel["y"]
    assert reader.overflow() == 0

    reader.division("kangqian").tap()
    expect(reader.heading).to_have_text(re.compile("^康乾"))
    expect(reader.heading).to_be_in_viewport()
    assert reader.small_targets() == []


def test_a_printed_story_is_a_clean_document(open_page: OpenPage, tmp_path: Path) -> None:
    reader = open_page("town=leidian&lang=zh")
    expect(reader.heading).to_have_text(re.compile("^雷甸"))
    paper = tmp_path / "leidian.pdf"
    reader.page.pdf(path=paper, format="A4")

    document = pypdf.PdfReader(paper)
    words = "".join(page.extract_text() for page in document.pages)
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))

    for part in (
        "七家铸造厂完成整改",
        "37微克/立方米",
        "本图集计算",
        "第5段",
        "已公布",
    ):
        assert part in text
    assert "?town=leidian&lang=zh" in text
    for screen_only in ("按主题筛选", "分享", "其他9个镇街", "返回全县", "在线底图"):
        assert screen_only not in text
    assert all(page.extract_text().strip() for page in document.pages), "an empty page"
    reader.page.emulate_media(media="print")
    code = reader.panel.locator(".paper img")
    assert code.evaluate("image => image.complete && image.naturalWidth > 0")


@pytest.mark.parametrize("width", [390, 1024, 1440, 1920])
def test_the_whole_map_is_printed_from_every_window(open_page: OpenPage, width: int) -> None:
    reader = open_page("town=yuyue&lang=zh", viewport={"width": width, "height": 900})
    drawn = reader.frame.evaluate("[innerWidth, innerHeight]")

    reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    reader.page.emulate_media(media="print")

    box = reader.page.locator("iframe[src*='st_folium']").bounding_box()
    assert box is not None
    assert box["width"] <= PAPER[0] + 1
    assert box["height"] <= PAPER[1] + 1
    assert box["width"] / box["height"] == pytest.approx(drawn[0] / drawn[1], rel=0.02)
    assert reader.frame.evaluate("[innerWidth, innerHeight]") == drawn, "drawn anew, or cut"
    around = reader.page.locator(".st-key-map_box").bounding_box()
    assert around is not None
    assert around["height"] <= box["height"] + 1, "paper left empty below the map"


PAPER = (660, 340)
"""CSS pixels: between the margins, and a third of the page."""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("slug", [*ORDER, ""])
def test_a_printed_story_has_few_pages_and_all_are_well_filled(
    visit: OpenPage, full: str, tmp_path: Path, slug: str, lang: str
) -> None:
    """Each scene with its own map, all figures and places; the overview is printed as well."""
    town = f"town={slug}&" if slug else ""
    reader = visit(f"{full}/?{town}lang={lang}", viewport={"width": 1440, "height": 900})
    reader.wait_for_map()
    paper = tmp_path / "story.pdf"
    reader.page.pdf(path=paper, format="A4")

    pages = pypdf.PdfReader(paper).pages
    assert len(pages) <= 4
    headings = {flat(each) for each in reader.panel.locator("h3, figcaption").all_text_contents()}
    for page in pages[:-1]:
        lines = lines_of(page)
        assert min(lines) < 0.45 * float(page.mediabox.height)
        assert flat(lines[min(lines)]) not in headings, "a heading alone at the foot of a page"
    assert len(lines_of(pages[-1])) > FEW, "a page for the link alone"


FEW = 5
"""Lines: the source of a story and its address."""


def flat(words: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))


def lines_of(page: pypdf.PageObject) -> dict[float, str]:
    """Return the lines of a page by how far above its lower edge they stand, in points."""
    lines: dict[float, str] = {}

    def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            height = round(cm[1] * tm[4] + cm[3] * tm[5] + cm[5])
            lines[height] = lines.get(height, "") + text

    page.extract_text(visitor_text=visit)
    return lines
