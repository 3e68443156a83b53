"""Graphics that cannot be drawn, with the place and the words that the editor gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stories.checks import check_atlas
from stories.files.loader import load_atlas

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
town: east
themes: [water, work]
section: {zh: 东镇, en: East}
"""
FIGURES = """\
figures:
"""


def figure(name: str, value: object, unit: str = "firms", *, more: str = "") -> str:
    period = "" if "period:" in more.partition("baseline")[0] else "period: 2024, "
    return (
        f"  - {{id: {name}, label: {{zh: {name}, en: {name}}}, unit: {unit}, value: {value}, "
        f"{period}source: {{zh: s, en: s}}{', ' + more if more else ''}}}\n"
    )


LEDGER = (
    FIGURES
    + figure("all", 7)
    + figure("some", 3)
    + figure("rest", 4)
    + figure("loss", -2)
    + figure("old", 5, more="period: 2023")
    + figure("undated", 5, more="period: unstated")
    + figure("open", 6, more="qualifier: over")
    + figure("dust", 37, "µg/m³", more="baseline: {value: 53, period: 2023}")
    + figure("growth", 10, '"%"', more="baseline: {period: 2023}")
    + figure("day", "2024-05", "date")
)
"""Lines 4 to 14."""

# The graphic, in line 16 | where the fault is, and what it says; nothing where there is none.
CASES = """
form: change, figures: [dust] |
form: part, figures: [some], whole: all |
form: part, figures: [all], whole: all | 16:48: error: the figure 'all' stands in the graphic a second time; keep it once
form: parts, figures: [some, rest], whole: all |
form: parts, figures: [some, open], whole: all | 16:56: error: the parts add up to 9, but 'all' is 7; add what is missing
form: parts, figures: [some, rest], whole: open | 16:56: error: the parts add up to 7, but 'open' is 6
form: statuses, figures: [all, old] |
form: statuses, groups: [{label: {zh: a, en: a}, figures: [all]}] |
form: dates, figures: [day, all, undated] |
form: pie, figures: [all] | 16:19: error: 'pie' is no form; known here: change, part, parts, statuses, dates
form: change, figures: [] | 16:5: error: the graphic 'g' draws no figure; list ids of figures under `figures`
form: change, figures: [dst] | 16:37: error: there is no figure 'dst', which the graphic 'g' draws; did you mean 'dust'?
form: change, figures: [dust, dust] | 16:43: error: the figure 'dust' stands in the graphic a second time
form: change, figures: [all] | 16:37: error: the figure 'all' has no earlier value to compare with; give its `baseline` a `value`
form: change, figures: [growth] | 16:37: error: the figure 'growth' has no earlier value
form: change, figures: [day] | 16:37: error: the figure 'day' is a date, which has no length; leave it out, or write `form: dates`
form: change, figures: [dust], whole: all | 16:44: error: the form 'change' takes no `whole`
form: part, figures: [some] | 16:19: error: the graphic 'g' does not say what its figure is a part of; add `whole:`
form: part, figures: [some], whole: al | 16:49: error: there is no figure 'al'
form: part, figures: [all], whole: some | 16:35: error: the part 'all' (7) is larger than the whole (3); exchange the two
form: part, figures: [some, rest], whole: all | 16:41: error: the form 'part' takes one figure
form: part, figures: [dust], whole: all | 16:49: error: 'all' is in 'firms', but 'dust' is in 'µg/m³'; they have no scale in common
form: part, figures: [loss], whole: all | 16:35: error: 'loss' is below zero
form: part, figures: [old], whole: all | 16:48: error: 'all' is of 2024, but 'old' of 2023; parts of a whole are of one period
form: parts, figures: [some] | 16:26: error: the form 'parts' takes two figures or more
form: parts, figures: [some, dust] | 16:42: error: 'dust' is in 'µg/m³', but 'some' is in 'firms'
form: parts, figures: [some, day] | 16:42: error: the figure 'day' is a date
form: statuses, figures: [all, dust] | 16:44: error: 'dust' is in 'µg/m³', but 'all' is in 'firms'
form: statuses, figures: [all], groups: [{label: {zh: a, en: a}, figures: [old]}] | 16:29: error: there are figures in groups and figures without a group
form: dates, groups: [{label: {zh: a, en: a}, figures: [day]}] | 16:26: error: the form 'dates' takes no groups
form: dates, figures: [undated] | 16:19: error: no figure of the graphic 'g' has a date
form: dates, figure: [day] | 16:26: error: unknown key 'figure'; did you mean 'figures'?
"""  # noqa: E501  # a table
TABLE = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


def said(folder: Path, graphics: str) -> list[str]:
    path = folder / "east.yaml"
    path.write_text(HEAD + LEDGER + graphics, encoding="utf-8")
    return [
        f"{each.line}:{each.column}: {each.severity}: {each.message}"
        for each in check_atlas(folder, ["east"])
        if each.file.endswith("east.yaml")
    ]


@pytest.mark.parametrize(("graphic", "fault"), TABLE, ids=lambda text: text[:60])
def test_a_graphic_that_cannot_be_drawn(small: Path, graphic: str, fault: str) -> None:
    found = said(small, f"graphics:\n  - {{id: g, {graphic}, title: {{zh: 图, en: G}}}}\n")
    if fault:
        assert any(line.startswith(fault) for line in found), found
    else:
        assert found == []


def test_names_of_graphics(small: Path) -> None:
    one = "  - {id: g, form: change, figures: [dust], title: {zh: 图, en: G}}\n"
    none = one.replace("id: g", "id: none")
    found = said(small, f"hero_graphic: h\ngraphics:\n{one}{one}{none}")
    assert [line.partition(";")[0] for line in found] == [
        "15:15: error: there is no graphic 'h'",
        "18:10: error: 'g' stands a second time among the graphics",
        "19:10: error: a graphic cannot be called 'none', which stands for no graphic",
    ]


def test_more_figures_than_a_graphic_holds(small: Path) -> None:
    many = "".join(figure(f"f{at}", 1) for at in range(25))
    groups = ", ".join(
        f"{{label: {{zh: a, en: a}}, figures: [{', '.join(f'f{at}' for at in part)}]}}"
        for part in (range(12), range(12, 25))
    )
    text = (
        f"{many}graphics:\n  - {{id: g, form: statuses, title: {{zh: 图, en: G}}, "
        f"groups: [{groups}]}}\n"
    )
    assert any(
        "the graphic 'g' has 25 figures; keep at most 24" in line for line in said(small, text)
    )


def test_numbers_in_its_words_are_held_to_the_figures(small: Path) -> None:
    found = said(
        small,
        "graphics:\n  - {id: g, form: change, figures: [dust], title: {zh: 降到38, en: To 37}}\n",
    )
    assert [line.partition("（")[0] for line in found] == ["16:56: warning: no figure covers '38'"]


def test_which_graphic_stands_before_the_text(small: Path) -> None:
    one = "  - {id: g, form: change, figures: [dust], title: {zh: 图, en: G}}\n"
    two = one.replace("id: g", "id: h")
    for words, hero in (("", "g"), ("hero_graphic: h\n", "h"), ("hero_graphic: none\n", None)):
        said(small, f"{words}graphics:\n{one}{two}")
        story = load_atlas(small).story("east")
        assert story is not None
        opening = story.opening_graphic
        assert (opening.id if opening else None) == hero
