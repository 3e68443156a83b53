"""The panel beside the map, as HTML: the county, one story, or a town without one.

Pure: models in, HTML out. Templates escape everything (Jinja's `autoescape`), and the
body's Markdown goes through a renderer that refuses raw HTML; nothing else reaches the
page as markup.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from stories.markdown import lead_html, read_body
from stories.model.media import HeroPlace
from stories.view.announced import announced
from stories.view.cards import figure_cards
from stories.view.compare import drawn_comparisons
from stories.view.dates import history_section, origin_section
from stories.view.filtering import chosen_first, passes
from stories.view.graphics import placed_graphics
from stories.view.joint_graphics import joint_graphics
from stories.view.ledger import ledger
from stories.view.media import hero_html
from stories.view.metric_panel import division_metrics
from stories.view.metric_table import metric_table
from stories.view.places import atlas_place_list, place_list
from stories.view.qr import qr_image
from stories.view.render import render
from stories.view.scenes import linked_figures, step_words, story_parts
from stories.view.tour import stop_at

if TYPE_CHECKING:
    from markupsafe import Markup

    from stories.model.atlas import Story, StoryText
    from stories.model.division import Division
    from stories.view.cards import Card
    from stories.view.context import ViewContext
    from stories.view.ledger import Ledger


def panel_html(context: ViewContext) -> str:
    """Draw what the reader's address asks for."""
    town = context.view.town
    if town is None:
        return _overview(context)
    story = context.atlas.story(town)
    return _story(context, story) if story else _quiet(context, context.towns[town])


def panel_title(context: ViewContext) -> str:
    """Say in one line what the panel shows: the page's title, and what screen readers hear."""
    title = context.atlas.title.get(context.lang, context.order)
    town = context.view.town
    if town is None:
        return title
    story = context.atlas.story(town)
    what = story.text(context.lang, context.order).headline if story else context.town_name(town)
    return context.wording.text("panel.title", what=what, title=title)


def _page(context: ViewContext) -> dict[str, Any]:
    """Say what the panel shows; the page's script reads it from the panel."""
    link = context.addresses.link(context.here, context.query) if context.here else None
    return {
        "lang": context.lang,
        "direction": context.wording.direction,
        "page_title": panel_title(context),
        "query": context.query,
        "link": link,
        "qr": qr_image(link) if link else None,
        "tour": _tour(context) if context.view.tour else None,
    }


def _tour(context: ViewContext) -> dict[str, Any]:
    """Where the reader is on the way through the stories, and the steps from there."""
    assert context.view.town is not None
    stop = stop_at(context.atlas, context.view.town, context.view.themes)
    wording = context.wording
    steps = [("previous", stop.previous), ("next", stop.next)]
    return {
        "place": wording.text("tour.place", place=stop.place, of=stop.of),
        "percent": round(stop.place / stop.of * 100),
        "label": wording.text("tour.label"),
        "hint": wording.text("tour.keys"),
        "steps": [_step(context, name, town) for name, town in steps if town],
        "leave": wording.text("tour.leave"),
        "leave_address": context.address_of(context.view.town),
        "town": context.view.town,
    }


def _step(context: ViewContext, name: str, town: str) -> dict[str, str]:
    return {
        "name": name,
        "town": town,
        "address": context.address_of(town, tour=True),
        "words": context.wording.text(f"tour.{name}", town=context.town_name(town)),
    }


def _overview(context: ViewContext) -> str:
    atlas, lang, order = context.atlas, context.lang, context.order
    stories = chosen_first(atlas, context.view.themes)
    return _render(
        "overview.html",
        **_page(context),
        title=_overview_title(context),
        metric_table=metric_table(context),
        intro=atlas.intro.get(lang, order),
        about=_paragraphs(atlas.about.get(lang, order) if atlas.about else ""),
        how=context.wording.text("panel.how"),
        teasers=[_teaser(context, story) for story in stories],
        tour_words=context.wording.text("tour.start"),
        tour_town=stories[0].town,
        tour_address=context.address_of(stories[0].town, tour=True),
        compare_title=context.wording.text("compare.title"),
        comparisons=drawn_comparisons(context),
        say=context.wording.text,
        ledger=_county_ledger(context),
        places=atlas_place_list(context),
        graphics=joint_graphics(context),
        announced_title=context.wording.text("announced.title"),
        announced_as_of=context.wording.text("announced.as_of"),
        announced=announced(context),
        history=history_section(context),
        source=_source(context),
        source_lang=context.atlas.languages[0],
    )


def _county_ledger(context: ViewContext) -> Ledger | None:
    figures = context.atlas.figures
    title = context.wording.text("panel.county_facts")
    return ledger(context, [(title, figures, list(figure_cards(context, figures)))])


def _overview_title(context: ViewContext) -> str:
    """Say how many stories there are; under a filter, how many of them are left."""
    atlas, themes, wording = context.atlas, context.view.themes, context.wording
    if not themes:
        return wording.plural("panel.overview_title", len(atlas.stories))
    names = [atlas.theme(each).label.get(context.lang, context.order) for each in themes]
    return wording.text(
        "bar.filtered",
        themes=wording.listed(names),
        n=wording.number(sum(passes(story, themes) for story in atlas.stories)),
        all=wording.plural("start.stories", len(atlas.stories)),
    )


def _paragraphs(text: str) -> list[str]:
    return [each for each in re.split(r"\n\s*\n", text) if each.strip()]


