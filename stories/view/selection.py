"""What a reader chooses by, as HTML: themes, towns and languages.

Pure, as `stories.view.panel`. The page's script marks what is chosen and tells the server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stories.view.filtering import count_by_theme, passes
from stories.view.icons import outline
from stories.view.render import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stories.model.atlas import Story, Theme
    from stories.view.context import ViewContext


def masthead_html(context: ViewContext) -> str:
    """Draw the head of the page: which county this is, and the languages to read of it in."""
    atlas, lang, order = context.atlas, context.lang, context.order
    return render(
        "stories.view",
        "masthead.html",
        lang=lang,
        direction=context.wording.direction,
        place=atlas.place.get(lang, order),
        title=atlas.title.get(lang, order),
        label=context.wording.text("page.language"),
        languages=[
            {
                "lang": each,
                "name": context.wording.language_name(each),
                "address": context.view.model_copy(update={"lang": each}).query(),
            }
            for each in atlas.languages
        ],
    )


def choices_html(context: ViewContext, others: Sequence[str]) -> str:
    """Draw the filter and the list of the towns: those with a story, and `others`, folded away.

    They are the same whichever town is open.
    """
    stories = count_by_theme(context.atlas)
    return render(
        "stories.view",
        "choices.html",
        lang=context.lang,
        direction=context.wording.direction,
        filter=context.wording.text("page.filter"),
        themes=[_theme(context, theme, stories[theme.id]) for theme in context.atlas.themes],
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
        change |= {"town": known, "tour": known is not None and choice.get("tour") is True}
    return change
