"""Read the tables that `build --join` takes: CSV, or the first sheet of a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyogrio

from faults.plain_file import refuse_unfit
from geo.errors import SourceError
from geo.files.source import MAX_MEGABYTES, opening, refuse_larger
from geo.files.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SPREADSHEETS = (".xlsx", ".ods")
ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
"""What a spreadsheet shows in place of a value."""


def read_join_table(
    path: Path,
    max_megabytes: float = MAX_MEGABYTES,
    *,
    note: Callable[[str], object] | None = None,
) -> pd.DataFrame:
    """Read a table, every cell as text, empty cells as missing; parameters as of `read_table`.

    Raises
    ------
    SourceError
        When the file is missing, larger, or is no table, or a sheet has a heading twice or a cell
        whose formula failed.
    """
    if path.suffix.lower() not in SPREADSHEETS:
        return read_table(path, max_megabytes, note=note)
    with opening(path, "check the name"):
        refuse_unfit(path)
        refuse_larger(path, max_megabytes)
    try:
        table = pyogrio.read_dataframe(
            path, layer=0, read_geometry=False, HEADERS="FORCE", FIELD_TYPES="STRING"
        )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        reason = " ".join(str(error).split())[:100]
        raise SourceError(path, f"no spreadsheet ({reason})", "save it as CSV") from error
    table = pd.DataFrame(table)
    table.columns = table.columns.str.strip()
    return _fit(path, table.dropna(how="all"))


def _fit(path: Path, table: pd.DataFrame) -> pd.DataFrame:
    """Refuse headings that stand twice, and cells whose formula failed."""
    twice = table.columns[table.columns.duplicated()]
    if len(twice):
        raise SourceError(path, f"the heading {twice[0]!r} stands twice", "rename one of them")
    for name in table:
        if failed := sorted(ERRORS.intersection(table[name].dropna())):
            raise SourceError(path, f"{name} has {failed[0]}, a failed formula", "mend the cell")
    return table
