"""Only like is set beside like."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import stories
from stories.files.loader import load_atlas
from stories.model.atlas import Atlas, Figure, PeriodKind, Story, Unit
from stories.view.compare import comparisons

DEQING = Path(stories.__file__).parent / "data" / "deqing"


def atlas(**figures: list[tuple[int, str, str]]) -> Atlas:
    """Make an atlas of towns whose figures are (value, unit, period)."""
    deqing = load_atlas(DEQING)
    made = [
        Story(
            town=town,
            themes=("industry",),
            texts=deqing.stories[0].texts,
            figures=tuple(figure(place, *each) for place, each in enumerate(rows)),
        )
        for town, rows in figures.items()
    ]
    return deqing.model_copy(update={"stories": tuple(made)})


def figure(place: int, value: int, unit: str, period: str) -> Figure:
    return Figure.model_validate(
        {
            "id": f"f{place}",
            "label": {"en": "x"},
            "value": Decimal(value),
            "unit": unit,
            "period": period,
            "source": {"en": "here"},
        }
    )


def test_the_same_unit_and_kind_of_period_are_compared() -> None:
    found = comparisons(atlas(a=[(3, "firms", "2023")], b=[(5, "firms", "2024")]))

    assert [(each.unit, each.kind) for each in found] == [(Unit.FIRMS, PeriodKind.YEAR)]
    assert [entry.town for entry in found[0].entries] == ["a", "b"]


def test_a_year_is_not_set_beside_a_quarter() -> None:
    found = comparisons(atlas(a=[(3, "firms", "2023")], b=[(5, "firms", "2024-Q1")]))

    assert [(each.unit, each.kind) for each in found] == [(Unit.FIRMS, None)]


def test_an_unstated_period_is_comparable_with_nothing() -> None:
    found = comparisons(atlas(a=[(3, "firms", "unstated")], b=[(5, "firms", "unstated")]))

    assert [each.kind for each in found] == [None]


def test_one_town_alone_is_no_comparison() -> None:
    assert comparisons(atlas(a=[(3, "firms", "2023"), (4, "firms", "2024")], b=[])) == []


def test_percentages_and_dates_are_left_aside() -> None:
    assert comparisons(atlas(a=[(3, "%", "2023")], b=[(5, "%", "2023")])) == []


def test_deqings_feature_states_nothing_that_can_be_compared() -> None:
    found = comparisons(load_atlas(DEQING))

    assert {each.unit for each in found} == {Unit.FIRMS, Unit.PROJECTS}
    assert {each.kind for each in found} == {None}
