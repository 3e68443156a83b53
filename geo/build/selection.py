"""Choose among a file's features, and give them the columns that other tables have of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from faults import Fault, nearest
from geo.errors import FaultsError, RequestError
from geo.files.tables import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    Columns = dict[str, pd.Series[str]]

CODES_SHOWN = 8
"""Codes that one fault names."""


@dataclass(frozen=True)
class JoinTable:
    """A table that says more of the features."""

    name: str
    """The file, as messages name it."""
    frame: pd.DataFrame
    """Its rows, a column of which holds the features' codes."""


def text_columns(given: gpd.GeoDataFrame) -> Columns:
    """Give every column of a file but its shapes, as text."""
    return {
        str(column): as_text(given[column]).reset_index(drop=True)
        for column in given.columns
        if column != given.geometry.name
    }


def need_columns(columns: Columns, wanted: Iterable[str], name: str) -> None:
    """Refuse a file that lacks a column."""
    if missing := [column for column in dict.fromkeys(wanted) if column not in columns]:
        there = ", ".join(columns)
        raise RequestError(f"{name}: no column {', '.join(missing)}; there are: {there}")


def join(columns: Columns, code: str, tables: Sequence[JoinTable], key: str | None) -> Columns:
    """Add the columns of tables to those of a file, row for row by code.

    Parameters
    ----------
    columns
        Columns of the file; one that a table has too is the table's from then on.
    code
        Column of the file with the codes.
    tables
        Codes are compared as text, so 1001 is not 01001.
    key
        Column of the tables with the codes; that of the file's name when none is said.

    Raises
    ------
    RequestError
        A table has no such column.
    FaultsError
        A code stands in two rows of a table, or in no feature; all of them are named.
    """
    joined = dict(columns)
    for table in tables:
        column = key or code
        rows: Columns = {str(c): as_text(table.frame[c]) for c in table.frame.columns}
        need_columns(rows, [column], table.name)
        by_code = {value: row for row, value in enumerate(rows[column])}
        _refuse_rows(rows[column], columns[code], table.name)
        places = columns[code].map(by_code)
        for other in rows.keys() - {column}:
            values = rows[other].tolist()
            joined[other] = places.map(
                lambda place, values=values: values[int(place)], na_action="ignore"
            ).astype(object)
    return joined


def _refuse_rows(keys: pd.Series[str], codes: pd.Series[str], name: str) -> None:
    """Refuse rows that have no code, share one, or whose code no feature has."""
    faults = [
        Fault("no code", "give it one, or take it out", feature=f"row {row}")
        for row, none in enumerate(keys.isna(), start=2)
        if none
    ]
    twice = keys[keys.duplicated()].dropna().unique()
    faults += [Fault("stands twice", "keep one row", feature=f"code {code}") for code in twice]
    known = set(codes.dropna())
    strange = [code for code in keys.dropna().unique() if code not in known]
    if strange:
        what = f"no feature has the code {_listed(strange)}"
        faults.append(Fault(what, f"mend or take out these rows; {_likeness(strange, known)}"))
    if faults:
        raise FaultsError(name, faults)


def refuse_unjoined(
    codes: pd.Series[str], tables: Sequence[JoinTable], key: str, name: str
) -> None:
    """Refuse features that were chosen and that a table says nothing of."""
    faults = []
    for table in tables:
        known = set(as_text(table.frame[key]).dropna())
        without = [code for code in codes.dropna().unique() if code not in known]
        if without:
            what = f"{table.name} has no row for the code {_listed(without)}"
            mend = f"add these rows, or leave the features out; {_likeness(without, known)}"
            faults.append(Fault(what, mend))
    if faults:
        raise FaultsError(name, faults)


