"""The boundaries through time: stepped through, compared by a handle, linked to, and read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import PHONE, violations
from tests.browser.test_layout import phone
from tests.support.story_page import StoryPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page, WebSocket

BEFORE, LATEST = "2019-10-31", "2023-06-30"
LATEST_WORDS = "30 June 2023 (latest)"
COMPARED = f"date={BEFORE}&date={LATEST}"


def shown(reader: StoryPage, *dates: str) -> None:
    """Wait until the map shows the boundaries of these dates."""
    reader.frame.wait_for_function(
        "dates => (document.querySelector('.leaflet-container').dataset.dates ?? '') === dates",
        arg=" ".join(dates),
    )


def division(reader: StoryPage, slug: str) -> Locator:
    """A division on whichever boundaries are shown."""
    return reader.map.locator(f"path[data-slug='{slug}']").locator("visible=true")


def dates_bar(reader: StoryPage) -> tuple[Locator, Locator]:
    """Return the slider of dates and the handle between two of them."""
    return reader.map.locator(".date-bar input"), reader.map.locator(".divider")


def messages(page: Page) -> list[str]:
    """Note what the page says to its server from now on."""
    sent: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: sent.append(str(frame)[:40]))

    page.on("websocket", listen)
    return sent


def test_a_reader_steps_through_the_dates_without_the_server(
    new_page: Callable[..., Page], server: str
) -> None:
    page = new_page()
    sent = messages(page)
    page.goto(f"{server}/?lang=en")
    reader = StoryPage(page)
    reader.wait_for_map()
    slider, handle = dates_bar(reader)
    expect(slider).to_be_hidden()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    before = len(sent)
    assert before, "the line to the server is heard"

    reader.map.get_by_role("button", name="Then and now").click()
    shown(reader, BEFORE, LATEST)
    expect(handle).to_be_visible()
    expect(slider).to_be_focused()
    expect(slider).to_have_attribute("aria-valuetext", "31 October 2019")
    reader.map.get_by_role("button", name="Compare with latest").click()
    shown(reader, BEFORE)
    expect(handle).to_be_hidden()
    expect(division(reader, "kangqian")).to_have_count(0)
    expect(division(reader, "fuxi")).to_have_attribute(
        "aria-label", re.compile(r"^Fuxi Subdistrict, 31 October 2019 · reconstructed")
    )
    slider.focus()
    for key, date in (("ArrowLeft", "2018-10-31"), ("End", ""), ("ArrowLeft", "2022-10-31")):
        page.keyboard.press(key)
        shown(reader, *filter(None, [date]))
    expect(division(reader, "kangqian")).to_have_count(1)
    page.wait_for_url(re.compile(r"date=2022-10-31"))
    assert page.url.endswith("?date=2022-10-31&lang=en")
    assert page.evaluate("history.length") == 2, "no step in the history for a step of the slider"

    assert len(sent) == before, "a step asked the server"
    files = [url for url in fetched if "/divisions.geojson" in url]
    assert len(files) == 1, "the older boundaries are fetched once"

    slider.press("Escape")
    shown(reader)
    expect(slider).to_be_hidden()
    expect(reader.map.get_by_role("button", name="Then and now")).to_be_focused()
    page.wait_for_url(re.compile(r"\?lang=en$"))


def test_the_handle_follows_keys_and_pointer(open_page: Callable[..., StoryPage]) -> None:
    reader = open_page(f"lang=en&{COMPARED}", reduced_motion="reduce")
    shown(reader, BEFORE, LATEST)
    _, handle = dates_bar(reader)
    expect(handle).to_have_attribute("role", "slider")
    land = reader.map.locator("path.changed-land")
    expect(land).to_have_count(4)
    stops = reader.map.locator("path.division[tabindex='0']").locator("visible=true")
    expect(stops).to_have_count(13)

    handle.focus()
    reader.page.keyboard.press("Home")
    expect(handle).to_have_attribute("aria-valuenow", "2")
    for _ in range(3):
        reader.page.keyboard.press("PageUp")
    reader.page.keyboard.press("ArrowRight")
    expect(handle).to_have_attribute("aria-valuenow", "34")
    expect(handle).to_have_attribute(
        "aria-valuetext",
        "34% of the map: 31 October 2019; the rest: 30 June 2023 (latest)",
    )

    grip = reader.map.locator(".divider .grip")
    box = grip.bounding_box()
    frame = reader.page.locator("iframe[src*='st_folium']").bounding_box()
    assert box
    assert frame
    reader.page.mouse.move(box["x"] + 22, box["y"] + 22)
    reader.page.mouse.down()
    reader.page.mouse.move(frame["x"] + frame["width"] * 0.75, box["y"] + 22, steps=4)
    reader.page.mouse.up()
    expect(handle).to_have_attribute("aria-valuenow", "75")
    # Left of the handle stands what was: a press there meets the older boundaries.
    at = """slug => {
      const paths = [...document.querySelectorAll(`path[data-slug=${slug}]`)];
      const box = paths[0].getBoundingClientRect();
      const hit = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return hit.find(each => each.dataset.slug)?.getAttribute("aria-label");
    }"""
    assert "31 October 2019" in reader.frame.evaluate(at, "luoshe")
    handle.press("Home")
    reader.frame.wait_for_function(f"!({at})('luoshe').includes('31 October 2019')")

    lianhe = land.nth(3)
    lianhe.hover(force=True)
    tip = reader.map.locator(".tip")
    expect(tip).to_contain_text("Lianhe Village, Jin’eshan Village")
    expect(tip).to_contain_text("From Qianyuan Town to Kangqian Subdistrict, about 13 sq km")


def test_a_link_shows_a_date_and_a_choice_keeps_it(open_page: Callable[..., StoryPage]) -> None:
    reader = open_page(f"lang=en&date={BEFORE}")
    shown(reader, BEFORE)
    panel = reader.page.locator("#boundaries")
    expect(panel.locator("a[aria-current]")).to_have_text("31 October 2019")
    expect(panel).to_contain_text("Wusi Village: from Fuxi Subdistrict to Moganshan Town")

    panel.get_by_role("link", name="31 October 2018").click()
    shown(reader, "2018-10-31")
    expect(panel.locator("a[aria-current]")).to_have_text("31 October 2018")
    division(reader, "qianyuan").focus()
    reader.page.keyboard.press("Enter")
    expect(reader.heading).to_have_text("Qianyuan Town")
    reader.page.wait_for_url(re.compile(r"town=qianyuan&date=2018-10-31"))
    expect(reader.page.locator(".origin")).to_contain_text(
        "Lianhe Village and Jin’eshan Village passed to Kangqian Subdistrict."
    )
    shown(reader, "2018-10-31")

    reader.page.locator(".origin a[data-dates]").click()
    shown(reader, BEFORE, LATEST)
    reader.choose("Kangqian")
    expect(reader.heading).to_contain_text("Kangqian")
    assert reader.query["date"] == [BEFORE, LATEST], "the page's own choices keep it, too"
    reader.language("中文").click()
    expect(reader.page.locator(".origin")).to_contain_text("由来")
    shown(reader, BEFORE, LATEST)
    assert reader.query == {"town": ["kangqian"], "date": [BEFORE, LATEST], "lang": ["zh"]}


def test_an_unknown_date_is_told_quietly(open_page: Callable[..., StoryPage]) -> None:
    reader = open_page("lang=en&date=1999-01-01")
    expect(reader.page.get_by_text("are not known here")).to_be_visible()
    expect(division(reader, "kangqian")).to_have_count(1)
    expect(reader.map.locator(".date-bar")).to_be_hidden()


def test_a_scene_compares_two_dates_and_gives_the_map_back(
    open_page: Callable[..., StoryPage],
) -> None:
    reader = open_page("town=kangqian&scene=origin&lang=en", reduced_motion="reduce")
    shown(reader, BEFORE, "2020-06-30")
    expect(reader.map.locator(".divider")).to_be_visible()
    expect(reader.map.locator(".date-bar")).to_be_hidden()
    reader.page.get_by_role("button", name="Previous scene").click()
    shown(reader)
    expect(reader.map.locator(".divider")).to_be_hidden()
    assert "date" not in reader.query


def test_an_earlier_period_is_drawn_on_the_boundaries_of_its_time(
    open_page: Callable[..., StoryPage],
) -> None:
    reader = open_page("lang=en&metric=villages&period=2019-10-31", reduced_motion="reduce")
    shown(reader, BEFORE)
    expect(reader.map.locator(".legend .dated")).to_have_text("boundaries of 31 October 2019")
    expect(division(reader, "kangqian")).to_have_count(0)
    expect(division(reader, "fuxi")).to_have_attribute("aria-label", re.compile(r"31 October 2019"))
    expect(reader.map.locator(".date-bar")).to_be_hidden()

    reader.page.locator(".metric-bar input[type=range]").press("End")
    shown(reader)
    expect(reader.map.locator(".legend .dated")).to_be_hidden()
    expect(division(reader, "kangqian")).to_have_count(1)
    assert "date" not in reader.query


def test_the_bar_says_the_date_that_is_drawn(open_page: Callable[..., StoryPage]) -> None:
    reader = open_page("lang=en&metric=villages&period=2019-10-31", reduced_motion="reduce")
    shown(reader, BEFORE)
    slider, _ = dates_bar(reader)
    date = reader.map.locator(".date-bar .date")
    reader.map.get_by_role("button", name="Then and now").click()
    shown(reader, BEFORE, LATEST)
    slider.press("End")  # the reader asks for no date, so the metric's period does
    shown(reader, BEFORE)
    expect(date).to_have_text("31 October 2019")
    expect(slider).to_have_attribute("aria-valuetext", "31 October 2019")
    slider.press("End")
    assert slider.evaluate("slider => slider.value") == "1"

    period = reader.page.locator(".metric-bar input[type=range]")
    period.press("Home")
    shown(reader, "2018-10-31")
    expect(date).to_have_text("31 October 2018")
    period.press("End")
    shown(reader)
    expect(date).to_have_text(LATEST_WORDS)


def test_the_bar_says_no_date_that_cannot_be_had(open_page: Callable[..., StoryPage]) -> None:
    reader = open_page("lang=en", reduced_motion="reduce")
    slider, _ = dates_bar(reader)
    reader.page.route("**/dates/**", lambda route: route.abort())
    reader.map.get_by_role("button", name="Then and now").click()
    expect(reader.map.locator(".date-bar .date")).to_have_text(LATEST_WORDS)
    expect(slider).to_have_attribute("aria-valuetext", LATEST_WORDS)
    expect(division(reader, "kangqian")).to_have_count(1)


@pytest.mark.parametrize(("lang", "scheme"), [("zh", "dark"), ("en", "light")])
def test_nobody_is_shut_out(open_page: Callable[..., StoryPage], lang: str, scheme: str) -> None:
    reader = open_page(
        f"lang={lang}&{COMPARED}", color_scheme=scheme, viewport=PHONE, has_touch=True
    )
    shown(reader, BEFORE, LATEST)
    found = violations(reader)
    assert not found, "\n".join(found)
    assert reader.small_targets() == []
    assert reader.overflow() == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phones_first_screen_keeps_map_headline_and_lead(
    open_page: Callable[..., StoryPage], lang: str
) -> None:
    reader = open_page(f"town=kangqian&lang={lang}&{COMPARED}", **phone(390, 844))
    shown(reader, BEFORE, LATEST)
    lead = reader.page.locator(".panel .lead").bounding_box()
    assert lead
    assert lead["y"] + lead["height"] <= 844
    inside = reader.frame.evaluate(
        """() => [".date-bar", ".divider .grip", ".dates-toggle"].every(each => {
          const box = document.querySelector(each).getBoundingClientRect();
          return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0
            && box.right <= innerWidth;
        })"""
    )
    assert inside
    reader.map.locator(".divider .grip").tap()
    toggle = reader.map.locator(".dates-toggle")
    toggle.tap()
    shown(reader)
    expect(toggle).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_javascript_links_lead_to_dates(
    visit: Callable[..., StoryPage], full: str, lang: str
) -> None:
    reader = visit(f"{full}/?lang={lang}&date={BEFORE}", java_script_enabled=False)
    section = reader.page.locator("main #boundaries")
    still = section.locator(".still img")
    expect(still).to_be_visible()
    assert still.evaluate("async i => { await i.decode(); return i.naturalWidth }") == 480
    section.locator(".compare-dates a").click()
    assert reader.page.url.endswith(f"?{COMPARED}&lang={lang}")
    expect(reader.page.locator("main #boundaries .still img")).to_have_attribute(
        "src", f"dates/{BEFORE}..{LATEST}.png"
    )
    expect(reader.page.locator("main #boundaries .changes")).to_contain_text("2019")
