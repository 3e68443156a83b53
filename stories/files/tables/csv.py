"""Read CSV as spreadsheets save it."""

import csv
import io
import re

from stories.files.tables.grid import MAX_COLUMNS, Cell, Grid
from stories.model.atlas import MAX_FIGURES

_DELIMITERS = ",;\t|"
_SEP = re.compile(r'"?sep\s*=\s*(?P<delimiter>.)"?', re.IGNORECASE)
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)


def grid_of_csv(text: str, file: str, most_rows: int = MAX_FIGURES) -> Grid:
    """Return the rows of `text`, columns parted by comma, semicolon, tab or vertical bar.

    Excel's first line ``sep=;`` names the delimiter and is no row.

    Parameters
    ----------
    text
        The file's text.
    file
        The name that faults carry.
    most_rows
        Rows below the headings that are read, and one more.
    """
    grid = Grid(file)
    first, newline, rest = _partition_line(text)
    said = _SEP.match(first)
    body, offset = (rest, bool(newline)) if said else (text, False)
    delimiter = said["delimiter"] if said else _delimiter(text)
    rows = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    line = 1 + offset
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                grid.rows.append((line, [Cell(_content(cell)) for cell in row[: MAX_COLUMNS + 1]]))
            line = rows.line_num + 1 + offset
            if len(grid.rows) > most_rows + 1:
                break
    except csv.Error as error:
        mend = "check the quotation marks in this line"
        grid.note(f"the row cannot be read ({error})", mend, rows.line_num + offset)
    return grid


def _partition_line(text: str) -> tuple[str, str, str]:
    line, newline, rest = re.match(r"([^\r\n]*)(\r\n|\r|\n|)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]  # matches any text
    return line, newline, rest


def _delimiter(text: str) -> str:
    heading = next((line for line in text.splitlines() if line.strip(_DELIMITERS + ' "')), "")
    return max(_DELIMITERS, key=heading.count)


def _content(cell: str) -> str:
    """Return a cell's text; ``="2024-02"`` is how text is kept from becoming a date."""
    text = cell.strip()
    kept = _AS_TEXT.fullmatch(text)
    return kept[1].strip() if kept else text
