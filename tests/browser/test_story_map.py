"""The story map as a reader uses it: map, list, filter, language, address, history."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

STORIES = {
    "leidian": ("雷甸镇", "雷甸：七家铸造厂完成整改，空气变清了"),
    "xinan": ("新安镇", "新安：订单排到5月，车间加紧开工"),
    "yuyue": ("禹越镇", "禹越：春天里，岗位和项目一起来"),
    "kangqian": ("康乾街道", "康乾：招商队伍出发，也去找人才"),
}


def test_shows_the_county_with_its_13_divisions_and_four_stories(open_page: OpenPage) -> None:
    reader = open_page()

    expect(reader.map.locator("path.division")).to_have_count(13)
    expect(reader.map.locator("path.division.story")).to_have_count(4)
    expect(reader.map.locator(".label span.story:visible")).to_have_count(4)
    expect(reader.heading).to_have_text("4个镇街，4个故事")
    expect(reader.panel.locator(".teaser a")).to_have_count(4)
    expect(reader.page).to_have_title("德清故事地图")


@pytest.mark.parametrize("slug", STORIES)
def test_a_click_opens_the_towns_story_without_touching_the_map(
    open_page: OpenPage, slug: str
) -> None:
    reader = open_page()
    reader.mark_frame()
    view = reader.map_view()

    reader.press(slug)

    name, headline = STORIES[slug]
    expect(reader.heading).to_have_text(headline)
    expect(reader.panel.locator(".kicker").first).to_have_text(name)
    expect(reader.chosen()).to_have_attribute("data-slug", slug)
    expect(reader.listed(name)).to_have_attribute(*CURRENT)
    assert reader.query == {"town": [slug], "lang": ["zh"]}
    assert reader.map_view() == pytest.approx(view, abs=HALF_A_PIXEL)
    reader.expect_same_frame()


HALF_A_PIXEL = 0.0004
"""Degrees at this zoom: Leaflet rounds its middle to pixels whenever its frame is measured anew."""
CURRENT = ("aria-current", "true")


def test_a_long_visit_leaves_nothing_behind_in_the_map(open_page: OpenPage) -> None:
    reader = open_page()
    sheets = reader.map.locator("head style")
    before = sheets.count()

    for slug, (_, headline) in STORIES.items():
        reader.press(slug)
        expect(reader.heading).to_have_text(headline)
    reader.filter("生态环境").click()
    expect(reader.map.locator("path.division.faded")).to_have_count(3)

    expect(sheets).to_have_count(before)


def test_the_click_is_marked_before_the_server_answers(open_page: OpenPage) -> None:
    reader = open_page()
    reader.cut_the_line()

    reader.press("yuyue")

    expect(reader.chosen()).to_have_attribute("data-slug", "yuyue")
    expect(reader.heading).to_have_text("4个镇街，4个故事")


def test_a_division_without_a_story_says_so(open_page: OpenPage) -> None:
    reader = open_page()

    reader.division("wukang").hover()
    expect(reader.map.locator(".tip")).to_contain_text("武康街道")
    expect(reader.map.locator(".tip")).to_contain_text("还没有故事")

    reader.press("wukang")
    expect(reader.heading).to_have_text("武康街道")
    expect(reader.panel).to_contain_text("这里还没有故事。")
    expect(reader.panel.locator(".boundary")).to_contain_text("复原")
    assert reader.query["town"] == ["wukang"]


def test_touch_opens_a_story_on_a_phone(open_page: OpenPage) -> None:
    reader = open_page(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
    )

    reader.division("leidian").tap()

    expect(reader.heading).to_have_text(STORIES["leidian"][1])
    expect(reader.chosen()).to_have_attribute("data-slug", "leidian")


@pytest.mark.parametrize("key", ["Enter", " "])
def test_the_keyboard_alone_reads_a_story(open_page: OpenPage, key: str) -> None:
    reader = open_page()
    reader.mark_frame()

    slugs = reader.tab_to_a_division("xinan")
    expect(reader.division("xinan")).to_be_focused()
    expect(reader.map.locator("path.focus-ring")).to_have_count(1)
    reader.page.keyboard.press(key)

    expect(reader.heading).to_have_text(STORIES["xinan"][1])
    expect(reader.division("xinan")).to_be_focused()
    assert len(slugs) == len(set(slugs)), "Tab came by a division twice"
    reader.expect_same_frame()


def test_every_division_has_a_role_a_name_and_a_state(open_page: OpenPage) -> None:
    reader = open_page("town=kangqian")

    buttons = reader.map.get_by_role("button", name=re.compile("镇|街道"))
    expect(buttons).to_have_count(13)
    expect(reader.map.get_by_role("button", name="新市镇, 还没有故事")).to_have_count(1)
    expect(reader.map.get_by_role("button", name="康乾街道", pressed=True)).to_have_count(1)


def test_the_filter_takes_several_themes_and_fades_the_rest(open_page: OpenPage) -> None:
    reader = open_page()
    reader.mark_frame()
    faded = reader.map.locator("path.division.faded")

    reader.filter("生态环境").click()
    expect(faded).to_have_count(3)
    expect(reader.panel.locator(".teaser.faded")).to_have_count(3)
    expect(reader.heading).to_have_text("生态环境：4个故事中的1个")
    expect(reader.listed("新安镇")).to_have_class("faded")
    expect(reader.listed("新安镇")).to_contain_text("（不在所选主题内）")
    assert reader.query["theme"] == ["environment"]

    reader.filter("产业制造").click()
    expect(faded).to_have_count(1)
    assert reader.query["theme"] == ["environment", "industry"]

    reader.filter("生态环境").click()
    reader.filter("产业制造").click()
    expect(faded).to_have_count(0)
    assert "theme" not in reader.query
    reader.expect_same_frame()


def test_the_filter_counts_stories_per_theme(open_page: OpenPage) -> None:
    reader = open_page()

    labels = reader.page.locator(".themes button")
    expect(labels).to_have_text(
        [
            re.compile(f"{label}$")
            for label in ("生态环境 · 1", "产业制造 · 2", "人才就业 · 2", "招商引资 · 2")
        ]
    )


def test_two_themes_in_one_breath_are_both_chosen(open_page: OpenPage) -> None:
    reader = open_page("town=xinan&lang=zh")

    reader.page.evaluate(
        """() => {
          for (const theme of ["environment", "talent"]) {
            document.querySelector(`[data-theme=${theme}]`).click();
          }
        }"""
    )

    expect(reader.map.locator("path.division.faded")).to_have_count(1)
    expect(reader.page.locator(".themes [aria-pressed=true]")).to_have_count(2)
    assert reader.query == {"town": ["xinan"], "theme": ["environment", "talent"], "lang": ["zh"]}
    reader.filter("生态环境").click()
    expect(reader.map.locator("path.division.faded")).to_have_count(2)
    assert reader.query["theme"] == ["talent"]


def test_choices_of_several_kinds_in_one_breath_all_hold(open_page: OpenPage) -> None:
    reader = open_page("lang=zh")

    reader.page.evaluate(
        """() => {
          const choices = ["[data-theme=talent]", ".teaser a[data-town=yuyue]", "[data-lang=en]"];
          for (const each of choices) document.querySelector(each).click();
        }"""
    )

    expect(reader.heading).to_have_text(re.compile("^Yuyue"))
    expect(reader.map.locator("path.division.faded")).to_have_count(2)
    assert reader.query == {"town": ["yuyue"], "theme": ["talent"], "lang": ["en"]}


def test_the_choices_keep_in_step_with_the_filter(open_page: OpenPage) -> None:
    reader = open_page("town=xinan&lang=zh")

    reader.filter("人才就业").click()

    reader.open_choices()
    faded = reader.page.locator("nav.towns a.faded")
    expect(faded).to_have_count(2)
    expect(reader.listed("雷甸镇")).to_have_accessible_name(re.compile("不在所选主题内"))
    expect(reader.listed("禹越镇")).to_have_attribute("href", "?town=yuyue&theme=talent&lang=zh")
    expect(reader.listed("全县")).to_have_attribute("href", "?theme=talent&lang=zh")
    expect(reader.language("English")).to_have_attribute("href", "?town=xinan&theme=talent&lang=en")
    reader.page.go_back()
    expect(faded).to_have_count(0)
    expect(reader.page.locator(".themes [aria-pressed=true]")).to_have_count(0)


def test_a_town_outside_the_filter_is_explained(open_page: OpenPage) -> None:
    reader = open_page("theme=industry")

    reader.press("leidian")

    expect(reader.heading).to_have_text(STORIES["leidian"][1])
    expect(reader.panel.locator(".hint")).to_contain_text("不在所选主题之内")


def test_the_language_changes_everything_but_the_map_frame(open_page: OpenPage) -> None:
    reader = open_page("town=xinan&theme=industry")
    reader.mark_frame()

    reader.language("English").click()

    expect(reader.heading).to_have_text("Xin’an: orders booked into May, workshops at full pace")
    expect(reader.panel).to_contain_text("130 million yuan")
    expect(reader.map.locator(".label span.chosen")).to_have_text("Xin’an Town")
    expect(reader.map.locator("html")).to_have_attribute("lang", "en")
    expect(reader.page.locator("html")).to_have_attribute("lang", "en")
    expect(reader.page).to_have_title(re.compile(r"^Xin’an: .* · Deqing Story Atlas$"))
    expect(reader.map.get_by_role("button", name="Zoom in")).to_be_visible()
    assert reader.query == {"town": ["xinan"], "theme": ["industry"], "lang": ["en"]}
    reader.expect_same_frame()


@pytest.mark.parametrize(
    ("locale", "lang"), [("zh-CN", "zh"), ("en-GB", "en"), ("zh-TW", "zh"), ("de-DE", "zh")]
)
def test_the_browsers_language_is_taken_where_the_address_names_none(
    open_page: OpenPage, locale: str, lang: str
) -> None:
    reader = open_page(locale=locale)

    expect(reader.panel).to_have_attribute("lang", lang)


def test_a_deep_link_restores_the_view(open_page: OpenPage) -> None:
    reader = open_page("town=yuyue&theme=talent&theme=investment&lang=en")

    expect(reader.heading).to_have_text(re.compile("^Yuyue"))
    expect(reader.chosen()).to_have_attribute("data-slug", "yuyue")
    expect(reader.map.locator("path.division.faded")).to_have_count(2)
    expect(reader.filter("Talent and jobs")).to_have_attribute("aria-pressed", "true")
    expect(reader.filter("Investment")).to_have_attribute("aria-pressed", "true")


def test_unknown_values_are_ignored_with_a_notice(open_page: OpenPage) -> None:
    reader = open_page("town=atlantis&theme=industry&theme=magic&lang=xx")

    expect(reader.page.get_by_text("网址中的镇街“atlantis”不在这张地图上。")).to_be_visible()
    expect(reader.page.get_by_text("网址中的主题“magic”不在这个图集里。")).to_be_visible()
    expect(reader.map.locator("path.division.faded")).to_have_count(2)


def test_back_and_forward_walk_through_what_was_read(open_page: OpenPage) -> None:
    reader = open_page("lang=zh")
    reader.mark_frame()
    reader.press("leidian")
    expect(reader.heading).to_have_text(STORIES["leidian"][1])
    reader.filter("招商引资").click()
    expect(reader.map.locator("path.division.faded")).to_have_count(2)
    reader.choose("禹越镇")
    expect(reader.heading).to_have_text(STORIES["yuyue"][1])

    reader.page.go_back()
    expect(reader.heading).to_have_text(STORIES["leidian"][1])
    expect(reader.chosen()).to_have_attribute("data-slug", "leidian")
    reader.page.go_back()
    expect(reader.map.locator("path.division.faded")).to_have_count(0)
    reader.page.go_back()
    expect(reader.heading).to_have_text("4个镇街，4个故事")
    expect(reader.chosen()).to_have_count(0)
    reader.page.go_forward()
    expect(reader.heading).to_have_text(STORIES["leidian"][1])
    reader.expect_same_frame()


def test_list_and_map_keep_in_step(open_page: OpenPage) -> None:
    reader = open_page()
    reader.mark_frame()

    reader.choose("禹越镇")
    expect(reader.chosen()).to_have_attribute("data-slug", "yuyue")
    reader.press("leidian")
    expect(reader.listed("雷甸镇")).to_have_attribute(*CURRENT)
    reader.choose("全县")
    expect(reader.chosen()).to_have_count(0)
    reader.press("leidian")  # the same town again, after the list let it go
    expect(reader.heading).to_have_text(STORIES["leidian"][1])
    reader.open_choices()
    reader.page.get_by_text("其他9个镇街").click()
    reader.choose("钟管镇")
    expect(reader.chosen()).to_have_attribute("data-slug", "zhongguan")
    expect(reader.heading).to_have_text("钟管镇")
    reader.expect_same_frame()


def test_cards_and_the_way_back_lead_through_the_stories(open_page: OpenPage) -> None:
    reader = open_page("theme=talent")
    reader.mark_frame()

    reader.panel.get_by_role("link", name=re.compile("禹越镇")).click()
    expect(reader.heading).to_have_text(STORIES["yuyue"][1])
    expect(reader.chosen()).to_have_attribute("data-slug", "yuyue")
    reader.panel.get_by_role("link", name="返回全县").click()
    expect(reader.heading).to_have_text("人才就业：4个故事中的2个")
    assert reader.query == {"theme": ["talent"], "lang": ["zh"]}
    reader.expect_same_frame()


def test_a_figure_says_what_it_is_and_where_it_stands(open_page: OpenPage) -> None:
    reader = open_page("town=xinan&lang=zh")
    growth = reader.page.locator("#figure-shangfeng-growth")

    expect(growth.locator(".value")).to_have_text("约10%（预计）")
    expect(growth.locator(".when")).to_have_text("2024年 · 与2023年相比")
    passage = growth.get_by_text("第4段")
    expect(passage).to_be_hidden()
    growth.locator("summary").click()
    expect(passage).to_be_visible()


def test_a_comparison_is_drawn_and_our_own_figure_says_so(open_page: OpenPage) -> None:
    reader = open_page("town=leidian&lang=en")
    card = reader.page.locator("#figure-pm25")

    expect(card.locator(".bars dd")).to_have_text(["53 µg/m³", "37 µg/m³"])
    expect(card.locator(".bars dt")).to_have_text(["December 2023", "Later"])
    widths = card.locator(".bars i").evaluate_all("bars => bars.map(b => b.offsetWidth)")
    assert widths[1] / widths[0] == pytest.approx(37 / 53, abs=0.03)
    expect(card.locator(".change")).to_have_text("down about 30% (our calculation)")


def test_the_boundary_says_how_true_it_is(open_page: OpenPage) -> None:
    reader = open_page("town=kangqian&lang=en")
    expect(reader.panel.locator(".boundary.reconstructed h3")).to_have_text(
        "Boundary: reconstructed"
    )
    expect(reader.division("kangqian")).to_have_class(re.compile("reconstructed"))
    reader.press("leidian")
    expect(reader.panel.locator(".boundary.published h3")).to_have_text("Boundary: published")


def test_the_base_map_is_the_readers_choice_and_its_absence_harms_nothing(
    open_page: OpenPage,
) -> None:
    reader = open_page(allow_hosts={"tile.openstreetmap.org"})
    button = reader.map.get_by_role("button", name="在线底图")
    expect(button).to_have_attribute("aria-pressed", "false")

    button.click()

    expect(reader.map.get_by_role("status")).to_contain_text("暂时无法加载")
    expect(reader.map.locator("path.division")).to_have_count(13)
    reader.press("leidian")
    expect(reader.heading).to_have_text(STORIES["leidian"][1])
    button.click()
    expect(reader.map.locator(".leaflet-tile-pane img")).to_have_count(0)


def test_village_names_appear_when_zoomed_in(open_page: OpenPage) -> None:
    reader = open_page("lang=zh", reduced_motion="reduce")
    expect(reader.map.locator(".place span:visible")).to_have_count(0)

    for _ in range(4):
        before = reader.map_view()[2]
        reader.map.get_by_role("button", name="放大").click()
        reader.frame.wait_for_function("zoom => window.map.getZoom() > zoom", arg=before)

    expect(reader.map.locator(".place span:visible").first).to_be_visible()


def test_the_copied_link_shows_somebody_else_the_same(open_page: OpenPage) -> None:
    reader = open_page("theme=talent", permissions=["clipboard-read", "clipboard-write"])
    reader.press("kangqian")
    expect(reader.heading).to_have_text(STORIES["kangqian"][1])

    reader.copy_link()

    link = reader.page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("/?town=kangqian&theme=talent&lang=zh")
    other = open_page(link.partition("?")[2], locale="en-GB")
    expect(other.heading).to_have_text(STORIES["kangqian"][1])
    expect(other.chosen()).to_have_attribute("data-slug", "kangqian")
