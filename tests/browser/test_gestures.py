"""Fingers: a double tap opens what the first tap hit, and everything can be hit."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
TOWNS = {"leidian": "雷甸", "xinan": "新安", "yuyue": "禹越", "kangqian": "康乾"}
GAPS = (0.08, 0.11)
"""Seconds between the taps, as fingers were measured."""


def double_tap(
    reader: StoryPage, target: Locator, gap: float, answered: Callable[[], object] = lambda: None
) -> None:
    """Touch the middle of an element twice, wherever it has gone by the second time.

    The second touch reaches the page when it has `answered`, as that of a quick server has, however
    slow this machine is; the finger was in time.
    """
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    touch = reader.page.context.new_cdp_session(reader.page)
    start = time.time()
    for at in (start, start + gap):
        time.sleep(max(0, at - time.time()))  # the gesture itself
        for kind, points in (("touchStart", [point]), ("touchEnd", [])):
            event = {"type": kind, "touchPoints": points, "timestamp": at}
            touch.send("Input.dispatchTouchEvent", event)
        answered()
    touch.detach()


def opened(reader: StoryPage, slug: str) -> Callable[[], None]:
    """Wait for a town's story."""
    heading = re.compile(f"^{TOWNS[slug]}")
    return lambda: expect(reader.heading).to_have_text(heading)


def pressed(button: Locator) -> Callable[[], None]:
    """Wait until a button is marked as pressed."""
    return lambda: expect(button).to_have_attribute("aria-pressed", "true")


def expect_view(reader: StoryPage, **query: list[str]) -> None:
    """Wait for a view, and then for the answer to a question that was asked after it."""
    expect(reader.heading).to_have_text(re.compile(f"^{TOWNS.get(query['town'][0], '')}"))
    reader.language("English").click()
    expect(reader.panel).to_have_attribute("lang", "en")
    assert reader.query == {**query, "lang": ["en"]}


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("slug", TOWNS)
def test_a_double_tap_on_the_map_opens_the_town_that_was_hit(
    open_page: OpenPage, slug: str, gap: float
) -> None:
    reader = open_page("lang=zh", **PHONE)
    double_tap(reader, reader.map.locator(f"path[data-slug={slug}]"), gap, opened(reader, slug))
    expect_view(reader, town=[slug])


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("slug", TOWNS)
def test_a_double_tap_on_a_card_opens_its_town(open_page: OpenPage, slug: str, gap: float) -> None:
    reader = open_page("lang=zh", **PHONE)
    double_tap(
        reader, reader.panel.locator(f".teaser a[data-town={slug}]"), gap, opened(reader, slug)
    )
    expect_view(reader, town=[slug])


@pytest.mark.parametrize("slug", TOWNS)
def test_a_double_tap_in_the_list_opens_its_town(open_page: OpenPage, slug: str) -> None:
    reader = open_page("lang=zh", **PHONE)
    reader.open_choices()
    double_tap(
        reader, reader.page.locator(f".towns a[data-town={slug}]"), GAPS[0], opened(reader, slug)
    )
    expect_view(reader, town=[slug])


def test_a_double_tap_goes_one_story_on(open_page: OpenPage) -> None:
    reader = open_page("town=leidian&tour=1&lang=zh", **PHONE)
    double_tap(reader, reader.panel.locator(".tour .next"), GAPS[0], opened(reader, "xinan"))
    expect_view(reader, town=["xinan"], tour=["1"])


def test_a_double_tap_chooses_a_theme(open_page: OpenPage) -> None:
    reader = open_page("town=leidian&lang=zh", **PHONE)
    reader.open_choices()
    theme = reader.filter("招商引资")
    double_tap(reader, theme, GAPS[0], pressed(theme))
    expect_view(reader, town=["leidian"], theme=["investment"])


def test_two_taps_at_leisure_are_two(open_page: OpenPage) -> None:
    reader = open_page("town=leidian&lang=zh", **PHONE)
    reader.open_choices()
    for pressed in ("true", "false"):
        double_tap(reader, reader.filter("招商引资"), GAPS[0])
        expect(reader.filter("招商引资")).to_have_attribute("aria-pressed", pressed)
        time.sleep(0.4)  # leisure
    expect_view(reader, town=["leidian"])


@pytest.mark.parametrize("width", [320, 360, 390])
def test_every_target_is_as_large_as_a_finger(open_page: OpenPage, width: int) -> None:
    """44 CSS pixels high, and as wide, on page and map; links in running text aside."""
    reader = open_page("lang=zh", viewport={"width": width, "height": 700})
    assert reader.small_targets() == []
    for source in reader.panel.locator(".ledger summary").all():
        source.click()
    reader.open_choices()
    reader.page.get_by_text("其他9个镇街").click()
    assert reader.small_targets() == []
    reader.open("town=xinan&tour=1&lang=en")
    assert reader.small_targets() == []
