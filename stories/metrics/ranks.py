"""Ranks of divisions, and the numbers of the county as a whole where they make sense."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from stories.metrics.series import Absence, Cell, MetricSeries
from stories.model.figure import Better
from stories.model.metric import MetricKind
from stories.model.period import Period


@dataclass(frozen=True, slots=True)
class Rank:
    """The place of a division among those that have a value."""

    place: int
    """From 1; divisions with the same value share it, and the next place is left out."""
    of: int
    """How many divisions have a value."""
    shared: bool
    """Whether another division has the same value."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A metric of the county as a whole in one period."""

    total: Decimal | None = None
    """Sum over the divisions, where none lacks a value; of counts alone."""
    mean: Decimal | None = None
    """Mean weighted by area, where no division lacks a value; of computed densities alone."""
    of: int = 0
    """How many divisions have a value."""
    missing: int = 0
    """How many have none, though they existed."""


def rank(cells: Mapping[str, Cell], slug: str, better: Better = Better.NONE) -> Rank | None:
    """Return the rank of one division, if it has a value; see `ranks`."""
    own = cells.get(slug)
    if own is None:
        return None
    above = sum(cell.value > own.value for cell in cells.values())
    same = sum(cell.value == own.value for cell in cells.values())
    before = len(cells) - above - same if better is Better.LOWER else above
    return Rank(before + 1, len(cells), same > 1)


def ranks(cells: Mapping[str, Cell], better: Better = Better.NONE) -> dict[str, Rank]:
    """Return the rank of each division: the highest value first, unless lower is better."""
    values = sorted(cell.value for cell in cells.values())
    found = {}
    for slug, cell in cells.items():
        below, upto = bisect_left(values, cell.value), bisect_right(values, cell.value)
        place = below + 1 if better is Better.LOWER else len(values) - upto + 1
        found[slug] = Rank(place, len(values), upto - below > 1)
    return found


def summary(series: MetricSeries, period: Period | None) -> Summary:
    """Return the number of the county as a whole in a period, where it makes sense.

    A total of counts and areas; of a density that was computed, the mean weighted by area. Shares
    and indices have neither: what they are shares of is not known here.
    """
    cells, metric = series.at(period), series.metric
    missing = sum(1 for why in series.absent(period).values() if why is not Absence.NOT_YET)
    is_change = metric.computed is not None and metric.computed.change is not None
    if missing or period is None:
        return Summary(of=len(cells), missing=missing)
    total = None
    if metric.kind is MetricKind.COUNT and cells and not is_change:
        total = sum((cell.value for cell in cells.values()), Decimal(0))
    return Summary(total, series.means.get(period), len(cells))
