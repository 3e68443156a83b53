"""Figures from a table beside the story: ``<town>.figures.csv`` or ``<town>.figures.xlsx``.

One figure a row. A column is named like the key in YAML; a key inside another one is joined by a
dot (``label.zh``, ``baseline.value``, ``passage.paragraph``). An empty cell is a key left out.
"""

from collections.abc import Sequence

from stories.files.folder import Folder
from stories.files.near_misses import meant
from stories.files.tables.csv import grid_of_csv
from stories.files.tables.encoding import Doubt, decode
from stories.files.tables.figures import FigureTable, faults_once, figure_table
from stories.files.tables.grid import Grid
from stories.files.tables.workbook import grid_of_workbook
from stories.model.atlas import DecimalMark

__all__ = ["FigureTable", "faults_once", "note_near_miss", "read_figures", "table_names"]

_ZIP = b"PK\x03\x04"


def table_names(town: str) -> tuple[str, str]:
    """Return the names that the table of `town` may have: as CSV, and as a workbook."""
    return f"{town}.figures.csv", f"{town}.figures.xlsx"


def read_figures(
    folder: Folder, town: str, languages: Sequence[str], decimal: DecimalMark | None
) -> FigureTable | None:
    """Read the table of `town` if there is one; what is wrong with it is noted in `folder`."""
    names = table_names(town)
    there = [name for name in names if folder.has(name)]
    if len(there) > 1:
        folder.note(names[1], 1, f"there are figures here and in {names[0]}", "keep one of both")
    data = folder.read_bytes(there[0]) if there else None
    if data is None:
        return None
    grid = _grid(data, folder.name(there[0]), languages, is_workbook=there[0] == names[1])
    table = figure_table(grid, languages, decimal)
    folder.faults.extend(table.faults)
    return table


def note_near_miss(folder: Folder, town: str) -> None:
    """Note a file in `folder` that is nearly called like the table of `town`."""
    for name in folder.names():
        near = meant(name, table_names(town))
        if near and not folder.has(near):
            folder.note(name, 1, f"there is {name!r}, which is not read", f"did you mean {near!r}?")


def _grid(data: bytes, file: str, languages: Sequence[str], *, is_workbook: bool) -> Grid:
    if is_workbook:
        return grid_of_workbook(data, file)
    grid = Grid(file)
    if data.startswith(_ZIP):
        grid.note("the file is a workbook, no CSV", "give its name the ending .xlsx")
        return grid
    text = decode(data, languages)
    if isinstance(text, Doubt):
        grid.note(text.refusal.what, text.refusal.mend, text.line)
        return grid
    return grid_of_csv(text, file)
