"""Only like is set beside like."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import stories
from stories.files.loader import load_atlas
from stories.model.atlas import Atlas, Figure, PeriodKind, Story, Texts, Unit
from stories.model.division import Division
from stories.view.address import View
from stories.view.compare import comparisons
from stories.view.context import ViewContext
from stories.view.panel import panel_html
from stories.wording import Wording

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
    return deqing.model_copy(update={"stories": tuple(made), "graphics": ()})


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
    assert comparisons(atlas(a=[(3, "firms", "2023")], b=[(5, "firms", "2024-Q1")])) == []


def test_an_unstated_period_is_comparable_with_nothing() -> None:
    assert comparisons(atlas(a=[(3, "firms", "unstated")], b=[(5, "firms", "unstated")])) == []


def test_one_town_alone_is_no_comparison() -> None:
    assert comparisons(atlas(a=[(3, "firms", "2023"), (4, "firms", "2024")], b=[])) == []


def test_percentages_and_dates_are_left_aside() -> None:
    assert comparisons(atlas(a=[(3, "%", "2023")], b=[(5, "%", "2023")])) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_deqings_feature_states_nothing_that_can_be_compared_so_nothing_is_shown(lang: str) -> None:
    deqing = load_atlas(DEQING)
    assert comparisons(deqing) == []
    assert "comparisons" not in overview(deqing, lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_can_be_compared_is_drawn_with_each_town_s_name(lang: str) -> None:
    told = atlas(
        leidian=[(3, "firms", "2023"), (9, "jobs", "2024-Q1")],
        xinan=[(5, "firms", "2024"), (8, "jobs", "unstated")],
    )
    page = BeautifulSoup(overview(told, lang), "html.parser")

    (drawing,) = page.select(".comparisons .graphic-drawing")
    words = drawing.text
    assert "firms" in words if lang == "en" else "家" in words
    assert "Town xinan" in words
    assert "Town leidian" in words


def overview(told: Atlas, lang: str) -> str:
    towns = {
        slug: Division(slug=slug, names=Texts({"en": f"Town {slug}"}), boundary_status="published")
        for slug in ("leidian", "xinan", "yuyue", "kangqian")
    }
    return panel_html(ViewContext(told, Wording(lang, told.languages), View(lang=lang), towns))
