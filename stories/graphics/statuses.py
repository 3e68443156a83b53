"""What was reported, forecast, striven for and planned: side by side, and told apart.

Bars share a scale where they count over the same kind of period, a year with a year and a quarter
with a quarter; others stand apart under a heading of their own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from stories.graphics.bars import BarRow, draw_row, scale_of
from stories.graphics.marks import BarLook, body
from stories.graphics.measure import text_width
from stories.graphics.phrases import (
    capitalised,
    kind_heading,
    label_of,
    label_within,
    same_scale_note,
    value_words,
    when,
)
from stories.graphics.shapes import Paint, Text
from stories.model.atlas import PeriodKind, Status
from stories.wording.figures import status_text
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
        flow.space(18)
        flow.words(_heading(block, wording), flow.sizes.heading, weight=700)
        flow.y += 4
        rows = list(_rows(block, group_of, wording))
        flow.fit_labels([row.label for row in rows])
        flow.fit_labels([row.heading for row in rows], weight=700)
        scale = scale_of(flow, rows)
        for at, row in enumerate(rows):
            flow.y += 12 if at else 0
            draw_row(flow, row, scale)
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
        return capitalised(period_text(block[0].period, wording))
    return kind_heading(block[0].period.kind, wording)


def _rows(
    block: Sequence[Figure], group_of: Mapping[str, GraphicGroup], wording: Wording
) -> Iterator[BarRow]:
    """Return a bar for each figure; the first of a group has the group's heading."""
    is_dated = len({figure.period for figure in block}) > 1
    last: GraphicGroup | None = None
    for figure in block:
        assert isinstance(figure.value, Decimal)
        group = group_of.get(figure.id)
        label = label_within(figure, group, wording)
        if is_dated and (period := when(figure.period, wording)):
            label = wording.text("graphic.label_when", label=label, when=period)
        yield BarRow(
            label,
            value_words(figure, wording),
            figure.value,
            BarLook(Paint.MARK, figure.qualifier, figure.status),
            heading=label_of(group, wording) if group and group is not last else "",
        )
        last = group


def _key(flow: Flow, figures: Sequence[Figure], wording: Wording) -> None:
    """Say what the fillings of the bars mean, where there are several."""
    statuses = [each for each in Status if each in {figure.status for figure in figures}]
    if len(statuses) < 2:  # noqa: PLR2004  # nothing to tell apart
        return
    size, x = flow.sizes.small, 0.0
    for status in statuses:
        words = capitalised(status_text(status, wording))
        width = _SWATCH + 6 + text_width(words, size)
        if x and x + width > flow.width:
            x, flow.y = 0.0, flow.y + size * 1.6
        flow.add(*body(x, x + _SWATCH, flow.y + 2, size, BarLook(status=status)))
        flow.add(Text(x + _SWATCH + 6, flow.y + size, words, size, Paint.MUTED))
        x += width + 14
    flow.y += size * 1.6
