"""The places of a story: on the map, in the list, in the address, for every reader."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect
from pyproj import Geod

from tests.browser.test_accessibility import PHONE, violations
from tests.support.placed import place, placed_atlas
from tests.support.servers import ROOT, streamlit_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Locator, Page

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

EARTH = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `open_page` looks."""
    folder = placed_atlas(tmp_path_factory.mktemp("placed") / "deqing")
    with streamlit_server(ROOT / "serve.py", env={"ATLAS": str(folder)}) as where:
        yield where


@pytest.fixture
def placed(open_page: OpenPage) -> OpenPage:
    """Open the story map and wait for its places."""

    def opened(query: str = "", **options: object) -> StoryPage:
        reader = open_page(query, **options)
        reader.map.locator("body[data-places]").wait_for()
        return reader

    return opened


def pin(reader: StoryPage, key: str) -> Locator:
    return reader.map.locator(f".pin[data-place='{key}']")


def entry(reader: StoryPage, name: str) -> Locator:
    return reader.panel.locator(".place-entry").filter(
        has=reader.page.get_by_text(name, exact=True)
    )


def link(reader: StoryPage, name: str) -> Locator:
    return reader.panel.locator(".place-list").get_by_role("link", name=name, exact=True)


def asked(reader: StoryPage) -> dict[str, list[str]]:
    """What the address asks for; which scene is read changes while the page is scrolled."""
    return {key: values for key, values in reader.query.items() if key != "scene"}


def in_view(target: Locator) -> bool:
    return bool(
        target.evaluate(
            "e => { const b = e.getBoundingClientRect();"
            " return b.left > 0 && b.top > 0 && b.right < innerWidth && b.bottom < innerHeight; }"
        )
    )


def test_a_place_chosen_in_the_list_is_shown_on_the_map(placed: OpenPage) -> None:
    reader = placed("town=yuyue&lang=en", reduced_motion="reduce")
    heading = reader.heading.inner_text()

    link(reader, "Spot north").click()

    expect(entry(reader, "Spot north")).to_have_class(re.compile("chosen"))
    expect(link(reader, "Spot north")).to_be_focused()
    expect(pin(reader, "yuyue/north")).to_have_attribute("aria-pressed", "true")
    expect(reader.map.locator(".place-card")).to_have_text("Spot northSpot · location measured")
    assert in_view(pin(reader, "yuyue/north"))
    assert reader.frame.evaluate("window.map.getZoom()") >= 12.9
    expect(reader.heading).to_have_text(heading)
    assert asked(reader) == {"town": ["yuyue"], "place": ["north"], "lang": ["en"]}


def test_a_place_chosen_on_the_map_is_shown_in_the_list_with_its_story(placed: OpenPage) -> None:
    reader = placed("town=yuyue&place=north&lang=en", reduced_motion="reduce")
    reader.mark_frame()

    pin(reader, "yuyue/south").click()

    expect(entry(reader, "Spot south")).to_have_class(re.compile("chosen"))
    expect(entry(reader, "Spot north")).not_to_have_class(re.compile("chosen"))
    expect(pin(reader, "yuyue/south")).to_have_attribute("aria-pressed", "true")
    assert reader.query["place"] == ["south"]
    expect(reader.chosen()).to_have_attribute("data-slug", "yuyue")
    reader.page.go_back()
    expect(entry(reader, "Spot north")).to_have_class(re.compile("chosen"))
    expect(pin(reader, "yuyue/north")).to_have_attribute("aria-pressed", "true")
    reader.expect_same_frame()


def test_a_place_of_another_town_opens_that_story(placed: OpenPage) -> None:
    reader = placed("town=leidian&lang=en")
    reader.frame.evaluate("window.map.setView([30.53, 120.262], 13, {animate: false})")

    pin(reader, "yuyue/north").click()

    expect(reader.heading).to_have_text(re.compile("^Yuyue"))
    expect(entry(reader, "Spot north")).to_have_class(re.compile("chosen"))
    reader.press("yuyue")
    expect(reader.panel.locator(".place-entry.chosen")).to_have_count(0)
    assert asked(reader) == {"town": ["yuyue"], "lang": ["en"]}


def test_a_click_on_another_division_lets_the_place_go(placed: OpenPage) -> None:
    reader = placed("town=yuyue&place=north&lang=en", reduced_motion="reduce")

    reader.press("xinan")
    expect(reader.heading).to_have_text(re.compile("^Xin’an"))
    assert asked(reader) == {"town": ["xinan"], "lang": ["en"]}
    expect(reader.map.locator(".place-card")).to_be_hidden()


