"""An atlas with far islands, as a reader meets it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.geo.coverage.test_inset import frame
from tests.support.command import main
from tests.support.servers import ROOT, streamlit_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.story_page import StoryPage


METRICS = """
  - {id: wells, label: {en: Wells}, unit: {en: wells}, kind: count, source: {en: Made up}}
  - {id: woods, label: {en: Woods}, unit: {en: "%"}, kind: share, source: {en: Made up}}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `open_page` looks."""
    folder = tmp_path_factory.mktemp("isles")
    rows = frame().assign(code=["1", "2", "3", "4"])[["code", "slug", "inset", "geometry"]]
    (folder / "isles.geojson").write_text(rows.to_json(), encoding="utf-8")
    words = ["new", str(folder / "isles"), "--boundaries", str(folder / "isles.geojson")]
    asked = ["--code", "code", "--name", "en=slug", "--inset", "inset=Isles"]
    assert main([*words, "--languages", "en", "--", *asked]) == 0
    atlas = folder / "isles" / "atlas.yaml"
    text = atlas.read_text(encoding="utf-8")
    atlas.write_text(text.replace("\nmetrics: []", "\nmetrics:" + METRICS), encoding="utf-8")
    lines = ["division,metric,period,value", *(f"{n},wells,2024,{n * 10}" for n in range(1, 5))]
    lines += ["1,woods,2024,20", "2,woods,2024,30", "3,woods,2024,55"]
    (folder / "isles" / "metrics.csv").write_text("\n".join(lines), encoding="utf-8")
    with streamlit_server(ROOT / "serve.py", env={"ATLAS": str(folder / "isles")}) as where:
        yield where


@pytest.mark.parametrize("width", [390, 1280])
def test_a_far_island_is_seen_named_and_chosen(
    open_page: Callable[..., StoryPage], width: int
) -> None:
    reader = open_page("lang=en", viewport={"width": width, "height": 844})

    inset = reader.map.locator("path.inset").bounding_box()
    isle = reader.division("isle").bounding_box()
    land = reader.division("north").bounding_box()
    assert inset is not None
    assert isle is not None
    assert land is not None
    assert land["width"] > 120, "the land is not small for the sake of the islands"
    assert inset["x"] < isle["x"] < isle["x"] + isle["width"] < inset["x"] + inset["width"]
    expect(reader.map.locator(".legend")).to_contain_text("moved here, at a different scale")
    reader.press("isle")
    expect(reader.chosen()).to_have_attribute("data-slug", "isle")
    expect(reader.panel.locator(".boundary")).to_contain_text("in an inset")
    assert reader.query["town"] == ["isle"]


def test_the_data_are_where_the_island_is(open_page: Callable[..., StoryPage], server: str) -> None:
    reader = open_page("lang=en")
    answer = reader.page.request.get(f"{server}/data/boundaries.geojson")
    features = {each["id"]: each for each in json.loads(answer.text())["features"]}
    lon, lat = features["isle"]["geometry"]["coordinates"][0][0][:2]
    assert (20 <= lon <= 20.2, 40 <= lat <= 40.3) == (True, True)


def test_a_count_of_a_far_island_is_a_circle_in_its_frame(
    open_page: Callable[..., StoryPage],
) -> None:
    reader = open_page("lang=en&metric=wells")
    circles = reader.map.locator("circle.symbol")
    expect(circles).to_have_count(4)
    for slug in ("isle", "north"):
        box, land = (
            each.bounding_box()
            for each in (reader.map.locator(f"circle[data-slug={slug}]"), reader.division(slug))
        )
        assert box
        assert land
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        assert land["x"] < x < land["x"] + land["width"]
        assert land["y"] < y < land["y"] + land["height"]


def test_what_has_no_value_is_hatched_and_said(open_page: Callable[..., StoryPage]) -> None:
    reader = open_page("lang=en&metric=woods")
    bare = reader.map.locator("path.no-value")
    expect(bare).to_have_count(1)
    assert "no-value" in str(bare.evaluate("path => getComputedStyle(path).fill"))
    expect(bare).to_have_attribute("aria-label", re.compile("Woods.*No figure for this period"))
    expect(reader.page.locator(".metric-bar")).to_contain_text("No data")
