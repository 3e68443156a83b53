"""Parts and what they are parts of: signs that can be counted, or bars where there are too many."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from stories.graphics.bars import THICK, BarRow, draw_row, scale_of
from stories.graphics.flow import LEADING
from stories.graphics.marks import REACH, BarLook, Signs, arrows, bar
from stories.graphics.phrases import capitalised, label_of, part_phrase, value_words, when
from stories.graphics.shapes import Paint, Stroke, outline
from stories.model.atlas import Qualifier
from stories.model.unit import is_counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stories.graphics.flow import Flow
    from stories.model.atlas import Figure, Graphic
    from stories.wording import Wording

MOST_SIGNS = 40
"""As many signs as a reader counts, or believes."""


def draw_part(flow: Flow, graphic: Graphic, figures: Sequence[Figure], wording: Wording) -> None:
    """Draw one figure as part of another."""
    whole = next(figure for figure in figures if figure.id == graphic.whole)
    part = next(figure for figure in figures if figure.id != graphic.whole)
    flow.words(capitalised(part_phrase(part, whole, wording)), flow.sizes.big * 0.7, weight=700)
    flow.words(label_of(part, wording), flow.sizes.label, paint=Paint.MUTED)
    _period(flow, part, wording)
    flow.y += 8
    counted, count = _number(part), _number(whole)
    look = BarLook(Paint.MARK, part.qualifier, part.status)
    if is_countable([whole]) and is_countable([part]):
        _signs(flow, int(counted), int(count), look, whole.qualifier)
    else:
        _bar_within(flow, counted, count, look, whole.qualifier)
    flow.y += 8
    said = wording.text(
        "panel.figure_line", label=label_of(whole, wording), value=value_words(whole, wording)
    )
    flow.words(said, flow.sizes.label, paint=Paint.MUTED)


def draw_parts(flow: Flow, graphic: Graphic, figures: Sequence[Figure], wording: Wording) -> None:
    """Draw figures that add up, and what they add up to, where that is given."""
    parts = [figure for figure in figures if figure.id != graphic.whole]
    whole = next((figure for figure in figures if figure.id == graphic.whole), None)
    flow.fit_labels([label_of(part, wording) for part in parts])
    _period(flow, parts[0], wording)
    flow.space(2)
    if whole:
        flow.fit_labels([_total_label(whole, wording)])
    if is_countable(parts):
        for part in parts:
            flow.space(12)
            _sign_row(flow, part, wording)
    else:
        rows = [_bar_row(part, wording) for part in parts]
        total = _bar_row(whole, wording, Paint.SOFT) if whole else None
        scale = scale_of(flow, [*rows, *([total] if total else [])])
        for row in rows:
            flow.space(10)
            draw_row(flow, row, scale)
        if total:
            flow.space(10)
            draw_row(flow, total, scale)
            return
    if whole:
        _total(flow, whole, wording)


def _period(flow: Flow, figure: Figure, wording: Wording) -> None:
    """Say when all the parts held, where that is stated."""
    words = capitalised(when(figure.period, wording))
    flow.words(words, flow.sizes.small, paint=Paint.MUTED)


def is_countable(figures: Sequence[Figure]) -> bool:
    """Whether figures can be drawn as signs to count, all together."""
    values = [figure.value for figure in figures]
    return (
        all(is_counted(figure.unit) for figure in figures)
        and all(isinstance(each, Decimal) and each >= 0 and each == int(each) for each in values)
        and 0 < sum(each for each in values if isinstance(each, Decimal)) <= MOST_SIGNS
    )


def single_signs(flow: Flow, figure: Figure) -> None:
    """Draw one figure as signs, as many as it counts."""
    counted = int(_number(figure))
    look = BarLook(Paint.MARK, figure.qualifier, figure.status)
    _signs(flow, counted, counted, look, figure.qualifier)


def _number(figure: Figure) -> Decimal:
    assert isinstance(figure.value, Decimal)
    return figure.value


def _size(flow: Flow) -> float:
    return 22 if flow.is_wide else 20


def _signs(flow: Flow, counted: int, count: int, look: BarLook, whole: Qualifier) -> None:
    signs = Signs.within(flow.width - 24, max(count, 1), 30 if count <= 10 else 24)  # noqa: PLR2004
    if count <= 10 and signs.per_row < count:  # noqa: PLR2004  # one row, if smaller signs do it
        signs = Signs.within(flow.width - 24, count, (flow.width - 24) / count - 5, 5)
    flow.add(*signs.draw(0, flow.y, counted, count, look))
    flow.add(*signs.draw_open_end(0, flow.y, count, BarLook(look.paint, whole)))
    flow.y += signs.height(max(count, 1))


def _bar_within(
    flow: Flow, counted: Decimal, count: Decimal, look: BarLook, whole: Qualifier
) -> None:
    is_open = whole in {Qualifier.OVER, Qualifier.AT_LEAST}
    width = flow.width - max(20 if is_open else 2, REACH.get(look.qualifier, 0))
    y, height = flow.y + 3, THICK + 6
    flow.add(*bar(0, width * float(counted / count if count else 0), y, height, look))
    flow.add(outline(0, y, width, height, Paint.MARK))
    if is_open:
        flow.add(*arrows(width, 1, y, height, Paint.MARK))
    flow.y = y + height + 3


def _sign_row(flow: Flow, part: Figure, wording: Wording) -> None:
    size, counted = _size(flow), int(_number(part))
    words, value_size = value_words(part, wording), flow.sizes.value
    y = flow.label(label_of(part, wording), size)
    look = BarLook(Paint.MARK, part.qualifier, part.status)
    count = max(counted, 1)
    signs = Signs.within(flow.mark_width - 24, count, size)
    if counted:
        flow.add(*signs.draw(flow.mark_x, y, counted, counted, look))
        flow.add(*signs.draw_open_end(flow.mark_x, y, counted, look))
    last, row = signs.at(count - 1)
    reach = 18 if look.qualifier in {Qualifier.OVER, Qualifier.AT_LEAST} else 0
    end = flow.mark_x + (last + size if counted else 0) + reach + 10
    bottom = y + signs.height(count)
    if not flow.beside(words, value_size, end, y + row + size / 2):
        flow.y = bottom + 3
        flow.words(words, value_size, weight=700, x=flow.mark_x)
        bottom = flow.y
    flow.below(bottom)


def _total(flow: Flow, whole: Figure, wording: Wording) -> None:
    flow.y += 12
    flow.add(Stroke((((0, flow.y), (flow.width, flow.y)),), Paint.INK, 1.2))
    flow.y += 8
    size = flow.sizes.value
    flow.y = flow.label(_total_label(whole, wording), size * 1.15 * LEADING)
    flow.words(value_words(whole, wording), size * 1.15, weight=700, x=flow.mark_x)
    flow.below(flow.y)


def _total_label(whole: Figure, wording: Wording) -> str:
    return wording.text("graphic.whole", label=label_of(whole, wording))


def _bar_row(figure: Figure, wording: Wording, paint: Paint = Paint.MARK) -> BarRow:
    look = BarLook(paint, figure.qualifier, figure.status)
    return BarRow(label_of(figure, wording), value_words(figure, wording), _number(figure), look)
