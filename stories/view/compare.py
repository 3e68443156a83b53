"""Which figures of different towns may stand side by side, and which may not.

Two figures are comparable when they count in the same unit over the same kind of period
(a year with a year, a quarter with a quarter). What has no stated period is comparable
with nothing, and neither are figures of our own computing, dates, and percentages, whose
bases differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from stories.model.atlas import PeriodKind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stories.model.atlas import Atlas, Figure

NEVER = {Unit.DATE, Unit.PERCENT}


@dataclass(frozen=True)
class Entry:
    """A figure and the town that it is about."""

    town: str
    """Slug of the town."""
    figure: Figure


@dataclass(frozen=True)
class Comparison:
    """Figures of several towns in one unit."""

    unit: Unit
    kind: PeriodKind | None
    """Kind of period that all share; None where they share none, so they are not compared."""
    entries: tuple[Entry, ...]


def comparisons(atlas: Atlas) -> list[Comparison]:
    """Return what can be compared, then what shares a unit and yet cannot."""
    entries = sorted(_entries(atlas), key=lambda entry: entry.figure.unit)
    found = [
        comparison
        for unit, group in groupby(entries, key=lambda entry: entry.figure.unit)
        for comparison in _in_unit(unit, list(group))
    ]
    return sorted(found, key=lambda comparison: comparison.kind is None)


def _entries(atlas: Atlas) -> Iterator[Entry]:
    for story in atlas.stories:
        for figure in story.figures:
            if figure.computed is None and figure.unit not in NEVER:
                yield Entry(story.town, figure)


def _in_unit(unit: Unit, entries: Sequence[Entry]) -> list[Comparison]:
    if not _several_towns(entries):
        return []
    stated = [kind for kind in PeriodKind if kind is not PeriodKind.UNSTATED]
    alike = [
        Comparison(unit, kind, group)
        for kind in stated
        if _several_towns(group := tuple(e for e in entries if e.figure.period.kind is kind))
    ]
    return alike or [Comparison(unit, None, tuple(entries))]


def _several_towns(entries: Sequence[Entry]) -> bool:
    return len({entry.town for entry in entries}) > 1
