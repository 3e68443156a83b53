"""Series: from the table, computed, and across a change of boundaries."""

from __future__ import annotations

from decimal import Decimal

import pytest

from stories.metrics import Absence, Reason, classify, metric_series, ranks
from stories.model.figure import Qualifier, Status
from stories.model.metric import MetricValue
from stories.model.period import Period
from tests.support.metrics import atlas_of, division, metric, series_of, value
from tests.support.work import growth, seconds

DENSITY = metric(
    id="density", kind="density", computed={"per_km2": "wells"}, decimals=2, source=None
)
CHANGE = metric(id="change", kind="index", computed={"change": "wells"}, source=None)
PERCENT = metric(
    id="percent", kind="index", source=None, decimals=1,
    computed={"change": "wells", "formula": "percent_change"},
)  # fmt: skip
AREA = metric(id="area", computed={"area": True, "period": 2023}, decimals=1, source=None)
TOWNS = {"east": division("east"), "west": division("west", boundary_status="reconstructed")}
SPLIT = [{"period": "2020-03-01/2020-09-30", "divisions": ["east", "new"], "created": ["new"]}]
WITH_NEW = {**TOWNS, "new": division("new")}


def at(year: int) -> Period:
    return Period.of(str(year))


def test_periods_stand_in_the_order_of_time() -> None:
    names = ["2023", "2021-10-31", "2020-Q1", "2022-01-01/2022-06-30", "unstated", "2019-12"]
    series = series_of({name: {"a": 1} for name in names})
    assert [str(each) for each in series.periods] == [
        "unstated", "2019-12", "2020-Q1", "2021-10-31", "2022-01-01/2022-06-30", "2023",
    ]  # fmt: skip
    assert series.period("2020-Q1") == Period.of("2020-Q1")
    assert series.period("1999") == series.period(None) == series.latest == at(2023)


def test_a_division_without_value_says_so() -> None:
    series = series_of({"2020": {"a": 1, "b": 2}, "2021": {"a": 1}})
    assert series.absent(at(2021)) == {"b": Absence.MISSING}
    assert series.absent(at(2020)) == {}
    assert series.at(None) == {}
    assert series.absent(None) == {}


def test_values_of_unknown_divisions_are_passed_over() -> None:
    atlas = atlas_of(metric(), values=(value("east", "2020", 1), value("gone", "2020", 2)))
    assert metric_series(atlas, TOWNS)["wells"].at(at(2020)).keys() == {"east"}


def test_qualifier_and_status_make_a_value_uncertain() -> None:
    values = (
        value("east", "2020", 1, qualifier="about", status="forecast"),
        value("west", "2020", 1),
    )
    cells = metric_series(atlas_of(metric(), values=values), TOWNS)["wells"].at(at(2020))
    assert cells["east"].uncertain == {Reason.QUALIFIER, Reason.STATUS}
    assert cells["west"].uncertain == frozenset()


def test_an_area_is_that_of_the_boundary() -> None:
    series = metric_series(atlas_of(AREA, values=()), TOWNS)["area"]
    assert series.periods == (at(2023),)
    cells = series.at(at(2023))
    assert [cell.value for cell in cells.values()] == [10, 10]
    assert all(cell.computed for cell in cells.values())
    assert [set(cell.uncertain) for cell in cells.values()] == [set(), {Reason.BOUNDARY}]


def test_a_division_without_area_has_no_density() -> None:
    areas = {"bare": None, "none": 0, "speck": 1e-300, "world": 1e300}
    bare = {slug: division(slug, area_km2=area) for slug, area in areas.items()}
    towns = {**TOWNS, **bare}
    values = tuple(value(slug, "2020", 5) for slug in towns)
    made = metric_series(atlas_of(metric(), DENSITY, AREA, values=values), towns)
    assert made["density"].absent(at(2020)) == dict.fromkeys(areas, Absence.MISSING)
    assert made["area"].absent(at(2023)) == dict.fromkeys(areas, Absence.MISSING)


