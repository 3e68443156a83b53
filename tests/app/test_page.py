"""The page without a browser: Streamlit's own AppTest runs the script."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

SCRIPT = Path(__file__).parents[2] / "streamlit_app.py"


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(SCRIPT), default_timeout=60)


def panel(app: AppTest) -> str:
    return next(str(each.proto.body) for each in app.get("html") if "<article" in each.proto.body)


def test_starts_with_the_county(app: AppTest) -> None:
    app.run()

    assert not app.exception
    assert 'class="panel overview"' in panel(app)
    assert panel(app).count('<li class="teaser') == 4


@pytest.mark.parametrize("town", ["leidian", "xinan", "yuyue", "kangqian"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_address_opens_a_story(app: AppTest, town: str, lang: str) -> None:
    app.query_params["town"] = town
    app.query_params["lang"] = lang

    app.run()

    assert not app.exception
    assert f'class="panel story" lang="{lang}"' in panel(app)
    assert f'data-query="town={town}&amp;lang={lang}"' in panel(app)


def test_the_list_leads_to_every_town_with_the_view_as_it_is(app: AppTest) -> None:
    app.query_params["town"] = "leidian"
    app.query_params["theme"] = ["talent"]
    app.query_params["lang"] = "en"

    app.run()

    towns = next(
        each.proto.body for each in app.get("html") if '<nav class="towns' in each.proto.body
    )
    assert towns.count("<a href=") == 1 + 13
    assert '<a href="?theme=talent&amp;lang=en" data-town="">Whole county</a>' in towns
    assert '<a href="?town=wukang&amp;theme=talent&amp;lang=en" data-town="wukang">' in towns
    themes = next(
        each.proto.body for each in app.get("html") if '<div class="themes' in each.proto.body
    )
    assert '<button type="button" data-theme="talent" aria-pressed="true">' in themes
    assert themes.count('aria-pressed="false"') == 3


def test_a_town_outside_the_filter_is_explained(app: AppTest) -> None:
    app.query_params["town"] = "leidian"
    app.query_params["theme"] = ["talent"]
    app.query_params["lang"] = "en"

    app.run()

    assert "outside the chosen themes" in panel(app)


def test_what_the_address_asks_in_vain_is_said(app: AppTest) -> None:
    app.query_params["town"] = "<img src=x onerror=alert(1)>"
    app.query_params["lang"] = "en"

    app.run()

    assert not app.exception
    assert any("names a town, “" in caption.value for caption in app.caption)


@pytest.mark.parametrize(
    "params",
    [
        {"town": ["leidian", "xinan"]},
        {"lang": ["en", "zh"]},
        {"theme": ["talent", "talent"]},
        {"town": ["leidian", "leidian"], "key": ["x"], "tour": ["1", "1"]},
    ],
)
def test_a_parameter_that_stands_twice_costs_no_story(
    app: AppTest, params: dict[str, list[str]]
) -> None:
    for name, values in params.items():
        app.query_params[name] = values

    app.run()

    assert not app.exception
    assert 'class="panel ' in panel(app)
    assert len(app.caption) == 1


ASKED = [
    "leidian",
    "xinan",
    "wukang",
    "talent",
    "zh",
    "en",
    "zh-CN",
    "1",
    "",
    "{key}",
    "<b>",
    "\x00",
]
PARAMETERS = ["atlas", "town", "theme", "lang", "tour", "key", "value", "n", "self", "embed", "%"]


ODD = st.dictionaries(
    st.sampled_from(PARAMETERS) | st.text(min_size=1, max_size=20),
    st.lists(st.sampled_from(ASKED) | st.text(max_size=80), min_size=1, max_size=3),
)
KNOWN = {
    "town": ["leidian", "xinan", "wukang"],
    "theme": ["talent", "industry"],
    "lang": ["zh", "en"],
}
REPEATED = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), min_size=2, max_size=3)
        for name, values in KNOWN.items()
    },
)
"""Hardly any address that is made of anything asks twice for what is there."""


@settings(max_examples=25)
@given(params=st.builds(lambda odd, repeated: odd | repeated, ODD, REPEATED))
def test_any_address_shows_a_page(params: dict[str, list[str]]) -> None:
    app = AppTest.from_file(str(SCRIPT), default_timeout=60)
    for name, values in params.items():
        app.query_params[name] = values

    app.run()

    assert not app.exception
    assert 'class="panel ' in panel(app)
    assert all("address" in each.value or "网址" in each.value for each in app.caption)
