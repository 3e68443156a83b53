"""Nobody is shut out: axe-core, keyboard, focus, announcements, zoom, reflow, motion."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.support.axe_exceptions import SHELL

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
OF_WHOLE_PAGES = ["landmark-one-main", "page-has-heading-one", "region"]
"""Rules that ask of a page what its frame need not repeat."""
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(reader: StoryPage) -> list[str]:
    """Run axe-core in the page and its frames; leave out what the shell is known for."""
    everything: dict[str, Any] = {"runOnly": {"type": "tag", "values": STANDARD}}
    in_frame = everything | {"rules": {rule: {"enabled": False} for rule in OF_WHOLE_PAGES}}
    parts = ((reader.page, everything), (reader.frame, in_frame))
    answers = [Axe().run(part, options=options).response for part, options in parts]
    return [
        f"{found['id']} ({found['impact']}): {node['target']} {node['failureSummary']}"
        for answer in answers
        for found in answer["violations"]
        for node in found["nodes"]
        if not _of_the_shell(found["id"], node)
    ]


def test_axe_does_find_what_is_wrong(open_page: OpenPage) -> None:
    reader = open_page("lang=en")
    for part, where in ((reader.page, "article.panel"), (reader.frame, "body")):
        part.evaluate(
            f"document.querySelector('{where}').insertAdjacentHTML('beforeend', '<img src>')"
        )

    found = [each for each in violations(reader) if each.startswith("image-alt")]

    assert len(found) == 2


def _of_the_shell(rule: str, node: dict[str, Any]) -> bool:
    return any(part in str(node["target"]) for part in SHELL.get(rule, ()))


@pytest.mark.parametrize(
    ("lang", "scheme", "viewport"),
    list(product(["zh", "en"], ["light", "dark"], [PHONE, DESKTOP])),
    ids=lambda value: value if isinstance(value, str) else str(value["width"]),
)
def test_axe_finds_no_violation(
    open_page: OpenPage, lang: str, scheme: str, viewport: dict[str, int]
) -> None:
    reader = open_page(f"lang={lang}", color_scheme=scheme, viewport=viewport)
    found = violations(reader)

    for query in ("town=leidian&theme=industry", "town=xinan&tour=1", "town=wukang"):
        reader.open(f"{query}&lang={lang}")
        found += violations(reader)

    assert not found, "\n".join(found)


def test_focus_stays_in_the_panel_after_its_links(open_page: OpenPage) -> None:
    reader = open_page("lang=en")

    reader.panel.get_by_role("link", name="Read the stories one by one").press("Enter")
    expect(reader.heading).to_be_focused()
    following = reader.panel.locator(".tour .next")
    following.press("Enter")
    expect(reader.panel).to_contain_text("Story 2 of 4")
    expect(following).to_be_focused()
    reader.panel.locator(".tour .leave").press("Enter")
    expect(reader.panel.locator(".tour")).to_have_count(0)
    expect(reader.heading).to_be_focused()


def test_focus_stays_on_a_theme_or_language_after_the_choice(open_page: OpenPage) -> None:
    reader = open_page("lang=zh")

    reader.filter("招商引资").focus()
    reader.page.keyboard.press("Enter")
    expect(reader.map.locator("path.division.faded")).to_have_count(2)
    expect(reader.filter("招商引资")).to_be_focused()
    reader.language("English").press("Enter")
    expect(reader.heading).to_have_text("Investment: 2 of 4 stories")
    expect(reader.language("English")).to_be_focused()


def test_a_change_is_announced(open_page: OpenPage) -> None:
    reader = open_page("lang=en")
    live = reader.page.locator("[aria-live=polite]", has_text="Leidian")

    reader.press("leidian")

    expect(live).to_have_count(1)


def test_the_page_has_one_heading_per_level_to_start_from(open_page: OpenPage) -> None:
    reader = open_page("town=leidian&lang=en")

    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Deqing Story Atlas")
    expect(reader.page.get_by_role("heading", level=2)).to_have_count(1)


@pytest.mark.parametrize("width", [320, 360, 390, 430, 640])
def test_nothing_scrolls_sideways(open_page: OpenPage, width: int) -> None:
    reader = open_page("town=xinan&lang=en", viewport={"width": width, "height": 700})

    assert reader.overflow() == 0
    reader.open("lang=en")
    assert reader.overflow() == 0


def test_at_200_percent_nothing_is_lost(open_page: OpenPage) -> None:
    """A desktop of 1280 pixels at 200 % has 640 CSS pixels, each twice as dense."""
    reader = open_page(
        "town=kangqian&lang=zh", viewport={"width": 640, "height": 450}, device_scale_factor=2
    )

    assert reader.overflow() == 0
    reader.open_choices()
    for part in (reader.filter("招商引资"), reader.heading, reader.panel.locator(".boundary")):
        part.scroll_into_view_if_needed()
        expect(part).to_be_in_viewport()


def test_reduced_motion_moves_the_map_at_once(open_page: OpenPage) -> None:
    reader = open_page("lang=zh", reduced_motion="reduce")
    reader.panel.get_by_role("link", name="逐篇阅读").click()

    expect(reader.panel.locator(".tour")).to_be_visible()
    reader.frame.wait_for_function("window.map.getZoom() > 11.5")
    durations = reader.page.evaluate(
        "[...document.querySelectorAll('.stApp *')]"
        ".map(e => parseFloat(getComputedStyle(e).transitionDuration)).filter(d => d > 0.001)"
    )
    assert durations == []


def test_colour_is_never_alone(open_page: OpenPage) -> None:
    """Without colours a reader still learns theme, choice, fading and kind of line."""
    reader = open_page("town=xinan&theme=industry&lang=en")

    expect(reader.division("xinan")).to_have_attribute(
        "aria-label", re.compile(r"^Xin’an Town, Industry$")
    )
    expect(reader.division("xinan")).to_have_attribute("aria-pressed", "true")
    expect(reader.map.locator("path.chosen-ring")).to_have_count(1)
    dashes = reader.division("kangqian").evaluate("e => getComputedStyle(e).strokeDasharray")
    assert dashes not in {"none", ""}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_the_readers_own_colours_bars_and_dots_are_still_seen(
    open_page: OpenPage, scheme: str
) -> None:
    reader = open_page("town=leidian&tour=1&lang=en", forced_colors="active", color_scheme=scheme)

    for area in (".bars i", ".tour .progress i"):
        for bar in reader.panel.locator(area).all():
            assert bar.evaluate(IS_SEEN, None), area
    for tag in reader.panel.locator(".tags li").all():
        assert tag.evaluate(IS_SEEN, "::before")
    reader.open("lang=en")
    for tag in reader.panel.locator(".tags li").all():
        assert tag.evaluate(IS_SEEN, "::before")


IS_SEEN = """(element, pseudo) => {
  const canvas = Object.assign(document.createElement("i"), { style: "color: Canvas" });
  document.body.append(canvas);
  const paper = getComputedStyle(canvas).color;
  canvas.remove();
  const { backgroundColor } = getComputedStyle(element, pseudo);
  return ![paper, "rgba(0, 0, 0, 0)"].includes(backgroundColor);
}"""


def test_the_maps_frame_has_a_name_in_the_pages_language(open_page: OpenPage) -> None:
    reader = open_page("lang=zh")
    frame = reader.page.locator(".st-key-map_box iframe")

    expect(frame).to_have_attribute("title", "县域地图")
    reader.language("English").click()
    expect(frame).to_have_attribute("title", "Map of the county")
    reader.press("leidian")
    expect(reader.heading).to_have_text(re.compile("^Leidian"))
    expect(frame).to_have_attribute("title", "Map of the county")
