"""What other sites show of a link: words and picture of what it asks for.

That is a scene, a metric in a period, or the boundaries of a date; else the town or the atlas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from serving.card.metric import SHEET_SIZE
from stories.markdown import read_body
from stories.view.address import View
from stories.view.dates import day, line_words, shown_words
from stories.view.metric_words import absence_text, label_of, source_lines
from stories.view.scenes import cue_words
from stories.view.still import STILL_SIZE
from stories.wording.metrics import metric_value_text
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from serving.http.public_url import PublicUrl
    from stories.metrics import MetricSeries
    from stories.model.atlas import Period, Scene, Story
    from stories.view.context import ViewContext

LONGEST_DESCRIPTION = 300
_BETWEEN = " · "


@dataclass(frozen=True)
class Preview:
    """Title, words and picture of a link."""

    title: str
    description: str
    picture: str
    """Full address of the picture."""
    size: tuple[int, int]
    """Of the picture, in pixels."""
    alt: str
    """What the picture shows."""
    view: View
    """What it is of, and nothing else that the address asks for: what is shared leads there."""


def special_preview(context: ViewContext, base: PublicUrl) -> Preview | None:
    """Return the preview of the scene, metric or boundaries that an address asks for, if it does.

    Of several the scene comes first, as on the map, and then the metric.
    """
    story = context.atlas.story(context.view.town)
    scene = story.scene(context.view.scene) if story else None
    if story and scene:
        return _of_scene(context, base, story, scene)
    if context.metric and context.period:
        return _of_metric(context, base, context.metric, context.period)
    return _of_dates(context, base) if context.view.dates else None


def shortened(words: str) -> str:
    """Return words on one line, no longer than a description may be."""
    line = " ".join(words.split())
    short = len(line) <= LONGEST_DESCRIPTION
    return line if short else line[: LONGEST_DESCRIPTION - 1].rstrip() + "…"


def plain_view(context: ViewContext) -> View:
    """Return the view of the town, or of the atlas, in the page's language."""
    return View(atlas=context.view.atlas, town=context.view.town, lang=context.lang)


def _of_scene(context: ViewContext, base: PublicUrl, story: Story, scene: Scene) -> Preview:
    """Take the story's headline, and the beginning of the scene's passage."""
    text = story.text(context.lang, context.order)
    parts = read_body(text.body_markdown).parts
    passage = next((part.html().striptags() for part in parts if part.scene == scene.id), "")
    name = f"{base.folder}{story.town}.{scene.id}"
    return Preview(
        title=text.headline,
        description=shortened(passage or text.lead),
        picture=f"{base.url}scene/{name}.png",
        size=STILL_SIZE,
        alt=cue_words(context, story, scene, is_still=True),
        view=plain_view(context).changed(scene=scene.id),
    )


def _of_metric(
    context: ViewContext, base: PublicUrl, series: MetricSeries, period: Period
) -> Preview:
    """Name metric and period, and say the value of the town that is chosen."""
    metric, town, wording = series.metric, context.view.town, context.wording
    when = period_text(period, wording)
    label = wording.text("graphic.label_when", label=label_of(context, metric), when=when)
    said = list(source_lines(context, series))
    if town:
        cell = series.at(period).get(town)
        value = (
            metric_value_text(cell.value, metric, wording, cell.qualifier, cell.status)
            if cell
            else absence_text(context, series, period, town)
        )
        name = context.town_name(town)
        said.insert(0, wording.text("panel.figure_line", label=name, value=value))
    return Preview(
        title=_of_place(context, label),
        description=shortened(_BETWEEN.join(said)),
        picture=f"{base.url}metric/{base.folder}{metric.id}.{period.in_names}.{context.lang}.png",
        size=SHEET_SIZE,
        alt=_of_county(context, label),
        view=plain_view(context).changed(metric=metric.id, period=str(period)),
    )


def _of_dates(context: ViewContext, base: PublicUrl) -> Preview:
    """Name the date of the boundaries, or the two that are compared."""
    dates = context.view.dates
    said = shown_words(context, dates, is_still=True)
    date, against = (*dates, None)[:2]
    since, until = day(context, dates[0]), day(context, dates[-1])
    title = context.wording.text("dates.title_of_date", date=since)
    if against:
        title = context.wording.text("dates.title_of_both", since=since, until=until)
    return Preview(
        title=_of_place(context, title),
        description=shortened(_BETWEEN.join([said, line_words(context, dates)])),
        picture=f"{base.url}dates/{base.folder}{'..'.join(dates)}.png",
        size=STILL_SIZE,
        alt=said,
        view=plain_view(context).changed(date=date, against=against),
    )


def _of_place(context: ViewContext, title: str) -> str:
    """Say of which town something is, or of which county."""
    town = context.view.town
    if town is None:
        return _of_county(context, title)
    return context.wording.text("ledger.of_place", place=context.town_name(town), title=title)


def _of_county(context: ViewContext, title: str) -> str:
    place = context.atlas.place.get(context.lang, context.order)
    return context.wording.text("ledger.of_place", place=place, title=title)
