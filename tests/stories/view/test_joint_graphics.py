"""Graphics of figures of several towns: on the overview, as a table, in words, by themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

import stories
from stories.files.loader import load_atlas
from stories.graphics import graphic_words
from stories.graphics.draw import draw
from stories.graphics.shapes import Rect, Text
from stories.model.atlas import Graphic
from stories.model.division import Division
from stories.model.text import Texts
from stories.view.address import View
from stories.view.alone import AloneGraphic
from stories.view.context import ViewContext
from stories.view.joint_graphics import with_places
from stories.view.panel import panel_html
from stories.wording import Wording

if TYPE_CHECKING:
    from stories.graphics.shapes import Drawing

ATLAS = load_atlas(Path(stories.__file__).parent / "data" / "deqing")
(CALENDAR,) = ATLAS.graphics


def graphic(form: str, *figures: str, **more: object) -> Graphic:
    told = {"id": "g", "form": form, "title": {"zh": "图", "en": "G"}, "figures": figures}
    return Graphic.model_validate(told | more)


def context(lang: str = "en", *graphics: Graphic) -> ViewContext:
    atlas = ATLAS.model_copy(update={"graphics": graphics}) if graphics else ATLAS
    towns = {
        story.town: Division(
            slug=story.town,
            names=Texts({"en": story.town.capitalize(), "zh": f"{story.town}镇"}),
            boundary_status="published",
        )
        for story in atlas.stories
    }
    return ViewContext(atlas, Wording(lang, atlas.languages), View(lang=lang), towns)


def overview(lang: str = "en", *graphics: Graphic) -> BeautifulSoup:
    return BeautifulSoup(panel_html(context(lang, *graphics)), "html.parser")


def words(drawing: Drawing) -> list[str]:
    return [shape.words for shape in drawing.shapes if isinstance(shape, Text)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_stands_on_the_overview_before_what_is_announced(lang: str) -> None:
    page = overview(lang)
    (figure,) = page.select("figure.graphic")
    assert figure["id"] == "graphic-calendar"
    assert figure.figcaption
    assert figure.figcaption.text == CALENDAR.title.get(lang)
    order = [each["class"][0] for each in page.select("figure.graphic, .joint, .announced")]
    assert order == ["graphic", "ledger", "announced"]
    assert page.select(f".take a[href='graphic/county.calendar.{lang}.png?download']")
    assert page.select(f".take[data-embed='graphic/county.calendar.{lang}']")


def test_its_table_says_the_same_and_leads_to_each_card() -> None:
    rows = overview().select(".joint tbody tr")
    said = [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in rows]
    assert said == [
        ["Yuyue Length of the job fair", "10 days", "19–28 February 2024"],
        ["Yuyue Smart manufacturing projects signed", "3 projects", "29 February 2024"],
        ["Kangqian Next batch of signings", "March 2024 (target)", ""],
        ["Xinan Shangfeng Machinery: production scheduled through", "May 2024", ""],
        ["Leidian Foundries that have completed the upgrade", "7 firms", "no date given"],
    ]
    links = [row.a for row in rows if row.a]
    assert [link["data-town"] for link in links] == [
        "yuyue",
        "yuyue",
        "kangqian",
        "xinan",
        "leidian",
    ]
    assert links[2]["href"] == "?town=kangqian&lang=en#figure-next-signing"


@pytest.mark.parametrize("width", [300, 560])
def test_each_town_has_lanes_on_one_line_and_the_undated_share_the_last(width: int) -> None:
    shown, figures = with_places(context(), CALENDAR)
    drawing = draw(shown, figures, context().wording, width)
    found = words(drawing)
    towns = [each for each in found if each in {"Yuyue", "Kangqian", "Xinan", "Leidian"}]
    assert towns == ["Yuyue", "Kangqian", "Xinan"]  # each once, with all its lanes below it
    assert len([each for each in found if each in {"Mar", "Mar 2024"}]) == 1  # one line for all
    text = " ".join(found)
    undated = text.partition("No date given ")[2]
    assert undated.startswith("Leidian – Foundries that have completed the upgrade")
    assert text.index("Kangqian") < text.index("March 2024 (target)") < text.index("Xinan")
    marks = [each.x for each in drawing.shapes if isinstance(each, Rect)]
    assert marks == sorted(marks)
    assert len(marks) >= 3


def test_what_has_no_date_at_all_is_still_drawn() -> None:
    shown, figures = with_places(context(), graphic("dates", "leidian/foundries", "leidian/pm25"))
    assert "No date given" in words(draw(shown, figures, context().wording, 560))


def test_its_words_name_each_town() -> None:
    shown, figures = with_places(context(), CALENDAR)
    said = graphic_words(shown, figures, context().wording)
    assert "Kangqian – Next batch of signings — March 2024 (target)." in said
    assert "Leidian – Foundries that have completed the upgrade — 7 firms; no date given." in said


def test_the_countys_own_figures_stand_under_its_name() -> None:
    shown, figures = with_places(context(), graphic("statuses", "towns", "leidian/foundries"))
    assert [each.label.get("en") for each in shown.groups] == ["Deqing County", "Leidian"]
    assert [each.id for each in figures] == ["towns", "leidian/foundries"]


@pytest.mark.parametrize(
    ("form", "figures", "more"),
    [
        ("change", ["leidian/pm25", "leidian/pm10"], {}),
        ("parts", ["yuyue/projects", "kangqian/signed"], {}),
        ("part", ["leidian/foundries-done"], {"whole": "yuyue/firms"}),
        ("dates", ["yuyue/projects"], {}),
    ],
)
def test_without_headings_the_labels_name_the_towns_where_there_are_several(
    form: str, figures: list[str], more: dict[str, str]
) -> None:
    shown, drawn = with_places(context(), graphic(form, *figures, **more))
    labels = [each.label.get("en") for each in drawn]
    is_one_town = form == "change"
    assert all((" – " in label) is not is_one_town for label in labels), labels
    text = " ".join(words(draw(shown, drawn, context().wording, 560)))
    assert ("Yuyue – " in text) is not is_one_town


def test_groups_of_its_own_stay() -> None:
    group = {"label": {"zh": "组", "en": "Group"}, "figures": ["yuyue/firms", "leidian/foundries"]}
    shown, figures = with_places(context(), graphic("statuses", groups=[group]))
    assert [each.label.get("en") for each in shown.groups] == ["Group"]
    assert [each.label.get("en").partition(" ")[0] for each in figures] == ["Yuyue", "Leidian"]


def test_by_itself_it_names_place_and_sources_and_what_each_figure_rests_on() -> None:
    alone = AloneGraphic.of_several(context(), graphic("dates", "population", "yuyue/projects"))
    assert (alone.town, alone.place, alone.headline) == (None, "Deqing County", "Deqing County · G")
    assert alone.source.startswith("Source: “Deqing: gathering pace")
    assert alone.source.endswith("2020 census, as reprinted")
    ledger = alone.ledger()
    assert ledger
    assert [group.title for group in ledger.groups[1:]] == ["Deqing County", "Yuyue"]
    entries = [entry.card for group in ledger.groups for entry in group.entries]
    assert [card.id for card in entries] == ["county.population", "yuyue.projects"]
    assert entries[1].quote
    of_county = AloneGraphic.of_several(context(), graphic("dates", "population"))
    assert of_county.source == "Source: 2020 census, as reprinted"


def test_an_atlas_without_them_shows_none() -> None:
    atlas = ATLAS.model_copy(update={"graphics": ()})
    page = panel_html(ViewContext(atlas, Wording("en", ["en"]), View(), context().towns))
    assert "figure-" in page
    assert 'class="graphic' not in page
    assert "joint" not in page
