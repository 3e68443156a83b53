"""Metrics beside the map: chosen, read, moved through in time, without a word to the server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
CALM = {"reduced_motion": "reduce"}
DATES = ["2018-10-31", "2019-10-31", "2020-06-30", "2021-10-31", "2022-10-31", "2023-06-30"]
RADII = """() => Object.fromEntries([...document.querySelectorAll("circle.symbol")].map(each => {
  const label = document.querySelector(`path[data-slug="${each.dataset.slug}"]`).ariaLabel;
  return [label.match(/: (\\d+)/)?.[1], Number(each.getAttribute("r"))];
}))"""
"""Radius on the map by value, as a tooltip has it."""
HALVES = """all => all.map(th => [
  Number(th.innerText.trim().split("–").at(-1)),
  th.querySelector("i").getBoundingClientRect().toJSON(),
])"""
"""The highest value of each class of the legend, and the box of its half circle."""
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def told(page: Page) -> dict[str, Any]:
    """What the page last asked the map to show."""
    detail: dict[str, Any] = page.evaluate("window.storyMetric")
    return detail


def listen_to_the_wire(page: Page) -> list[Any]:
    """Collect what the browser sends to the server from now on."""
    sent: list[Any] = []
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.webSocketFrameSent", lambda frame: sent.append(frame))  # noqa: PLW0108  # Playwright asks
    return sent


def test_a_metric_is_chosen_by_keys_and_given_up_by_one_press(open_page: OpenPage) -> None:
    reader = open_page("town=leidian&theme=talent&lang=en", **DESKTOP)
    page, bar = reader.page, reader.page.locator(".metric-bar")
    expect(bar).to_have_count(0)
    page.locator(".metric-choice summary").focus()
    page.keyboard.press("Enter")
    for _ in range(3):  # past the themes and the first metric
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(bar.locator(".what")).to_contain_text("Density of villages and communities")
    expect(page).to_have_url(re.compile(r"\?town=leidian&theme=talent&metric=density&lang=en$"))
    expect(page.locator(".metric-choice[open]")).to_have_count(0)
    expect(page.locator("nav.metrics [aria-current]")).to_have_attribute("data-metric", "density")
    expect(reader.panel.locator(".metric-entry.chosen .value")).to_have_text("0.24 per sq km")
    expect(reader.listed("Xin’an")).to_have_attribute(
        "href", "?town=xinan&theme=talent&metric=density&lang=en"
    )
    bar.get_by_role("link", name="Back to theme colours").press("Enter")
    expect(bar).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?town=leidian&theme=talent&lang=en$"))
    page.go_back()
    expect(bar).to_be_visible()
    expect(reader.heading).to_have_text(re.compile("^Leidian"))


def test_a_step_of_the_slider_asks_nobody(open_page: OpenPage) -> None:
    reader = open_page("metric=villages&lang=en", **DESKTOP, **CALM)
    page, bar = reader.page, reader.page.locator(".metric-bar")
    page.get_by_text("Table: all 13 divisions").click()
    row = reader.panel.locator(".metric-table tbody tr")
    expect(row.first).to_contain_text("30 June 2023")
    steps = page.evaluate("history.length")
    sent = listen_to_the_wire(page)

    bar.get_by_role("slider", name="Period").press("Home")
    expect(bar.locator(".period")).to_have_text("31 October 2018")
    expect(bar.locator("input")).to_have_attribute("aria-valuetext", "31 October 2018")
    expect(row.last).to_have_text(re.compile(r"^\s*Kangqian.*No data.*did not exist", re.DOTALL))
    expect(row.first).to_contain_text("Xinshi Town")
    assert told(page) == {"metric": "villages", "period": DATES[0], "highlight": None}
    counts = [int(each) for each in bar.locator("td").all_inner_texts()]
    assert sum(counts) == 12
    expect(reader.panel.locator(".metric-table .take")).to_have_count(0)  # none can be had here
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"\?metric=villages&period=2019-10-31&lang=en$"))
    expect(reader.language("中文")).to_have_attribute(
        "href", "?metric=villages&period=2019-10-31&lang=zh"
    )
    assert page.evaluate("history.length") == steps
    assert sent == []

    # The server hears of it with the next choice; one of the map's own leaves it as it is.
    row.locator("a", has_text="Wuyang").click()
    expect(reader.heading).to_have_text("Wuyang Subdistrict")
    expect(page).to_have_url(
        re.compile(r"\?town=wuyang&metric=villages&period=2019-10-31&lang=en$")
    )
    expect(reader.panel.locator(".metric-entry.chosen .when")).to_have_text("31 October 2019")
    bar.get_by_role("slider").press("End")
    expect(reader.panel.locator(".metric-entry.chosen .when")).to_have_text("30 June 2023")
    page.wait_for_url(re.compile("period=2023-06-30"))
    reader.press("leidian")
    expect(reader.heading).to_have_text(re.compile("^Leidian"))
    expect(page).to_have_url(
        re.compile(r"\?town=leidian&metric=villages&period=2023-06-30&lang=en$")
    )
    page.go_back()
    expect(reader.heading).to_have_text("Wuyang Subdistrict")
    expect(bar.locator(".period")).to_have_text("30 June 2023")


def test_back_from_a_figure_the_period_is_still_shown(open_page: OpenPage) -> None:
    reader = open_page("town=leidian&metric=villages&lang=en", **DESKTOP, **CALM)
    page, bar = reader.page, reader.page.locator(".metric-bar")
    first = bar.locator("button[data-class]").first
    slider = bar.get_by_role("slider", name="Period")
    slider.press("Home")
    page.wait_for_url(re.compile(f"period={DATES[0]}"))
    reader.panel.locator("a[href^='#figure-']").first.click()
    page.wait_for_url(re.compile("#figure-"))
    page.go_back()
    page.wait_for_url(re.compile(r"lang=en$"))
    first.hover()  # the map hears of the period anew
    wait_until(page, "() => window.storyMetric.highlight === 0")
    assert told(page) == {"metric": "villages", "period": DATES[0], "highlight": 0}
    expect(bar.locator(".period")).to_have_text("31 October 2018")
    slider.press("ArrowRight")
    expect(bar.locator(".period")).to_have_text("31 October 2019")

    # Each step back has the period that its address names.
    page.wait_for_url(re.compile(f"period={DATES[1]}"))
    page.go_forward()
    expect(bar.locator(".period")).to_have_text("31 October 2018")
    expect(slider).to_have_attribute("aria-valuetext", "31 October 2018")
    page.go_back()
    expect(bar.locator(".period")).to_have_text("31 October 2019")
    assert told(page)["period"] == DATES[1]


def test_it_plays_to_the_end_and_for_less_motion_it_steps(open_page: OpenPage) -> None:
    reader = open_page(f"metric=villages&period={DATES[-3]}&lang=en", **DESKTOP)
    page, bar = reader.page, reader.page.locator(".metric-bar")
    sent = listen_to_the_wire(page)
    bar.get_by_role("button", name="Play through the periods").press("Enter")
    expect(bar.get_by_role("button", name="Pause")).to_be_visible()
    expect(bar.locator(".period")).to_have_text("31 October 2022")
    expect(bar.locator(".period")).to_have_text("30 June 2023")
    expect(bar.get_by_role("button", name="Play through the periods")).to_be_focused()
    expect(page).to_have_url(re.compile(f"period={DATES[-1]}"))

    page.emulate_media(reduced_motion="reduce")
    step = bar.get_by_role("button", name="Next period")
    step.click()
    expect(bar.locator(".period")).to_have_text("31 October 2018")  # from the last to the first
    step.click()
    expect(bar.locator(".period")).to_have_text("31 October 2019")
    assert sent == []


def test_a_class_stands_out_on_the_map_under_pointer_and_focus(open_page: OpenPage) -> None:
    reader = open_page("metric=density&lang=en", **DESKTOP)
    page = reader.page
    buttons = page.locator(".metric-bar button[data-class]")
    sent = listen_to_the_wire(page)
    buttons.nth(1).hover()
    assert told(page)["highlight"] == 1
    page.mouse.move(5, 5)
    assert told(page)["highlight"] is None
    buttons.nth(2).focus()
    assert told(page)["highlight"] == 2
    page.keyboard.press("Enter")
    expect(buttons.nth(2)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    page.locator(".metric-bar .off").focus()
    assert told(page)["highlight"] == 2
    buttons.nth(2).click()
    page.mouse.move(5, 5)
    page.locator(".metric-bar .off").focus()
    assert told(page)["highlight"] is None
    assert sent == []


@pytest.mark.parametrize("options", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_circles_of_the_legend_are_as_large_as_on_the_map(
    open_page: OpenPage, options: dict[str, Any]
) -> None:
    reader = open_page("metric=villages&lang=en", **options, **CALM)
    page, bar = reader.page, reader.page.locator(".metric-bar")
    wait_until(
        page, "() => document.querySelector('.metric-bar').style.getPropertyValue('--circle')"
    )
    expect(bar.locator(".scale")).to_be_hidden()
    circles = bar.locator("th:has(i.circle)").evaluate_all(HALVES)
    drawn = reader.frame.evaluate(RADII)
    for value, box in circles:
        assert box["width"] == pytest.approx(2 * box["height"], abs=0.1)
        alike = drawn.get(str(value))
        assert alike is None or box["height"] == pytest.approx(alike, abs=0.1)
    assert sum(str(value) in drawn for value, _ in circles) >= 2
    bottoms = [box["bottom"] for _, box in circles]
    assert max(bottoms) == pytest.approx(min(bottoms), abs=0.1)

    # Nearer, circles grow and have no room there: then the legend says how much larger they are.
    reader.frame.evaluate("window.map.setZoom(window.map.getZoom() + 2, { animate: false })")
    expect(bar.locator(".scale")).to_have_text(
        re.compile(r"^radius on the map: [1-3](\.\d)? times$")
    )
    times = float(bar.locator(".scale").inner_text().split()[-2])
    largest = bar.locator("i.circle").last.evaluate("i => i.getBoundingClientRect().height")
    radius = page.evaluate("window.storyCircles.radius")
    part = float(bar.locator("i.circle").last.evaluate("i => i.style.getPropertyValue('--part')"))
    assert largest * times == pytest.approx(radius * part, rel=0.04)
    reader.frame.evaluate("window.map.setZoom(window.map.getZoom() - 2, { animate: false })")
    expect(bar.locator(".scale")).to_be_hidden()


def test_the_table_is_sorted_by_each_heading(open_page: OpenPage) -> None:
    reader = open_page("metric=density&lang=en")
    table = reader.panel.locator(".metric-table")
    table.get_by_text("Table: all 13 divisions").click()
    values = table.locator("tbody td:nth-child(2)")
    ranked = values.all_inner_texts()
    assert ranked == sorted(ranked, key=float, reverse=True)

    table.get_by_role("button", name="Value").click()
    expect(table.locator("[aria-sort=ascending]")).to_have_text("Value")
    assert values.all_inner_texts() == sorted(ranked, key=float)
    table.get_by_role("button", name="Value").press("Enter")
    expect(table.locator("[aria-sort=descending]")).to_have_text("Value")
    table.get_by_role("button", name="Division").click()
    names = table.locator("tbody th").all_inner_texts()
    assert names == sorted(names, key=lambda name: name.replace("’", ""))
    expect(table.locator("th[aria-sort]")).to_have_count(1)


@pytest.mark.parametrize("options", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_story_stays_in_the_first_screen_and_nobody_is_shut_out(
    open_page: OpenPage, options: dict[str, Any], scheme: str
) -> None:
    reader = open_page("town=wuyang&metric=density&lang=zh", color_scheme=scheme, **options)
    expect(reader.page.locator(".metric-bar")).to_be_in_viewport(ratio=0.99)
    expect(reader.heading).to_be_in_viewport(ratio=1)
    expect(reader.panel.locator(".lead")).to_be_in_viewport(ratio=1)
    assert reader.overflow() == 0
    if options is PHONE:
        assert reader.small_targets() == []
    rules = {"runOnly": {"type": "tag", "values": STANDARD}}
    found = Axe().run(reader.page, options=rules).response["violations"]
    reader.open("metric=villages&lang=en")
    reader.page.get_by_text("Table: all 13 divisions").click()
    found += Axe().run(reader.page, options=rules).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []


def test_without_javascript_links_lead_through_metrics_and_periods(
    visit: Callable[..., StoryPage], full: str
) -> None:
    page = visit(f"{full}/?lang=en", java_script_enabled=False).page
    page.get_by_role("link", name="Villages and communities", exact=True).click()
    expect(page.locator(".metric-bar th[scope=col]")).to_have_count(6)  # and no value
    expect(page.locator(".metric-table")).to_be_visible()
    page.locator(".metric-bar").get_by_role("link", name="31 October 2018").click()
    assert page.url.endswith("?metric=villages&period=2018-10-31&lang=en")
    expect(page.locator(".metric-bar img")).to_have_attribute(
        "src", "metric/villages.2018-10-31.png"
    )
    page.locator(".metric-table summary").click()
    rows = page.locator(".metric-table tbody tr")
    expect(rows.first).to_contain_text("Xinshi Town")
    rows.first.get_by_role("link").click()
    assert page.url.endswith("?town=xinshi&metric=villages&period=2018-10-31&lang=en")
    expect(page.locator(".metric-entry").first).to_contain_text("29 villages and communities")
    page.get_by_role("link", name="Back to theme colours").click()
    assert page.url.endswith("?town=xinshi&lang=en")


def test_on_paper_the_table_is_open_and_each_period_has_a_small_map(
    visit: Callable[..., StoryPage], full: str, tmp_path: Path
) -> None:
    reader = visit("about:blank", **DESKTOP)
    page = reader.page
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{full}/?metric=villages&lang=en")
    reader.wait_for_map()
    page.locator(".metric-bar").get_by_role("slider").press("Home")
    taken = reader.panel.locator(".metric-table .take a").first
    expect(taken).to_have_attribute("href", f"metric/villages.{DATES[0]}.en.png")
    paper = tmp_path / "metric.pdf"
    with page.expect_request(f"**/metric/villages.{DATES[-1]}.png"):
        page.pdf(path=paper, format="A4")
    wait_until(
        page,
        "() => [...document.querySelectorAll('.small-maps img')]"
        ".every((each) => each.naturalWidth)",
    )
    stills = [url.rpartition("/")[2] for url in fetched if "/metric/" in url]
    assert sorted(stills) == [f"villages.{date}.png" for date in DATES]
    page.pdf(path=paper, format="A4")
    words = " ".join(" ".join(each.extract_text().split()) for each in pypdf.PdfReader(paper).pages)
    assert "This division did not exist at the time." in words
    assert "Ranked from the highest value down" in words
    assert all(each in words for each in ("31 October 2018", "30 June 2020"))
