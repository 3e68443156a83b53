"""Two pens that draw the same picture: one writes SVG, one pixels.

Shapes are in pixels of the picture, from its upper left corner.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Literal, Protocol
from xml.sax.saxutils import escape, quoteattr

import shapely
from PIL import Image, ImageDraw

from geo.map.fitted import DASH, GAP, dashes, line_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PIL.ImageFont import FreeTypeFont

    Point = tuple[float, float]
    Anchor = Literal["start", "middle", "end"]

FINENESS = 3
"""A picture of pixels is drawn this many times larger and then reduced, which smooths its edges."""
COLOURS = 128
"""So few that a picture is a third as large, and so many that no line looks rough."""
HATCH_SIDE, HATCH_WIDTH = 7, 1.4
DOT_SIDE, DOT_RADIUS = 9, 0.9
"""Pixels; the map's script has the same (``metric_patterns.js``)."""
CLOSE = 0.25
"""Pixels by which a corner must differ from the last one to be written."""
FONTS = "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', sans-serif"


@dataclass(frozen=True)
class Text:
    """Words in a picture."""

    words: str
    size: int
    """Pixels."""
    colour: str
    anchor: Anchor = "start"
    is_bold: bool = False
    halo: str | None = None
    """Colour around the letters."""


class Pen(Protocol):
    """What draws a picture. Colours are ``#rrggbb``, widths and radii are pixels."""

    def area(self, shape: shapely.Geometry, fill: str) -> None:
        """Fill a polygon, or several."""

    def hatch(self, shape: shapely.Geometry, colour: str) -> None:
        """Lay slanting lines over a polygon."""

    def dot(self, shape: shapely.Geometry, colour: str) -> None:
        """Lay dots over a polygon."""

    def lines(
        self, lines: Iterable[shapely.Geometry], colour: str, width: float, *, dashed: bool = False
    ) -> None:
        """Draw lines."""

    def circle(
        self, at: Point, radius: float, fill: str, stroke: str, *, dashed: bool = False
    ) -> None:
        """Draw a circle with a rim."""

    def text(self, at: Point, text: Text) -> None:
        """Write words on a line whose middle is at a height."""

    def finish(self) -> bytes:
        """Return the picture."""


