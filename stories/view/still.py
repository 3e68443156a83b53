"""A small still map: for paper, and for readers without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass

STILL_SIZE = (480, 320)
"""Width and height of a still map in pixels."""


@dataclass(frozen=True)
class Still:
    """A small still map."""

    address: str
    """Relative to the page."""
    width: int
    height: int
    words: str
    """What it shows."""
    lines: str
    """What its lines are."""
