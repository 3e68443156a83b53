"""Colours of classes, told apart by every kind of eye, for light and for dark pages.

ColorBrewer's scales in one hue, or from yellow through green to blue, as branca has them. What is
nearly the colour of the page is left out at their ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from branca.colormap import LinearColormap, linear

from stories.metrics.classes import Classification
from stories.model.figure import Better

_ONE_WAY, _UP, _DOWN = "YlGnBu_09", "Blues_09", "Oranges_09"
_ENDS = ((0.16, 1.0), (0.95, 0.25))
_ENDS_OF_TWO = ((0.3, 1.0), (1.0, 0.3))
"""Where on a scale its weakest and its strongest class lie, on a light and on a dark page."""
_NO_CHANGE = ("#D9D9D9", "#3F444D")


@dataclass(frozen=True, slots=True)
class Scale:
    """Colours as ``#rrggbb``, on a light and on a dark page."""

    light: tuple[str, ...]
    """Of the classes, from the lowest to the highest: the strongest is the darkest."""
    dark: tuple[str, ...]
    """Of the classes, from the lowest to the highest: the strongest is the lightest."""
    no_value: tuple[str, str] = ("#767676", "#8F96A1")
    """Lines of the hatching where there is no value."""
    symbol: tuple[str, str] = ("#225EA8", "#7FCDBB")
    """Circles of a count."""


def scale(classification: Classification, better: Better = Better.NONE) -> Scale:
    """Return the colours of the classes.

    Where there are classes below zero and above it, they are in two hues: blue for what improves,
    or for more where neither is better.
    """
    return _scale(_sides(classification), better is Better.LOWER)


def _sides(classification: Classification) -> tuple[int, ...]:
    """Return -1 for each class below zero, 1 above it, 0 across it; all 1 where none is below."""
    ranges = classification.ranges
    if not ranges or ranges[0][0] >= 0:
        return (1,) * len(ranges)
    return tuple(-1 if high < 0 else 1 if low >= 0 else 0 for low, high in ranges)


@cache
def _scale(sides: tuple[int, ...], is_lower_better: bool) -> Scale:  # noqa: FBT001
    if len(set(sides) - {0}) < 2:  # noqa: PLR2004  # all on one side: farther from zero is stronger
        order = -1 if -1 in sides else 1
        light, dark = (_ramp(_ONE_WAY, len(sides), len(sides), ends)[::order] for ends in _ENDS)
        return Scale(tuple(light), tuple(dark))
    hues = (_UP, _DOWN) if is_lower_better else (_DOWN, _UP)
    both = zip(_ENDS_OF_TWO, _NO_CHANGE, strict=True)
    light, dark = (_two_ways(sides, hues, ends, grey) for ends, grey in both)
    return Scale(tuple(light), tuple(dark))


def _two_ways(
    sides: Sequence[int], hues: tuple[str, str], ends: tuple[float, float], grey: str
) -> list[str]:
    below, above = sides.count(-1), sides.count(1)
    most = max(below, above)
    down, up = (
        _ramp(hue, count, most, ends) for hue, count in zip(hues, (below, above), strict=True)
    )
    return [*down[::-1], *[grey] * sides.count(0), *up]


def _ramp(name: str, count: int, most: int, ends: tuple[float, float]) -> list[str]:
    """Return the first `count` of `most` colours, the weakest first; one alone is a strong one."""
    colours: LinearColormap = getattr(linear, name)
    weakest, strongest = ends
    places = [at / (most - 1) for at in range(count)] if most > 1 else [0.6] * count
    return [
        str(colours.rgb_hex_str(weakest + place * (strongest - weakest))).upper()
        for place in places
    ]
