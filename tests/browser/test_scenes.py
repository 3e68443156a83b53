"""Scenes: the map follows a story while its reader scrolls, and the server hears of nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.support.scene_atlas import MANY, SCENES, write_scene_atlas
from tests.support.servers import ROOT, streamlit_server
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Locator, Page

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
CALM = {"reduced_motion": "reduce"}
LEIDIAN = "town=leidian&lang=zh"
ORDER = list(SCENES)
AFTER_TWO_PICTURES = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
})"""
A_PIXEL = 0.0015
SCROLLED_TO = "top => Math.abs(document.querySelector('.stMain').scrollTop - top) <= 1"
"""Degrees at this zoom, and a little more: Leaflet rounds positions to pixels."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `open_page` looks: the full server, with an atlas told in scenes."""
    folder = write_scene_atlas(tmp_path_factory.mktemp("scenes") / "deqing")
    with streamlit_server(ROOT / "serve.py", env={"ATLAS": str(folder)}) as where:
        yield where


def scene(reader: StoryPage, name: str) -> Locator:
    return reader.page.locator(f"#scene-{name}")


def read(reader: StoryPage, name: str, *, offset: int = 0) -> None:
    """Scroll with the wheel, as a reader does, until a scene begins just above the line."""
    reader.page.mouse.move(*middle_of_text(reader.page))
    by = scene(reader, name).evaluate(
        """(scene, offset) => {
          const main = document.querySelector(".stMain");
          const panel = scene.closest("article");
          const covered = parseFloat(getComputedStyle(panel).scrollMarginTop);
          const line = covered + Math.min((main.clientHeight - covered) * 0.42, 240);
          const from = main.getBoundingClientRect().top;
          return scene.getBoundingClientRect().top - from - line + offset;
        }""",
        12 + offset,
    )
    reader.page.mouse.wheel(0, by)


def middle_of_text(page: Page) -> tuple[float, float]:
    assert page.viewport_size
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    return (width * (0.5 if width < 700 else 0.8), height * 0.8)


def touch_the_wheel(reader: StoryPage) -> None:
    """Scroll by a few pixels, and let the page's script see it."""
    reader.page.mouse.move(*middle_of_text(reader.page))
    top = reader.page.evaluate("document.querySelector('.stMain').scrollTop")
    reader.page.mouse.wheel(0, 12)
    wait_until(reader.page, SCROLLED_TO, top + 12)
    wait_until(reader.page, AFTER_TWO_PICTURES)


def expect_scene(reader: StoryPage, name: str) -> None:
    expect(reader.panel).to_have_attribute("data-scene", name)
    expect(reader.panel.locator(".scene.current")).to_have_count(1 if name else 0)
    if name:
        expect(scene(reader, name)).to_have_class(re.compile("current"))


def lit(reader: StoryPage) -> set[str]:
    paths = reader.map.locator("path.division.lit")
    return set(paths.evaluate_all("paths => paths.map(path => path.dataset.slug)"))


def wait_until_the_map_rests(reader: StoryPage) -> None:
    """Wait until the map has looked at the same for twenty pictures; its frame may be new."""
    reader.frame.wait_for_function(
        """() => {
          const { lat, lng } = window.map.getCenter();
          const now = [lat, lng, window.map.getZoom(), innerWidth, innerHeight].join();
          window.pictures = window.lookedAt === now ? window.pictures + 1 : 0;
          window.lookedAt = now;
          return window.pictures > 20;
        }"""
    )


def count_moves(reader: StoryPage) -> None:
    reader.frame.evaluate(
        """() => {
          window.moves = { began: 0, ended: 0 };
          window.map.on("movestart", () => { window.moves.began += 1; });
          window.map.on("moveend", () => { window.moves.ended += 1; });
        }"""
    )


def expect_one_move(reader: StoryPage, number: int) -> None:
    reader.frame.wait_for_function("n => window.moves.ended === n", arg=number)
    assert reader.frame.evaluate("window.moves.began") == number


def listen_to_the_wire(page: Page) -> list[Any]:
    """Collect what the browser sends to the server from now on."""
    sent: list[Any] = []
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.webSocketFrameSent", lambda frame: sent.append(frame))  # noqa: PLW0108  # Playwright asks
    return sent


