"""What divisions were called on an earlier date, and how well their lines are known then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import RequestError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    import geopandas as gpd

AS_OF = "as_of"
COMPUTED = ("code", "area_km2", "label_point", "geometry")
"""Columns of divisions that no table gives."""
STATUS, NOTE = "boundary_status", "boundary_note_"


def attributes_on(
    day: dt.date,
    codes: Iterable[str],
    unchanged: Collection[str],
    today: gpd.GeoDataFrame,
    differing: pd.DataFrame,
) -> pd.DataFrame:
    """Give the properties of divisions on an earlier date.

    A division is what it is today, but for what `differing` says. Of one whose line was another,
    today's notes on the line are left out, and it is `reconstructed` unless the table says
    otherwise.

    Parameters
    ----------
    day
        The first date with these divisions.
    codes
        Codes of the divisions on that date.
    unchanged
        Codes of those whose shape is today's.
    today
        Today's divisions.
    differing
        Text, all of it optional but `as_of` and `code`: a row for a division on a date.

    Returns
    -------
    pandas.DataFrame
        Indexed by code, in the order of today's divisions, those that are no more at the end.

    Raises
    ------
    RequestError
        When a division has two rows for the date, or another slug than today.
    """
    now = today.drop(columns=[c for c in COMPUTED if c in today and c != "code"]).set_index("code")
    there = set(codes)
    order = [*(c for c in now.index if c in there), *sorted(there - set(now.index))]
    table = pd.DataFrame(now.reindex(order).astype(object))
    moved = [code for code in order if code not in set(unchanged)]
    table.loc[moved, [column for column in table if str(column).startswith(NOTE)]] = None
    table.loc[moved, STATUS] = "reconstructed"
    for row in differing[differing[AS_OF] == str(day)].dropna(subset="code").to_dict("records"):
        code, said = row["code"], {k: v for k, v in row.items() if k not in {AS_OF, "code"}}
        if code not in there:
            raise RequestError(f"{code} is no division on {day}; take its row out")
        slug = said.get("slug")
        if code in now.index and isinstance(slug, str) and slug != now.loc[code, "slug"]:
            raise RequestError(f"{code}: its slug on {day} is that of today; leave it empty")
        for column, value in said.items():
            if isinstance(value, str):
                table.loc[code, str(column)] = value
    return table


def check_differing(differing: pd.DataFrame, days: Collection[dt.date]) -> None:
    """Refuse rows for a date that begins nothing new, and two rows for one division.

    Raises
    ------
    RequestError
        Naming the date or the division.
    """
    known = {str(day) for day in days}
    for day in dict.fromkeys(differing[AS_OF]):
        if day not in known:
            said = ", ".join(sorted(known)) or "none"
            raise RequestError(
                f"{day}: no date on which earlier divisions begin; there are: {said}"
            )
    twice = differing[differing.duplicated([AS_OF, "code"])]
    for day, code in zip(twice[AS_OF], twice["code"], strict=True):
        raise RequestError(f"{code} has two rows for {day}; keep one")
