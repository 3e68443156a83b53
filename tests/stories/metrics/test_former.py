"""Values of divisions that are no more: in totals, and in nobody else's change."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from stories.files.metrics import division_names, with_slugs
from stories.metrics import Absence, metric_series
from stories.model.history import BoundaryHistory
from stories.model.period import Period
from tests.support.dated import AFTER, BEFORE, CHANGES, DATES
from tests.support.metrics import atlas_of, division, metric, value

TODAY = {slug: division(slug) for slug in AFTER}
CODES = {"old": "1", "east": "2", "west": "3", "new": "4"}
HISTORY = BoundaryHistory(
    DATES,
    {
        date: {
            slug: division(slug, code=CODES[slug], area_km2=20)
            for slug in (BEFORE if date <= DATES[1] else AFTER)
        }
        for date in DATES
    },
    CHANGES,
)
YEARS = ("2018", "2019", "2020", "2021", "2022")
NUMBERS = st.dictionaries(
    st.tuples(st.sampled_from(YEARS), st.sampled_from(["east", "west", "old", "new"])),
    st.integers(0, 1000),
    max_size=20,
)
CHANGE = metric(id="change", computed={"change": "wells", "formula": "difference"}, source=None)


@settings(max_examples=80)
@given(NUMBERS)
def test_totals_are_those_of_the_table_and_changes_are_of_one_place(
    numbers: dict[tuple[str, str], int],
) -> None:
    def is_there(year: str, slug: str) -> bool:
        return slug in AFTER or HISTORY.existed_in(slug, Period.of(year))

    values = tuple(value(slug, year, number) for (year, slug), number in numbers.items())
    atlas = atlas_of(metric(), CHANGE, values=values)
    made = metric_series(atlas, TODAY, HISTORY)
    wells, change = made["wells"], made["change"]
    for period in wells.periods:
        kept = [n for (y, slug), n in numbers.items() if y == str(period) and is_there(y, slug)]
        assert sum(cell.value for cell in wells.at(period).values()) == sum(kept)
    for later, earlier in change.since.items():
        for slug, cell in change.at(later).items():
            before, after = (numbers[str(each), slug] for each in (earlier, later))
            assert cell.value == Decimal(after - before)
    today_alone = metric_series(
        atlas_of(metric(), CHANGE, values=tuple(v for v in values if v.division != "old")), TODAY
    )
    for period in today_alone["change"].periods:
        since = change.since.get(period)
        if since == today_alone["change"].since[period]:
            own = {k: v for k, v in change.at(period).items() if k != "old"}
            assert own == today_alone["change"].at(period)


def test_of_what_is_no_more_there_is_no_change_across_its_changes() -> None:
    values = tuple(value("old", year, number) for year, number in [("2018", 3), ("2019", 5)])
    made = metric_series(atlas_of(metric(), CHANGE, values=values), TODAY, HISTORY)
    (later,) = made["change"].periods
    assert made["change"].at(later)["old"].value == 2
    parted = BoundaryHistory(
        DATES,
        {**HISTORY.divisions, DATES[2]: HISTORY.divisions[DATES[1]]},
        CHANGES,
    )
    values = tuple(value("old", year, number) for year, number in [("2019", 3), ("2020", 5)])
    made = metric_series(atlas_of(metric(), CHANGE, values=values), TODAY, parted)
    (later,) = made["change"].periods
    assert "old" not in made["change"].at(later)
    assert made["change"].absent(later)["old"] is Absence.REORGANISED


def test_its_area_is_that_of_its_time() -> None:
    dense = metric(id="dense", kind="density", computed={"per_km2": "wells"}, source=None)
    atlas = atlas_of(metric(), dense, values=(value("old", "2019", 40), value("new", "2022", 30)))
    made = metric_series(atlas, TODAY, HISTORY)["dense"]
    assert made.at(Period.of("2019"))["old"].value == 2
    assert made.absent(Period.of("2022"))["old"] is Absence.GONE


def test_codes_of_earlier_dates_are_known_and_todays_come_first() -> None:
    today = {"east": division("east", code="2b"), "new": division("new", code="1")}
    names = division_names(today, HISTORY)
    assert names["2"] == names["2b"] == "east"
    assert names["3"] == "west"
    assert names["1"] == "new"
    assert names["old"] == "old"
    atlas = atlas_of(metric(), values=(value("2", "2018", 1), value("3", "2018", 1)))
    assert [each.division for each in with_slugs(atlas, today, HISTORY).metric_values] == [
        "east", "west",
    ]  # fmt: skip