def test_the_map_follows_once_for_each_scene_down_and_up(open_page: OpenPage) -> None:
    reader = open_page(LEIDIAN, viewport={"width": 1280, "height": 800})
    reader.mark_frame()
    wait_until_the_map_rests(reader)
    before = reader.map_view()
    count_moves(reader)
    sent = listen_to_the_wire(reader.page)

    expect_scene(reader, "")
    expect(reader.map.locator(".leaflet-container.dimmed")).to_have_count(0)
    for moves, name in enumerate(ORDER, start=1):
        read(reader, name)
        expect_scene(reader, name)
        expect_one_move(reader, moves)
        if name == "firms":
            reader.expect_map_around("leidian")
            assert lit(reader) == {"leidian"}
            expect(reader.map.locator(".label span.lit")).to_have_text(["雷甸镇"])
        if name == "county":
            assert reader.map_view()[2] == before[2]
            assert lit(reader) == {"leidian", "xinan", "yuyue"}
    for moves, name in enumerate(reversed(ORDER[:-1]), start=len(ORDER) + 1):
        read(reader, ORDER[ORDER.index(name) + 1], offset=-40)
        expect_scene(reader, name)
        expect_one_move(reader, moves)
    read(reader, "firms", offset=-40)
    expect_scene(reader, "")
    expect_one_move(reader, 2 * len(ORDER))
    assert reader.map_view() == pytest.approx(before, abs=A_PIXEL)
    expect(reader.map.locator(".dimmed, .lit")).to_have_count(0)
    reader.expect_same_frame()
    assert sent == []


def test_the_address_keeps_the_scene_without_a_step_in_the_history(open_page: OpenPage) -> None:
    reader = open_page(LEIDIAN)
    steps = reader.page.evaluate("history.length")

    for name in ORDER[:2]:
        read(reader, name)
        expect(reader.page).to_have_url(re.compile(rf"\?town=leidian&scene={name}&lang=zh$"))
    expect(reader.language("English")).to_have_attribute(
        "href", f"?town=leidian&scene={ORDER[1]}&lang=en"
    )
    read(reader, ORDER[0], offset=-40)
    expect(reader.page).to_have_url(re.compile(r"\?town=leidian&lang=zh$"))
    assert reader.page.evaluate("history.length") == steps


@pytest.mark.parametrize("options", [PHONE, {"viewport": {"width": 1280, "height": 800}}])
@pytest.mark.parametrize("name", ["around", "part"])
def test_a_link_to_a_scene_opens_there_with_the_map(
    open_page: OpenPage, name: str, options: dict[str, Any]
) -> None:
    reader = open_page(f"town=leidian&scene={name}&lang=zh", **options)

    expect_scene(reader, name)
    expect(scene(reader, name).locator(".words p").first).to_be_in_viewport()
    assert lit(reader) == ({"xinan"} if name == "around" else set())
    if name == "around":
        zoom = reader.map_view()[2]
        assert zoom > reader.frame.evaluate("window.map.getMinZoom()")
    assert reader.query["scene"] == [name]


def test_on_a_phone_the_line_lies_below_the_map(open_page: OpenPage) -> None:
    reader = open_page(LEIDIAN, **PHONE, **CALM)
    frame = reader.page.locator("iframe[src*='st_folium']")

    read(reader, "firms")
    expect_scene(reader, "firms")
    box, passage = frame.bounding_box(), scene(reader, "firms").bounding_box()
    assert box is not None
    assert passage is not None
    assert passage["y"] > box["y"] + box["height"], "the passage begins under the map"
    expect(frame).to_be_in_viewport(ratio=0.99)
    assert lit(reader) == {"leidian"}
    assert reader.overflow() == 0
    assert reader.small_targets() == []


def test_with_reduced_motion_the_map_cuts(open_page: OpenPage) -> None:
    reader = open_page(LEIDIAN, **CALM)
    wait_until_the_map_rests(reader)
    reader.frame.evaluate(
        "() => { window.redrawn = 0; window.map.on('move', () => { window.redrawn += 1; }); }"
    )

    read(reader, "firms")
    expect_scene(reader, "firms")
    reader.expect_map_around("leidian")
    assert reader.frame.evaluate("window.redrawn") <= 2


