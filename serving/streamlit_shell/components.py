"""Folders that Streamlit hands out, from before the first page's run on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit.components.v1 as components
import streamlit_folium
from streamlit import runtime
from streamlit.components.v1.custom_component import CustomComponent
from streamlit.runtime.scriptrunner import get_script_run_ctx

from serving.streamlit_shell.hook import Hook

if TYPE_CHECKING:
    from pathlib import Path

    from serving.streamlit_shell.hook import Build


def serve(name: str, folder: Path) -> str:
    """Serve a folder, and return its address as seen from the map's frame.

    A component is the one way to serve a package's files that works wherever Streamlit runs the
    page, also without routes of our own. The address is relative, so it holds under any base path.
    """
    whole_name = f"{__name__}.{name}"
    if is_in_run():
        components.declare_component(name, path=folder)  # which gives it that name
    else:
        _serve_early(CustomComponent(whole_name, path=str(folder), module_name=__name__))
    return f"../{whole_name}"


def serve_map_frame() -> None:
    """Serve the frame that streamlit-folium draws the map in.

    It does so itself where it is first imported in a reader's run, and nowhere else.
    """
    _serve_early(getattr(streamlit_folium, "_component_func", None))


def is_in_run() -> bool:
    """Whether Streamlit is running the page for a reader, and not starting the server."""
    return get_script_run_ctx(suppress_warning=True) is not None


def _serve_early(component: CustomComponent | None) -> None:
    if HOOK.holds() and component and runtime.exists():
        runtime.get_instance().component_registry.register_component(component)


def _look(_build: Build) -> str | None:
    inside = (runtime.Runtime, "component_registry"), (streamlit_folium, "_component_func")
    return ", ".join(name for where, name in inside if not hasattr(where, name)) or None


HOOK = Hook("components.early", "the first reader after a start waits for the map's files", _look)
