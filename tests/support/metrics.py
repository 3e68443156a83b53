"""Metrics to test with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stories.metrics.compute import metric_series
from stories.model.atlas import Atlas
from stories.model.division import Division
from stories.model.metric import Metric, MetricValue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from stories.metrics import MetricSeries

ROOT: dict[str, Any] = {
    "id": "small",
    "title": {"en": "Small atlas"},
    "place": {"en": "Small County"},
    "intro": {"en": "Wells."},
    "languages": ["en"],
    "boundaries": "small",
    "themes": [{"id": "water", "label": {"en": "Water"}, "icon": "eco", "colour": "#0072B2"}],
    "source": {"title": {"en": "A report"}},
    "stories": [],
}


def metric(**keys: object) -> Metric:
    """Return a metric, a count if not said otherwise."""
    usual = {
        "id": "wells",
        "label": {"en": "Wells"},
        "unit": {"en": "wells"},
        "kind": "count",
        "source": {"en": "A list"},
    }
    return Metric.model_validate({**usual, **keys})


def division(slug: str, **keys: object) -> Division:
    """Return a division of 10 km² in a published boundary, if not said otherwise."""
    usual = {"names": {"en": slug.title()}, "area_km2": 10, "boundary_status": "published"}
    return Division.model_validate({**usual, "slug": slug, **keys})


def value(division: str, period: str, number: object, **keys: object) -> MetricValue:
    """Return a value of the metric `wells`."""
    usual = {"metric": "wells", "division": division, "period": period, "value": str(number)}
    return MetricValue.model_validate({**usual, **keys})


def atlas_of(*metrics: Metric, values: tuple[MetricValue, ...], **keys: object) -> Atlas:
    """Return an atlas with metrics."""
    atlas = Atlas.model_validate({**ROOT, **keys})
    return atlas.model_copy(update={"metrics": metrics, "metric_values": values})


def series_of(cells: Mapping[str, Mapping[str, float | Decimal]], **keys: object) -> MetricSeries:
    """Return the series of a metric with these values by period and division."""
    values = tuple(
        value(slug, period, number) for period, at in cells.items() for slug, number in at.items()
    )
    slugs = dict.fromkeys(each.division for each in values)
    towns = {slug: division(slug) for slug in slugs}
    return metric_series(atlas_of(metric(**keys), values=values), towns)["wells"]