def test_a_density_keeps_what_is_said_of_its_number() -> None:
    values = (value("west", "2020", 1, qualifier="over", status="plan", note={"en": "!"}),)
    series = metric_series(atlas_of(DENSITY, metric(), values=values), TOWNS)["density"]
    cell = series.at(at(2020))["west"]
    assert (cell.value, cell.qualifier, cell.status) == (
        Decimal("0.10"),
        Qualifier.OVER,
        Status.PLAN,
    )
    assert cell.uncertain == {Reason.QUALIFIER, Reason.STATUS, Reason.BOUNDARY}
    assert cell.note is not None


@pytest.mark.parametrize(
    ("before", "after", "difference", "percent"),
    [
        (10, 15, 5, "50.0"),
        (10, 10, 0, "0.0"),
        (3, 2, -1, "-33.3"),
        (0, 4, 4, None),
        (-2, 2, 4, None),
    ],
)
def test_changes(before: int, after: int, difference: int, percent: str | None) -> None:
    values = (value("east", "2020", before), value("east", "2021", after))
    made = metric_series(atlas_of(metric(), CHANGE, PERCENT, values=values), TOWNS)
    assert made["change"].at(at(2021))["east"].value == difference
    assert made["change"].since == {at(2021): at(2020)}
    found = made["percent"].at(at(2021)).get("east")
    assert (found and str(found.value)) == percent


def test_a_small_loss_is_shown_as_none_and_not_as_minus_none() -> None:
    values = (value("east", "2020", 100_000), value("east", "2021", 99_999))
    made = metric_series(atlas_of(metric(), PERCENT, values=values), TOWNS)
    assert str(made["percent"].at(at(2021))["east"].value) == "0.0"


def test_a_change_is_no_firmer_than_its_numbers() -> None:
    values = (
        value("east", "2020", 5, qualifier="over"),
        value("east", "2021", 9, status="forecast"),
    )
    cell = metric_series(atlas_of(metric(), CHANGE, values=values), TOWNS)["change"].at(at(2021))
    assert (cell["east"].qualifier, cell["east"].status) == (Qualifier.ABOUT, Status.FORECAST)


def test_years_are_not_compared_with_days() -> None:
    values = tuple(value("east", each, 1) for each in ("2020", "2020-12-31", "2021"))
    made = metric_series(atlas_of(metric(), CHANGE, values=values), TOWNS)
    assert made["change"].periods == ()


def test_one_period_makes_no_change() -> None:
    made = metric_series(atlas_of(metric(), CHANGE, values=(value("east", "2020", 1),)), TOWNS)
    assert made["change"].latest is None


def test_across_a_reorganisation_nothing_is_compared() -> None:
    values = tuple(value(slug, str(year), 5) for slug in TOWNS for year in range(2018, 2023))
    values += tuple(value("new", str(year), 1) for year in range(2020, 2023))
    atlas = atlas_of(metric(), DENSITY, CHANGE, values=values, reorganisations=SPLIT)
    made = metric_series(atlas, WITH_NEW)
    changes = {period.start.year: made["change"].absent(period) for period in made["change"].periods
               if period.start}  # fmt: skip
    assert changes == {
        2019: {"new": Absence.NOT_YET},
        2020: {"east": Absence.REORGANISED, "new": Absence.NOT_YET},
        2021: {},
        2022: {},
    }
    densities = [made["density"].absent(at(year)) for year in (2018, 2019, 2020)]
    gone = {"east": Absence.REORGANISED, "new": Absence.NOT_YET}
    assert densities == [gone, gone, {}], "the area is that of today"
    assert made["wells"].absent(at(2019)) == {"new": Absence.NOT_YET}


