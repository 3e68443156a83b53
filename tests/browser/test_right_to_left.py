"""A page in Arabic reads from right to left all over, and one in English beside it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.arabic_atlas import write_arabic_atlas
from tests.support.servers import ROOT, streamlit_server
from tests.support.story_page import MAP
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Locator

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
STORY = "lang=ar&town=leidian"
ROOTS = "[document.documentElement.dir, document.documentElement.lang]"
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = write_arabic_atlas(tmp_path_factory.mktemp("arabic") / "atlas")
    with streamlit_server(ROOT / "serve.py", env={"ATLAS": str(folder)}) as address:
        yield address


def middle(element: Locator) -> float:
    box = element.bounding_box()
    assert box
    return box["x"] + box["width"] / 2


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_page_and_map_are_right_to_left(visit: OpenPage, arabic: str, size: dict[str, int]) -> None:
    reader = visit(f"{arabic}/?{STORY}", viewport=size)
    reader.wait_for_map()
    wait_until(reader.page, "() => document.documentElement.dir === 'rtl'")
    assert reader.page.evaluate(ROOTS) == ["rtl", "ar"]
    assert reader.frame.evaluate(ROOTS) == ["rtl", "ar"]
    assert reader.page.evaluate(SIDEWAYS) <= 0
    assert reader.frame.evaluate(SIDEWAYS) <= 0
    expect(reader.panel).to_have_css("direction", "rtl")
    expect(reader.panel.locator(".back .arrow").first).to_have_css("scale", "-1 1")
    expect(reader.map.locator(".leaflet-map-pane")).to_have_css("direction", "ltr")


def test_what_stands_left_stands_right(visit: OpenPage, arabic: str) -> None:
    places = {}
    for lang in ("ar", "en"):
        reader = visit(f"{arabic}/?lang={lang}&town=leidian", viewport=WIDE)
        reader.wait_for_map()
        frame = reader.page.locator(MAP)
        places[lang] = {
            "map": middle(frame) - middle(reader.panel),
            "zoom": middle(reader.map.locator(".bar")) - middle(reader.map.locator(".base-map")),
            "theme": middle(reader.panel.locator(".tags li").first) - middle(reader.panel),
            "title": middle(reader.page.locator(".masthead h1")) - WIDE["width"] / 2,
        }
    for name, there in places["en"].items():
        assert there * places["ar"][name] < 0, (name, places)


def test_a_key_leads_on_in_reading_direction(visit: OpenPage, arabic: str) -> None:
    reader = visit(f"{arabic}/?{STORY}&tour=1", viewport=WIDE)
    reader.wait_for_map()
    first = reader.page.url
    forward = reader.panel.locator(".tour a.next").get_attribute("data-town")
    reader.page.keyboard.press("ArrowLeft")
    wait_until(reader.page, "town => location.search.includes(`town=${town}`)", forward)
    wait_until(
        reader.page,
        "town => new URLSearchParams(document.querySelector('article.panel').dataset.query)"
        ".get('town') === town",
        forward,
    )
    reader.page.keyboard.press("ArrowRight")
    wait_until(reader.page, "() => location.search.includes('town=leidian')")
    assert "town=leidian" in first


def test_the_page_turns_with_its_language(visit: OpenPage, arabic: str) -> None:
    reader = visit(f"{arabic}/?{STORY}", viewport=WIDE)
    reader.wait_for_map()
    reader.page.locator(".languages a[data-lang='en']").click()
    wait_until(reader.page, "() => document.documentElement.dir === 'ltr'")
    reader.frame.wait_for_function("() => document.documentElement.dir === 'ltr'")
    expect(reader.panel).to_have_css("direction", "ltr")


def test_the_page_says_so_without_its_script(visit: OpenPage, arabic: str) -> None:
    reader = visit(f"{arabic}/?{STORY}", java_script_enabled=False)
    html = reader.page.locator("html")
    expect(html).to_have_attribute("dir", "rtl")
    expect(html).to_have_attribute("lang", "ar")
