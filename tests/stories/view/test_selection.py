"""What readers choose by: what it offers, and what of it is believed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

import stories
from stories.files.loader import load_atlas
from stories.model.atlas import Atlas, Texts
from stories.model.division import Division
from stories.view.address import View, parse_address
from stories.view.context import ViewContext
from stories.view.selection import (
    change_of,
    choose_html,
    languages_html,
    themes_html,
    towns_html,
)
from stories.wording import Wording

ATLAS = load_atlas(Path(stories.__file__).parent / "data" / "deqing")
TOWNS = {
    slug: Division(slug=slug, names=Texts({"en": f"<b>{slug}</b>"}), boundary_status="published")
    for slug in ("leidian", "xinan", "yuyue", "kangqian", "wukang")
}


def context(**view: object) -> ViewContext:
    view = {"lang": "en", **view}
    wording = Wording(str(view["lang"]), ATLAS.languages)
    return ViewContext(atlas=ATLAS, wording=wording, view=View.model_validate(view), towns=TOWNS)


def drawn(**view: object) -> BeautifulSoup:
    here = context(**view)
    parts = choose_html(here), themes_html(here), towns_html(here, ["wukang"])
    return BeautifulSoup("".join(parts), "html.parser")


def test_themes_say_how_many_stories_they_have_and_which_are_chosen() -> None:
    buttons = drawn(themes=("talent",)).select("[data-theme]")
    assert [button.text for button in buttons] == [
        "Environment · 1", "Industry · 2", "Talent and jobs · 2", "Investment · 2",
    ]  # fmt: skip
    pressed = [button["data-theme"] for button in buttons if button["aria-pressed"] == "true"]
    assert pressed == ["talent"]
    icons = [button.select_one("i") for button in buttons]
    assert all(icon and "clip-path:path('M" in str(icon["style"]) for icon in icons)
    assert len({str(icon) for icon in icons}) == len(buttons)


def test_towns_outside_the_filter_are_faded_and_said_to_be() -> None:
    links = drawn(themes=("talent",), town="xinan").select("nav.towns a")
    faded = {link["data-town"] for link in links if "faded" in link.get_attribute_list("class")}
    said = {link["data-town"] for link in links if link.select(".unseen:not([hidden])")}
    assert faded == said == {"leidian", "xinan"}
    assert [link["data-town"] for link in links] == [
        "", "leidian", "xinan", "yuyue", "kangqian", "wukang",
    ]  # fmt: skip


@pytest.mark.parametrize("themes", [(), ("industry", "talent")])
def test_every_link_leads_to_its_view(themes: tuple[str, ...]) -> None:
    for link in drawn(themes=themes, town="xinan", tour=True).select("nav.towns a"):
        view, notices = parse_address(parse_qs(str(link["href"])[1:]), ATLAS, TOWNS)
        assert (view.town or "", view.themes, view.lang) == (link["data-town"], themes, "en")
        assert not view.tour
        assert not notices
    here = context(themes=themes, town="xinan", tour=True)
    for link in BeautifulSoup(languages_html(here), "html.parser").select("nav.languages a"):
        view, _ = parse_address(parse_qs(str(link["href"])[1:]), ATLAS, TOWNS)
        assert view == here.view.model_copy(update={"lang": link["data-lang"]})
        assert link["lang"] == link["hreflang"] == link["data-lang"]
        assert ("aria-current" in link.attrs) == (link["data-lang"] == "en")


def test_names_are_text() -> None:
    assert not drawn().select("b")


def test_an_atlas_in_one_language_offers_none() -> None:
    one = ATLAS.model_copy(update={"languages": ("en",)})
    alone = ViewContext(
        atlas=one, wording=Wording("en", ("en",)), view=View(lang="en"), towns=TOWNS
    )
    assert languages_html(alone) == ""


@pytest.mark.parametrize(
    ("languages", "is_menu"), [(("en", "zh"), False), (("en", "zh", "ar"), True)]
)
def test_more_than_two_languages_are_folded_away(
    languages: tuple[str, ...], *, is_menu: bool
) -> None:
    atlas = ATLAS.model_copy(update={"languages": languages})
    here = ViewContext(
        atlas=atlas, wording=Wording("en", languages), view=View(lang="en"), towns={}
    )
    html = BeautifulSoup(languages_html(here), "html.parser")
    assert bool(html.select("details > summary")) == is_menu
    links = html.select("nav.languages a")
    assert [link["lang"] for link in links] == list(languages)


@pytest.mark.parametrize(("times", "look"), [(1, "choose short"), (9, "choose")])
def test_only_themes_that_fit_into_one_line_stand_in_the_bar(times: int, look: str) -> None:
    themes = [
        theme.model_copy(update={"id": f"{theme.id}{time}"})
        for theme in ATLAS.themes
        for time in range(times)
    ]
    here = replace(context(), atlas=ATLAS.model_copy(update={"themes": tuple(themes)}))
    assert f'class="{look}"' in choose_html(here)


@pytest.mark.parametrize(
    ("choice", "change"),
    [
        ({"town": "xinan"}, {"town": "xinan", "place": None, "tour": False}),
        ({"town": "xinan", "tour": True}, {"town": "xinan", "place": None, "tour": True}),
        ({"town": "wukang", "tour": True}, {"town": "wukang", "place": None, "tour": False}),
        ({"town": ""}, {"town": None, "place": None, "tour": False}),
        ({"town": "atlantis", "tour": True}, {"town": None, "place": None, "tour": False}),
        (
            {"town": "xinan", "place": "shangfeng"},
            {"town": "xinan", "place": "shangfeng", "tour": False},
        ),
        ({"town": "xinan", "place": "zhengxi"}, {"town": "xinan", "place": None, "tour": False}),
        ({"town": "xinan", "place": ["x"]}, {"town": "xinan", "place": None, "tour": False}),
        ({"themes": ["talent", "industry", "x"]}, {"themes": ("industry", "talent")}),
        ({"themes": []}, {"themes": ()}),
        ({"lang": "zh"}, {"lang": "zh"}),
        ({"themes": ["talent"], "lang": "zh"}, {"lang": "zh", "themes": ("talent",)}),
        (
            {"town": "xinan", "themes": [], "lang": "zh"},
            {"town": "xinan", "place": None, "tour": False, "themes": (), "lang": "zh"},
        ),
        ({"lang": "tlh"}, {}),
        ({"lang": ["zh"], "town": 1, "tour": True}, {}),
    ],
)
def test_a_choice_changes_the_view(choice: dict[str, object], change: dict[str, object]) -> None:
    assert change_of(context(), choice) == change


def test_a_scene_is_believed_where_the_towns_story_has_it(told: Atlas) -> None:
    view = View(town="leidian", lang="en")
    here = ViewContext(told, Wording("en", ("en",)), view, TOWNS)
    assert change_of(here, {"scene": "s2"}) == {"scene": "s2"}
    assert change_of(here, {"scene": ""}) == {"scene": None}
    assert change_of(here, {"scene": "s9", "lang": "zh"}) == {"scene": None, "lang": "zh"}
    assert change_of(here, {"scene": ["s2"]}) == {}
    assert "scene" not in change_of(here, {"scene": "s2", "town": "xinan"})


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.sampled_from([*TOWNS, "zh", "talent"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["town", "tour", "themes", "lang", "scene", "x"]), anything))
def test_whatever_a_browser_sends_the_view_stays_one(choice: dict[str, object]) -> None:
    view = context().view.changed(**change_of(context(), choice))
    again, notices = parse_address(parse_qs(view.query()), ATLAS, TOWNS)
    assert again == view
    assert not notices
