"""The page: reads the address, asks the shapes and the stories, and composes both.

Run it with ``streamlit run streamlit_app.py``. Data flows one way: files → models → view →
events → address → rerun. The fragments are what a click can change on its own; a click on
the map redraws the story and tells the map, and nothing else.

Which atlases there are, and their last whole snapshots, `serving.store.catalogue` knows.

Streamlit runs this file for each reader. Where it finds an `st.App` in it (``streamlit run`` does;
a host that starts the page in its own way need not), it also imports the file once, at its start,
so that what holds for the whole process holds before the first reader comes.
"""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.map.component import map_files, read_choice, story_map
from geo.map.metric_file import metric_addresses
from geo.map.place_file import place_address
from serving.cache import snapshot_cache
from serving.http.request import named
from serving.live_reload import CatalogueState, draw_follow, draw_notice, draw_waiting
from serving.map_content import map_content
from serving.session import PageSession
from serving.settings import is_preview
from serving.start_page import start_of
from serving.store.catalogue import catalogue
from serving.streamlit_shell import hooks, own_address, styles
from serving.streamlit_shell.components import is_in_run, serve, serve_map_frame
from serving.streamlit_shell.frame import MAP_SCRIPT
from serving.streamlit_shell.media_files import hold, media_addresses
from serving.ui import draw_start, draw_way_back
from stories.ui import page
from stories.ui.faults import draw_faults
from stories.ui.page_script import draw_script
from stories.view.address import shown_dates
from stories.view.languages import choose_language
from stories.view.panel import panel_title
from stories.view.selection import change_of, change_of_town, known_place
from stories.wording import Wording, catalogue_languages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.delta_generator import DeltaGenerator

    from serving.store.catalogue import CatalogueEntry
    from serving.store.snapshot import Snapshot
    from stories.view.context import ViewContext

MAP_KEY = "map"
SESSION_KEY = "session"
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
    return catalogue.open(named(address(), "atlas"))


def session() -> PageSession:
    """Return what is remembered of this page."""
    remembered: PageSession = st.session_state.setdefault(SESSION_KEY, PageSession())
    return remembered


def read_view() -> tuple[ViewContext, Snapshot] | None:
    """Read who looks at what of which snapshot; none where there is no atlas to look at."""
    entry = asked_for()
    snapshot = entry.state.snapshot if entry else None
    if entry is None or snapshot is None:
        return None
    url = (st.context.url or "").partition("?")[0].rstrip("/")
    here = f"{url}/" if url else None
    browser = browser_languages()
    view = snapshot.view_of(address(), entry=entry.name, browser=browser, here=here)
    return replace(view, addresses=media_addresses(snapshot)), snapshot


def read_page() -> tuple[ViewContext, Snapshot]:
    """Read the address for a part of the page.

    A page of an older snapshot, or in another language, is drawn anew.
    """
    now = read_view()
    if now is None or not session().is_drawn_from(*now):
        st.rerun()
    return now


def change_address(context: ViewContext, **change: object) -> None:
    """Put a change of what a reader sees into the address."""
    page.go(context.view.changed(**{"lang": context.lang, **change}))


def redraw() -> None:
    """Draw what a choice changes; the page's script keeps the rest in step."""
    st.rerun([CHOICES, READING] if page.is_long_list_open() else [READING])


def on_change(**change: object) -> None:
    """Put what a control changes into the address; another language draws the page anew."""
    now = read_view()  # not as it was when the control was drawn
    if now is None:
        return
    change_address(now[0], **change)
    if "lang" not in change:
        redraw()


def on_choice(choice: Mapping[str, Any]) -> None:
    """Read what readers chose on the page, as its script tells it."""
    now = read_view()
    if now:
        on_change(**change_of(now[0], choice))


def on_map() -> None:
    """Read a choice from the map, which has marked it already."""
    choice = read_choice(st.session_state.get(MAP_KEY))
    now = read_view()
    if choice is None or now is None or choice.town not in {None, *now[0].towns}:
        return
    session().choice = choice
    place = known_place(now[0].atlas, choice.town, choice.place)
    change = change_of_town(now[0], choice.town, place=place, tour=now[0].view.tour)
    shown = shown_dates(choice.dates, now[0].history.dates)
    change_address(now[0], **change, **shown)
    if page.is_long_list_open():
        redraw()


@st.fragment(key=CHOICES)
def choices_part() -> None:
    """Draw the theme filter and the town list."""
    context, snapshot = read_page()
    page.draw_choices(context, partial(snapshot_cache.get, snapshot), on_change)


@st.fragment(key=READING)
def reading_part(map_box: DeltaGenerator, metric_box: DeltaGenerator) -> None:
    """Draw the story and the map, all that a click on the map changes."""
    context, snapshot = read_page()
    keep = partial(snapshot_cache.get, snapshot)
    page.draw_notices(context.notices)
    if context.metrics:
        with metric_box:  # before the story, which on a phone lies below it
            page.draw_metric_bar(context, keep)
    page.draw_panel(context, keep)  # before the map, so that no reader waits for that
    hold(context)
    with map_box:
        files = map_files(snapshot.boundaries, MAP_SCRIPT, serve, snapshot.dated)
        key = ("map", context.lang, context.view.themes)
        places = place_address(snapshot.places, serve)
        metrics = metric_addresses(snapshot.metrics, serve)
        content = snapshot_cache.get(snapshot, key, lambda: map_content(context, places, metrics))
        state = session().map_state(content, context.view)
        story_map(files, state, key=MAP_KEY, on_choice=on_map)


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
    asked = address().get("lang", ())
    lang = choose_language(asked, browser_languages(), catalogue_languages())
    draw_faults(Wording(lang), entry.state.faults, "preview.never_whole")


def prepare() -> None:
    """Set what holds for the whole process."""
    own_address.ask_nobody()
    hooks.report()
    serve_map_frame()


def main() -> None:
    """Draw an atlas, or what stands in its place."""
    prepare()
    styles.draw_styles()
    state = CatalogueState.now() if is_preview() else None
    now = read_view()
    if now:
        session().begin(*now)
        draw_atlas(now[0])
        freeze_loaded_objects()
    else:
        draw_start_page()
    if state:
        draw_follow(state)
    elif now and (entry := asked_for()):
        draw_notice(entry, now[0].wording.text("preview.readers"))
    elif entry := asked_for():
        draw_waiting(entry)


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
    with st.container(key="masthead", horizontal=True, vertical_alignment="center"):
        page.draw_masthead(context)
        choices_part()
        page.draw_languages(context)
        draw_script(context, on_choice)
    beside, story = st.columns(2)  # the style sheets say how wide
    map_box = beside.container(key="map_box")  # keeps the map's place
    metric_box = beside.container(key="metric_box")
    with story:
        reading_part(map_box, metric_box)


if is_in_run():
    main()
else:
    prepare()
    app = st.App(__file__)
