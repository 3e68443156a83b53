"""Bars from zero, as many as share a scale."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from stories.graphics.marks import MOST_REACH, REACH, BarLook, bar
from stories.graphics.measure import text_width, wrap
from stories.graphics.shapes import Paint, Stroke, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stories.graphics.flow import Flow

THICK = 18
"""Height of a bar in pixels."""
_GAP = 7
_MOST_BESIDE = 0.55
"""Part of the room that words behind a bar may take; longer ones stand above it."""


@dataclass(frozen=True)
class BarRow:
    """A bar and its words."""

    label: str
    words: str
    """The number as it is printed."""
    value: Decimal
    look: BarLook
    weight: int = 700
    heading: str = ""
    """Stands above the label."""

    def reach(self) -> float:
        """Return how many pixels the bar goes on beyond its number."""
        return REACH.get(self.look.qualifier, 0)


@dataclass(frozen=True)
class Scale:
    """Where numbers lie; zero is always on it."""

    zero: float
    """Pixels from the start."""
    pixels: float
    """What the numbers from `low` to `high` take."""
    low: Decimal
    high: Decimal
    has_words_beside: bool
    """Whether numbers are printed behind their bars."""

    def at(self, value: Decimal) -> float:
        """Return where a number lies, in pixels."""
        size = self.high - self.low
        return self.zero + (float(value / size) * self.pixels if size else 0)


def scale_of(flow: Flow, rows: Sequence[BarRow]) -> Scale:
    """Return the one scale on which all bars and the words behind them have room."""
    low = min(Decimal(0), *(row.value for row in rows))
    high = max(Decimal(0), *(row.value for row in rows))
    room = flow.mark_width
    widths = [text_width(row.words, flow.sizes.value, row.weight) for row in rows]
    if low < 0 or max(widths) > room * _MOST_BESIDE:
        before = MOST_REACH if low < 0 else 0
        pixels = room - before - MOST_REACH
        share = float(-low / (high - low)) if high > low else 0
        zero = flow.mark_x + before + share * pixels
        return Scale(zero, pixels, low, high, has_words_beside=False)
    rooms = [
        (room - width - row.reach() - _GAP) * float(high / row.value)
        for row, width in zip(rows, widths, strict=True)
        if row.value
    ]
    pixels = min(rooms, default=0.0)
    return Scale(flow.mark_x, pixels, low, high, has_words_beside=True)


def draw_row(flow: Flow, row: BarRow, scale: Scale) -> None:
    """Draw a bar with its label and its number."""
    size = flow.sizes.value
    lines: list[str] = []
    if not scale.has_words_beside:
        lines = wrap(row.words, size, flow.mark_width, row.weight, 4)
    above = len(lines) * size * 1.3 + (3 if lines else 0)
    top = flow.label(row.label, above + THICK, row.heading)
    for at, line in enumerate(lines):
        y = top + size * (1 + 1.3 * at)
        flow.add(Text(flow.mark_x, y, line, size, Paint.INK, row.weight))
    top += above
    end = scale.at(row.value)
    flow.add(*bar(scale.zero, end, top, THICK, row.look))
    flow.add(Stroke((((scale.zero, top - 4), (scale.zero, top + THICK + 4)),), Paint.INK, 1.2))
    if scale.has_words_beside:
        y = top + THICK / 2 + size * 0.36
        x = end + row.reach() + _GAP
        flow.add(Text(x, y, row.words, size, Paint.INK, row.weight))
    flow.below(top + THICK)
