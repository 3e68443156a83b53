"""From one story to the next, and from what was announced to its figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_the_stories_lead_on_to_each_other_and_back(open_page: OpenPage) -> None:
    reader = open_page("town=yuyue&lang=en")
    reader.mark_frame()
    onward = reader.panel.locator(".next-story a")

    expect(onward).to_contain_text("Next: Kangqian Subdistrict")
    onward.press("Enter")
    expect(reader.heading).to_have_text("Kangqian: teams set out for investment, and for talent")
    expect(reader.heading).to_be_focused()
    expect(reader.heading).to_be_in_viewport()
    expect(reader.chosen()).to_have_attribute("data-slug", "kangqian")

    onward.click()
    expect(reader.heading).to_have_text("4 towns, 4 stories")
    assert reader.query == {"lang": ["en"]}
    reader.expect_same_frame()


def test_the_next_story_keeps_tour_themes_and_language(open_page: OpenPage) -> None:
    reader = open_page("town=leidian&tour=1&theme=talent&lang=en")

    reader.panel.locator(".next-story a").click()
    expect(reader.heading).to_have_text("Yuyue: jobs and projects arrive with the spring")
    assert reader.query == {
        "town": ["yuyue"],
        "tour": ["1"],
        "theme": ["talent"],
        "lang": ["en"],
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_finger_hits_the_next_story(open_page: OpenPage, lang: str) -> None:
    reader = open_page(f"town=xinan&lang={lang}", **PHONE)
    box = reader.panel.locator(".next-story a").bounding_box()

    assert box
    assert min(box["width"], box["height"]) >= 44


def test_what_was_announced_leads_to_its_figure(open_page: OpenPage) -> None:
    reader = open_page("lang=zh")
    announced = reader.panel.locator(".announced")

    expect(announced.get_by_role("listitem")).to_have_count(8)
    expect(announced).to_contain_text("结果如何，报道无从说明")
    announced.get_by_role("link", name="新安镇 上丰机械全年产值").click()
    card = reader.page.locator("#figure-shangfeng-output")
    expect(card).to_have_class(re.compile("aimed-at"))
    expect(card).to_be_in_viewport()
    expect(reader.page).to_have_url(re.compile(r"\?town=xinan&lang=zh#figure-shangfeng-output$"))

    reader.page.go_back()
    expect(announced).to_be_visible()


def test_a_link_that_names_no_figure_aims_at_none(open_page: OpenPage) -> None:
    reader = open_page("lang=zh")

    reader.panel.locator(".announced").get_by_role("link").first.click()
    expect(reader.page.locator(".aimed-at")).to_have_count(1)
    reader.panel.locator(".next-story a").click()
    expect(reader.heading).to_have_text("禹越：春天里，岗位和项目一起来")
    expect(reader.page.locator(".aimed-at")).to_have_count(0)
    expect(reader.page).to_have_url(re.compile("^[^#]*$"))


def test_without_scripts_the_way_on_is_a_link_too(full: str, visit: OpenPage) -> None:
    reader = visit(f"{full}/?town=xinan&lang=en", java_script_enabled=False)
    reader.panel.locator(".next-story a").click()
    expect(reader.heading).to_have_text("Yuyue: jobs and projects arrive with the spring")

    reader.page.goto(f"{full}/?lang=en")
    reader.panel.get_by_role("link", name="Next batch of signings").click()
    expect(reader.page.locator("#figure-next-signing")).to_be_in_viewport()
