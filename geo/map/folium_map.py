"""The folium map of an atlas: a base that never changes and a state that does.

`st_folium` rebuilds its frame when the map's own script changes, and evaluates the
script of a feature group in place when that changes. So the base holds nothing but the
addresses of the files to draw, and everything that a reader can change (language,
choice, filter) travels in `geo.map.protocol.MapState` through a feature group.
"""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import folium
import xyzservices.providers
from branca.element import MacroElement
from jinja2 import Template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.map.protocol import MapFiles, MapState

PLACE_ZOOM = 12.5
"""From this zoom on the names of villages are drawn."""

MAX_ZOOM = 15
"""Nearer than this the lines would promise more than they know."""


class _Start(MacroElement):
    """Hands the map to the map's script."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "storymap.start({{ this._parent.get_name() }}, {{ this.settings|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "start"
        self.settings = dict(settings)


class _Show(MacroElement):
    """Hands a state to the map's script; `tojson` escapes what could end the script."""

    _template = Template(
        "{% macro script(this, kwargs) %}storymap.show({{ this.state|tojson }});{% endmacro %}"
    )

    def __init__(self, state: MapState) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "show"
        self.state = vars(state)


class _BaseMap(folium.Map):
    """A map for `st_folium` alone; to render it as a page took most of the time of a click."""

    def render(self, **_options: object) -> str:
        """Do nothing: `st_folium` takes the script, and `storymap.css` says how large it is."""
        return ""

    def for_one_run(self) -> _BaseMap:
        """Return a copy that may be given a state to show."""
        one = copy(self)
        one._children = self._children.copy()  # noqa: SLF001  # of its own class
        return one


class _StateGroup(folium.FeatureGroup):
    """Carries a state."""

    def render(self, **_options: object) -> str:
        """Do nothing: `st_folium` takes the script."""
        return ""


def base_map(files: MapFiles) -> folium.Map:
    """Return the map that stays the same for an atlas, whatever the reader does.

    The result is for one run: `st_folium` changes the object that it draws.
    """
    return _base_map(files).for_one_run()


@lru_cache(maxsize=64)
def _base_map(files: MapFiles) -> _BaseMap:
    story_map = _BaseMap(
        tiles=None,
        zoom_control=False,
        zoom_snap=0.25,
        attribution_control=True,
    )
    # folium names scripts on foreign hosts; these are ours. The map's own comes first: it fetches
    # the divisions, whose address stands behind its own, while Leaflet is still on its way.
    storymap = files.versioned(files.script)
    story_map.default_js = [
        ("storymap", f"{storymap}#{files.versioned(files.divisions)}"),
        ("leaflet", str(files.versioned(f"{files.leaflet}/leaflet.js"))),
    ]
    story_map.default_css = [
        ("leaflet", str(files.versioned(f"{files.leaflet}/leaflet.css"))),
        ("storymap", str(files.versioned(f"{files.assets}/storymap.css"))),
    ]
    _Start(map_settings(files)).add_to(story_map)
    return story_map


def map_settings(files: MapFiles) -> dict[str, object]:
    """Return what the map's script is told once: ``MapSettings`` of ``scripts/types.d.ts``."""
    tiles = xyzservices.providers.OpenStreetMap.Mapnik
    return {
        "divisions": files.versioned(files.divisions),  # so that the script changes with them
        "county": files.versioned(files.county),
        "neighbours": files.versioned(files.neighbours),
        "places": files.versioned(files.places),
        "dated": {date: files.versioned(file) for date, file in files.dated.items()},
        "changes": files.versioned(files.changes),
        "placeZoom": PLACE_ZOOM,
        "maxZoom": MAX_ZOOM,
        "tiles": {"url": tiles.url, "attribution": tiles.html_attribution},
    }


def state_group(state: MapState) -> folium.FeatureGroup:
    """Wrap a state for ``st_folium(feature_group_to_add=…)``."""
    group = _StateGroup()
    _Show(state).add_to(group)
    return group
