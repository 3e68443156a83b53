"""What the page's script needs to show any view where no server draws it.

A published page is drawn once for each town and language. What themes, tour, place, metric and
dates change of it, the script (``serving/publish/scripts/panel_view.js``) puts into place from
these words and parts; none are written in the script.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from stories.view.dates import shown_still
from stories.view.metric_bar import metric_bar_html
from stories.view.metric_panel import division_metrics
from stories.view.metric_table import metric_table
from stories.view.panel import next_step
from stories.view.render import render

if TYPE_CHECKING:
    from stories.view.context import ViewContext

NOTICES = (
    "unknown_town", "unknown_scene", "unknown_place", "unknown_theme", "unknown_date",
    "unknown_lang", "unknown_metric", "unknown_period", "repeated",
)  # fmt: skip
MOST_DATES = 12
"""Of more dates only single ones have a still map."""


def view_parts(context: ViewContext) -> dict[str, Any]:
    """Return what holds for all pages of an atlas in a language.

    Parameters
    ----------
    context
        The overview without anything chosen, as the page for it has it.
    """
    atlas, text = context.atlas, context.wording.text
    return {
        "languages": list(atlas.languages),
        "towns": list(context.towns),
        "themes": {each.id: each.label.get(context.lang, context.order) for each in atlas.themes},
        "stories": [
            {
                "town": story.town,
                "themes": list(story.themes),
                "scenes": [scene.id for scene in story.scenes],
                "next": _part(context, "next", next_step(context, story.town)),
                "previousStop": text("tour.previous", town=context.town_name(story.town)),
                "nextStop": text("tour.next", town=context.town_name(story.town)),
            }
            for story in atlas.stories
        ],
        "toOverview": _part(context, "next", next_step(context, None)),
        "places": {
            slug: ids
            for slug in context.towns
            if (ids := [each.id for each in atlas.places_in(slug)])
        },
        "metrics": {
            name: [str(each) for each in series.periods] for name, series in context.metrics.items()
        },
        "bars": {name: metric_bar_html(context.with_view(metric=name)) for name in context.metrics},
        "dates": list(context.history.dates),
        "stills": dict(_stills(context)),
        "words": _words(context),
    }


def division_parts(context: ViewContext) -> dict[str, Any]:
    """Return what metrics change of the page of a division, or of the overview."""
    parts = {}
    for name in context.metrics:
        chosen = context.with_view(metric=name)
        if context.view.town is None:
            parts[name] = {"table": _part(chosen, "table", metric_table(chosen))}
        else:
            section = division_metrics(chosen, context.view.town)
            parts[name] = {"metrics": _part(chosen, "metrics", section)}
    return parts


def _words(context: ViewContext) -> dict[str, Any]:
    wording, stories = context.wording, context.atlas.stories
    text = wording.text
    return {
        "filtered": text(
            "bar.filtered",
            themes="{themes}",
            n="{n}",
            all=wording.plural("start.stories", len(stories)),
        ),
        "numbers": [wording.number(n) for n in range(len(stories) + 1)],
        "list": wording.list_patterns(),
        "hidden": text("panel.hidden_by_filter"),
        "tour": {
            "place": text("tour.place", place="{place}", of="{of}"),
            "label": text("tour.label"),
            "hint": text("tour.keys"),
            "leave": text("tour.leave"),
        },
        "notices": {key: text(f"address.{key}", value="{value}", key="{key}") for key in NOTICES},
    }


def _stills(context: ViewContext) -> list[tuple[str, str]]:
    dates = context.history.dates
    shown: list[tuple[str, ...]] = [(each,) for each in dates[:-1]]
    if len(dates) <= MOST_DATES:
        shown += combinations(dates, 2)
    found = ((each, shown_still(context, each)) for each in shown)
    return [(" ".join(each), _part(context, "still", still)) for each, still in found if still]


def _part(context: ViewContext, name: str, value: object) -> str:
    html = render(
        "stories.view",
        "view_parts.html",
        part=name,
        value=value,
        lang=context.lang,
        direction=context.wording.direction,
    )
    return html.strip()
