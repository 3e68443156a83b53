from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely
from PIL import Image, ImageColor

from geo.map.static_map import Frame, MapPicture, MapStyle

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

FRAME = Frame((300, 200), left=20, top=20, right=20, bottom=20)
RED, BLUE, GREEN = "#cc0000", "#0000cc", "#00aa00"
FILLS = {"a": RED, "b": BLUE, "c": GREEN}


def divisions(*shapes: BaseGeometry, status: str = "published") -> gpd.GeoDataFrame:
    rows = {"slug": list("abc")[: len(shapes)], "boundary_status": [status] * len(shapes)}
    return gpd.GeoDataFrame(rows, geometry=list(shapes), crs="EPSG:4326")


def square(west: float, south: float, side: float = 0.1) -> BaseGeometry:
    return shapely.box(120 + west, 30 + south, 120 + west + side, 30 + south + side)


def drawn(frame: gpd.GeoDataFrame, **style: object) -> MapPicture:
    return MapPicture(frame, FRAME, MapStyle(fills=FILLS, **style))  # type: ignore[arg-type]


def middle(picture: MapPicture, slug: str) -> tuple[float, float]:
    left, top, right, bottom = picture.box(slug)
    return (left + right) / 2, (top + bottom) / 2


def colour_at(picture: MapPicture, x: float, y: float) -> object:
    return picture.image.getpixel((round(x), round(y)))


def test_the_picture_fills_its_frame_and_no_more() -> None:
    picture = drawn(divisions(square(0, 0), square(0.1, 0)))
    assert picture.image.size == FRAME.size
    boxes = [picture.box(slug) for slug in "ab"]
    assert min(box[0] for box in boxes) == pytest.approx(20, abs=1)
    assert max(box[2] for box in boxes) == pytest.approx(280, abs=1)
    assert min(box[1] for box in boxes) > 20


def test_each_division_has_its_colour() -> None:
    picture = drawn(divisions(square(0, 0), square(0.1, 0), square(0.2, 0)))
    for slug, colour in FILLS.items():
        assert colour_at(picture, *middle(picture, slug)) == ImageColor.getrgb(colour)


def test_a_town_in_a_town_and_an_island_in_its_lake_are_seen() -> None:
    island = square(0.13, 0.13, 0.04)
    ring = square(0, 0, 0.3).difference(square(0.05, 0.05, 0.2))
    town = square(0.05, 0.05, 0.2).difference(island)
    picture = drawn(divisions(shapely.union_all([island, ring]), town))
    x, y = middle(picture, "a")
    assert colour_at(picture, x, y) == ImageColor.getrgb(RED)
    left, _, right, _ = picture.box("b")
    assert colour_at(picture, left + (right - left) * 0.15, y) == ImageColor.getrgb(BLUE)


@pytest.mark.parametrize("lit", [(), ("a",), ("a", "b"), ("nobody",)])
def test_the_same_shapes_give_the_same_picture(lit: tuple[str, ...]) -> None:
    one, two = (drawn(divisions(square(0, 0), square(0.1, 0)), lit=lit).image for _ in range(2))
    assert one.tobytes() == two.tobytes()


def test_reconstructed_lines_are_dashed() -> None:
    def dark(status: str) -> int:
        style = {"line": "#000000", "quiet": "#ffffff", "land": "#ffffff"}
        frame = divisions(square(0, 0), square(0.1, 0), status=status)
        picture = MapPicture(frame, FRAME, MapStyle(**style))  # type: ignore[arg-type]
        x = round(picture.box("b")[0])
        strip: Image.Image = picture.image.convert("L").crop((x - 2, 40, x + 2, 160))
        return sum(1 for value in strip.resize((1, 120)).tobytes() if value < 200)

    whole, dashed = dark("published"), dark("reconstructed")
    assert 0.4 * whole < dashed < 0.8 * whole


def test_edges_where_the_neighbours_were_cut_are_not_drawn() -> None:
    around = gpd.GeoDataFrame(geometry=[shapely.box(119.95, 29.95, 120.15, 30.15)], crs="EPSG:4326")
    frame = divisions(square(0, 0))
    style = MapStyle(faint="#ff00ff")
    with_, without = (MapPicture(frame, FRAME, style, each).image for each in (around, None))
    assert with_.tobytes() == without.tobytes()


@pytest.mark.parametrize(
    "look", [{"slugs": ("b",)}, {"extent": (120.1, 30, 120.2, 30.1)},
             {"extent": (-239.9, 30, -239.8, 30.1)}]
)  # fmt: skip
def test_a_part_of_the_county_fills_the_frame(look: dict[str, Any]) -> None:
    frame = replace(FRAME, **look)
    county = divisions(square(0, 0), square(0.1, 0), square(0.2, 0))
    picture = MapPicture(county, frame, MapStyle(fills=FILLS))
    left, top, right, bottom = picture.box("b")
    assert top == pytest.approx(20, abs=2)
    assert bottom == pytest.approx(180, abs=2)
    assert left > 20
    assert right < 280
    assert picture.box("a")[2] == pytest.approx(left, abs=1)


def test_the_middle_of_a_bent_division_lies_in_its_widest_part() -> None:
    hook = shapely.union(square(0, 0, 0.2), shapely.box(120.2, 30, 120.6, 30.02))
    picture = drawn(divisions(hook))

    x, y = picture.middle("a")

    assert colour_at(picture, x, y) == ImageColor.getrgb(RED)
    assert x < middle(picture, "a")[0] - 20
