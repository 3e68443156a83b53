"""The ledger: every figure of a story in one table, with what it rests on.

Pure, as `stories.view.panel`. A figure whose card stands with a scene has a short row, which
leads to the card.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stories.view.cards import ledger_note

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from stories.model.atlas import Figure
    from stories.view.cards import Card
    from stories.view.context import ViewContext

UNSTATED = "–"
"""Stands in a cell for what the source does not say."""


@dataclass(frozen=True)
class Entry:
    """A figure in the table."""

    card: Card
    is_above: bool
    """Whether its card stands with a scene, where links lead."""


@dataclass(frozen=True)
class Group:
    """Figures that belong together."""

    title: str
    """None above the only group."""
    note: str
    """Says once what would else stand in many rows."""
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Ledger:
    """The table, in groups; the first one's title is the table's own."""

    groups: tuple[Group, ...]
    has_periods: bool
    """Whether a figure has a period that its value does not say."""
    has_comparisons: bool
    """Whether a figure is compared with an earlier one."""
    unstated: str
    """Words for a period that the source leaves open."""

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return 2 + self.has_periods + self.has_comparisons


def ledger(
    context: ViewContext,
    groups: Sequence[tuple[str, Sequence[Figure], Sequence[Card]]],
    above: Collection[str] = (),
) -> Ledger | None:
    """Return the table of figures; none where there are none.

    Parameters
    ----------
    context
        The reader's view.
    groups
        Title, figures and their cards; groups without cards are left out.
    above
        Ids of the figures whose cards stand with scenes.
    """
    made = tuple(
        Group(
            title=title,
            note=ledger_note(context, figures),
            entries=tuple(Entry(card, card.id in above) for card in cards),
        )
        for title, figures, cards in groups
        if cards
    )
    cards = [entry.card for group in made for entry in group.entries]
    if not cards:
        return None
    return Ledger(
        groups=made,
        has_periods=any(card.period for card in cards),
        has_comparisons=any(card.baseline or card.change for card in cards),
        unstated=context.wording.text("period.unstated"),
    )
