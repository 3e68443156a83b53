"""What is served: an atlas with its boundaries, read again when a file of theirs changes."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from geo.boundaries import load_boundaries, load_features
from geo.errors import GeoError
from geo.provenance import beside, load_provenance
from serving.errors import EditionError
from stories.errors import StoryError
from stories.loader import load_atlas
from stories.town import towns_in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from geo.provenance import Provenance
    from stories.models import Atlas
    from stories.town import Town

DIVISIONS = "divisions.geojson"
NEIGHBOURS = "neighbours.geojson"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Edition:
    """An atlas, loaded and checked, with everything that is drawn or handed out from it."""

    atlas: Atlas
    towns: Mapping[str, Town]
    """Every division by slug: those with a story first, in the atlas's order."""
    divisions: gpd.GeoDataFrame
    neighbours: gpd.GeoDataFrame | None
    provenance: Provenance | None
    """Record of the boundaries, where they have one."""

    def centre(self, slug: str) -> tuple[float, float]:
        """Return longitude and latitude of the place at which a division's name has most room."""
        row = self.divisions[self.divisions["slug"] == slug].iloc[0]
        point = row.get("label_point")
        if isinstance(point, list):
            return float(point[0]), float(point[1])
        inside = row.geometry.representative_point()
        return round(float(inside.x), 5), round(float(inside.y), 5)


def load_edition(folder: Path) -> Edition:
    """Load an atlas and its boundaries.

    Raises
    ------
    StoryError, GeoError
        A file cannot be read or has faults.
    """
    atlas = load_atlas(folder)
    boundaries = boundary_folder(folder, atlas.boundaries)
    divisions = load_boundaries(boundaries / DIVISIONS)
    rows = divisions.drop(columns="geometry").to_dict("records")
    around, record = boundaries / NEIGHBOURS, boundaries / beside(DIVISIONS)
    return Edition(
        atlas=atlas,
        towns=towns_in_order(atlas, rows),
        divisions=divisions,
        neighbours=load_features(around) if around.is_file() else None,
        provenance=load_provenance(record) if record.is_file() else None,
    )


def boundary_folder(folder: Path, name: str) -> Path:
    """Return where an atlas's boundaries lie: beside it, else among those that come along."""
    own = folder / name
    return own if own.is_dir() else Path(str(files("geo"))) / "data" / name


class Editions:
    """The edition of a folder as its files are now.

    A file that is broken while it is being edited changes nothing: the last good edition
    stays until the files are whole again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._stamp: tuple[object, ...] = ()
        self._edition: Edition | None = None

    def current(self) -> Edition:
        """Return the edition, read anew if a file has changed.

        Raises
        ------
        EditionError
            It has never been good since the server started.
        """
        with self._lock:
            if self._edition is None or self._seen() != self._stamp:
                self._read()
                self._stamp = self._seen()
            assert self._edition is not None
            return self._edition

    def _read(self) -> None:
        try:
            self._edition = load_edition(self._folder)
        except (StoryError, GeoError) as error:
            if self._edition is None:
                raise EditionError(f"{self._folder}: {error}") from error
            _log.exception("%s is not whole; the last good edition stays", self._folder)

    def _seen(self) -> tuple[object, ...]:
        """Describe the files by name, time and size."""
        folders = [self._folder]
        if self._edition is not None:
            folders.append(boundary_folder(self._folder, self._edition.atlas.boundaries))
        found = (file for folder in folders for file in sorted(folder.glob("*")))
        stats = ((file, file.stat()) for file in found if file.is_file())
        return tuple((str(file), stat.st_mtime_ns, stat.st_size) for file, stat in stats)
