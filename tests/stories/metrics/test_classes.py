"""Classes are honest: equal values share one, edges part nothing that belongs together."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import mapclassify
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from stories.metrics import Cell, Classification, classify
from stories.metrics.classes import classification
from stories.model.metric import Classing, MetricClasses
from tests.conftest import DEQING
from tests.support.metrics import series_of

if TYPE_CHECKING:
    from collections.abc import Callable

BY = [Classing.QUANTILES, Classing.NATURAL_BREAKS, Classing.EQUAL]


@st.composite
def numbers(draw: st.DrawFn) -> tuple[list[Decimal], int]:
    """Draw values as they are shown, many of them the same, and their number of decimals."""
    decimals = draw(st.integers(0, 3))
    most = draw(st.sampled_from([3, 50, 10**9]))
    whole = st.integers(-most, most)
    drawn = draw(st.lists(whole, min_size=1, max_size=60))
    return sorted(Decimal(each).scaleb(-decimals) for each in drawn), decimals


@given(numbers(), st.sampled_from(BY), st.integers(2, 7))
@example(([Decimal(5)], 0), Classing.QUANTILES, 5)
@example(([Decimal(5)] * 40, 0), Classing.NATURAL_BREAKS, 5)
@example(([Decimal(0)] * 30 + [Decimal(1)], 0), Classing.EQUAL, 7)
@example(([Decimal(0)] * 3 + [Decimal(1), Decimal(2), Decimal(10**9)], 0), Classing.EQUAL, 5)
@example(([Decimal(each) for each in (-9, -9, -4, 0, 3, 3, 3, 8)], 0), Classing.QUANTILES, 4)
def test_classes_of_any_values(drawn: tuple[list[Decimal], int], by: Classing, n: int) -> None:
    values, decimals = drawn
    found = classification(values, MetricClasses(by=by, number=n), decimals)
    distinct = sorted(set(values))
    assert found.edges[0] == values[0]
    assert found.edges[-1] == values[-1]
    assert 1 <= found.n <= min(n, len(distinct))
    assert all(one < other for one, other in pairwise(found.edges[:-1]))
    assert all(edge % found.step == 0 for edge in found.edges)
    if len(distinct) <= n:
        assert found.n == len(distinct)
    indexes = [found.index(value) for value in values]
    assert indexes == sorted(indexes)
    if by is not Classing.EQUAL:
        assert set(indexes) == set(range(found.n)), "no class is empty"
    for value in values:
        low, high = found.ranges[found.index(value)]
        assert low <= value <= high
    for (_, high), (low, _) in pairwise(found.ranges):
        assert high < low


@given(numbers(), st.sampled_from(BY), st.integers(2, 7))
def test_edges_part_values_where_mapclassify_parts_them(
    drawn: tuple[list[Decimal], int], by: Classing, n: int
) -> None:
    """Rounding an edge moves no value into another class."""
    values, decimals = drawn
    if len(set(values)) <= n:
        return
    found = classification(values, MetricClasses(by=by, number=n), decimals)
    kind = {
        Classing.QUANTILES: mapclassify.Quantiles,
        Classing.EQUAL: mapclassify.EqualInterval,
        Classing.NATURAL_BREAKS: mapclassify.FisherJenks,
    }[by]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of ties, and of numba
        theirs = kind([float(each) for each in values], k=n)
    near = [abs(float(value) - edge) for value in values for edge in theirs.bins[:-1]]
    # Between floats: a value that its break meets up to the last digit may fall on either side.
    assume(not any(0 < each < 1e-9 * max(1, abs(theirs.bins[-1])) for each in near))
    assert parts(values, lambda value: sum(float(value) > edge for edge in theirs.bins[:-1])) == (
        parts(values, found.index)
    )


def parts(values: list[Decimal], place: Callable[[Decimal], int]) -> list[set[Decimal]]:
    groups: dict[int, set[Decimal]] = {}
    for value in values:
        groups.setdefault(place(value), set()).add(value)
    return [groups[key] for key in sorted(groups)]


@pytest.mark.parametrize(
    ("values", "edges"),
    [
        ([5, 5, 5], (5, 5)),
        ([3, 9], (3, 9, 9)),
        ([1, 2, 3, 41, 42, 43, 97, 98, 99], (1, 20, 70, 99)),
        ([0, 1000, 2000, 3001, 3999, 6000], (0, 2000, 3500, 6000)),
        ([-12, -11, -10, 0, 1, 2, 30, 31, 32], (-12, 0, 20, 32)),
    ],
)
def test_edges_are_round(values: list[int], edges: tuple[int, ...]) -> None:
    classes = MetricClasses(number=3)
    found = classification(sorted(map(Decimal, values)), classes, 0)
    assert found.edges == tuple(map(Decimal, edges))


def test_equal_intervals_keep_to_their_width() -> None:
    values = [Decimal(each) / 100 for each in (3, 8, 1033, 2055, 2981, 4008)]
    found = classification(values, MetricClasses(by=Classing.EQUAL, number=4), 2)
    assert found.edges == tuple(map(Decimal, ("0.03", "10", "20", "30", "40.08")))


def test_given_edges_are_kept_and_open() -> None:
    classes = MetricClasses(by=Classing.GIVEN, edges=(Decimal(10), Decimal(20)))
    found = classification([Decimal(each) for each in (12, 20, 25)], classes, 0)
    assert found.is_open
    assert [found.index(Decimal(each)) for each in (9, 10, 12, 19, 20, 25)] == [0, 1, 1, 1, 2, 2]
    cells = {str(each): Cell(Decimal(each)) for each in (12, 20, 25)}
    assert found.counts(cells) == (0, 1, 2)


def test_all_periods_share_one_scale() -> None:
    series = series_of({"2020": {"a": 1, "b": 2}, "2021": {"a": 3, "b": 40, "c": 41}})
    found = classify(series)
    assert (found.edges[0], found.edges[-1]) == (Decimal(1), Decimal(41))
    counts = [sum(found.counts(series.at(period))) for period in series.periods]
    assert counts == [2, 3]


def test_without_values_there_is_no_class() -> None:
    found = classify(series_of({}))
    assert (found.n, found.edges, found.ranges, found.counts({})) == (0, (), (), ())
    assert Classification().index(Decimal(3)) == 0


def test_the_same_values_are_classed_alike_each_time() -> None:
    """Two servers of one atlas draw the same map; k-means would not."""
    values = [Decimal(each * each % 7919) for each in range(2_000)]
    classes = MetricClasses(by=Classing.NATURAL_BREAKS)
    found = {classification(sorted(values), classes, 0).edges for _ in range(3)}
    assert len(found) == 1
    assert (
        max(Counter(map(classification(sorted(values), classes, 0).index, values)).values()) < 900
    )


def test_mapclassify_is_imported_for_natural_breaks_alone() -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from serving.store.snapshot import SnapshotStore\n"
        "from stories.metrics import classify, metric_series\n"
        "held = SnapshotStore(Path(sys.argv[1])).current()\n"
        "for series in metric_series(held.atlas, held.towns).values():\n"
        "    classify(series)\n"
        "print([name for name in ('mapclassify', 'sklearn', 'scipy') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(DEQING)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
