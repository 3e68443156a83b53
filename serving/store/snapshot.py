"""What is served: an atlas with its boundaries, read again when a file of theirs changes."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import TYPE_CHECKING, Any

from faults import FaultyFileError
from geo.coverage.validate import properties_of
from geo.errors import SourceError, TemporaryFolderError
from geo.files.boundary_sets import (
    are_kept,
    boundary_folder,
    forget,
    is_kept,
    load_set,
    published,
)
from geo.map.metric_file import write_metrics
from geo.map.place_file import write_places
from serving.errors import SnapshotError
from serving.store.faults import (
    faults_in_boundaries,
    faults_with_divisions,
    faults_without_boundaries,
    named_from,
)
from serving.store.history import history_of, village_names
from serving.store.metrics import map_metrics
from serving.store.places import faults_in_places, map_places, points_of
from serving.store.scenes import faults_in_extents
from serving.store.watch import signature
from stories.checks import check_files
from stories.checks.scenes import scene_date_faults
from stories.errors import AtlasError, BoundariesError
from stories.files.loader import read_atlas
from stories.files.metrics import metric_division_faults, with_slugs
from stories.metrics import metric_series
from stories.model.division import divisions_in_order, with_dated_areas
from stories.model.history import BoundaryHistory
from stories.view.context import read_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import geopandas as gpd

    from faults import Fault
    from geo.files.dates import DatedDivisions
    from geo.files.provenance import Provenance
    from serving.store.watch import Signature
    from stories.files.loader import AtlasFiles
    from stories.metrics import MetricSeries
    from stories.model.atlas import Atlas
    from stories.model.division import Division
    from stories.view.context import ViewContext

_log = logging.getLogger(__name__)


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
    villages: gpd.GeoDataFrame | None = None
    """Villages and the like, with `code` and names, where the boundary set has them."""
    dated: tuple[DatedDivisions, ...] = ()
    """The divisions on each date that the boundary set has, in time order, the latest last."""
    changes: gpd.GeoDataFrame | None = None
    """Land that changed hands between these dates, see `geo.coverage.changes`."""
    changes_provenance: Provenance | None = None
    """Record of that land, where it has one."""
    boundaries: Path = Path()
    """Folder of the map's files as they were when they were checked."""
    places: Path | None = None
    """Folder of the file with the places that the map draws, where there are any."""
    series: Mapping[str, MetricSeries] = field(default_factory=dict)
    """The numbers of all divisions, by the id of their metric."""
    metrics: Path | None = None
    """Folder of the files with the metrics that the map draws, where there are any."""
    history: BoundaryHistory = field(default_factory=BoundaryHistory)
    """The boundaries through time, in names and facts."""
    load_id: str = field(default_factory=token_hex)
    """A random id for each load."""

    def view_of(
        self,
        params: Mapping[str, Sequence[str]],
        *,
        entry: str | None = None,
        browser: str = "",
        here: str | None = None,
    ) -> ViewContext:
        """Return the view that an address asks for; see `stories.view.context.read_address`."""
        context = read_address(
            self.atlas,
            self.towns,
            params,
            entry=entry,
            browser=browser,
            here=here,
            history=self.history,
            metrics=self.series,
        )
        return replace(context, points=self.points)

    @cached_property
    def points(self) -> Mapping[tuple[str, str], tuple[float, float]]:
        """Longitude and latitude of the places that have a point, by division and id."""
        return points_of(self.atlas, self.towns)

    def centre(self, slug: str) -> tuple[float, float]:
        """Return longitude and latitude of the place at which a division's name has most room."""
        row = self.divisions[self.divisions["slug"] == slug].iloc[0]
        point = row.get("label_point")
        if isinstance(point, list | tuple):
            return float(point[0]), float(point[1])
        inside = row.geometry.representative_point()
        return round(float(inside.x), 5), round(float(inside.y), 5)


