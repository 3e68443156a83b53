"""A graphic by itself: what has to be said with it elsewhere, and a page with nothing else.

Pure, as `stories.view.panel`. The page needs no script, and no file but itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from markupsafe import Markup

from stories.graphics import inline_graphic
from stories.model.scene import COUNTY
from stories.view.cards import figure_cards
from stories.view.joint_graphics import joint_ledger, with_places
from stories.view.ledger import Ledger, ledger
from stories.view.render import render
from stories.view.taking import COUNTY_TONE, NOWHERE, take_figure, take_graphic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stories.model.atlas import Figure, Graphic
    from stories.view.context import ViewContext
    from stories.view.taking import Taking

ASSETS = Path(__file__).parent / "assets"
SHEETS = ("graphics.css", "ledger.css", "alone.css")


@dataclass(frozen=True)
class AloneGraphic:
    """A graphic of a story or of several, or that of a single figure, apart from its page."""

    context: ViewContext
    """Its town is the story's; none for the county's own figures, and for graphics of several."""
    graphic: Graphic
    figures: Sequence[Figure]
    """All figures of the story, or of the county; those drawn where they are of several towns."""
    figure: Figure | None = None
    """The figure whose graphic it is; none where it is one of the story's or the atlas's own."""

    @classmethod
    def of_several(cls, context: ViewContext, graphic: Graphic) -> Self:
        """Return a graphic of several towns."""
        return cls(context, *with_places(context, graphic))

    @property
    def town(self) -> str | None:
        """Slug of the town; none for the county's figures."""
        return self.context.view.town

    @property
    def tone(self) -> str:
        """Colour of the story's main theme, as `#rrggbb`."""
        return self.context.atlas.colours().get(self.town or "", COUNTY_TONE)

    @property
    def place(self) -> str:
        """Name of the town, or of the county."""
        context = self.context
        county = context.atlas.place.get(context.lang, context.order)
        return context.town_name(self.town) if self.town else county

    @property
    def title(self) -> str:
        """What it shows."""
        return self.graphic.title.get(self.context.lang, self.context.order)

    @property
    def headline(self) -> str:
        """What it shows, and of which place: nothing around it says so."""
        say = self.context.wording.text
        return say("ledger.of_place", place=self.place, title=self.title)

    @property
    def story_headline(self) -> str:
        """Headline of the story; for the county's figures the county."""
        context, story = self.context, self.context.atlas.story(self.town)
        return story.text(context.lang, context.order).headline if story else self.place

    @property
    def source(self) -> str:
        """The line that names the source: the figures' own, else the atlas's."""
        context, lang, order = self.context, self.context.lang, self.context.order
        say = context.wording.text
        drawn = [each for each in self.figures if each.id in self.graphic.drawn]
        own = dict.fromkeys(each.source.get(lang, order) for each in drawn if each.source)
        if drawn and all(each.source for each in drawn):
            return say("panel.source", work=" · ".join(own))
        source = context.atlas.source
        work = say("panel.work", title=source.title.get(lang, order))
        publisher = [source.publisher.get(lang, order)] if source.publisher else []
        return " · ".join([say("panel.source", work=work), *publisher, *own])

    @property
    def drawing(self) -> str:
        """The drawing for a page, as HTML."""
        return inline_graphic(self.graphic, self.figures, self.context.wording)

    @property
    def taking(self) -> Taking | None:
        """Where it is to be had."""
        if self.figure:
            return take_figure(self.context, self.town, self.figure.id, self.headline)
        name, drawing = self.headline, self.drawing
        return take_graphic(self.context, self.town or COUNTY, self.graphic.id, name, drawing)

    def ledger(self) -> Ledger | None:
        """Return the table of the figures that it draws, and of changes computed from them."""
        context, drawn = replace(self.context, addresses=NOWHERE), set(self.graphic.drawn)
        if self.town is None and self.figure is None:
            return joint_ledger(context, self.graphic)
        cards = [
            card
            for card in figure_cards(context, self.figures, self.town)
            if drawn.intersection(card.figures)
        ]
        shown = {name for card in cards for name in card.figures}
        figures = [figure for figure in self.figures if figure.id in shown]
        return ledger(context, [(context.wording.text("ledger.data"), figures, cards)])


def alone_html(alone: AloneGraphic, *, base: str, story: str, oembed: str) -> str:
    """Draw the page of a graphic, for other sites to embed.

    Parameters
    ----------
    alone
        The graphic.
    base
        Full address of the atlas's page, ending in a slash: addresses begin with it.
    story
        Full address of the story.
    oembed
        Full address that tells how to embed the page.
    """
    context, graphic = alone.context, alone.graphic
    return render(
        "stories.view",
        "alone.html",
        alone=alone,
        lang=context.lang,
        direction=context.wording.direction,
        say=context.wording.text,
        sheet=_sheet(),
        drawing=Markup(alone.drawing),  # noqa: S704  # it escapes what it is given
        note=graphic.note.get(context.lang, context.order) if graphic.note else "",
        ledger=alone.ledger(),
        source_lang=context.atlas.languages[0],
        base=base,
        story=story,
        oembed=oembed,
    )


@cache
def _sheet() -> Markup:
    sheets = (ASSETS / name for name in SHEETS)
    return Markup("\n").join(Markup(sheet.read_text(encoding="utf-8")) for sheet in sheets)  # noqa: S704  # files of ours