class SvgPen:
    """Writes SVG that needs nothing besides itself: words are in whatever font there is.

    Parameters
    ----------
    size
        Width and height in pixels.
    ground
        Colour of the paper.
    title
        What the picture is, for those who hear it.
    lang
        Language of its words.
    """

    def __init__(self, size: tuple[int, int], ground: str, title: str = "", lang: str = "") -> None:
        width, height = size
        spoken = f" xml:lang={quoteattr(lang)} lang={quoteattr(lang)}" if lang else ""
        self._begin = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
            f' width="{width}" height="{height}" role="img"{spoken}>'
        )
        if title:
            self._begin += f"<title>{escape(title)}</title>"
        self._patterns: dict[str, str] = {}
        self._parts = [f'<rect width="{width}" height="{height}" fill="{ground}"/>']

    def area(self, shape: shapely.Geometry, fill: str) -> None:
        """See `Pen`."""
        self._parts.append(f'<path d="{_outline(shape)}" fill="{fill}" fill-rule="evenodd"/>')

    def hatch(self, shape: shapely.Geometry, colour: str) -> None:
        """See `Pen`."""
        side = HATCH_SIDE
        lines = f"M-1 1L1 -1M0 {side}L{side} 0M{side - 1} {side + 1}L{side + 1} {side - 1}"
        inside = f'<path d="{lines}" stroke="{colour}" stroke-width="{HATCH_WIDTH}"/>'
        self.area(shape, self._pattern("hatch", colour, side, inside))

    def dot(self, shape: shapely.Geometry, colour: str) -> None:
        """See `Pen`."""
        inside = "".join(
            f'<circle cx="{x}" cy="{y}" r="{DOT_RADIUS}" fill="{colour}"/>' for x, y in _dots()
        )
        self.area(shape, self._pattern("dots", colour, DOT_SIDE, inside))

    def _pattern(self, kind: str, colour: str, side: int, inside: str) -> str:
        name = f"{kind}-{colour.removeprefix('#')}"
        self._patterns[name] = (
            f'<pattern id="{name}" width="{side}" height="{side}" patternUnits="userSpaceOnUse">'
            f"{inside}</pattern>"
        )
        return f"url(#{name})"

    def lines(
        self, lines: Iterable[shapely.Geometry], colour: str, width: float, *, dashed: bool = False
    ) -> None:
        """See `Pen`."""
        path = "".join(map(_path, line_parts(lines)))
        dash = f' stroke-dasharray="{DASH:g} {GAP:g}"' if dashed else ""
        self._parts.append(
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}"'
            f' stroke-linejoin="round"{dash}/>'
        )

    def circle(
        self, at: Point, radius: float, fill: str, stroke: str, *, dashed: bool = False
    ) -> None:
        """See `Pen`."""
        dash = ' stroke-dasharray="3 2.5"' if dashed else ""
        self._parts.append(
            f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:.3f}" fill="{fill}"'
            f' stroke="{stroke}"{dash}/>'
        )

    def text(self, at: Point, text: Text) -> None:
        """See `Pen`."""
        weight = ' font-weight="700"' if text.is_bold else ""
        halo = (
            f' stroke="{text.halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
            if text.halo
            else ""
        )
        self._parts.append(
            f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" dy=".36em" font-size="{text.size}"'
            f' text-anchor="{text.anchor}" fill="{text.colour}"{weight}{halo}>'
            f"{escape(text.words)}</text>"
        )

    def finish(self) -> bytes:
        """See `Pen`."""
        patterns = f"<defs>{''.join(self._patterns.values())}</defs>" if self._patterns else ""
        inside = f'<g font-family="{FONTS}">{"".join(self._parts)}</g>'
        return f"{self._begin}{patterns}{inside}</svg>\n".encode()


