"""What was reported, forecast, striven for and planned: side by side, and told apart.

Bars share a scale where they count over the same kind of period, a year with a year and a quarter
with a quarter; others stand apart under a heading of their own.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from stories.graphics.bars import BarRow, draw_row, scale_of
from stories.graphics.marks import BarLook, body
from stories.graphics.measure import text_width
from stories.graphics.phrases import (
    kind_heading,
    label_of,
    label_within,
    same_scale_note,
    when,
)
from stories.graphics.shapes import Paint, Text
from stories.model.atlas import PeriodKind, Status
from stories.wording.figures import figure_text, status_text
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stories.graphics.flow import Flow
    from stories.model.atlas import Figure, Graphic, GraphicGroup, Period
    from stories.wording import Wording

_SWATCH = 20


def draw_statuses(
    flow: Flow, graphic: Graphic, figures: Sequence[Figure], wording: Wording
) -> None:
    """Draw bars, grouped by the kind of their period and then as the graphic groups them."""
    group_of = {each: group for group in graphic.groups for each in group.figures}
    _key(flow, figures, wording)
    blocks = blocks_of(figures)
    for block in blocks:
        periods = {figure.period for figure in block}
        flow.space(18)
        heading = _heading(block, wording)
        flow.words(heading, flow.sizes.heading, weight=700)
        flow.y += 4
        rows = {
            each.id: _row(each, group_of.get(each.id), wording, is_dated=len(periods) > 1)
            for each in block
        }
        scale = scale_of(flow, list(rows.values()))
        _draw_block(flow, block, rows, group_of, wording, scale)
    if len(blocks) > 1:
        same_scale_note(flow, wording)


def blocks_of(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Part figures into those that may share a scale, in the order of their first ones."""
    order = list(dict.fromkeys(_length(figure.period) for figure in figures))
    return [[each for each in figures if _length(each.period) == length] for length in order]


def _length(period: Period) -> tuple[PeriodKind, int]:
    """Return what two periods share that may be compared."""
    is_span = period.kind is PeriodKind.SPAN and period.start and period.end
    days = (period.end - period.start).days if is_span and period.end and period.start else 0
    return period.kind, days


def _heading(block: Sequence[Figure], wording: Wording) -> str:
    periods = {figure.period for figure in block}
    if len(periods) == 1:
        return period_text(block[0].period, wording)
    return kind_heading(block[0].period.kind, wording)


def _row(figure: Figure, group: GraphicGroup | None, wording: Wording, *, is_dated: bool) -> BarRow:
    assert isinstance(figure.value, Decimal)
    label = label_within(figure, group, wording)
    period = when(figure.period, wording) if is_dated else ""
    return BarRow(
        wording.text("graphic.label_when", label=label, when=period) if period else label,
        figure_text(figure, wording),
        figure.value,
        BarLook(Paint.MARK, figure.qualifier, figure.status),
    )


def _draw_block(  # noqa: PLR0913, PLR0917  # all that a block is made of
    flow: Flow,
    block: Sequence[Figure],
    rows: dict[str, BarRow],
    group_of: dict[str, GraphicGroup],
    wording: Wording,
    scale: object,
) -> None:
    for group, members in groupby(block, key=lambda each: group_of.get(each.id)):
        if group is not None:
            flow.words(label_of(group, wording), flow.sizes.label, weight=700)
            flow.y += 2
        for figure in members:
            draw_row(flow, rows[figure.id], scale)  # type: ignore[arg-type]
            flow.y += 12


def _key(flow: Flow, figures: Sequence[Figure], wording: Wording) -> None:
    """Say what the fillings of the bars mean, where there are several."""
    statuses = [each for each in Status if each in {figure.status for figure in figures}]
    if len(statuses) < 2:  # noqa: PLR2004  # nothing to tell apart
        return
    size, x = flow.sizes.small, 0.0
    for status in statuses:
        words = status_text(status, wording)
        words = words[0].upper() + words[1:]
        width = _SWATCH + 6 + text_width(words, size)
        if x and x + width > flow.width:
            x, flow.y = 0.0, flow.y + size * 1.6
        flow.add(*body(x, x + _SWATCH, flow.y + 2, size, BarLook(status=status)))
        flow.add(Text(x + _SWATCH + 6, flow.y + size, words, size, Paint.MUTED))
        x += width + 14
    flow.y += size * 1.6
