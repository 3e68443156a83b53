"""Tables of an atlas: figures beside a story, and the values of its metrics.

``<town>.figures.csv`` or ``<town>.figures.xlsx`` has one figure a row, ``metrics.csv`` or
``metrics.xlsx`` one value of a metric. A column is named like the key in YAML; a key inside another
one is joined by a dot (``label.zh``, ``baseline.value``, ``passage.paragraph``). An empty cell is a
key left out.
"""

from collections.abc import Collection, Sequence

from stories.files.folder import MAX_BYTES, MAX_TABLE_BYTES, Folder
from stories.files.near_misses import meant
from stories.files.tables.csv import grid_of_csv
from stories.files.tables.encoding import Doubt, decode
from stories.files.tables.figures import figure_table
from stories.files.tables.grid import Grid
from stories.files.tables.metrics import MetricTable, metric_table
from stories.files.tables.table import Table, faults_once
from stories.files.tables.workbook import FIGURES, METRICS, Limits, grid_of_workbook
from stories.model.atlas import MAX_FIGURES, DecimalMark
from stories.model.metric import MAX_METRIC_VALUES, Metric

__all__ = [
    "METRIC_TABLES",
    "MetricTable",
    "Table",
    "faults_once",
    "note_near_miss",
    "read_figures",
    "read_metrics",
    "table_names",
]

METRIC_TABLES = ("metrics.csv", "metrics.xlsx")
"""Names that the table of metrics may have: as CSV, and as a workbook."""
_ZIP = b"PK\x03\x04"


def table_names(town: str) -> tuple[str, str]:
    """Return the names that the table of `town` may have: as CSV, and as a workbook."""
    return f"{town}.figures.csv", f"{town}.figures.xlsx"


def read_figures(
    folder: Folder, town: str, languages: Sequence[str], decimal: DecimalMark | None
) -> Table | None:
    """Read the table of `town` if there is one; what is wrong with it is noted in `folder`."""
    grid = _grid(folder, table_names(town), languages, FIGURES)
    if grid is None:
        return None
    table = figure_table(grid, languages, decimal)
    folder.faults.extend(table.faults)
    return table


def read_metrics(
    folder: Folder,
    languages: Sequence[str],
    decimal: DecimalMark | None,
    metrics: Collection[Metric] | None,
) -> MetricTable | None:
    """Read the table of metrics if there is one; what is wrong with it is noted in `folder`."""
    grid = _grid(folder, METRIC_TABLES, languages, METRICS)
    if grid is None:
        return None
    table = metric_table(grid, languages, decimal, metrics)
    folder.faults.extend(table.faults)
    return table


def note_near_miss(folder: Folder, names: Sequence[str]) -> None:
    """Note a file in `folder` that is nearly called like one of a table's `names`."""
    for name in folder.names():
        near = meant(name, names)
        if near and not folder.has(near):
            folder.note(name, 1, f"there is {name!r}, which is not read", f"did you mean {near!r}?")


def _grid(
    folder: Folder, names: tuple[str, str], languages: Sequence[str], limits: Limits
) -> Grid | None:
    """Return the rows of the one of two files that is there."""
    there = [name for name in names if folder.has(name)]
    if len(there) > 1:
        what = f"there are {limits.sheet} here and in {names[0]}"
        folder.note(names[1], 1, what, "keep one of both")
    is_large = limits is METRICS
    most = MAX_TABLE_BYTES if is_large else MAX_BYTES
    data = folder.read_bytes(there[0], most) if there else None
    if data is None:
        return None
    file = folder.name(there[0])
    if there[0] == names[1]:
        return grid_of_workbook(data, file, limits)
    grid = Grid(file)
    if data.startswith(_ZIP):
        grid.note("the file is a workbook, no CSV", "give its name the ending .xlsx")
        return grid
    text = decode(data, languages)
    if isinstance(text, Doubt):
        grid.note(text.refusal.what, text.refusal.mend, text.line)
        return grid
    return grid_of_csv(text, file, MAX_METRIC_VALUES if is_large else MAX_FIGURES)
