"""Colours of a graphic that is taken away, where no page gives any."""

from __future__ import annotations

from stories.graphics.shapes import Paint

PAPER, INK, MUTED, RULE = "#fbfaf6", "#1f2d36", "#566067", "#c9c4b8"
LEAST_CONTRAST = 3.0
"""Of marks against the paper (WCAG 2.2, 1.4.11)."""
_SOFT = 0.45
_STEP = 0.1


def standalone_colours(colour: str) -> dict[Paint, str]:
    """Return a colour for each paint; the story's is darkened until it can be told from the paper.

    Parameters
    ----------
    colour
        `#rrggbb` of the story's theme.
    """
    mark, share = colour, 0.0
    while contrast(mark, PAPER) < LEAST_CONTRAST:
        share += _STEP
        mark = mixed(INK, colour, share)
    return {
        Paint.INK: INK,
        Paint.MUTED: MUTED,
        Paint.MARK: mark,
        Paint.SOFT: mixed(mark, PAPER, _SOFT),
        Paint.RULE: RULE,
    }


def mixed(one: str, other: str, share: float) -> str:
    """Mix two colours, with so large a share of the first."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21.

    `WCAG 2.2 <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>`_.
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = [each / 255 for each in _channels(colour)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
