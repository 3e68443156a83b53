"""Still maps of a metric in one period: small ones side by side, and one to take away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from geo.map.fitted import Frame
from geo.map.ink import ink_on
from geo.map.metric_still import MetricStill, MetricStyle, StillCircle
from geo.map.pens import PixelPen, SvgPen
from serving.card.dates import dated_divisions, dates_of_period, towns_on
from serving.card.draw import mixed
from serving.card.metric_words import Sheet, draw_words
from serving.card.typesetting import BOLD, REGULAR, font
from serving.store.metrics import size_of
from stories.metrics import classify, scale
from stories.model.language import is_rtl
from stories.view.still import STILL_SIZE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from geo.map.pens import Pen
    from serving.card.face import Face
    from serving.store.snapshot import Snapshot
    from stories.metrics import Cell, MetricSeries
    from stories.model.period import Period

    Ending = Literal["svg", "png"]

SHEET_SIZE = (1200, 940)
SHEET_TOP, SHEET_BOTTOM, SHEET_SIDE = 150, 230, 56
"""Pixels around the map of a sheet."""
MARGIN = 12
"""Pixels around the map of a small picture."""
PAPER, LAND = "#ffffff", "#f4f2ec"


@dataclass(frozen=True)
class Asked:
    """What the name of a picture asks for."""

    series: MetricSeries
    period: Period
    lang: str | None
    """Language of a sheet; none for a small picture without words."""


def read_name(name: str, snapshot: Snapshot) -> Asked | None:
    """Read ``<metric>.<period>`` or ``<metric>.<period>.<lang>``; none where there is no such.

    A slash in a period is written ``_``.
    """
    metric, _, rest = name.partition(".")
    period, dot, lang = rest.partition(".")
    series = snapshot.series.get(metric)
    if series is None or (dot and lang not in snapshot.atlas.languages):
        return None
    asked = next((each for each in series.periods if each.in_names == period), None)
    return Asked(series, asked, lang or None) if asked else None


def metric_still(snapshot: Snapshot, asked: Asked, ending: Ending, link: str = "") -> bytes:
    """Draw a metric in one period, on the boundaries of that time where they are known.

    Parameters
    ----------
    snapshot
        The atlas and its boundaries.
    asked
        The metric, the period, and the language of the words around the map, if there are any.
    ending
        Whether SVG or PNG is returned.
    link
        Address of the page that shows the same, for the foot of a sheet.
    """
    dates = dates_of_period(snapshot, asked.period)
    towns = towns_on(snapshot, dates)
    frame, style = _frame(asked), metric_style(asked.series, asked.period, towns)
    around = snapshot.neighbours if asked.lang else None
    still = MetricStill(dated_divisions(snapshot, dates), frame, style, around)
    pen = _pen(frame, asked, snapshot, ending)
    still.draw(pen)
    if asked.lang:
        sheet = Sheet(snapshot.atlas, towns, asked.series, asked.period, asked.lang, link)
        draw_words(pen, still, style, sheet)
    return pen.finish()


def _frame(asked: Asked) -> Frame:
    if asked.lang is None:
        return Frame(STILL_SIZE, MARGIN, MARGIN, MARGIN, MARGIN)
    return Frame(SHEET_SIZE, SHEET_SIDE, SHEET_TOP, SHEET_SIDE, SHEET_BOTTOM)


def _pen(frame: Frame, asked: Asked, snapshot: Snapshot, ending: Ending) -> Pen:
    if ending == "svg":
        label = asked.series.metric.label.get(asked.lang or "", snapshot.atlas.languages)
        title, lang = f"{label}, {asked.period}", asked.lang or ""
        return SvgPen(frame.size, PAPER, title, lang, is_rtl=is_rtl(lang))

    def face(size: int, is_bold: bool) -> Face:  # noqa: FBT001  # as the pen calls it
        return font(size, BOLD if is_bold else REGULAR, asked.lang or "")

    return PixelPen(frame.size, PAPER, face)


def pixel_pen(frame: Frame) -> PixelPen:
    """Return a pen for a small picture without words."""
    return PixelPen(frame.size, PAPER, lambda size, _is_bold: font(size, REGULAR, ""))


def metric_style(series: MetricSeries, period: Period, towns: Iterable[str]) -> MetricStyle:
    """Return what divisions look like in one period of a metric.

    Parameters
    ----------
    series
        The metric.
    period
        The period.
    towns
        Slugs of all divisions that are drawn.
    """
    classes = classify(series)
    colours = scale(classes, series.metric.better)
    cells = series.at(period)

    def colour(cell: Cell) -> str:
        return colours.light[classes.index(cell.value)]

    base = MetricStyle(
        hatched=[slug for slug in towns if slug not in cells],
        land=LAND,
        hatch=colours.no_value[0],
    )
    if series.is_circles:
        circles = {
            slug: StillCircle(size_of(cell, series), colour(cell), bool(cell.uncertain))
            for slug, cell in cells.items()
        }
        return replace(base, circles=circles, fullest=_fullest(series))
    dots = {slug: ink_on(colour(cell)) for slug, cell in cells.items() if cell.uncertain}
    return replace(base, fills={slug: colour(cell) for slug, cell in cells.items()}, dots=dots)


def dimmed(style: MetricStyle, lit: Collection[str]) -> MetricStyle:
    """Let all divisions stand back but some."""
    fills = {slug: each if slug in lit else mixed(each, LAND) for slug, each in style.fills.items()}
    circles = {
        slug: each if slug in lit else replace(each, colour=mixed(each.colour, LAND))
        for slug, each in style.circles.items()
    }
    return replace(style, fills=fills, circles=circles)


def _fullest(series: MetricSeries) -> float:
    sums = (sum(size_of(each, series) for each in at.values()) for at in series.cells.values())
    return max(sums, default=0.0)
