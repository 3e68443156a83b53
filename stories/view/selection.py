"""What a reader chooses by, as HTML: themes, towns and languages; and what a choice changes.

Pure, as `stories.view.panel`. The page's script marks what is chosen and tells the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from stories.view.address import scene_ids, shown_dates
from stories.view.filtering import count_by_theme, passes
from stories.view.icons import outline
from stories.view.render import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stories.model.atlas import Atlas, Story, Theme
    from stories.view.context import ViewContext


LINE = 72
"""Letters, as wide as Latin ones, of all themes that stand in one line of a wide window."""
MOST_SIDE_BY_SIDE = 2
"""Languages that stand in the bar beside each other, on a phone too; more are folded away."""
BUTTON = 7
"""What a button takes beside its theme's name, in letters."""


def masthead_html(context: ViewContext) -> str:
    """Draw the head of the page: which county this is."""
    atlas, lang, order = context.atlas, context.lang, context.order
    return _render(
        context,
        "masthead.html",
        place=atlas.place.get(lang, order),
        title=atlas.title.get(lang, order),
    )


def languages_html(context: ViewContext) -> str:
    """Draw the languages to read the atlas in; nothing where there is only one."""
    languages = context.atlas.languages
    if len(languages) == 1:
        return ""
    return _render(
        context,
        "languages.html",
        label=context.wording.text("page.language"),
        name=context.wording.language_name(context.lang),
        is_menu=len(languages) > MOST_SIDE_BY_SIDE,
        languages=[
            {
                "lang": each,
                "name": context.wording.language_name(each),
                "address": context.address_with(lang=each, scene=context.view.scene),
            }
            for each in languages
        ],
    )


def choose_html(context: ViewContext) -> str:
    """Draw what opens the themes and the towns, or the towns alone where the themes are short."""
    text = context.wording.text
    return _render(
        context,
        "choose.html",
        is_short=_width(context) <= LINE,
        all=text("bar.browse"),
        what=text("metric.browse_what" if context.metrics else "bar.browse_what"),
        places=text("bar.places"),
    )


def themes_html(context: ViewContext) -> str:
    """Draw the filter. It is the same whichever town is open."""
    stories = count_by_theme(context.atlas)
    return _render(
        context,
        "themes.html",
        filter=context.wording.text("page.filter"),
        themes=[_theme(context, theme, stories[theme.id]) for theme in context.atlas.themes],
    )


def towns_html(context: ViewContext, others: Sequence[str]) -> str:
    """Draw the list of the towns: those with a story, and `others`, folded away.

    They are the same whichever town is open.
    """
    return _render(
        context,
        "towns.html",
        label=context.wording.text("page.towns"),
        stories=[
            _link(context, None, context.wording.text("page.whole")),
            *(
                _link(context, story.town, context.town_name(story.town), story)
                for story in context.atlas.stories
            ),
        ],
        others=[_link(context, town, context.town_name(town)) for town in others],
        others_label=context.wording.plural("page.other_towns", len(others)),
        outside=context.wording.text("page.outside_filter"),
    )


def _render(context: ViewContext, template: str, **values: object) -> str:
    return render(
        "stories.view",
        template,
        lang=context.lang,
        direction=context.wording.direction,
        **values,
    )


def _width(context: ViewContext) -> int:
    """Return about how wide all themes are, in Latin letters; East Asian ones are twice as wide."""
    labels = [theme.label.get(context.lang, context.order) for theme in context.atlas.themes]
    letters = sum(2 if east_asian_width(sign) in "FW" else 1 for sign in "".join(labels))
    return letters + BUTTON * len(labels)


def _theme(context: ViewContext, theme: Theme, stories: int) -> dict[str, Any]:
    return {
        "id": theme.id,
        "icon": outline(theme.icon),
        "colour": theme.colour,
        "label": theme.label.get(context.lang, context.order),
        "stories": context.wording.number(stories),
        "chosen": theme.id in context.view.themes,
    }


def _link(
    context: ViewContext, town: str | None, name: str, story: Story | None = None
) -> dict[str, Any]:
    return {
        "slug": town or "",
        "address": context.address_of(town),
        "name": name,
        "themes": " ".join(story.themes) if story else None,
        "faded": story is not None and not passes(story, context.view.themes),
    }


def known_place(atlas: Atlas, town: str | None, place: object) -> str | None:
    """Return the id of a place that a browser names, if the town has it."""
    return next((each.id for each in atlas.places_in(town) if each.id == place), None)


def change_of(context: ViewContext, choice: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of the view a reader's choices change that the page's script tells of.

    A browser can send anything; what does not fit is left aside.
    """
    lang, themes, town = (choice.get(key) for key in ("lang", "themes", "town"))
    change: dict[str, Any] = {}
    if lang in context.atlas.languages:
        change["lang"] = lang
    if isinstance(themes, list):
        change["themes"] = tuple(each.id for each in context.atlas.themes if each.id in themes)
    if isinstance(town, str):
        known = town if town in context.towns else None
        place = known_place(context.atlas, known, choice.get("place"))
        change |= change_of_town(context, known, place=place, tour=choice.get("tour") is True)
    change |= _change_of_metric(context, choice)
    dates = choice.get("dates")
    if isinstance(dates, list):
        known_dates = context.history.dates
        change |= shown_dates([each for each in dates if isinstance(each, str)][:2], known_dates)
    scene = choice.get("scene")
    if isinstance(scene, str) and change.get("town", context.view.town) == context.view.town:
        scenes = scene_ids(context.atlas, context.view.town)
        change["scene"] = scene if scene in scenes else None
    return change


def _change_of_metric(context: ViewContext, choice: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metric that a browser names, or its period, which is of the one that is shown."""
    metric, period = choice.get("metric"), choice.get("period")
    change: dict[str, Any] = {}
    if isinstance(metric, str):
        change["metric"] = metric if metric in context.metrics else None
    shown = context.metrics.get(change.get("metric", context.view.metric) or "")
    if shown and isinstance(period, str):
        known = (str(each) for each in shown.periods)
        change["period"] = next((each for each in known if each == period), None)
    return change


def change_of_town(
    context: ViewContext, town: str | None, *, place: str | None = None, tour: bool
) -> dict[str, Any]:
    """Return what of the view the choice of a town, and of a place in it, changes.

    Only a town with a story is a place on the `tour` through them.
    """
    is_stop = tour and context.atlas.story(town) is not None
    return {"town": town, "place": place, "tour": is_stop}
