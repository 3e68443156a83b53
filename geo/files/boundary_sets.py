"""Where boundary sets lie, and copies of them as they were when they were read."""

from __future__ import annotations

import hashlib
import logging
import shutil
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING

from faults.plain_file import read_file
from geo.errors import SourceError, TemporaryFolderError
from geo.files import dates
from geo.files.boundaries import MAX_BYTES, load_boundaries, load_features, read_slugs
from geo.files.dates import CHANGES, files_of_dates, load_changes, load_dates
from geo.files.map_copies import map_copies
from geo.files.provenance import beside, load_provenance
from geo.files.source import opening
from geo.files.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from tempfile import TemporaryDirectory

    import geopandas as gpd

    from geo.files.dates import DatedDivisions
    from geo.files.provenance import Provenance

_log = logging.getLogger(__name__)

BOUNDARIES = Path(__file__).parents[1] / "data"
"""Folder of the boundary sets that come along."""
DIVISIONS = dates.DIVISIONS
COUNTY = "county.geojson"
NEIGHBOURS = "neighbours.geojson"
PLACES = "villages.geojson"
PUBLIC = (DIVISIONS, COUNTY, NEIGHBOURS, PLACES)
"""What the map draws; other files of a folder are nobody's business."""
RECORDS = tuple(name.replace(".geojson", ".provenance.json") for name in PUBLIC)


def boundary_folder(folder: Path, name: str) -> Path:
    """Return where a boundary set lies: in an atlas's folder, else among those that come along.

    Raises
    ------
    SourceError
        There is no set of that name; whoever names it adds where.
    """
    for place in (folder / name, BOUNDARIES / name):
        if lexists(place / DIVISIONS):  # what is no file, reading it will say
            return place
    mend = "make it with story-atlas build, in a folder of that name"
    raise SourceError("", f"there is no boundary set {name!r}", mend)


def division_slugs(folder: Path, name: str) -> list[str]:
    """Return the slugs of the divisions of a boundary set, found by `boundary_folder`.

    Raises
    ------
    SourceError
        There is no set of that name, or its divisions cannot be read.
    """
    return read_slugs(boundary_folder(folder, name) / DIVISIONS)


def outlines() -> list[Path]:
    """Return the outlines of the boundary sets that come along, whose datum is sure."""
    return sorted(BOUNDARIES.glob(f"*/{COUNTY}"))


@dataclass(frozen=True, eq=False)
class BoundarySet:
    """All files of a boundary set, loaded and checked."""

    divisions: gpd.GeoDataFrame
    neighbours: gpd.GeoDataFrame | None
    provenance: Provenance | None
    """Record of the divisions, where they have one."""
    villages: gpd.GeoDataFrame | None = None
    """Villages and the like, with `code` and names, where the set has them."""
    dated: tuple[DatedDivisions, ...] = ()
    """The divisions on every date that the set has, in time order, the latest last; empty for a set
    without dates."""
    changes: gpd.GeoDataFrame | None = None
    """Land that changed hands between these dates, as `geo.coverage.changes` finds it, with the
    last date before (`since`) and the first after (`until`)."""
    changes_provenance: Provenance | None = None
    """Record of that land, where it has one."""


def load_set(folder: Path) -> BoundarySet:
    """Load every file of a boundary set: what passes here can be drawn and handed out.

    Raises
    ------
    SourceError
        A file cannot be read.
    FaultsError
        What a file holds has faults.
    """
    divisions = load_boundaries(folder / DIVISIONS)
    there = {name: load_features(folder / name) for name in PUBLIC[1:] if lexists(folder / name)}
    records = (folder / beside(name) for name in (DIVISIONS, CHANGES))
    provenance, changed = (load_provenance(each) if lexists(each) else None for each in records)
    dated = load_dates(folder, divisions)
    return BoundarySet(
        divisions,
        there.get(NEIGHBOURS),
        provenance,
        there.get(PLACES),
        dated,
        load_changes(folder, dated),
        changed,
    )


_written: dict[Path, frozenset[str]] = {}
"""Names of the files of each folder that was published by this process."""


