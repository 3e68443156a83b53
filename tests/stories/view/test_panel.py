"""The panel as HTML: what it says, and that nothing but its own markup reaches the page."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

import stories
from faults import unwritable
from stories.files.loader import load_atlas
from stories.markdown import markdown_html
from stories.model.atlas import Atlas, Story, StoryText, Texts
from stories.model.division import Division
from stories.view.address import View
from stories.view.context import ViewContext
from stories.view.panel import panel_html
from stories.wording import Wording

ATLAS = load_atlas(Path(stories.__file__).parent / "data" / "deqing")
SCRIPT = "<script>alert(1)</script>"


def context(
    atlas: Atlas = ATLAS, *, lang: str = "en", name: str = "Town", **view: object
) -> ViewContext:
    towns = {
        slug: Division(
            slug=slug,
            names=Texts({"en": f"{name} {slug}"}),
            kind="town",
            area_km2=12.34,
            boundary_status="published",
            boundary_notes=Texts({"en": f"note {name}"}),
        )
        for slug in ("leidian", "xinan", "yuyue", "kangqian", "wukang")
    }
    asked, wording = View.model_validate({"lang": lang, **view}), Wording(lang, atlas.languages)
    return ViewContext(
        atlas=atlas, wording=wording, view=asked, towns=towns, here="https://x.test/"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("story", ATLAS.stories, ids=lambda story: story.town)
def test_a_story_shows_every_figure_with_its_passage(lang: str, story: Story) -> None:
    shown = panel_html(context(lang=lang, town=story.town))

    page = BeautifulSoup(shown, "html.parser")
    ids = {str(each["id"]) for each in page.select("[id^=figure-]")}
    assert ids == {f"figure-{figure.id}" for figure in story.figures}
    entries = page.select(".ledger .entry")
    assert len(page.select(".ledger summary, .card summary")) == len(entries)
    assert story.texts[lang].headline in html.unescape(shown)


def test_a_computed_change_stands_with_its_figure() -> None:
    shown = panel_html(context(town="leidian"))

    assert "down about 30% (our calculation)" in shown
    page = BeautifulSoup(shown, "html.parser")
    assert page.select_one("#figure-pm25 .change#figure-pm25-change")


def test_story_mode_knows_its_place_and_its_neighbours() -> None:
    first = panel_html(context(town="leidian", tour=True))
    middle = panel_html(context(town="xinan", tour=True))

    assert "Story 1 of 4" in first
    assert 'class="previous"' not in first
    assert "Story 2 of 4" in middle
    assert 'href="?town=yuyue&amp;tour=1&amp;lang=en" data-town="yuyue" data-tour="1"' in middle
    assert 'class="leave" href="?town=xinan&amp;lang=en"' in middle


def test_a_printed_story_carries_its_address_and_its_code() -> None:
    shown = panel_html(context(town="xinan"))

    assert "https://x.test/?town=xinan&amp;lang=en" in shown
    assert 'src="data:image/png' in shown


@given(text=st.text(min_size=1).filter(lambda text: text.strip() and not unwritable(text)))
def test_text_of_any_kind_stays_text(text: str) -> None:
    told = ATLAS.stories[0]
    words = StoryText(headline=text + SCRIPT, lead=text + SCRIPT, body_markdown=text + SCRIPT)
    story = told.model_copy(update={"texts": {"en": words}})
    atlas = ATLAS.model_copy(update={"stories": (story, *ATLAS.stories[1:])})

    shown = panel_html(context(atlas, name=text + SCRIPT, town="leidian"))

    tags = BeautifulSoup(shown, "html.parser").select("*")
    assert "script" not in {tag.name for tag in tags}
    assert not [name for tag in tags for name in tag.attrs if name.startswith("on")]


@pytest.mark.parametrize(
    "markdown",
    [
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<img src=x onerror=alert(1)>",
        "![x](https://elsewhere.test/pixel.png)",
        "<https://ok.test/onmouseover=alert(1)>",
    ],
)
def test_markdown_brings_neither_scripts_nor_foreign_pictures(markdown: str) -> None:
    shown = markdown_html(markdown)

    assert not BeautifulSoup(shown, "html.parser").select("img")
    assert not re.search(r'href="(?!https?:)', shown)


def test_what_no_row_says_stands_once_above_them() -> None:
    shown = panel_html(context(town="xinan"))

    assert shown.count("Where no date is given, the source gives none.") == 1
    assert shown.count("Unless marked as a forecast, target or plan, figures are as reported.") == 1
    staff = BeautifulSoup(shown, "html.parser").select("#figure-shangfeng-staff")[0]
    assert staff.select("td.when")[0].select("[aria-hidden]")[0].text == "–"
    assert "reported · no date given" in [each.text for each in staff.select("details p")]


def test_nothing_is_said_above_a_table_that_says_it_all() -> None:
    page = BeautifulSoup(panel_html(context(town="yuyue")), "html.parser")
    assert page.select(".ledger")
    assert not page.select(".ledger .note")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("story", ATLAS.stories, ids=lambda story: story.town)
def test_a_story_lists_its_places_with_their_source(lang: str, story: Story) -> None:
    shown = panel_html(context(lang=lang, town=story.town, place=story.places[0].id))

    assert shown.count('<li class="place-entry') == len(story.places) > 0
    assert shown.count('aria-current="true"') == 1
    for certainty in ("measured", "approximate"):
        assert f"place-entry {certainty}" not in shown, "no place of the stories has a point"
    stated = {"zh": "原文未说明", "en": "not stated in the source"}[lang]
    assert shown.count(stated) >= len(story.places)
    for place in story.places:
        assert place.name.get(lang) in html.unescape(shown)
        assert place.quote
        assert place.quote in shown


def test_a_place_leads_to_its_scene() -> None:
    story = ATLAS.stories[0]
    one = story.places[0].model_copy(update={"scene": story.scenes[0].id})
    told = story.model_copy(update={"places": (one,)})
    atlas = ATLAS.model_copy(update={"stories": (told, *ATLAS.stories[1:])})
    shown = panel_html(replace(context(town=story.town), atlas=atlas))

    assert f'<a href="#scene-{story.scenes[0].id}">In the story</a>' in shown
    assert f'id="scene-{story.scenes[0].id}"' in shown
