"""The files with the metrics that the map draws: ids, classes and sizes, and words apart.

A metric has a file with what is drawn, ``metric.<id>.json``, and one per language with what a
tooltip says, ``metric.<id>.<lang>.json``, which no reader waits for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from geo.files.boundary_sets import published_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

NO_CLASS = -1
"""Stands in the file for a division that has no value."""
DECIMALS = 6
"""Of sizes: a circle of a millionth of the largest is no longer seen."""


@dataclass(frozen=True)
class MapCell:
    """What the map shows of one division in one period."""

    index: int | None
    """Number of its class from 0, the lowest; none where there is no value."""
    words: Mapping[str, str]
    """The value as it is said, or why there is none, by language."""
    size: float = 0.0
    """Its part of the metric's largest value in any period, from 0 to 1: circles of such areas
    are drawn."""
    is_uncertain: bool = False
    """Whether it is drawn as uncertain."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """What else is to be said of the value, by language."""


@dataclass(frozen=True)
class MapPeriod:
    """What the map shows in one period."""

    id: str
    """The period as addresses write it."""
    names: Mapping[str, str]
    """The period in words, by language."""
    cells: Mapping[str, MapCell]
    """By slug; divisions that are left out have no value."""


@dataclass(frozen=True)
class MapMetric:
    """A metric, ready to be drawn."""

    id: str
    drawn: Literal["fill", "circle"]
    """Whether divisions are filled, or have a circle whose area is in proportion to the value."""
    labels: Mapping[str, str]
    """What is measured, as it stands before a value (``Villages:``), by language."""
    none: Mapping[str, str]
    """What is said where there is no value, by language."""
    light: tuple[str, ...]
    """Colours of the classes on a light page, as ``#rrggbb``."""
    dark: tuple[str, ...]
    """Colours of the classes on a dark page."""
    periods: tuple[MapPeriod, ...]
    """In the order of time."""

    def period(self, name: str | None) -> MapPeriod:
        """Return a period by its id, or the last one."""
        return next((each for each in self.periods if each.id == name), self.periods[-1])


def drawn_name(metric: str) -> str:
    """Name the file with what is drawn of a metric."""
    return f"metric.{metric}.json"


def words_name(metric: str, lang: str) -> str:
    """Name the file with what is said of a metric in a language."""
    return f"metric.{metric}.{lang}.json"


def write_metrics(metrics: Sequence[MapMetric]) -> Path | None:
    """Write the metrics for the map, and return the folder that holds them.

    None where there are no metrics, or no temporary file can be written.
    """
    contents: dict[str, bytes] = {}
    for metric in metrics:
        contents[drawn_name(metric.id)] = _json(_drawn(metric))
        for lang in metric.labels:
            contents[words_name(metric.id, lang)] = _json(_words(metric, lang))
    return published_files(contents) if contents else None


def _slugs(metric: MapMetric) -> list[str]:
    """Return the divisions that have a value or a word in any period, in one order for all."""
    return list(dict.fromkeys(slug for period in metric.periods for slug in period.cells))


def _drawn(metric: MapMetric) -> dict[str, object]:
    slugs = _slugs(metric)
    return {
        "id": metric.id,
        "drawn": metric.drawn,
        "light": metric.light,
        "dark": metric.dark,
        "slugs": slugs,
        "periods": [_drawn_period(period, slugs, metric.drawn) for period in metric.periods],
    }


def _drawn_period(period: MapPeriod, slugs: Sequence[str], drawn: str) -> dict[str, object]:
    cells = [period.cells.get(slug) for slug in slugs]
    written: dict[str, object] = {
        "id": period.id,
        "classes": [
            NO_CLASS if cell is None or cell.index is None else cell.index for cell in cells
        ],
        "uncertain": [i for i, cell in enumerate(cells) if cell and cell.is_uncertain],
    }
    if drawn == "circle":
        written["sizes"] = [round(cell.size, DECIMALS) if cell else 0 for cell in cells]
    return written


def _words(metric: MapMetric, lang: str) -> dict[str, object]:
    slugs = _slugs(metric)
    return {
        "label": metric.labels[lang],
        "none": metric.none[lang],
        "periods": [_said(period, slugs, lang) for period in metric.periods],
    }


def _said(period: MapPeriod, slugs: Sequence[str], lang: str) -> dict[str, object]:
    """Return what is said in a period; marks that many divisions share stand once."""
    cells = [period.cells.get(slug) for slug in slugs]
    marks = [cell.marks.get(lang, "") if cell else "" for cell in cells]
    different = list(dict.fromkeys(marks))
    return {
        "name": period.names[lang],
        "values": [cell.words.get(lang, "") if cell else "" for cell in cells],
        "marks": different,
        "marked": [different.index(mark) for mark in marks],
    }


def _json(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def metric_addresses(folder: Path | None, serve: Callable[[str, Path], str]) -> str | None:
    """Serve a folder of `write_metrics`, and return its address, with the version as its query.

    Parameters
    ----------
    folder
        Its name is its own, all of it public.
    serve
        Serves a folder under a name, and returns its address as seen from the map's frame.
    """
    if folder is None:
        return None
    return f"{serve(f'metrics_{folder.name}', folder)}?v={folder.name}"


def early_metric(folder: str | None, metric: str | None) -> list[str]:
    """Return what a map in a metric's colours needs before it is drawn, relative to the page.

    Parameters
    ----------
    folder
        Address by `metric_addresses`.
    metric
        Id of the metric, where one is chosen.
    """
    if folder is None or metric is None:
        return []
    path, _, version = folder.replace("../", "component/", 1).partition("?")
    return [f"{path}/{drawn_name(metric)}?{version}"]
