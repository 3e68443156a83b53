"""The story first: what stands where in windows of every size, and what stays in view."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.story_page import MAP
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import FloatRect

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

VIEWS = [
    "lang=en",
    "lang=zh",
    "town=leidian&lang=en",
    "town=leidian&lang=zh",
    "town=wukang&lang=en",
]
TOUR = "town=kangqian&tour=1&lang=en"


def phone(width: int, height: int) -> dict[str, object]:
    return {
        "viewport": {"width": width, "height": height},
        "has_touch": True,
        "is_mobile": True,
        "reduced_motion": "reduce",
    }


def wide(width: int, height: int) -> dict[str, object]:
    return {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce"}


def box(reader: StoryPage, selector: str) -> FloatRect:
    found = reader.page.locator(selector).first.bounding_box()
    assert found is not None
    return found


def county(reader: StoryPage) -> dict[str, float]:
    """Return the edges of all divisions in the map's frame, and the frame's size, in px."""
    edges: dict[str, float] = reader.frame.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll("path.division")]
            .map(each => each.getBoundingClientRect());
          const [left, top] = ["left", "top"].map(k => Math.min(...boxes.map(b => b[k])));
          const [right, bottom] = ["right", "bottom"].map(k => Math.max(...boxes.map(b => b[k])));
          return { left, top, right, bottom, width: innerWidth, height: innerHeight };
        }"""
    )
    return edges


def press_beside_all_towns(reader: StoryPage) -> None:
    """Click the map where no town is."""
    at = reader.frame.evaluate(
        """() => {
          for (let y = innerHeight - 60; y > 0; y -= 10) for (let x = 10; x < innerWidth; x += 10) {
            const hit = document.elementFromPoint(x, y);
            const isFree = hit?.closest(".leaflet-container") && !hit.closest("path, button");
            if (isFree) return { x, y };
          }
        }"""
    )
    reader.map.locator(".leaflet-container").click(position=at)


# ---- phones ----


@pytest.mark.parametrize("size", [(390, 844), (360, 640)])
@pytest.mark.parametrize("query", [*VIEWS, TOUR])
def test_a_phones_first_screen_has_map_headline_and_lead(
    open_page: OpenPage, query: str, size: tuple[int, int]
) -> None:
    reader = open_page(query, **phone(*size))
    height = size[1]

    bar, frame = box(reader, ".st-key-masthead"), box(reader, MAP)
    headline, lead = box(reader, "article.panel h2"), box(reader, "article.panel .lead")
    two_lines = 2 * reader.panel.locator(".lead").evaluate(
        "lead => parseFloat(getComputedStyle(lead).lineHeight)"
    )

    assert bar["height"] <= 60, "one slim bar"
    assert 0.3 * height <= frame["height"] <= 0.36 * height
    assert bar["y"] + bar["height"] <= frame["y"] + 1
    assert frame["y"] + frame["height"] <= headline["y"]
    assert headline["y"] + headline["height"] <= lead["y"]
    assert lead["y"] + min(two_lines, lead["height"]) <= height
    assert reader.overflow() == 0


def test_on_a_phone_a_choice_brings_its_headline_below_the_map(open_page: OpenPage) -> None:
    reader = open_page("lang=en", **phone(390, 844))
    reader.panel.locator("section.ledger").scroll_into_view_if_needed()

    reader.division("leidian").tap()
    expect(reader.heading).to_have_text(re.compile("^Leidian"))
    expect_below_the_map(reader)

    reader.page.evaluate("document.querySelector('.stMain').scrollTo({ top: 0 })")
    reader.choose("Yuyue")
    expect(reader.heading).to_have_text(re.compile("^Yuyue"))
    expect_below_the_map(reader)
    expect(reader.page.locator("nav.towns")).to_be_hidden()