def test_the_keyboard_reaches_a_place_and_hears_its_name(placed: OpenPage) -> None:
    reader = placed("town=leidian&lang=en", reduced_motion="reduce")
    reader.frame.evaluate("window.map.setView([30.53, 120.262], 13, {animate: false})")
    named = reader.map.get_by_role("button", name="Spot north, Spot · location measured")
    expect(named).to_have_count(1)

    for _ in range(60):
        reader.page.keyboard.press("Tab")
        if reader.frame.evaluate("document.activeElement?.dataset?.place === 'yuyue/north'"):
            break
    expect(named).to_be_focused()
    expect(reader.map.locator(".tip")).to_contain_text("Spot north")
    reader.page.keyboard.press("Enter")

    expect(reader.heading).to_have_text(re.compile("^Yuyue"))
    expect(named).to_be_focused()
    expect(named).to_have_attribute("aria-pressed", "true")


ON_PINS = """() => {
  const boxOf = element => element.getBoundingClientRect();
  const seen = pin => {
    const { width, height } = getComputedStyle(pin, "::before");
    const box = boxOf(pin);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const [right, down] = [parseFloat(width) / 2, parseFloat(height) / 2];
    return { left: x - right, right: x + right, top: y - down, bottom: y + down };
  };
  const names = [...document.querySelectorAll(".label span")].filter(e => e.checkVisibility());
  return [...document.querySelectorAll(".story-place button")].flatMap(pin => {
    const mark = seen(pin);
    return names.filter(name => {
      const box = boxOf(name);
      return box.left < mark.right && mark.left < box.right
        && box.top < mark.bottom && mark.top < box.bottom;
    }).map(name => `${name.textContent} lies on ${pin.getAttribute("aria-label")}`);
  });
}"""


@pytest.mark.parametrize("screen", [PHONE, {"width": 1280, "height": 900}])
def test_names_make_way_for_places(placed: OpenPage, screen: dict[str, int]) -> None:
    reader = placed("town=yuyue&lang=en", reduced_motion="reduce", viewport=screen)
    bounds = (
        "slug => window.map.fitBounds("
        "Object.values(window.map._layers).find(l => l.feature?.properties.slug === slug)"
        ".getBounds(), { animate: false })"
    )
    found = {}
    for where in ("", "xinan", "yuyue"):
        if where:
            reader.frame.evaluate(bounds, where)
        expect(reader.map.locator(".label span").first).to_be_visible()
        free = f"({ON_PINS})().length === 0"
        with contextlib.suppress(Error):
            reader.frame.wait_for_function(free, timeout=30_000)
        found[where] = reader.frame.evaluate(ON_PINS)

    assert found == {"": [], "xinan": [], "yuyue": []}
    assert reader.map.locator("[data-division]").count() > 0


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_cluster_opens_and_keeps_the_focus(placed: OpenPage, key: str) -> None:
    reader = placed("town=xinan&lang=en", reduced_motion="reduce")
    cluster = reader.map.locator(".cluster").first
    expect(cluster).to_have_attribute("aria-label", re.compile(r"^\d+ places close together"))

    for _ in range(6):
        if not reader.map.locator(".cluster").count():
            break
        cluster.press(key)
        if reader.map.locator(".place-choices").is_visible():
            break
        held = "document.activeElement?.matches('.pin, .cluster')"
        reader.frame.wait_for_function(held)

    assert reader.map.locator(".pin").count() >= 2


def test_places_at_one_spot_are_listed_to_choose_from(placed: OpenPage) -> None:
    reader = placed("town=xinan&lang=en", reduced_motion="reduce")
    reader.frame.evaluate("window.map.setView([30.540, 120.172], 15, {animate: false})")
    twins = reader.map.locator(".cluster[data-cluster='2']")
    expect(twins).to_have_text("2")

    twins.press("Enter")
    choices = reader.map.locator(".place-choices button")
    expect(choices).to_have_text(["Spot twin-a", "Spot twin-b"])
    expect(choices.first).to_be_focused()
    reader.page.keyboard.press("Escape")
    expect(choices.first).to_be_hidden()
    twins.click()
    choices.last.click()

    expect(entry(reader, "Spot twin-b")).to_have_class(re.compile("chosen"))
    expect(pin(reader, "xinan/twin-b")).to_have_attribute("aria-pressed", "true")


