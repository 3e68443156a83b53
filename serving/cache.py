"""Keep what was made from a snapshot, so that it is made once for all who ask for it."""

from __future__ import annotations

from sys import getsizeof
from threading import Condition
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import ReferenceType, ref

from cachetools import LRUCache, cached

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")
Key = tuple[ReferenceType[object], "Hashable"]

MAX_BYTES = 128_000_000
"""All panels, pages, pictures and data files of the bundled atlas are a tenth of it."""


class SnapshotCache:
    """Bounded by size: what was asked for longest ago makes way.

    What many ask for at once is made once, and nobody waits for the making of anything else.
    What was made from a snapshot goes when the snapshot does: at the latest when something is
    made next.

    Parameters
    ----------
    max_bytes
        How much is kept, by `sys.getsizeof`; what is larger by itself is not kept.
    """

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._kept: LRUCache[Key, Any] = LRUCache(max_bytes, getsizeof=getsizeof)
        self._changing = Condition()
        self._made = cached(self._kept, key=_key, condition=self._changing)(self._make)

    def __len__(self) -> int:
        """Return how many things are kept."""
        return len(self._kept)

    def get(self, snapshot: object, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept of a snapshot under a key, made if need be."""
        made: T = self._made(snapshot, key, make)
        return made

    def _make(self, _snapshot: object, _key: Hashable, make: Callable[[], T]) -> T:
        with self._changing:
            for gone in [each for each in self._kept if each[0]() is None]:
                del self._kept[gone]
        return make()


def _key(snapshot: object, key: Hashable, _make: Callable[[], object]) -> Key:
    return ref(snapshot), key


snapshot_cache = SnapshotCache()
"""What this process keeps."""
