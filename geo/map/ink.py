"""Which ink stands out from a colour (WCAG 2.2, https://www.w3.org/TR/WCAG22/)."""

from __future__ import annotations

from PIL import ImageColor

BLACK, WHITE = "#000000", "#ffffff"
LINEAR_BELOW = 0.04045


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, from 0 to 1."""
    r, g, b = (_linear(each / 255) for each in ImageColor.getrgb(colour)[:3])
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _linear(part: float) -> float:
    return part / 12.92 if part <= LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """Return the ink of words on a colour: of black and white one has 4.5:1 or more on any."""
    return max((BLACK, WHITE), key=lambda ink: contrast(ink, colour))
