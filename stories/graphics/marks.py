"""Bars and signs that show how firm a number is, and whether it has happened.

What the source leaves open has no hard edge: "about" fades, "over" and "at least" go on as arrows,
"nearly" and "up to" stop at a cap. A forecast, a target and a plan are hatched, each its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from stories.graphics.shapes import OUTLINE, Paint, Rect, Stroke, hatching, outline
from stories.model.atlas import Qualifier, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stories.graphics.shapes import Shape

FADE, SLICES = 13, 9
"""Pixels over which a soft edge fades to each side of its number, and in how many steps."""
GAP = 5
"""Pixels between a number that is nearly reached and its cap."""
REACH = {
    Qualifier.ABOUT: FADE,
    Qualifier.OVER: 18,
    Qualifier.AT_LEAST: 18,
    Qualifier.NEARLY: 2,
    Qualifier.UP_TO: 2,
}
"""Pixels that a bar goes on beyond its number."""
MOST_REACH = max(REACH.values())
_OPEN = {Qualifier.OVER, Qualifier.AT_LEAST}
_HATCHES = {
    Status.FORECAST: ((6, True),),
    Status.TARGET: ((6, False),),
    Status.PLAN: ((8, True), (8, False)),
}
"""Distance of the lines in pixels, and whether they rise."""


@dataclass(frozen=True)
class BarLook:
    """How a bar is drawn."""

    paint: Paint = Paint.MARK
    qualifier: Qualifier = Qualifier.EXACT
    status: Status = Status.REPORTED


def bar(zero: float, end: float, y: float, height: float, look: BarLook) -> Iterator[Shape]:
    """Draw a bar from zero to the place of its number, to either side."""
    way = 1 if end >= zero else -1
    length = abs(end - zero)
    if look.qualifier is Qualifier.ABOUT:
        fade = min(FADE, length)
        yield from body(zero, end - way * fade, y, height, look, is_closed=False)
        yield from _fading(end - way * fade, end + way * fade, y, height, look)
    elif look.qualifier in _OPEN:
        yield from body(zero, end, y, height, look, is_closed=False)
        if look.qualifier is Qualifier.AT_LEAST:
            yield _cap(end, y, height, look.paint)
        yield from arrows(end, way, y, height, look.paint)
    elif look.qualifier is Qualifier.NEARLY:
        yield from body(zero, end - way * min(GAP, length / 2), y, height, look)
        yield _cap(end, y, height, look.paint)
    elif look.qualifier is Qualifier.UP_TO:
        faint = BarLook(Paint.SOFT, status=look.status)
        yield from body(zero, end, y, height, faint)
        yield _cap(end, y, height, look.paint)
    else:
        yield from body(zero, end, y, height, look)


def body(  # noqa: PLR0913  # a rectangle, and how it is filled
    one: float, other: float, y: float, height: float, look: BarLook, *, is_closed: bool = True
) -> Iterator[Shape]:
    """Fill a bar between two places as its status asks."""
    x, width = min(one, other), abs(other - one)
    if look.status is Status.REPORTED:
        yield Rect(x, y, max(width, 1), height, look.paint)
        if look.paint is Paint.SOFT:  # too faint to be seen by its fill alone
            yield outline(x, y, max(width, 1), height, Paint.MARK)
        return
    for step, rises in _HATCHES[look.status]:
        lines = hatching(x, y, width, height, step, rising=rises)
        if lines:
            yield Stroke(lines, look.paint, OUTLINE)
    if is_closed:
        yield outline(x, y, max(width, 1), height, Paint.MARK)
    elif width:
        yield Stroke(
            (((other, y), (one, y), (one, y + height), (other, y + height)),), look.paint, OUTLINE
        )


def _fading(one: float, other: float, y: float, height: float, look: BarLook) -> Iterator[Shape]:
    step = (other - one) / SLICES
    edges = [one + step * at for at in range(SLICES + 1)]
    for at, (start, end) in enumerate(pairwise(edges)):
        opacity = round(1 - (at + 1) / (SLICES + 1), 2)
        if look.status is Status.REPORTED:
            x, width = min(start, end), abs(step)
            yield Rect(x, y, width, height, look.paint, opacity=opacity)
        else:
            edge = (((start, y), (end, y)), ((start, y + height), (end, y + height)))
            yield Stroke(edge, look.paint, OUTLINE, opacity=opacity)
    if look.status is not Status.REPORTED:
        x, width = min(one, other), abs(other - one)
        for hatch, rises in _HATCHES[look.status]:
            for line in hatching(x, y, width, height, hatch, rising=rises):
                middle = (line[0][0] + line[1][0]) / 2
                share = abs(middle - one) / width if width else 0
                yield Stroke((line,), look.paint, OUTLINE, opacity=round(max(1 - share, 0.1), 2))


def _cap(x: float, y: float, height: float, paint: Paint) -> Shape:
    return Stroke((((x, y - 3), (x, y + height + 3)),), paint, 2.5)


def arrows(x: float, way: int, y: float, height: float, paint: Paint) -> Iterator[Shape]:
    """Draw two arrow heads that lead on from a place: to the end (1) or to the start (-1)."""
    reach = min(height / 2, 6)
    for at, opacity in ((4, 0.95), (10, 0.6)):
        tip = x + way * (at + reach)
        back = x + way * at
        line = ((back, y + 1), (tip, y + height / 2), (back, y + height - 1))
        yield Stroke((line,), paint, 2.2, opacity=opacity)


@dataclass(frozen=True)
class Signs:
    """One sign for each thing counted, in rows."""

    size: float
    """Side of a sign in pixels."""
    gap: float
    """Pixels between two."""
    per_row: int

    @classmethod
    def within(cls, width: float, count: int, size: float, gap: float = 4) -> Signs:
        """Return signs that a width holds; ten a row where there is room for them."""
        fitting = max(1, int((width + gap) // (size + gap)))
        most = min(fitting, 20 if fitting >= 20 else min(10, fitting))  # noqa: PLR2004
        return cls(size, gap, count if count <= fitting and count <= 12 else most)  # noqa: PLR2004

    def height(self, count: int) -> float:
        """Return how high so many signs stand, in pixels."""
        rows = -(-count // self.per_row)
        return rows * (self.size + self.gap) - self.gap

    def at(self, place: int) -> tuple[float, float]:
        """Return where a sign stands, counted from 0."""
        row, column = divmod(place, self.per_row)
        step = self.size + self.gap
        return column * step, row * step

    def draw(self, x: float, y: float, counted: int, count: int, look: BarLook) -> Iterator[Shape]:
        """Draw `count` signs, the first `counted` of them filled."""
        unsure = _unsure(counted, count, look.qualifier)
        for place in range(count):
            dx, dy = self.at(place)
            corner = (x + dx, y + dy)
            is_open = place in unsure
            if place < counted or is_open:
                yield from self._sign(*corner, look, is_open=is_open)
            else:
                yield outline(*corner, self.size, self.size, Paint.MARK)

    def draw_open_end(self, x: float, y: float, count: int, look: BarLook) -> Iterator[Shape]:
        """Draw that there are more than those drawn, behind the last one."""
        if look.qualifier in _OPEN:
            dx, dy = self.at(count - 1)
            yield from arrows(x + dx + self.size, 1, y + dy, self.size, look.paint)

    def _sign(self, x: float, y: float, look: BarLook, *, is_open: bool) -> Iterator[Shape]:
        if look.status is not Status.REPORTED:
            yield from body(x, x + self.size, y, self.size, look)
        elif is_open:
            yield Rect(x, y, self.size, self.size, look.paint, radius=2, opacity=0.4)
        else:
            yield Rect(x, y, self.size, self.size, look.paint, radius=2)


def _unsure(counted: int, count: int, qualifier: Qualifier) -> set[int]:
    """Return which signs may or may not be counted."""
    around = {
        Qualifier.ABOUT: {counted - 1, counted},
        Qualifier.NEARLY: {counted - 1},
        Qualifier.UP_TO: set(range(counted)),
        Qualifier.OVER: {counted},
        Qualifier.AT_LEAST: {counted},
    }.get(qualifier, set())
    return {place for place in around if 0 <= place < count}
