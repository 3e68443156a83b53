"""Still maps of metrics, by both pens."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from math import pi, sqrt
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import geopandas as gpd
import pytest
import shapely
from PIL import Image, ImageColor, ImageDraw, ImageFont

from geo.map.fitted import Frame
from geo.map.ink import contrast, ink_on
from geo.map.metric_still import MetricStill, MetricStyle, StillCircle
from geo.map.pens import FromTheRight, PixelPen, SvgPen, Text
from stories.metrics import Classification, scale

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.map.pens import Ink

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Frame((300, 200), left=20, top=20, right=20, bottom=20)
RED, BLUE = "#cc0000", "#0000cc"
PAPER = "#ffffff"
HOSTILE = '<script>alert("1")</script> & Co'


def square(west: float, south: float, side: float = 0.1) -> BaseGeometry:
    return shapely.box(120 + west, 30 + south, 120 + west + side, 30 + south + side)


def divisions(status: str = "published") -> gpd.GeoDataFrame:
    rows = {"slug": list("abc"), "boundary_status": ["published", status, "published"]}
    shapes = [square(0, 0), square(0.1, 0), square(0.2, 0)]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")


class Face:
    """Pillow's own letters."""

    def __init__(self, size: int, _is_bold: bool) -> None:  # noqa: FBT001  # as the pen calls it
        self._font = ImageFont.load_default(size)

    def draw(
        self,
        pen: ImageDraw.ImageDraw,
        at: tuple[float, float],
        text: str,
        ink: Ink,
        *,
        anchor: str,
    ) -> None:
        pen.text(at, text, font=self._font, fill=ink.colour, anchor=anchor)


def svg(style: MetricStyle, shapes: gpd.GeoDataFrame | None = None) -> ET.Element:
    pen = SvgPen(FRAME.size, PAPER, HOSTILE, "en")
    MetricStill(divisions() if shapes is None else shapes, FRAME, style).draw(pen)
    pen.text((10, 10), Text(HOSTILE, 12, "#000000"))
    return ET.fromstring(pen.finish())  # our own


def pixels(style: MetricStyle) -> Image.Image:
    pen = PixelPen(FRAME.size, PAPER, Face)
    MetricStill(divisions(), FRAME, style).draw(pen)
    return Image.open(io.BytesIO(pen.finish())).convert("RGB")


def fills(picture: ET.Element) -> list[str]:
    return [path.get("fill", "") for path in picture.iter(f"{SVG}path")]


def near(image: Image.Image, slug: str, colour: str) -> float:
    """Return which part of a division is nearly of a colour."""
    left, top, right, bottom = MetricStill(divisions(), FRAME, MetricStyle()).map.box(slug)
    part = image.crop((round(left) + 3, round(top) + 3, round(right) - 3, round(bottom) - 3))
    wanted = ImageColor.getrgb(colour)[:3]
    found = [
        sum(abs(one - other) for one, other in zip(pixel, wanted, strict=True)) < 40
        for pixel in part.get_flattened_data()
        if isinstance(pixel, tuple)
    ]
    return sum(found) / len(found)


def test_divisions_have_the_colours_of_their_classes() -> None:
    style = MetricStyle(fills={"a": RED, "b": BLUE})
    assert {RED, BLUE, style.quiet} <= set(fills(svg(style)))
    picture = pixels(style)
    assert near(picture, "a", RED) > 0.95
    assert near(picture, "b", BLUE) > 0.95
    assert near(picture, "c", style.quiet) > 0.95


def test_what_has_no_value_is_hatched_and_what_is_uncertain_is_dotted() -> None:
    style = MetricStyle(fills={"a": RED}, dots={"a": PAPER}, hatched=["b"])
    picture = svg(style)
    used = {each[5:-1] for each in fills(picture) if each.startswith("url(#")}
    assert used == {each.get("id") for each in picture.iter(f"{SVG}pattern")}
    assert len(used) == 2
    drawn = pixels(style)
    assert 0.5 < near(drawn, "a", RED) < 0.98
    assert 0.4 < near(drawn, "b", style.land) < 0.95
    assert near(drawn, "c", style.quiet) > 0.95