def load_snapshot(files: AtlasFiles) -> Snapshot:
    """Load the boundaries of an atlas whose own files have been read, and check that they fit.

    Raises
    ------
    FaultyFileError
        Something cannot be read or has faults: all that is known to be wrong.
    """
    atlas = files.atlas()
    try:
        folder = boundary_folder(files.folder.path, atlas.boundaries)
    except SourceError as error:
        raise AtlasError(faults_without_boundaries(files, error)) from error
    boundaries = None
    try:
        boundaries = published(folder)
        snapshot = _snapshot(atlas, boundaries)
    except (OSError, TemporaryFolderError) as error:
        raise BoundariesError(faults_in_boundaries(folder, error)) from error
    except FaultyFileError as error:
        if boundaries:
            forget(boundaries)  # what these files hold was never fit for anybody
        raise BoundariesError(faults_in_boundaries(folder, error)) from error
    named = {slug for story in atlas.stories for slug in story.divisions}
    named |= {slug for each in atlas.reorganisations for slug in each.divisions}
    metrics = files.metrics
    if not named <= snapshot.towns.keys() or (
        metrics and metric_division_faults(metrics, snapshot.towns, snapshot.history)
    ):
        raise AtlasError(faults_with_divisions(files, snapshot.towns, snapshot.history))
    if faults := list(scene_date_faults(files, snapshot.history.dates)):
        raise AtlasError(faults)
    return snapshot


def _snapshot(atlas: Atlas, boundaries: Path) -> Snapshot:
    found = load_set(boundaries)
    towns = divisions_in_order(atlas, properties_of(found.divisions))
    towns = with_dated_areas(towns, _by_date(found.dated))
    history = BoundaryHistory()
    if found.dated:
        names = village_names(found.villages)
        history = history_of(found.dated, found.changes, names, atlas.languages)
    atlas = with_slugs(atlas, towns, history)
    series = metric_series(atlas, towns, history)
    return Snapshot(
        atlas=atlas,
        towns=towns,
        places=write_places(map_places(atlas, towns), found.divisions),
        series=series,
        metrics=write_metrics(map_metrics(atlas, series)),
        divisions=found.divisions,
        neighbours=found.neighbours,
        provenance=found.provenance,
        villages=found.villages,
        dated=found.dated,
        changes=found.changes,
        changes_provenance=found.changes_provenance,
        history=history,
        boundaries=boundaries,
    )


def _by_date(dated: Iterable[DatedDivisions]) -> dict[date, Iterable[Mapping[str, Any]]]:
    """Return the properties of the divisions on each date on which they were other than before."""
    found: dict[date, Iterable[Mapping[str, Any]]] = {}
    before = None
    for each in dated:
        if each.divisions is not before:  # equal dates have the very same frame
            found[each.date] = properties_of(each.divisions)
        before = each.divisions
    return found


def _followed(folder: Path) -> Path:
    """Return where the links of a folder lead now."""
    try:
        return folder.resolve()
    except (OSError, RuntimeError):  # a loop; the fault is found in reading
        return folder


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
        Folder of the atlas, as it is named: a link in it is followed anew for each look.
    recheck_seconds
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
                if seen != self._seen or not self._is_kept():
                    self._state, self._seen = self._read(), seen
            return self._state

    def current(self) -> Snapshot:
        """Return the last whole snapshot.

        Raises
        ------
        SnapshotError
            It has never been whole since the server started.
        """
        state = self.state()
        if state.snapshot is None:
            raise SnapshotError("\n".join(map(str, state.faults)))
        return state.snapshot

    def _is_kept(self) -> bool:
        """Whether the map's files are where they were put; machines clear old temporary files."""
        snapshot = self._state.snapshot
        if snapshot is None:
            return True
        folders = [each for each in (snapshot.places, snapshot.metrics) if each]
        return all(map(are_kept, folders)) and is_kept(snapshot.boundaries, snapshot.dated)

    def _read(self) -> AtlasState:
        # All files of one reading are from the same folder, also where a link changes meanwhile.
        folder = _followed(self._folder)
        files = read_atlas(folder)
        try:
            snapshot = load_snapshot(files)
        except FaultyFileError as error:
            faults = named_from(self._folder, folder, error.faults)
            said = "\n".join(map(str, faults))
            _log.warning("%s is not whole; what was last whole stays:\n%s", self._folder, said)
            return AtlasState(self._state.snapshot, faults)
        warnings: list[Fault] = []
        if self._warnings:
            divisions = snapshot.divisions
            further = [*faults_in_places(files, divisions), *faults_in_extents(files, divisions)]
            warnings = check_files(files, snapshot.towns, further=further, history=snapshot.history)
        return AtlasState(snapshot, named_from(self._folder, folder, warnings), is_whole=True)