def _teaser(context: ViewContext, story: Story) -> dict[str, Any]:
    text = story.text(context.lang, context.order)
    return {
        "slug": story.town,
        "address": context.address_of(story.town),
        "town": context.town_name(story.town),
        "headline": text.headline,
        "themes": _themes(context, story),
        "faded": not passes(story, context.view.themes),
        "figure": next(figure_cards(context, story.figures), None),
    }


def _story(context: ViewContext, story: Story) -> str:
    text = story.text(context.lang, context.order)
    hidden = not passes(story, context.view.themes)
    cards = list(figure_cards(context, story.figures, story.town))
    county = _county_cards(context, story, text)
    body = read_body(text.body_markdown)
    graphics = placed_graphics(context, story, body)
    parts = story_parts(context, story, body, [*county, *cards], graphics.by_scene)
    above = {part.card.id for part in parts if part.card}
    return _render(
        "story.html",
        **_page(context),
        town=context.town_name(story.town),
        text=text,
        lead=_lead(text, [*county, *cards]),
        parts=parts,
        step_words=step_words(context),
        graphics=graphics,
        say=context.wording.text,
        ledger=_ledger(context, story, cards, county, above),
        next=next_step(context, stop_at(context.atlas, story.town, context.view.themes).next),
        hero=hero_html(context, story),
        hero_above=story.hero_place is HeroPlace.ABOVE,
        themes=_themes(context, story),
        metrics=division_metrics(context, story.town),
        places=place_list(context, story.town),
        hidden_by_filter=context.wording.text("panel.hidden_by_filter") if hidden else None,
        boundary=_boundary(context, context.towns[story.town]),
        origin=origin_section(context, story.town),
        source=_source(context),
        source_lang=context.atlas.languages[0],
        back=context.wording.text("panel.back"),
        back_address=context.address_of(None),
    )


def _county_cards(context: ViewContext, story: Story, text: StoryText) -> list[Card]:
    """Return the cards of the county's figures that a story's words or scenes name."""
    named = linked_figures(text, story.scenes) - {figure.id for figure in story.figures}
    cards = figure_cards(context, context.atlas.figures)
    return [card for card in cards if named.intersection(card.figures)]


def _ledger(
    context: ViewContext,
    story: Story,
    cards: list[Card],
    county: list[Card],
    above: set[str],
) -> Ledger | None:
    """Put the story's figures, and those of the county that it names, into one table."""
    title, of_county = map(context.wording.text, ("panel.figures", "panel.county_facts"))
    named = {name for card in county for name in card.figures}
    figures = [figure for figure in context.atlas.figures if figure.id in named]
    groups = [(title, story.figures, cards), (of_county, figures, county)]
    return ledger(context, groups, above)


def _lead(text: StoryText, cards: list[Card]) -> Markup | str:
    figures = {name for card in cards for name in card.figures}
    return lead_html(text.lead_markdown, figures) if text.lead_markdown else text.lead


def next_step(context: ViewContext, town: str | None) -> dict[str, Any]:
    """Lead on to the story of a town, or to the overview."""
    wording, following = context.wording, context.atlas.story(town)
    is_tour = context.view.tour and following is not None
    words, headline = wording.text("next.overview"), wording.text("panel.back")
    if following:
        words = wording.text("next.story", town=context.town_name(following.town))
        headline = following.text(context.lang, context.order).headline
    return {
        "label": wording.text("next.label"),
        "town": town or "",
        "tour": is_tour,
        "address": context.address_of(town, tour=is_tour),
        "words": words,
        "headline": headline,
    }


def _quiet(context: ViewContext, town: Division) -> str:
    return _render(
        "quiet.html",
        **_page(context),
        kicker=context.atlas.place.get(context.lang, context.order),
        town=town.name(context.lang, context.order),
        no_story=context.wording.text("panel.no_story"),
        metrics=division_metrics(context, town.slug),
        places=place_list(context, town.slug),
        source_lang=context.atlas.languages[0],
        boundary=_boundary(context, town),
        origin=origin_section(context, town.slug),
        back=context.wording.text("panel.back"),
        back_address=context.address_of(None),
    )


def _themes(context: ViewContext, story: Story) -> list[dict[str, str]]:
    themes = map(context.atlas.theme, story.themes)
    return [
        {"label": theme.label.get(context.lang, context.order), "colour": theme.colour}
        for theme in themes
    ]


def _boundary(context: ViewContext, town: Division) -> dict[str, Any]:
    wording = context.wording
    facts = [context.kind_name(town)] if town.kind else []
    if town.area_km2 is not None:
        facts.append(wording.text("panel.area", area=wording.number(round(town.area_km2, 1))))
    if town.inset:
        facts.append(wording.text("panel.inset"))
    notes = town.boundary_notes
    return {
        "status": town.boundary_status,
        "title": wording.text(f"boundary.{town.boundary_status}"),
        "note": notes.get(context.lang, context.order) if notes else "",
        "facts": facts,
    }


def _source(context: ViewContext) -> list[str]:
    source, lang, order = context.atlas.source, context.lang, context.order
    work = context.wording.text("panel.work", title=source.title.get(lang, order))
    return [
        context.wording.text("panel.source", work=work),
        *(part.get(lang, order) for part in (source.publisher, source.note) if part),
    ]


def _render(template: str, **values: object) -> str:
    return render("stories.view", template, **values).strip()
