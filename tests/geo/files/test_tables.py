"""Tables as spreadsheets, databases and programs save them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from faults import FaultyFileError
from geo.files.csv import read_shapes
from geo.files.join_table import read_join_table
from geo.files.tables import read_points, read_table
from geo.files.vector import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS = "code,name\n01,Málaga\nNA,Łódź\n"
BOX = "POLYGON ((8 47, 9 47, 9 48, 8 48, 8 47))"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1250"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("first", ["", "sep={}\n", '"sep={}"\n'])
def test_encodings_and_separators(
    tmp_path: Path, encoding: str, separator: str, first: str
) -> None:
    text = first.format(separator) + ROWS.replace(",", separator)
    (tmp_path / "in.csv").write_bytes(text.encode(encoding))
    table = read_table(tmp_path / "in.csv")
    assert table["code"].tolist() == ["01", "NA"]
    assert table["name"].tolist() == ["Málaga", "Łódź"]


@pytest.mark.parametrize("column", ["geom", "wkt", "WKT", "the_geom", "geometry", "shape", "形状"])
def test_shapes_in_a_column_of_any_name(tmp_path: Path, column: str) -> None:
    (tmp_path / "in.csv").write_text(f'code,{column},name\n1,"{BOX}",Zug\n2,,Uri\n', "utf-8")
    found = read_shapes(tmp_path / "in.csv")
    assert found is not None
    frame, _ = found
    assert frame.geometry.area.iloc[0] == 1
    assert frame.geometry.isna().tolist() == [False, True]
    assert list(frame.columns) == ["code", "name", "geometry"]
    assert frame.crs is None


@pytest.mark.parametrize(
    "text",
    [
        f"SRID=4490;{BOX}",
        "0103000020" + "8A110000" + "01000000" + "04000000"
        "0000000000002040000000000080474000000000000022400000000000804740"
        "0000000000002240000000000000484000000000000020400000000000804740",
        "\\x0103000020" + "8A110000" + "01000000" + "04000000"
        "0000000000002040000000000080474000000000000022400000000000804740"
        "0000000000002240000000000000484000000000000020400000000000804740",
    ],
)
def test_a_crs_that_the_shapes_state(tmp_path: Path, text: str) -> None:
    (tmp_path / "in.csv").write_text(f'code,g\n1,"{text}"\n', "utf-8")
    found = read_shapes(tmp_path / "in.csv")
    assert found is not None
    assert found[0].crs == "EPSG:4490"


def test_points_by_columns_are_no_shapes(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("code,lon,lat\n1,8.5,47.1\n", "utf-8")
    assert read_shapes(tmp_path / "in.csv") is None


@pytest.mark.parametrize(
    "reading",
    [
        lambda path, most: read_shapes(path, max_megabytes=most),
        read_table,
        read_join_table,
        lambda path, most: read_points(path, "code", "division", most),
        lambda path, most: read(path, max_megabytes=most).frame,
    ],
)
def test_a_table_is_refused_by_the_limit_that_is_given_and_no_other(
    tmp_path: Path, reading: Callable[[Path, float], object]
) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f'code,division,lon,lat,wkt\n1,A,8,47,"{BOX}"\n{" " * 1_500_000}\n', "utf-8")
    for enough in (2, float("inf")):
        assert reading(path, enough) is not None
    with pytest.raises(FaultyFileError, match=r"2 MB is more than 1; .* raise --max-megabytes"):
        reading(path, 1)


def test_a_spreadsheet_is_refused_by_the_same_limit(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(bytes(1_500_000))
    with pytest.raises(FaultyFileError, match="2 MB is more than 1"):
        read_join_table(path, 1)
    with pytest.raises(FaultyFileError, match="no spreadsheet"):
        read_join_table(path, 2)


def test_a_sheets_headings_lose_their_blanks(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    pd.DataFrame({" code ": ["01"], "name ": ["x"]}).to_excel(path, index=False)
    assert list(read_join_table(path)) == ["code", "name"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["code", "name", "name"], ["01", "x", "y"]], "'name' stands twice"),
        ([["code", "name"], ["01", "#N/A"]], "name has #N/A, a failed formula"),
    ],
)
def test_a_sheet_that_says_two_things_or_none_is_refused(
    tmp_path: Path, rows: list[list[str]], said: str
) -> None:
    path = tmp_path / "in.xlsx"
    pd.DataFrame(rows).to_excel(path, index=False, header=False)
    with pytest.raises(FaultyFileError, match=re.escape(said)):
        read_join_table(path)
