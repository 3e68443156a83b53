"""What a graphic says, in words and as a table: nothing of it is told by the drawing alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stories.graphics.phrases import change_phrase, label_of, title_of, value_words
from stories.model.atlas import GraphicForm, Period
from stories.wording.figures import baseline_text
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
    """With qualifier and status, and that the number is ours where it is."""
    period: str
    """When it held; empty where the value is a date, and says it."""
    baseline: str
    """What the figure is compared with; empty where it is not."""
    change: str
    """By how much it changed, where the graphic shows that."""
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
    groups = {each: group for group in graphic.groups for each in group.figures}
    is_change = graphic.form is GraphicForm.CHANGE
    return tuple(
        GraphicRow(
            figure=each,
            group=label_of(groups[each], wording) if each in groups else "",
            label=label_of(by_id[each], wording),
            value=value_words(by_id[each], wording),
            period=_period(by_id[each], wording),
            baseline=baseline_text(by_id[each], wording) or "",
            change=change_phrase(by_id[each], wording) if is_change else "",
            whole=each == graphic.whole,
        )
        for each in graphic.drawn
    )


def graphic_words(graphic: Graphic, figures: Iterable[Figure], wording: Wording) -> str:
    """Say in sentences everything that the graphic shows; its text alternative."""
    rows = graphic_rows(graphic, figures, wording)
    said = [_sentence(row, wording, title_of(graphic, wording)) for row in rows]
    return wording.sentences(said)


def _period(figure: Figure, wording: Wording) -> str:
    if isinstance(figure.value, Period):
        return ""
    return period_text(figure.period, wording)


def _sentence(row: GraphicRow, wording: Wording, title: str) -> str:
    label = row.label
    if row.group and not label.startswith(row.group):
        label = wording.text("graphic.in_group", group=row.group, label=label)
    if row.whole:
        label = wording.text("graphic.whole", label=label)
    told = [each for each in (row.value, row.period, row.baseline, row.change) if each]
    words = wording.text("graphic.joined").join(told)
    if label != title:
        words = wording.text("panel.figure_line", label=label, value=words)
    return wording.text("graphic.said", words=words)
