"""Numbers of all divisions: series by period, classes, ranks and colours.

Pure functions of an atlas and its divisions; what draws them lies elsewhere.
"""

from stories.metrics.classes import Classification, classify
from stories.metrics.compute import metric_series
from stories.metrics.ranks import Rank, Summary, rank, ranks, summary
from stories.metrics.scales import Scale, scale
from stories.metrics.series import Absence, Cell, MetricSeries, Reason

__all__ = [
    "Absence",
    "Cell",
    "Classification",
    "MetricSeries",
    "Rank",
    "Reason",
    "Scale",
    "Summary",
    "classify",
    "metric_series",
    "rank",
    "ranks",
    "scale",
    "summary",
]
