"""What is served: an atlas with its boundaries, read again when a file of theirs changes."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from geo.errors import GeoError
from geo.files.boundaries import load_boundaries, load_features
from geo.files.boundary_sets import DIVISIONS, NEIGHBOURS, boundary_folder, forget, published
from geo.files.provenance import beside, load_provenance
from serving.errors import SnapshotError
from serving.store.faults import faults_of, missing_boundary_faults, seen_from
from serving.store.watch import signature
from stories.checks import check_atlas
from stories.errors import AtlasError, StoryError
from stories.files.loader import load_atlas
from stories.model.division import divisions_in_order

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import geopandas as gpd

    from geo.files.provenance import Provenance
    from serving.store.watch import Signature
    from stories.errors import Fault
    from stories.model.atlas import Atlas
    from stories.model.division import Division

_log = logging.getLogger(__name__)

EARLY = "early"
"""Key in `Snapshot.drawn` of the files that the map will ask for."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """An atlas, loaded and checked, with everything that is drawn or handed out from it."""

    atlas: Atlas
    towns: Mapping[str, Division]
    """Every division by slug: those with a story first, in the atlas's order."""
    divisions: gpd.GeoDataFrame
    neighbours: gpd.GeoDataFrame | None
    provenance: Provenance | None
    """Record of the boundaries, where they have one."""
    boundaries: Path = Path()
    """Folder of the map's files as they were when they were checked."""
    load_id: str = field(default_factory=token_hex)
    """A random id for each load."""
    drawn: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    """Panels that readers had drawn."""

    def centre(self, slug: str) -> tuple[float, float]:
        """Return longitude and latitude of the place at which a division's name has most room."""
        row = self.divisions[self.divisions["slug"] == slug].iloc[0]
        point = row.get("label_point")
        if isinstance(point, list):
            return float(point[0]), float(point[1])
        inside = row.geometry.representative_point()
        return round(float(inside.x), 5), round(float(inside.y), 5)


def load_snapshot(folder: Path) -> Snapshot:
    """Load an atlas and its boundaries.

    Raises
    ------
    StoryError, GeoError, OSError, pydantic.ValidationError
        A file cannot be read or has faults.
    """
    atlas = load_atlas(folder)
    boundaries = published(boundary_folder(folder, atlas.boundaries))
    try:
        return _snapshot(folder, atlas, boundaries)
    except (GeoError, ValidationError):  # what these files hold was never fit for anybody
        forget(boundaries)
        raise


def _snapshot(folder: Path, atlas: Atlas, boundaries: Path) -> Snapshot:
    divisions = load_boundaries(boundaries / DIVISIONS)
    towns = divisions_in_order(atlas, divisions.drop(columns="geometry").to_dict("records"))
    if faults := missing_boundary_faults(folder, atlas, towns):
        raise AtlasError(faults)
    around, record = boundaries / NEIGHBOURS, boundaries / beside(DIVISIONS)
    return Snapshot(
        atlas=atlas,
        towns=towns,
        divisions=divisions,
        neighbours=load_features(around) if around.is_file() else None,
        provenance=load_provenance(record) if record.is_file() else None,
        boundaries=boundaries,
    )


@dataclass(frozen=True)
class AtlasState:
    """How an atlas stands."""

    snapshot: Snapshot | None = None
    """What was last whole."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with the files as they are now."""
    is_whole: bool = False
    """Whether `snapshot` is what the files say now."""


class SnapshotStore:
    """The snapshot of a folder as its files are now.

    A file that is broken while it is being edited changes nothing: the last good snapshot
    stays until the files are whole again.

    Parameters
    ----------
    folder
        Folder of the atlas.
    patience
        Seconds for which the files are not looked at again.
    warnings
        Whether faults with which an atlas can be shown are looked for, too.
    """

    def __init__(self, folder: Path, recheck_seconds: float = 0, *, warnings: bool = False) -> None:
        self._folder = folder
        self._recheck_seconds = recheck_seconds
        self._warnings = warnings
        self._lock = Lock()
        self._looked = float("-inf")
        self._seen: Signature | None = None
        self._state = AtlasState()

    def state(self) -> AtlasState:
        """Return how the atlas stands, read anew if a file has changed."""
        with self._lock:
            now = time.monotonic()
            if now - self._looked >= self._recheck_seconds:
                self._looked = now
                seen = signature(self._folder)
                if seen != self._seen:
                    self._state, self._seen = self._read(), seen
            return self._state

    def current(self) -> Snapshot:
        """Return the last whole snapshot.

        Raises
        ------
        EditionError
            It has never been whole since the server started.
        """
        state = self.state()
        if state.snapshot is None:
            raise SnapshotError("\n".join(map(str, state.faults)))
        return state.snapshot

    def _read(self) -> AtlasState:
        try:
            snapshot = load_snapshot(self._folder)
        except (StoryError, GeoError, OSError, ValidationError) as error:
            faults = seen_from(self._folder, faults_of(error, self._folder))
            said = "\n".join(map(str, faults))
            _log.warning("%s is not whole; what was last whole stays:\n%s", self._folder, said)
            return AtlasState(self._state.snapshot, faults)
        warnings = check_atlas(self._folder) if self._warnings else ()
        return AtlasState(snapshot, seen_from(self._folder, warnings), is_whole=True)
