"""Set a drawing from top to bottom: headings, rows of a label with its mark, small print."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from stories.graphics.measure import text_width, wrap
from stories.graphics.shapes import Drawing, Paint, Text, merged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stories.graphics.shapes import Shape

WIDE = 440
"""From so many pixels on, labels stand beside their marks instead of above them."""
LEADING = 1.36
_LABELS = 0.38
"""Part of a wide drawing that labels take at most."""
_GUTTER = 16
"""Pixels between labels and marks."""
PAD = 5
"""Pixels above and below everything, for the ends of axes and caps."""
_BASELINE = 0.36
"""How far below the middle of a line its baseline is, in parts of the font's size."""


@dataclass(frozen=True)
class Sizes:
    """Sizes of the words, in pixels."""

    heading: float
    value: float
    label: float
    small: float
    big: float


@dataclass
class Flow:
    """A sheet that is filled from its top."""

    width: float
    y: float = PAD
    shapes: list[Shape] = field(default_factory=list)
    column: float = 0
    """Width of the labels beside the marks; see `fit_labels`."""
    _floor: float = 0
    """Where the last label ends."""

    @property
    def is_wide(self) -> bool:
        """Whether labels stand beside their marks."""
        return self.width >= WIDE

    @property
    def sizes(self) -> Sizes:
        """Sizes of the words."""
        return Sizes(16, 15.5, 14, 12.5, 34) if self.is_wide else Sizes(15, 14.5, 13, 12, 28)

    @property
    def mark_x(self) -> float:
        """Where marks begin."""
        return self.column + _GUTTER if self.column else 0

    @property
    def mark_width(self) -> float:
        """How much room marks have."""
        return self.width - self.mark_x

    def fit_labels(self, labels: Iterable[str], weight: int = 400) -> None:
        """Make the column of labels as wide as they ask for, within reason."""
        asked = [text_width(each, self.sizes.label, weight) for each in labels]
        if self.is_wide and any(asked):
            self.column = max(self.column, min(max(asked), round(self.width * _LABELS)))

    def add(self, *shapes: Shape) -> None:
        """Put shapes onto the sheet."""
        self.shapes.extend(shapes)

    def space(self, pixels: float) -> None:
        """Leave room, except at the top."""
        self.y += pixels if self.shapes else 0

    def words(  # noqa: PLR0913  # what a text looks like and where it stands
        self,
        text: str,
        size: float,
        *,
        paint: Paint = Paint.INK,
        weight: int = 400,
        x: float = 0,
        most: int = 6,
    ) -> None:
        """Set a text in lines below each other."""
        for line in wrap(text, size, self.width - x, weight, most):
            self.add(Text(x, self.y + size, line, size, paint, weight))
            self.y += size * LEADING

    def label(self, text: str, height: float, heading: str = "") -> float:
        """Set what a mark of a height is; return where the mark begins.

        The label stands beside the mark or above it. What comes next begins below both: see
        `below`.
        """
        size, room = self.sizes.label, self.column or self.width
        lines = [(line, Paint.INK, 700) for line in wrap(heading, size, room, 700, 3)]
        lines += [(line, Paint.MUTED, 400) for line in wrap(text, size, room, 400, 5)]
        block = len(lines) * size * LEADING
        top, self._floor = self.y, self.y + block
        if self.column:
            top += max((height - block) / 2, 0)
            mark = self.y + max((block - height) / 2, 0)
        else:
            mark = self._floor + (3 if lines else 0)
        for at, (line, paint, weight) in enumerate(lines):
            self.add(Text(0, top + at * size * LEADING + size, line, size, paint, weight))
        return mark

    def below(self, y: float) -> None:
        """Go on below a mark that ends at `y`, and below its label."""
        self.y = max(y, self._floor)

    def beside(self, text: str, size: float, x: float, middle: float) -> bool:
        """Set bold words on one line at a place, if the rest of the sheet holds them."""
        if x + text_width(text, size, 700) > self.width:
            return False
        self.add(Text(x, middle + size * _BASELINE, text, size, Paint.INK, 700))
        return True

    def drawing(self) -> Drawing:
        """Return what was drawn."""
        return Drawing(self.width, ceil(self.y + PAD), tuple(merged(self.shapes)))
