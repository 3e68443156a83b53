"""What surrounds the cells of a sheet: how far they reach, what is merged, what is hidden.

Read by itself, as openpyxl makes a cell of each one that is merged or linked when it reads this,
and a few bytes can merge the whole sheet.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any

from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries


@dataclass(slots=True)
class SheetLayout:
    """Rows and columns are counted from 1."""

    rows: int = 0
    """The last row that holds something."""
    columns: int = 0
    """The last column that holds something."""
    merged: list[str] = field(default_factory=list)
    """Areas such as ``B2:B4``."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last column of each run."""

    def hides_column(self, column: int) -> bool:
        """Whether the column cannot be seen."""
        return any(first <= column <= last for first, last in self.hidden_columns)

    def merged_areas(self) -> Iterator[tuple[str, int, int, int, int]]:
        """Yield each merged area with its first column and row, and its last ones."""
        for area in self.merged:
            with suppress(ValueError, TypeError):  # such as a whole column, which is not merged so
                first_column, first_row, last_column, last_row = map(int, range_boundaries(area))
                yield area, first_column, first_row, last_column, last_row


def sheet_layout(part: IO[bytes]) -> SheetLayout:
    """Read the layout of a sheet's XML.

    Raises
    ------
    xml.etree.ElementTree.ParseError, ValueError
        It is no such XML, or one that defines entities.
    """
    layout = SheetLayout()
    row = column = 0
    for event, element in iterparse(part, events=("start", "end")):
        name = element.tag.rpartition("}")[2]
        if event == "start":
            if name == "row":
                row, column = int(element.get("r", row + 1)), 0
            elif name == "c":
                row, column = _place(element, row, column)
            continue
        if name in {"v", "f", "is"}:
            layout.rows, layout.columns = max(layout.rows, row), max(layout.columns, column)
        elif name == "row":
            if _is_true(element.get("hidden")):
                layout.hidden_rows.add(row)
            element.clear()
        elif name == "col" and _is_true(element.get("hidden")):
            layout.hidden_columns.append((int(element.get("min")), int(element.get("max"))))
        elif name == "mergeCell":
            layout.merged.append(element.get("ref", ""))
    return layout


def _place(cell: Any, row: int, column: int) -> tuple[int, int]:  # noqa: ANN401  # defusedxml ships no types
    at = cell.get("r")
    if at is None:
        return row, column + 1
    found_row, found_column = coordinate_to_tuple(at)
    return int(found_row), int(found_column)


def _is_true(value: str | None) -> bool:
    return value in {"1", "true"}
