"""The bundled metrics against the lists that they are counted from."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from serving.store.snapshot import SnapshotStore
from stories.metrics import Absence, Reason, classify, metric_series, summary
from tests.conftest import DEQING

if TYPE_CHECKING:
    from serving.store.snapshot import Snapshot
    from stories.metrics import MetricSeries
    from stories.model.atlas import Atlas

LISTS = Path(__file__).parents[3] / "shared" / "data" / "nbs_villages_by_year.csv"
Key = tuple[str, str]
"""A date, and a division's code."""


@pytest.fixture(scope="module")
def listed() -> dict[Key, set[tuple[str, str]]]:
    """Code and name of each village and community, by date and division."""
    if not LISTS.exists():
        pytest.skip(f"counts the lists of villages; put them at {LISTS} to run this")
    found = defaultdict(set)
    with LISTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["as_of"], row["code"][:9]].add((row["code"], row["name"]))
    return dict(found)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return SnapshotStore(DEQING).current()


@pytest.fixture(scope="module")
def series(snapshot: Snapshot) -> dict[str, MetricSeries]:
    return metric_series(snapshot.atlas, snapshot.towns)


def test_the_table_is_what_the_lists_count(
    deqing: Atlas, listed: dict[Key, set[tuple[str, str]]]
) -> None:
    written = {(str(each.period), each.division): each.value for each in deqing.metric_values}
    assert written == {key: len(villages) for key, villages in listed.items()}
    assert len({date for date, _ in written}) == 6


def test_the_reorganisation_is_in_the_lists(
    deqing: Atlas, listed: dict[Key, set[tuple[str, str]]]
) -> None:
    """Villages change hands between the two dates that it lies between, and at no other time."""
    (change,) = deqing.reorganisations
    dates = sorted({date for date, _ in listed})
    moves = {}
    for earlier, later in pairwise(dates):
        homes = [
            {_stem(name): code for (date, code), names in listed.items() if date == at
             for _, name in names}
            for at in (earlier, later)
        ]  # fmt: skip
        moved = {code for name in homes[0].keys() & homes[1].keys()
                 for code in (homes[0][name], homes[1][name])
                 if homes[0][name] != homes[1][name]}  # fmt: skip
        if moved:
            moves[earlier, later] = moved
    assert list(moves) == [("2019-10-31", "2020-06-30")]
    assert str(change.period) == "2019-11-01/2020-06-30"
    codes = {"kangqian": "330521005", "fuxi": "330521003", "xiazhuhu": "330521004",
             "qianyuan": "330521101", "moganshan": "330521115"}  # fmt: skip
    assert {codes[slug] for slug in change.divisions} == moves["2019-10-31", "2020-06-30"]


def _stem(name: str) -> str:
    for ending in ("民委员会", "委会", "居委会", "民委会", "村", "社区"):
        name = name.removesuffix(ending)
    return name


def test_every_division_has_its_numbers(series: dict[str, MetricSeries]) -> None:
    assert list(series) == ["villages", "density", "area"]
    for each in series.values():
        assert len(each.at(each.latest)) == 13
        assert each.absent(each.latest) == {}


def test_a_density_is_that_of_the_boundaries_of_its_time(
    snapshot: Snapshot, series: dict[str, MetricSeries]
) -> None:
    """Fuxi had more land and more villages before Kangqian was formed."""
    density, villages = series["density"], series["villages"]
    for period in density.periods:
        assert density.absent(period) == villages.absent(period)
    first, last = density.periods[0], density.periods[-1]
    assert density.absent(first) == {"kangqian": Absence.NOT_YET}
    then, now = (snapshot.towns["fuxi"].area_at(each.end) for each in (first, last))
    assert then
    assert now
    assert then.km2 > now.km2
    for period, area in ((first, then), (last, now)):
        exact = villages.at(period)["fuxi"].value / Decimal(str(area.km2))
        assert density.at(period)["fuxi"].value == round(exact, 2)


def test_the_area_is_marked_where_the_boundary_is_reconstructed(
    snapshot: Snapshot, series: dict[str, MetricSeries]
) -> None:
    for name in ("area", "density"):
        for slug, cell in series[name].at(series[name].latest).items():
            is_reconstructed = snapshot.towns[slug].boundary_status == "reconstructed"
            assert (Reason.BOUNDARY in cell.uncertain) == is_reconstructed
            assert cell.computed


def test_the_county_as_a_whole(series: dict[str, MetricSeries]) -> None:
    villages, density, area = series.values()
    assert summary(villages, villages.latest).total == 177
    assert summary(density, density.latest).mean == Decimal("0.19")
    assert summary(area, area.latest).total == pytest.approx(Decimal(938), abs=Decimal(1))


def test_the_map_has_classes(series: dict[str, MetricSeries]) -> None:
    found = classify(series["density"])
    assert found.n == 4
    assert sum(found.counts(series["density"].at(series["density"].latest))) == 13
