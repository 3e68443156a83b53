"""Colours of classes: told apart by every kind of eye, on light pages and on dark ones."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise

import pytest

from stories.metrics import Classification, Scale, scale
from stories.model.figure import Better
from tests.support.colours import (
    DARK,
    EYES,
    READABLE_GRAPHIC,
    WHITE,
    Colour,
    contrast,
    distance,
    linear,
    luminance,
)

TOLD_APART = 9.0  # CIE76, of classes that touch; about 2.3 is the least that can be seen


def scale_of(lowest: int, n: int, better: Better = Better.NONE) -> Scale:
    return scale(Classification(tuple(map(Decimal, range(lowest, lowest + n + 1)))), better)


ONE_WAY = {n: scale_of(0, n) for n in range(1, 8)}
TWO_WAYS = {
    f"{n} from {-below} {better}": scale_of(-below, n, better)
    for n in range(2, 8)
    for below in range(1, n)
    for better in (Better.HIGHER, Better.LOWER)
}
ALL = {**{str(n): each for n, each in ONE_WAY.items()}, **TWO_WAYS}


def pages(each: Scale) -> list[tuple[Colour, tuple[str, ...]]]:
    return [(WHITE, each.light), (DARK, each.dark)]


@pytest.mark.parametrize("name", ALL)
def test_every_class_is_told_from_every_other(name: str) -> None:
    for _, colours in pages(ALL[name]):
        for eye in EYES:
            for one, other in combinations(colours, 2):
                assert distance(one, other, eye) >= TOLD_APART, (eye, one, other)


@pytest.mark.parametrize("n", range(2, 8))
def test_lightness_says_which_is_more(n: int) -> None:
    for page, colours in pages(ONE_WAY[n]):
        lights = [luminance(linear(each)) for each in colours]
        assert lights == sorted(lights, reverse=page == WHITE)
        assert contrast(linear(colours[0]), linear(colours[-1])) >= READABLE_GRAPHIC


@pytest.mark.parametrize("name", TWO_WAYS)
def test_what_is_farther_from_zero_is_farther_from_the_page(name: str) -> None:
    lowest = int(name.split()[2])
    for page, colours in pages(TWO_WAYS[name]):
        below, above = colours[:-lowest][::-1], colours[-lowest:]
        for side in (below, above):
            contrasts = [contrast(linear(each), page) for each in side]
            assert all(one < other for one, other in pairwise(contrasts))


@pytest.mark.parametrize("name", ALL)
def test_the_strongest_class_stands_out_on_the_page(name: str) -> None:
    for page, colours in pages(ALL[name]):
        assert max(contrast(linear(each), page) for each in colours) >= READABLE_GRAPHIC


def test_hatching_and_circles_stand_out_on_the_page() -> None:
    for each in (*ALL.values(),):
        for pair in (each.no_value, each.symbol):
            for page, colour in zip((WHITE, DARK), pair, strict=True):
                assert contrast(linear(colour), page) >= READABLE_GRAPHIC


def test_all_below_zero_is_the_one_way_turned_round() -> None:
    assert scale_of(-5, 5).light == ONE_WAY[5].light[::-1]


def test_a_class_across_zero_is_grey() -> None:
    edges = tuple(map(Decimal, (-6, -2, 3, 8)))
    for _, colours in pages(scale(Classification(edges))):
        parts = [int(colours[1][at : at + 2], 16) for at in (1, 3, 5)]
        assert max(parts) - min(parts) < 20
        assert min(distance(colours[1], each, eye) for each in colours[::2] for eye in EYES) > 20


def test_blue_is_what_improves() -> None:
    more, less = scale_of(-1, 2, Better.HIGHER), scale_of(-1, 2, Better.LOWER)
    assert more.light == tuple(reversed(less.light))
    assert int(more.light[1][5:], 16) > int(more.light[1][1:3], 16), "more blue than red"


def test_no_class_has_no_colour() -> None:
    assert scale(Classification()).light == ()
