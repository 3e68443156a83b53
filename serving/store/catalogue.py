"""The atlases that this server shows: one, or several side by side.

The environment variable ``ATLAS`` names a folder that is an atlas, or one that holds several;
else it is the atlas that comes along. Both doors, the page and the routes beside it, show
the same catalogue.
"""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import stories
from serving.settings import ATLAS, is_preview
from serving.store.discovery import choose, discover, named_from_here
from serving.store.snapshot import SnapshotStore

if TYPE_CHECKING:
    from serving.store.discovery import Entry
    from serving.store.snapshot import AtlasState, Snapshot

_log = logging.getLogger(__name__)
BUNDLED = Path(stories.__file__).parent / "data"
NOTHING = (
    "there is no atlas in %s. Mend: name a folder that holds atlas.yaml, or several such, in %s;"
    " it is looked for until it comes"
)
RECHECK_SECONDS, PREVIEW_RECHECK_SECONDS = 0.5, 0.1
"""Seconds for which files are not looked at again, however many readers there are."""


@dataclass(frozen=True)
class CatalogueEntry:
    """One atlas of a catalogue."""

    name: str | None
    """Its name in addresses; none where it is the only one."""
    snapshots: SnapshotStore

    @property
    def state(self) -> AtlasState:
        """How it stands now."""
        return self.snapshots.state()

    @property
    def snapshot(self) -> Snapshot:
        """What was last whole; raises `SnapshotError` where nothing ever was."""
        return self.snapshots.current()


class Catalogue:
    """The atlases of a folder, each with the last snapshot of it that was whole.

    Parameters
    ----------
    path
        A folder that is an atlas or holds some; else what the environment names, once asked.
    recheck_seconds
        Seconds for which the files are not looked at again; fewer where an editor watches.
    """

    def __init__(self, path: Path | None = None, recheck_seconds: float = RECHECK_SECONDS) -> None:
        self._given = path
        self._recheck_seconds = (
            min(recheck_seconds, PREVIEW_RECHECK_SECONDS) if is_preview() else recheck_seconds
        )
        self._lock = Lock()
        self._looked = float("-inf")
        self._entries: tuple[Entry, ...] = ()
        self._stores: dict[Path, SnapshotStore] = {}

    @cached_property
    def path(self) -> Path:
        """The folder, as it is named: what its links lead to may change."""
        named = os.environ.get(ATLAS, "").strip()
        return named_from_here(self._given or (Path(named) if named else BUNDLED))

    def entries(self) -> tuple[CatalogueEntry, ...]:
        """Return all atlases, by name."""
        entries = self._found()
        return tuple(self._entry(entry, len(entries)) for entry in entries)

    def open(self, wanted: str | None) -> CatalogueEntry | None:
        """Return what an address asks for; a single atlas needs no asking."""
        entries = self._found()
        entry = choose(entries, wanted)
        return self._entry(entry, len(entries)) if entry else None

    def _entry(self, entry: Entry, among: int) -> CatalogueEntry:
        with self._lock:
            if entry.folder not in self._stores:
                self._stores[entry.folder] = SnapshotStore(
                    entry.folder, self._recheck_seconds, warnings=is_preview()
                )
            return CatalogueEntry(entry.id if among > 1 else None, self._stores[entry.folder])

    def _found(self) -> tuple[Entry, ...]:
        with self._lock:
            now = time.monotonic()
            if now - self._looked >= self._recheck_seconds:
                is_first = self._looked == float("-inf")
                self._looked = now
                self._entries = self._kept(discover(self.path))
                if is_first and not self._entries:
                    _log.warning(NOTHING, self.path, ATLAS)
            return self._entries

    def _kept(self, found: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Keep what was there: an editor or a deployment that saves may remove it first.

        So it is until the server starts anew. Only where a single atlas has become a folder of
        several, or the other way round, what was there has gone for good.
        """
        names = {entry.folder for entry in found}
        gone = [each for each in self._entries if each.folder not in names]
        if found:
            is_single = found[0].folder == self.path
            gone = [each for each in gone if (each.folder == self.path) == is_single]
        return tuple(sorted((*found, *gone), key=lambda entry: entry.id))


catalogue = Catalogue()
"""What this process shows."""