def test_thirty_scenes_are_scrolled_without_a_word_to_the_server_and_nothing_shifts(
    open_page: OpenPage,
) -> None:
    reader = open_page("town=xinan&lang=zh", **CALM)
    sent = listen_to_the_wire(reader.page)
    reader.page.evaluate(
        """() => {
          window.shift = 0;
          new PerformanceObserver((list) => {
            for (const each of list.getEntries()) if (!each.hadRecentInput) shift += each.value;
          }).observe({ type: "layout-shift", buffered: true });
        }"""
    )
    seen: list[str] = []
    for number in range(MANY):
        read(reader, f"s{number:02}")
        expect(reader.panel).to_have_attribute("data-scene", f"s{number:02}")
        seen.append(str(reader.panel.get_attribute("data-scene")))
    assert seen == [f"s{number:02}" for number in range(MANY)]
    assert sent == []
    assert reader.page.evaluate("window.shift") <= 0.02


def test_keys_and_buttons_step_through(open_page: OpenPage) -> None:
    reader = open_page(LEIDIAN, **CALM)
    steps = reader.page.get_by_role("navigation", name="场景")
    on, back = (steps.get_by_role("button", name=name) for name in ("下一幕", "上一幕"))
    expect(steps.locator("span").first).to_have_text("– / 4")
    expect(back).to_have_attribute("aria-disabled", "true")

    on.click()
    expect_scene(reader, "firms")
    on.click()
    expect_scene(reader, "around")
    expect(steps.locator("span").first).to_have_text("2 / 4")
    expect(scene(reader, "around").locator(".words p").first).to_be_in_viewport()
    reader.page.keyboard.press("Alt+ArrowDown")
    expect_scene(reader, "county")
    reader.page.keyboard.press("Alt+ArrowUp")
    reader.page.keyboard.press("Alt+ArrowUp")
    expect_scene(reader, "firms")
    back.focus()
    reader.page.keyboard.press("Enter")
    expect_scene(reader, "firms")
    expect(back).to_be_focused()
    assert reader.query["town"] == ["leidian"]


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_a_touch_of_the_wheel_leaves_the_scene_that_was_asked_for(
    visit: Callable[..., StoryPage], full: str, size: tuple[int, int]
) -> None:
    """A short passage, opened by its link, also after the way to the share button, and by steps."""
    viewport = {"width": size[0], "height": size[1]}
    reader = visit(
        f"{full}/?town=leidian&scene=foundries&lang=zh", viewport=viewport, reduced_motion="reduce"
    )
    reader.wait_for_map()
    expect_scene(reader, "foundries")
    share = reader.page.get_by_role("button", name="分享")
    if size[0] > 640:  # else it has been scrolled away
        reader.page.mouse.move(300, 200)  # over the map
        reader.page.mouse.move(*middle_of_text(reader.page), steps=20)
        share.click()
        reader.page.keyboard.press("Escape")
    touch_the_wheel(reader)
    expect_scene(reader, "foundries")
    for _ in range(2):
        reader.page.keyboard.press("Alt+ArrowDown")
    expect_scene(reader, "campaigns")
    touch_the_wheel(reader)
    expect_scene(reader, "campaigns")


def test_the_focus_in_the_bar_leaves_the_page_where_it_is(
    visit: Callable[..., StoryPage], full: str
) -> None:
    viewport = {"width": 1280, "height": 800}
    reader = visit(
        f"{full}/?town=leidian&scene=campaigns&lang=zh", viewport=viewport, reduced_motion="reduce"
    )
    reader.wait_for_map()
    expect_scene(reader, "campaigns")
    top = reader.page.evaluate("document.querySelector('.stMain').scrollTop")
    assert top > 200
    for button in ("分享", "环境"):
        control = reader.page.locator(".st-key-masthead").get_by_role("button", name=button)
        control.focus()
        expect(control).to_be_focused()
        wait_until(reader.page, AFTER_TWO_PICTURES)
        assert reader.page.evaluate("document.querySelector('.stMain').scrollTop") == top
    expect_scene(reader, "campaigns")


def test_every_step_in_one_breath_counts(open_page: OpenPage) -> None:
    reader = open_page("town=xinan&lang=zh")  # with motion: the next step comes while it scrolls

    for _ in range(5):
        reader.page.keyboard.press("Alt+ArrowDown")
    expect_scene(reader, "s04")
    expect(scene(reader, "s04").locator(".words p").first).to_be_in_viewport()
    reader.page.keyboard.press("Alt+ArrowDown")
    expect_scene(reader, "s05")


