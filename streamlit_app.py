"""The page: reads the address, asks the shapes and the stories, and composes both.

Run it with ``streamlit run streamlit_app.py``. Data flows one way: files → models → view →
events → address → rerun. The fragments are what a click can change on its own; a click on
the map redraws the story and tells the map, and nothing else.

Which atlases there are, and their last whole snapshots, `serving.store.catalogue` knows.
"""

from __future__ import annotations

import gc
from dataclasses import replace
from secrets import token_hex
from typing import TYPE_CHECKING

import streamlit as st

from geo.map.component import early_files, read_choice, serve_map_files, story_map
from geo.map.folium_map import MapState
from serving.live_reload import catalogue_state, draw_follow
from serving.start_page import draw_start, draw_way_back, start_of
from serving.store.catalogue import catalogue, is_preview
from serving.store.snapshot import EARLY
from stories.ui import page
from stories.ui.faults import draw_faults
from stories.ui.page_script import draw_script
from stories.view.address import choose_language, parse_address, pick_language
from stories.view.filtering import passes
from stories.view.panel import ViewContext, panel_title
from stories.wording import Wording, catalogue_languages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.delta_generator import DeltaGenerator

    from serving.store.catalogue import CatalogueEntry
    from serving.store.snapshot import Snapshot

MAP_KEY = "map"
CHOICE_KEY = "choice"  # the map's last
TOLD_KEY = "told"  # what the map was told last
MAP_SESSION_KEY = "map_session"
DRAWN_KEY = "drawn"  # what the page was drawn as
CHOICES, READING = "choices", "reading"  # fragments


@st.cache_resource
def freeze_loaded_objects() -> None:
    """Set aside what was loaded for good, once everything is.

    Streamlit's own collection after each run is off (`postScriptGC`), but Python's full ones
    remain; each would look through the libraries' million objects again.
    """
    gc.collect()
    gc.freeze()


def address() -> dict[str, list[str]]:
    """Return every value of every parameter."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def browser_languages() -> str:
    """Return what the browser wants to read."""
    return st.context.headers.get("Accept-Language") or st.context.locale or ""


def asked_for() -> CatalogueEntry | None:
    """Return the atlas that the address asks for; none where the reader has to choose one."""
    return catalogue.open(next(iter(address().get("atlas", ())), None))


def read_address() -> tuple[ViewContext, Sequence[str], Snapshot] | None:
    """Read who looks at what of which snapshot; none where there is no atlas to look at."""
    entry = asked_for()
    snapshot = entry.state.snapshot if entry else None
    if entry is None or snapshot is None:
        return None
    atlas, towns = snapshot.atlas, snapshot.towns
    view, notices = parse_address(address(), atlas, towns, entry.name)
    wording = Wording(pick_language(view.lang, browser_languages(), atlas), atlas.languages)
    url = (st.context.url or "").partition("?")[0].rstrip("/")
    here = f"{url}/" if url else None
    context = ViewContext(atlas=atlas, wording=wording, view=view, towns=towns, here=here)
    return context, [wording.text(notice.key, **notice.values) for notice in notices], snapshot


def read_page() -> tuple[ViewContext, Sequence[str], Snapshot]:
    """Read the address for a part of the page.

    A page of an older snapshot, or in another language, is drawn anew.
    """
    now = read_address()
    if now is None or drawn_as(now[0], now[2]) != st.session_state.get(DRAWN_KEY):
        st.rerun()
    return now


def drawn_as(context: ViewContext, snapshot: Snapshot) -> tuple[str, str]:
    """Return by what a page differs from others as a whole."""
    return snapshot.load_id, context.lang


def put(context: ViewContext, **change: object) -> None:
    """Put a change of what a reader sees into the address."""
    page.go(context.view.model_copy(update={"lang": context.lang, **change}))


def redraw() -> None:
    """Draw what a choice changes; the page's script keeps the rest in step."""
    st.rerun([CHOICES, READING] if page.is_long_list_open() else [READING])


def take(**change: object) -> None:
    """Put what a control changes into the address; another language draws the page anew."""
    now = read_address()  # not as it was when the control was drawn
    if now is None:
        return
    put(now[0], **change)
    if "lang" not in change:
        redraw()


def on_map() -> None:
    """Take a choice from the map, which has marked it already."""
    choice = read_choice(st.session_state.get(MAP_KEY))
    now = read_address()
    if choice is None or now is None or choice.town not in {None, *now[0].towns}:
        return
    st.session_state[CHOICE_KEY] = choice
    put(now[0], town=choice.town)
    if page.is_long_list_open():
        redraw()


