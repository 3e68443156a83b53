"""Scenes on paper and without JavaScript: what their small maps show, and cost others nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
import pytest
from playwright.sync_api import expect

from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.support.story_page import StoryPage

SCENES = ["foundries", "upgrade", "campaigns", "air"]
STILLS = ["foundries", "campaigns", "air"]
"""Between the first two the map stays as it is."""


def fetched_maps(page: Page) -> list[str]:
    """Return the small maps that a page asks for, as it does."""
    fetched: list[str] = []
    page.on("request", lambda each: fetched.append(each.url) if "/scene/" in each.url else None)
    return fetched


def test_no_small_map_is_fetched_to_be_read_on_a_phone(
    visit: Callable[..., StoryPage], full: str
) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    reader = visit("about:blank", **phone)
    page = reader.page
    fetched = fetched_maps(page)
    page.clock.install()
    page.goto(f"{full}/?town=leidian&lang=en")
    expect(page.locator(".panel .scene")).to_have_count(len(SCENES))
    reader.wait_for_map()
    page.clock.run_for(60_000)
    for scene in SCENES:
        page.locator(f"#scene-{scene}").scroll_into_view_if_needed()
    expect(page.locator(".panel .still").first).to_be_hidden()
    assert fetched == []


def test_each_small_map_is_printed(
    visit: Callable[..., StoryPage], full: str, tmp_path: Path
) -> None:
    """A browser that prints need not wait for pictures; so they are there before."""
    reader = visit("about:blank")
    page = reader.page
    fetched = fetched_maps(page)
    with page.expect_response(f"**/scene/leidian.{STILLS[-1]}.png"):
        page.goto(f"{full}/?town=leidian&lang=en")
    assert sorted(fetched) == sorted(f"{full}/scene/leidian.{scene}.png" for scene in STILLS)
    wait_until(
        page,
        "() => [...document.querySelectorAll('.still img')]"
        ".every((i) => i.complete && i.naturalWidth)",
    )
    expect(page.locator(".panel .still").first).to_be_hidden()
    paper = tmp_path / "story.pdf"
    page.pdf(path=paper, format="A4")
    pages = pypdf.PdfReader(paper).pages
    pictures = [image.image for each in pages for image in each.images if image.image]
    assert [each.size for each in pictures].count((480, 320)) == len(STILLS)
    words = " ".join(" ".join(each.extract_text().split()) for each in pages)
    assert "The map shows the whole of Deqing County, with Leidian Town highlighted." in words
    assert words.count("dashed lines: reconstructed") == len(STILLS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_javascript_scenes_stand_in_order_and_links_lead_to_figures(
    visit: Callable[..., StoryPage], full: str, lang: str
) -> None:
    reader = visit(f"{full}/?town=leidian&lang={lang}", java_script_enabled=False)
    page = reader.page
    ids = [scene.get_attribute("data-scene") for scene in page.locator("main .scene").all()]
    assert ids == SCENES
    stills = page.locator("main .still img")
    expect(stills).to_have_count(len(STILLS))
    for still in stills.all():
        expect(still).to_be_visible()
    page.locator("main a[href='#figure-pm25-change']").click()
    expect(page.locator("#figure-pm25-change")).to_be_in_viewport()
