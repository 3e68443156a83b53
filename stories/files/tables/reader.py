"""Turn the rows of a table into plain data, each value with its line and column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from faults import Fault, nearest
from stories.files.tables.cells import (
    LONGEST,
    Refusal,
    plain,
    quoted,
)
from stories.files.tables.columns import LANGUAGE, Columns
from stories.files.tables.grid import MAX_COLUMNS, Cell, Grid
from stories.files.tables.table import Table, in_brackets, told_once
from stories.files.yaml import Loc, Place
from stories.model.atlas import DecimalMark


def has_nothing(grid: Grid, mend: str) -> bool:
    """Whether a table cannot be read; one without rows has the fault that says so then."""
    if not grid.faults and not grid.rows:
        grid.note("the table is empty", mend)
    return bool(grid.faults)


class TableReader:
    """One pass over the rows; a subclass says what the columns hold.

    Parameters
    ----------
    grid
        The rows, the first of them the headings.
    languages
        Languages of the atlas, which the columns of words are named after.
    decimal
        How the atlas says that decimals are written, if it does.
    """

    columns: ClassVar[Columns]
    most_rows: ClassVar[int]
    what_to_delete: ClassVar[str] = "delete what is not of this story"

    def __init__(self, grid: Grid, languages: Sequence[str], decimal: DecimalMark | None) -> None:
        self.grid, self.languages, self.decimal = grid, languages, decimal
        self.head_line, self.head = grid.rows[0]
        self.rows = grid.rows[1:]
        headings = tuple(re.sub(r"\s+", " ", plain(cell.text)) for cell in self.head[:MAX_COLUMNS])
        self.names: dict[int, str] = {}
        self.found: list[Fault] = []
        self.result = self.new_table(headings)

    def new_table(self, headings: tuple[str, ...]) -> Table:
        """Return the table that the rows are put into."""
        return Table(self.grid.file, data=[], sheet=self.grid.sheet, headings=headings)

    def read(self, name: str, cell: Cell, row: Mapping[str, Cell]) -> Any:  # noqa: ANN401  # what the column holds
        """Return what `cell` holds as plain data, or a `Refusal`.

        Parameters
        ----------
        name
            Name of its column.
        cell
            What is read.
        row
            The filled cells of its row, by the names of their columns.
        """
        raise NotImplementedError

    def table(self) -> Table:
        """Read everything; what is wrong with it is in the result."""
        if self.is_too_large() or not self.read_headings():
            return replace(self.result, faults=tuple(self.found))
        for line, cells in self.rows:
            self.add_row(line, cells)
        return replace(self.result, faults=tuple(told_once(self.found, self.result)))

    # ---- headings -----------------------------------------------------------------------------

    def is_too_large(self) -> bool:
        """Whether there are more rows or columns than are read, which is noted."""
        mend = self.what_to_delete
        if len(self.rows) > self.most_rows:
            self.note(self.head_line, 1, f"the table has more than {self.most_rows:,} rows", mend)
        if max(len(cells) for _, cells in self.grid.rows) > MAX_COLUMNS:
            self.note(self.head_line, 1, f"the table has more than {MAX_COLUMNS} columns", mend)
        return bool(self.found)

    def read_headings(self) -> bool:
        """Find the column that each heading names; return whether there is any."""
        used = {
            at for _, cells in self.rows for at, cell in enumerate(cells, start=1) if _filled(cell)
        }
        for column, (heading, cell) in enumerate(
            zip(self.result.headings, self.head, strict=True), start=1
        ):
            name = self.columns.known_name(heading.replace(" ", ""), self.languages)
            if cell.refusal:
                self.refuse(self.head_line, column, cell.refusal)
            elif name in self.names.values():
                what = f"column {heading!r} does not go with {name!r}"
                self.note(self.head_line, column, what, "keep one of them")
            elif name:
                self.names[column] = name
            elif column in used:
                self.refuse_column(column, heading)
        if self.names:
            return True
        self.found.clear()
        what = "the first row has no heading that is known"
        mend = (
            f"begin the table with its headings: {', '.join(self.columns.names_in(self.languages))}"
        )
        self.note(self.head_line, 1, what, mend)
        return False

    def refuse_column(self, column: int, heading: str) -> None:
        """Note a column that holds something under no heading that is known."""
        if heading:
            mend = nearest(heading[:LONGEST].casefold(), self.columns.names_in(self.languages))
            self.note(self.head_line, column, f"there is no column {quoted(heading)}", mend)
            return
        line = next(
            line for line, cells in self.rows if column <= len(cells) and _filled(cells[column - 1])
        )
        what, mend = "the column has no heading", "give it one, or delete what stands below"
        self.note(line, column, what, mend)

    # ---- rows ---------------------------------------------------------------------------------

    def add_row(self, line: int, cells: list[Cell]) -> None:
        """Read a row."""
        if any(map(_filled, cells[len(self.head) :])):
            what = f"the row has {len(cells)} cells, the heading {len(self.head)}"
            self.note(line, len(self.head) + 1, what, "put cells with a comma in quotation marks")
        there = {
            name: (column, cells[column - 1])
            for column, name in self.names.items()
            if column <= len(cells) and _filled(cells[column - 1])
        }
        if self.is_idle(set(there)):
            return
        index = len(self.result.data)
        self.result.data.append({})
        self.begin_row(index, line)
        row = {name: cell for name, (_, cell) in there.items()}
        for name, (column, cell) in there.items():
            value = cell.refusal or self.read(name, cell, row)
            if isinstance(value, Refusal):
                self.refuse(line, column, value)
                value = None
            self.put(index, name, value, (line, column))
        self.add_needed(index, line, set(there))

    def is_idle(self, names: set[str]) -> bool:
        """Whether a row that fills in the columns of these names says nothing."""
        return not names

    def begin_row(self, index: int, line: int) -> None:
        """Keep where a row stands."""
        self.result.values[index,] = (line, 1)

    def add_needed(self, index: int, line: int, there: set[str]) -> None:
        """Refuse the row for each cell that it needs and that is empty."""
        keys = {name.partition(".")[0] for name in there}
        filled = {*there, *keys}
        for each in self.columns.all:
            name = each.name.removesuffix(f".{LANGUAGE}")
            within = each.needed_within
            if name in filled or not (each.needed or (within and within in keys)):
                continue
            place = next((at for at, known in self.names.items() if _is_of(known, name)), None)
            if place is None:
                column = each.name.replace(LANGUAGE, next(iter(self.languages), LANGUAGE))
                place = len(self.head) + 1
                what = f"the column {column!r} is missing"
                self.refuse(self.head_line, place, Refusal(what, "add it to the headings"))
                self.put(index, name, None, (self.head_line, place))
            else:
                self.refuse(line, place, Refusal("the cell is empty", "fill it in"))
                self.put(index, name, None, (line, place))

    def put(self, index: int, name: str, value: Any, place: Place) -> None:  # noqa: ANN401
        """Add what a cell holds to its row, and keep where it stands."""
        keys = name.split(".")
        data = self.result.data[index]
        for key in keys[:-1]:
            data = data.setdefault(key, {})
        data[keys[-1]] = value
        loc: Loc = (index, *keys)
        self.result.values[loc] = place
        self.result.values.setdefault(loc[:2], place)
        self.result.cells.add(place)
        self.result.keys[loc] = (self.head_line, place[1])

    def refuse(self, line: int, column: int, refusal: Refusal) -> None:
        """Note why a cell is not read, so that nothing else is said of it."""
        self.result.refused.add((line, column))
        self.result.cells.add((line, column))
        self.note(line, column, refusal.what, refusal.mend)

    def note(self, line: int, column: int, what: str, mend: str) -> None:
        """Add a fault that names the column, or sheet and cell."""
        fault = Fault(what, mend, file=self.grid.file, line=line, column=column)
        where = in_brackets(self.result.where(fault))
        self.found.append(replace(fault, what=f"{what}{where}"))


def _filled(cell: Cell) -> bool:
    return bool(cell.text or cell.refusal)


def _is_of(known: str, name: str) -> bool:
    return known == name or known.startswith(f"{name}.")