def test_a_place_whose_location_is_not_stated_is_never_a_point(placed: OpenPage) -> None:
    name = "Zhejiang Shangfeng Machinery Co., Ltd."
    reader = placed("town=leidian&lang=en", reduced_motion="reduce")

    reader.division("xinan").hover()
    expect(reader.map.locator(".tip")).to_contain_text(f"Exact location not stated: {name}")
    described = reader.division("xinan").get_attribute("aria-describedby")
    expect(reader.map.locator(f"#{described}")).to_contain_text(name)
    assert reader.division("leidian").get_attribute("aria-label") == "Leidian Town, Environment"
    reader.press("xinan")
    link(reader, name).click()

    expect(entry(reader, name)).to_contain_text("exact location not stated in the source")
    expect(reader.map.locator(".place-card")).to_contain_text(name)
    reader.expect_map_around("xinan")
    keys = {button.get_attribute("data-place") for button in reader.map.locator(".pin").all()}
    assert not {key for key in keys if key and re.search("shangfeng|qianteng", key)}
    assert reader.query["place"] == ["shangfeng"]


def test_the_bundled_stories_put_no_point_on_the_map(
    visit: Callable[..., StoryPage], full: str
) -> None:
    reader = visit(f"{full}/?town=kangqian&place=tianan-cloud-valley&lang=en")
    reader.wait_for_map()
    reader.map.locator("body[data-places]").wait_for()

    expect(reader.map.locator(".place-card")).to_contain_text("location not stated in the source")
    expect(reader.map.locator(".story-place")).to_have_count(0)
    assert int(reader.map.locator("body").get_attribute("data-places") or 0) >= 10


@pytest.mark.parametrize("zoom", [11, 13, 15])
def test_the_disc_of_an_approximate_place_has_its_radius_on_the_ground(
    placed: OpenPage, zoom: int
) -> None:
    reader = placed("town=yuyue&lang=en", reduced_motion="reduce")
    reader.frame.evaluate(
        "zoom => window.map.setView([30.512, 120.262], zoom, {animate: false})", zoom
    )
    if reader.map.locator(".place-disc").count() == 0:
        link(reader, "Spot south").click()
        reader.map.locator(".place-disc").wait_for()
    west, east, lat, pixel = reader.frame.evaluate(
        """() => {
          const [box, map] = ['.place-disc', '.leaflet-container']
            .map(each => document.querySelector(each).getBoundingClientRect());
          const y = box.top + box.height / 2 - map.top;
          const at = x => window.map.containerPointToLatLng([x - map.left, y]);
          const line = 0.5; // half of it lies outside the radius
          const [left, right] = [box.left + line, box.right - line];
          return [at(left).lng, at(right).lng, at(left).lat, at(left + 1).lng - at(left).lng];
        }"""
    )
    across = EARTH.inv(west, lat, east, lat)[2]
    metres_of_a_pixel = EARTH.inv(west, lat, west + pixel, lat)[2]
    assert across / 2 == pytest.approx(800, abs=metres_of_a_pixel)
    reader.frame.evaluate("window.map.setView([30.53, 120.262], 13.5, {animate: false})")
    expect(reader.map.locator(".place-disc")).to_have_count(1)


def test_an_address_opens_a_place_and_an_unknown_one_is_told(placed: OpenPage) -> None:
    reader = placed("town=yuyue&place=south&lang=en")

    expect(entry(reader, "Spot south")).to_have_class(re.compile("chosen"))
    expect(pin(reader, "yuyue/south")).to_have_attribute("aria-pressed", "true")
    reader.open("town=yuyue&place=nowhere&lang=en")
    expect(reader.page.get_by_text("names a place, “nowhere”")).to_be_visible()
    expect(reader.panel.locator(".place-entry.chosen")).to_have_count(0)
    reader.open("town=yuyue&place=south&lang=en")
    reader.language("中文").click()
    expect(entry(reader, "点south")).to_have_class(re.compile("chosen"))
    expect(pin(reader, "yuyue/south")).to_have_attribute(
        "aria-label", re.compile("误差在800米以内")
    )
    assert asked(reader) == {"town": ["yuyue"], "place": ["south"], "lang": ["zh"]}


TARGETS = ".place-list :is(a, summary)"


