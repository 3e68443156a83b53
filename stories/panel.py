"""The panel beside the map, as HTML: the county, one story, or a town without one.

Pure: models in, HTML out. Templates escape everything (Jinja's `autoescape`), and the
body's Markdown goes through a renderer that refuses raw HTML; nothing else reaches the
page as markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel.lists import format_list
from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from stories.figure_text import (
    baseline_text,
    change_text,
    computation_text,
    figure_text,
    passage_text,
    period_text,
    status_text,
    value_text,
)
from stories.filtering import passes
from stories.models import Formula, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from stories.address import View
    from stories.models import Atlas, Figure, Story
    from stories.town import Town
    from stories.wording import Wording


@dataclass(frozen=True)
class Bar:
    """One bar of a before/after chart."""

    label: str
    value: str
    percent: int
    """Length in percent of the longer bar's; both start at zero."""


@dataclass(frozen=True)
class Card:
    """A figure, put into words."""

    id: str
    label: str
    value: str
    facts: tuple[str, ...]
    """Period and comparison."""
    bars: tuple[Bar, ...]
    """Before and after, where the figure has a baseline."""
    change: str | None
    """By how much it changed, and that this is our computation."""
    computed: str | None
    """Says so where the number itself is ours."""
    source_title: str
    source: tuple[str, ...]
    """Where the number comes from and what is open about it."""
    quote: str | None
    """The source's own words, in the source's language."""


@dataclass(frozen=True)
class Reader:
    """What a reader sees everything through: an atlas, in a language, with an address."""

    atlas: Atlas
    wording: Wording
    view: View
    towns: Mapping[str, Town]

    @property
    def lang(self) -> str:
        """Language of the page."""
        return self.wording.lang

    @property
    def order(self) -> Sequence[str]:
        """Languages to fall back to."""
        return self.atlas.languages

    def address_of(self, town: str | None) -> str:
        """Return the query string that shows `town` and is otherwise the same view."""
        return self.view.model_copy(update={"town": town, "lang": self.lang}).query()

    def theme_names(self, story: Story) -> str:
        """Names of a story's themes, in one line."""
        names = (self.atlas.theme(theme).label.get(self.lang, self.order) for theme in story.themes)
        return format_list(list(names), style="unit", locale=self.wording.locale)

    def town_name(self, slug: str) -> str:
        """Name of a division in the reader's language."""
        return self.towns[slug].name(self.lang, self.order)


def panel_html(reader: Reader) -> str:
    """Draw what the reader's address asks for."""
    town = reader.view.town
    if town is None:
        return _overview(reader)
    story = reader.atlas.story(town)
    return _story(reader, story) if story else _quiet(reader, reader.towns[town])


def panel_title(reader: Reader) -> str:
    """Say in one line what the panel shows: the page's title, and what screen readers hear."""
    title = reader.atlas.title.get(reader.lang, reader.order)
    town = reader.view.town
    if town is None:
        return title
    story = reader.atlas.story(town)
    what = story.text(reader.lang, reader.order).headline if story else reader.town_name(town)
    return reader.wording.text("panel.title", what=what, title=title)


def _page(reader: Reader) -> dict[str, str]:
    """Say what the panel shows; the page's script reads it from the panel."""
    query = reader.address_of(reader.view.town)
    return {"lang": reader.lang, "page_title": panel_title(reader), "query": query}


def _overview(reader: Reader) -> str:
    atlas, lang, order = reader.atlas, reader.lang, reader.order
    return _render(
        "overview.html",
        **_page(reader),
        title=reader.wording.plural("panel.overview_title", len(atlas.stories)),
        intro=atlas.intro.get(lang, order),
        how=reader.wording.text("panel.how"),
        teasers=[_teaser(reader, story) for story in atlas.stories],
        facts_title=reader.wording.text("panel.county_facts"),
        facts=figure_cards(reader, atlas.figures),
        source=_source(reader),
        source_lang=reader.atlas.languages[0],
    )


def _teaser(reader: Reader, story: Story) -> dict[str, Any]:
    text = story.text(reader.lang, reader.order)
    return {
        "slug": story.town,
        "address": reader.address_of(story.town),
        "town": reader.town_name(story.town),
        "headline": text.headline,
        "themes": _themes(reader, story),
        "faded": not passes(story, reader.view.themes),
        "figure": next(iter(figure_cards(reader, story.figures)), None),
    }


def _story(reader: Reader, story: Story) -> str:
    text = story.text(reader.lang, reader.order)
    hidden = not passes(story, reader.view.themes)
    return _render(
        "story.html",
        **_page(reader),
        town=reader.town_name(story.town),
        text=text,
        body=markdown_html(text.body_markdown),
        themes=_themes(reader, story),
        cards=figure_cards(reader, story.figures),
        figures_title=reader.wording.text("panel.figures"),
        hidden_by_filter=reader.wording.text("panel.hidden_by_filter") if hidden else None,
        boundary=_boundary(reader, reader.towns[story.town]),
        source=_source(reader),
        source_lang=reader.atlas.languages[0],
        back=reader.wording.text("panel.back"),
        back_address=reader.address_of(None),
    )


