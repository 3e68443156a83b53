"""The view that an address asks for, whatever stands in it."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.files.loader import load_atlas
from stories.model.division import Division
from stories.model.text import Texts
from stories.view.context import read_address
from stories.view.panel import panel_html
from tests.conftest import DEQING

ATLAS = load_atlas(DEQING)
TOWNS = {
    story.town: Division(slug=story.town, names=Texts({"zh": "镇"}), boundary_status="unknown")
    for story in ATLAS.stories
}
VALUES = st.sampled_from(
    ["leidian", "xinan", "talent", "industry", "zh", "en", "1", "", "nowhere", "{key}", "<b>"]
)
PARAMETERS = st.dictionaries(
    st.sampled_from(["town", "theme", "lang", "tour", "atlas", "key", "value", "self"]),
    st.lists(VALUES | st.text(max_size=80), max_size=4),
)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("query", "left_aside"),
    [
        ("town=leidian&town=xinan", "xinan"),
        ("theme=talent&theme=talent", "talent"),
        ("town=nowhere", "nowhere"),
        ("theme=nothing", "nothing"),
    ],
)
def test_what_is_left_aside_is_said_once(lang: str, query: str, left_aside: str) -> None:
    context = read_address(ATLAS, TOWNS, parse_qs(f"{query}&lang={lang}"))
    (notice,) = context.notices
    assert left_aside in notice
    assert context.lang == lang


def test_of_two_languages_the_first_is_read() -> None:
    context = read_address(ATLAS, TOWNS, parse_qs("lang=en&lang=zh"))
    assert context.lang == "en"
    assert "zh" in context.notices[0]


@given(PARAMETERS)
def test_every_address_gets_a_page(params: dict[str, list[str]]) -> None:
    context = read_address(ATLAS, TOWNS, params)
    assert all(context.notices)
    assert '<article class="panel' in panel_html(context)
