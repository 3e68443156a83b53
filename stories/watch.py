"""Follow a folder while somebody edits it, and keep what was last whole."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from stories.errors import AtlasError, Fault
from stories.loader import load_atlas
from stories.models import Atlas

Signature = frozenset[tuple[str, int, int]]
T = TypeVar("T")


def signature(folder: Path) -> Signature:
    """Return what changes whenever a file of `folder` is saved: names, times and sizes.

    Hidden files are passed over, which editors use while they save.
    """
    seen = set()
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") or part.endswith("~") for part in parts):
            continue
        try:
            stat = path.stat()
        except OSError:  # gone again in the meantime
            continue
        if path.is_file():
            seen.add(("/".join(parts), stat.st_mtime_ns, stat.st_size))
    return frozenset(seen)


@dataclass(slots=True)
class LastGood(Generic[T]):
    """The last whole state of a folder, and what is wrong with the present one.

    Parameters
    ----------
    folder
        The folder to follow.
    load
        Reads it; raises `AtlasError` while it is broken.
    """

    folder: Path
    load: Callable[[Path], T]
    _value: T | None = None
    _faults: tuple[Fault, ...] = ()
    _seen: Signature | None = None
    _lock: Lock = field(default_factory=Lock)

    def current(self) -> tuple[T | None, tuple[Fault, ...]]:
        """Return the last whole state (None before there was one) and the present faults."""
        with self._lock:
            seen = signature(self.folder)
            if seen != self._seen:
                try:
                    self._value, self._faults = self.load(self.folder), ()
                except AtlasError as error:
                    self._faults = error.faults
                self._seen = seen
            return self._value, self._faults


def follow(folder: Path) -> LastGood[Atlas]:
    """Return a holder of the atlas in `folder`."""
    return LastGood(folder, load_atlas)
