"""How colours look to every kind of eye, and how far they stand apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Colour = tuple[float, float, float]
WHITE, DARK = (1.0, 1.0, 1.0), (0.0044, 0.0056, 0.0086)  # linear; dark is #0e1117
READABLE_GRAPHIC = 3.0  # WCAG 2.1, 1.4.11
EYES = {
    # Machado, Oliveira and Fernandes 2009, severity 1.0
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def three(parts: Iterable[float]) -> Colour:
    one, two, last = parts
    return one, two, last


def linear(colour: str) -> Colour:
    r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    parts = (c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4) for c in (r, g, b))
    return three(parts)


def luminance(colour: Colour) -> float:
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), colour, strict=True))


def contrast(one: Colour, other: Colour) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: Colour) -> Colour:
    xyz = (
        (0.4124, 0.3576, 0.1805, 0.9505),
        (0.2126, 0.7152, 0.0722, 1.0),
        (0.0193, 0.1192, 0.9505, 1.089),
    )
    x, y, z = (
        curve(sum(w * c for w, c in zip(row[:3], colour, strict=True)) / row[3]) for row in xyz
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def curve(t: float) -> float:
    return t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116


def seen(colour: Colour, eye: str) -> Colour:
    sums = (sum(w * c for w, c in zip(row, colour, strict=True)) for row in EYES[eye])
    return three(min(max(each, 0.0), 1.0) for each in sums)


def distance(one: str, other: str, eye: str) -> float:
    """Return how far two colours stand apart for an eye (CIE76; 2.3 can just be seen)."""
    labs = [lab(seen(linear(each), eye)) for each in (one, other)]
    return float(sum((a - b) ** 2 for a, b in zip(*labs, strict=True)) ** 0.5)
