"""Which figures of different towns may stand side by side, drawn as one graphic each.

Two figures are comparable when they count in the same unit over the same kind of period
(a year with a year, a quarter with a quarter). What has no stated period is comparable
with nothing, and neither are figures of our own computing, dates, and percentages, whose
bases differ. What cannot be compared is not listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from stories.graphics import inline_graphic
from stories.model.atlas import Graphic, GraphicForm, GraphicGroup, PeriodKind, Texts, Unit
from stories.model.graphic import MAX_DRAWN, MAX_GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stories.model.atlas import AnyUnit, Atlas, Figure
    from stories.view.context import ViewContext

NEVER = {Unit.DATE, Unit.PERCENT}


@dataclass(frozen=True)
class Entry:
    """A figure and the town that it is about."""

    town: str
    """Slug of the town."""
    figure: Figure


@dataclass(frozen=True)
class Comparison:
    """Figures of several towns in one unit, over one kind of period."""

    unit: AnyUnit
    kind: PeriodKind
    entries: tuple[Entry, ...]


def comparisons(atlas: Atlas) -> list[Comparison]:
    """Return what can be compared, in the order of the units."""
    entries = sorted(_entries(atlas), key=lambda entry: entry.figure.unit)
    return [
        comparison
        for unit, group in groupby(entries, key=lambda entry: entry.figure.unit)
        for comparison in _in_unit(unit, list(group))
    ]


def _entries(atlas: Atlas) -> Iterator[Entry]:
    for story in atlas.stories:
        for figure in story.figures:
            if figure.computed is None and figure.unit not in NEVER:
                yield Entry(story.town, figure)


def _in_unit(unit: AnyUnit, entries: Sequence[Entry]) -> Iterator[Comparison]:
    for kind in PeriodKind:
        group = tuple(entry for entry in entries if entry.figure.period.kind is kind)
        if kind is not PeriodKind.UNSTATED and len({entry.town for entry in group}) > 1:
            yield Comparison(unit, kind, group)


def drawn_comparisons(context: ViewContext) -> list[Markup]:
    """Draw what can be compared: one graphic each, whose groups are the towns."""
    return [
        Markup(_drawn(context, comparison, f"compared-{number}-"))  # noqa: S704  # drawings escape what they are given
        for number, comparison in enumerate(comparisons(context.atlas))
    ]


def _drawn(context: ViewContext, comparison: Comparison, prefix: str) -> str:
    figures: dict[str, Figure] = {}
    groups: dict[str, list[str]] = {}
    for number, entry in enumerate(comparison.entries[:MAX_DRAWN]):
        name = f"f{number}"  # two towns may call a figure the same
        figures[name] = entry.figure.model_copy(update={"id": name})
        groups.setdefault(entry.town, []).append(name)
    graphic = Graphic(
        id="compared",
        form=GraphicForm.STATUSES,
        title=Texts({context.lang: context.wording.text("compare.title")}),
        groups=tuple(
            GraphicGroup(label=Texts({context.lang: context.town_name(town)}), figures=tuple(names))
            for town, names in list(groups.items())[:MAX_GROUPS]
        ),
    )
    return inline_graphic(graphic, figures.values(), context.wording, prefix=prefix)
