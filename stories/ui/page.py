"""The parts of the page that tell the story: the edge of this package that knows Streamlit.

Every control only says what the reader changed (`Change`), and that goes into the address;
what is shown is read from the address on the next run. So a link, the back button and a
click all take the same way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import streamlit as st
from markupsafe import Markup

from stories.view.metric_bar import metric_bar_html, metrics_html
from stories.view.panel import panel_html
from stories.view.selection import (
    change_of_town,
    choose_html,
    languages_html,
    masthead_html,
    themes_html,
    towns_html,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from stories.view.address import View
    from stories.view.context import ViewContext

ASSETS = Path(__file__).parents[1] / "view" / "assets"

SHEETS = (
    "bar.css", "page.css", "scenes.css", "scene_steps.css", "series.css", "places.css", "media.css",
    "metrics.css", "dates.css", "graphics.css", "ledger.css",
)  # fmt: skip
"""In the order in which they apply."""

ICON = str(ASSETS / "icon.svg")
"""A file of our own: Streamlit would fetch a named icon from somebody else's server."""

_DRAWING = re.compile(r'<div class="graphic-drawing">(.*?)</div>', re.DOTALL)
_SIGNS = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "%<>"})
"""Signs of markup, which DOMPurify suffers in no attribute, as addresses have them."""
_SIZE = re.compile(r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)" class="(\w+)"')

OTHER_KEY = "other_choice"
OTHERS_KEY = "others"
MANY = 60
"""More towns without a story than this are not listed before somebody asks."""


class Keep(Protocol):
    """Hands the next reader what was drawn for one, by all that it depends on."""

    def __call__(self, key: Hashable, draw: Callable[[], str], /) -> str:
        """Return what is kept under the key, drawn if need be."""


class Change(Protocol):
    """Takes what a control changes of the view: `town`, `place`, `themes` or `lang`."""

    def __call__(self, **change: object) -> None:
        """Put the change into the address."""


def go(view: View) -> None:
    """Put a view into the address; the browser gains one step to go back."""
    st.query_params.from_dict(view.params())


def draw_styles() -> None:
    """Hand the page its style sheets."""
    for sheet in SHEETS:
        st.html(ASSETS / sheet)


def draw_masthead(context: ViewContext) -> None:
    """Say which county this is."""
    st.html(masthead_html(context))


def draw_languages(context: ViewContext) -> None:
    """Offer the atlas's languages."""
    if html := languages_html(context):
        st.html(html)


def draw_choices(context: ViewContext, keep: Keep, on_change: Change) -> None:
    """Offer the themes and the towns, which do what the map does, without the map.

    They stand in the page's bar: the towns folded away, and on small windows the themes too.
    """
    others = [slug for slug in context.towns if context.atlas.story(slug) is None]
    are_many = len(others) > MANY
    listed = [] if are_many else others
    view = context.view.changed(town=None, place=None, tour=False, scene=None)

    def draw(part: str, html: Callable[[], str]) -> None:
        st.html(keep((part, view, context.lang), html))

    with st.container(key="choose"):
        draw("choose", lambda: choose_html(context))
        with st.container(key="choices"):
            draw("themes", lambda: themes_html(context))
            if context.metrics:
                draw("metrics", lambda: metrics_html(context))
            with st.container(key="places"):
                draw("towns", lambda: towns_html(context, listed))
                if are_many:
                    _long_list(context, others, on_change)


def _long_list(context: ViewContext, others: Sequence[str], on_change: Change) -> None:
    box = st.expander(
        context.wording.plural("page.other_towns", len(others)), key=OTHERS_KEY, on_change="rerun"
    )
    if box.open:  # so that no click pays for a list that nobody looks at
        with box:
            _town_choice(context, others, on_change)


def is_long_list_open() -> bool:
    """Whether the list of very many towns is unfolded."""
    return bool(st.session_state.get(OTHERS_KEY))


def _town_choice(context: ViewContext, towns: Sequence[str], on_change: Change) -> None:
    """Offer very many towns: a list to type into."""
    st.session_state[OTHER_KEY] = context.view.town if context.view.town in towns else None

    def changed() -> None:
        town = st.session_state[OTHER_KEY]
        on_change(**change_of_town(context, town, tour=False))

    st.selectbox(
        context.wording.text("page.other_towns_label"),
        towns,
        key=OTHER_KEY,
        format_func=context.town_name,
        on_change=changed,
    )


def _plain(words: str) -> str:
    """Escape what Markdown would read as markup in a label, and let no address become a link."""
    whole = re.sub(r"(?i)@|(?<=http:)|(?<=https:)|(?<=www)(?=\.)", _joined, words)
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()#+-.!:$~<>|&" else sign for sign in whole)


def _joined(found: re.Match[str]) -> str:
    return f"{found[0]}\u2060"  # a word joiner: nothing to be seen, and no address any more


def draw_notices(notices: Sequence[str]) -> None:
    """Say quietly what of the address was not understood."""
    for notice in notices:
        st.caption(_plain(notice))


def draw_metric_bar(context: ViewContext, keep: Keep) -> None:
    """Draw the legend of the metric that colours the map; where none does, keep its place.

    A fragment may fill a container that lies outside it only where it has done so before.
    """
    if context.metric is None:
        st.empty()
        return
    # It is the same whichever town is open, so that a click leaves it alone.
    view = context.view.changed(town=None, place=None, tour=False, scene=None)
    whole = replace(context, view=view)
    st.html(keep(("metric", view, context.lang), lambda: metric_bar_html(whole)))


def draw_panel(context: ViewContext, keep: Keep) -> None:
    """Draw the story beside the map."""
    key = ("panel", context.view.without_scene(), context.lang, context.here, context.today)
    st.html(keep(key, lambda: drawings_as_text(panel_html(context))))


def drawings_as_text(html: str) -> str:
    """Put drawings into attributes, from which the page's script draws them.

    Streamlit takes any SVG out of what it is given (`st.html` lets DOMPurify do so). How high each
    drawing will be is said, so that nothing moves when it comes.
    """
    return _DRAWING.sub(_as_text, html)


def _as_text(found: re.Match[str]) -> str:
    sizes = _SIZE.findall(found[1])
    style = ";".join(f"--{name}:{width}/{height}" for width, height, name in sizes)
    place = Markup('<div class="graphic-drawing" style="{}" data-svg="{}"></div>')
    return place.format(style, found[1].translate(_SIGNS))
