"""A story told in scenes, as the page's script, print and readers without JavaScript find it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from stories.files.loader import load_atlas
from stories.model.division import Division
from stories.model.text import Texts
from stories.view.address import View
from stories.view.context import ViewContext
from stories.view.panel import panel_html
from stories.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

SCENES = """\
town: east
scenes:
  - {id: wells, look: east, figure: wells}
  - {id: same, look: [east], figure: wells-change}
  - {id: all, look: county, light: east, figure: area}
  - {id: corner, look: {west: 119.9, south: 30.4, east: 120.1, north: 30.6}, dim: false}
"""
TEXT = """\
# East & wells

East has [12 wells](#figure-wells) <b>.

Before.

::: scene wells
First, [20%](#figure-wells-change) more.
:::

::: scene same
Second.
:::

::: scene all
Third, [936](#figure-area).
:::

Between.

::: scene corner
Fourth, [gone](#figure-none).
:::
"""
AREA = """
figures:
  - id: area
    label: {zh: 面积, en: Area}
    unit: km²
    value: 936
    period: 2016
    source: {zh: 甲, en: A}
"""


class Page(HTMLParser):
    """Attributes of every element, by tag."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str, name: str) -> list[str]:
        return [attrs[name] for each, attrs in self.found if each == tag and name in attrs]


@pytest.fixture
def told(small: Path) -> Path:
    town = small / "east.yaml"
    town.write_text(town.read_text("utf-8").replace("town: east\n", SCENES), encoding="utf-8")
    (small / "east.en.md").write_text(TEXT, encoding="utf-8")
    with (small / "atlas.yaml").open("a", encoding="utf-8") as file:
        file.write(AREA)
    return small


def shown(folder: Path, lang: str = "en", **view: object) -> str:
    atlas = load_atlas(folder)
    east = Division(slug="east", names=Texts({"en": "East", "zh": "东镇"}),
                    boundary_status="reconstructed")  # fmt: skip
    asked = View.model_validate({"town": "east", "lang": lang, **view})
    return panel_html(ViewContext(atlas, Wording(lang, atlas.languages), asked, {"east": east}))


def cues(page: Page) -> list[dict[str, Any]]:
    return [json.loads(cue) for cue in page.all("section", "data-cue")]


def test_scenes_stand_in_the_text_s_order_with_what_the_map_does(told: Path) -> None:
    page = Page(shown(told))
    assert page.all("section", "id") == ["scene-wells", "scene-same", "scene-all", "scene-corner"]
    assert cues(page) == [
        {"look": {"slugs": ["east"]}, "light": ["east"], "dim": True, "figure": "wells",
         "words": "The map shows East."},
        {"look": {"slugs": ["east"]}, "light": ["east"], "dim": True, "figure": "wells-change",
         "words": "The map shows East."},
        {"look": {"county": True}, "light": ["east"], "dim": True, "figure": "area",
         "words": "The map shows the whole of Small County, with East highlighted."},
        {"look": {"box": [119.9, 30.4, 120.1, 30.6]}, "light": [], "dim": False,
         "words": "The map shows part of Small County."},
    ]  # fmt: skip


def test_each_id_stands_once_and_each_link_leads_to_one(told: Path) -> None:
    page = Page(shown(told))
    ids = [attrs["id"] for _, attrs in page.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    aims = [link[1:] for link in page.all("a", "href") if link.startswith("#")]
    assert set(aims) == {"figure-wells", "figure-wells-change", "figure-area"}
    assert set(aims) <= set(ids)


def test_the_ledger_is_whole_and_holds_the_county_s_figures_that_are_named(told: Path) -> None:
    html = shown(told)
    ledger = html[html.index('<section class="ledger">') :]
    assert re.findall(r'class="entry(?: brief)?"', ledger) == ['class="entry brief"'] * 2
    assert "The county in figures" in ledger
    assert ledger.count("<table") == 1


def test_a_still_stands_where_the_map_changes_and_says_what_its_lines_are(told: Path) -> None:
    html = shown(told, atlas="a b")
    assert re.findall(r'<img src="(.*?)"', html) == [
        f"scene/a%20b/east.{name}.png" for name in ("wells", "all", "corner")
    ]
    assert html.count("dashed lines: reconstructed") == 3
    assert html.count('loading="lazy"') == 3


def test_a_language_without_scenes_reads_as_before(told: Path) -> None:
    html = shown(told, lang="zh")
    assert "data-cue" not in html
    assert '<div class="body"><p>' in html
    assert '<tbody role="rowgroup" class="entry" id="figure-wells">' in html


def test_words_stay_text(told: Path) -> None:
    html = shown(told)
    assert ">12 wells</a> &lt;b&gt;.</p>" in html
    assert "Fourth, gone." in html


def test_many_divisions_are_counted_not_named(told: Path) -> None:
    atlas = load_atlas(told)
    east = Division(slug="east", names=Texts({"en": "East"}), boundary_status="published")
    towns = {f"t{n}": east for n in range(12)}
    story = atlas.stories[0]
    look = story.scenes[0].look.model_copy(update={"divisions": tuple(towns)})
    scene = story.scenes[0].model_copy(update={"look": look})
    story = story.model_copy(update={"scenes": (scene, *story.scenes[1:])})
    context = ViewContext(
        atlas.model_copy(update={"stories": (story,)}), Wording("en"),
        View(town="east", lang="en"), {**towns, "east": east},
    )  # fmt: skip
    assert cues(Page(panel_html(context)))[0]["words"] == "The map shows 12 divisions."


PLACES = """
places:
  - {id: mill, name: {zh: 磨坊, en: Mill}, kind: {zh: 甲, en: A}, known: measured, at: [120, 30.5],
     source: {zh: 甲, en: A}}
  - {id: inn, name: {zh: 客栈, en: Inn}, kind: {zh: 甲, en: A}, source: {zh: 甲, en: A}}
"""


@pytest.mark.parametrize(
    ("place", "points", "look", "words"),
    [
        ("mill", {("east", "mill"): (120.0, 30.5)}, {"point": [120.0, 30.5], "slugs": ["east"]},
         "The map shows Mill in East."),
        ("inn", {}, {"slugs": ["east"]}, "The map shows East."),
    ],
)  # fmt: skip
def test_a_place_is_looked_at_where_its_point_is_known_and_else_its_division(
    told: Path,
    place: str,
    points: dict[tuple[str, str], tuple[float, float]],
    look: object,
    words: str,
) -> None:
    file = told / "east.yaml"
    text = file.read_text("utf-8").replace("look: east,", f"look: {{place: {place}}},")
    file.write_text(text + PLACES, encoding="utf-8")
    atlas = load_atlas(told)
    east = Division(slug="east", names=Texts({"en": "East"}), boundary_status="published")
    view = View(town="east", lang="en")
    context = ViewContext(atlas, Wording("en"), view, {"east": east}, points=points)
    cue = cues(Page(panel_html(context)))[0]
    assert cue["look"] == look
    assert cue["light"] == ["east"]
    assert cue["words"] == words
