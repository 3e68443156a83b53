"""The map on the page: the one place of this package that knows Streamlit."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit_folium
import xstatic.pkg.leaflet
from streamlit import runtime
from streamlit.components.v1.custom_component import CustomComponent

from geo.files.boundary_sets import COUNTY, DIVISIONS, NEIGHBOURS, PLACES
from geo.map.folium_map import Choice, MapFiles, MapState, base_map, state_group

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ASSETS = Path(__file__).parent / "assets"
LEAFLET = Path(xstatic.pkg.leaflet.BASE_DIR)
FOLIUM = Path(streamlit_folium.__file__).parent / "frontend" / "build"
FRAME = "streamlit_folium.st_folium"
"""Name of the component that is the map's frame."""
HEIGHT = 560
"""Pixels, where the page's own style sheet sets no other height."""


@lru_cache
def _version(*folders: tuple[str, int]) -> str:
    digest = hashlib.sha256()
    for folder, _changed in folders:
        for file in sorted(Path(folder).glob("*")):
            digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()[:12]


def serve_map_files(boundaries: Path) -> MapFiles:
    """Serve what the map draws from this host, and return its addresses.

    A component is the one way to serve a package's files that works wherever Streamlit runs the
    page, also without routes of our own. Its address is relative to the frame of the map, so it
    holds under any base path. `declare_component` would serve only from within a page's run;
    these files are wanted before there is one.

    Parameters
    ----------
    boundaries
        A folder from `geo.files.boundary_sets.published`: its name is its own, all of it public.
    """
    data = f"boundaries_{boundaries.name}"
    if runtime.exists():
        registry = runtime.get_instance().component_registry
        for name, folder in (("leaflet", LEAFLET), ("assets", ASSETS), (data, boundaries)):
            registry.register_component(_component(f"{__name__}.{name}", folder))
        registry.register_component(_component(FRAME, FOLIUM))
    return map_files(boundaries)


def _component(name: str, folder: Path) -> CustomComponent:
    return CustomComponent(name, path=str(folder), module_name=name.rpartition(".")[0])


def map_files(boundaries: Path) -> MapFiles:
    """Return the addresses of what the map draws."""
    leaflet, assets, data = (
        f"../{__name__}.{name}" for name in ("leaflet", "assets", f"boundaries_{boundaries.name}")
    )
    stamps = ((str(folder), folder.stat().st_mtime_ns) for folder in (ASSETS, boundaries))

    def optional(name: str) -> str | None:
        return f"{data}/{name}" if (boundaries / name).is_file() else None

    return MapFiles(
        leaflet=leaflet,
        assets=assets,
        divisions=f"{data}/{DIVISIONS}",
        county=optional(COUNTY),
        neighbours=optional(NEIGHBOURS),
        places=optional(PLACES),
        version=_version(*stamps),
    )


def early_files(files: MapFiles) -> list[str]:
    """Return what the map's frame needs before a town answers, relative to the page.

    A page that has these fetched while it starts itself has its map that much earlier.
    """
    base = base_map(files)
    scripts = sorted((FOLIUM / "static" / "js").glob("main.*.js"))
    return [
        *(f"component/{FRAME}/static/js/{each.name}" for each in scripts),
        *(
            address.replace("../", "component/", 1)
            for address in (
                *(link.partition("#")[0] for _, link in base.default_js + base.default_css),
                str(files.versioned(files.divisions)),
            )
        ),
    ]


def story_map(files: MapFiles, state: MapState, *, key: str, on_choice: Callable[[], None]) -> None:
    """Draw the map and call `on_choice` when the reader chooses on it.

    The choice stands in ``st.session_state[key]``; `read_choice` reads it.
    """
    streamlit_folium.st_folium(
        base_map(files),
        render=False,
        key=key,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=state_group(state),
        on_change=on_choice,
    )


def read_choice(message: Mapping[str, object] | None) -> Choice | None:
    """Read what the map sent. A browser can send anything; what does not fit is no choice."""
    if not message:
        return None
    town, seq = message.get("town"), message.get("seq")
    if not isinstance(seq, int) or not (town is None or isinstance(town, str)):
        return None
    return Choice(town, seq)
