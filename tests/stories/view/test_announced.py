"""What was announced and is still open, as of a day; and the way on from a story."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import stories
from stories.files.loader import load_atlas
from stories.model.atlas import Atlas, Figure, Period
from stories.view.announced import announced, announcements
from stories.view.panel import panel_html
from stories.view.tour import stop_at
from stories.wording import Wording
from stories.wording.periods import due_text
from tests.stories.view.test_panel import context

ATLAS = load_atlas(Path(stories.__file__).parent / "data" / "deqing")
BEFORE, BETWEEN, AFTER = date(2024, 3, 22), date(2024, 4, 1), date(2025, 1, 1)


def with_figures(*figures: Figure) -> Atlas:
    """Make the atlas's first story the only one that has figures."""
    first, *others = (story.model_copy(update={"figures": ()}) for story in ATLAS.stories)
    told = first.model_copy(update={"figures": figures})
    return ATLAS.model_copy(update={"stories": (told, *others), "graphics": ()})


def figure(name: str, period: str, status: str = "plan", **more: object) -> Figure:
    about = {"id": name, "label": {"en": name}, "source": {"en": "here"}}
    said = {"unit": "firms", "value": 3, "status": status, "period": period}
    return Figure.model_validate(about | said | more)


def test_they_are_listed_by_due_date_and_reported_figures_are_not() -> None:
    listed = [(each.town, each.figure.id) for each in announcements(ATLAS)]

    assert listed == [
        ("xinan", "shangfeng-quarter"),
        ("xinan", "qianteng-quarter"),
        ("kangqian", "next-signing"),
        ("xinan", "shangfeng-output"),
        ("xinan", "shangfeng-growth"),
        ("kangqian", "under-construction"),
        ("kangqian", "new-projects"),
        ("kangqian", "livelihood-projects"),
    ]


def test_what_has_no_date_comes_last() -> None:
    atlas = with_figures(
        figure("undated", "unstated"),
        figure("late", "2026"),
        figure("early", "2026-02"),
        figure("told", "2026-01", status="reported"),
    )

    assert [each.figure.id for each in announcements(atlas)] == ["early", "late", "undated"]
    groups = announced(replace(context(atlas), today=date(2026, 6, 1)))
    assert [[row["label"] for row in group["rows"]] for group in groups] == [
        ["early"],
        ["late"],
        ["undated"],
    ]
    assert [group["note"] for group in groups][1:] == ["Still to come:", "No date given:"]


@pytest.mark.parametrize(
    ("today", "counts"), [(BEFORE, [8]), (BETWEEN, [3, 5]), (AFTER, [8]), (date(2024, 3, 31), [8])]
)
def test_time_passes(today: date, counts: list[int]) -> None:
    groups = announced(replace(context(), today=today))

    assert [len(group["rows"]) for group in groups] == counts
    has_passed = today > date(2024, 3, 31)
    passed = "These dates have passed; the source cannot say what became of them."
    assert (groups[0]["note"] == passed) is has_passed


def test_each_says_what_it_is_and_leads_to_its_figure() -> None:
    group = announced(replace(context(), today=AFTER))[0]
    rows = {row["address"].partition("#")[2]: row for row in group["rows"]}

    output, signing = rows["figure-shangfeng-output"], rows["figure-next-signing"]
    assert output["address"] == "?town=xinan&lang=en#figure-shangfeng-output"
    assert output["said"] == "forecast: more than 130 million yuan"
    assert output["due"] == "by the end of 2024"
    assert (signing["said"], signing["due"]) == ("target: by the end of March 2024", "")


def test_every_address_names_a_card() -> None:
    for row in (row for group in announced(context()) for row in group["rows"]):
        town, card = row["town"], row["address"].partition("#")[2]
        assert f'id="{card}"' in panel_html(context(town=town))


def test_a_change_of_our_own_leads_to_the_card_that_it_stands_on() -> None:
    base = figure("output", "2026", baseline={"value": 2, "period": "2025"})
    computed = {"formula": "percent_change", "from": ["output"]}
    change = figure("growth", "2026", unit="%", value=50, computed=computed, source=None)
    rows = announced(context(with_figures(base, change)))[0]["rows"]

    assert {row["address"].partition("#")[2] for row in rows} == {"figure-output"}


def test_an_atlas_that_announces_nothing_has_no_such_section() -> None:
    shown = panel_html(context(with_figures(figure("told", "2023", status="reported"))))

    assert 'class="announced"' not in shown
    assert 'class="announced"' in panel_html(context())


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2024", "2024年底前", "by the end of 2024"),
        ("2024-Q1", "2024年一季度末前", "by the end of the first quarter of 2024"),
        ("2024-03", "2024年3月底前", "by the end of March 2024"),
        ("2024-02-19", "2024年2月19日前", "by 19 February 2024"),
        ("2024-02-19/2024-02-28", "2024年2月28日前", "by 28 February 2024"),
        ("unstated", "未注明时间", "no date given"),
    ],
)
def test_due_dates(period: str, zh: str, en: str) -> None:
    assert due_text(Period.of(period), Wording("zh")) == zh
    assert due_text(Period.of(period), Wording("en")) == en


@pytest.mark.parametrize(
    ("town", "themes", "following"),
    [
        ("leidian", (), "xinan"),
        ("yuyue", (), "kangqian"),
        ("kangqian", (), None),
        ("leidian", ("talent",), "yuyue"),
        ("xinan", ("environment",), None),
    ],
)
def test_the_next_story_passes_the_filter(
    town: str, themes: tuple[str, ...], following: str | None
) -> None:
    stop = stop_at(ATLAS, town, themes)
    assert stop.next == following
    assert stop.place <= stop.of
    if following:
        assert stop_at(ATLAS, following, themes).previous in {town, None}


def test_a_story_ends_with_the_next_one_and_keeps_the_view() -> None:
    shown = panel_html(context(town="leidian", themes=("talent",), tour=True))

    assert 'href="?town=yuyue&amp;tour=1&amp;theme=talent&amp;lang=en"' in shown
    assert (
        shown.index("weigh the economy")
        < shown.index('class="next-story"')
        < shown.index('class="ledger"')
    )
    assert "Next: Town yuyue" in shown


def test_the_last_story_leads_back_to_the_overview() -> None:
    shown = panel_html(context(town="kangqian", tour=True))

    last = shown[shown.index('class="next-story"') :]
    assert 'href="?lang=en" data-town=""' in last
    assert "data-tour" not in last[: last.index("</nav>")]


def test_the_overview_opens_with_what_the_source_is_about() -> None:
    about = {"en": "One <b>paragraph</b>.\n\nAnother."}
    atlas = ATLAS.model_copy(update={"about": type(ATLAS.title)(about)})
    shown = panel_html(context(atlas))

    assert '<p class="about">One &lt;b&gt;paragraph&lt;/b&gt;.</p>' in shown
    assert '<p class="about">Another.</p>' in shown
    without = ATLAS.model_copy(update={"about": None})
    assert 'class="about"' not in panel_html(context(without))