class PixelPen:
    """Draws a PNG.

    Parameters
    ----------
    size
        Width and height in pixels.
    ground
        Colour of the paper.
    font
        Returns the font of a size in pixels, bold or not.
    """

    def __init__(
        self, size: tuple[int, int], ground: str, font: Callable[[int, bool], FreeTypeFont]
    ) -> None:
        self._size, self._font = size, font
        self._canvas = Image.new("RGB", (size[0] * FINENESS, size[1] * FINENESS), ground)
        self._pen = ImageDraw.Draw(self._canvas)

    def area(self, shape: shapely.Geometry, fill: str) -> None:
        """See `Pen`."""
        if shapely.get_num_interior_rings(shapely.get_parts(shape)).any():
            self._paste(shape, Image.new("RGB", (1, 1), fill))
            return
        for part in shapely.get_parts(shape):
            self._pen.polygon(_fine(part.exterior), fill=fill)

    def hatch(self, shape: shapely.Geometry, colour: str) -> None:
        """See `Pen`."""
        side = HATCH_SIDE * FINENESS
        tile, pen = _tile(side)
        for shift in (-side, 0, side):
            ends = [(shift, side), (shift + side, 0)]
            pen.line(ends, fill=255, width=round(HATCH_WIDTH * FINENESS))
        self._lay(shape, tile, colour)

    def dot(self, shape: shapely.Geometry, colour: str) -> None:
        """See `Pen`."""
        tile, pen = _tile(DOT_SIDE * FINENESS)
        for x, y in _dots():
            pen.circle((x * FINENESS, y * FINENESS), DOT_RADIUS * FINENESS, fill=255)
        self._lay(shape, tile, colour)

    def _lay(self, shape: shapely.Geometry, tile: Image.Image, colour: str) -> None:
        """Lay a pattern of one colour over a polygon."""
        box, mask = self._mask(shape)
        pattern = Image.new("L", mask.size)
        left, top = box[0] % tile.width, box[1] % tile.height
        for x in range(-left, mask.width, tile.width):
            for y in range(-top, mask.height, tile.height):
                pattern.paste(tile, (x, y))
        self._canvas.paste(colour, box, Image.composite(pattern, Image.new("L", mask.size), mask))

    def _paste(self, shape: shapely.Geometry, colour: Image.Image) -> None:
        box, mask = self._mask(shape)
        self._canvas.paste(colour.resize(mask.size), box, mask)

    def _mask(self, shape: shapely.Geometry) -> tuple[tuple[int, int], Image.Image]:
        """Return where a polygon lies on the canvas, and its pixels there."""
        west, north, east, south = (side * FINENESS for side in shapely.bounds(shape))
        left, top = floor(west), floor(north)
        mask = Image.new("L", (max(ceil(east) - left, 1), max(ceil(south) - top, 1)))
        pen = ImageDraw.Draw(mask)
        parts = shapely.get_parts(shape)
        for part in sorted(parts, key=shapely.area, reverse=True):  # what lies in a hole comes last
            for ring, value in [(part.exterior, 255), *((hole, 0) for hole in part.interiors)]:
                pen.polygon([(x - left, y - top) for x, y in _fine(ring)], fill=value)
        return (left, top), mask

    def lines(
        self, lines: Iterable[shapely.Geometry], colour: str, width: float, *, dashed: bool = False
    ) -> None:
        """See `Pen`."""
        for line in line_parts(lines):
            for part in dashes(line, 1) if dashed else [line]:
                self._pen.line(
                    _fine(part), fill=colour, width=round(width * FINENESS), joint="curve"
                )

    def circle(
        self, at: Point, radius: float, fill: str, stroke: str, *, dashed: bool = False
    ) -> None:
        """See `Pen`."""
        centre = at[0] * FINENESS, at[1] * FINENESS
        rim = None if dashed else stroke
        self._pen.circle(centre, radius * FINENESS, fill=fill, outline=rim, width=FINENESS)
        if dashed:
            ring = shapely.Point(at).buffer(radius).exterior
            for part in dashes(ring, 2):
                self._pen.line(_fine(part), fill=stroke, width=FINENESS)

    def text(self, at: Point, text: Text) -> None:
        """See `Pen`."""
        self._pen.text(
            (at[0] * FINENESS, at[1] * FINENESS),
            text.words,
            font=self._font(text.size * FINENESS, text.is_bold),
            fill=text.colour,
            anchor={"start": "lm", "middle": "mm", "end": "rm"}[text.anchor],
            stroke_width=round(1.5 * FINENESS) if text.halo else 0,
            stroke_fill=text.halo,
        )

    def finish(self) -> bytes:
        """See `Pen`."""
        picture = self._canvas.resize(self._size, Image.Resampling.LANCZOS)
        out = io.BytesIO()
        picture.quantize(COLOURS, Image.Quantize.MEDIANCUT).save(out, "PNG", optimize=True)
        return out.getvalue()


def _dots() -> list[Point]:
    """Return where two dots lie in a tile, so that they stand in slanting rows."""
    return [(DOT_SIDE / 4, DOT_SIDE / 4), (DOT_SIDE * 3 / 4, DOT_SIDE * 3 / 4)]


def _tile(side: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    tile = Image.new("L", (side, side))
    return tile, ImageDraw.Draw(tile)


def _fine(line: shapely.Geometry) -> list[Point]:
    return [(x * FINENESS, y * FINENESS) for x, y in shapely.get_coordinates(line)]


def _outline(shape: shapely.Geometry) -> str:
    rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    return "".join(f"{_path(ring)}Z" for ring in rings)


def _path(line: shapely.Geometry) -> str:
    """Write a line, without the corners that nobody would see."""
    written: list[Point] = []
    corners = shapely.get_coordinates(line)
    for x, y in corners[:-1]:
        if not written or abs(x - written[-1][0]) + abs(y - written[-1][1]) >= CLOSE:
            written.append((x, y))
    written.append(tuple(corners[-1]))
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in written)
