"""Which division each village belonged to at several dates, though its code may have changed.

A village is known by today's code. At an earlier date it is looked for in that date's list by code,
then by name among the listed villages that no code has named. One that is in no list by either was
split off, merged or renamed since: it is taken to have been where it is at the next date, if that
division was there already; else it has no division, and its land goes with that of its neighbours.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from faults import Fault
from geo.errors import FaultsError, RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

AS_OF, DIVISION, NAME = "as_of", "division", "name"
"""Columns of the lists, beside that of the village codes."""


@dataclass(frozen=True, eq=False)
class Membership:
    """Who belonged where on one date."""

    date: dt.date
    division: pd.Series[str]
    """Code of the division of each of today's villages, by village code; missing where it is not
    known."""
    by_code: int
    """Villages found in the list by their code."""
    renamed: tuple[str, ...]
    """Codes of those among them that the list calls otherwise."""
    by_name: tuple[str, ...]
    """Codes of villages found by name, under another code."""
    carried: tuple[str, ...]
    """Codes of villages that are not listed and taken to be where they are at the next date."""
    unknown: tuple[str, ...]
    """Codes of villages of which nothing is known."""
    listed: int
    """Rows of the list."""
    unmatched: tuple[str, ...]
    """Codes and names in the list that none of today's villages answers to; they have no point."""

    def measures(self) -> dict[str, JsonValue]:
        """Give the figures as a provenance record has them."""
        return {
            "villages_listed": self.listed,
            "villages_matched_by_code": self.by_code,
            "of_these_under_another_name": list(self.renamed),
            "villages_matched_by_name": list(self.by_name),
            "villages_not_listed_taken_as_at_the_next_date": list(self.carried),
            "villages_not_listed_with_no_division": list(self.unknown),
            "listed_villages_of_today_without_a_code_or_name": list(self.unmatched),
        }


def read_lists(
    table: pd.DataFrame, code: str, codes: Mapping[str, str], file: str
) -> dict[dt.date, pd.DataFrame]:
    """Take a table of villages by date apart, and check it.

    Parameters
    ----------
    table
        Text in the columns `as_of` (YYYY-MM-DD), `division`, that of the village codes, and
        `name`, if there is one.
    code
        Column of the village codes.
    codes
        Code of each division by what the table may call it: its code or one of its names.
    file
        The table, as messages name it.

    Returns
    -------
    dict
        By date, in time order: name and code of the division, by village code.

    Raises
    ------
    FaultsError
        For a date that is none, a division that is not known, a code that stands twice on a date.
    """
    faults: list[Fault] = []
    days: dict[str, dt.date] = {}
    for row, (text, village, division) in enumerate(
        zip(table[AS_OF], table[code], table[DIVISION], strict=True), start=2
    ):
        here = f"row {row}"
        try:
            days[text] = dt.date.fromisoformat(text)
        except (TypeError, ValueError):
            faults.append(Fault(f"{AS_OF} is {text!r}", "give a day as YYYY-MM-DD", feature=here))
        if not isinstance(village, str):
            faults.append(Fault(f"no {code}", "give it one", feature=here))
        if division not in codes:
            mend = "give the code or a name of a division; --attributes has all of them"
            faults.append(Fault(f"{DIVISION} is {division!r}", mend, feature=here))
    twice = table[table.duplicated([AS_OF, code]) & table[code].notna()]
    faults += [
        Fault(f"stands twice on {day}", "keep one row", feature=f"village {village}")
        for day, village in zip(twice[AS_OF], twice[code], strict=True)
    ]
    if faults:
        raise FaultsError(file, faults)
    if table.empty:
        raise RequestError(f"{file}: no villages; give a row for each village on each date")
    names = table[NAME] if NAME in table else pd.Series(None, index=table.index, dtype=object)
    rows = pd.DataFrame(
        {
            "day": table[AS_OF].map(days),
            "village": table[code],
            NAME: names,
            DIVISION: table[DIVISION].map(dict(codes)),
        }
    )
    return {
        day: rows[rows["day"] == day].set_index("village")[[NAME, DIVISION]]
        for day in sorted(set(days.values()))
    }


def memberships(
    today: pd.DataFrame, lists: Mapping[dt.date, pd.DataFrame]
) -> tuple[Membership, ...]:
    """Find the division of each of today's villages on every date.

    Parameters
    ----------
    today
        Name, if any, and division of today's villages, by code.
    lists
        As `read_lists` gives them.

    Returns
    -------
    tuple of Membership
        In time order; the last is today's.

    Raises
    ------
    RequestError
        When the last list is not that of today.
    """
    last = max(lists)
    agreed = lists[last][DIVISION].reindex(today.index)
    odd = today.index[agreed.isna() | (agreed != today[DIVISION])]
    extra = lists[last].index.difference(today.index)
    if differing := sorted([*odd, *extra]):
        raise RequestError(
            f"the list of {last} and the villages' divisions differ in {', '.join(differing)}; "
            "the last date is that of today's divisions"
        )
    found: list[Membership] = []
    later = today[DIVISION]
    for day in sorted(lists, reverse=True):
        found.insert(0, _membership(today, later, day, lists[day]))
        later = found[0].division
    return tuple(found)


def _membership(
    today: pd.DataFrame, later: pd.Series[str], day: dt.date, listed: pd.DataFrame
) -> Membership:
    """Find the division of each village on one date, the next date's being known."""
    by_code = [village for village in today.index if village in listed.index]
    division = listed[DIVISION].reindex(today.index)
    left = listed.drop(index=by_code)
    names = today[NAME] if NAME in today else pd.Series(None, index=today.index, dtype=object)
    by_name = _by_name({str(k): v for k, v in names.drop(by_code).dropna().items()}, later, left)
    for village, other in by_name.items():
        division[village] = left.loc[other, DIVISION]
    rest = [v for v in today.index if v not in by_name and v not in listed.index]
    there = set(listed[DIVISION])
    carried = [village for village in rest if later[village] in there]
    division[carried] = later[carried]
    known = [v for v in by_code if isinstance(names[v], str) and isinstance(listed[NAME][v], str)]
    unmatched = left.drop(index=list(by_name.values()))
    return Membership(
        date=day,
        division=division,
        by_code=len(by_code),
        renamed=tuple(v for v in known if names[v] != listed[NAME][v]),
        by_name=tuple(by_name),
        carried=tuple(carried),
        unknown=tuple(village for village in rest if village not in set(carried)),
        listed=len(listed),
        unmatched=tuple(
            f"{code} {name}" if isinstance(name, str) else str(code)
            for code, name in unmatched[NAME].items()
        ),
    )


def _by_name(names: Mapping[str, str], later: pd.Series[str], left: pd.DataFrame) -> dict[str, str]:
    """Find villages under another code by name; of several by their parent too.

    A name that is still that of several, on either side, finds nothing.
    """
    named: dict[str, list[str]] = {}
    for code, name in left[NAME].dropna().items():
        named.setdefault(name, []).append(str(code))
    alike = Counter(names.values())
    with_parent = Counter((name, later[village]) for village, name in names.items())
    found: dict[str, str] = {}
    for village, name in names.items():
        others = named.get(name, [])
        if len(others) > 1 or alike[name] > 1:
            parent = later[village]
            others = [each for each in others if left[DIVISION][each] == parent]
            if with_parent[name, parent] > 1:
                continue
        if len(others) == 1:
            found[village] = others[0]
    return found