def map_looks(context: ViewContext) -> MapState:
    """Say in ids, colours and words what the map shows whichever town is chosen."""
    atlas, themes = context.atlas, context.view.themes
    return MapState(
        lang=context.lang,
        order=tuple(context.order),
        text=context.wording.section("map"),
        tones={story.town: atlas.theme(story.themes[0]).colour for story in atlas.stories},
        faded=tuple(story.town for story in atlas.stories if not passes(story, themes)),
        kinds=tuple(context.wording.section("kinds").values()),
        notes={story.town: context.theme_names(story) for story in atlas.stories},
    )


def map_state(context: ViewContext, snapshot: Snapshot) -> MapState:
    """Say what to tell the map."""
    choice = st.session_state.get(CHOICE_KEY)
    key = ("map", context.lang, context.view.themes)
    state = replace(
        page.drawn_once(snapshot.drawn, key, lambda: map_looks(context)),
        chosen=context.view.town,
        focus=context.view.town if context.view.tour else None,
        seq=choice.seq if choice else 0,
        session=st.session_state.setdefault(MAP_SESSION_KEY, token_hex(4)),
    )
    told = st.session_state[TOLD_KEY] = state.after(st.session_state.get(TOLD_KEY), choice)
    return told


@st.fragment(key=CHOICES)
def choices_part() -> None:
    """Draw the theme filter and the town list."""
    context, _, snapshot = read_page()
    page.draw_choices(context, snapshot.drawn, take)


@st.fragment(key=READING)
def reading_part(map_box: DeltaGenerator) -> None:
    """Draw the story and the map, all that a click on the map changes."""
    context, notices, snapshot = read_page()
    page.draw_notices([*notices, *shelf_notices(context)])
    page.draw_panel(context, snapshot.drawn)  # first, so that no reader waits for the map
    with map_box:
        files = serve_map_files(snapshot.boundaries)
        page.drawn_once(snapshot.drawn, EARLY, lambda: early_files(files))  # for the next head
        story_map(files, map_state(context, snapshot), key=MAP_KEY, on_choice=on_map)


def shelf_notices(context: ViewContext) -> Sequence[str]:
    """Tell readers that a newer snapshot is not whole; editors are told more by `draw_state`."""
    entry = asked_for()
    if entry is None or entry.state.is_whole or is_preview():
        return []
    return [context.wording.text("preview.readers")]


def draw_state(wording: Wording) -> None:
    """Name to an editor what is wrong with the files, file by file."""
    entry = asked_for()
    if entry and is_preview():
        state = entry.state
        saying = "preview.whole" if state.is_whole else "preview.last_whole"
        with st.container(key="state"):  # always there, so that the map keeps its place
            draw_faults(wording, state.faults, saying)


def draw_broken(entry: CatalogueEntry) -> None:
    """Name the faults of an atlas that was never whole."""
    languages = catalogue_languages()
    named = next((lang for lang in address().get("lang", ()) if lang in languages), None)
    wording = Wording(choose_language(named, browser_languages(), languages))
    draw_faults(wording, entry.state.faults, "preview.never_whole")


def main() -> None:
    """Draw an atlas, or what stands in its place."""
    state = catalogue_state() if is_preview() else None
    now = read_address()
    if now:
        context, _, snapshot = now
        st.session_state[DRAWN_KEY] = drawn_as(context, snapshot)
        st.session_state.pop(TOLD_KEY, None)  # the map may be a new one
        draw_atlas(context)
        freeze_loaded_objects()
    else:
        draw_start_page()
    if state:
        draw_follow(state)


def draw_start_page() -> None:
    """Draw the list of atlases, or say what is wrong with the one that was asked for."""
    start = start_of(catalogue, address(), browser_languages())
    st.set_page_config(page_title=start.title, page_icon=page.ICON, layout="wide")
    if entry := asked_for():
        draw_broken(entry)
    else:
        draw_start(start)


def draw_atlas(context: ViewContext) -> None:
    """Compose the page of an atlas."""
    st.set_page_config(page_title=panel_title(context), page_icon=page.ICON, layout="wide")
    page.draw_styles()
    draw_state(context.wording)
    if context.view.atlas:
        draw_way_back(context)
    with st.container(key="masthead", horizontal=True, vertical_alignment="bottom"):
        page.draw_masthead(context)
        draw_script(context, take)
    beside, story = st.columns([6, 5], gap="medium")
    map_box = beside.container(key="map_box")  # keeps the map's place
    with story:
        choices_part()
        reading_part(map_box)


main()
