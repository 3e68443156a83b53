"""The parts of the page that tell the story: the edge of this package that knows Streamlit.

Every control only says what the reader changed (`Change`), and that goes into the address;
what is shown is read from the address on the next run. So a link, the back button and a
click all take the same way.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

import streamlit as st

from stories.filtering import count_by_theme
from stories.panel import panel_html, town_list_html

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from stories.address import View
    from stories.models import Atlas
    from stories.panel import Reader

ASSETS = Path(__file__).parent / "assets"

ICON = str(ASSETS / "icon.svg")
"""A file of our own: Streamlit would fetch a named icon from somebody else's server."""

T = TypeVar("T")

MOST_DRAWN = 500
"""How many panels, lists and looks of the map are kept per edition."""

Drawn: TypeAlias = "dict[Hashable, Any]"
"""What was made of an edition for readers, by all that it depends on."""

LANGUAGE_KEY = "language_choice"
THEMES_KEY = "theme_choice"
OTHER_KEY = "other_choice"
OTHERS_KEY = "others"
MANY = 60
"""More towns without a story than this are not listed before somebody asks."""


class Change(Protocol):
    """Takes what a control changes of the view: `town`, `themes` or `lang`."""

    def __call__(self, **change: object) -> None:
        """Put the change into the address."""


def go(view: View) -> None:
    """Put a view into the address; the browser gains one step to go back."""
    st.query_params.from_dict(view.params())


def draw_styles(atlas: Atlas) -> None:
    """Hand the page its style sheet and the themes' colours."""
    st.html(ASSETS / "page.css")
    # Colours are #rrggbb by the model, so nothing else can stand here.
    tones = "".join(
        f".st-key-{THEMES_KEY} button:nth-child({place}) [data-testid=stIconMaterial]"
        f"{{color:{theme.colour}}}"
        for place, theme in enumerate(atlas.themes, start=1)
    )
    st.html(f"<style>{tones}</style>")


def draw_masthead(reader: Reader) -> None:
    """Say which county this is."""
    atlas, lang, order = reader.atlas, reader.lang, reader.order
    place, title = (escape(texts.get(lang, order)) for texts in (atlas.place, atlas.title))
    st.html(
        f'<div class="masthead" lang="{lang}"><p class="kicker">{place}</p><h1>{title}</h1></div>'
    )


def draw_language_choice(reader: Reader, on_change: Change) -> None:
    """Offer the atlas's languages, each by its own name."""
    st.session_state[LANGUAGE_KEY] = reader.lang

    def changed() -> None:
        lang = st.session_state[LANGUAGE_KEY]
        on_change(lang=lang or reader.lang)

    st.segmented_control(
        reader.wording.text("page.language"),
        reader.atlas.languages,
        key=LANGUAGE_KEY,
        required=True,
        format_func=reader.wording.language_name,
        label_visibility="collapsed",
        on_change=changed,
    )


def draw_filter(reader: Reader, on_change: Change) -> None:
    """Offer the themes, several at once, with how many stories each has."""
    counts = count_by_theme(reader.atlas)
    labels = {
        theme.id: f":material/{theme.icon}: {theme.label.get(reader.lang, reader.order)}"
        f" · {reader.wording.number(counts[theme.id])}"
        for theme in reader.atlas.themes
    }
    st.session_state[THEMES_KEY] = list(reader.view.themes)

    def changed() -> None:
        chosen = set(st.session_state[THEMES_KEY])
        themes = tuple(theme for theme in labels if theme in chosen)
        on_change(themes=themes)

    st.pills(
        reader.wording.text("page.filter"),
        list(labels),
        key=THEMES_KEY,
        selection_mode="multi",
        format_func=labels.__getitem__,
        wrap=True,
        on_change=changed,
    )


def draw_town_list(reader: Reader, drawn: Drawn, on_change: Change) -> None:
    """List the towns with a story, and the others below: what the map does, without the map."""
    told = {story.town for story in reader.atlas.stories}
    others = [slug for slug in reader.towns if slug not in told]
    are_many = len(others) > MANY
    listed = [] if are_many else others
    key = ("towns", reader.view.model_copy(update={"town": None, "tour": False}), reader.lang)
    st.html(drawn_once(drawn, key, lambda: town_list_html(reader, listed)))
    if not are_many:
        return
    box = st.expander(
        reader.wording.plural("page.other_towns", len(others)), key=OTHERS_KEY, on_change="rerun"
    )
    if box.open:  # so that no click pays for a list that nobody looks at
        with box:
            _town_choice(reader, others, on_change)


def is_long_list_open() -> bool:
    """Whether the list of very many towns is unfolded."""
    return bool(st.session_state.get(OTHERS_KEY))


def _town_choice(reader: Reader, towns: Sequence[str], on_change: Change) -> None:
    """Offer very many towns: a list to type into."""
    st.session_state[OTHER_KEY] = reader.view.town if reader.view.town in towns else None

    def changed() -> None:
        town = st.session_state[OTHER_KEY]
        on_change(town=town)

    st.selectbox(
        reader.wording.text("page.other_towns_label"),
        towns,
        key=OTHER_KEY,
        format_func=reader.town_name,
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


def draw_panel(reader: Reader, drawn: Drawn) -> None:
    """Draw the story beside the map."""
    key = ("panel", reader.view, reader.lang, reader.here)
    st.html(drawn_once(drawn, key, lambda: panel_html(reader)))


def drawn_once(drawn: Drawn, key: Hashable, draw: Callable[[], T]) -> T:
    """Hand the next reader what was drawn for one."""
    made: T | None = drawn.get(key)
    if made is None:
        if len(drawn) >= MOST_DRAWN:  # addresses are the readers' to invent
            drawn.clear()
        made = drawn[key] = draw()
    return made
