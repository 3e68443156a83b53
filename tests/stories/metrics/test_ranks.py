"""Ranks and numbers of the county as a whole."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.metrics import Cell, metric_series, rank, ranks, summary
from stories.model.figure import Better
from tests.support.metrics import atlas_of, division, metric, series_of, value

CELLS = st.dictionaries(
    st.sampled_from([f"d{each}" for each in range(30)]),
    st.decimals(-50, 50, places=1).map(Cell) | st.integers(-3, 3).map(lambda n: Cell(Decimal(n))),
)


@given(CELLS, st.sampled_from(Better))
def test_ranks_of_any_values(cells: dict[str, Cell], better: Better) -> None:
    found = ranks(cells, better)
    assert found.keys() == cells.keys()
    values = [cell.value for cell in cells.values()]
    for slug, each in found.items():
        own = cells[slug].value
        ahead = [one for one in values if (one < own if better is Better.LOWER else one > own)]
        assert each.place == len(ahead) + 1
        assert each.shared == (values.count(own) > 1)
        assert each.of == len(cells)
        assert rank(cells, slug, better) == each
    assert min((each.place for each in found.values()), default=1) == 1


def test_a_division_without_value_has_no_rank() -> None:
    assert rank({"a": Cell(Decimal(1))}, "b") is None
    assert rank({}, "b") is None


def test_equal_values_share_a_place_and_the_next_is_left_out() -> None:
    cells = {slug: Cell(Decimal(n)) for slug, n in (("a", 9), ("b", 9), ("c", 4), ("d", -1))}
    assert [each.place for each in ranks(cells).values()] == [1, 1, 3, 4]
    assert [each.place for each in ranks(cells, Better.LOWER).values()] == [3, 3, 2, 1]


def test_values_are_ranked_as_they_are_shown() -> None:
    series = series_of({"2020": {"a": Decimal("1.04"), "b": Decimal("0.96")}}, decimals=1)
    assert [each.shared for each in ranks(series.at(series.latest)).values()] == [True, True]


@pytest.mark.parametrize(("kind", "total"), [("count", 5), ("share", None), ("index", None)])
def test_only_counts_have_a_total(kind: str, total: int | None) -> None:
    series = series_of({"2020": {"a": 2, "b": 3}}, kind=kind)
    assert summary(series, series.latest).total == total


def test_no_total_of_a_part_of_the_county() -> None:
    series = series_of({"2020": {"a": 2, "b": 3}, "2021": {"a": 2}})
    found = [summary(series, period) for period in series.periods]
    assert [each.total for each in found] == [5, None]
    assert (found[1].of, found[1].missing) == (1, 1)


def test_a_computed_density_has_the_mean_of_the_ground() -> None:
    density = metric(id="density", kind="density", computed={"per_km2": "wells"}, decimals=2)
    towns = {"a": division("a", area_km2=1), "b": division("b", area_km2=99)}
    values = (value("a", "2020", 100), value("b", "2020", 0))
    series = metric_series(atlas_of(metric(), density, values=values), towns)["density"]
    found = summary(series, series.latest)
    assert found.mean == 1
    assert found.total is None
