"""The map on the page: the one place of this package that knows Streamlit."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit_folium
import xstatic.pkg.leaflet

from geo.files.boundary_sets import COUNTY, DIVISIONS, NEIGHBOURS, PLACES
from geo.files.dates import CHANGES
from geo.files.map_copies import for_map
from geo.map.folium_map import base_map, state_group
from geo.map.protocol import Choice, MapFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.files.dates import DatedDivisions
    from geo.map.protocol import MapState

ASSETS = Path(__file__).parent / "assets"
LEAFLET = Path(xstatic.pkg.leaflet.BASE_DIR)
HEIGHT = 560
"""Pixels, where the page's own style sheet sets no other height."""


@lru_cache
def _version(*folders: tuple[str, int]) -> str:
    digest = hashlib.sha256()
    for folder, _changed in folders:
        for file in sorted(Path(folder).rglob("*")):
            digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()[:12]


def map_files(
    boundaries: Path,
    script: Path,
    serve: Callable[[str, Path], str],
    dated: Sequence[DatedDivisions] = (),
) -> MapFiles:
    """Serve what the map draws from this host, and return its addresses.

    Parameters
    ----------
    boundaries
        A folder from `geo.files.boundary_sets.published`: its name is its own, all of it public.
    script
        What is built from ``geo/map/scripts`` for the frame of `streamlit_folium`. Its folder
        is public as well.
    serve
        Serves a folder under a name, and returns its address as seen from the map's frame.
    dated
        The dates of that boundary set.
    """
    folders = {
        "leaflet": LEAFLET,
        "scripts": script.parent,
        "assets": ASSETS,
        f"boundaries_{boundaries.name}": boundaries,
    }
    leaflet, scripts, assets, data = (serve(name, folder) for name, folder in folders.items())
    stamps = (
        (str(folder), folder.stat().st_mtime_ns) for folder in (ASSETS, script.parent, boundaries)
    )

    def optional(name: str) -> str | None:
        file = for_map(boundaries, name)
        return f"{data}/{file}" if file else None

    return MapFiles(
        leaflet=leaflet,
        script=f"{scripts}/{script.name}",
        assets=assets,
        divisions=optional(DIVISIONS) or f"{data}/{DIVISIONS}",
        county=optional(COUNTY),
        neighbours=optional(NEIGHBOURS),
        places=optional(PLACES),
        dated={str(each.date): optional(each.file) or f"{data}/{each.file}" for each in dated},
        changes=optional(CHANGES),
        version=_version(*stamps),
    )


def early_files(files: MapFiles) -> list[str]:
    """Return what the map's frame needs before a town answers, relative to the page.

    A page that has these fetched while it starts itself has its map that much earlier.
    """
    base = base_map(files)
    links = (link.partition("#")[0] for _, link in base.default_js + base.default_css)
    addresses = (*links, str(files.versioned(files.divisions)))
    return [address.replace("../", "component/", 1) for address in addresses]


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
    town, place, seq = (message.get(key) for key in ("town", "place", "seq"))
    if not isinstance(seq, int) or not isinstance(town, str | None):
        return None
    return Choice(town, seq, place if isinstance(place, str) else None, _dates(message))


def _dates(message: Mapping[str, object]) -> tuple[str, ...]:
    dates = message.get("dates")
    return tuple(each for each in dates if isinstance(each, str)) if isinstance(dates, list) else ()