def expect_below_the_map(reader: StoryPage) -> None:
    """Wait until the headline stands in the upper half of what the map leaves."""
    wait_until(
        reader.page,
        """map => {
          const { bottom } = document.querySelector(map).getBoundingClientRect();
          const { top } = document.querySelector("article.panel h2").getBoundingClientRect();
          return top >= bottom && top <= bottom + 90;
        }""",
        MAP,
    )


# ---- the map and its frame ----


@pytest.mark.parametrize(
    ("size", "widest"),
    [((1280, 800), 0.5), ((1440, 900), 0.54), ((1920, 1080), 0.65), ((2560, 1440), 0.7)],
)
def test_the_map_grows_with_the_window(
    open_page: OpenPage, size: tuple[int, int], widest: float
) -> None:
    width, height = size
    reader = open_page("town=leidian&lang=en", viewport={"width": width, "height": height})

    frame, story = box(reader, MAP), box(reader, "article.panel")
    rem = 16
    assert frame["height"] >= height - 80
    assert frame["y"] + frame["height"] <= height
    assert frame["width"] >= widest * width
    assert 33.9 * rem <= story["width"] <= 42 * rem
    assert story["x"] + story["width"] >= width - 40, "the window is used"
    assert reader.overflow() == 0


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (1280, 800), (1920, 1080)])
def test_the_county_has_the_maps_frame(open_page: OpenPage, size: tuple[int, int]) -> None:
    reader = open_page("lang=zh", viewport={"width": size[0], "height": size[1]})

    edges = county(reader)
    legend = reader.map.locator(".legend").evaluate("each => each.getBoundingClientRect().top")
    assert edges["left"] >= 0
    assert edges["right"] <= edges["width"]
    assert edges["top"] >= 0
    assert edges["bottom"] <= legend
    fills = (
        (edges["right"] - edges["left"]) / edges["width"],
        (edges["bottom"] - edges["top"]) / legend,
    )
    assert max(fills) > 0.93


def test_the_county_is_fitted_again_when_the_window_grows(open_page: OpenPage) -> None:
    reader = open_page("lang=zh", viewport={"width": 1280, "height": 800})
    before = county(reader)["width"]
    reader.page.set_viewport_size({"width": 1920, "height": 1080})
    reader.frame.wait_for_function("before => innerWidth > before + 400", arg=before)
    reader.frame.wait_for_function(
        """() => {
          const boxes = [...document.querySelectorAll("path.division")]
            .map(each => each.getBoundingClientRect());
          const left = Math.min(...boxes.map(each => each.left));
          const right = Math.max(...boxes.map(each => each.right));
          return left >= 0 && right <= innerWidth && right - left > 0.93 * innerWidth;
        }"""
    )


SHRUNK = [((1440, 900), (960, 800)), ((1440, 900), (840, 800)), ((844, 390), (390, 844))]


def expect_in_the_map(reader: StoryPage, slug: str, width: int) -> None:
    """Wait until a division is seen in whole, in a frame that has become narrower than that."""
    wait_until(
        reader.frame,
        """([slug, width]) => {
          const bounds = window.map.getBounds();
          let isInside = false;
          window.map.eachLayer(layer => {
            if (layer.feature?.properties?.slug === slug) {
              isInside = bounds.contains(layer.getBounds());
            }
          });
          return innerWidth < width && isInside;
        }""",
        [slug, width],
    )


@pytest.mark.parametrize(("before", "after"), SHRUNK)
@pytest.mark.parametrize("query", ["town=yuyue&lang=en", "town=yuyue&tour=1&lang=en"])
def test_the_chosen_town_stays_on_the_map_when_the_window_shrinks(
    open_page: OpenPage, query: str, before: tuple[int, int], after: tuple[int, int]
) -> None:
    reader = open_page(query, **phone(*before) if before[0] < 900 else wide(*before))
    if "tour" in query:
        reader.expect_map_around("yuyue")
    width = reader.frame.evaluate("innerWidth")

    reader.page.set_viewport_size({"width": after[0], "height": after[1]})

    expect_in_the_map(reader, "yuyue", width)
    edges = county(reader)
    if "tour" not in query:
        assert edges["left"] >= 0
        assert edges["right"] <= edges["width"]


