"""Broken atlases, one fault each, with the place and the words that the editor gets."""

import re
from pathlib import Path

import pytest

from stories.checks import check_atlas

DIVISIONS = ["east"]
SOURCE = "东镇\n\n去年打了12口井。\n"

# What is replaced in which file, by what | where the fault is | what it says.
BROKEN = """
atlas.yaml | id: small => ix: small                    | atlas.yaml:1:1: error: unknown key 'ix'; did you mean 'id'?
atlas.yaml | id: small => id: Small Atlas              | atlas.yaml:1:5: error: 'id' does not take 'Small Atlas'
atlas.yaml | id: small => id: [small]                  | atlas.yaml:1:5: error: 'id' takes text, not a list
atlas.yaml | id: small => id: small: atlas             | atlas.yaml:1:10: error: mapping values are not allowed here
atlas.yaml | id: small => id: &a small                 | atlas.yaml:1:5: error: anchor &a
atlas.yaml | id: small => id: !!str small              | atlas.yaml:1:5: error: tag
atlas.yaml | id: small => \\tid: small                 | atlas.yaml:1:1: error: while scanning
atlas.yaml | place: => title:                          | atlas.yaml:3:1: error: key 'title' stands here a second time
atlas.yaml | title: {zh: 小图集, => title: {zh: 2024,  | atlas.yaml:2:13: error: 'zh' takes text, not 2024; put it in quotation marks
atlas.yaml | title: {zh: 小图集, => title: {zh: "",    | atlas.yaml:2:13: error: 'zh': string should have at least 1 character
atlas.yaml | title: {zh: 小图集, => title: {           | atlas.yaml:2:8: warning: 'title' has no text in 'zh'; add `zh:`
atlas.yaml | title: {zh: 小图集, => title: {zh: TODO,  | atlas.yaml:2:13: warning: still to be written (TODO)
atlas.yaml | title: {zh: 小图集, => title: {zh: 小, xx: y, | atlas.yaml:2:16: error: no language is called 'xx'
atlas.yaml | title: {zh: 小图集, => title: {zh: 小, fr: y, | atlas.yaml:2:16: warning: 'fr' is not among the languages of the atlas
atlas.yaml | 东镇的井。 => 东镇的15口井。              | atlas.yaml:4:13: warning: no figure covers '15'
atlas.yaml | languages: [zh, en] => languages: [zh, en, sw] | atlas.yaml:5:21: warning: of 'sw', numbers are read in figures alone
atlas.yaml | languages: [zh, en] => languages: [zh, en]\\nnames_with_numbers: {xx: [三一]} | atlas.yaml:6:22: error: no language is called 'xx'
atlas.yaml | languages: [zh, en] => languages: []      | atlas.yaml:5:12: error: 'languages': tuple should have at least 1 item
atlas.yaml | languages: [zh, en] => languages: [zh, zh, en] | atlas.yaml:5:17: error: 'zh' stands a second time among the languages
atlas.yaml | boundaries: small => boundaries: ../small | atlas.yaml:6:13: error: 'boundaries' does not take '../small'
atlas.yaml | id: work => id: water                     | atlas.yaml:12:9: error: 'water' stands a second time among the themes
atlas.yaml | icon: factory => icon: factoy             | atlas.yaml:14:11: warning: there is no icon 'factoy'; did you mean 'factory'?
atlas.yaml | icon: factory => icon: "<b>"              | atlas.yaml:14:11: error: 'icon' does not take '<b>'
atlas.yaml | "#0072B2" => blue                         | atlas.yaml:11:13: error: 'colour' does not take 'blue'
atlas.yaml | stories: [east] => stories: [east, east]  | atlas.yaml:16:17: error: 'east' stands a second time among the stories
atlas.yaml | stories: [east] => stories: [east, county] | atlas.yaml:16:17: error: no town can be called 'county', which stands for the whole county in addresses; give the division another `slug`
atlas.yaml | stories: [east] => stories: [east, west]  | west.yaml:1:1: error: the file cannot be read
atlas.yaml | stories: [east] => stories: [east]\\nno_story: [wset] | atlas.yaml:17:12: error: the boundary file has no division 'wset'
atlas.yaml | stories: [east] => stories: [east]\\nno_story: [east] | atlas.yaml:17:12: error: 'east' has a story and is listed as having none
atlas.yaml | source: => levels: {division: {en: parish}}\\nsource: | atlas.yaml:17:21: error: the plural form 'one' is missing; add `one:` here; en counts in one, other
atlas.yaml | source: => levels: {division: {en: {one: parish, others: parishes}}}\\nsource: | atlas.yaml:17:39: error: 'others' is no plural form of en; did you mean 'other'?
atlas.yaml | source: => levels: {division: {zh: 3}}\\nsource: | atlas.yaml:17:25: error: 3 is no name; write a word, or `{one: …, other: …}`
atlas.yaml | source: => levels: {divison: {zh: 省}}\\nsource: | atlas.yaml:17:10: error: unknown key 'divison'; did you mean 'division'?
atlas.yaml | source: => sources:                       | atlas.yaml:17:1: error: unknown key 'sources'; did you mean 'source'?
atlas.yaml | title: {zh: 一篇报道, => titel: {zh: 一,   | atlas.yaml:18:3: error: unknown key 'titel'; did you mean 'title'?
atlas.yaml | en: A report} => en: A report}\\n  file: gone.txt | gone.txt:1:1: error: the file cannot be read
east.yaml  | town: east => town: west                  | east.yaml:1:7: error: the file is named after 'east' but its town is 'west'
east.yaml  | town: east => town:                       | east.yaml:1:1: error: 'town' takes text, not nothing
east.yaml  | [water, work] => [water, sport, work]     | east.yaml:2:17: error: theme 'sport' is not declared in atlas.yaml; known here: water, work
east.yaml  | [water, work] => [water]                  | atlas.yaml:12:5: warning: no story has the theme 'work'
east.yaml  | [water, work] => [water, work             | east.yaml:3:8: error: while parsing a flow sequence
east.yaml  | section: {zh: 东镇, en: East} => # none   | east.yaml:11:14: error: figure 'wells' does not say which section
east.yaml  | section: {zh: 东镇, => section: {zh: 东,   | east.yaml:11:14: warning: the source has no heading '东'
east.yaml  | unit: count => unit: person               | east.yaml:7:11: error: 'person' is no unit; did you mean
east.yaml  | unit: count => unit: gallns               | east.yaml:7:11: error: 'gallns' is no unit; did you mean 'gallons'?
east.yaml  | unit: count => unit: Swiss francs         | east.yaml:7:11: error: 'Swiss francs' is no unit; did you mean 'CHF'?
east.yaml  | unit: count => unit: widgets              | east.yaml:7:11: error: 'widgets' is no unit; declare it under `units` in atlas.yaml
east.yaml  | unit: count => unit: 7                    | east.yaml:7:11: error: 7 is no unit; declare it under `units` in atlas.yaml
east.yaml  | unit: count => unit: kg/widgets           | east.yaml:7:11: error: 'kg/widgets' is no unit; declare it
atlas.yaml | stories: [east] => stories: [east]\\nunits: [{id: jin, label: {zh: 斤, en: jin}}] | atlas.yaml:17:9: warning: no figure or metric is in 'jin'
atlas.yaml | stories: [east] => stories: [east]\\nunits: [{id: jin, label: {zh: 斤}}] | atlas.yaml:17:26: warning: 'label' has no text in 'en'
atlas.yaml | stories: [east] => stories: [east]\\nunits: [{id: jin, label: {zh: 斤, en: jin}, forms: {en: {other: jin}}}] | atlas.yaml:17:52: warning: 'jin' has no 'one' in 'en'; add it
atlas.yaml | stories: [east] => stories: [east]\\nunits: [{id: jin, label: {zh: 斤, en: jin}, forms: {en: {one: jin}}}] | atlas.yaml:17:51: error: the forms of 'en' lack 'other'; add `other:`
atlas.yaml | stories: [east] => stories: [east]\\nunits: [{id: jin, label: {zh: 斤, en: jin}, forms: {en: {few: jin}}}] | atlas.yaml:17:51: error: the plural forms of 'en' are other, one, not 'few'
atlas.yaml | stories: [east] => stories: [east]\\nunits: [{id: jin, label: {zh: 斤, en: jin}, per: {en: per jin}}] | atlas.yaml:17:49: error: 'per jin' has no {n}, where the other unit stands
atlas.yaml | stories: [east] => stories: [east]\\nunits: [{id: a/b, label: {zh: 斤, en: jin}}] | atlas.yaml:17:14: error: 'id' does not take 'a/b'
atlas.yaml | stories: [east] => stories: [east]\\nunits: [{id: "%", label: {zh: 斤, en: jin}}] | atlas.yaml:17:14: error: '%' has a meaning of its own; choose another name
atlas.yaml | stories: [east] => stories: [east]\\nunits: [{id: a, label: {en: a}}, {id: a, label: {en: a}}] | atlas.yaml:17:39: error: 'a' stands a second time among the units
east.yaml  | unit: count => unt: count                 | east.yaml:7:5: error: unknown key 'unt'; did you mean 'unit'?
east.yaml  | unit: count => unit: date                 | east.yaml:8:12: error: '12' is no period
east.yaml  | value: 12 => value: twelve                | east.yaml:8:12: error: 'twelve' is no number
east.yaml  | value: 12 => value: 1.2亿                  | east.yaml:8:12: error: '1.2亿' is no number; write it in figures and in full
east.yaml  | value: 12 => value: 9999999999999999999  | east.yaml:8:12: error: 9999999999999999999 is no number; write it in figures
east.yaml  | value: 12 => value: 13                    | east.zh.md:3:4: warning: no figure covers '12'（文中：12口井；数字表：13，'wells'；数量不同）
east.yaml  | value: 12 => # none                       | east.yaml:5:5: error: 'value' is missing; add `value:` here
east.yaml  | period: 2024 => period: 2024-13           | east.yaml:9:13: error: '2024-13' is not in the calendar
east.yaml  | period: 2024 => period: last year         | east.yaml:9:13: error: 'last year' is no period
east.yaml  | period: 2023} => period: 2025}            | east.yaml:10:35: error: the baseline (2025) is not before 2024
east.yaml  | {value: 10, period: 2023} => {value: 10}  | east.yaml:10:15: error: 'period' is missing
east.yaml  | paragraph: 1 => paragraph: 0              | east.yaml:11:26: error: 'paragraph': input should be greater than or equal to 1
east.yaml  | paragraph: 1 => paragraph: 3              | east.yaml:11:26: warning: the section has 1 paragraphs, not 3
east.yaml  | passage: {paragraph: 1} => better: lowr   | east.yaml:11:13: error: 'lowr' is no better; did you mean 'lower'?
east.yaml  | passage: {paragraph: 1} => qualifier: abuot | east.yaml:11:16: error: 'abuot' is no qualifier; did you mean 'about'?
east.yaml  | passage: {paragraph: 1} => status: planned  | east.yaml:11:13: error: 'planned' is no status; did you mean 'plan'?
east.yaml  | passage: {paragraph: 1} => better: lower  | east.yaml:5:5: error: the figure does not say where it is from
east.yaml  | quote: 12口井 => quote: 13口井            | east.yaml:12:12: warning: paragraph 1 does not say '13口井'
east.yaml  | value: 12 => value: 21                    | east.yaml:12:12: warning: the quote says '12', but figure 'wells' does not
east.yaml  | quote: 12口井 => quote: 2022年12口井      | east.yaml:12:12: warning: the quote says '2022年', but figure 'wells' does not
east.yaml  | id: wells-change => id: wells             | east.yaml:13:9: error: 'wells' stands a second time among the figures
east.yaml  | value: 20 => value: 21                    | east.yaml:16:12: error: 'wells-change' is 21, but percent_change gives 20
east.yaml  | from: [wells] => from: [wels]             | east.yaml:18:47: error: there is no figure 'wels'; did you mean 'wells'?
east.yaml  | percent_change => difference              | east.yaml:18:15: error: difference cannot be computed from these figures
east.yaml  | period: 2024\\n    computed => period: 2023\\n    computed | east.yaml:17:13: error: 'wells-change' is computed across the periods 2023, 2024
east.yaml  | town: east => town: east\\nnot_figures: {zh: [甲]} | east.zh.md:1:1: warning: '甲' exempts no number of this text
east.zh.md | # 东镇打井 => 东镇打井                    | east.zh.md:1:1: error: the headline is missing
east.zh.md | \\n\\n东镇有12口井。\\n\\n比上年多20%。 =>    | east.zh.md:1:1: error: the lead is missing
east.zh.md | 12口井 => 1200余口井                      | east.zh.md:3:4: warning: no figure covers '1200余'（文中：1200余口井；数字表：12，'wells'；数量级
east.zh.md | 12口井 => 十五口井                        | east.zh.md:3:4: warning: no figure covers '十五'
east.zh.md | 多20% => 多20.0000000000000000000000000000000001% | east.zh.md:5:5: warning: no figure covers '20.0000000000
east.zh.md | 多20% => 多25%                            | east.zh.md:5:5: warning: no figure covers '25%'（文中：25%；数字表：20%，'wells-change'；数量不同）
east.zh.md | 12口井 => ![井](https://example.org/a.jpg)12口井 | east.zh.md:3:1: error: pictures are not shown by `![…](…)`; describe it under `media`
east.zh.md | 12口井 => 12口<b>井</b>                   | east.zh.md:3:1: warning: HTML is shown as it is written: '<b>'
atlas.yaml | 东镇的井。 => 东镇的15口井。, en: x}\\nnot_figures: {zh: [16口井], en: [y]} # | atlas.yaml:5:20: warning: '16口井' stands in no text of this file
east.zh.md | 12口井 => [井](?town=wset)                | east.zh.md:3:8: error: the link leads to 'wset', which is no town here
east.zh.md | 12口井 => [井](wells.pdf)                 | east.zh.md:3:8: error: the link leads to a file, 'wells.pdf'
east.zh.md | 12口井 => [井](javascript:alert)          | east.zh.md:3:8: error: links to javascript do not work here
east.en.md | 12 wells => 21 wells                      | east.en.md:3:10: warning: no figure covers '21' (text: 21 wells; ledger: 12, 'wells'; different: number)
east.en.md | 12 wells => twenty wells                  | east.en.md:3:10: warning: no figure covers 'twenty'
east.en.md | 12 wells => TODO                          | east.en.md:3:1: warning: still to be written (TODO)
east.yaml  | town: east => town: east\\nscenes: [{id: s}] | east.yaml:2:10: error: 'look' is missing; add `look:` here
east.yaml  | town: east => town: east\\nscenes: [{id: S, look: east}] | east.yaml:2:15: error: 'id' does not take 'S'
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: east, lite: east}] | east.yaml:2:30: error: unknown key 'lite'; did you mean 'light'?
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: eest}] | east.yaml:2:24: error: the boundary file has no division 'eest'; did you mean 'east'?
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: county, light: [east, wst]}] | east.yaml:2:46: error: the boundary file has no division 'wst'
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: }] | east.yaml:2:18: error: the map cannot look at nothing; write a division's slug
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: [county, east]}] | east.yaml:2:24: error: `county` stands among divisions
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: {west: 1, south: 1, east: 2}}] | east.yaml:2:24: error: `look` has no 'north'
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: {west: 2, south: 1, east: 1, north: 2}}] | east.yaml:2:24: error: its west (2) is not west of its east (1)
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: {west: 1, south: 2, east: 2, north: 1}}] | east.yaml:2:24: error: its south (2) is not south of its north (1)
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: {west: 1, south: 1, east: 2, north: 99}}] | east.yaml:2:24: error: 'north' is 99; degrees lie between -90 and 90 here
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: {west: a, south: 1, east: 2, north: 2}}] | east.yaml:2:24: error: 'west' takes degrees, not 'a'
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: east, figure: wels}] | east.yaml:2:38: error: there is no figure 'wels', which the scene 's' names; did you mean 'wells'?
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: east, picture: well}] | east.yaml:2:39: error: there is no medium 'well'
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: {place: well}}] | east.yaml:2:32: error: there is no place 'well'
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: east}, {id: s, look: east}] | east.yaml:2:36: error: 's' stands a second time among the scenes
east.yaml  | town: east => town: east\\nscenes: [{id: s, look: east}] | east.yaml:2:15: warning: east.zh.md marks no passage as the scene 's'; write `::: scene s` above
east.zh.md | 比上年多20%。 => ::: scene s\\n比上年多20%。\\n::: | east.zh.md:5:1: error: east.yaml has no scene 's'; add `- id: s` to `scenes` there
east.zh.md | 比上年多20%。 => ::: scene s\\n比上年多20%。 | east.zh.md:5:1: error: the scene has no end; write `:::` on a line of its own
east.zh.md | 比上年多20%。 => ::: scene s\\n多20%。\\n\\n::: scene t\\n字\\n::: | east.zh.md:8:1: error: the scene 't' begins before the one above has ended
east.zh.md | 比上年多20%。 => - ::: scene s\\n  多20%。\\n  ::: | east.zh.md:5:1: error: the scene 's' stands in a list or a quotation
east.zh.md | 比上年多20%。 => 多20%。\\n\\n::: | east.zh.md:7:1: error: `:::` ends a scene, but none has begun
east.zh.md | 比上年多20%。 => ::: warning\\n多20%。\\n::: | east.zh.md:5:1: error: '::: warning' is no mark that is known here
east.zh.md | 比上年多20%。 => ::: scene 井\\n多20%。\\n::: | east.zh.md:5:1: error: a scene cannot be called '井'
east.zh.md | 比上年多20%。 => ::: scene s\\n::: | east.zh.md:5:1: error: the scene has no words
east.zh.md | 东镇有12口井。\\n\\n比 => ::: scene s\\n东镇有12口井。\\n:::\\n\\n比 | east.zh.md:1:1: error: the lead is missing
east.zh.md | 12口井 => [12口井](#figure-wels)           | east.zh.md:3:5: error: the link '12口井' leads to the figure 'wels', which there is not; did you mean 'wells'?
east.zh.md | 12口井 => [10%](#figure-wells)            | east.zh.md:3:5: warning: the link says '10%', but the figure 'wells' is 12
east.zh.md | 多20% => 多[20%](#figure-wells-change)，[12](#figure-wells-change) | east.zh.md:5:34: warning: the link says '12', but the figure 'wells-change' is 20%; correct the number, or link to 'wells'
"""  # noqa: E501  # a table
CASES = [tuple(part.strip() for part in line.split(" | ")) for line in BROKEN.strip().splitlines()]


