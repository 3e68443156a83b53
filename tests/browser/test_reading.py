"""Reading on: story mode, figures side by side, on a phone, on paper."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pypdf
import pytest
from playwright.sync_api import expect

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
    reader.frame.wait_for_function("zoom => window.map.getZoom() === zoom", arg=county[2])
    reader.expect_same_frame()


def test_a_link_into_story_mode_opens_there(open_page: OpenPage) -> None:
    reader = open_page("town=kangqian&tour=1&lang=en")

    expect(reader.panel).to_contain_text("Story 4 of 4")
    reader.expect_map_around("kangqian")
    expect(reader.language("中文")).to_have_attribute("href", "?town=kangqian&tour=1&lang=zh")


def test_what_cannot_be_compared_is_said_and_not_drawn(open_page: OpenPage) -> None:
    reader = open_page("lang=en")

    reader.panel.locator(".comparisons summary").click()

    unlike = reader.panel.locator(".comparison.unlike")
    expect(unlike).to_have_count(2)
    expect(unlike.first).to_contain_text("not drawn against each other")
    expect(unlike.locator("i")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 390, 430])
def test_on_a_phone_the_map_comes_first_and_leaves_room(open_page: OpenPage, width: int) -> None:
    reader = open_page(
        "lang=zh",
        viewport={"width": width, "height": 844},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    frame = reader.page.locator("iframe[title*='st_folium']").bounding_box()
    choice = reader.page.locator(".choices").bounding_box()
    assert frame is not None
    assert choice is not None
    assert frame["height"] <= 0.45 * 844
    assert frame["y"] < choice["y"]
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
    assert 1 <= len(document.pages) <= 4
    assert all(page.extract_text().strip() for page in document.pages), "an empty page"
    reader.page.emulate_media(media="print")
    box = reader.page.locator("iframe[title*='st_folium']").bounding_box()
    assert box is not None
    assert box["height"] > 250
    code = reader.panel.locator(".paper img")
    assert code.evaluate("image => image.complete && image.naturalWidth > 0")
