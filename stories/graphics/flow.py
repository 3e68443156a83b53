"""Set a drawing from top to bottom: headings, rows of a label with its mark, small print."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stories.graphics.measure import text_width, wrap
from stories.graphics.shapes import Drawing, Paint, Shape, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDE = 440
"""From so many pixels on, labels stand beside their marks instead of above them."""
LEADING = 1.36
_LABELS = 0.36
"""Part of a wide drawing that labels take."""


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
    y: float = 0
    shapes: list[Shape] = field(default_factory=list)
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
        return round(self.width * _LABELS) + 12 if self.is_wide else 0

    @property
    def mark_width(self) -> float:
        """How much room marks have."""
        return self.width - self.mark_x

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
        width: float | None = None,
        most: int = 6,
    ) -> None:
        """Set a text in lines below each other."""
        room = self.width - x if width is None else width
        for line in wrap(text, size, room, weight, most):
            self.add(Text(x, self.y + size, line, size, paint, weight))
            self.y += size * LEADING

    def label(self, text: str, height: float, *, weight: int = 400) -> float:
        """Set what a mark of a height is; return where the mark begins.

        The next thing is to begin below both: see `below`.
        """
        self._floor = self.y
        if not text:
            return self.y
        size = self.sizes.label
        if not self.is_wide:
            self.words(text, size, paint=Paint.MUTED, weight=weight)
            self.y += 2
            return self.y
        lines = wrap(text, size, self.mark_x - 12, weight, 6)
        block = len(lines) * size * LEADING
        top = self.y + max((height - block) / 2, 0)
        for at, line in enumerate(lines):
            y = top + at * size * LEADING + size
            self.add(Text(0, y, line, size, Paint.MUTED, weight))
        mark = self.y + max((size * LEADING - height) / 2, 0)
        self._floor = self.y + block
        return mark

    def below(self, y: float, gap: float = 0) -> None:
        """Go on below a mark that ends at `y`, and below its label."""
        self.y = max(y, self._floor) + gap

    def beside(self, text: str, size: float, weight: int, x: float, middle: float) -> bool:
        """Set words on one line at a place, if the rest of the sheet holds them."""
        if x + text_width(text, size, weight) > self.width:
            return False
        self.add(Text(x, middle + size * 0.36, text, size, Paint.INK, weight))
        return True

    def drawing(self, extra: Iterable[Shape] = ()) -> Drawing:
        """Return what was drawn."""
        return Drawing(self.width, round(self.y + 4), (*self.shapes, *extra))