def _quiet(reader: Reader, town: Town) -> str:
    return _render(
        "quiet.html",
        **_page(reader),
        kicker=reader.atlas.place.get(reader.lang, reader.order),
        town=town.name(reader.lang, reader.order),
        no_story=reader.wording.text("panel.no_story"),
        boundary=_boundary(reader, town),
        back=reader.wording.text("panel.back"),
        back_address=reader.address_of(None),
    )


def _themes(reader: Reader, story: Story) -> list[dict[str, str]]:
    themes = map(reader.atlas.theme, story.themes)
    return [
        {"label": theme.label.get(reader.lang, reader.order), "colour": theme.colour}
        for theme in themes
    ]


def _boundary(reader: Reader, town: Town) -> dict[str, Any]:
    wording = reader.wording
    facts = [wording.text(f"kinds.{town.kind}")] if town.kind else []
    if town.area_km2 is not None:
        facts.append(wording.text("panel.area", area=wording.number(round(town.area_km2, 1))))
    notes = town.boundary_notes
    return {
        "status": town.boundary_status,
        "title": wording.text(f"boundary.{town.boundary_status}"),
        "note": notes.get(reader.lang, reader.order) if notes else "",
        "facts": facts,
    }


def _source(reader: Reader) -> list[str]:
    source, lang, order = reader.atlas.source, reader.lang, reader.order
    title = reader.wording.text("panel.source", title=source.title.get(lang, order))
    return [title, *(part.get(lang, order) for part in (source.publisher, source.note) if part)]


def figure_cards(reader: Reader, figures: Sequence[Figure]) -> list[Card]:
    """Put figures into words; a change that we computed goes onto the card it belongs to."""
    changes = {of: figure for figure in figures if (of := _changed_figure(figure))}
    shown = [figure for figure in figures if not _changed_figure(figure)]
    return [_card(reader, figure, figures, changes.get(figure.id)) for figure in shown]


def _changed_figure(figure: Figure) -> str | None:
    """Id of the figure whose change this one is, if it is that."""
    computed = figure.computed
    if computed is None or computed.formula is not Formula.PERCENT_CHANGE:
        return None
    return computed.from_[0]


def _card(
    reader: Reader, figure: Figure, among: Sequence[Figure], change: Figure | None = None
) -> Card:
    wording = reader.wording
    period = period_text(figure.period, wording)
    reported = status_text(figure.status, wording) if figure.status is Status.REPORTED else None
    facts = (
        None if figure.value == figure.period else period,
        baseline_text(figure, wording),
        None if figure.computed else reported,
    )
    source = list(_source_lines(reader, figure, among))
    if change:
        source.extend(_source_lines(reader, change, among))
    return Card(
        id=figure.id,
        label=figure.label.get(reader.lang, reader.order),
        value=figure_text(figure, wording),
        facts=tuple(filter(None, facts)),
        bars=_bars(figure, wording),
        change=_change(figure, wording) if change else None,
        computed=wording.text("panel.computed") if figure.computed else None,
        source_title=wording.text("panel.passage"),
        source=tuple(source),
        quote=wording.text("panel.quote", words=figure.quote) if figure.quote else None,
    )


def _change(figure: Figure, wording: Wording) -> str:
    mark = wording.text("panel.computed")
    return wording.text("figure.with_status", value=change_text(figure, wording), status=mark)


def _bars(figure: Figure, wording: Wording) -> tuple[Bar, ...]:
    baseline = figure.baseline
    if baseline is None or baseline.value is None or not isinstance(figure.value, Decimal):
        return ()
    longest = max(abs(baseline.value), abs(figure.value)) or 1
    pairs = ((baseline.value, baseline.period), (figure.value, figure.period))
    return tuple(
        Bar(
            label=period_text(period, wording),
            value=value_text(value, figure.unit, wording),
            percent=round(abs(value) / longest * 100),
        )
        for value, period in pairs
    )


def _source_lines(reader: Reader, figure: Figure, among: Sequence[Figure]) -> Iterator[str]:
    wording, order = reader.wording, reader.order
    if figure.passage:
        yield passage_text(figure.passage, wording)
    if figure.source:
        yield figure.source.get(reader.lang, order)
    if computation := computation_text(figure, among, wording):
        yield computation
    if figure.note:
        yield figure.note.get(reader.lang, order)


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("stories", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _render(template: str, **values: object) -> str:
    return _environment().get_template(template).render(**values).strip()


@lru_cache
def _markdown() -> MarkdownIt:
    # Raw HTML stays text; pictures would be fetched from somebody else's server.
    return MarkdownIt("commonmark", {"html": False}).disable("image")


def markdown_html(markdown: str) -> Markup:
    """Turn a story's body into HTML: paragraphs, emphasis, lists, quotes and web links."""
    return Markup(_markdown().render(markdown))  # noqa: S704  # the renderer escapes