def test_a_screen_reader_hears_what_the_map_shows(open_page: OpenPage) -> None:
    reader = open_page(LEIDIAN, **CALM)
    reader.page.locator(".share [aria-live]").evaluate(
        """live => {
          window.heard = [];
          new MutationObserver(() => window.heard.push(live.textContent))
            .observe(live, { childList: true });
        }"""
    )
    for name in ORDER[:2]:
        read(reader, name)
        expect_scene(reader, name)
        read(reader, name, offset=30)
    words = [
        reader.page.locator(f"#scene-{name}").evaluate("e => JSON.parse(e.dataset.cue).words")
        for name in ORDER[:2]
    ]
    assert reader.page.evaluate("window.heard") == words
    assert "雷甸镇" in words[0]


def test_back_and_forward_return_to_the_scene(open_page: OpenPage) -> None:
    reader = open_page(LEIDIAN, **CALM)
    read(reader, "around")
    expect(reader.page).to_have_url(re.compile("scene=around"))
    place = reader.page.evaluate("document.querySelector('.stMain').scrollTop")

    reader.listed("禹越镇").evaluate("link => link.click()")
    expect(reader.heading).to_have_text(re.compile("^禹越"))
    expect_scene(reader, "")
    expect(reader.map.locator(".dimmed, .lit")).to_have_count(0)
    assert "scene" not in reader.query

    reader.page.go_back()
    expect(reader.heading).to_have_text(re.compile("^雷甸"))
    expect_scene(reader, "around")
    assert lit(reader) == {"xinan"}
    wait_until(reader.page, SCROLLED_TO, place)
    reader.page.go_forward()
    expect(reader.heading).to_have_text(re.compile("^禹越"))
    expect(reader.map.locator(".dimmed, .lit")).to_have_count(0)


def test_a_story_that_is_left_gives_the_map_back(open_page: OpenPage) -> None:
    reader = open_page(LEIDIAN, **CALM)
    wait_until_the_map_rests(reader)
    county = reader.map_view()
    read(reader, "firms")
    expect_scene(reader, "firms")

    reader.panel.get_by_role("link", name="返回全县").evaluate("link => link.click()")
    expect(reader.heading).to_have_text("4个镇街，4个故事")
    expect(reader.map.locator(".dimmed, .lit")).to_have_count(0)
    assert reader.map_view() == pytest.approx(county, abs=A_PIXEL)
    assert reader.query == {"lang": ["zh"]}


def test_another_language_keeps_the_scene(open_page: OpenPage) -> None:
    reader = open_page(LEIDIAN, **CALM)
    reader.mark_frame()
    read(reader, "county")
    expect_scene(reader, "county")

    reader.language("English").evaluate("link => link.click()")
    expect(reader.heading).to_have_text(re.compile("^Leidian"))
    expect_scene(reader, "county")
    expect(scene(reader, "county").locator(".words p").first).to_be_in_viewport()
    expect(reader.page).to_have_url(re.compile(r"\?town=leidian&scene=county&lang=en$"))
    assert lit(reader) == {"leidian", "xinan", "yuyue"}
    reader.expect_same_frame()


def test_a_theme_leaves_the_reader_where_they_are(open_page: OpenPage) -> None:
    reader = open_page(LEIDIAN, **CALM)
    read(reader, "around")
    expect_scene(reader, "around")
    place = reader.page.evaluate("document.querySelector('.stMain').scrollTop")

    reader.filter("生态环境").evaluate("button => button.click()")
    expect(reader.map.locator("path.division.faded")).to_have_count(3)
    expect_scene(reader, "around")
    expect(reader.page).to_have_url(re.compile("scene=around&theme=environment"))
    assert reader.page.evaluate("document.querySelector('.stMain').scrollTop") == place


def test_scenes_and_the_tour_go_together(open_page: OpenPage) -> None:
    reader = open_page("town=leidian&tour=1&scene=around&lang=zh", **CALM)
    expect_scene(reader, "around")
    assert lit(reader) == {"xinan"}

    reader.page.keyboard.press("ArrowRight")
    expect(reader.panel).to_contain_text("第2篇，共4篇")
    expect_scene(reader, "")
    reader.expect_map_around("xinan")
    expect(reader.map.locator(".dimmed, .lit")).to_have_count(0)
    reader.page.keyboard.press("Alt+ArrowDown")
    expect_scene(reader, "s00")
    reader.expect_map_around("leidian")
    read(reader, "s00", offset=-60)
    expect_scene(reader, "")
    reader.expect_map_around("xinan")


