"""Graphics of several towns that cannot be drawn, with the words that the editor gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stories.checks import check_atlas
from stories.files.loader import read_atlas

if TYPE_CHECKING:
    from pathlib import Path

COUNTY = (
    "figures:\n  - {id: county-wells, label: {zh: 井, en: Wells}, unit: count, value: 40, "
    "period: 2024, source: {zh: 县, en: County}}\n"
)

# The graphic, in line 22 | where the fault is, and what it says; nothing where there is none.
CASES = """
form: dates, figures: [east/wells, west/wells] |
form: dates, figures: [east/wells, county-wells] |
form: statuses, figures: [county-wells, east/wells, west/wells] |
form: change, figures: [east/wells, west/wells] |
form: part, figures: [east/wells], whole: county-wells |
form: parts, figures: [east/wells, west/wells] |
form: dates, figures: [east/wels] | 22:36: error: there is no figure 'east/wels', which the graphic 'g' draws; did you mean 'east/wells'?
form: dates, figures: [wells] | 22:36: error: there is no figure 'wells', which the graphic 'g' draws; did you mean 'west/wells'?
form: dates, figures: [eastt/wells] | 22:36: error: there is no figure 'eastt/wells', which the graphic 'g' draws; 'eastt' has no story; did you mean 'east'?
form: dates, figures: [east/wells, east/wells] | 22:48: error: the figure 'east/wells' stands in the graphic a second time
form: dates, figures: [a/b/c] | 22:36: error: 'figures' does not take 'a/b/c'
form: dates, figures: [] | 22:5: error: the graphic 'g' draws no figure
form: part, figures: [east/wells], whole: county | 22:55: error: there is no figure 'county', which the graphic 'g' draws; did you mean 'county-wells'?
form: part, figures: [county-wells], whole: east/wells | 22:35: error: the part 'county-wells' (40) is larger than the whole (12)
form: parts, figures: [east/wells, west/wells], whole: county-wells | 22:68: error: the parts add up to 24, but 'county-wells' is 40
form: statuses, figures: [east/wells, west/wells-change] | 22:51: error: 'west/wells-change' is in '%', but 'east/wells' is in 'count'
form: dates, groups: [{label: {zh: a, en: a}, figures: [east/wells]}] | 22:26: error: the form 'dates' takes no groups
form: dates, figures: [east/wells], note: {zh: 13口井, en: 12 wells} | 22:60: warning: no figure covers '13'
"""  # noqa: E501  # a table
TABLE = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.fixture
def pair(small: Path) -> Path:
    """Return the folder of an atlas of two towns, whose graphic is still to come."""
    for name in ("east.yaml", "east.zh.md", "east.en.md"):
        text = (small / name).read_text(encoding="utf-8")
        text = text.replace("town: east", "town: west")
        (small / name.replace("east", "west")).write_text(text, encoding="utf-8")
    atlas = small / "atlas.yaml"
    text = atlas.read_text(encoding="utf-8").replace("[east]", "[east, west]")
    atlas.write_text(text + COUNTY, encoding="utf-8")
    return small


def said(folder: Path, graphic: str) -> list[str]:
    path = folder / "atlas.yaml"
    text = path.read_text(encoding="utf-8")
    graphic = f"graphics:\n  - {{id: g, {graphic}, title: {{zh: 图, en: G}}}}\n"
    path.write_text(text + graphic, encoding="utf-8")
    return [
        f"{each.line}:{each.column}: {each.severity}: {each.message}"
        for each in check_atlas(folder, ["east", "west"])
        if each.file.endswith("atlas.yaml")
    ]


@pytest.mark.parametrize(("graphic", "fault"), TABLE, ids=lambda text: text[:60])
def test_a_graphic_that_cannot_be_drawn(pair: Path, graphic: str, fault: str) -> None:
    found = said(pair, graphic)
    if fault:
        assert any(line.startswith(fault) for line in found), found
    else:
        assert found == []


def test_a_story_draws_its_own_figures_alone(pair: Path) -> None:
    path = pair / "east.yaml"
    graphic = "graphics:\n  - {id: g, form: dates, figures: [west/wells], title: {zh: 图, en: G}}\n"
    path.write_text(path.read_text(encoding="utf-8") + graphic, encoding="utf-8")
    (fault,) = read_atlas(pair).faults
    assert fault.message == (
        "there is no figure 'west/wells', which the graphic 'g' draws; name figures of this story;"
        " `graphics` of atlas.yaml draw those of several towns"
    )


def test_of_a_town_that_cannot_be_read_nothing_more_is_said(pair: Path) -> None:
    (pair / "west.yaml").write_text("town: [", encoding="utf-8")
    assert said(pair, "form: dates, figures: [east/wells, west/wells, west/more]") == []
    assert [each.file.rpartition("/")[2] for each in read_atlas(pair).faults] == ["west.yaml"]
