"""Who belonged where, though codes and names changed."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from geo.build.membership import Membership, memberships, read_lists
from geo.errors import FaultsError, RequestError

CODES = {"A": "A", "甲街道": "A", "B": "B", "乙镇": "B", "C": "C", "丙镇": "C"}
THEN, NOW = dt.date(2018, 10, 31), dt.date(2020, 6, 30)


def table(*rows: str) -> pd.DataFrame:
    """Rows of `as_of code name division`, a dash where a cell is empty."""
    cells = [[None if cell == "-" else cell for cell in row.split()] for row in rows]
    return pd.DataFrame(cells, columns=["as_of", "code", "name", "division"], dtype=object)


def matched(now: list[str], then: list[str]) -> tuple[Membership, Membership]:
    """What is found of today's villages on an earlier date; rows of `code name division`."""
    rows = [*(f"{NOW} {row}" for row in now), *(f"{THEN} {row}" for row in then)]
    lists = read_lists(table(*rows), "code", CODES, "lists.csv")
    before, after = memberships(lists[NOW], lists)
    return before, after


def test_a_code_that_stayed_is_the_village_whatever_it_is_called() -> None:
    found, now = matched(["A1 徐家庄社区 A"], ["A1 兴隆居委会 甲街道"])
    assert found.division.to_dict() == {"A1": "A"}
    assert (found.by_code, found.renamed, found.by_name) == (1, ("A1",), ())
    assert (now.by_code, now.renamed, now.carried) == (1, (), ())


def test_a_village_that_changed_hands_is_found_by_its_name() -> None:
    found, _ = matched(["C1 联合村 C", "B2 新民村 B"], ["B1 联合村 乙镇", "B2 新民村 乙镇"])
    assert found.division.to_dict() == {"C1": "B", "B2": "B"}
    assert found.by_name == ("C1",)
    assert found.unmatched == ()


def test_of_several_of_one_name_the_parent_decides() -> None:
    now = ["A9 东升村 A", "B9 东升村 B"]
    found, _ = matched(now, ["A1 东升村 A", "B1 东升村 B"])
    assert found.division.to_dict() == {"A9": "A", "B9": "B"}
    assert found.by_name == ("A9", "B9")


def test_a_name_that_stays_ambiguous_finds_nothing() -> None:
    found, _ = matched(["A8 东升村 A", "A9 东升村 A"], ["A1 东升村 A", "A2 东升村 B"])
    assert found.by_name == ()
    assert found.carried == ("A8", "A9")
    assert found.unmatched == ("A1 东升村", "A2 东升村")


def test_what_no_list_has_is_where_it_is_at_the_next_date() -> None:
    found, _ = matched(["A1 老村 A", "A2 新社区 A"], ["A1 老村 A", "A3 旧村 A"])
    assert found.division["A2"] == "A"
    assert found.carried == ("A2",)
    assert found.unmatched == ("A3 旧村",)


def test_it_is_nowhere_where_that_division_was_not_there_yet() -> None:
    found, _ = matched(["A1 老村 A", "C2 新社区 C"], ["A1 老村 A"])
    assert found.division.isna()["C2"]
    assert found.unknown == ("C2",)


def test_villages_need_no_names() -> None:
    found, _ = matched(["A1 - A", "C1 - C"], ["A1 - A", "B1 - B"])
    assert found.division.dropna().to_dict() == {"A1": "A"}
    assert found.unmatched == ("B1",)


@pytest.mark.parametrize(
    ("then", "differing"), [("A1 甲村 B", "A1"), ("A2 甲村 A", "A1, A2"), ("B1 乙村 B", "A1, B1")]
)
def test_the_last_list_is_todays(then: str, differing: str) -> None:
    lists = read_lists(table(f"{THEN} {then}"), "code", CODES, "lists.csv")
    today = pd.DataFrame({"name": ["甲村"], "division": ["A"]}, index=["A1"])
    with pytest.raises(RequestError, match=rf"differ in {differing}; the last date is"):
        memberships(today, lists)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2018-13-31 A2 丁村 A", "lists.csv: row 3: as_of is '2018-13-31'; give a day"),
        ("- A2 丁村 A", "row 3: as_of is None"),
        ("2018-10-31 - 丁村 A", "row 3: no code"),
        ("2018-10-31 A2 丁村 丁镇", "row 3: division is '丁镇'; give the code or a name"),
        ("2018-10-31 A2 丁村 -", "row 3: division is None"),
        ("2018-10-31 A1 丁村 A", "village A1: stands twice on 2018-10-31; keep one row"),
    ],
)
def test_a_row_that_says_nothing_is_named(row: str, words: str) -> None:
    with pytest.raises(FaultsError) as error:
        read_lists(table("2018-10-31 A1 甲村 A", row), "code", CODES, "lists.csv")
    assert words in str(error.value)


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(RequestError, match="no villages"):
        read_lists(table(), "code", CODES, "lists.csv")
