"""Show on standard error what is being done, once it takes more than a second."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.build.progress import Stage

PATIENCE = 1.0
"""Seconds before anything is said."""


@contextmanager
def shown() -> Iterator[Stage]:
    """Give a stage function whose stages show while the block runs.

    On a terminal one line is overwritten; elsewhere each stage gets a line.
    """
    template = "%(label)s …"  # nobody can say how long a stage takes, so there is no bar to fill
    with click.progressbar(length=1, bar_template=template, file=sys.stderr, hidden=True) as line:

        def appear() -> None:
            line.hidden = False
            if line.label:  # or the first stage has yet to begin
                line.render_progress()

        def stage(doing: str) -> None:
            line.label = doing
            line.render_progress()

        timer = Timer(PATIENCE, appear)
        timer.daemon = True
        timer.start()
        try:
            yield stage
        finally:
            timer.cancel()
            timer.join()
