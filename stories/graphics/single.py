"""The graphic of a single figure: its number in large print, and below how firm it is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from stories.graphics.bars import BarRow, draw_row, scale_of
from stories.graphics.dates import draw_dates
from stories.graphics.marks import BarLook
from stories.graphics.phrases import label_of, title_of, when
from stories.graphics.shapes import Paint
from stories.graphics.whole import is_countable, single_signs
from stories.model.atlas import Graphic, GraphicForm, Unit
from stories.wording.figures import baseline_text, figure_text

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
    flow.words(figure_text(figure, wording), flow.sizes.big, weight=700, most=4)
    label = label_of(figure, wording)
    if label != title_of(graphic, wording):
        flow.words(label, flow.sizes.label)
    for words in (when(figure.period, wording), baseline_text(figure, wording) or ""):
        if words and figure.unit is not Unit.DATE:
            flow.words(words[0].upper() + words[1:], flow.sizes.label, paint=Paint.MUTED)
    flow.y += 10
    if figure.unit is Unit.DATE:
        draw_dates(flow, graphic, [figure], wording)
    elif is_countable([figure]):
        single_signs(flow, figure)
    elif isinstance(figure.value, Decimal):
        look = BarLook(Paint.MARK, figure.qualifier, figure.status)
        row = BarRow("", "", figure.value, look)
        draw_row(flow, row, scale_of(flow, [row]))
