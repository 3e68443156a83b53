"""Places: what a file may say of one, and what it is told where it may not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from stories.checks import check_atlas
from stories.files.loader import load_atlas
from stories.model.place import Known, Place, Position

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACES = """\
places:
  - id: well
    name: {zh: 东井, en: East Well}
    kind: {zh: 井, en: Well}
    text: {zh: 最早的一口。, en: The first of them.}
    known: approximate
    at: [120.05, 30.55]
    within_m: 300
    at_source: {zh: 县志, en: County gazetteer}
    passage: {paragraph: 1}
    quote: 打了12口井
"""
PLACE = {
    "id": "well",
    "name": {"en": "Well"},
    "kind": {"en": "Well"},
    "source": {"en": "A map"},
}
# What is replaced, by what, and what is said where.
BROKEN = [
    ("[120.05, 30.55]", "[30.55, 120.05]",
     "longitude and latitude; the two are swapped: write [120.05, 30.55]"),
    ("[120.05, 30.55]", "[500000, 3380000]", ":7: error: [500000.0, 3380000.0] is no longitude"),
    ("[120.05, 30.55]", "[120.05]", ":7: error: 1 values are no point; write [longitude"),
    ("[120.05, 30.55]", "{lon: 120.05, lan: 30.55}", "unknown key 'lan'; did you mean 'lon'?"),
    ("[120.05, 30.55]", "[east, north]", "'lon'"),
    ("    at: [120.05, 30.55]\n", "", ":2: error: the place is approximate, but has no point"),
    ("    within_m: 300\n", "", ":2: error: the place is approximate and has no `within_m`"),
    ("known: approximate", "known: measured", ":2: error: the place is measured and has"),
    ("known: approximate", "known: division", ":2: error: the place has a point, but not how well"),
    ("known: approximate", "known: roughly", ":6: error: 'roughly' is no known"),
    ("within_m: 300", "within_m: 0", ":8: error: 'within_m': input should be greater than 0"),
    ("    at_source: {zh: 县志, en: County gazetteer}\n", "",
     ":2: error: the place does not say who knows its point"),
    ("    passage: {paragraph: 1}\n", "", ":2: error: the place does not say where it is from"),
    ("paragraph: 1", "paragraph: 9", ":10: warning: the section has 1 paragraphs, not 9"),
    ("quote: 打了12口井", "quote: 打了9口井", ":11: warning: paragraph 1 does not say '打了9口井'"),
    ("The first of them.", "The first of 15.", ":5: warning: no figure covers '15'"),
    ("    quote:", "    scene: wells\n    quote:",
     ":11: error: there is no scene 'wells', which the place 'well' names"),
    ("    quote:", "    picture: wells\n    quote:", ":11: error: there is no medium 'wells'"),
    (", en: East Well", "", ":3: warning: 'name' has no text in 'en'"),
    ("  - id: well\n", "  - id: A Well\n", ":2: error: 'id' does not take 'A Well'"),
]  # fmt: skip


def said(folder: Path, **files: str) -> list[str]:
    for name, text in files.items():
        with (folder / f"{name}.yaml").open("a", encoding="utf-8") as file:
            file.write(text)
    source = "东镇\n\n去年打了12口井。\n"
    return [
        f"{Path(fault.file).name}:{fault.line}: {fault.severity}: {fault.message}"
        for fault in check_atlas(folder, ["east", "west"], source)
        if "no story" not in fault.what
    ]


def test_a_place_is_read_with_its_section(small: Path) -> None:
    assert said(small, east=PLACES) == []
    [place] = load_atlas(small).places_in("east")
    assert place.at == Position(lon=120.05, lat=30.55)
    assert (place.known, place.within_m) == (Known.APPROXIMATE, 300)
    assert place.passage
    assert place.passage.section
    assert place.passage.section.get("en") == "East"


@pytest.mark.parametrize(("old", "new", "fault"), BROKEN, ids=[case[1][:40] for case in BROKEN])
def test_what_is_wrong_with_a_place_is_told_where_and_what(
    small: Path, old: str, new: str, fault: str
) -> None:
    lines = len((small / "east.yaml").read_text(encoding="utf-8").splitlines())
    assert old in PLACES
    found = said(small, east=PLACES.replace(old, new))
    if fault.startswith(":"):
        line, _, rest = fault[1:].partition(":")
        fault = f"east.yaml:{lines + int(line)}:{rest}"
    assert any(fault in each for each in found), found


def test_places_of_one_name_are_told(small: Path) -> None:
    again = PLACES + PLACES.removeprefix("places:\n")
    assert any("'well' stands a second time among the places" in each
               for each in said(small, east=again))  # fmt: skip


def test_the_atlas_has_places_of_divisions_without_a_story(small: Path) -> None:
    one = """\
places:
  - id: mill
    division: west
    name: {zh: 磨坊, en: Mill}
    kind: {zh: 磨坊, en: Mill}
    source: {zh: 一张地图, en: A map}
"""
    assert said(small, atlas=one) == []
    atlas = load_atlas(small)
    assert [place.id for place in atlas.places_in("west")] == ["mill"]
    assert atlas.places_in("east") == atlas.places_in(None) == ()


@pytest.mark.parametrize(
    ("division", "fault"),
    [
        ("wset", "the boundary file has no division 'wset'; did you mean 'west'?"),
        ("east", "the story of 'east' has a place 'well' too; rename one of them"),
    ],
)
def test_a_place_of_the_atlas_needs_a_division_and_a_name_of_its_own(
    small: Path, division: str, fault: str
) -> None:
    one = f"""\
places:
  - id: well
    division: {division}
    name: {{zh: 井, en: Well}}
    kind: {{zh: 井, en: Well}}
    source: {{zh: 一张地图, en: A map}}
"""
    assert any(fault in each for each in said(small, east=PLACES, atlas=one))


def test_more_places_than_a_file_may_have_are_told(small: Path) -> None:
    one = "\n  - {id: p%d, name: {en: A}, kind: {en: B}, source: {en: C}}"
    places = "places:" + "".join(one % number for number in range(501)) + "\n"
    assert any("'places': tuple should have at most 500 items" in each
               for each in said(small, east=places))  # fmt: skip


degrees = st.floats(allow_nan=True, allow_infinity=True) | st.integers() | st.text()


@given(st.lists(degrees, max_size=4) | degrees | st.dictionaries(st.text(), degrees))
def test_whatever_a_point_is_it_is_on_earth_or_refused(at: object) -> None:
    try:
        place = Place.model_validate({**PLACE, "known": "measured", "at": at})
    except ValidationError:
        return
    assert place.at
    assert abs(place.at.lon) <= 180
    assert abs(place.at.lat) <= 90


@pytest.mark.parametrize("at", [[120, 30], {"lon": 120, "lat": 30}, (120.0, 30.0)])
def test_both_forms_of_a_point_mean_the_same(at: object) -> None:
    place = Place.model_validate({**PLACE, "known": "measured", "at": at})
    assert place.at == Position(lon=120, lat=30)


def test_a_place_without_a_word_on_it_is_somewhere_in_its_division() -> None:
    given: Mapping[str, object] = PLACE
    assert Place.model_validate(given).known is Known.DIVISION
