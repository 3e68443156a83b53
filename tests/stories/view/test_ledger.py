"""The table of figures: nothing that the files say of a figure is lost on the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

import stories
from stories.files.loader import load_atlas
from stories.model.atlas import Formula
from stories.model.division import Division
from stories.model.text import Texts
from stories.view.address import View
from stories.view.context import ViewContext
from stories.view.ledger import ledger
from stories.view.panel import panel_html
from stories.wording import Wording
from stories.wording.figures import (
    baseline_text,
    change_text,
    computation_text,
    figure_text,
    passage_text,
    status_text,
)
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bs4 import Tag

    from stories.model.atlas import Atlas, Figure

ATLAS = load_atlas(Path(stories.__file__).parent / "data" / "deqing")
PAGES = [None, *(story.town for story in ATLAS.stories)]


def page(lang: str, town: str | None, atlas: Atlas = ATLAS) -> BeautifulSoup:
    slugs = [story.town for story in atlas.stories]
    towns = {
        slug: Division(slug=slug, names=Texts({"en": slug}), boundary_status="published")
        for slug in slugs
    }
    context = ViewContext(atlas, Wording(lang, atlas.languages), View(town=town, lang=lang), towns)
    return BeautifulSoup(panel_html(context), "html.parser")


def figures_of(town: str | None) -> Sequence[Figure]:
    story = ATLAS.story(town)
    return story.figures if story else ATLAS.figures


def facts(figure: Figure, among: Sequence[Figure], wording: Wording) -> Iterator[str]:
    """Yield everything that the files say of a figure, as readers are told it."""
    lang, order = wording.lang, wording.order
    is_change = figure.computed and figure.computed.formula is Formula.PERCENT_CHANGE
    if not is_change:  # its words stand with the figure whose change it is
        yield figure.label.get(lang, order)
        yield figure_text(figure, wording)
        yield period_text(figure.period, wording)
        yield baseline_text(figure, wording) or ""
    if not figure.computed:
        yield status_text(figure.status, wording)
    else:
        yield wording.text("panel.computed")
        yield computation_text(figure, among, wording) or ""
    if is_change and figure.computed:
        of = next(each for each in among if each.id == figure.computed.from_[0])
        yield change_text(of, wording) or ""
    if figure.passage:
        yield passage_text(figure.passage, wording)
    yield figure.quote or ""
    for texts in (figure.source, figure.note):
        yield texts.get(lang, order) if texts else ""


def place_of(found: BeautifulSoup, figure: Figure) -> Tag:
    """Return what a link to a figure leads to: its card, or its rows in the table."""
    (named,) = found.select(f"#figure-{figure.id}")
    place = named if named.select("details") else named.find_parent(class_=["card", "entry"])
    assert place is not None
    return place  # type: ignore[return-value]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("town", PAGES)
def test_every_fact_of_every_figure_is_on_the_page(lang: str, town: str | None) -> None:
    found, figures = page(lang, town), figures_of(town)
    wording = Wording(lang, ATLAS.languages)
    for figure in figures:
        words = " ".join(place_of(found, figure).text.split()).casefold()
        for fact in facts(figure, figures, wording):
            assert " ".join(fact.split()).casefold() in words, (figure.id, fact)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("town", PAGES)
def test_every_figure_has_a_row_in_the_one_table_and_a_link_of_its_own(
    lang: str, town: str | None
) -> None:
    found, figures = page(lang, town), figures_of(town)
    (table,) = found.select(".ledger:not(.joint) table")
    wording = Wording(lang, ATLAS.languages)
    changes = [each for each in figures if each.id.endswith("-change")]
    assert len(table.select("tbody.entry")) == len(figures) - len(changes)
    for figure in figures:
        assert found.select(f"#figure-{figure.id}"), figure.id
        if figure not in changes:
            (own,) = place_of(found, figure).select(f"a.own-link[href='#figure-{figure.id}']")
            assert figure.label.get(lang) in str(own["aria-label"])
            rows = [row for row in table.select("tr") if figure.label.get(lang) in row.text]
            assert any(figure_text(figure, wording) in row.text for row in rows), figure.id


def test_a_row_whose_card_stands_with_a_scene_leads_there() -> None:
    found = page("en", "leidian")
    with_scenes = [scene.figure for scene in ATLAS.stories[0].scenes if scene.figure]
    rows = found.select(".entry.brief")
    links = {str(link["href"]) for row in rows for link in row.select("th a")}
    assert links == {f"#figure-{each}" for each in with_scenes}
    for each in with_scenes:
        assert found.select(f".scene .card#figure-{each}")
    assert not [row for row in rows if row.select("details")]


def test_columns_that_would_be_empty_are_left_out() -> None:
    heads = {town: len(page("zh", town).select(".ledger:not(.joint) thead th")) for town in PAGES}
    assert heads == {None: 3, "leidian": 3, "xinan": 4, "yuyue": 3, "kangqian": 4}
    for town in PAGES:
        for row in page("zh", town).select(".ledger:not(.joint) .entry > tr:first-child"):
            assert len(row.select("th, td")) == heads[town]


def test_county_figures_that_a_story_names_stand_in_the_same_table() -> None:
    story = ATLAS.stories[0]
    text = story.texts["en"]
    linked = f"{text.body_markdown}\n\nOn [936 sq km](#figure-area)."
    told = story.model_copy(
        update={"texts": {"en": text.model_copy(update={"body_markdown": linked})}}
    )
    atlas = ATLAS.model_copy(update={"stories": (told, *ATLAS.stories[1:])})
    found = page("en", "leidian", atlas)

    (table,) = found.select("table")
    (group,) = table.select("tbody.group")
    assert group.text.strip() == "The county in figures"
    assert [each["id"] for each in table.select("tbody.group ~ tbody")] == ["figure-area"]
    assert table.select("#figure-area a[href='graphic/county.figure.area.en.png?download']")


def test_without_figures_there_is_no_table() -> None:
    context = ViewContext(ATLAS, Wording("en"), View(), {})
    assert ledger(context, [("Nothing", (), ())]) is None
