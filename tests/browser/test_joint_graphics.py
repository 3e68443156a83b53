"""A graphic of several towns on the overview: screen, keyboard, colours, paper."""

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

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(reader: StoryPage, where: str) -> list[str]:
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": STANDARD}}
    found = Axe().run(reader.page, context=where, options=options).response["violations"]
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize(
    "options",
    [PHONE | {"color_scheme": "dark"}, DESK | {"forced_colors": "active"}],
    ids=["phone dark", "desk in its reader's colours"],
)
def test_the_towns_dates_stand_on_one_line_and_in_a_table(
    visit: OpenPage, full: str, options: dict[str, Any], tmp_path: Path
) -> None:
    reader = visit(f"{full}/?lang=en", **options)
    reader.wait_for_map()
    graphic = reader.panel.locator(".graphic#graphic-calendar")
    drawing = graphic.get_by_role("img", name=re.compile("^The towns’ calendar"))
    expect(drawing).to_have_count(1)
    drawing.scroll_into_view_if_needed()
    towns = drawing.locator("text", has_text=re.compile("^(Yuyue|Kangqian|Xin’an) [A-Z]"))
    expect(towns).to_have_text(["Yuyue Town", "Kangqian Subdistrict", "Xin’an Town"])
    assert graphic.bounding_box()["y"] < reader.panel.locator(".announced").bounding_box()["y"]  # type: ignore[index]
    assert reader.overflow() == 0

    table = reader.panel.locator(".joint")
    table.locator("summary").focus()
    reader.page.keyboard.press("Enter")
    row = table.get_by_role("row", name=re.compile("^Kangqian Subdistrict Next batch of signings"))
    expect(row.get_by_role("cell").first).to_have_text("March 2024 (target)")
    if options.get("is_mobile"):
        assert reader.small_targets() == []
    assert violations(reader, ".panel") == []
    reader.page.screenshot(path=tmp_path / "overview.png")

    row.get_by_role("link").press("Enter")
    card = reader.page.locator("#figure-next-signing")
    expect(card).to_have_class(re.compile("aimed-at"))
    expect(card).to_be_in_viewport()


def test_on_paper_it_is_drawn_and_its_table_stands_open(
    visit: OpenPage, full: str, tmp_path: Path
) -> None:
    reader = visit(f"{full}/?lang=zh", **DESK)
    reader.wait_for_map()
    expect(reader.panel.locator("#graphic-calendar svg").first).to_be_attached()
    paper = tmp_path / "overview.pdf"
    reader.page.pdf(path=paper, format="A4")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(paper).pages)
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    for said in ("各镇街的日程", "2024年3月(目标)", "未注明时间", "雷甸镇已完成整改的铸造企业"):
        assert said in text, said
    assert "列成表格" not in text


def test_it_can_be_taken_away_and_embedded(visit: OpenPage, full: str) -> None:
    reader = visit(f"{full}/?lang=en", **DESK)
    reader.wait_for_map()
    graphic = reader.panel.locator("#graphic-calendar")
    with reader.page.expect_download() as download:
        graphic.get_by_role("link", name=re.compile("^PNG: ")).click()
    assert download.value.suggested_filename == "county.calendar.en.png"
    graphic.get_by_role("link", name=re.compile("^Embed: ")).click()
    code = reader.page.get_by_role("dialog").get_by_label("HTML for another page:")
    assert "/graphic/county.calendar.en" in code.input_value()

    reader.page.goto(f"{full}/graphic/county.calendar.en")
    reader.page.locator("details").first.evaluate("details => { details.open = true; }")
    expect(reader.page.get_by_role("table")).to_contain_text("争取3月底再签约")
    assert violations(reader, "html") == []
