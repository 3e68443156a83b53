"""What the commands about stories are told of boundaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults import FaultyFileError
from geo.coverage.validate import properties_of
from geo.files.boundary_sets import boundary_folder, load_set
from serving.store.faults import faults_in_boundaries
from serving.store.history import history_of
from serving.store.places import faults_in_places
from serving.store.scenes import faults_in_extents, has_extents
from stories.checks.scenes import scene_date_faults
from stories.errors import BoundariesError
from stories.model.division import Division

if TYPE_CHECKING:
    from pathlib import Path

    from faults import Fault
    from stories.files.loader import AtlasFiles
    from stories.model.history import BoundaryHistory


def divisions_of(folder: Path, name: str) -> list[Division]:
    """Return the divisions of a boundary set, in the file's order.

    Parameters
    ----------
    folder
        The atlas folder, in which the set may lie.
    name
        Name of the set, as `atlas.yaml` gives it.

    Raises
    ------
    SourceError
        There is no such set.
    BoundariesError
        The page could not be drawn with it.
    """
    boundaries = boundary_folder(folder, name)
    try:
        rows = properties_of(load_set(boundaries).divisions)
        return [Division.from_properties(row["slug"], row) for row in rows]
    except FaultyFileError as error:
        raise BoundariesError(faults_in_boundaries(boundaries, error)) from error


def dates_of(folder: Path, name: str) -> BoundaryHistory:
    """Return the divisions of a boundary set that `divisions_of` has found fit, on each date."""
    return history_of(load_set(boundary_folder(folder, name)).dated, None, {}, ())


def strays_of(files: AtlasFiles) -> list[Fault]:
    """Return what of an atlas does not fit its boundary set: places, extents and dates of scenes.

    The set has been found fit by `divisions_of`.
    """
    if files.head is None or not (_has_points(files) or has_extents(files) or _has_dates(files)):
        return []
    found = load_set(boundary_folder(files.folder.path, files.head.boundaries))
    dates = [each.date.isoformat() for each in found.dated]
    return [
        *faults_in_places(files, found.divisions),
        *faults_in_extents(files, found.divisions),
        *scene_date_faults(files, dates),
    ]


def _has_dates(files: AtlasFiles) -> bool:
    stories = (town.file for town in files.towns if town.file)
    return any(scene.shown_dates for story in stories for scene in story.scenes)


def _has_points(files: AtlasFiles) -> bool:
    parts = (files.head, *(town.file for town in files.towns))
    return any(place.at for part in parts if part for place in part.places)
