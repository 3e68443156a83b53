"""Dates on one line, each in a lane of its own; what has no date stands in a lane that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stories.graphics.calendar import Calendar
from stories.graphics.marks import FADE, MOST_REACH, BarLook, arrows, bar, body
from stories.graphics.measure import text_width, wrap
from stories.graphics.phrases import capitalised, label_of, value_words
from stories.graphics.shapes import Paint, Rect, Stroke, Text
from stories.model.atlas import Period, PeriodKind, Qualifier, Status, Unit
from stories.wording.figures import qualified_text, status_text
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stories.graphics.calendar import Tick
    from stories.graphics.flow import Flow
    from stories.model.atlas import Figure, Graphic
    from stories.wording import Wording

_MARK = 14
"""Height of a mark in pixels."""
_LEAST = 12
"""Least width of a mark."""


def draw_dates(flow: Flow, graphic: Graphic, figures: Sequence[Figure], wording: Wording) -> None:
    """Draw figures at their dates, or, where they are no dates, at their periods.

    Groups have lanes of their own on the one line, each below its heading; what has no date stands
    in a lane that they share.
    """
    if not graphic.groups:
        draw_lanes(flow, figures, wording, has_words=True)
        return
    by_id = {figure.id: figure for figure in figures}
    days = _Days.drawn(flow, figures, wording)
    undated: list[str] = []
    for group in graphic.groups:
        lanes = lanes_of([by_id[each] for each in group.figures])
        name = label_of(group, wording)
        for _, members in (lane for lane in lanes if lane[0].start is None):
            undated += (_of_group(name, _figure_words(each, wording), wording) for each in members)
        dated = [lane for lane in lanes if lane[0].start]
        if days and dated:
            flow.y += 10
            flow.words(name, flow.sizes.heading, weight=700)
            for at, lane in enumerate(dated):
                flow.y += 8 if at else 0
                _lane(flow, days, *lane, wording, has_words=True, weight=400)
    if undated:
        flow.y += 14
        _undated(flow, wording.text("period.unstated"), undated)


def _of_group(name: str, words: str, wording: Wording) -> str:
    """Say of which group a figure is that stands outside of it."""
    return wording.text("graphic.in_group", group=name, label=words)


def draw_lanes(flow: Flow, figures: Sequence[Figure], wording: Wording, *, has_words: bool) -> None:
    """Draw the lanes of figures, with their words or without."""
    days = _Days.drawn(flow, figures, wording)
    for at, (time, members) in enumerate(lanes_of(figures)):
        flow.y += 10 if at else 2
        if days and time.start:
            _lane(flow, days, time, members, wording, has_words=has_words)
        else:
            words = [_figure_words(each, wording) for each in members]
            _undated(flow, period_text(time_of(members[0]), wording), words)


@dataclass(frozen=True)
class _Days:
    """The line of days that all lanes of a drawing share."""

    calendar: Calendar
    ticks: Sequence[Tick]

    @classmethod
    def drawn(cls, flow: Flow, figures: Sequence[Figure], wording: Wording) -> _Days | None:
        """Write its marks above the lanes; there is none where no figure has a date."""
        stated = [time for time in map(time_of, figures) if time.start]
        if not stated:
            return None
        size = flow.sizes.small
        calendar = Calendar.over(stated, flow.width - MOST_REACH)
        ticks = calendar.ticks(wording, size)
        for tick in ticks:
            flow.add(Text(tick.x, flow.y + size, tick.words, size, Paint.MUTED))
        flow.y += size * 1.5
        return cls(calendar, ticks)


def lanes_of(figures: Sequence[Figure]) -> list[tuple[Period, list[Figure]]]:
    """Put figures of one time into one lane; in the order of time, the undated last."""
    lanes: dict[tuple[Period, Qualifier, Status], list[Figure]] = {}
    for figure in figures:
        is_date = isinstance(figure.value, Period)
        how = (figure.qualifier, figure.status) if is_date else (Qualifier.EXACT, Status.REPORTED)
        if not is_date and figure.period.start and figure.status is not Status.REPORTED:
            how = (Qualifier.EXACT, figure.status)
        lanes.setdefault((time_of(figure), *how), []).append(figure)
    parted = [(key[0], members) for key, members in lanes.items()]
    return sorted(parted, key=lambda lane: (lane[0].start is None, lane[0].start, lane[0].end))


def time_of(figure: Figure) -> Period:
    """Return when a figure is on the line: a date itself, else its period."""
    return figure.value if isinstance(figure.value, Period) else figure.period


def _lane(  # noqa: PLR0913  # all that a lane shows
    flow: Flow,
    days: _Days,
    time: Period,
    figures: Sequence[Figure],
    wording: Wording,
    *,
    has_words: bool,
    weight: int = 700,
) -> None:
    calendar = days.calendar
    start, end = _placed(*calendar.span(time), calendar.width)
    dated = next((each for each in figures if isinstance(each.value, Period)), None)
    heading = capitalised(_when_words(dated, time, figures, wording))
    if has_words:
        words = [_figure_words(each, wording) for each in figures]
        _texts(flow, start, heading, words, weight)
    y = flow.y + 4
    _line(flow, days.ticks, y + _MARK / 2)
    _mark(flow, start, end, y, dated, figures)
    flow.y = y + _MARK + 4


def _placed(start: float, end: float, most: float) -> tuple[float, float]:
    """Widen a mark to what can be seen, and keep it on the line."""
    if end - start < _LEAST:
        middle = (start + end) / 2
        start, end = middle - _LEAST / 2, middle + _LEAST / 2
    moved = min(max(0.0, -start), most) - max(0.0, end - most)
    return start + moved, end + moved


def _when_words(
    dated: Figure | None, time: Period, figures: Sequence[Figure], wording: Wording
) -> str:
    if dated is not None:
        words = qualified_text(dated, wording)
        status = dated.status
    else:
        words, status = period_text(time, wording), figures[0].status
    if status is Status.REPORTED:
        return words
    return wording.text("figure.with_status", value=words, status=status_text(status, wording))


def _figure_words(figure: Figure, wording: Wording) -> str:
    if figure.unit is Unit.DATE:
        return label_of(figure, wording)
    return wording.text(
        "panel.figure_line", label=label_of(figure, wording), value=value_words(figure, wording)
    )


def _texts(
    flow: Flow, start: float, heading: str, figures: Sequence[str], weight: int = 700
) -> None:
    """Set the words of a lane: from its mark on where they have room, else up to the end."""
    size, label = flow.sizes.value, flow.sizes.label
    room = flow.width - start if start < flow.width / 2 else flow.width
    lines = [(line, size, weight) for line in wrap(heading, size, room, weight, 3)]
    for words in figures:
        lines += [(line, label, 400) for line in wrap(words, label, room, 400, 4)]
    block = max(text_width(line, size, weight) for line, size, weight in lines)
    x, anchor = (start, "start") if start + block <= flow.width else (flow.width, "end")
    for line, line_size, line_weight in lines:
        flow.add(Text(x, flow.y + line_size, line, line_size, Paint.INK, line_weight, anchor))
        flow.y += line_size * 1.36


def _line(flow: Flow, ticks: Sequence[Tick], y: float) -> None:
    marks = tuple(((tick.x, y - 4), (tick.x, y + 4)) for tick in ticks)
    flow.add(Stroke((((0, y), (flow.width, y)), *marks), Paint.RULE, 1))


def _mark(  # noqa: PLR0913, PLR0917  # where it is and what it is
    flow: Flow, start: float, end: float, y: float, dated: Figure | None, figures: Sequence[Figure]
) -> None:
    qualifier = dated.qualifier if dated else Qualifier.EXACT
    status = dated.status if dated else figures[0].status
    look = BarLook(Paint.MARK, qualifier, status)
    if qualifier is Qualifier.ABOUT:  # soft at both ends
        middle = (start + end) / 2
        flow.add(*bar(middle, max(start, min(FADE, middle)), y, _MARK, look))
        flow.add(*bar(middle, end, y, _MARK, look))
    elif qualifier in {Qualifier.OVER, Qualifier.AT_LEAST}:
        flow.add(*body(start, end, y, _MARK, look), *arrows(end, 1, y, _MARK, look.paint))
    elif qualifier in {Qualifier.NEARLY, Qualifier.UP_TO}:
        flow.add(*bar(start, end, y, _MARK, look))
    elif status is Status.REPORTED and _is_within(figures):
        flow.add(*body(start, end, y, _MARK, BarLook(Paint.SOFT)))
    elif status is Status.REPORTED:
        radius = _MARK / 2 if end - start <= _LEAST else 2
        flow.add(Rect(start, y, end - start, _MARK, Paint.MARK, radius=radius))
    else:
        flow.add(*body(start, end, y, _MARK, look))


def _is_within(figures: Sequence[Figure]) -> bool:
    """Whether something fell within a month, quarter or year, and did not last that long."""
    return time_of(figures[0]).kind not in {PeriodKind.DAY, PeriodKind.SPAN}


def _undated(flow: Flow, heading: str, figures: Sequence[str]) -> None:
    _texts(flow, 0, capitalised(heading), figures)
    y = flow.y + 8
    flow.add(Stroke((((0, y), (flow.width, y)),), Paint.INK, 1.2, dash=(2, 5)))
    flow.y = y + 6
