"""The page: reads the address, asks the shapes and the stories, and composes both.

Run it with ``streamlit run streamlit_app.py``. Data flows one way: files → models → view →
events → address → rerun. The fragments are what a click can change on its own; a
click on the map, which the map has already marked, redraws the story alone.
"""

from __future__ import annotations

import gc
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

import streamlit as st

import stories
from geo.boundaries import load_boundaries
from geo.mapview import MapState
from geo.widget import boundary_folder, read_choice, serve_map_files, story_map
from stories import page
from stories.address import parse_address, pick_language
from stories.filtering import passes
from stories.loader import load_atlas
from stories.panel import Reader, panel_title
from stories.reconnect import draw_reconnect
from stories.sharing import draw_share
from stories.town import towns_in_order
from stories.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stories.models import Atlas
    from stories.town import Town

ATLAS = "deqing"
STORIES = Path(stories.__file__).parent / "data"
MAP_KEY = "map"
MAP_SEQ_KEY = "map_seq"
MAP_SESSION_KEY = "map_session"
STORY, MAP, FILTER, SHARE = "story", "map_frame", "filter", "share_part"  # fragments


@st.cache_resource
def load_all(name: str) -> tuple[Atlas, Mapping[str, Town]]:
    """Load an atlas and the names and facts of its divisions, stories first."""
    atlas = load_atlas(STORIES / name)
    divisions = load_boundaries(boundary_folder(atlas.boundaries) / "divisions.geojson")
    rows = divisions.drop(columns="geometry").to_dict("records")
    return atlas, towns_in_order(atlas, rows)


@st.cache_resource
def settle() -> None:
    """Set aside what was loaded for good, once everything is.

    Streamlit collects all garbage after each run; looking through the libraries' million
    objects again and again would take longer than the run itself.
    """
    gc.collect()
    gc.freeze()


def read_address() -> tuple[Reader, Sequence[str]]:
    """Read who looks at what from the address."""
    atlas, towns = load_all(ATLAS)
    params = {key: st.query_params.get_all(key) for key in st.query_params}
    view, notices = parse_address(params, atlas, towns)
    browser = st.context.headers.get("Accept-Language") or st.context.locale
    wording = Wording(pick_language(view.lang, browser, atlas), atlas.languages)
    reader = Reader(atlas=atlas, wording=wording, view=view, towns=towns)
    return reader, [wording.text(notice.key, **notice.values) for notice in notices]


def change(*redraw: str) -> page.Change:
    """Make what a control calls: put a change into the address, then redraw these fragments."""

    def put(**change: object) -> None:
        reader, _ = read_address()  # as it is now, not as it was when the control was drawn
        page.go(reader.view.model_copy(update={"lang": reader.lang, **change}))
        if redraw:
            st.rerun(redraw)

    return put


def on_map() -> None:
    """Take a choice from the map, which has marked it already."""
    choice = read_choice(st.session_state.get(MAP_KEY))
    if choice is None or choice.town not in {None, *load_all(ATLAS)[1]}:
        return
    st.session_state[MAP_SEQ_KEY] = choice.seq
    change(STORY)(town=choice.town)


def map_state(reader: Reader) -> MapState:
    """Say in ids, colours and words what the map has to show."""
    atlas, themes = reader.atlas, reader.view.themes
    return MapState(
        lang=reader.lang,
        text=reader.wording.section("map"),
        chosen=reader.view.town,
        tones={story.town: atlas.theme(story.themes[0]).colour for story in atlas.stories},
        faded=tuple(story.town for story in atlas.stories if not passes(story, themes)),
        notes={story.town: reader.theme_names(story) for story in atlas.stories},
        seq=st.session_state.get(MAP_SEQ_KEY, 0),
        session=st.session_state.setdefault(MAP_SESSION_KEY, token_hex(4)),
    )


@st.fragment(key=FILTER)
def filter_part() -> None:
    """Draw the theme filter."""
    page.draw_filter(read_address()[0], change(FILTER, STORY, MAP))


@st.fragment(key=MAP)
def map_part() -> None:
    """Draw the map."""
    reader, _ = read_address()
    files = serve_map_files(boundary_folder(reader.atlas.boundaries))
    story_map(files, map_state(reader), key=MAP_KEY, on_choice=on_map)


@st.fragment(key=SHARE)
def share_part() -> None:
    """Draw the share button, and the QR code when its dialog asks."""
    draw_share(read_address()[0], change(STORY, MAP))


@st.fragment(key=STORY)
def story_part() -> None:
    """Draw the town list and the story."""
    reader, notices = read_address()
    page.draw_notices(notices)
    page.draw_town_list(reader, change(STORY, MAP))
    page.draw_panel(reader)


def main() -> None:
    """Compose the page."""
    reader, _ = read_address()
    st.set_page_config(page_title=panel_title(reader), page_icon=page.ICON, layout="wide")
    page.draw_styles(reader.atlas)
    with st.container(key="masthead", horizontal=True, horizontal_alignment="distribute"):
        page.draw_masthead(reader)
        with st.container(horizontal=True, horizontal_alignment="right", width="content"):
            with st.container(width="content"):
                share_part()
            page.draw_language_choice(reader, change())
    beside, story = st.columns([6, 5], gap="medium")
    map_box = beside.container(key="map_box")  # keeps the map's place
    with story:
        filter_part()
        story_part()  # before the map, which takes longer to draw
    with map_box:
        map_part()
    draw_reconnect()
    settle()


main()
