"""Read a workbook of Excel, WPS, LibreOffice or Numbers (``.xlsx``).

openpyxl reads it: the one library that tells formats, text that looks like a number, and whether a
formula was ever calculated. It reads cells alone, no pictures, links or comments.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from stories.files.tables.cells import Refusal, cell_error
from stories.files.tables.grid import MAX_COLUMNS, Cell, Grid, column_letters
from stories.files.tables.sheet_layout import SheetLayout, sheet_layout

MAX_PARTS = 500


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be, and which of its sheets is read."""

    unpacked: int = 5_000_000
    """Bytes of XML, of which openpyxl makes some twenty times as many in memory."""
    elements: int = 100_000
    """Elements of XML, which openpyxl makes an object of each."""
    rows: int = 5_000
    """How far down a sheet may reach; what is empty in between is read cell by cell."""
    sheet: str = "figures"
    """Name of the sheet that is read where several hold something."""


FIGURES = Limits()
METRICS = Limits(unpacked=20_000_000, elements=400_000, rows=20_000, sheet="metrics")
"""Rows for every county of China in six periods; larger tables are read as CSV."""
_ANEW = "copy the table alone into a new workbook, or save it as CSV"
_OLE = b"\xd0\xcf\x11\xe0"
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\[(?!\$)[^\]]*\]')
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")


def grid_of_workbook(data: bytes, file: str, limits: Limits = FIGURES) -> Grid:
    """Return the rows of the one sheet that is a table.

    Parameters
    ----------
    data
        The file's bytes.
    file
        The name that faults carry.
    limits
        How large it may be, and which sheet is read.
    """
    grid = Grid(file)
    if refusal := _unfit(data, limits):
        grid.note(refusal.what, refusal.mend)
        return grid
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that have nothing to do with cells
            _read(data, grid, limits)
    except Exception as error:  # noqa: BLE001  # whatever parts of openpyxl meet in broken files
        grid.rows.clear()
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        grid.note(f"the workbook cannot be read ({reason})", "save it anew as .xlsx")
    return grid


def _unfit(data: bytes, limits: Limits) -> Refusal | None:
    """Say why a file is not opened at all."""
    if data.startswith(_OLE):
        what = "the workbook is of the kind before 2007, or has a password"
        return Refusal(what, "save it as .xlsx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > limits.unpacked:
                what = f"the workbook unpacks to more than {limits.unpacked:,} bytes"
                return Refusal(what, _ANEW)
            elements = sum(map(_elements, map(archive.read, parts)))
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError):
        return Refusal("the file is no workbook", "save it as .xlsx, or as CSV UTF-8")
    if elements > limits.elements:
        return Refusal(f"the workbook has more than {limits.elements:,} cells and styles", _ANEW)
    return None


def _elements(part: bytes) -> int:
    return part.count(b"<") - part.count(b"</")


