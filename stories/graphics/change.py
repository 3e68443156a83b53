"""Before and after: two bars from zero, and what lies between them marked."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from stories.graphics.bars import BarRow, Scale, draw_row, scale_of
from stories.graphics.marks import BarLook
from stories.graphics.measure import text_width, wrap
from stories.graphics.phrases import (
    change_phrase,
    label_of,
    same_scale_note,
    title_of,
    value_words,
    when,
)
from stories.graphics.shapes import Paint, Stroke, Text
from stories.wording.figures import value_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stories.graphics.flow import Flow
    from stories.model.atlas import Figure, Graphic
    from stories.model.unit import AnyUnit
    from stories.wording import Wording

_BRACKET = 5
"""Height of the ends of the line between two numbers, in pixels."""


def draw_change(flow: Flow, graphic: Graphic, figures: Sequence[Figure], wording: Wording) -> None:
    """Draw each figure with its earlier value; figures of one unit share a scale."""
    pairs = {figure.id: _pair(figure, wording) for figure in figures}
    flow.fit_labels([row.label for pair in pairs.values() for row in pair])
    scales: dict[AnyUnit, Scale] = {}
    for unit in dict.fromkeys(figure.unit for figure in figures):
        rows = [row for each in figures if each.unit == unit for row in pairs[each.id]]
        scales[unit] = scale_of(flow, rows)
    for figure in figures:
        before, after = pairs[figure.id]
        scale = scales[figure.unit]
        flow.space(20)
        label = label_of(figure, wording)
        if len(figures) > 1 or label != title_of(graphic, wording):
            flow.words(label, flow.sizes.heading, weight=700)
            flow.y += 4
        draw_row(flow, before, scale)
        _difference(flow, scale, before.value, after.value, change_phrase(figure, wording))
        draw_row(flow, after, scale)
    if len(scales) > 1:
        same_scale_note(flow, wording)


def _pair(figure: Figure, wording: Wording) -> tuple[BarRow, BarRow]:
    baseline, value = figure.baseline, figure.value
    assert baseline is not None
    assert baseline.value is not None
    assert isinstance(value, Decimal)
    before = BarRow(
        when(baseline.period, wording) or wording.text("period.before"),
        value_text(baseline.value, figure.unit, wording),
        baseline.value,
        BarLook(Paint.SOFT),
        weight=400,
    )
    later = when(figure.period, wording) or wording.text("period.after")
    look = BarLook(Paint.MARK, figure.qualifier, figure.status)
    return before, BarRow(later, value_words(figure, wording), value, look)


def _difference(flow: Flow, scale: Scale, before: Decimal, after: Decimal, words: str) -> None:
    """Mark how far two numbers are apart, and say so beside the mark or below it."""
    size = flow.sizes.small
    one, other = sorted((scale.at(before), scale.at(after)))
    y = flow.y + 5 + size * 0.5
    ends = [((x, y - _BRACKET), (x, y + _BRACKET)) for x in (one, other)]
    flow.add(Stroke((*ends, ((one, y), (other, y))), Paint.INK, 1.2))
    if not words:
        flow.y = y + size * 0.5 + 5
        return
    width, baseline = text_width(words, size, 600), y + size * 0.36
    if other + 7 + width <= flow.width:
        flow.add(Text(other + 7, baseline, words, size, Paint.INK, 600))
    elif one - 7 - width >= flow.mark_x:
        flow.add(Text(one - 7, baseline, words, size, Paint.INK, 600, "end"))
    else:
        lines = wrap(words, size, flow.mark_width, 600, 3)
        block = max(text_width(line, size, 600) for line in lines)
        x = max(min(one, flow.width - block), flow.mark_x)
        for line in lines:
            y += size * 1.36
            flow.add(Text(x, y + size * 0.2, line, size, Paint.INK, 600))
    flow.y = y + size * 0.5 + 5
