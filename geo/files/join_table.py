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
        When the file is missing, larger, or is no table.
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
    return pd.DataFrame(table).dropna(how="all")
