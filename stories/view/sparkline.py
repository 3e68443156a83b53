"""A division's values over the periods, as a small line.

It is broken where there is no value, and where a boundary changed: what lies on both sides is not
of the same place. It is drawn with the borders of plain elements, since Streamlit takes SVG out of
HTML; so it is in the text's colour everywhere, on paper and in colours of the reader's own too.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING

from stories.view.metric_words import label_of, runs
from stories.wording.metrics import measured_text
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from stories.metrics import MetricSeries
    from stories.model.atlas import Period
    from stories.view.context import ViewContext

WIDTH, HEIGHT, ROOM = 132, 36, 5
"""Of the drawing, and around it for its points, in pixels."""


@dataclass(frozen=True)
class Point:
    """A value of the line."""

    x: float
    y: float
    at: int
    """Number of its period."""
    now: bool
    """Whether it is the one that the words beside it are about."""


@dataclass(frozen=True)
class Segment:
    """A straight piece of the line."""

    x: float
    y: float
    length: float
    angle: float
    """Degrees by which it is turned around its beginning, clockwise."""


@dataclass(frozen=True)
class Sparkline:
    """A line, ready to be drawn."""

    width: int
    height: int
    segments: tuple[Segment, ...]
    """Between values that can be compared."""
    points: tuple[Point, ...]
    words: str
    """The same in words."""


def sparkline(
    context: ViewContext, series: MetricSeries, slug: str, shown: Period | None
) -> Sparkline | None:
    """Return a division's line; none of fewer than two values."""
    parted = runs(context, series, slug)
    periods = [each for run in parted for each in run]
    if len(periods) < 2:  # noqa: PLR2004  # one value is no line
        return None
    places = _places(series, slug, periods)
    return Sparkline(
        width=WIDTH,
        height=HEIGHT,
        segments=tuple(
            _segment(places[before], places[after])
            for run in parted
            for before, after in pairwise(run)
        ),
        points=tuple(
            Point(*places[each], series.periods.index(each), each == shown) for each in periods
        ),
        words=_words(context, series, slug, periods),
    )


def _segment(before: tuple[float, float], after: tuple[float, float]) -> Segment:
    across, down = after[0] - before[0], after[1] - before[1]
    length, angle = hypot(across, down), degrees(atan2(down, across))
    return Segment(*before, round(length, 1), round(angle, 1))


def _places(
    series: MetricSeries, slug: str, periods: list[Period]
) -> dict[Period, tuple[float, float]]:
    """Place each value by the end of its period, and by its size between lowest and highest."""
    days = [each.end.toordinal() if each.end else i for i, each in enumerate(series.periods)]
    first, span = days[0], (days[-1] - days[0]) or 1
    values = [float(series.at(each)[slug].value) for each in periods]
    low, room = min(values), (max(values) - min(values)) or 1
    is_level = max(values) == low
    return {
        each: (
            round(ROOM + (WIDTH - 2 * ROOM) * (days[series.periods.index(each)] - first) / span, 1),
            round(HEIGHT / 2, 1)
            if is_level
            else round(HEIGHT - ROOM - (HEIGHT - 2 * ROOM) * (value - low) / room, 1),
        )
        for each, value in zip(periods, values, strict=True)
    }


def _words(context: ViewContext, series: MetricSeries, slug: str, periods: list[Period]) -> str:
    wording = context.wording
    values = [
        wording.text(
            "metric.line_value",
            period=period_text(each, wording),
            value=measured_text(series.at(each)[slug].value, series.metric, wording),
        )
        for each in periods
    ]
    label = label_of(context, series.metric)
    return wording.text("metric.line", label=label, values=wording.listed(values))
