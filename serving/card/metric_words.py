"""The words around a metric's map to take away: what, when, how much, and from whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geo.map.ink import ink_on
from geo.map.metric_still import ZERO_RADIUS
from geo.map.pens import FromTheRight, Text
from serving.card.labels import Box, place_names
from serving.card.typesetting import BOLD, REGULAR, block, fitting, font, short
from stories.metrics import Reason, classify, scale
from stories.view.metric_words import range_texts
from stories.wording import Wording
from stories.wording.metrics import amount_text, computed_text, metric_unit_text
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.map.metric_still import MetricStill, MetricStyle
    from geo.map.pens import Pen
    from stories.metrics import MetricSeries
    from stories.model.atlas import Atlas
    from stories.model.division import Division
    from stories.model.period import Period

INK, MUTED, LAND, PAPER = "#1f2d36", "#566067", "#f4f2ec", "#ffffff"
SHEET_WIDTH, SIDE, WIDTH = 1200, 56, 1088
"""Pixels from the left, and how wide words may be."""
TITLE_SIZES, TITLE_TOP, TITLE_HEIGHT = (38, 34, 30, 26), 34, 52
SUBTITLE, KEY, FOOT = 20, 17, 15
"""Sizes of words in pixels."""
KEYS_TOP, NOTES_TOP, FOOT_TOP = 744, 796, 832
SWATCH = (30, 20)
APART = 26
NAME_SIZES = (16, 13)
BELOW = 11
"""Pixels from a circle to the middle of a name below it."""
MOST_NAMES = 60
"""Where there are more divisions, none is named."""
MOST_LINES = 4
LEADING = 20


@dataclass(frozen=True)
class Sheet:
    """What the words are about."""

    atlas: Atlas
    towns: Mapping[str, Division]
    """The divisions that are drawn, by slug, as they were then."""
    series: MetricSeries
    period: Period
    lang: str
    link: str

    @property
    def wording(self) -> Wording:
        """The words of the language."""
        return Wording.of(self.atlas, self.lang)


def draw_words(pen: Pen, still: MetricStill, style: MetricStyle, sheet: Sheet) -> None:
    """Write title, names, key and source onto a map."""
    _names(pen, still, style, sheet)
    if sheet.wording.direction == "rtl":
        pen = FromTheRight(pen, SHEET_WIDTH)
    _title(pen, sheet)
    _classes(pen, still, style, sheet)
    _notes(pen, style, sheet)
    _foot(pen, sheet)


def _title(pen: Pen, sheet: Sheet) -> None:
    wording, metric, atlas = sheet.wording, sheet.series.metric, sheet.atlas
    order = wording.order
    label = metric.label.get(sheet.lang, order)
    period = period_text(sheet.period, wording)
    title = wording.text("metric.caption", label=label, period=period)
    box = fitting(
        title, TITLE_SIZES, width=WIDTH, height=TITLE_HEIGHT, weight=BOLD, lang=sheet.lang
    )
    middle = TITLE_TOP + TITLE_HEIGHT / 2
    pen.text((SIDE, middle), Text(box.lines[0], int(box.font.size), INK, is_bold=True))
    unit = wording.text("metric.unit_note", unit=metric_unit_text(metric, wording))
    line = " · ".join([atlas.place.get(sheet.lang, order), unit])
    face = font(SUBTITLE, REGULAR, sheet.lang)
    below = TITLE_TOP + TITLE_HEIGHT + SUBTITLE
    pen.text((SIDE, below), Text(short(line, face, WIDTH), SUBTITLE, MUTED))


def _names(pen: Pen, still: MetricStill, style: MetricStyle, sheet: Sheet) -> None:
    """Write the names of divisions where there is room, in an ink that stands out."""
    if len(sheet.towns) > MOST_NAMES:
        return
    faces = [font(size, REGULAR, sheet.lang) for size in NAME_SIZES]
    said = {slug: _short_name(town, sheet) for slug, town in sheet.towns.items()}
    places = place_names(
        {slug: _point(slug, faces[0].getlength(name), still) for slug, name in said.items()},
        {
            slug: [(face.getlength(name) + 6, face.size * 1.2) for face in faces]
            for slug, name in said.items()
        },
        Box(8, TITLE_TOP + TITLE_HEIGHT + 2 * SUBTITLE, SHEET_WIDTH - 8, KEYS_TOP - 20),
    )
    for slug, (form, box) in places.items():
        ground = _ground(slug, box.right - box.left, still, style)
        at = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        ink = ink_on(ground) if ground else INK
        pen.text(at, Text(said[slug], NAME_SIZES[form], ink, "middle", halo=ground or LAND))


def _point(slug: str, width: float, still: MetricStill) -> tuple[float, float]:
    """Return where a name belongs: on its circle, or below one that is less wide."""
    x, y = still.middle(slug)
    radius = still.radius(slug)
    return (x, y + radius + BELOW) if 0 < 2 * radius < width else (x, y)


def _ground(slug: str, width: float, still: MetricStill, style: MetricStyle) -> str | None:
    """Return the colour of a class that a name stands on, if it does on one."""
    if slug in style.fills:
        return style.fills[slug]
    circle = style.circles.get(slug)
    return circle.colour if circle and 2 * still.radius(slug) >= width else None


def _short_name(town: Division, sheet: Sheet) -> str:
    name = town.name(sheet.lang, sheet.wording.order)
    kinds = sheet.wording.section("kinds").values()
    kind = next((each for each in kinds if name.endswith(each) and name != each), "")
    return name.removesuffix(kind).strip()


def _classes(pen: Pen, still: MetricStill, style: MetricStyle, sheet: Sheet) -> None:
    """Draw the key: each class with its colour, and for circles two sizes."""
    metric, classes = sheet.series.metric, classify(sheet.series)
    x = float(SIDE)
    face = font(KEY, REGULAR, sheet.lang)
    said = range_texts(sheet.wording, sheet.series, classes)
    for colour, words in zip(scale(classes, metric.better).light, said, strict=True):
        swatch = shapely.box(x, KEYS_TOP - SWATCH[1] / 2, x + SWATCH[0], KEYS_TOP + SWATCH[1] / 2)
        pen.area(swatch, colour)
        pen.lines([shapely.boundary(swatch)], MUTED, 1)
        pen.text((x + SWATCH[0] + 8, KEYS_TOP), Text(words, KEY, INK))
        x += SWATCH[0] + 8 + face.getlength(words) + APART
    if style.circles:
        _sizes(pen, still, x, sheet)


def _sizes(pen: Pen, still: MetricStill, x: float, sheet: Sheet) -> None:
    """Draw circles of the largest value and of a quarter of it."""
    metric, wording = sheet.series.metric, sheet.wording
    largest = sheet.series.values[-1]
    if largest <= 0:
        return
    face = font(KEY, REGULAR, sheet.lang)
    for value in (largest, round(largest / 4, metric.decimals)):
        part = float(value / largest)
        radius = part**0.5 * still.largest or ZERO_RADIUS
        pen.circle((x + radius, KEYS_TOP), radius, PAPER, INK)
        words = amount_text(value, metric, wording)
        pen.text((x + 2 * radius + 8, KEYS_TOP), Text(words, KEY, INK))
        x += 2 * radius + 8 + face.getlength(words) + APART


def _notes(pen: Pen, style: MetricStyle, sheet: Sheet) -> None:
    """Say what hatches, dots and dashes mean, where there are any, and what the lines are."""
    wording, x = sheet.wording, float(SIDE)
    face = font(FOOT, REGULAR, sheet.lang)

    def swatch(at: float) -> shapely.Geometry:
        return shapely.box(at, NOTES_TOP - 8, at + SWATCH[0], NOTES_TOP + 8)

    def say(words: str) -> None:
        nonlocal x
        pen.text((x + SWATCH[0] + 8, NOTES_TOP), Text(words, FOOT, INK))
        x += SWATCH[0] + 8 + face.getlength(words) + APART

    if style.hatched:
        pen.area(swatch(x), LAND)
        pen.hatch(swatch(x), style.hatch)
        pen.lines([shapely.boundary(swatch(x))], MUTED, 1)
        say(wording.text("metric.no_value"))
    uncertain = any(each.is_uncertain for each in style.circles.values())
    if style.dots:
        pen.area(swatch(x), PAPER)
        pen.dot(swatch(x), INK)
        pen.lines([shapely.boundary(swatch(x))], MUTED, 1)
    elif uncertain:
        pen.circle((x + SWATCH[0] / 2, NOTES_TOP), 9, PAPER, INK, dashed=True)
    if style.dots or uncertain:
        say(wording.text("metric.uncertain"))
    lines = wording.section("map")  # what the map itself calls them
    statuses = dict.fromkeys(town.boundary_status for town in sheet.towns.values())
    for status in sorted(statuses):
        line = shapely.linestrings([(x, NOTES_TOP), (x + SWATCH[0], NOTES_TOP)])
        pen.lines([line], style.line, 1.6, dashed=status != "published")
        say(lines[status])


def _foot(pen: Pen, sheet: Sheet) -> None:
    """Say who published the numbers, or how they were computed, and where the page is."""
    face = font(FOOT, REGULAR, sheet.lang)
    lines = [line for each in _sources(sheet) for line in block(each, face, WIDTH, 2).lines]
    lines = lines[:MOST_LINES]
    if sheet.link:
        lines.append(short(sheet.link, face, WIDTH))
    for place, line in enumerate(lines):
        pen.text((SIDE, FOOT_TOP + place * LEADING), Text(line, FOOT, MUTED))


def _sources(sheet: Sheet) -> list[str]:
    metric, wording, atlas = sheet.series.metric, sheet.wording, sheet.atlas
    said = []
    if metric.source:
        source = metric.source.get(sheet.lang, wording.order)
        said.append(wording.text("metric.source", source=source))
    if metric.computed:
        base = atlas.metric(metric.computed.base)
        label = base.label.get(sheet.lang, wording.order) if base else ""
        said.append(computed_text(metric.computed, label, wording))
        if base and base.source and not metric.source:
            source = base.source.get(sheet.lang, wording.order)
            said.append(wording.text("metric.source", source=source))
    cells = sheet.series.at(sheet.period).values()
    if any(Reason.BOUNDARY in cell.uncertain for cell in cells):
        said.append(wording.text("metric.uncertain_note"))
    return said
