"""The panel beside the map, as HTML: the county, one story, or a town without one.

Pure: models in, HTML out. Templates escape everything (Jinja's `autoescape`), and the
body's Markdown goes through a renderer that refuses raw HTML; nothing else reaches the
page as markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from stories.view.cards import comparison_rows, figure_cards
from stories.view.compare import comparisons
from stories.view.filtering import passes
from stories.view.qr import qr_image
from stories.view.render import render
from stories.view.tour import stop_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stories.model.atlas import Atlas, Story
    from stories.model.division import Town
    from stories.view.address import View
    from stories.wording import Wording


@dataclass(frozen=True)
class Reader:
    """What a reader sees everything through: an atlas, in a language, with an address."""

    atlas: Atlas
    wording: Wording
    view: View
    towns: Mapping[str, Town]
    here: str | None = None
    """Address of the page without its query, where it is known."""

    @property
    def lang(self) -> str:
        """Language of the page."""
        return self.wording.lang

    @property
    def order(self) -> Sequence[str]:
        """Languages to fall back to."""
        return self.atlas.languages

    def address_of(self, town: str | None, *, tour: bool = False) -> str:
        """Return the query string that shows `town` and is otherwise the same view."""
        change = {"town": town, "tour": tour, "lang": self.lang}
        return self.view.model_copy(update=change).query()

    @property
    def query(self) -> str:
        """Query string of the present view."""
        return self.address_of(self.view.town, tour=self.view.tour)

    def theme_names(self, story: Story) -> str:
        """Names of a story's themes, in one line."""
        names = (self.atlas.theme(theme).label.get(self.lang, self.order) for theme in story.themes)
        return self.wording.listed(list(names))

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


def _page(reader: Reader) -> dict[str, Any]:
    """Say what the panel shows; the page's script reads it from the panel."""
    link = f"{reader.here}?{reader.query}" if reader.here else None
    return {
        "lang": reader.lang,
        "direction": reader.wording.direction,
        "page_title": panel_title(reader),
        "query": reader.query,
        "link": link,
        "qr": qr_image(link) if link else None,
        "tour": _tour(reader) if reader.view.tour else None,
    }


def _tour(reader: Reader) -> dict[str, Any]:
    """Where the reader is on the way through the stories, and the steps from there."""
    assert reader.view.town is not None
    stop = stop_at(reader.atlas, reader.view.town)
    wording = reader.wording
    steps = [("previous", stop.previous), ("next", stop.next)]
    return {
        "place": wording.text("tour.place", place=stop.place, of=stop.of),
        "percent": round(stop.place / stop.of * 100),
        "label": wording.text("tour.label"),
        "hint": wording.text("tour.keys"),
        "steps": [_step(reader, name, town) for name, town in steps if town],
        "leave": wording.text("tour.leave"),
        "leave_address": reader.address_of(reader.view.town),
        "town": reader.view.town,
    }


def _step(reader: Reader, name: str, town: str) -> dict[str, str]:
    return {
        "name": name,
        "town": town,
        "address": reader.address_of(town, tour=True),
        "words": reader.wording.text(f"tour.{name}", town=reader.town_name(town)),
    }


def _overview(reader: Reader) -> str:
    atlas, lang, order = reader.atlas, reader.lang, reader.order
    return _render(
        "overview.html",
        **_page(reader),
        title=reader.wording.plural("panel.overview_title", len(atlas.stories)),
        intro=atlas.intro.get(lang, order),
        how=reader.wording.text("panel.how"),
        teasers=[_teaser(reader, story) for story in atlas.stories],
        tour_words=reader.wording.text("tour.start"),
        tour_town=atlas.stories[0].town,
        tour_address=reader.address_of(atlas.stories[0].town, tour=True),
        compare_title=reader.wording.text("compare.title"),
        comparisons=[comparison_rows(reader, each) for each in comparisons(atlas)],
        facts_title=reader.wording.text("panel.county_facts"),
        facts=list(figure_cards(reader, atlas.figures)),
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
        "figure": next(figure_cards(reader, story.figures), None),
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
        cards=list(figure_cards(reader, story.figures)),
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


def _render(template: str, **values: object) -> str:
    return render("stories.view", template, **values).strip()


@lru_cache
def _markdown() -> MarkdownIt:
    # Raw HTML stays text; pictures would be fetched from somebody else's server.
    return MarkdownIt("commonmark", {"html": False}).disable("image")


def markdown_html(markdown: str) -> Markup:
    """Turn a story's body into HTML: paragraphs, emphasis, lists, quotes and web links."""
    return Markup(_markdown().render(markdown))  # noqa: S704  # the renderer escapes
