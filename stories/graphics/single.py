"""The graphic of a single figure: its number in large print, and below how firm it is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from stories.graphics.bars import BarRow, draw_row, scale_of
from stories.graphics.dates import draw_lanes
from stories.graphics.marks import BarLook
from stories.graphics.measure import text_width
from stories.graphics.phrases import capitalised, label_of, title_of, when
from stories.graphics.shapes import Paint, Text
from stories.graphics.whole import is_countable, single_signs
from stories.model.atlas import Graphic, GraphicForm, Qualifier, Status, Unit
from stories.wording.figures import baseline_text, figure_text, number_text

if TYPE_CHECKING:
    from stories.graphics.flow import Flow
    from stories.model.atlas import Figure
    from stories.wording import Wording


def figure_graphic(figure: Figure) -> Graphic:
    """Return the graphic of a figure by itself; any figure has one."""
    form = GraphicForm.STATUSES
    if figure.unit is Unit.DATE:
        form = GraphicForm.DATES
    elif figure.baseline and figure.baseline.value is not None:
        form = GraphicForm.CHANGE
    return Graphic(id=figure.id, form=form, title=figure.label, figures=(figure.id,))


def draw_single(flow: Flow, graphic: Graphic, figure: Figure, wording: Wording) -> None:
    """Draw one figure, be it a number or a date."""
    flow.words(capitalised(figure_text(figure, wording)), flow.sizes.big, weight=700, most=4)
    label, size = label_of(figure, wording), flow.sizes.label
    if label != title_of(graphic, wording):
        flow.words(label, size)
    if figure.computed:
        flow.words(capitalised(wording.text("panel.computed")), size, paint=Paint.MUTED)
    for words in (when(figure.period, wording), baseline_text(figure, wording) or ""):
        if words and figure.unit is not Unit.DATE:
            flow.words(capitalised(words), size, paint=Paint.MUTED)
    flow.y += 10
    if figure.unit is Unit.DATE:
        draw_lanes(flow, [figure], wording, has_words=False)
    elif is_countable([figure]):
        single_signs(flow, figure)
    elif _has_more_to_show(figure):
        _bar(flow, figure, wording)


def _has_more_to_show(figure: Figure) -> bool:
    """Whether a bar tells what the number alone does not: a lone length says nothing."""
    is_plain = figure.qualifier is Qualifier.EXACT and figure.status is Status.REPORTED
    return isinstance(figure.value, Decimal) and not is_plain


def _bar(flow: Flow, figure: Figure, wording: Wording) -> None:
    assert isinstance(figure.value, Decimal)
    row = BarRow("", "", figure.value, BarLook(Paint.MARK, figure.qualifier, figure.status))
    scale = scale_of(flow, [row])
    draw_row(flow, row, scale)
    size = flow.sizes.small
    ends = {Decimal(0): wording.number(0), figure.value: number_text(figure, wording)}
    for value, words in ends.items():
        room = flow.width - text_width(words, size)
        x = min(max(scale.at(value) - text_width(words, size) / 2, 0), room)
        flow.add(Text(x, flow.y + size + 6, words, size, Paint.MUTED))
    flow.y += size * 1.4 + 6
