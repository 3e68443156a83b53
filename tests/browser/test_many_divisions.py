"""A metric of very many divisions: nothing is drawn twice, and nobody waits for a table."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.support.servers import ROOT, streamlit_server
from tests.support.story_page import StoryPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

SIDE = 18
"""Divisions in a row, and rows: more than are drawn as elements."""
PERIODS = ("2020", "2021")
TURNED = tuple(zip(PERIODS, (1, -1), strict=True))
FIRST, LAST = "0000乡", f"{(SIDE - 1):02}{(SIDE - 1):02}乡"
PAINTS = """
const fill = CanvasRenderingContext2D.prototype.fill;
CanvasRenderingContext2D.prototype.fill = function (...all) {
  if (this.canvas.isConnected) window.painted = (window.painted ?? 0) + 1;
  return fill.apply(this, all);
};
"""
"""Counts what is filled on the map's canvas."""


def square(x: int, y: int) -> dict[str, Any]:
    """Return a division of a hundredth of a degree."""
    west, east = (120 + each / 100 for each in (x, x + 1))
    south, north = (30 + each / 100 for each in (y, y + 1))
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    slug = f"d{x:02}{y:02}"
    named = {"slug": slug, "code": slug[1:], "name_zh": f"{slug[1:]}乡"}
    about = {"boundary_status": "published", "source": "made", "area_km2": 1.07}
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": named | about, "geometry": geometry}


def write_atlas(folder: Path) -> Path:
    """Write an atlas of many divisions with a metric, whose ranks are turned round."""
    squares = [square(x, y) for x in range(SIDE) for y in range(SIDE)]
    slugs = [each["properties"]["slug"] for each in squares]
    (folder / "shapes").mkdir(parents=True)
    collection = {"type": "FeatureCollection", "features": squares}
    (folder / "shapes" / "divisions.geojson").write_text(json.dumps(collection), encoding="utf-8")
    metric = {"id": "wells", "label": {"zh": "井"}, "unit": {"zh": "口"}, "kind": "index"}
    atlas = {
        "id": "many",
        "title": {"zh": "多"},
        "place": {"zh": "多县"},
        "intro": {"zh": "为测试而生成。"},
        "languages": ["zh"],
        "boundaries": "shapes",
        "themes": [{"id": "water", "label": {"zh": "水"}, "icon": "eco", "colour": "#377049"}],
        "source": {"title": {"zh": "生成"}},
        "stories": slugs[:1],
        "no_story": slugs[1:],
        "metrics": [metric | {"source": {"zh": "生成"}}],
    }
    (folder / "atlas.yaml").write_text(json.dumps(atlas, ensure_ascii=False), encoding="utf-8")
    story = json.dumps({"town": slugs[0], "themes": ["water"]})  # JSON is YAML
    (folder / f"{slugs[0]}.yaml").write_text(story, encoding="utf-8")
    (folder / f"{slugs[0]}.zh.md").write_text("# 水\n\n这里有水。\n", encoding="utf-8")
    with (folder / "metrics.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["division", "metric", "period", "value"])
        for place, slug in enumerate(slugs, 1):
            table.writerows([slug, "wells", period, sign * place] for period, sign in TURNED)
    return folder


@pytest.fixture(scope="module", params=["streamlit_app.py", "serve.py"])
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    atlas = write_atlas(tmp_path_factory.mktemp("many") / "atlas")
    with streamlit_server(ROOT / request.param, env={"ATLAS": str(atlas)}) as address:
        yield address


def test_rows_come_when_the_table_is_unfolded(many: str, visit: Callable[..., StoryPage]) -> None:
    reader = visit(f"{many}/?metric=wells")
    reader.wait_for_map()
    table = reader.panel.locator(".metric-table")
    assert table.locator("tbody tr").count() == 0
    slider = reader.page.locator(".metric-bar input[type=range]")
    slider.focus()
    slider.press("Home")
    expect(reader.page.locator(".metric-bar .period")).to_have_text("2020年")
    table.locator("summary").first.click()
    rows = table.locator("tbody tr")
    expect(rows).to_have_count(SIDE * SIDE)
    expect(rows.first.locator("th")).to_have_text(LAST)  # in the order of this period
    expect(rows.first.locator("td").nth(0)).to_have_text(str(SIDE * SIDE))
    expect(rows.last.locator("th")).to_have_text(FIRST)


@pytest.mark.parametrize("query", ["", "?metric=wells"])
def test_the_map_is_painted_once(many: str, new_page: Callable[..., Page], query: str) -> None:
    page = new_page()
    page.add_init_script(PAINTS)
    page.goto(f"{many}/{query}")
    reader = StoryPage(page)
    reader.wait_for_map()
    assert reader.frame.evaluate("window.painted") == SIDE * SIDE
    is_coloured = "Boolean(window.map.getContainer().dataset.metric)"
    assert reader.frame.evaluate(is_coloured) == bool(query)
