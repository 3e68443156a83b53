"""Find places for names on a still map, on the shapes that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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


NUDGES = ((0, 0), (0, -0.5), (0, 0.5), (-0.3, 0), (0.3, 0), (0, -1), (0, 1), (-0.3, -1), (0.3, -1),
          (-0.3, 1), (0.3, 1), (-0.6, 0), (0.6, 0))  # fmt: skip
"""Where a name is tried around its point, in parts of its width and height."""
ATTEMPTS = 6


def place_names(
    points: Mapping[str, tuple[float, float]],
    sizes: Mapping[str, Sequence[tuple[float, float]]],
    within: Box,
) -> dict[str, tuple[int, Box]]:
    """Put each name on its point or a little beside it: none on another, none cut off.

    A name that finds no room is tried earlier, before all but the first ones that were placed
    then; if nothing helps it is left out.

    Parameters
    ----------
    points
        Where names belong, in pixels, by key; the most important first.
    sizes
        Widths and heights of the forms of each name by the same keys, the best form first.
    within
        Where names may stand.

    Returns
    -------
    dict
        Number of the form and place of each name that has one.
    """
    order, best = list(points), dict[str, tuple[int, Box]]()
    for _ in range(ATTEMPTS):
        placed: dict[str, tuple[int, Box]] = {}
        for key in order:
            taken = [box for _, box in placed.values()]
            if found := _first_free(points[key], sizes[key], within, taken):
                placed[key] = found
        if len(placed) > len(best):
            best = placed
        missing = [key for key in order if key not in placed]
        if not missing:
            break
        order = [*missing, *(key for key in order if key in placed)]
    return best


def _first_free(
    point: tuple[float, float],
    sizes: Sequence[tuple[float, float]],
    within: Box,
    taken: Sequence[Box],
) -> tuple[int, Box] | None:
    for form, (width, height) in enumerate(sizes):
        for right, down in NUDGES:
            left = point[0] + right * width - width / 2
            top = point[1] + down * height - height / 2
            box = Box(left, top, left + width, top + height)
            if not box.outside(within) and not any(map(box.shared, taken)):
                return form, box
    return None
