"""Write a drawing as SVG: with classes that the page's sheet paints, or with colours of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import escape

from stories.graphics.shapes import Drawing, Rect, Shape, Stroke, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stories.graphics.shapes import Paint


@dataclass(frozen=True)
class SvgHead:
    """What an SVG says about itself."""

    name: str
    """Begins the ids in it; unique on its page."""
    title: str
    words: str
    """Everything that the drawing shows."""
    lang: str
    is_rtl: bool
    css_class: str = ""
    fonts: str = ""
    """Font families, where the page gives none."""


def write_svg(
    drawing: Drawing, head: SvgHead, colours: Mapping[Paint, str] | None = None, paper: str = ""
) -> str:
    """Write a drawing.

    Parameters
    ----------
    drawing
        What is drawn; mirrored for languages that are written from right to left.
    head
        What it says of itself.
    colours
        Colour of each paint; None where the page's sheet has them (classes ``g-ink`` …).
    paper
        Colour of the ground, if it has one.
    """
    width, height = _n(drawing.width), _n(drawing.height)
    size = f' width="{width}" height="{height}"' if colours else ""
    css = f' class="{escape(head.css_class)}"' if head.css_class else ""
    fonts = f' font-family="{escape(head.fonts)}"' if head.fonts else ""
    direction = ' direction="rtl"' if head.is_rtl else ""
    ground = f'<rect width="{width}" height="{height}" fill="{paper}"/>' if paper else ""
    pen = _Pen(drawing.width if head.is_rtl else None, colours)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"{size}{css}'
        f' role="img" aria-labelledby="{head.name}-title {head.name}-desc"'
        f' xml:lang="{escape(head.lang)}" lang="{escape(head.lang)}"{direction}{fonts}'
        f' fill="currentColor"><title id="{head.name}-title">{escape(head.title)}</title>'
        f'<desc id="{head.name}-desc">{escape(head.words)}</desc>'
        f"{ground}{''.join(map(pen.write, drawing.shapes))}</svg>"
    )


@dataclass(frozen=True)
class _Pen:
    mirror: float | None
    """Width of the sheet, where it is read from right to left."""
    colours: Mapping[Paint, str] | None

    def write(self, shape: Shape) -> str:
        if isinstance(shape, Rect):
            return self._rect(shape)
        return self._stroke(shape) if isinstance(shape, Stroke) else self._text(shape)

    def _x(self, x: float) -> float:
        return x if self.mirror is None else self.mirror - x

    def _fill(self, paint: Paint) -> str:
        return f'fill="{self.colours[paint]}"' if self.colours else f'class="g-{paint}"'

    def _rect(self, rect: Rect) -> str:
        x = self._x(rect.x) - (rect.width if self.mirror is not None else 0)
        radius = f' rx="{_n(rect.radius)}"' if rect.radius else ""
        opacity = f' opacity="{_n(rect.opacity)}"' if rect.opacity < 1 else ""
        return (
            f'<rect x="{_n(x)}" y="{_n(rect.y)}" width="{_n(rect.width)}"'
            f' height="{_n(rect.height)}"{radius}{opacity} {self._fill(rect.paint)}/>'
        )

    def _stroke(self, stroke: Stroke) -> str:
        way = self._way(stroke)
        colour = (
            f'fill="none" stroke="{self.colours[stroke.paint]}"'
            if self.colours
            else f'class="g-{stroke.paint} g-line"'
        )
        dash = f' stroke-dasharray="{" ".join(map(_n, stroke.dash))}"' if stroke.dash else ""
        opacity = f' opacity="{_n(stroke.opacity)}"' if stroke.opacity < 1 else ""
        return f'<path d="{way}" stroke-width="{_n(stroke.width)}"{dash}{opacity} {colour}/>'

    def _way(self, stroke: Stroke) -> str:
        """Write the lines of a stroke, each point by its way from the last one.

        So marks that are alike are written alike, and all of them pack as one.
        """
        way, last = "", (0.0, 0.0)
        for line in stroke.lines:
            points = [(round(self._x(x), 1), round(y, 1)) for x, y in line]
            begin = "m" if way else "M"
            for at, (x, y) in enumerate(points):
                way += f"{'l' if at else begin}{_n(x - last[0])} {_n(y - last[1])}"
                last = (x, y)
            if stroke.closed:
                way, last = f"{way}z", points[0]
        return way

    def _text(self, text: Text) -> str:
        anchor = f' text-anchor="{text.anchor}"' if text.anchor != "start" else ""
        weight = f' font-weight="{text.weight}"' if text.weight != 400 else ""  # noqa: PLR2004
        return (
            f'<text x="{_n(self._x(text.x))}" y="{_n(text.y)}" font-size="{_n(text.size)}"'
            f"{weight}{anchor} {self._fill(text.paint)}>{escape(text.words)}</text>"
        )


def _n(number: float) -> str:
    """Write a number of pixels to the tenth; opacities to the hundredth."""
    digits = 2 if abs(number) < 1 else 1
    return f"{number:.{digits}f}".rstrip("0").rstrip(".") or "0"
