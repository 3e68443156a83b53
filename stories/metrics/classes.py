"""Put the values of a metric into classes: one scale for all its periods."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from stories.metrics.series import Cell, MetricSeries


@dataclass(frozen=True, slots=True)
class Classification:
    """Classes of values, each from its lower edge up to, but without, its upper one."""

    edges: tuple[Decimal, ...] = ()
    """Ascending, one more than there are classes. The first is no higher than the lowest value,
    the last is the highest value, which belongs to the last class."""
    step: Decimal = Decimal(1)
    """The least difference between two values as they are shown."""

    @property
    def n(self) -> int:
        """How many classes there are."""
        return max(len(self.edges) - 1, 0)

    @property
    def ranges(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """The lowest and the highest number that each class can hold, both included."""
        lower, upper = self.edges[:-1], self.edges[1:]
        return tuple(
            (low, high if high == self.edges[-1] else high - self.step)
            for low, high in zip(lower, upper, strict=True)
        )

    def index(self, value: Decimal) -> int:
        """Return the class of a value, from 0."""
        return min(max(bisect_right(self.edges, value) - 1, 0), max(self.n - 1, 0))

    def counts(self, cells: Mapping[str, Cell]) -> tuple[int, ...]:
        """Return how many of `cells` lie in each class."""
        found = [0] * self.n
        for cell in cells.values():
            found[self.index(cell.value)] += 1
        return tuple(found)


def classify(series: MetricSeries) -> Classification:
    """Return the classes of a metric, over all its periods."""
    step = Decimal(1).scaleb(-series.metric.decimals)
    values = series.values
    if not values:
        return Classification(step=step)
    low, high = values[0], values[-1]
    n = series.metric.classes.number
    edges = {low + (high - low) * at / n for at in range(n)}
    return Classification((*sorted(edges), high), step)
