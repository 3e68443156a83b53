"""What the first visit waits for, and what it does not."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from streamlit import file_util

from stories.view.icons import outline

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from tests.support.story_page import StoryPage

STATIC = Path(file_util.get_static_dir()) / "static"
BACKGROUND = {"light": "rgb(251, 250, 246)", "dark": "rgb(20, 25, 28)"}
DIFFERENCE = """async ({ name, outline, size, whole }) => {
  document.fonts.add(new FontFace("whole", `url(data:font/woff2;base64,${whole})`));
  await document.fonts.load("96px whole");
  const pixels = (draw) => {
    const brush = new OffscreenCanvas(96, 96).getContext("2d");
    draw(brush);
    return brush.getImageData(0, 0, 96, 96).data.filter((_, i) => i % 4 === 3);
  };
  const letter = pixels((brush) => { brush.font = "96px whole"; brush.fillText(name, 0, 96); });
  const drawn = pixels((brush) => {
    brush.scale(96 / size, 96 / size);
    brush.fill(new Path2D(outline));
  });
  const ink = letter.reduce((sum, each) => sum + each, 0);
  return letter.reduce((sum, each, i) => sum + Math.abs(each - drawn[i]), 0) / ink;
}"""
"""How much of an icon's ink the outline has elsewhere than the font."""


ICON = """() => {
  const icon = document.body.appendChild(document.createElement("span"));
  icon.style.fontFamily = "Material Symbols Rounded";
  icon.textContent = "expand_more";
}"""


def icon_font() -> str:
    """Return Streamlit's own icon font, whole, as a script takes it."""
    font = next((STATIC / "media").glob("MaterialSymbols*")).read_bytes()
    return base64.b64encode(font).decode()


def held_back(page: Page, addresses: re.Pattern[str]) -> list[Route]:
    """Let nobody answer what the page asks for there; return what it asked."""
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    page.route(addresses, hold)
    return asked


def test_what_the_map_needs_is_fetched_while_the_page_starts(
    visit: Callable[..., StoryPage], full: str
) -> None:
    reader = visit(f"{full}/?lang=zh")
    reader.wait_for_map()  # somebody has been here
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))

    reader.page.goto(f"{full}/?town=xinan&lang=zh")
    reader.wait_for_map()

    early = reader.page.locator('head link[rel="prefetch"]')
    addresses = early.evaluate_all("links => links.map(link => link.href)")
    assert [urlsplit(each).path.rpartition(".")[2] for each in addresses] == [
        *("js", "js", "js", "css", "css", "geojson"),
    ]
    for address in addresses:  # what is fetched early is what the map then asks for
        assert asked.count(address) == 2
        answer = reader.page.request.get(address)
        assert answer.ok
        assert "immutable" in answer.headers["cache-control"]  # and it need not ask again
    head = reader.page.request.get(f"{full}/?town=xinan&lang=zh").text()
    scripts = [urlsplit(each).path for each in asked if "/static/js/" in each]
    assert not [each for each in scripts if each.rpartition("/")[2] not in head + str(addresses)]


def test_the_story_waits_for_no_question_that_the_page_has_answered(
    visit: Callable[..., StoryPage], full: str
) -> None:
    reader = visit("about:blank")
    unanswered = held_back(reader.page, re.compile("/_stcore/(health|host-config)$"))
    reader.page.goto(f"{full}/?town=xinan&lang=zh")
    reader.wait_for_map()
    assert {urlsplit(each.request.url).path for each in unanswered} == {
        "/_stcore/health",
        "/_stcore/host-config",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_its_looks_before_the_server_speaks(
    visit: Callable[..., StoryPage], full: str, scheme: str
) -> None:
    reader = visit("about:blank", color_scheme=scheme)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.page.route_web_socket("**/_stcore/stream", lambda _: None)  # it says nothing
    reader.page.goto(full)
    icon = reader.page.locator("link[rel=icon]")
    expect(icon).to_have_attribute("href", re.compile("^data:image/svg"))
    app = reader.page.get_by_test_id("stApp")
    expect(app).to_have_css("background-color", BACKGROUND[scheme])
    expect(app).to_have_css("font-family", re.compile("^system-ui"))
    reader.page.evaluate("document.fonts.ready")
    needless = ("SourceSans", "MaterialSymbols", "favicon")
    assert not [each for each in asked if any(name in each for name in needless)]


def test_no_icon_font_is_fetched_before_an_icon_is_shown(
    visit: Callable[..., StoryPage], full: str
) -> None:
    reader = visit("about:blank")
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.page.goto(f"{full}/?town=xinan&lang=zh")
    reader.wait_for_map()
    reader.press("leidian")
    expect(reader.heading).to_contain_text("雷甸")
    assert not [each for each in asked if "MaterialSymbols" in each]
    with reader.page.expect_request("**/MaterialSymbols*"):  # and with the first one it is
        reader.page.evaluate(ICON)


def test_the_divisions_are_asked_for_while_leaflet_is_on_its_way(
    visit: Callable[..., StoryPage], server: str
) -> None:
    reader = visit("about:blank")
    leaflet = held_back(reader.page, re.compile("/leaflet.js"))
    with reader.page.expect_response("**/divisions.geojson*"):
        reader.page.goto(server)
    (held,) = leaflet
    held.continue_()
    reader.wait_for_map()


@pytest.mark.parametrize("outcome", ["late", "never"])
def test_towns_answer_before_what_lies_around_them_is_there(
    visit: Callable[..., StoryPage], full: str, outcome: str
) -> None:
    reader = visit("about:blank")
    held = held_back(reader.page, re.compile("/neighbours.geojson"))
    reader.page.goto(f"{full}/?lang=zh")
    reader.map.locator("body[data-answers]").wait_for()
    reader.press("xinan")
    expect(reader.heading).to_contain_text("新安")
    around = reader.map.locator("path.neighbour")
    expect(around).to_have_count(0)
    for each in held:
        each.continue_() if outcome == "late" else each.abort()
    expect(around).to_have_count(1 if outcome == "late" else 0)
    reader.press("leidian")
    expect(reader.heading).to_contain_text("雷甸")


def test_themes_have_their_icons_without_any_font(
    visit: Callable[..., StoryPage], full: str
) -> None:
    reader = visit("about:blank")
    reader.page.route("**/MaterialSymbols*", lambda route: route.abort())
    reader.page.goto(full)
    icons = reader.page.locator(".themes button i")
    expect(icons).to_have_count(4)
    cuts = icons.evaluate_all("icons => icons.map(each => getComputedStyle(each).clipPath)")
    assert all(cut.startswith('path("M') for cut in cuts), "what the browser does not understand"
    assert len(set(cuts)) == 4


@pytest.mark.parametrize("name", ["eco", "factory", "school", "handshake", "view_week", "wifi"])
def test_an_icon_looks_as_its_font_has_it(open_page: Callable[..., StoryPage], name: str) -> None:
    icon = {"name": name, "outline": outline(name), "size": 18, "whole": icon_font()}
    assert open_page().page.evaluate(DIFFERENCE, icon) < 0.05
