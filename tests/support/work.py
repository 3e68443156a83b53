"""How much work something is, so that no machine is too slow for a test.

A bound in seconds fails on a busy machine. These ask instead how the work grows with what there is
to do; or they count it.
"""

from __future__ import annotations

import sys
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

AT_ONCE = 60
"""Seconds for what takes less than one, and would take minutes or hours if it were done badly."""
_TOO_SHORT = 0.05
"""Seconds that say nothing."""


def seconds(work: Callable[[], object]) -> float:
    """Return how long the processor works; what waits for other programs' turns is left out."""
    begin = process_time()
    work()
    return process_time() - begin


def growth(
    small: Callable[[], float], large: Callable[[], float], most: float, rounds: int = 20
) -> float:
    """Return how many times as many seconds `large` returns as `small`.

    What else the machine does only ever adds to a time, so the least of each counts; a busy minute
    is given time to pass: they go on for some rounds while the growth is more than `most`.
    """
    less, more = small(), large()
    for _ in range(rounds):
        less, more = min(less, small()), min(more, large())
        if more < _TOO_SHORT or more <= most * less:
            break
    return 1 if more < _TOO_SHORT else more / less


def calls(work: Callable[[], object]) -> int:
    """Return how many functions of Python's, and steps of generators, some work calls.

    The count is the same on every machine, if the same work was done once before.
    """
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