def said(folder: Path, divisions: list[str] | None = None) -> list[str]:
    faults = check_atlas(folder, divisions or DIVISIONS, SOURCE)
    start = f"{folder.as_posix()}/"
    return [
        f"{f.file.removeprefix(start)}:{f.line}:{f.column}: {f.severity}: {f.message}"
        for f in faults
    ]


def test_there_is_nothing_wrong_before(small: Path) -> None:
    assert said(small) == []


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 40
    assert len(set(CASES)) == len(CASES)


@pytest.mark.parametrize(("file", "change", "fault"), CASES, ids=lambda text: text[:60])
def test_a_broken_atlas_is_told_where_and_what(
    small: Path, file: str, change: str, fault: str
) -> None:
    path = small / file
    old, new = (
        part.strip(" ").replace("\\n", "\n").replace("\\t", "\t")
        for part in re.split(r" =>(?: |$)", change)
    )
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = said(small)
    assert any(line.startswith(fault) for line in found), found


def test_a_missing_and_a_half_translation(small: Path) -> None:
    (small / "east.en.md").write_text("# East\n\nEast has wells.\n", encoding="utf-8")
    more = "# 东镇" + 5 * "\n\n井。"
    (small / "east.zh.md").write_text(more, encoding="utf-8")
    assert any(
        line.startswith("east.en.md:1:1: warning: 2 paragraphs here, 6 in") for line in said(small)
    )
    (small / "east.en.md").unlink()
    assert any(
        "east.en.md:1:1: warning: the story is not written in 'en'" in s for s in said(small)
    )


def test_files_and_divisions_that_nothing_leads_to(small: Path) -> None:
    for name in ("west.yaml", "east.fr.md", "README.md", "notes.txt"):
        (small / name).write_text("# x\n", encoding="utf-8")
    found = said(small, ["east", "north"])
    assert [line.partition(";")[0] for line in found] == [
        "atlas.yaml:16:1: warning: division 'north' has no story",
        "east.fr.md:1:1: warning: nothing leads to this file",
        "west.yaml:1:1: warning: nothing leads to this file",
    ]
