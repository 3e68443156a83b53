from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from serving.http.responses import Representation, SnapshotCache, has

if TYPE_CHECKING:
    from serving.store.snapshot import Snapshot


def test_what_many_ask_for_at_once_is_made_once(snapshot: Snapshot) -> None:
    cabinet, made = SnapshotCache(10), []
    together = threading.Barrier(4)

    def ask() -> Representation:
        together.wait()
        return cabinet.get(
            snapshot, "card", lambda: made.append(1) or Representation.of("x", "text/css")
        )  # type: ignore[func-returns-value]

    with ThreadPoolExecutor(4) as readers:
        answers = [each.result() for each in [readers.submit(ask) for _ in range(4)]]
    assert len(made) == 1
    assert all(each is answers[0] for each in answers)


def test_no_flood_of_addresses_fills_the_memory(snapshot: Snapshot) -> None:
    cabinet, made = SnapshotCache(3), []
    for key in [*range(10), 9, 8, 7, 0]:
        cabinet.get(
            snapshot, key, lambda key=key: made.append(key) or Representation.of("", "text/css")
        )  # type: ignore[misc]
    assert made == [*range(10), 0]


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ('W/"abc"', True),
        ('"abc"', True),
        ('"x", W/"abc"', True),
        ("*", True),
        ("", False),
        ('W/"abcd"', False),
        ("abc", False),
    ],
)
def test_marks_are_compared_weakly(asked: str, known: bool) -> None:  # noqa: FBT001
    assert has(asked, 'W/"abc"') is known
