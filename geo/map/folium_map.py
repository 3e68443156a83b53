"""The folium map of an atlas: a base that never changes and a state that does.

`st_folium` rebuilds its frame when the map's own script changes, and evaluates the
script of a feature group in place when that changes. So the base holds nothing but the
addresses of the files to draw, and everything that a reader can change (language,
choice, filter) travels in `MapState` through a feature group.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import folium
import xyzservices.providers
from branca.element import MacroElement
from jinja2 import Template

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE_ZOOM = 12.5
"""From this zoom on the names of villages are drawn."""

MAX_ZOOM = 15
"""Nearer than this the lines would promise more than they know."""


@dataclass(frozen=True)
class MapFiles:
    """Addresses of what the map draws, as the component's frame sees them."""

    leaflet: str
    """Folder of ``leaflet.js`` and ``leaflet.css``."""
    assets: str
    """Folder of ``storymap.js`` and ``storymap.css``."""
    divisions: str
    county: str | None = None
    neighbours: str | None = None
    places: str | None = None
    version: str = ""
    """Changes when one of the files does, so that no browser shows an old one."""

    def versioned(self, address: str | None) -> str | None:
        """Return the address with the version as its query."""
        return f"{address}?v={self.version}" if address and self.version else address


@dataclass(frozen=True)
class Choice:
    """What the reader chose on the map."""

    town: str | None
    """Slug of the division, or none for the county as a whole."""
    seq: int
    """How many choices this map has sent."""


@dataclass(frozen=True)
class MapState:
    """What the map shows now; ids and styles only."""

    lang: str
    """Language of the page, which names are in where they can be."""
    text: Mapping[str, str]
    """The map's own words in that language, by key."""
    order: tuple[str, ...] = ()
    """Languages whose names stand in where `lang` has none."""
    chosen: str | None = None
    """Slug of the chosen division."""
    focus: str | None = None
    """Slug of the division that the map moves to; none for the whole county."""
    tones: Mapping[str, str] = field(default_factory=dict)
    """Fill colour by slug, of the divisions that stand out."""
    faded: tuple[str, ...] = ()
    """Slugs of the divisions that stand back."""
    kinds: tuple[str, ...] = ()
    """Words for kinds of division, which a label may go without where room is short."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """A line under a division's name, by slug."""
    seq: int = 0
    """Number of the last choice that came from the map itself."""
    session: str = ""
    """Random id of the page's session; counting begins anew in each."""

    def to_send(self, last: MapState | None, choice: Choice | None) -> MapState:
        """Return what to send to a map that was last sent `last` and last made `choice`.

        A map marks its own choice and need not hear of it: where nothing else is new, that
        is `last` again, which costs the browser nothing.
        """
        if last is None or choice is None or choice != Choice(self.chosen, self.seq):
            return self
        same = last.seq < choice.seq and replace(self, chosen=last.chosen, seq=last.seq) == last
        return last if same else self


class _Start(MacroElement):
    """Hands the map to ``storymap.js``."""

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
    """Hands a state to ``storymap.js``; `tojson` escapes what could end the script."""

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
    tiles = xyzservices.providers.OpenStreetMap.Mapnik

    story_map = _BaseMap(
        tiles=None,
        zoom_control=False,
        zoom_snap=0.25,
        attribution_control=True,
    )
    # folium names scripts on foreign hosts; these are ours. The map's own comes first: it fetches
    # the divisions, whose address stands behind its own, while Leaflet is still on its way.
    storymap = files.versioned(f"{files.assets}/storymap.js")
    story_map.default_js = [
        ("storymap", f"{storymap}#{files.versioned(files.divisions)}"),
        ("leaflet", str(files.versioned(f"{files.leaflet}/leaflet.js"))),
    ]
    story_map.default_css = [
        ("leaflet", str(files.versioned(f"{files.leaflet}/leaflet.css"))),
        ("storymap", str(files.versioned(f"{files.assets}/storymap.css"))),
    ]
    settings = {
        "divisions": files.versioned(files.divisions),  # so that the script changes with them
        "county": files.versioned(files.county),
        "neighbours": files.versioned(files.neighbours),
        "places": files.versioned(files.places),
        "placeZoom": PLACE_ZOOM,
        "maxZoom": MAX_ZOOM,
        "tiles": {"url": tiles.url, "attribution": tiles.html_attribution},
    }
    _Start(settings).add_to(story_map)
    return story_map


def state_group(state: MapState) -> folium.FeatureGroup:
    """Wrap a state for ``st_folium(feature_group_to_add=…)``."""
    group = _StateGroup()
    _Show(state).add_to(group)
    return group
