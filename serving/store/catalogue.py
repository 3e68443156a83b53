"""The atlases that this server shows: one, or several side by side.

The environment variable ``ATLAS`` names a folder that is an atlas, or one that holds several;
else it is the atlas that comes along. Both doors, the page and the routes beside it, show
the same catalogue.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import stories
from serving.settings import ATLAS, is_preview
from serving.store.discovery import choose, discover
from serving.store.snapshot import SnapshotStore

if TYPE_CHECKING:
    from serving.store.discovery import Entry
    from serving.store.snapshot import AtlasState, Snapshot

BUNDLED = Path(stories.__file__).parent / "data"
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
        """The folder."""
        named = os.environ.get(ATLAS, "").strip()
        path = self._given or (Path(named).expanduser() if named else BUNDLED)
        return path.resolve()

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
                self._looked = now
                self._entries = self._kept(discover(self.path))
            return self._entries

    def _kept(self, found: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Keep what was there while its folder is: an editor that saves may remove a file first."""
        names = {entry.folder for entry in found}
        gone = [each for each in self._entries if each.folder not in names]
        still = [entry for entry in gone if entry.folder.is_dir()]
        return tuple(sorted((*found, *still), key=lambda entry: entry.id))


catalogue = Catalogue()
"""What this process shows."""
