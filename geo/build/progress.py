"""Tell whoever waits what is being done, once it takes more than a second."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Stage: TypeAlias = "Callable[[str], None]"
"""Called with what begins now."""

PATIENCE = 1.0
"""Seconds before anything is said, and between one line and the next of the same stage."""


def silent(doing: str) -> None:
    """Take no note."""
    del doing


@contextmanager
def shown(stream: TextIO) -> Iterator[Stage]:
    """Give a stage function whose stages show on a stream while the block runs.

    Parameters
    ----------
    stream
        Usually standard error. On a terminal one line is overwritten; elsewhere each
        stage that lasts gets a line.
    """
    started, doing, done = time.monotonic(), "", threading.Event()

    def stage(now: str) -> None:
        nonlocal doing
        doing = now

    def tell() -> None:
        said = ""
        while not done.wait(PATIENCE):
            seconds = time.monotonic() - started
            if stream.isatty():
                stream.write(f"\r\x1b[K{doing} … {seconds:.0f} s")
                stream.flush()
            elif doing != said:
                stream.write(f"{doing} … {seconds:.0f} s\n")
                stream.flush()
                said = doing
        if stream.isatty():
            stream.write("\r\x1b[K")

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield stage
    finally:
        done.set()
        teller.join()