def are_kept(folder: Path) -> bool:
    """Whether all files of a published folder are where they were put.

    Machines clear old temporary files. Of a folder that was not written here nothing is known.
    """
    return all((folder / name).is_file() for name in _written.get(folder, ()))


def is_kept(folder: Path, dated: Sequence[DatedDivisions]) -> bool:
    """Whether a published boundary set is still there, with the divisions of every date."""
    names = {DIVISIONS, *(each.file for each in dated)}
    return are_kept(folder) and all((folder / name).is_file() for name in names)


def published(folder: Path) -> Path:
    """Return a folder that holds a boundary set as it is now and never changes.

    A set that comes along is such a folder itself. Of any other the map's files are copied, so
    that a file that is being edited reaches nobody before it was checked. Where there is no place
    for temporary files at all, a set is handed out from where it lies.

    Raises
    ------
    TemporaryFolderError
        There is a place for temporary files, but no room in it.
    SourceError
        One of the files is a pipe, a device or the like, or too large.
    """
    if folder.parent == BOUNDARIES:
        return folder
    try:
        room = _copies()
    except TemporaryFolderError as error:
        _log.warning("%s is handed out as it lies, also while it is edited: %s", folder, error)
        return folder
    names = [name for name in (*PUBLIC, *RECORDS) if lexists(folder / name)]
    contents = {name: _content(folder / name) for name in (*names, *files_of_dates(folder))}
    return _published(contents, room, lambda: _copies_for_map(contents))


def _copies_for_map(contents: dict[str, bytes]) -> dict[str, bytes]:
    """Give what the map draws in the place of files of a set, and of its dates."""
    copies = map_copies(contents, DIVISIONS, (*PUBLIC, CHANGES))
    for name, content in contents.items():
        above, _, file = name.rpartition("/")
        if above and file == DIVISIONS:
            made = map_copies({file: content}, file, (file,))
            copies |= {f"{above}/{each}": copy for each, copy in made.items()}
    return copies


def published_file(name: str, content: bytes) -> Path | None:
    """Return a folder that holds one file for the map and never changes.

    None where no temporary file can be written: the map does without what it holds.
    """
    return published_files({name: content})


def published_files(contents: dict[str, bytes]) -> Path | None:
    """Return a folder that holds files for the map, by their names, and never changes.

    None where no temporary file can be written: the map does without what they hold.
    """
    try:
        return _published(contents, _copies(), dict)
    except TemporaryFolderError as error:
        _log.warning("the map does without %s: %s", ", ".join(contents), error)
        return None


def _published(
    contents: dict[str, bytes], room: Path, further: Callable[[], dict[str, bytes]]
) -> Path:
    """Write files, and those that follow from them, into a folder named after what they hold."""
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name}:{len(content)}:".encode() + content)
    copy = room / digest.hexdigest()[:16]
    if copy not in _written or not are_kept(copy):
        try:
            _write(copy, everything := contents | further())
        except OSError as error:
            raise TemporaryFolderError(error) from error
        _written[copy] = frozenset(everything)
    return copy


def _content(file: Path) -> bytes:
    with opening(file.name, "let the server read it"):
        return read_file(file, MAX_BYTES)


def forget(copy: Path) -> None:
    """Remove a copy that turned out not to be fit for anybody."""
    with suppress(TemporaryFolderError):
        if copy.parent == _copies():
            _written.pop(copy, None)
            shutil.rmtree(copy, ignore_errors=True)


def _write(copy: Path, contents: dict[str, bytes]) -> None:
    """Write all files, then let the folder appear at once."""
    draft = copy.with_suffix(".draft")
    for old in (draft, copy):
        shutil.rmtree(old, ignore_errors=True)
    draft.mkdir(parents=True)
    for name, content in contents.items():
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        (draft / name).write_bytes(content)
    draft.rename(copy)


@cache
def _room() -> TemporaryDirectory[str]:
    return temporary_folder("county-story-atlas-")  # goes with the process


def _copies() -> Path:
    return Path(_room().name)
