"""The frame that streamlit-folium draws the map in, and the page's line to the server.

What scripts of other packages lean on there (`geo/map/assets`, `stories/view/assets`) is looked
for here, so that the log can name it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from serving.streamlit_shell.components import serve_map_frame
from serving.streamlit_shell.hook import Hook, installed, without

if TYPE_CHECKING:
    from serving.streamlit_shell.hook import Build

COMPONENTS = "/component/"
"""Where Streamlit hands out the files of components with a frame."""
NAME = "streamlit_folium.st_folium"
MAP_SCRIPT = Path(__file__).parent / "assets" / "storymap.js"
"""The map's script for that frame; `make scripts` builds it."""


def early_scripts() -> list[str]:
    """Serve the frame's script, and return its address relative to the page."""
    serve_map_frame()
    folder = f"{COMPONENTS.strip('/')}/{NAME}/static/js"
    return [f"{folder}/{file.name}" for file in installed().frame_files()]


def _look_for_file(build: Build) -> str | None:
    return None if build.frame_files() else "static/js/main.*.js of streamlit-folium"


def _look_for_address(build: Build) -> str | None:
    return without(build.scripts(), COMPONENTS.rstrip("/"))


def _look_for_events(build: Build) -> str | None:
    words = ("window.Streamlit=", ".events=new EventTarget", ".events.dispatchEvent(")
    return without(build.frame_script(), *words)


def _look_for_theme(build: Build) -> str | None:
    return without(build.frame_script(), "--primary-color")


def _look_for_layout(build: Build) -> str | None:
    page = (build.frame / "index.html").read_text(encoding="utf-8")
    return without(page, 'id="parent"', 'class="float-child"', 'id="map_div"')


def _look_for_state(build: Build) -> str | None:
    return without(build.scripts(), "data-test-connection-state")


GUARD = Hook(
    "frame.message_guard",
    "other sites cannot embed the page, for the map could not tell their messages from the page's",
    _look_for_events,
)
HOOKS = (
    Hook("frame.early_script", "the map's frame asks late for its script", _look_for_file),
    Hook(
        "frame.address",
        "the map, where its frame lies elsewhere: the security policy refuses its script",
        _look_for_address,
    ),
    GUARD,
    Hook("frame.theme", "the map's colours may not follow the page's theme", _look_for_theme),
    Hook("frame.layout", "the map may not fill its frame", _look_for_layout),
    Hook(
        "line.state",
        "after the line to the server was cut, a page may answer no click until it is loaded anew",
        _look_for_state,
    ),
)
