"""The list of places: of a division, and of the atlas on the overview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from stories.model.place import AtlasPlace
from stories.view.panel import panel_html
from tests.stories.view.test_panel import ATLAS, context

if TYPE_CHECKING:
    from bs4.element import Tag

POINT = {"at": [119.98, 30.54], "known": "measured"}
DIVISIONS = ("xinan", "wukang")


def made(division: str, **more: object) -> AtlasPlace:
    said = {"id": "mill", "name": {"en": f"Mill {division}"}, "kind": {"en": "Mill"}}
    return AtlasPlace.model_validate(
        {**said, "division": division, "source": {"en": "Made up"}, **more}
    )


def entries(html: str) -> list[Tag]:
    return BeautifulSoup(html, "html.parser").select(".place-entry")


def test_the_overview_lists_the_places_of_no_single_story() -> None:
    places = tuple(made(each, **POINT) for each in DIVISIONS)
    atlas = ATLAS.model_copy(update={"places": places})
    listed = entries(panel_html(context(atlas)))

    names = [entry.select_one(".name a") for entry in listed]
    assert [name.text for name in names if name] == ["Mill xinan", "Mill wukang"]
    assert [name["href"] for name in names if name] == [
        f"?town={each}&place=mill&lang=en#place-mill" for each in DIVISIONS
    ]
    assert [name["data-town"] for name in names if name] == [*DIVISIONS]
    known = [entry.select_one(".known") for entry in listed]
    assert [each.text for each in known if each] == [
        f"Mill · Town {each} · location measured" for each in DIVISIONS
    ]
    assert len({entry["id"] for entry in listed}) == len(DIVISIONS)


def test_a_division_that_is_said_already_is_not_said_twice() -> None:
    atlas = ATLAS.model_copy(update={"places": (made("wukang"),)})
    [entry] = entries(panel_html(context(atlas)))
    assert entry.text.count("wukang") == len(("its name", "where it is"))


def test_where_a_link_to_a_place_leads_there_is_the_place() -> None:
    atlas = ATLAS.model_copy(update={"places": (made("wukang", **POINT),)})
    [entry] = entries(panel_html(context(atlas, town="wukang", place="mill")))
    assert entry["id"] == "place-mill"
    assert "chosen" in entry["class"]


def test_an_atlas_without_such_places_has_no_list_of_them() -> None:
    assert not entries(panel_html(context()))
