"""What the map shows of an atlas: the one place where shapes and stories are put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.map.protocol import MapState
from stories.view.dates import date_words
from stories.view.filtering import passes

PLACE_WORDS = ("cluster", "cluster_list", "here_unstated", "more_places")
"""Keys of the words that a map without places needs none of."""

if TYPE_CHECKING:
    from stories.view.context import ViewContext


def map_content(
    context: ViewContext, places: str | None = None, metrics: str | None = None
) -> MapState:
    """Return what the map shows whichever town is chosen.

    Parameters
    ----------
    context
        The reader's view.
    places
        Address of the file with the places, where there are any.
    metrics
        Address of the folder with the metrics, where there are any.
    """
    atlas, themes = context.atlas, context.view.themes
    text = context.wording.section("map")
    if not any(town.inset for town in context.towns.values()):
        del text["inset"]  # each click carries these words
    if places is None:
        for key in PLACE_WORDS:
            del text[key]
    if context.history.dates:
        text |= context.wording.section("map_dates")
    tones = atlas.colours()
    return MapState(
        lang=context.lang,
        dir=context.wording.direction,
        order=tuple(context.order),
        text=text,
        apart=context.apart,
        tones=tones,
        faded=tuple(story.town for story in atlas.stories if not passes(story, themes)),
        kinds=tuple(context.wording.section("kinds").values()),
        legend=tuple(
            {"colour": theme.colour, "label": theme.label.get(context.lang, context.order)}
            for theme in atlas.themes
            if theme.colour in tones.values()
        ),
        places=places,
        dates=date_words(context),
        metrics=metrics,
        notes={story.town: context.theme_names(story) for story in atlas.stories},
    )