def test_areas_of_circles_are_in_proportion() -> None:
    circles = {"a": StillCircle(1, RED), "b": StillCircle(0.25, BLUE), "c": StillCircle(0, BLUE)}
    style = MetricStyle(circles=circles, fullest=1.25)
    radii = {each.get("fill"): float(each.get("r", 0)) for each in svg(style).iter(f"{SVG}circle")}
    assert radii[BLUE] ** 2 / radii[RED] ** 2 == pytest.approx(0.25, rel=0.001)
    assert radii[style.land] > 0  # a count of none is seen, too
    still = MetricStill(divisions(), FRAME, style)
    drawn = near(pixels(style), "a", RED)
    left, top, right, bottom = still.map.box("a")
    area = drawn * (right - left - 6) * (bottom - top - 6)
    assert sqrt(area / pi) == pytest.approx(still.radius("a"), rel=0.1)


def test_an_uncertain_circle_has_a_dashed_rim() -> None:
    circles = {"a": StillCircle(1, RED), "b": StillCircle(0.5, BLUE, is_uncertain=True)}
    dashes = {
        each.get("fill"): each.get("stroke-dasharray")
        for each in svg(MetricStyle(circles=circles, fullest=1.5)).iter(f"{SVG}circle")
    }
    assert dashes[RED] is None
    assert dashes[BLUE]


@pytest.mark.parametrize("status", ["published", "reconstructed"])
def test_reconstructed_lines_are_dashed(status: str) -> None:
    lines = [
        path.get("stroke-dasharray")
        for path in svg(MetricStyle(), divisions(status)).iter(f"{SVG}path")
        if path.get("d") and path.get("stroke")
    ]
    assert any(lines) == (status == "reconstructed")


def test_words_are_words_and_no_font_is_fetched() -> None:
    picture = svg(MetricStyle())
    assert [each.text for each in picture.iter(f"{SVG}text")] == [HOSTILE]
    assert picture.findtext(f"{SVG}title") == HOSTILE
    assert not list(picture.iter(f"{SVG}script"))
    assert not list(picture.iter(f"{SVG}style"))
    hrefs = [value for each in picture.iter() for key, value in each.items() if "href" in key]
    assert hrefs == []


@pytest.mark.parametrize("n", range(1, 8))
def test_names_are_read_on_each_class_of_each_scale(n: int) -> None:
    edges = Classification(tuple(map(_decimal, range(n + 1))))
    two_ways = Classification(tuple(map(_decimal, range(-n, n + 1))))
    for colours in map(scale, (edges, two_ways)):
        for colour in (*colours.light, *colours.dark):
            assert contrast(ink_on(colour), colour) >= 4.5, colour


def _decimal(number: int) -> Decimal:
    return Decimal(number)


def test_what_is_turned_begins_on_the_right() -> None:
    pen = SvgPen(FRAME.size, PAPER, lang="ar", is_rtl=True)
    turned = FromTheRight(pen, FRAME.size[0])
    turned.text((20, 10), Text("أ", 12, "#000000"))
    turned.area(shapely.box(10, 5, 30, 15), "#123456")
    picture = ET.fromstring(turned.finish())  # our own

    [group] = picture.iter(f"{SVG}g")
    [words] = picture.iter(f"{SVG}text")
    assert group.get("direction") == "rtl"
    assert (words.get("x"), words.get("text-anchor")) == (f"{FRAME.size[0] - 20:.1f}", "start")
    [area] = [path for path in picture.iter(f"{SVG}path") if path.get("fill") == "#123456"]
    numbers = [float(each) for each in re.findall(r"[\d.]+", area.get("d", ""))]
    assert {FRAME.size[0] - 10.0, FRAME.size[0] - 30.0} <= set(numbers)
