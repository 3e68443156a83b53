"""A page in Arabic reads from right to left all over, and one in English beside it does not."""

from __future__ import annotations

import re
from itertools import pairwise
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
LANGUAGES = ("ar", "en", "pt-BR", "zh", "fr", "de", "he", "ja", "ko", "ru", "es")
ROOTS = "[document.documentElement.dir, document.documentElement.lang]"
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = write_arabic_atlas(tmp_path_factory.mktemp("arabic") / "atlas")
    with streamlit_server(ROOT / "serve.py", env={"ATLAS": str(folder)}) as address:
        yield address


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an atlas in more languages than stand beside each other."""
    folder = write_arabic_atlas(tmp_path_factory.mktemp("many") / "atlas", LANGUAGES)
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


def test_what_leads_on_points_to_the_left(visit: OpenPage, arabic: str) -> None:
    reader = visit(f"{arabic}/?lang=ar&metric=villages", viewport=WIDE)
    reader.wait_for_map()
    expect(reader.panel.locator("a.start .arrow")).to_have_css("scale", "-1 1")
    slider = reader.page.locator(".metric-bar .slider").first
    turned = "button => getComputedStyle(button, '::before').scale"
    assert slider.locator("button").evaluate(turned) == "-1 1"

    handle = slider.locator("input")
    last = int(handle.input_value())
    handle.press("ArrowRight")
    assert int(handle.input_value()) == last - 1, "later periods are on the left"


def test_the_earlier_of_two_dates_is_where_lines_begin(visit: OpenPage, arabic: str) -> None:
    for lang in ("ar", "en"):
        reader = visit(f"{arabic}/?lang={lang}&date=2019-10-31&date=2023-06-30", viewport=WIDE)
        reader.wait_for_map()
        handle = reader.map.locator(".divider")
        expect(handle).to_be_visible()
        names = [handle.locator(f".{side}").inner_text() for side in ("left", "right")]
        years = [int("".join(re.findall(r"[0-9]{4}", name))) for name in names]
        assert years == sorted(years, reverse=lang == "ar")

        share, x = int(handle.get_attribute("aria-valuenow") or ""), middle(handle)
        handle.press("ArrowRight")
        expect(handle).to_have_attribute("aria-valuenow", str(share + (-2 if lang == "ar" else 2)))
        wait_until(
            reader.frame,
            """was => {
              const { x, width } = document.querySelector(".divider").getBoundingClientRect();
              const { left } = document.querySelector(".leaflet-container").getBoundingClientRect();
              return x + width / 2 - left > was;
            }""",
            x - (reader.page.locator(MAP).bounding_box() or {"x": 0})["x"] + 2,
        )


def test_addresses_and_code_are_read_from_left_to_right(visit: OpenPage, arabic: str) -> None:
    reader = visit(f"{arabic}/?{STORY}", viewport=WIDE)
    reader.wait_for_map()
    reader.page.locator(".share button.open").click()
    for field in ("#share-link", "#share-code"):
        expect(reader.page.locator(field)).to_have_css("direction", "ltr")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_on_paper_the_map_is_there_in_whole(visit: OpenPage, arabic: str, lang: str) -> None:
    reader = visit(f"{arabic}/?lang={lang}&town=leidian", viewport=WIDE)
    reader.wait_for_map()
    reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    reader.page.emulate_media(media="print")
    reader.page.set_viewport_size({"width": 700, "height": 1000})

    frame, room = reader.page.locator(MAP), reader.page.locator(".st-key-map_box")
    wait_until(reader.page, "() => innerWidth === 700")
    there, around = frame.bounding_box(), room.bounding_box()
    assert there
    assert around
    assert there["x"] >= around["x"] - 1
    assert there["x"] + there["width"] <= around["x"] + around["width"] + 1
    begins = there["x"] + there["width"] if lang == "ar" else there["x"]
    edge = around["x"] + around["width"] if lang == "ar" else around["x"]
    assert begins == pytest.approx(edge, abs=1), "where lines begin"


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


# ---- many languages ----


@pytest.mark.parametrize("width", [390, 840, 1280])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_many_languages_leave_the_bar_one_slim_line(
    visit: OpenPage, many: str, lang: str, width: int
) -> None:
    reader = visit(f"{many}/?lang={lang}&town=leidian", viewport={"width": width, "height": 800})
    reader.wait_for_map()

    bar = reader.page.locator(".st-key-masthead").bounding_box()
    assert bar
    assert bar["height"] <= 66
    assert reader.page.evaluate(SIDEWAYS) <= 0
    parts = [
        found
        for each in ("h1", "details.choose", "details.language-choice", ".st-key-share")
        if (found := reader.page.locator(f".st-key-masthead {each}").bounding_box())
    ]
    parts.sort(key=lambda part: part["x"])
    for left, right in pairwise(parts):
        assert left["x"] + left["width"] <= right["x"] + 1, "one runs into the next"

    reader.page.locator("details.language-choice summary").click()
    menu = reader.page.locator("nav.languages")
    expect(menu).to_be_visible()
    place = menu.bounding_box()
    assert place
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= width
    assert place["y"] + place["height"] <= 800


def test_the_languages_open_and_close_by_keys(visit: OpenPage, many: str) -> None:
    reader = visit(f"{many}/?lang=en&town=leidian", viewport=WIDE)
    reader.wait_for_map()
    button, menu = (
        reader.page.locator("details.language-choice summary"),
        reader.page.locator("nav.languages"),
    )
    expect(button).to_have_accessible_name("Language: English")

    button.press("Enter")
    expect(menu.get_by_role("link")).to_have_count(len(LANGUAGES))
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()

    button.press("Enter")
    reader.page.get_by_role("heading", level=1).click()
    expect(menu).to_be_hidden()

    button.press("Enter")
    reader.language("العربية").press("Enter")
    wait_until(reader.page, "() => document.documentElement.dir === 'rtl'")
    expect(menu).to_be_hidden()
    expect(button).to_contain_text("العربية")