def _listed(codes: Sequence[str]) -> str:
    more = len(codes) - CODES_SHOWN
    return ", ".join(codes[:CODES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _likeness(codes: Sequence[str], known: set[str]) -> str:
    """Say how codes of the other side look, and where a spreadsheet has changed them."""
    bare = defaultdict(list)
    for code in sorted(known):
        bare[_as_number(code)].append(code)
    for code in codes:
        if like := bare.get(_as_number(code)):
            return f"the other file writes {like[0]} for {code}: keep codes as text, zeros included"
    return f"the other file's are like {', '.join(sorted(known)[:3])}"


def _as_number(code: str) -> str:
    """Give what is left of a code after a spreadsheet has read it as a number."""
    return code.removesuffix(".0").lstrip("0 ").casefold()


@dataclass(frozen=True)
class Selection:
    """Which features are kept.

    Values for the same column add up, as do areas; a feature has to fit each column that
    something is selected by, and none that is excluded.
    """

    select: Sequence[tuple[str, str]] = ()
    """Columns and values that are kept."""
    exclude: Sequence[tuple[str, str]] = ()
    """Columns and values that are left out."""
    within: Sequence[str] = ()
    """Codes of the areas whose parts are kept: 330521, or 330500 for a prefecture."""

    def __str__(self) -> str:
        """Say it as one would type it."""
        words = [f"--select {column}={value}" for column, value in self.select]
        words += [f"--within {area}" for area in self.within]
        return " ".join(words + [f"--exclude {column}={value}" for column, value in self.exclude])


def chosen(columns: Columns, code: str, selection: Selection, name: str) -> NDArray[np.bool_]:
    """Say which features are kept.

    Raises
    ------
    RequestError
        When a value or an area fits no feature, or nothing is left.
    """
    pairs = (*selection.select, *selection.exclude)
    need_columns(columns, [column for column, _ in pairs], name)
    kept = np.ones(len(columns[code]), dtype=bool)
    by_column = defaultdict(list)
    for column, value in selection.select:
        by_column[column].append(_having(columns, column, value, name))
    for fits in by_column.values():
        kept &= np.logical_or.reduce(fits)
    if selection.within:
        areas = [_inside(columns[code], area, name) for area in selection.within]
        kept &= np.logical_or.reduce(areas)
    for column, value in selection.exclude:
        kept &= ~_having(columns, column, value, name)
    if not kept.any():
        raise RequestError(f"{name}: no feature is left after {selection}")
    return kept


def insets(columns: Columns, pairs: Sequence[tuple[str, str]], name: str) -> NDArray[np.object_]:
    """Give the name of the inset that each feature is drawn in, and an empty one to all others.

    Raises
    ------
    RequestError
        When a value fits no feature.
    """
    need_columns(columns, [column for column, _ in pairs], name)
    named = np.full(len(next(iter(columns.values()))), "", dtype=object)
    for column, value in pairs:
        named[_having(columns, column, value, name)] = value
    return named


def _having(columns: Columns, column: str, value: str, name: str) -> NDArray[np.bool_]:
    """Say which features have a value in a column."""
    fits = (columns[column] == value).to_numpy(dtype=bool)
    if not fits.any():
        known = columns[column].dropna().unique().tolist()
        like = nearest(value, known, f"there are {', '.join(known[:CODES_SHOWN])} …")
        raise RequestError(f"{name}: no feature has {column}={value}; {like}")
    return fits


def _inside(codes: pd.Series[str], area: str, name: str) -> NDArray[np.bool_]:
    """Say which codes are of parts of an area."""
    fits = codes.str.startswith(area_prefix(area)).fillna(value=False).to_numpy(dtype=bool)
    if not fits.any():
        sample = ", ".join(codes.dropna().head(3))
        raise RequestError(f"{name}: no feature in {area}; codes are like {sample}")
    return np.asarray(fits)


def area_prefix(code: str) -> str:
    """Give what the codes of an area's parts begin with: 3305 for 330500.

    Levels are those of GB/T 2260 and GB/T 10114: province, prefecture and county of two
    digits each, then township and village of three.
    """
    for level in (2, 4, 6, 9):
        if set(code[level:]) == {"0"}:
            return code[:level]
    return code
