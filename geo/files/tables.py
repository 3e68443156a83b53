"""Read tables and points: CSV as editors save it, or any vector file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from faults import Fault
from geo.coverage.extent import check_extent
from geo.crs.projection import WGS84
from geo.errors import FaultsError, RequestError
from geo.files.csv import decode, parse
from geo.files.source import MAX_MEGABYTES
from geo.files.vector import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def read_table(
    path: Path,
    max_megabytes: float = MAX_MEGABYTES,
    *,
    note: Callable[[str], object] | None = None,
) -> pd.DataFrame:
    """Read a CSV file, every cell as text, empty cells as missing.

    Parameters
    ----------
    path
        The file.
    max_megabytes
        Size beyond which it is refused.
    note
        Is told in which other encoding the text could be, where that is not sure.

    Raises
    ------
    SourceError
        When the file is missing, larger, is no CSV or is in another encoding.
    """
    text, found = decode(path, max_megabytes=max_megabytes)
    if note and found.doubt:
        note(f"text of {path}: {found.said}; {found.other}; save it as UTF-8 to settle it")
    return parse(path, text)


def as_text(values: pd.Series) -> pd.Series[str]:
    """Read codes and names as text: 330521.0 is 330521, and an empty cell is missing.

    Letters and their accents are one character each, which macOS parts in what it writes.
    """
    if pd.api.types.is_float_dtype(values) and (values.dropna() % 1 == 0).all():
        values = values.astype("Int64")
    text = values.astype("string").str.normalize("NFC").str.strip()
    return pd.Series(text.astype(object).where((text != "").fillna(value=False), None))


def need(table: pd.DataFrame, columns: list[str], path: Path) -> None:
    """Refuse a table that lacks a column."""
    if missing := [column for column in columns if column not in table]:
        there = ", ".join(map(str, table.columns))
        raise RequestError(f"{path}: no column {', '.join(missing)}; there are: {there}")


def read_points(
    path: Path,
    code: str,
    division: str,
    max_megabytes: float = MAX_MEGABYTES,
    *,
    note: Callable[[str], object] | None = None,
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Read villages: their points, and their divisions.

    Parameters
    ----------
    path
        A CSV file with columns `lon` and `lat` in degrees of WGS-84, empty where a
        village has no point, or a vector file of points.
    code, division
        Columns of the village codes and of the codes of their divisions.
    max_megabytes
        Size beyond which the file is refused.
    note
        As `read_table` takes it.

    Returns
    -------
    points : geopandas.GeoDataFrame
        The villages that have a point, indexed by code, in the file's CRS.
    table : pandas.DataFrame
        All villages, indexed by code, as text.
    """
    if path.suffix.lower() == ".csv":
        table = read_table(path, max_megabytes, note=note)
        need(table, [code, division, "lon", "lat"], path)
        lon, lat = (_numbers(table, column, path) for column in ("lon", "lat"))
        shapes = gpd.GeoSeries(gpd.points_from_xy(lon, lat, crs=WGS84))
        frame = gpd.GeoDataFrame(table, geometry=shapes.where(lon.notna() & lat.notna()))
    else:
        file = read(path, max_megabytes=max_megabytes)
        if note and file.doubt:
            note(f"text of {path}: {file.encoding}; {file.doubt}")
        frame = file.frame
        need(frame, [code, division], path)
        if faults := [*check_extent(frame), *_not_points(frame)]:
            raise FaultsError(str(path), faults)
        frame[code], frame[division] = as_text(frame[code]), as_text(frame[division])
    _refuse_bad_codes(frame, code, division, path)
    frame = frame.set_index(code)
    has_point = ~(frame.geometry.isna() | frame.geometry.is_empty)
    return frame[has_point], pd.DataFrame(frame.drop(columns=frame.geometry.name))


def _not_points(frame: gpd.GeoDataFrame) -> list[Fault]:
    """Find villages whose shape is no point."""
    return [
        Fault(f"a {kind}", "give each village a point", feature=f"feature no. {place}")
        for place, kind in enumerate(frame.geom_type, start=1)
        if kind not in ("Point", None)
    ]


def _numbers(table: pd.DataFrame, column: str, path: Path) -> pd.Series[float]:
    """Read a column of numbers; name the first cell that is none."""
    numbers = pd.to_numeric(table[column], errors="coerce")
    if (bad := table[column].notna() & numbers.isna()).any():
        row = int(bad.to_numpy().argmax())
        raise FaultsError(
            str(path),
            [
                Fault(
                    f"{column} is {table[column].iloc[row]!r}",
                    "give degrees",
                    feature=f"row {row + 2}",
                )
            ],
        )
    return numbers


def _refuse_bad_codes(frame: pd.DataFrame, code: str, division: str, path: Path) -> None:
    """Refuse villages without a code or division, and codes that stand twice."""
    faults = [
        Fault(f"no {column}", "give it one", feature=f"row {row}")
        for column in (code, division)
        for row, none in enumerate(frame[column].isna(), start=2)
        if none
    ]
    twice = frame[code][frame[code].duplicated()].dropna()
    faults += [Fault("stands twice", "keep one row", feature=f"village {value}") for value in twice]
    if faults:
        raise FaultsError(str(path), faults)