def test_a_reader_who_has_moved_the_map_finds_it_there_when_the_window_shrinks(
    open_page: OpenPage,
) -> None:
    reader = open_page("town=yuyue&tour=1&lang=en", **wide(1440, 900))
    reader.expect_map_around("yuyue")
    reader.map.locator("button.zoom-in").click()
    zoom = reader.map_view()[2]
    width = reader.frame.evaluate("innerWidth")

    reader.page.set_viewport_size({"width": 960, "height": 800})

    wait_until(reader.frame, "width => window.map.getSize().x < width", width)
    assert reader.map_view()[2] == zoom

    for _ in range(4):
        reader.map.locator("button.zoom-out").click()
    wait_until(reader.frame, "() => window.map.getContainer().classList.contains('whole')")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_legend_says_what_the_colours_are(open_page: OpenPage, lang: str) -> None:
    reader = open_page(f"lang={lang}")
    rows = reader.map.locator(".legend .colours span")
    words = {
        "zh": ["生态环境", "产业制造", "人才就业", "招商引资"],
        "en": ["Environment", "Industry", "Talent and jobs", "Investment"],
    }

    expect(rows).to_have_text(words[lang])
    dots = rows.evaluate_all("all => all.map(e => getComputedStyle(e, '::before').backgroundColor)")
    fills = [
        reader.division(slug).evaluate("path => getComputedStyle(path).fill")
        for slug in ("leidian", "xinan", "yuyue", "kangqian")
    ]
    assert dots == fills


def test_a_town_chosen_in_the_list_comes_into_view_on_the_map(open_page: OpenPage) -> None:
    reader = open_page("lang=zh", reduced_motion="reduce")
    reader.frame.evaluate("window.map.setView(window.map.getBounds().getNorthWest(), 13)")

    reader.choose("禹越镇")

    expect(reader.chosen()).to_have_attribute("data-slug", "yuyue")
    reader.frame.wait_for_function(
        """() => {
          const box = document.querySelector("path[data-slug=yuyue]").getBoundingClientRect();
          return box.left >= 0 && box.top >= 0
            && box.right <= innerWidth && box.bottom <= innerHeight;
        }"""
    )


def test_a_town_chosen_where_the_whole_county_is_in_view_moves_nothing(
    open_page: OpenPage,
) -> None:
    reader = open_page("lang=zh")
    view = reader.map_view()
    reader.choose("禹越镇")
    expect(reader.chosen()).to_have_attribute("data-slug", "yuyue")
    assert reader.map_view() == view


# ---- the bar ----


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (1280, 800)])
def test_the_bars_list_opens_and_closes_by_keys_and_by_pressing_elsewhere(
    open_page: OpenPage, size: tuple[int, int]
) -> None:
    reader = open_page("lang=en", viewport={"width": size[0], "height": size[1]})
    button, towns = reader.page.locator("details.choose summary"), reader.page.locator("nav.towns")

    button.press("Enter")
    expect(towns).to_be_visible()
    reader.listed("Whole county").focus()
    reader.page.keyboard.press("Escape")
    expect(towns).to_be_hidden()
    expect(button).to_be_focused()

    reader.open_choices()
    reader.page.get_by_role("heading", level=1).click()
    expect(towns).to_be_hidden()

    if size[0] > 640:  # where the list leaves a part of the map
        reader.open_choices()
        press_beside_all_towns(reader)
        expect(towns).to_be_hidden()

    reader.open_choices()
    reader.page.get_by_role("button", name="Share").focus()
    expect(towns).to_be_hidden()


