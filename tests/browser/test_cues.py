"""What the map does for a passage, on maps that are not drawn as usual."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.geo.coverage.test_inset import frame
from tests.support.command import main
from tests.support.servers import ROOT, streamlit_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.story_page import StoryPage

SIDE = 18
"""Divisions in a row of a map of more than are drawn as elements."""


def box(west: float, east: float, south: float, north: float) -> list[Any]:
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def collection(boxes: dict[str, list[list[Any]]]) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"C-{place}", "name": name},
            "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        }
        for place, (name, polygons) in enumerate(boxes.items())
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


FIJI = {
    "Western": [box(177.2, 178.6, -17.4, -16.1)],
    "Northern": [box(178.6, 180, -17.4, -16.1), box(-180, -179.8, -17.4, -16.1)],
    "Lau": [box(-179.8, -179, -17.4, -16.1)],
}
GRID = {
    f"D{x:02}{y:02}": [box(10 + x / 10, 10.1 + x / 10, 40 + y / 10, 40.1 + y / 10)]
    for x in range(SIDE)
    for y in range(SIDE)
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `open_page` looks: several atlases."""
    folder: Path = tmp_path_factory.mktemp("cues")
    library = folder / "library"
    library.mkdir()
    (folder / "fiji.geojson").write_text(collection(FIJI), "utf-8")
    (folder / "grid.geojson").write_text(collection(GRID), "utf-8")
    isles = frame().assign(code=["1", "2", "3", "4"])[["code", "slug", "inset", "geometry"]]
    (folder / "isles.geojson").write_text(isles.to_json(), "utf-8")
    plain = ["--code", "code", "--name", "en=name"]
    asked = {
        "fiji": plain,
        "grid": plain,
        "isles": ["--code", "code", "--name", "en=slug", "--inset", "inset=Isles"],
    }
    for name, options in asked.items():
        words = ["new", str(library / name), "--boundaries", str(folder / f"{name}.geojson")]
        towns = ["--towns", "d0303,d0304"] if name == "grid" else []
        assert main([*words, *towns, "--languages", "en", "--", *options]) == 0
    with streamlit_server(ROOT / "streamlit_app.py", env={"ATLAS": str(library)}) as where:
        yield where


def show(reader: StoryPage, cue: dict[str, Any] | None) -> None:
    reader.frame.evaluate("cue => window.storymap.showCue(cue)", cue)


def is_around(reader: StoryPage, lon: float, lat: float, near: float) -> None:
    """Wait until the map looks there, nearer than the whole county."""
    reader.frame.wait_for_function(
        """([lon, lat, near]) => {
          const center = window.map.getCenter();
          return Math.abs(center.lng - lon) < near && Math.abs(center.lat - lat) < near
            && window.map.getZoom() > window.map.getMinZoom();
        }""",
        arg=[lon, lat, near],
    )


def test_an_extent_and_a_point_beyond_the_antimeridian(
    open_page: Callable[..., StoryPage],
) -> None:
    reader = open_page("atlas=fiji&lang=en", reduced_motion="reduce")
    drawn = reader.frame.evaluate("window.map.getCenter().lng")
    turn = 360 if drawn > 0 else 0

    show(reader, {"look": {"point": [-179.4, -16.7], "slugs": ["lau"]}})
    is_around(reader, -179.4 + turn, -16.7, 0.4)
    expect(reader.map.locator("path.scene-point")).to_have_count(1)
    show(reader, {"look": {"box": [179.5, -17, 180.2, -16.4]}})
    is_around(reader, 179.85 - 360 + turn, -16.7, 0.3)
    expect(reader.map.locator("path.scene-point")).to_have_count(0)


def test_a_point_on_a_far_island_is_where_the_island_is_drawn(
    open_page: Callable[..., StoryPage],
) -> None:
    reader = open_page("atlas=isles&lang=en", reduced_motion="reduce")

    show(reader, {"look": {"point": [20.1, 40.1], "slugs": ["isle"]}})
    expect(reader.division("isle")).to_have_class(re.compile(r"\blit\b"))
    reader.frame.wait_for_function(
        """() => {
          const { left, right, top, bottom } =
            document.querySelector("path[data-slug=isle]").getBoundingClientRect();
          return right - left > 60 && left >= 0 && right <= innerWidth
            && top >= 0 && bottom <= innerHeight;
        }"""
    )


def test_on_a_canvas_divisions_stand_out_too(open_page: Callable[..., StoryPage]) -> None:
    reader = open_page("atlas=grid&lang=en", reduced_motion="reduce")
    canvas = reader.map.locator(".leaflet-divisions-pane > canvas")
    before = reader.map_view()

    show(reader, {"look": {"slugs": ["d0303"]}, "light": ["d0303", "d0304"]})
    is_around(reader, 10.35, 40.35, 0.1)
    expect(reader.map.locator("path.lit-shape")).to_have_count(2)
    expect(canvas).to_have_css("opacity", "0.35")
    expect(reader.map.locator(".label span.lit:visible")).to_have_count(2)
    show(reader, None)
    expect(reader.map.locator("path.lit-shape")).to_have_count(0)
    expect(canvas).to_have_css("opacity", "1")
    assert reader.map_view() == pytest.approx(before, abs=0.01)
