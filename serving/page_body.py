"""The body of an atlas's page where Streamlit does not draw it: bar, map and story."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from serving.render import render
from stories.ui import page
from stories.view.metric_bar import metric_bar_html, metrics_html
from stories.view.panel import panel_html
from stories.view.selection import (
    choose_html,
    languages_html,
    masthead_html,
    themes_html,
    towns_html,
)

if TYPE_CHECKING:
    from stories.view.context import ViewContext

LAYOUT = Path(__file__).parent / "assets" / "page_layout.css"


def sheets() -> str:
    """Return the style sheets of such a page."""
    files = (LAYOUT, *(page.ASSETS / name for name in page.SHEETS))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def page_body_html(context: ViewContext, *, still: str = "", start: str | None = None) -> str:
    """Draw the body: it is whole without any script.

    Parameters
    ----------
    context
        The reader's view.
    still
        HTML of what stands in the map's place until its script draws it.
    start
        Address of the list of all atlases, where there are several.
    """
    whole = replace(
        context, view=context.view.changed(town=None, place=None, tour=False, scene=None)
    )
    others = [slug for slug in context.towns if context.atlas.story(slug) is None]
    if context.view.town and len(others) > page.MANY:
        others = []  # the list of all is on the first page
    parts = {
        "masthead": masthead_html(context),
        "choose": choose_html(whole),
        "themes": themes_html(whole),
        "metrics": metrics_html(whole) if context.metrics else "",
        "towns": towns_html(whole, others),
        "languages": languages_html(context),
        "metric_bar": metric_bar_html(whole, static=True) if context.metric else "",
        "panel": panel_html(context),
        "still": still,
    }
    return render(
        "page_body.html",
        lang=context.lang,
        direction=context.wording.direction,
        say=context.wording.text,
        start=start,
        **{name: Markup(html) for name, html in parts.items()},  # noqa: S704  # of our templates
    )