def _read(data: bytes, grid: Grid, limits: Limits) -> None:
    shown, written = (
        load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
        for values in (True, False)
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        layouts = {
            sheet.title: sheet_layout(archive.open(sheet._worksheet_path))  # noqa: SLF001  # no other way to it
            for sheet in shown.worksheets
            if sheet.sheet_state == "visible"
        }
    if not layouts:  # or they are of the strict kind of Open XML, which openpyxl does not find
        what = "the workbook shows no sheet"
        grid.note(what, f"show that of the {limits.sheet}, and save it as an ordinary .xlsx")
    title = _sheet_of(layouts, grid, limits.sheet)
    if title is None:
        return
    grid.sheet, layout = title, layouts[title]
    if layout.rows > limits.rows or layout.columns > MAX_COLUMNS:
        end = f"{column_letters(layout.columns)}{layout.rows}"
        most = f"at most {limits.rows:,} rows and {MAX_COLUMNS} columns are read"
        mend = f"delete what is below and beside the table: {most}"
        grid.note(f"the sheet {title!r} reaches as far as {end}", mend)
        return
    if layout.rows:
        cells = _cells(shown[title], written[title], layout)
        _refuse_merged(cells, layout)
        grid.rows += _rows(cells, layout)


def _sheet_of(layouts: dict[str, SheetLayout], grid: Grid, name: str) -> str | None:
    """Choose the one sheet that holds something, or else that called `name`."""
    filled = [title for title, layout in layouts.items() if layout.rows]
    named = [title for title in filled if title.strip().casefold() == name]
    if len(filled) > 1 and not named:
        titles = ", ".join(map(repr, filled))
        what = f"there are {len(filled)} sheets with something in them: {titles}"
        grid.note(what, f"call that of the {name} {name!r}, or keep it alone")
        return None
    return next(iter([*named, *filled, *layouts]), None)


def _cells(shown: Any, written: Any, layout: SheetLayout) -> list[list[Cell]]:  # noqa: ANN401  # openpyxl ships no types
    end = {"min_row": 1, "max_row": layout.rows, "max_col": layout.columns}
    both = zip(shown.iter_rows(**end), written.iter_rows(**end), strict=True)
    return [list(map(_cell, values, formulas)) for values, formulas in both]


def _refuse_merged(cells: list[list[Cell]], layout: SheetLayout) -> None:
    """Let a cell merged with those below stand for them; refuse one merged across columns."""
    left = layout.rows * layout.columns
    for area, first_column, first_row, last_column, last_row in layout.merged_areas():
        if first_row > layout.rows or first_column > layout.columns:
            continue
        column = cells[first_row - 1 : last_row]
        left -= len(column)
        if left < 0:
            raise ValueError("merged areas lie on each other")
        top = cells[first_row - 1][first_column - 1]
        if first_column == last_column:
            for row in column:
                row[first_column - 1] = top
        elif _holds(top):
            what = f"the cells {area} are merged across columns"
            mend = "part them, so that each column has a cell of its own"
            cells[first_row - 1][first_column - 1] = replace(top, refusal=Refusal(what, mend))


def _rows(cells: list[list[Cell]], layout: SheetLayout) -> Iterable[tuple[int, list[Cell]]]:
    """Yield the rows that hold something, less what is hidden: nobody says who may see it."""
    for line, row in enumerate(cells, start=1):
        held = [column for column, cell in enumerate(row) if _holds(cell)]
        if not held:
            continue
        if line in layout.hidden_rows:
            row[held[0]] = _hidden(row[held[0]], "row")
        for column in held:
            if layout.hides_column(column + 1):
                row[column] = _hidden(row[column], "column")
        yield line, row


def _hidden(cell: Cell, part: str) -> Cell:
    return replace(cell, refusal=Refusal(f"the {part} is hidden", f"show or delete the {part}"))


def _holds(cell: Cell) -> bool:
    return bool(cell.text or cell.refusal)


def _cell(shown: Any, written: Any) -> Cell:  # noqa: ANN401
    if shown.value is None and written.value is not None:
        formula = str(getattr(written.value, "text", written.value))[:60]
        what = f"the formula {formula} has never been calculated"
        return Cell(refusal=Refusal(what, "open the workbook, let it calculate, and save it"))
    return _content(shown)


def _content(cell: Any) -> Cell:  # noqa: ANN401
    if cell.value is None:
        return Cell()
    value, shown = cell.value, _NOT_SHOWN.sub("", str(cell.number_format))
    if isinstance(value, date):
        return Cell(_date(value, shown))
    if isinstance(value, bool) or not isinstance(value, int | float):
        text = str(value).strip()
        return Cell(text, refusal=cell_error(text) if cell.data_type == "e" else None)
    number = Decimal(value if isinstance(value, int) else f"{value:.15g}")  # as they count
    if "%" in shown:
        return Cell(_plainly(number * 100), is_number=True, sign="%")
    currency = _CURRENCY.search(shown)
    sign = currency[1].strip() if currency else ""
    return Cell(_plainly(number), is_number=True, sign=sign)


def _plainly(number: Decimal) -> str:
    """Return a number in full, without idle zeros."""
    return f"{number.normalize():f}"


def _date(value: date, shown: str) -> str:
    """Return a date as finely as its format shows it: a day, a month or a year."""
    letters = _CURRENCY.sub("", shown).casefold()
    if "d" in letters or "y" not in letters:
        return f"{value:%Y-%m-%d}"
    return f"{value:%Y-%m}" if "m" in letters else f"{value:%Y}"
