"""Two pens that draw the same picture: one writes SVG, one pixels.

Shapes are in pixels of the picture, from its upper left corner.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import TYPE_CHECKING, Literal, Protocol
from xml.sax.saxutils import escape, quoteattr

import shapely
from PIL import Image, ImageDraw

from geo.map.fitted import DASH, GAP, dashes, line_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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


@dataclass(frozen=True)
class Ink:
    """What letters are written with."""

    colour: str
    halo: str | None = None
    """Colour around the letters."""
    halo_width: float = 0
    """Pixels."""


class Face(Protocol):
    """Letters of a size."""

    def draw(
        self, pen: ImageDraw.ImageDraw, at: Point, text: str, ink: Ink, *, anchor: str
    ) -> None:
        """Write a line, of which the point that Pillow calls `anchor` is there."""


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


TURNED: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}


class FromTheRight:
    """Draws as another pen, with what is on the left on the right.

    Parameters
    ----------
    pen
        Draws.
    width
        Of the picture, in pixels.
    """

    def __init__(self, pen: Pen, width: float) -> None:
        self._pen, self._width = pen, width

    def _turned(self, shape: shapely.Geometry) -> shapely.Geometry:
        return shapely.transform(shape, lambda points: points * [-1, 1] + [self._width, 0])

    def area(self, shape: shapely.Geometry, fill: str) -> None:
        """See `Pen`."""
        self._pen.area(self._turned(shape), fill)

    def hatch(self, shape: shapely.Geometry, colour: str) -> None:
        """See `Pen`."""
        self._pen.hatch(self._turned(shape), colour)

    def dot(self, shape: shapely.Geometry, colour: str) -> None:
        """See `Pen`."""
        self._pen.dot(self._turned(shape), colour)

    def lines(
        self, lines: Iterable[shapely.Geometry], colour: str, width: float, *, dashed: bool = False
    ) -> None:
        """See `Pen`."""
        self._pen.lines(map(self._turned, lines), colour, width, dashed=dashed)

    def circle(
        self, at: Point, radius: float, fill: str, stroke: str, *, dashed: bool = False
    ) -> None:
        """See `Pen`."""
        self._pen.circle((self._width - at[0], at[1]), radius, fill, stroke, dashed=dashed)

    def text(self, at: Point, text: Text) -> None:
        """See `Pen`."""
        turned = replace(text, anchor=TURNED[text.anchor])
        self._pen.text((self._width - at[0], at[1]), turned)

    def finish(self) -> bytes:
        """See `Pen`."""
        return self._pen.finish()


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
    is_rtl
        Whether that runs from right to left.
    """

    def __init__(
        self,
        size: tuple[int, int],
        ground: str,
        title: str = "",
        lang: str = "",
        *,
        is_rtl: bool = False,
    ) -> None:
        width, height = size
        self._is_rtl = is_rtl
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
            f' text-anchor="{self._anchor(text)}" fill="{text.colour}"{weight}{halo}>'
            f"{escape(text.words)}</text>"
        )

    def _anchor(self, text: Text) -> str:
        """Return the end of a line that is where it is: SVG counts from where lines begin."""
        return TURNED[text.anchor] if self._is_rtl else text.anchor

    def finish(self) -> bytes:
        """See `Pen`."""
        patterns = f"<defs>{''.join(self._patterns.values())}</defs>" if self._patterns else ""
        direction = ' direction="rtl"' if self._is_rtl else ""
        inside = f'<g font-family="{FONTS}"{direction}>{"".join(self._parts)}</g>'
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
        Returns the letters of a size in pixels, bold or not.
    """

    def __init__(
        self, size: tuple[int, int], ground: str, font: Callable[[int, bool], Face]
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
        ink = Ink(text.colour, text.halo, round(1.5 * FINENESS) if text.halo else 0)
        self._font(text.size * FINENESS, text.is_bold).draw(
            self._pen,
            (at[0] * FINENESS, at[1] * FINENESS),
            text.words,
            ink,
            anchor={"start": "lm", "middle": "mm", "end": "rm"}[text.anchor],
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
