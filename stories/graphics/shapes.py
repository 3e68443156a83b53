"""What a drawing is made of: shapes with a paint each, in pixels from the top start corner.

"Start" is where a line of the language begins: the left, or the right in Arabic or Hebrew.
Shapes know no colour, only what they are; `stories.graphics.svg` gives them one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OUTLINE = 1.4
"""Width of the line around a mark, in pixels."""


class Paint(StrEnum):
    """What a shape is."""

    INK = "ink"
    """Words that matter, and axes."""
    MUTED = "muted"
    """Words that explain."""
    MARK = "mark"
    """A number that the graphic is about, in the story's colour."""
    SOFT = "soft"
    """A number to compare with: the same colour, faint."""
    RULE = "rule"
    """Lines to look along."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    paint: Paint
    radius: float = 0
    opacity: float = 1


@dataclass(frozen=True, slots=True)
class Stroke:
    """Lines through points; `closed` ones return to their first point."""

    lines: tuple[tuple[tuple[float, float], ...], ...]
    paint: Paint
    width: float = 1
    dash: tuple[float, ...] = ()
    closed: bool = False
    opacity: float = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A line of words, its baseline at `y`; `x` is where it begins, or its middle or end."""

    x: float
    y: float
    words: str
    size: float
    paint: Paint = Paint.INK
    weight: int = 400
    anchor: str = "start"
    """`start`, `middle` or `end`."""


Shape = Rect | Stroke | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on a sheet of a size in pixels."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def outline(x: float, y: float, width: float, height: float, paint: Paint) -> Stroke:
    """Return the outline of a rectangle, its line within."""
    inset = OUTLINE / 2
    left, top = x + inset, y + inset
    right, bottom = max(x + width - inset, left), max(y + height - inset, top)
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Stroke((corners,), paint, OUTLINE, closed=True)


def hatching(  # noqa: PLR0913  # a rectangle, and how its lines run
    x: float, y: float, width: float, height: float, step: float, *, rising: bool = True
) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return diagonal lines `step` pixels apart, cut at a rectangle."""
    lines = []
    at = step / 2
    while at < width + height:
        low = (x + min(at, width), y + max(at - width, 0))
        high = (x + max(at - height, 0), y + min(at, height))
        lines.append((low, high))
        at += step
    if rising:
        return tuple(lines)
    return tuple(tuple((px, 2 * y + height - py) for px, py in line) for line in lines)


def merged(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """Make one stroke of those that follow one another and look the same."""
    for is_stroke, run in groupby(shapes, key=lambda shape: isinstance(shape, Stroke)):
        if not is_stroke:
            yield from run
            continue
        alike: dict[Stroke, list[tuple[tuple[float, float], ...]]] = {}
        for stroke in run:
            assert isinstance(stroke, Stroke)
            alike.setdefault(replace(stroke, lines=()), []).extend(stroke.lines)
        yield from (replace(look, lines=tuple(lines)) for look, lines in alike.items())
