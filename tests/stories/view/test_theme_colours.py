"""Theme colours stand out on white and on dark, and from each other for every kind of eye."""

from collections.abc import Iterable
from itertools import combinations

import pytest

from stories.model.atlas import Atlas

Colour = tuple[float, float, float]
WHITE, DARK = (1.0, 1.0, 1.0), (0.0044, 0.0056, 0.0086)  # linear; dark is #0e1117
READABLE_GRAPHIC = 3.0  # WCAG 2.1, 1.4.11
EASILY_TOLD_APART = 20.0  # CIE76; about 2.3 is the least that can be seen
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


def test_colours_stand_out_on_light_and_dark_pages(deqing: Atlas) -> None:
    for theme in deqing.themes:
        for ground in (WHITE, DARK):
            assert contrast(linear(theme.colour), ground) >= READABLE_GRAPHIC, theme.id


@pytest.mark.parametrize("eye", EYES)
def test_colours_are_told_apart(deqing: Atlas, eye: str) -> None:
    for one, other in combinations(deqing.themes, 2):
        colours = [lab(seen(linear(theme.colour), eye)) for theme in (one, other)]
        distance = sum((a - b) ** 2 for a, b in zip(*colours, strict=True)) ** 0.5
        assert distance >= EASILY_TOLD_APART, (one.id, other.id, distance)
