"""Where the graphics of a story stand on the page: one before the text, others at their figures.

Pure, as `stories.view.panel`. What is drawn, and how, `stories.graphics` knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from stories.graphics import inline_graphic
from stories.markdown import FIGURE_LINK
from stories.view.taking import take_graphic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stories.markdown import Body
    from stories.model.atlas import Figure, Graphic, Story
    from stories.view.context import ViewContext
    from stories.view.taking import Taking


@dataclass(frozen=True)
class DrawnGraphic:
    """A graphic as it stands on the page."""

    id: str
    title: str
    drawing: Markup
    note: str
    tone: str
    """Colour of the story's main theme."""
    taking: Taking | None
    """Where it is to be had by itself; none where there are no routes."""


@dataclass(frozen=True)
class PlacedGraphics:
    """The graphics of a story, each once."""

    opening: DrawnGraphic | None
    """Before the text."""
    by_scene: Mapping[str, tuple[DrawnGraphic, ...]]
    """With the passages, by the scene's id."""
    rest: tuple[DrawnGraphic, ...]
    """Above the table of figures."""


def placed_graphics(context: ViewContext, story: Story, body: Body) -> PlacedGraphics:
    """Draw the graphics of a story, and say where each stands.

    The story's opening graphic stands before the text. Another stands with the scene that names
    it, else with the first whose words link to all its figures; what has no such scene in the
    text stands above the table.
    """
    opening, linked = story.opening_graphic, _linked(body, story)
    by_scene: dict[str, tuple[DrawnGraphic, ...]] = {}
    rest: tuple[DrawnGraphic, ...] = ()
    for graphic in story.graphics:
        if graphic == opening:
            continue
        drawn, scene = draw_graphic(context, story, graphic), _scene_of(graphic, story, linked)
        if scene is None:
            rest = (*rest, drawn)
        else:
            by_scene[scene] = (*by_scene.get(scene, ()), drawn)
    hero = draw_graphic(context, story, opening) if opening else None
    return PlacedGraphics(hero, by_scene, rest)


def _linked(body: Body, story: Story) -> dict[str, set[str]]:
    """Return the figures to which each scene's words link, in the text's order."""
    return {
        part.scene: {name for _, name in FIGURE_LINK.findall(part.markdown)}
        for part in body.parts
        if part.scene and story.scene(part.scene)
    }


def _scene_of(graphic: Graphic, story: Story, linked: Mapping[str, set[str]]) -> str | None:
    naming = [scene.id for scene in story.scenes if scene.graphic == graphic.id]
    figures = set(graphic.drawn) - {graphic.whole}
    fitting = [scene for scene, names in linked.items() if figures <= names]
    return next((scene for scene in (*naming, *fitting) if scene in linked), None)


def draw_graphic(context: ViewContext, story: Story, graphic: Graphic) -> DrawnGraphic:
    """Draw a graphic of a story for the page."""
    tone = context.atlas.theme(story.themes[0]).colour
    return drawn_graphic(context, graphic, story.figures, town=story.town, tone=tone)


def drawn_graphic(
    context: ViewContext, graphic: Graphic, figures: Sequence[Figure], *, town: str, tone: str
) -> DrawnGraphic:
    """Draw a graphic of some figures, which is to be had under the name of a town."""
    lang, order = context.lang, context.order
    title = graphic.title.get(lang, order)
    drawing = inline_graphic(graphic, figures, context.wording)
    return DrawnGraphic(
        id=graphic.id,
        title=title,
        drawing=Markup(drawing),  # noqa: S704  # it escapes what it is given
        note=graphic.note.get(lang, order) if graphic.note else "",
        tone=tone,
        taking=take_graphic(context, town, graphic.id, title, drawing),
    )
