"""Read a table of figures: what each of its columns holds."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from stories.files.tables.cells import cell_error, plain, read_number, sign_refusal
from stories.files.tables.columns import Columns
from stories.files.tables.grid import Cell, Grid
from stories.files.tables.periods import read_period
from stories.files.tables.reader import TableReader, has_nothing
from stories.files.tables.table import Table
from stories.model.atlas import MAX_FIGURES, DecimalMark, Figure
from stories.model.unit import Unit

_NUMBERS = {"value", "baseline.value"}
_PERIODS = {"period", "baseline.period"}
_CODES = {"id", "unit", "qualifier", "status", "better", "computed.formula"}
_IDLE_ZEROS = re.compile(r"[.]0+$")

FIGURE_COLUMNS = Columns.of(Figure)
"""What a table of figures may have."""


def figure_table(grid: Grid, languages: Sequence[str], decimal: DecimalMark | None = None) -> Table:
    """Return the figures of `grid`; what is wrong with it is in the result.

    Parameters
    ----------
    grid
        The rows, the first of them the headings.
    languages
        Languages of the atlas, which the columns of words are named after.
    decimal
        How the atlas says that decimals are written, if it does.
    """
    if has_nothing(grid, "write headings and figures, or delete the file"):
        return Table(grid.file, data=[], faults=tuple(grid.faults))
    return _FigureReader(grid, languages, decimal).table()


class _FigureReader(TableReader):
    """Reads a figure a row."""

    columns = FIGURE_COLUMNS
    most_rows = MAX_FIGURES

    def read(self, name: str, cell: Cell, row: Mapping[str, Cell]) -> Any:  # noqa: ANN401  # text or a list
        text = cell.text
        code = plain(text)
        if error := cell_error(code):
            return error
        unit = plain(row["unit"].text) if "unit" in row else ""
        if name in _PERIODS or (name in _NUMBERS and unit == Unit.DATE):
            return read_period(text)
        if name in _NUMBERS:
            shown = sign_refusal(text, cell.sign, unit) or text
            return shown if cell.is_number else read_number(text, unit, self.decimal)
        if name == "passage.paragraph":
            return _IDLE_ZEROS.sub("", code)
        if name == "computed.from":
            return re.split(r"[\s,;，；、]+", code)
        return code if name in _CODES else text
