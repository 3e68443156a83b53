"""Theme colours stand out on white and on dark, and from each other for every kind of eye."""

from itertools import combinations

import pytest

from stories.model.atlas import Atlas
from tests.support.colours import (
    DARK,
    EYES,
    READABLE_GRAPHIC,
    WHITE,
    contrast,
    distance,
    linear,
)

EASILY_TOLD_APART = 20.0  # CIE76; about 2.3 is the least that can be seen


def test_colours_stand_out_on_light_and_dark_pages(deqing: Atlas) -> None:
    for theme in deqing.themes:
        for ground in (WHITE, DARK):
            assert contrast(linear(theme.colour), ground) >= READABLE_GRAPHIC, theme.id


@pytest.mark.parametrize("eye", EYES)
def test_colours_are_told_apart(deqing: Atlas, eye: str) -> None:
    for one, other in combinations(deqing.themes, 2):
        apart = distance(one.colour, other.colour, eye)
        assert apart >= EASILY_TOLD_APART, (one.id, other.id, apart)
