"""Colours of classes, told apart by every kind of eye, for light and for dark pages."""

from dataclasses import dataclass

from branca.utilities import color_brewer

from stories.metrics.classes import Classification


@dataclass(frozen=True, slots=True)
class Scale:
    """Colours of a metric's classes, from the lowest to the highest, as ``#rrggbb``."""

    light: tuple[str, ...]
    """On a light page: the highest is the darkest."""
    dark: tuple[str, ...]
    """On a dark page: the highest is the lightest."""
    no_value: tuple[str, str] = ("#767676", "#9A9FA8")
    """Lines of the hatching where there is no value, on a light and on a dark page."""


def scale(classification: Classification) -> Scale:
    """Return the colours of the classes."""
    n = classification.n
    colours = tuple(each.upper() for each in color_brewer("YlGnBu", n=max(n, 3)))[-n:] if n else ()
    return Scale(colours, tuple(reversed(colours)))
