"""The boundaries through time: in the address, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from stories.view.address import Notice, View, parse_address, shown_dates
from stories.view.dates import date_words, history_section, origin_section
from stories.view.panel import panel_html
from stories.view.selection import change_of
from tests.support.dated import DATES, dated_context, history

if TYPE_CHECKING:
    from stories.model.atlas import Atlas

LATEST = DATES[-1]


def parsed(atlas: Atlas, *dates: str) -> tuple[View, list[Notice]]:
    return parse_address(
        {"town": ["east"], "date": dates, "lang": ["en"]}, atlas, ["east"], dates=DATES
    )


def test_a_date_and_two_in_the_address(deqing: Atlas) -> None:
    view, notices = parsed(deqing, "2018-10-31")
    assert (view.date, view.against, notices) == ("2018-10-31", None, [])
    assert view.query() == "town=east&date=2018-10-31&lang=en"
    both, notices = parsed(deqing, LATEST, "2018-10-31")
    assert (both.date, both.against, notices) == ("2018-10-31", LATEST, [])
    assert both.query() == f"town=east&date=2018-10-31&date={LATEST}&lang=en"
    assert both.changed(town="west").dates == ("2018-10-31", LATEST)


def test_the_latest_alone_is_what_is_shown_anyway(deqing: Atlas) -> None:
    view, notices = parsed(deqing, LATEST)
    assert (view.date, view.query(), notices) == (None, "town=east&lang=en", [])


def test_unknown_and_further_dates_are_left_aside_with_a_notice(deqing: Atlas) -> None:
    view, notices = parsed(deqing, "1999-01-01", *DATES[:3])
    assert view.dates == DATES[:2]
    assert [notice.key for notice in notices] == ["address.unknown_date", "address.repeated"]
    _, notices = parse_address({"date": [LATEST]}, deqing, ["east"])
    assert notices == [Notice("address.unknown_date", {"value": LATEST})]


@given(st.lists(st.sampled_from([*DATES, "", "1999-01-01"]), max_size=4))
def test_what_an_address_says_is_read_as_it_was_written(asked: list[str]) -> None:
    shown = shown_dates(asked[:2], DATES)
    again = tuple(filter(None, shown.values()))
    assert shown_dates(again, DATES) == shown
    assert list(again) == sorted(again)
    assert set(again) <= set(DATES)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (["2018-10-31"], ("2018-10-31",)),
        (["2018-10-31", LATEST], ("2018-10-31", LATEST)),
        ([], ()),
        ([LATEST], ()),
        ([7, None, "x"], ()),
    ],
)
def test_what_the_pages_script_tells_of_dates(
    deqing: Atlas, told: list[object], shown: tuple[str, ...]
) -> None:
    context = dated_context(deqing, date="2020-06-30")
    assert context.view.changed(**change_of(context, {"dates": told})).dates == shown
    assert "date" not in change_of(context, {"dates": "2018-10-31"})


def test_the_section_says_what_went_where_and_that_it_is_reconstructed(deqing: Atlas) -> None:
    section = history_section(dated_context(deqing))
    assert section
    assert [link.words for link in section.links] == [
        "31 October 2018",
        "31 October 2019",
        "30 June 2020",
        "30 June 2023 (latest)",
    ]
    assert [link.dates for link in section.links] == [*DATES[:3], ""]
    assert section.links[-1].current
    assert section.compare
    assert section.compare.address == f"?date=2019-10-31&date={LATEST}&lang=en"
    assert [(step.title, len(step.lines), step.none) for step in section.steps] == [
        ("31 October 2018 to 31 October 2019", 0, "No change is known."),
        ("31 October 2019 to 30 June 2020", 4, ""),
        ("30 June 2020 to 30 June 2023", 0, "No change is known."),
    ]
    lines = [line.replace("\xa0", " ") for line in section.steps[1].lines]
    assert lines[0] == "Hill Village and Dale Village: from Old Town to East Town, about 13 sq km"
    assert lines[1] == "Land: from Old Town to New Town, about 3 sq km"
    assert "reconstructed" in section.note


def test_a_division_says_how_it_came_to_be(deqing: Atlas) -> None:
    said = {
        slug: origin_section(dated_context(deqing, "zh"), slug).lines  # type: ignore[union-attr]
        for slug in ("new", "east", "west", "old")
    }
    between = "2019年10月31日至2020年6月30日之间"
    assert said["new"][0] == (
        f"{between}设立，由old镇的约3平方公里土地，east镇的mill村和ford村，west镇的lake村组成。"
    )
    assert said["east"][:2] == (
        f"{between}，hill村和dale村由old镇划入。",
        f"{between}，mill村和ford村划归new镇。",
    )
    assert said["west"][0] == f"{between}，lake村划归new镇。"
    assert said["old"][0].startswith(f"{between}撤销，hill村和dale村划归east镇；")
    assert all("复原" in lines[-1] for lines in said.values())


def test_what_no_change_is_known_of_says_nothing(deqing: Atlas) -> None:
    assert origin_section(dated_context(deqing), "elsewhere") is None
    context = dated_context(deqing)
    assert history().steps()[0][2] == ()
    object.__setattr__(context, "history", type(context.history)())
    assert history_section(context) is None
    assert date_words(context) == ()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_dates_for_the_map_have_words_for_each_step(deqing: Atlas, lang: str) -> None:
    words = date_words(dated_context(deqing, lang))
    assert [each["date"] for each in words] == list(DATES)
    assert all(each["label"] and each["short"] and each["note"] for each in words)
    assert len({each["short"] for each in words}) == len(DATES)
    assert [bool(each["later"]) for each in words] == [True, True, True, False]
    assert "5" in words[2]["note"]


def test_links_of_the_panel_keep_the_date_and_a_still_shows_it(deqing: Atlas) -> None:
    soup = BeautifulSoup(panel_html(dated_context(deqing, date="2019-10-31")), "html.parser")
    current = soup.select("#boundaries a[aria-current]")
    assert [link["data-dates"] for link in current] == ["2019-10-31"]
    assert [img["src"] for img in soup.select("#boundaries .still img")] == ["dates/2019-10-31.png"]
    towns = [str(link["href"]) for link in soup.select(".teaser a")]
    assert towns
    assert all("date=2019-10-31" in each for each in towns)


def test_a_quiet_town_tells_its_origin_too(deqing: Atlas) -> None:
    soup = BeautifulSoup(panel_html(dated_context(deqing, town="new")), "html.parser")
    (link,) = soup.select(".origin a[data-dates]")
    assert link["data-dates"] == f"2019-10-31 {LATEST}"
    (still,) = soup.select(".origin .still img")
    assert still["src"] == f"dates/2019-10-31..{LATEST}.png"
