"""What the page and the map's script tell each other; ``scripts/types.d.ts`` mirrors it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class MapFiles:
    """Addresses of what the map draws, as the component's frame sees them."""

    leaflet: str
    """Folder of ``leaflet.js`` and ``leaflet.css``."""
    script: str
    """The map's script, built from ``geo/map/scripts``; it defines ``window.storymap``."""
    assets: str
    """Folder of ``storymap.css``."""
    divisions: str
    county: str | None = None
    neighbours: str | None = None
    places: str | None = None
    dated: Mapping[str, str] = field(default_factory=dict, hash=False)
    """File of the divisions on each date that the boundary set has, in time order (2018-10-31);
    dates with the same divisions have the same file."""
    changes: str | None = None
    """File of the land that changed hands between these dates."""
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
    place: str | None = None
    """Id of a place in that division, or none for the division as a whole."""
    dates: tuple[str, ...] = ()
    """The date whose boundaries the map showed, and the one that it compared them with."""


@dataclass(frozen=True)
class MapState:
    """What the map shows now; ids and styles only."""

    lang: str
    """Language of the page, which names are in where they can be."""
    text: Mapping[str, str]
    """The map's own words in that language, by key."""
    dir: str = "ltr"
    """Which way that language is written: ``ltr`` or ``rtl``."""
    order: tuple[str, ...] = ()
    """Languages whose names stand in where `lang` has none."""
    apart: Mapping[str, str] = field(default_factory=dict)
    """Names of divisions that others have too, with what tells them apart, by slug."""
    chosen: str | None = None
    """Slug of the chosen division."""
    place: str | None = None
    """Id of the chosen place in it."""
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
    legend: tuple[Mapping[str, str], ...] = ()
    """What the colours of `tones` stand for: ``colour`` and ``label`` of each."""
    places: str | None = None
    """Address of the file with the places (`geo.map.place_file`), as the component's frame sees it;
    none where there are none."""
    date: str | None = None
    """Date whose boundaries are shown (2018-10-31); none for the latest."""
    against: str | None = None
    """A later date that they are compared with."""
    dates: tuple[Mapping[str, str], ...] = ()
    """The dates to choose from, in time order, where there are several: the ``date`` and the words
    for it."""
    metrics: str | None = None
    """Address of the folder with the metrics (`geo.map.metric_file`), with its version as query;
    none where there are none."""
    metric: str | None = None
    """Id of the metric that colours the divisions; without one, `tones` do."""
    period: str | None = None
    """Id of the period that it is shown for; none for its last."""
    seq: int = 0
    """Number of the last choice that came from the map itself."""
    session: str = ""
    """Random id of the page's session; counting begins anew in each."""

    def to_send(self, last: MapState | None, choice: Choice | None) -> MapState:
        """Return what to send to a map that was last sent `last` and last made `choice`.

        A map marks its own choice and need not hear of it: where nothing else is new, that
        is `last` again, which costs the browser nothing.
        """
        dates = tuple(filter(None, (self.date, self.against)))
        own = Choice(self.chosen, self.seq, self.place, dates)
        if last is None or choice is None or choice != own:
            return self
        before = replace(
            self,
            chosen=last.chosen,
            place=last.place,
            date=last.date,
            against=last.against,
            seq=last.seq,
        )
        return last if last.seq < choice.seq and before == last else self
