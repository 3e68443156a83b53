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

    def reach(self) -> float:
        """Return how many pixels the bar goes on beyond its number."""
        return REACH.get(self.look.qualifier, 0)


@dataclass(frozen=True)
class Scale:
    """Where numbers lie; zero is always on it."""

    zero: float
    """Pixels from the start."""
    per_one: Decimal
    """Pixels for a difference of one."""
    has_words_beside: bool
    """Whether numbers are printed behind their bars."""

    def at(self, value: Decimal) -> float:
        """Return where a number lies, in pixels."""
        return self.zero + float(value * self.per_one)


def scale_of(flow: Flow, rows: Sequence[BarRow]) -> Scale:
    """Return the one scale on which all bars and the words behind them have room."""
    low = min(Decimal(0), *(row.value for row in rows))
    high = max(Decimal(0), *(row.value for row in rows))
    room = flow.mark_width
    widths = [text_width(row.words, flow.sizes.value, row.weight) for row in rows]
    if low < 0 or max(widths) > room * _MOST_BESIDE:
        inner = Decimal(room - 2 * MOST_REACH)
        per_one = inner / (high - low) if high > low else Decimal(0)
        start = MOST_REACH if low < 0 else 0
        return Scale(flow.mark_x + start + float(-low * per_one), per_one, has_words_beside=False)
    rooms = [
        Decimal(room - width - row.reach() - _GAP) / row.value
        for row, width in zip(rows, widths, strict=True)
        if row.value
    ]
    return Scale(flow.mark_x, min(rooms, default=Decimal(0)), has_words_beside=True)


def draw_row(flow: Flow, row: BarRow, scale: Scale) -> float:
    """Draw a bar with its label and its number; return the middle of the bar."""
    size = flow.sizes.value
    is_above = not scale.has_words_beside
    lines = wrap(row.words, size, flow.mark_width, row.weight, 4) if is_above else []
    above = len(lines) * size * 1.3
    y = flow.label(row.label, THICK)
    for at, line in enumerate(lines):
        flow.add(Text(flow.mark_x, y + size * (1 + 1.3 * at), line, size, Paint.INK, row.weight))
    y += above + (3 if lines else 0)
    end, middle = scale.at(row.value), y + THICK / 2
    flow.add(*bar(scale.zero, end, y, THICK, row.look))
    flow.add(Stroke((((scale.zero, y - 4), (scale.zero, y + THICK + 4)),), Paint.INK, 1.2))
    if not is_above:
        flow.beside(row.words, size, row.weight, end + row.reach() + _GAP, middle)
    flow.below(y + THICK)
    return middle