def test_a_place_is_hit_by_a_finger(placed: OpenPage) -> None:
    reader = placed(
        "town=yuyue&place=north&lang=zh", viewport=PHONE, has_touch=True, is_mobile=True,
        reduced_motion="reduce",
    )  # fmt: skip

    targets = (reader.map.locator(".story-place button"), reader.panel.locator(TARGETS))
    sizes = [box.bounding_box() for found in targets for box in found.all()]
    assert len(sizes) > 4
    assert all(box and min(box["width"], box["height"]) >= 43.5 for box in sizes), sizes
    assert reader.overflow() == 0
    reader.frame.evaluate("window.map.setView([30.53, 120.262], 12, {animate: false})")
    pin(reader, "yuyue/south").tap()
    expect(pin(reader, "yuyue/south")).to_have_attribute("aria-pressed", "true")
    expect(entry(reader, "点south")).to_have_class(re.compile("chosen"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_no_violation_in_places(placed: OpenPage, lang: str, scheme: str) -> None:
    reader = placed(f"town=yuyue&place=south&lang={lang}", color_scheme=scheme, viewport=PHONE)
    found = violations(reader)
    reader.open(f"town=kangqian&place=zhengxi&lang={lang}")
    reader.map.locator("body[data-places]").wait_for()
    found += violations(reader)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_the_readers_own_colours_points_are_still_told_apart(
    placed: OpenPage, scheme: str
) -> None:
    reader = placed(
        "town=yuyue&place=north&lang=en", forced_colors="active", color_scheme=scheme,
        reduced_motion="reduce",
    )  # fmt: skip
    fills = {
        key: pin(reader, f"yuyue/{key}").evaluate(
            "e => [getComputedStyle(e, '::before').backgroundColor,"
            " getComputedStyle(e, '::before').borderColor]"
        )
        for key in ("north", "south")
    }
    assert fills["north"][0] == fills["north"][1] == fills["south"][1] != fills["south"][0]


def test_on_paper_the_places_stand_with_their_sources(placed: OpenPage) -> None:
    reader = placed("town=xinan&lang=en")
    reader.page.emulate_media(media="print")

    first = reader.panel.locator(".place-entry", has_text="Shangfeng")
    expect(first.get_by_text("Section “", exact=False)).to_be_visible()
    expect(first.locator("summary")).to_be_hidden()


def test_without_scripts_the_places_are_links(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{server}/?town=yuyue&lang=en")
    shown = page.locator(".place-list").get_by_role("link", name="Spot south", exact=True)

    shown.click()

    expect(page).to_have_url(re.compile(r"\?town=yuyue&place=south&lang=en#place-south$"))
    expect(page.locator("#place-south.chosen")).to_be_in_viewport()
    expect(page.locator("#place-south")).to_contain_text("location within about 800 metres")


MANY = 2_000


def test_two_thousand_places_leave_the_map_quick(
    tmp_path_factory: pytest.TempPathFactory, visit: Callable[..., StoryPage]
) -> None:
    towns = ("leidian", "xinan", "yuyue", "kangqian")
    middles = ((120.144, 30.513), (120.187, 30.556), (120.266, 30.530), (120.035, 30.553))
    further = [
        (
            town,
            "".join(
                place(f"p{n}", lon + (n % 22 - 11) * 0.001, lat + (n // 22 - 11) * 0.001)
                for n in range(480)
            ),
        )
        for town, (lon, lat) in zip(towns, middles, strict=True)
    ]
    folder = placed_atlas(tmp_path_factory.mktemp("many") / "deqing", further)
    with streamlit_server(ROOT / "serve.py", env={"ATLAS": str(folder)}) as where:
        reader = visit(f"{where}/?lang=en")
        reader.wait_for_map()
        reader.map.locator("body[data-places]").wait_for()
        assert int(reader.map.locator("body").get_attribute("data-places") or 0) >= 1_920
        assert reader.map.locator(".story-place").count() < 60

        took = reader.frame.evaluate(
            """() => {
              const begin = performance.now();
              for (const zoom of [12, 13, 14, 13, 12]) {
                window.map.setView([30.54, 120.18], zoom, { animate: false });
              }
              return (performance.now() - begin) / 5;
            }"""
        )
        assert took < 150, "milliseconds for a new view, on a machine that is busy"
        reader.press("leidian")
        expect(reader.heading).to_have_text(re.compile("^Leidian"))
