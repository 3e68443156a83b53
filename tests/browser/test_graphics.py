"""Graphics and the table of figures as readers meet them: screen, keyboard, paper, no script."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def open_full(visit: OpenPage, full: str) -> OpenPage:
    """Open the page of the full server."""

    def opened(query: str, **options: object) -> StoryPage:
        reader = visit(f"{full}/?{query}", **options)
        reader.wait_for_map()
        return reader

    return opened


def top(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"]


def violations(page: Page, where: str) -> list[str]:
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": STANDARD}}
    found = Axe().run(page, context=where, options=options).response["violations"]
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize(
    ("town", "lang"), [("leidian", "zh"), ("xinan", "en"), ("yuyue", "zh"), ("kangqian", "en")]
)
def test_on_a_phone_the_graphic_follows_headline_map_and_lead(
    open_page: OpenPage, town: str, lang: str
) -> None:
    reader = open_page(f"town={town}&lang={lang}", **PHONE)
    frame = reader.page.locator("iframe[src*='st_folium']")
    lead, graphic = reader.panel.locator(".lead"), reader.panel.locator(".graphic.opening")
    first = reader.panel.locator(".scene").first

    expect(frame).to_be_in_viewport(ratio=0.99)
    expect(reader.heading).to_be_in_viewport(ratio=1)
    expect(lead).to_be_in_viewport()
    assert top(lead) < top(graphic) < top(first)
    expect(graphic.locator("svg.narrow")).to_be_visible()
    expect(graphic.locator("svg.wide")).to_be_hidden()
    title = re.escape(str(graphic.locator("figcaption").text_content()))
    expect(graphic.get_by_role("img", name=re.compile(f"^{title} "))).to_have_count(1)
    assert reader.overflow() == 0
    assert reader.small_targets() == []


def test_nothing_moves_when_a_graphic_is_drawn(open_page: OpenPage) -> None:
    reader = open_page("town=xinan&lang=en", **DESK)
    height = """graphic => graphic.getBoundingClientRect().height"""
    for place in reader.panel.locator(".graphic-drawing").all():
        drawn = place.evaluate(height)
        assert drawn > 40
        kept = place.evaluate(
            """place => {
              const copy = place.cloneNode();
              copy.dataset.svg = "";
              place.replaceWith(copy);
              const { height } = copy.getBoundingClientRect();
              copy.replaceWith(place);
              return height;
            }"""
        )
        assert kept == pytest.approx(drawn, abs=1)


@pytest.mark.parametrize("options", [PHONE, DESK], ids=["phone", "desk"])
def test_the_table_is_a_table_at_every_width_and_works_by_keyboard(
    open_full: OpenPage, options: dict[str, Any]
) -> None:
    reader = open_full("town=leidian&lang=en", **options)
    table = reader.panel.get_by_role("table", name="The story in figures")
    expect(table.get_by_role("columnheader")).to_have_text(["Figure", "Value", "Comparison"])
    row = table.get_by_role("row", name="Average PM10 concentration").first
    expect(row.get_by_role("cell").first).to_have_text("48 µg/m³")
    entry = reader.page.locator("#figure-pm10")
    quote = entry.get_by_text("从92微克/立方米降至48微克")
    expect(quote).to_be_hidden()

    entry.locator("summary").focus()
    reader.page.keyboard.press("Enter")
    expect(quote).to_be_visible()
    assert reader.overflow() == 0
    if options is PHONE:
        assert reader.small_targets() == []
    for name in ("PNG: Average PM10", "SVG: Average PM10", "Embed: Average PM10"):
        reader.page.keyboard.press("Tab")
        focused = entry.get_by_role("link", name=re.compile(f"^{name}"))
        expect(focused).to_be_focused()
    reader.page.keyboard.press("Enter")
    dialog = reader.page.get_by_role("dialog")
    part = dialog.get_by_label("What to embed:")
    expect(part).to_be_focused()
    expect(part.locator("option:checked")).to_have_text("Average PM10 concentration")
    code = dialog.get_by_label("HTML for another page:")
    assert "/figure/leidian.pm10.en" in code.input_value()
    part.select_option("This page with its map")
    assert re.search(r"\?town=leidian&amp;.*embed=true", code.input_value())


def test_a_number_in_the_text_lights_its_rows_and_opens_the_passage(open_page: OpenPage) -> None:
    reader = open_page("town=xinan&lang=zh", reduced_motion="reduce", **DESK)
    entry = reader.page.locator("#figure-shangfeng-quarter")

    reader.panel.get_by_role("link", name="3000万元").click()
    expect(entry).to_have_class(re.compile("aimed-at"))
    expect(entry).to_be_focused()
    expect(entry).to_be_in_viewport(ratio=1)
    expect(entry.get_by_text("争创一季度产值达3000万元")).to_be_visible()
    reader.page.go_back()
    expect(reader.panel.locator(".aimed-at")).to_have_count(0)

    reader.panel.locator(".ledger").get_by_role("link", name="上丰机械产值同比增长").click()
    expect(reader.panel.locator(".scene .card.aimed-at")).to_have_id("figure-shangfeng-growth")


def test_on_paper_passages_stand_open_and_graphics_are_drawn(
    open_full: OpenPage, tmp_path: Path
) -> None:
    reader = open_full("town=kangqian&lang=zh", **DESK)
    paper = tmp_path / "story.pdf"
    reader.page.pdf(path=paper, format="A4")

    pages = pypdf.PdfReader(paper).pages
    assert len(pages) <= 5  # five scenes, each with its map or graphic
    words = unicodedata.normalize("NFKC", "".join(page.extract_text() for page in pages))
    text = re.sub(r"\s+", "", words)
    for said in ("15支招商队伍", "等10个新建项目", "第5段", "原文只说“已经超过”", "7支先遣队"):
        assert said in text
    for on_screen_only in ("下载图表", "PNG", "嵌入"):
        assert on_screen_only not in text
    reader.page.emulate_media(media="print")
    for graphic in reader.panel.locator(".graphic").all():
        expect(graphic.locator("svg:visible")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_the_readers_own_colours_marks_are_seen(open_page: OpenPage, scheme: str) -> None:
    for town in ("leidian", "kangqian"):
        reader = open_page(
            f"town={town}&lang=en", forced_colors="active", color_scheme=scheme, **DESK
        )
        for mark in reader.panel.locator("svg:visible rect.g-mark").all():
            assert mark.evaluate(STANDS_OUT)


STANDS_OUT = """mark => {
  const canvas = Object.assign(document.createElement("i"), { style: "color: Canvas" });
  document.body.append(canvas);
  const paper = getComputedStyle(canvas).color;
  canvas.remove();
  const { fill, stroke } = getComputedStyle(mark);
  return [fill, stroke].some((paint) => !["none", paper].includes(paint));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_graphics_tables_and_their_pages(
    open_full: OpenPage, full: str, scheme: str
) -> None:
    reader = open_full("town=leidian&lang=en", color_scheme=scheme, **PHONE)
    found: list[str] = []
    for query in ("town=leidian&lang=en", "town=kangqian&lang=zh", "lang=zh"):
        reader.open(query)
        reader.page.evaluate(
            "for (const each of document.querySelectorAll('.panel details')) each.open = true"
        )
        found += violations(reader.page, ".panel")
    for address in (
        "figure/leidian.pm25.zh", "graphic/xinan.output.en", "graphic/county.calendar.zh",
        "figure/county.area.en",
    ):  # fmt: skip
        reader.page.goto(f"{full}/{address}")
        reader.page.locator("details").first.evaluate("details => { details.open = true; }")
        found += violations(reader.page, "html")
    assert not found, "\n".join(found)


def test_without_scripts_each_graphic_is_drawn_once_and_the_table_opens(
    visit: OpenPage, full: str
) -> None:
    reader = visit(f"{full}/?town=kangqian&lang=zh", java_script_enabled=False)
    graphics = reader.panel.locator(".graphic")
    expect(graphics).to_have_count(3)
    for graphic in graphics.all():
        expect(graphic.locator("svg:visible")).to_have_count(1)
    reader.panel.get_by_role("link", name="3支先锋队").click()
    entry = reader.page.locator("#figure-vanguard-teams")
    expect(entry).to_be_in_viewport()
    entry.locator("summary").click()
    expect(entry.get_by_text("第5段")).to_be_visible()
    entry.get_by_role("link", name="嵌入").evaluate("link => link.removeAttribute('target')")
    entry.get_by_role("link", name="嵌入").click()
    expect(reader.page).to_have_url(f"{full}/figure/kangqian.vanguard-teams.zh")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("先锋队")


def test_where_nothing_answers_nothing_is_offered(open_page: OpenPage) -> None:
    reader = open_page("town=leidian&lang=zh")
    expect(reader.panel.locator(".graphic svg").first).to_be_attached()
    expect(reader.panel.locator(".take, [data-embed]")).to_have_count(0)
    reader.page.get_by_role("button", name="分享").click()
    expect(reader.page.get_by_label("嵌入的内容：")).to_be_hidden()


def test_another_site_frames_a_figure_in_the_readers_colours(
    visit: OpenPage, full: str, other_site: Callable[[str], str]
) -> None:
    reader = visit("about:blank", color_scheme="dark", viewport={"width": 700, "height": 700})
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    address = f"{full}/figure/leidian.pm25.zh"
    answer = reader.page.request.get(f"{full}/oembed", params={"url": address}).json()
    site = other_site(f"<!doctype html><link rel=icon href=data:,>{answer['html']}")
    reader.page.goto(site)

    inside = reader.page.frame_locator("iframe")
    expect(inside.get_by_role("heading", level=1)).to_have_text("PM2.5平均浓度")
    expect(inside.locator("svg.wide")).to_be_visible()
    expect(inside.locator("footer")).to_contain_text("来源：《德清：起势奔跑奋进新征程》")
    link = inside.get_by_role("link", name="在地图上读全文")
    expect(link).to_have_attribute("href", f"{full}/?town=leidian&lang=zh#figure-pm25")
    assert inside.locator("body").evaluate(
        "body => getComputedStyle(body).backgroundColor === 'rgb(20, 25, 28)'"
        " && document.scrollingElement.scrollHeight <= innerHeight"
    )
    assert {url for url in asked if url.startswith("http")} == {site, address}