def test_a_filter_that_is_folded_away_is_marked(open_page: OpenPage) -> None:
    reader = open_page("theme=talent&lang=en", **phone(390, 844))
    mark = "getComputedStyle(document.querySelector('.choose .all'), '::before').content"

    assert reader.page.evaluate(mark) != "none"
    reader.open_choices()
    reader.filter("Talent and jobs").tap()
    expect(reader.heading).to_have_text("4 towns, 4 stories")
    expect(reader.filter("Talent and jobs")).to_be_visible()
    assert reader.page.evaluate(mark) == "none"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_in_a_wide_window_the_themes_stand_in_the_bar(open_page: OpenPage, lang: str) -> None:
    reader = open_page(f"lang={lang}", viewport={"width": 1280, "height": 800})

    themes = reader.page.locator(".themes button")
    expect(themes).to_have_count(4)
    tops = {box["y"] for box in (each.bounding_box() for each in themes.all()) if box}
    assert len(tops) == 1, "one line"
    assert box(reader, ".st-key-masthead")["height"] <= 60


def test_what_a_filter_leaves_comes_first_among_the_cards(open_page: OpenPage) -> None:
    reader = open_page("theme=talent&lang=en")
    expect(reader.heading).to_have_text("Talent and jobs: 2 of 4 stories")
    towns = reader.panel.locator(".teaser a").evaluate_all("all => all.map(a => a.dataset.town)")
    assert towns == ["yuyue", "kangqian", "leidian", "xinan"]
    reader.open("theme=environment&lang=zh")
    expect(reader.heading).to_have_text("生态环境：4个故事中的1个")


# ---- story mode and the map ----


def test_the_keys_turn_the_stories_after_a_click_on_the_map(open_page: OpenPage) -> None:
    reader = open_page("town=leidian&tour=1&lang=en", reduced_motion="reduce")
    reader.press("xinan")
    expect(reader.panel).to_contain_text("Story 2 of 4")
    expect(reader.division("xinan")).to_have_class(re.compile("chosen"))
    view = reader.map_view()

    reader.page.keyboard.press("ArrowRight")
    expect(reader.panel).to_contain_text("Story 3 of 4")
    reader.page.keyboard.press("ArrowLeft")
    expect(reader.panel).to_contain_text("Story 2 of 4")
    reader.expect_map_around("xinan")
    assert reader.map_view() == pytest.approx(view, abs=0.01), "the keys moved the map besides"


def test_a_click_beside_all_towns_leaves_a_valid_address(open_page: OpenPage) -> None:
    reader = open_page("town=yuyue&tour=1&lang=en", reduced_motion="reduce")

    press_beside_all_towns(reader)
    expect(reader.heading).to_have_text("4 towns, 4 stories")
    assert reader.query == {"lang": ["en"]}

    reader.open("town=yuyue&tour=1&lang=en")
    reader.frame.evaluate("window.map.setZoom(window.map.getMinZoom())")
    reader.press("wukang")
    expect(reader.heading).to_have_text("Wukang Subdistrict")
    assert reader.query == {"town": ["wukang"], "lang": ["en"]}


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_an_embedded_page_is_laid_out_alike(open_page: OpenPage, size: tuple[int, int]) -> None:
    reader = open_page(
        "town=leidian&lang=en&embed=true", viewport={"width": size[0], "height": size[1]}
    )
    frame = box(reader, MAP)
    assert frame["y"] <= 60
    assert frame["y"] + frame["height"] <= size[1]
    expect(reader.heading).to_be_in_viewport(ratio=1)


def test_the_early_sheet_lays_the_bar_out_before_the_page_brings_its_own(
    visit: Callable[..., StoryPage], full: str
) -> None:
    page = visit(f"{full}/?town=leidian&lang=en").page
    page.evaluate(
        """() => {
          for (const sheet of document.querySelectorAll("#root style"))
            if (sheet.textContent.includes(".st-key-masthead")) sheet.remove();
        }"""
    )
    masthead = page.locator(".st-key-masthead")
    expect(masthead).to_have_css("flex-wrap", "nowrap")
    expect(page.locator(".st-key-choose")).to_have_css("flex-direction", "row")
