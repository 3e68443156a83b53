"""A story told in scenes: its parts in order, and what the map does for each.

The page's script reads the cue from the passage. Without it, and on paper, a small map stands
with each scene for which the map would change.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from stories.markdown import FIGURE_LINK, read_body
from stories.view.media import medium_html, placing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from stories.model.atlas import Scene, Story, StoryText
    from stories.view.cards import Card
    from stories.view.context import ViewContext

MANY = 8
"""More divisions than this are counted, not named."""
STILL_SIZE = (480, 320)
"""Width and height of a still map in pixels."""


@dataclass(frozen=True)
class Still:
    """A small still map."""

    address: str
    """Relative to the page."""
    width: int
    height: int
    words: str
    """What it shows."""
    lines: str
    """What its lines are."""


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


def story_parts(
    context: ViewContext, story: Story, text: StoryText, cards: Sequence[Card]
) -> list[Part]:
    """Return the parts of a story's body in their order.

    Parameters
    ----------
    context
        The reader's view.
    story
        The story.
    text
        Its words in the reader's language, or in the one that stands in.
    cards
        The cards that the page has.
    """
    places = {name: card for card in cards for name in card.figures}
    place = placing(context, story)
    parts: list[Part] = []
    last: tuple[object, ...] | None = None
    shown: set[str] = set()
    for part in read_body(text.body_markdown).parts:
        html, scene = part.html(places, place), story.scene(part.scene)
        if scene is None:
            parts.append(Part(html))
            continue
        card = places.get(scene.figure or "")
        still = _still(context, story, scene) if scene.shown != last else None
        is_first = card is not None and card.id not in shown
        cue = json.dumps(cue_of(context, scene), ensure_ascii=False)
        picture = medium_html(context, story, scene.picture) if scene.picture else None
        parts.append(Part(html, scene.id, cue, card, is_first, still, picture))
        last = scene.shown
        shown |= {card.id} if card else set()
    return parts


def linked_figures(text: StoryText, scenes: Iterable[Scene]) -> set[str]:
    """Return the ids of the figures that a story's words link to, or that stand with a scene."""
    words = f"{text.linked_lead}\n{text.body_markdown}"
    return {name for _, name in FIGURE_LINK.findall(words)} | {
        scene.figure for scene in scenes if scene.figure
    }


def cue_of(context: ViewContext, scene: Scene) -> dict[str, Any]:
    """Return what the map does for a scene, as the page's script takes it."""
    cue: dict[str, Any] = {
        "look": _look(scene),
        "light": list(scene.lit),
        "dim": scene.dim and bool(scene.lit),
    }
    if scene.figure:
        cue["figure"] = scene.figure
    return cue | {"words": cue_words(context, scene)}


def _look(scene: Scene) -> dict[str, Any]:
    look = scene.look
    if look.extent:
        return {"box": list(look.extent.sides)}
    return {"slugs": list(look.divisions)} if look.divisions else {"county": True}


def cue_words(context: ViewContext, scene: Scene) -> str:
    """Say what the map shows during a scene."""
    look, wording = scene.look, context.wording
    county = context.atlas.place.get(context.lang, context.order)
    if look.divisions:
        what = _names(context, look.divisions)
    else:
        what = wording.text("scene.part" if look.extent else "scene.whole", county=county)
    if not scene.lit or scene.lit == look.divisions:
        return wording.text("scene.shows", what=what)
    return wording.text("scene.shows_lit", what=what, lit=_names(context, scene.lit))


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


def _still(context: ViewContext, story: Story, scene: Scene) -> Still:
    statuses = dict.fromkeys(town.boundary_status for town in context.towns.values())
    lines = [context.wording.text(f"scene.line_{status}") for status in sorted(statuses)]
    folder = f"{quote(context.view.atlas, safe='')}/" if context.view.atlas else ""
    return Still(
        address=f"scene/{folder}{story.town}.{scene.id}.png",
        width=STILL_SIZE[0],
        height=STILL_SIZE[1],
        words=cue_words(context, scene),
        lines=" · ".join(lines),
    )
