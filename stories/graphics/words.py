"""What a graphic says, in words and as a table: nothing of it is told by the drawing alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stories.wording.figures import baseline_text, figure_text
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stories.model.atlas import Figure, Graphic
    from stories.wording import Wording


@dataclass(frozen=True)
class GraphicRow:
    """A figure of a graphic, in words."""

    figure: str
    """Id of the figure."""
    group: str
    """Heading of its group; empty where it stands in none."""
    label: str
    value: str
    """With qualifier and status."""
    period: str
    baseline: str
    """What the figure is compared with; empty where it is not."""
    whole: bool
    """Whether it is what the others are parts of."""


def graphic_rows(
    graphic: Graphic, figures: Iterable[Figure], wording: Wording
) -> tuple[GraphicRow, ...]:
    """Return one row per figure that the graphic draws, in its order.

    Parameters
    ----------
    graphic
        The graphic.
    figures
        Figures of the story, those of the graphic among them.
    wording
        Words of the reader's language.
    """
    by_id = {figure.id: figure for figure in figures}
    group_of = {
        each: group.label.get(wording.lang, wording.order)
        for group in graphic.groups
        for each in group.figures
    }
    return tuple(
        GraphicRow(
            figure=each,
            group=group_of.get(each, ""),
            label=by_id[each].label.get(wording.lang, wording.order),
            value=figure_text(by_id[each], wording),
            period=period_text(by_id[each].period, wording),
            baseline=baseline_text(by_id[each], wording) or "",
            whole=each == graphic.whole,
        )
        for each in graphic.drawn
    )


def graphic_words(graphic: Graphic, figures: Iterable[Figure], wording: Wording) -> str:
    """Say in sentences everything that the graphic shows; its text alternative."""
    rows = graphic_rows(graphic, figures, wording)
    said = [f"{row.label}: {row.value} ({row.period})" for row in rows]
    return wording.sentences(said)
