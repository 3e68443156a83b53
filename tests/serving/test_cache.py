"""What is made from snapshots is made once, bounded, and gone with its snapshot."""

from __future__ import annotations

import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from sys import getsizeof

import pytest

from serving.cache import SnapshotCache


class Snapshot:
    """Anything that can be gone."""


def test_what_many_ask_for_at_once_is_made_once() -> None:
    cache, snapshot, made = SnapshotCache(), Snapshot(), []
    together = threading.Barrier(4)

    def make() -> object:
        made.append(object())
        return made[-1]

    def ask() -> object:
        together.wait()
        return cache.get(snapshot, "card", make)

    with ThreadPoolExecutor(4) as readers:
        answers = [each.result() for each in [readers.submit(ask) for _ in range(4)]]
    assert len(made) == 1
    assert all(each is answers[0] for each in answers)


def test_nobody_waits_for_the_making_of_anything_else() -> None:
    cache, snapshot = SnapshotCache(), Snapshot()
    begun, may_end = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert may_end.wait(10)
        return "slow"

    with ThreadPoolExecutor(1) as other:
        answer = other.submit(cache.get, snapshot, "slow", slow)
        assert begun.wait(10)
        assert cache.get(snapshot, "quick", lambda: "quick") == "quick"
        assert not answer.done()
        may_end.set()
        assert answer.result() == "slow"


def test_what_cannot_be_made_is_tried_again() -> None:
    cache, snapshot = SnapshotCache(), Snapshot()

    def fail() -> str:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        cache.get(snapshot, "x", fail)
    assert cache.get(snapshot, "x", lambda: "made") == "made"


def test_no_flood_of_addresses_fills_the_memory() -> None:
    body = b"x" * 1000
    cache, snapshot = SnapshotCache(3 * getsizeof(body)), Snapshot()
    made: list[int] = []

    def ask(key: int) -> None:
        cache.get(snapshot, key, lambda: made.append(key) or body)  # type: ignore[func-returns-value]

    for key in [*range(10), 9, 8, 7, 0]:
        ask(key)
    assert made == [*range(10), 0]
    assert len(cache) == 3


def test_what_is_larger_than_the_cache_is_handed_out_all_the_same() -> None:
    cache, snapshot = SnapshotCache(1000), Snapshot()
    assert len(cache.get(snapshot, "x", lambda: b"x" * 2000)) == 2000
    assert len(cache) == 0


def test_what_was_made_from_a_snapshot_goes_with_it() -> None:
    cache, old, new = SnapshotCache(), Snapshot(), Snapshot()
    assert cache.get(old, "x", lambda: "of the old one") == "of the old one"
    assert cache.get(new, "x", lambda: "of the new one") == "of the new one"
    assert len(cache) == 2
    del old
    gc.collect()
    cache.get(new, "y", str)
    assert len(cache) == 2
    assert cache.get(new, "x", str) == "of the new one"
