"""What a map that a metric colours needs beside it: which metric, its classes, its periods."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup

from stories.metrics import classify, scale
from stories.view.metric_words import label_of, range_texts, source_lines, unit_of
from stories.view.render import render
from stories.view.still import STILL_SIZE
from stories.wording.periods import period_text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from stories.metrics import Classification, MetricSeries
    from stories.model.atlas import Period
    from stories.view.context import ViewContext


@dataclass(frozen=True)
class LegendClass:
    """A class of the legend, or what has none."""

    words: str
    counts: tuple[str, ...]
    """How many divisions it has, by period."""
    hint: str = ""
    """What its button does."""
    part: float = 0
    """Radius of the circle of its highest value, as a part of that of the metric's largest one."""


def metrics_html(context: ViewContext) -> str:
    """Draw the choice of a metric; nothing where the atlas has none."""
    if not context.metrics:
        return ""
    text = context.wording.text
    return _render(
        context,
        "metric_choice.html",
        choose=text("metric.choose"),
        label=text("metric.choose_label"),
        entries=choice_entries(context),
    )


def choice_entries(context: ViewContext) -> list[dict[str, Any]]:
    """Return what can colour the map: the themes, and each metric in its last period."""
    entries = [("", context.wording.text("metric.by_theme"))]
    entries += [(name, label_of(context, each.metric)) for name, each in context.metrics.items()]
    return [
        {
            "id": name,
            "label": label,
            "address": metric_address(context, name or None),
            "chosen": (context.view.metric or "") == name,
        }
        for name, label in entries
    ]


def metric_address(context: ViewContext, metric: str | None, period: str | None = None) -> str:
    """Return the address of the present view with a metric, or with none."""
    return context.address_with(metric=metric, period=period)


def metric_bar_html(context: ViewContext, *, static: bool = False, brief: bool = False) -> str:
    """Draw the legend of the chosen metric, and the slider through its periods.

    Parameters
    ----------
    context
        The reader's view.
    static
        Whether no script runs: then links lead to the periods, and a still map stands with it.
    brief
        Whether there is nothing to choose: the classes alone.
    """
    series = context.metric
    if series is None or context.period is None:
        return ""
    at = series.periods.index(context.period)
    words = [period_text(each, context.wording) for each in series.periods]
    label = label_of(context, series.metric)
    return _render(
        context,
        "metric_bar.html",
        static=static,
        brief=brief,
        metric=series.metric.id,
        label=label,
        legend=context.wording.text("metric.legend", label=label),
        unit=unit_of(context, series.metric),
        at=at,
        words=words,
        periods=compact_json(
            [{"id": str(each), "words": words[i]} for i, each in enumerate(series.periods)]
        ),
        links=_period_links(context, series, words) if static and not brief else [],
        off=context.wording.text("metric.off"),
        off_address=metric_address(context, None),
        play=compact_json(_play_words(context)),
        period_label=context.wording.text("metric.period"),
        still=still_map(context, series, context.period) if static and not brief else None,
        source=list(source_lines(context, series)),
        **_legend(context, series),
    )


def scene_legend_html(context: ViewContext, metric: str, period: str | None) -> Markup:
    """Draw the legend of the metric that a scene shows, which stands with its passage."""
    view = context.view.changed(metric=metric).changed(period=period)
    shown = replace(context, view=view)
    return Markup(metric_bar_html(shown, static=True, brief=True))  # noqa: S704  # escaped by its template


def _play_words(context: ViewContext) -> dict[str, str]:
    text = context.wording.text
    return {
        "play": text("metric.play"),
        "pause": text("metric.pause"),
        "step": text("metric.step"),
    }


def _legend(context: ViewContext, series: MetricSeries) -> dict[str, Any]:
    classes, text = classify(series), context.wording.text
    colours = scale(classes, series.metric.better)
    tones = [
        f"--light-{i}:{light};--dark-{i}:{dark}"
        for i, (light, dark) in enumerate(zip(colours.light, colours.dark, strict=True))
    ]
    entries, no_value, uncertain = _entries(context, series, classes)
    return {
        "tones": ";".join(tones),
        "is_circles": series.is_circles,
        "scale": text("metric.circles_scale", times="{times}") if series.is_circles else "",
        "in_proportion": text("metric.circles_in_proportion"),
        "classes": entries,
        "no_value": no_value,
        "uncertain": uncertain,
        "uncertain_note": text("metric.uncertain_note") if uncertain else "",
        "heading": text("metric.classes"),
        "divisions": text("metric.divisions"),
    }


def _entries(
    context: ViewContext, series: MetricSeries, classes: Classification
) -> tuple[list[LegendClass], LegendClass | None, LegendClass | None]:
    """Return the classes, what has no value, and what is uncertain, where there is such a thing."""
    text, number = context.wording.text, context.wording.number
    cells = [series.at(each) for each in series.periods]
    counts = [classes.counts(each) for each in cells]
    largest = series.values[-1] if series.is_circles else 0
    entries = [
        LegendClass(
            words,
            tuple(number(each[i]) for each in counts),
            text("metric.class_hint", range=words),
            round(float(min(high, largest) / largest) ** 0.5, 4) if largest else 0,
        )
        for i, (words, (_, high)) in enumerate(
            zip(range_texts(context.wording, series, classes), classes.ranges, strict=True)
        )
    ]
    missing = [
        sum(slug not in at for slug in _drawn(context, period))
        for period, at in zip(series.periods, cells, strict=True)
    ]
    doubtful = [sum(bool(cell.uncertain) for cell in each.values()) for each in cells]

    def further(key: str, found: Sequence[int]) -> LegendClass | None:
        if not any(found):
            return None
        hint = text("metric.class_hint", range=text(key))
        return LegendClass(text(key), tuple(map(number, found)), hint)

    return entries, further("metric.no_value", missing), further("metric.uncertain", doubtful)


def _drawn(context: ViewContext, period: Period) -> Collection[str]:
    """Return the divisions that the map has in a period, on the boundaries of that time."""
    date = context.history.date_of(period)
    return context.history.divisions[date] if date else context.towns


def _period_links(
    context: ViewContext, series: MetricSeries, words: Sequence[str]
) -> list[dict[str, Any]]:
    return [
        {
            "words": words[i],
            "address": metric_address(context, series.metric.id, str(each)),
            "chosen": each == context.period,
        }
        for i, each in enumerate(series.periods)
    ]


def still_map(context: ViewContext, series: MetricSeries, period: Period) -> dict[str, Any] | None:
    """Return the still map of a metric in a period; none where none can be had."""
    name = quote(f"{series.metric.id}.{period.in_names}", safe="")
    address = context.addresses.beside(f"metric/{context.folder}{name}.png")
    if address is None:
        return None
    words = period_text(period, context.wording)
    return {
        "address": address,
        "width": STILL_SIZE[0],
        "height": STILL_SIZE[1],
        "words": words,
        "alt": context.wording.text(
            "metric.map_of", label=label_of(context, series.metric), period=words
        ),
    }


def compact_json(value: object) -> str:
    """Write what the page's script reads."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _render(context: ViewContext, template: str, **values: object) -> str:
    return render(
        "stories.view",
        template,
        lang=context.lang,
        direction=context.wording.direction,
        **values,
    )
