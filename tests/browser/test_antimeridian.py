"""An atlas on both sides of the antimeridian, as a reader meets it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.support.command import main
from tests.support.servers import ROOT, streamlit_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.story_page import StoryPage


def box(west: float, east: float, south: float, north: float) -> list[Any]:
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


FIJI = {
    "Western": [box(177.2, 178.6, -17.4, -16.1)],
    "Northern": [box(178.6, 180, -17.4, -16.1), box(-180, -179.8, -17.4, -16.1)],
    "Lau": [box(-179.8, -179, -17.4, -16.1)],
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `open_page` looks."""
    folder: Path = tmp_path_factory.mktemp("fiji")
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"FJ-{place}", "name": name},
            "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        }
        for place, (name, polygons) in enumerate(FIJI.items())
    ]
    file = folder / "fiji.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    words = ["new", str(folder / "fiji"), "--boundaries", str(file), "--languages", "en"]
    assert main([*words, "--", "--code", "code", "--name", "en=name"]) == 0
    with streamlit_server(ROOT / "streamlit_app.py", env={"ATLAS": str(folder / "fiji")}) as where:
        yield where


def test_the_map_shows_one_land_and_each_town_answers(
    open_page: Callable[..., StoryPage],
) -> None:
    story_map = open_page("lang=en")
    boxes = {
        slug: story_map.division(slug).evaluate("path => path.getBoundingClientRect().toJSON()")
        for slug in ("western", "northern", "lau")
    }
    width = sum(each["width"] for each in boxes.values())
    assert width > 300  # on a map of the whole earth it would be some ten pixels
    for west, east in (("western", "northern"), ("northern", "lau")):
        assert abs(boxes[west]["right"] - boxes[east]["left"]) < 4
    story_map.press("lau")
    expect(story_map.chosen()).to_have_attribute("data-slug", "lau")
    expect(story_map.map.locator(".label span:not([hidden])")).to_have_count(3)
