"""Addresses: what they ask for, and how they are written."""

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.files.loader import load_atlas
from stories.model.atlas import Atlas
from stories.view.address import Notice, View, parse_address

TOWNS = ("leidian", "xinan", "yuyue", "kangqian", "wukang")
ATLAS = load_atlas(Path(__file__).parents[3] / "stories" / "data" / "deqing")
THEMES = tuple(theme.id for theme in ATLAS.themes)
PERIODS = {"villages": ["2018-10-31", "2024-02-19/2024-02-28"], "area": ["2023"]}
SHOWN = [(None, None)] + [(each, when) for each in PERIODS for when in (None, *PERIODS[each])]


def test_a_full_address(deqing: Atlas) -> None:
    params = {"theme": ["talent", "environment"], "lang": ["en"], "town": ["leidian"], "utm": ["x"]}
    view, notices = parse_address(params, deqing, TOWNS)
    assert view == View(town="leidian", themes=("environment", "talent"), lang="en")
    assert view.query() == "town=leidian&theme=environment&theme=talent&lang=en"
    assert notices == []


def test_one_of_several_atlases(deqing: Atlas) -> None:
    view, notices = parse_address({"atlas": ["deqing"], "lang": ["en"]}, deqing, TOWNS, "deqing")
    assert view.query() == "atlas=deqing&lang=en"
    assert notices == []


def test_a_scene_of_the_towns_story(told: Atlas) -> None:
    params = {"scene": ["s2"], "town": ["leidian"], "tour": ["1"], "theme": ["talent"]}
    view, notices = parse_address(params, told, TOWNS)
    assert view.query() == "town=leidian&tour=1&scene=s2&theme=talent"
    assert notices == []
    assert view.without_scene().query() == "town=leidian&tour=1&theme=talent"
    assert view.changed(lang="en").scene == "s2"
    assert view.changed(town="xinan", tour=False).query() == "town=xinan&theme=talent"


@pytest.mark.parametrize("town", [["leidian"], ["xinan"], ["wukang"], []])
def test_a_scene_that_the_story_does_not_have_is_named(told: Atlas, town: list[str]) -> None:
    view, notices = parse_address({"town": town, "scene": ["s9"]}, told, TOWNS)
    assert view.scene is None
    assert notices == [Notice("address.unknown_scene", {"value": "s9"})]


def test_an_empty_address(deqing: Atlas) -> None:
    assert parse_address({"town": [""]}, deqing, TOWNS) == (View(), [])
    assert View().query() == ""


def test_what_is_unknown_or_repeated_is_named(deqing: Atlas) -> None:
    params = {
        "town": ["atlantis", "xinan", "yuyue"],
        "theme": ["talent", "talent", "sport"],
        "lang": ["tlh"],
    }
    view, notices = parse_address(params, deqing, TOWNS)
    assert view == View(town="xinan", themes=("talent",))
    assert notices == [
        Notice("address.unknown_town", {"value": "atlantis"}),
        Notice("address.repeated", {"key": "theme", "value": "talent"}),
        Notice("address.unknown_theme", {"value": "sport"}),
        Notice("address.unknown_lang", {"value": "tlh"}),
        Notice("address.repeated", {"key": "town", "value": "yuyue"}),
    ]


@given(
    town=st.none() | st.sampled_from(TOWNS),
    themes=st.sets(st.sampled_from(THEMES)),
    shown=st.sampled_from(SHOWN),
    lang=st.none() | st.sampled_from(ATLAS.languages),
)
def test_an_address_written_is_the_address_read(
    town: str | None, themes: set[str], shown: tuple[str | None, str | None], lang: str | None
) -> None:
    metric, period = shown
    chosen = tuple(t for t in THEMES if t in themes)
    view = View(town=town, themes=chosen, metric=metric, period=period, lang=lang)
    read = parse_address(parse_qs(view.query()), ATLAS, TOWNS, periods=PERIODS)
    assert read == (view, [])


@given(
    params=st.dictionaries(
        st.sampled_from(["town", "theme", "metric", "period", "lang"]),
        st.lists(st.text() | st.sampled_from(["villages", "area", "2018-10-31", "2023"])),
    )
)
def test_any_address_gives_a_view(params: dict[str, list[str]]) -> None:
    view, _ = parse_address(params, ATLAS, TOWNS, periods=PERIODS)
    read = parse_address(parse_qs(view.query()), ATLAS, TOWNS, periods=PERIODS)
    assert read == (view, [])


def test_a_metric_stands_behind_the_themes_and_has_its_own_periods() -> None:
    params = {"period": ["2018-10-31"], "metric": ["villages"], "theme": ["talent"], "lang": ["en"]}
    view, notices = parse_address(params, ATLAS, TOWNS, periods=PERIODS)
    assert view.query() == "theme=talent&metric=villages&period=2018-10-31&lang=en"
    assert notices == []
    assert view.changed(town="xinan").period == "2018-10-31"
    assert view.changed(metric="area").query() == "theme=talent&metric=area&lang=en"
    assert view.changed(metric=None).query() == "theme=talent&lang=en"


@pytest.mark.parametrize(
    ("metric", "period", "query", "notices"),
    [
        (["gold"], ["2023"], "", [("unknown_metric", {"value": "gold"})]),
        ([], ["2023"], "", []),
        (["area"], ["1066"], "metric=area", [("unknown_period", {"value": "1066"})]),
        (["area"], ["2018-10-31"], "metric=area", [("unknown_period", {"value": "2018-10-31"})]),
        (
            ["area", "villages"],
            ["2023", "2023"],
            "metric=area&period=2023",
            [
                ("repeated", {"key": "metric", "value": "villages"}),
                ("repeated", {"key": "period", "value": "2023"}),
            ],
        ),
    ],
)
def test_a_metric_or_period_that_is_not_there_is_left_aside(
    metric: list[str], period: list[str], query: str, notices: list[tuple[str, dict[str, str]]]
) -> None:
    params = {"metric": metric, "period": period}
    view, found = parse_address(params, ATLAS, TOWNS, periods=PERIODS)
    assert view.query() == query
    assert found == [Notice(f"address.{key}", values) for key, values in notices]


@pytest.mark.parametrize("asked", ["zh-CN", "zh_CN", "ZH", "zh-Hans-CN", " zh "])
def test_a_language_is_known_by_its_narrower_tags(deqing: Atlas, asked: str) -> None:
    assert parse_address({"lang": [asked]}, deqing, TOWNS) == (View(lang="zh"), [])


def test_a_place_is_of_its_town_alone(deqing: Atlas) -> None:
    asked = {"town": ["xinan"], "place": ["shangfeng"], "tour": ["1"], "lang": ["en"]}
    view, notices = parse_address(asked, deqing, TOWNS)
    assert view.query() == "town=xinan&place=shangfeng&tour=1&lang=en"
    assert notices == []
    for town in (["yuyue"], []):
        view, notices = parse_address({"town": town, "place": ["shangfeng"]}, deqing, TOWNS)
        assert view.place is None
        assert notices == [Notice("address.unknown_place", {"value": "shangfeng"})]