def test_a_density_takes_the_area_of_its_time() -> None:
    """Of 2018 that of the old boundary; before that none is known, and the boundary changed."""
    areas = [
        {"since": "2018-06-30", "km2": 20, "boundary_status": "reconstructed"},
        {"since": "2020-12-31", "km2": 5, "boundary_status": "published"},
    ]
    towns = {"east": division("east", area_km2=5, areas=areas), "west": TOWNS["west"]}
    years = (2017, 2018, 2019, 2020, 2021)
    values = tuple(value(slug, str(year), 40) for slug in towns for year in years)
    atlas = atlas_of(metric(), DENSITY, values=values, reorganisations=[
        {"period": "2016-03-01", "divisions": ["west"]},
        {"period": "2018-02-01", "divisions": ["east"]},
        {"period": "2020-03-01/2020-09-30", "divisions": ["east"]},
    ])  # fmt: skip
    series = metric_series(atlas, towns)["density"]
    assert series.absent(at(2017)) == {"east": Absence.REORGANISED}
    found = [series.at(at(year))["east"] for year in years[1:]]
    assert [cell.value for cell in found] == [2, 2, 8, 8]
    assert [bool(cell.uncertain) for cell in found] == [True, True, False, False]
    assert series.at(at(2017))["west"].value == 4


def test_after_a_change_the_area_is_today_s_and_not_that_of_before() -> None:
    areas = [{"since": "2018-06-30", "km2": 20, "boundary_status": "published"}]
    towns = {"east": division("east", areas=areas)}
    values = (value("east", "2019", 40), value("east", "2021", 40))
    atlas = atlas_of(metric(), DENSITY, values=values, reorganisations=[
        {"period": "2020-03-01", "divisions": ["east"]}
    ])  # fmt: skip
    series = metric_series(atlas, towns)["density"]
    assert series.at(at(2019))["east"].value == 2
    assert series.at(at(2021))["east"].value == 4


@pytest.mark.parametrize(
    ("change", "earlier", "later", "parts"),
    [
        ("2020-05-18", "2020-05-17", "2020-05-18", True),
        ("2020-05-18", "2020-05-18", "2020-05-19", False),
        ("2020-05-18", "2019", "2020", True),
        ("2020-05-18", "2020", "2021", False),
        ("2019-11-01/2020-06-30", "2018-10-31", "2019-10-31", False),
        ("2019-11-01/2020-06-30", "2019-10-31", "2020-06-30", True),
        ("2019-11-01/2020-06-30", "2020-06-30", "2021-10-31", False),
        ("2020", "2020-03-31", "2020-06-30", True),
    ],
)
def test_when_a_reorganisation_parts_two_periods(
    change: str, earlier: str, later: str, *, parts: bool
) -> None:
    split = [{"period": change, "divisions": ["east"]}]
    values = (value("east", earlier, 1), value("east", later, 2))
    atlas = atlas_of(metric(), CHANGE, values=values, reorganisations=split)
    series = metric_series(atlas, TOWNS)["change"]
    why = series.absent(Period.of(later))
    assert (why.get("east") is Absence.REORGANISED) == parts


def test_every_county_of_china_in_six_periods() -> None:
    """The time grows with the number of values, and is small."""
    period = [Period.of(str(2018 + each)) for each in range(6)]

    def work(divisions: int) -> float:
        slugs = [f"d{each}" for each in range(divisions)]
        towns = {slug: division(slug, area_km2=5 + at % 90) for at, slug in enumerate(slugs)}
        plain = value("d0", "2018", 1)
        values = tuple(
            MetricValue.model_construct(
                _fields_set=plain.model_fields_set,
                **{**dict(plain), "division": slug, "period": each,
                   "value": Decimal(at * 7919 % 3001)},
            )
            for at, slug in enumerate(slugs)
            for each in period
        )  # fmt: skip
        natural = DENSITY.model_copy(
            update={"classes": DENSITY.classes.model_copy(update={"by": "natural_breaks"})}
        )
        atlas = atlas_of(metric(), natural, CHANGE, values=values)

        def drawn() -> None:
            for series in metric_series(atlas, towns).values():
                classify(series)
                ranks(series.at(series.latest))

        return seconds(drawn)

    classify(series_of({"2020": {str(each): each for each in range(9)}}))  # its import
    assert growth(lambda: work(723), lambda: work(2891), most=6) <= 6
