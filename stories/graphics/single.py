"""The graphic of a single figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stories.model.atlas import Graphic, GraphicForm, Unit

if TYPE_CHECKING:
    from stories.model.atlas import Figure


def figure_graphic(figure: Figure) -> Graphic:
    """Return the graphic of a figure by itself; any figure has one."""
    form = GraphicForm.STATUSES
    if figure.unit is Unit.DATE:
        form = GraphicForm.DATES
    elif figure.baseline and figure.baseline.value is not None:
        form = GraphicForm.CHANGE
    return Graphic(id=figure.id, form=form, title=figure.label, figures=(figure.id,))
