"""A story told in scenes: its parts in order, and what the map does for each.

The page's script reads the cue from the passage. Without it, and on paper, a small map stands
with each scene for which the map would change.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stories.markdown import FIGURE_LINK
from stories.view.dates import line_words, shown_words
from stories.view.media import medium_html, placing
from stories.view.metric_bar import scene_legend_html
from stories.view.metric_words import label_of
from stories.view.still import STILL_SIZE, Still
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markupsafe import Markup

    from stories.markdown import Body
    from stories.model.atlas import Scene, Story, StoryText
    from stories.view.cards import Card
    from stories.view.context import ViewContext
    from stories.view.graphics import DrawnGraphic

MANY = 8
"""More divisions than this are counted, not named."""


@dataclass(frozen=True)
class Part:
    """A scene's passage, or what stands outside scenes."""

    html: Markup
    scene: str | None = None
    cue: str = ""
    """JSON for the page's script."""
    card: Card | None = None
    is_first: bool = False
    """Whether the card stands here for the first time on the page."""
    still: Still | None = None
    picture: Markup | None = None
    """The picture that stands with the passage."""
    graphics: tuple[DrawnGraphic, ...] = ()
    """Those that stand with the passage."""
    legend: Markup | None = None
    """Of the metric that the map shows meanwhile."""


def story_parts(
    context: ViewContext,
    story: Story,
    body: Body,
    cards: Sequence[Card],
    graphics: Mapping[str, tuple[DrawnGraphic, ...]],
) -> list[Part]:
    """Return the parts of a story's body in their order.

    Parameters
    ----------
    context
        The reader's view.
    story
        The story.
    body
        Its words in the reader's language, or in the one that stands in.
    cards
        The cards that the page has.
    graphics
        Those that stand with scenes, by the scene's id.
    """
    places = {name: card for card in cards for name in card.figures}
    place = placing(context, story)
    parts: list[Part] = []
    last: tuple[object, ...] | None = None
    shown: set[str] = set()
    for part in body.parts:
        html, scene = part.html(places, place), story.scene(part.scene)
        if scene is None:
            parts.append(Part(html))
            continue
        card = places.get(scene.figure or "")
        still = _still(context, story, scene) if scene.shown(story.town) != last else None
        is_first = card is not None and card.id not in shown
        cue = json.dumps(cue_of(context, story, scene), ensure_ascii=False)
        picture = medium_html(context, story, scene.picture) if scene.picture else None
        drawn = graphics.get(scene.id, ())
        legend = _legend(context, scene)
        parts.append(Part(html, scene.id, cue, card, is_first, still, picture, drawn, legend))
        last = scene.shown(story.town)
        shown |= {card.id} if card else set()
    return parts


def _legend(context: ViewContext, scene: Scene) -> Markup | None:
    if scene.metric is None or scene.metric not in context.metrics:
        return None
    period = str(scene.period) if scene.period else None
    return scene_legend_html(context, scene.metric, period)


def linked_figures(text: StoryText, scenes: Iterable[Scene]) -> set[str]:
    """Return the ids of the figures that a story's words link to, or that stand with a scene."""
    words = f"{text.lead_markdown}\n{text.body_markdown}"
    return {name for _, name in FIGURE_LINK.findall(words)} | {
        scene.figure for scene in scenes if scene.figure
    }


def cue_of(context: ViewContext, story: Story, scene: Scene) -> dict[str, Any]:
    """Return what the map does for a scene, as the page's script takes it."""
    cue: dict[str, Any] = {
        "look": _look(context, story, scene),
        "light": list(scene.lit(story.town)),
        "dim": scene.is_dimmed(story.town),
    }
    if scene.figure:
        cue["figure"] = scene.figure
    if scene.date:
        cue["date"] = str(scene.date)
    if scene.dates:
        cue["dates"] = [str(each) for each in scene.dates]
    if scene.metric:
        cue["metric"] = scene.metric
        cue["period"] = str(scene.period) if scene.period else None
    return cue | {"words": cue_words(context, story, scene)}


def _look(context: ViewContext, story: Story, scene: Scene) -> dict[str, Any]:
    if scene.look.extent:
        return {"box": list(scene.look.extent.sides)}
    slugs = list(scene.looked_at(story.town))
    point = context.points.get((story.town, scene.look.place or ""))
    if point:
        return {"point": list(point), "slugs": slugs}
    return {"slugs": slugs} if slugs else {"county": True}


def cue_words(context: ViewContext, story: Story, scene: Scene, *, is_still: bool = False) -> str:
    """Say what the map shows during a scene.

    Of a place whose point nobody knows the map shows the division, and that is what is said.
    """
    wording, seen, lit = context.wording, scene.looked_at(story.town), scene.lit(story.town)
    place = next((each for each in story.places if each.id == scene.look.place), None)
    if place and (story.town, place.id) in context.points:
        name = place.name.get(context.lang, context.order)
        what = wording.text("scene.spot", place=name, town=context.town_name(story.town))
    elif seen:
        what = _names(context, seen)
    else:
        county = context.atlas.place.get(context.lang, context.order)
        what = wording.text("scene.part" if scene.look.extent else "scene.whole", place=county)
    if not lit or lit == seen:
        said = [wording.text("scene.shows", what=what)]
    else:
        said = [wording.text("scene.shows_lit", what=what, lit=_names(context, lit))]
    said += _metric_words(context, scene)
    if scene.shown_dates:
        said.append(shown_words(context, scene.shown_dates, is_still=is_still))
    return wording.sentences(said)


def _metric_words(context: ViewContext, scene: Scene) -> list[str]:
    """Say which metric colours the map meanwhile, if one does."""
    series = context.metrics.get(scene.metric or "")
    period = series.period(str(scene.period) if scene.period else None) if series else None
    if series is None or period is None:
        return []
    label, when = label_of(context, series.metric), period_text(period, context.wording)
    return [context.wording.text("metric.scene", label=label, period=when)]


def _names(context: ViewContext, slugs: Sequence[str]) -> str:
    if len(slugs) > MANY:
        return context.wording.plural("scene.divisions", len(slugs))
    return context.wording.listed([context.town_name(slug) for slug in slugs])


def step_words(context: ViewContext) -> str:
    """Return the words for the steps between scenes, as JSON for the page's script."""
    wording = context.wording
    words = {
        "label": wording.text("scene.label"),
        "place": wording.text("scene.place", place="{place}", of="{of}"),
        "previous": wording.text("scene.previous"),
        "next": wording.text("scene.next"),
    }
    return json.dumps(words, ensure_ascii=False)


def _still(context: ViewContext, story: Story, scene: Scene) -> Still | None:
    address = context.addresses.beside(f"scene/{context.folder}{story.town}.{scene.id}.png")
    if address is None:
        return None
    return Still(
        address=address,
        width=STILL_SIZE[0],
        height=STILL_SIZE[1],
        words=cue_words(context, story, scene, is_still=True),
        lines=line_words(context, scene.shown_dates),
    )
