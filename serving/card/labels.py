"""Find places for names on a map, beside the shapes that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: Box) -> float:
        """Return the area that two rectangles share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0) * max(height, 0)

    def outside(self, other: Box) -> float:
        """Return the area that lies outside another rectangle."""
        return (self.right - self.left) * (self.bottom - self.top) - self.shared(other)


def place_labels(
    shapes: Mapping[str, Box], sizes: Mapping[str, tuple[float, float]], within: Box, gap: float
) -> dict[str, Box]:
    """Put each label where it covers least: below its shape, above, beside or on it.

    Parameters
    ----------
    shapes
        What is named, by key.
    sizes
        Width and height of each label, by the same keys.
    within
        Where labels may stand.
    gap
        Pixels between a shape and its label.
    """
    placed: dict[str, Box] = {}
    for key, shape in shapes.items():
        candidates = list(_candidates(shape, *sizes[key], gap))
        others = [each for other, each in shapes.items() if other != key]

        def cost(box: Box, others: list[Box] = others, shape: Box = shape) -> float:
            names = sum(map(box.shared, placed.values()))
            covered = sum(map(box.shared, others)) + box.shared(shape) / 4
            return 20 * names + 20 * box.outside(within) + covered

        placed[key] = min(candidates, key=cost)
    return placed


def _candidates(shape: Box, width: float, height: float, gap: float) -> Iterable[Box]:
    middle, centre = (shape.left + shape.right) / 2, (shape.top + shape.bottom) / 2
    starts = (
        (middle - width / 2, shape.bottom + gap),
        (middle - width / 2, shape.top - gap - height),
        (shape.right + gap, centre - height / 2),
        (shape.left - gap - width, centre - height / 2),
        (shape.right - width, shape.bottom + gap),
        (shape.right - width, shape.top - gap - height),
        (shape.left, shape.bottom + gap),
        (middle - width / 2, centre - height / 2),
    )
    for left, top in starts:
        yield Box(left, top, left + width, top + height)