def test_the_reader_may_move_the_map_and_the_next_scene_moves_it_again(
    open_page: OpenPage,
) -> None:
    reader = open_page(LEIDIAN, **CALM)
    read(reader, "firms")
    expect_scene(reader, "firms")
    before = reader.map_view()[2]
    reader.map.get_by_role("button", name="放大").click()
    reader.frame.wait_for_function("zoom => window.map.getZoom() > zoom", arg=before)
    own = reader.map_view()
    read(reader, "firms", offset=60)
    assert reader.map_view() == own

    read(reader, "county")
    expect_scene(reader, "county")
    reader.frame.wait_for_function("window.map.getZoom() === window.map.getMinZoom()")


def test_an_unknown_scene_is_said_and_left_aside(open_page: OpenPage) -> None:
    reader = open_page("town=leidian&scene=atlantis&lang=en")

    expect(reader.page.get_by_text("The address names a scene, “atlantis”")).to_be_visible()
    expect_scene(reader, "")


def test_the_shared_link_leads_to_the_scene_and_search_engines_to_the_story(
    open_page: OpenPage, server: str
) -> None:
    reader = open_page(LEIDIAN, **CALM)
    read(reader, "county")
    expect_scene(reader, "county")
    reader.page.get_by_role("button", name="分享").evaluate("button => button.click()")
    link = reader.page.get_by_role("dialog").get_by_label("网址").input_value()
    assert link == f"{server}/?town=leidian&scene=county&lang=zh"

    html = reader.page.request.get(link).text()
    assert re.search(r'rel="canonical" href="[^"]*\?town=leidian&amp;lang=zh"', html)


def test_a_number_leads_to_what_it_rests_on_and_back(open_page: OpenPage) -> None:
    reader = open_page(LEIDIAN, **CALM)
    read(reader, "county")
    expect_scene(reader, "county")
    expect(reader.page).to_have_url(re.compile("scene=county"))
    place = reader.page.evaluate("document.querySelector('.stMain').scrollTop")
    sent = listen_to_the_wire(reader.page)
    link = scene(reader, "county").get_by_role("link", name="7家")
    card = reader.page.locator("#figure-foundries-done")

    link.focus()
    reader.page.keyboard.press("Enter")
    expect(card).to_have_class(re.compile("aimed-at"))
    expect(card.get_by_text("该镇7家铸造企业")).to_be_visible()
    expect(card).to_be_in_viewport(ratio=1)
    expect(card).to_be_focused()
    expect(reader.page).to_have_url(re.compile("#figure-foundries-done$"))
    expect_scene(reader, "county")
    assert sent == []

    reader.page.go_back()
    wait_until(reader.page, SCROLLED_TO, place)
    expect(link).to_be_focused()
    expect_scene(reader, "county")
    expect(reader.panel.locator(".aimed-at")).to_have_count(0)


@pytest.mark.parametrize("options", [PHONE, {"viewport": {"width": 1280, "height": 800}}])
def test_every_figure_has_a_link_of_its_own(open_page: OpenPage, options: dict[str, Any]) -> None:
    reader = open_page(LEIDIAN, **options)
    cards = reader.panel.locator(":is(.card.figure, .entry)[id]")
    links = reader.panel.locator(":is(.card.figure, .entry)[id] a.own-link")
    expect(links).to_have_count(cards.count())
    link = reader.page.locator("#figure-pm25").get_by_role("link", name="这个数字的链接")

    link.click()
    expect(reader.page).to_have_url(re.compile("#figure-pm25$"))
    address = reader.page.url
    expect(reader.page.locator("#figure-pm25")).to_have_class(re.compile("aimed-at"))

    reader.page.goto("about:blank")
    reader.page.goto(address)
    reader.wait_for_map()
    expect(reader.page.locator("#figure-pm25")).to_be_in_viewport(ratio=1)
    expect(reader.page.locator("#figure-pm25 details")).to_have_attribute("open", "")
