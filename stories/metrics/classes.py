"""Put the values of a metric into classes: one scale for all its periods.

Natural breaks are mapclassify's, which is imported here alone, and only for these: with
scikit-learn and scipy it takes some seconds and a hundred megabytes of each process. Quantiles and
equal intervals are exact in decimals; the tests hold them to mapclassify's.
"""

from __future__ import annotations

import warnings
from bisect import bisect_right
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from statistics import quantiles
from threading import Lock
from typing import TYPE_CHECKING

from stories.model.metric import Classing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stories.metrics.series import Cell, MetricSeries
    from stories.model.metric import MetricClasses

_SAMPLE = 300
"""Values from which natural breaks are found; the time grows with the square of their number."""
_EQUAL_SLACK = Decimal("0.1")
"""How far, in widths of a class, the edge of an equal interval may be rounded."""
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class Classification:
    """Classes of values, each from its lower edge up to, but without, its upper one."""

    edges: tuple[Decimal, ...] = ()
    """Ascending, one more than there are classes. The first is the lowest value, the last the
    highest, which belongs to the last class; given edges may lie beyond both."""
    step: Decimal = Decimal(1)
    """The least difference between two values as they are shown."""
    is_open: bool = False
    """Whether the first and the last class reach on without end: those of given edges."""

    @property
    def n(self) -> int:
        """How many classes there are."""
        return max(len(self.edges) - 1, 0)

    @property
    def ranges(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """The lowest and the highest number that each class can hold, both included."""
        lower, upper = self.edges[:-1], self.edges[1:]
        last = self.n - 1
        return tuple(
            (low, high if at == last else high - self.step)
            for at, (low, high) in enumerate(zip(lower, upper, strict=True))
        )

    def index(self, value: Decimal) -> int:
        """Return the class of a value, counted from 0."""
        return min(max(bisect_right(self.edges, value) - 1, 0), max(self.n - 1, 0))

    def counts(self, cells: Mapping[str, Cell]) -> tuple[int, ...]:
        """Return how many of `cells` lie in each class."""
        found = [0] * self.n
        for cell in cells.values():
            found[self.index(cell.value)] += 1
        return tuple(found)


def classify(series: MetricSeries) -> Classification:
    """Return the classes of a metric, over all its periods.

    Equal values share a class. There are fewer classes than asked for where there are fewer
    different values, or where breaks coincide. Edges are values, or rounded to fewer digits where
    no value lies in between.
    """
    return series.classes


def classification(
    values: Sequence[Decimal], classes: MetricClasses, decimals: int
) -> Classification:
    """Return the classes of `values`, which ascend and have at most so many decimals."""
    step = Decimal(1).scaleb(-decimals)
    if not values:
        return Classification(step=step)
    if classes.by is Classing.GIVEN:
        return _given(values, classes.edges, step)
    distinct = list(dict.fromkeys(values))
    low, high = values[0], values[-1]
    if len(distinct) <= classes.number:
        inner = distinct[1:]
    else:
        inner = _rounded(_breaks(values, classes), distinct, classes, step)
    return Classification((low, *inner, high), step)


def _given(values: Sequence[Decimal], edges: tuple[Decimal, ...], step: Decimal) -> Classification:
    """Keep to the given edges, so that the first and the last class are never of no width."""
    low = min(values[0], edges[0] - step)
    high = max(values[-1], edges[-1])
    return Classification((low, *edges, high), step, is_open=True)


def _breaks(values: Sequence[Decimal], classes: MetricClasses) -> list[Decimal]:
    """Return the upper end of each class but the last; a value on it belongs below."""
    number = classes.number
    if classes.by is Classing.NATURAL_BREAKS:
        return _natural_breaks(values, number)
    if classes.by is Classing.QUANTILES:
        return quantiles(values, n=number, method="inclusive")
    low, high = values[0], values[-1]
    return [low + (high - low) * at / number for at in range(1, number)]


def _natural_breaks(values: Sequence[Decimal], number: int) -> list[Decimal]:
    """Return Fisher's and Jenks's breaks, the same at each call; k-means would start at random."""
    by_float = {float(each): each for each in values}
    with _LOCK, warnings.catch_warnings():  # what is warned of is set for the whole process
        warnings.simplefilter("ignore")  # of ties, and of numba, which is not needed
        import mapclassify  # noqa: PLC0415  # heavy, see above

        found = mapclassify.FisherJenks(_sample([float(each) for each in values]), k=number)
    return [by_float[float(each)] for each in sorted(set(found.bins))[:-1]]


def _sample(numbers: list[float]) -> list[float]:
    """Return so many values at even ranks, the lowest and the highest among them."""
    last = len(numbers) - 1
    if last < _SAMPLE:
        return numbers
    return [numbers[at * last // (_SAMPLE - 1)] for at in range(_SAMPLE)]


def _rounded(
    breaks: list[Decimal], distinct: list[Decimal], classes: MetricClasses, step: Decimal
) -> list[Decimal]:
    """Return an edge for each break: as round as may be, with the same values on either side."""
    width = (distinct[-1] - distinct[0]) / classes.number
    edges = set()
    for each in breaks:
        at = bisect_right(distinct, each)
        if not 0 < at < len(distinct):
            continue
        below, upto = distinct[at - 1], distinct[at]
        wanted, slack = (below + upto) / 2, upto - below
        if classes.by is Classing.EQUAL:
            wanted, slack = min(max(each, below + step), upto), width * _EQUAL_SLACK
        edges.add(_roundest(below, upto, wanted, slack, step))
    return sorted(edges)


def _roundest(
    below: Decimal, upto: Decimal, wanted: Decimal, slack: Decimal, step: Decimal
) -> Decimal:
    """Return the number with the fewest digits in (`below`, `upto`] and near to `wanted`."""
    unit = Decimal(1).scaleb(max(upto.adjusted(), below.adjusted()) + 1)
    while unit > step:
        around = {
            (wanted / unit).to_integral_value(rounding) * unit
            for rounding in (ROUND_FLOOR, ROUND_CEILING)
        }
        near = [each for each in around if below < each <= upto and abs(each - wanted) <= slack]
        if near:
            return min(near, key=lambda each: (abs(each - wanted), each)).quantize(step)
        unit /= 10
    nearest = (wanted / step).to_integral_value() * step
    return nearest if below < nearest <= upto else upto
