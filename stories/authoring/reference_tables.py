"""What the reference says of tables: their columns, and how they are read."""

from stories.files.tables.columns import Columns
from stories.files.tables.figures import FIGURE_COLUMNS
from stories.files.tables.metrics import METRIC_COLUMNS


def figure_tables() -> str:
    """Describe the tables of figures."""
    table = _columns(FIGURE_COLUMNS)
    return f"""\
## `<town>.figures.csv` and `<town>.figures.xlsx`

One figure a row, in place of `figures` in `<town>.yaml`; one such file per story. The first row
that holds anything has the headings, in any order and case; an empty cell is a key left out, empty
rows and columns are passed over. Ids under `computed.from` are parted by spaces.

{table}

**Numbers** are read as spreadsheets of the world show them: `1,234,567`, `1.234.567,5`,
`12,34,567`, `1'234`, `1 234`, in digits of any script, with `%` or the sign of the unit's currency
before or after. One that has two readings is never guessed: `1.234` and `1,234` are refused with
both, until `decimal: point` or `decimal: comma` stands in `atlas.yaml`.

**Periods** may also be `2024/2/1`, `2024.02.01`, `2024年2月1日`, `2024年2月`, `2024年`, `2024/2`,
`02/2024`, `2024Q1`, `2024年第一季度`, or two days parted by `~`, `–` or `至`. `19/2/2024` is read;
`1/2/2024` has two readings and is refused. A spreadsheet makes a day of a month: typed as
`2024-02`, it may come back as `2024/2/1`, so format the column as text before typing.

**CSV** is parted by comma, semicolon, tab or `|`; Excel's first line `sep=;` is understood. UTF-8
and UTF-16 are read, and the older encodings of the atlas's languages (GBK and Big5 for `zh`,
Windows-1252 for `fr`, …) where the text clearly makes sense in one of them alone. Otherwise the
fault shows the readings; “CSV UTF-8” leaves no doubt.

**Workbooks**: the one sheet that holds something is read, or else that called `figures`. Dates
count as finely as they are shown, percentages as they are shown, formulas as they were last
calculated. A cell merged with those below stands for them. Refused are errors such as `#N/A`,
formulas that were never calculated, cells merged across columns, and hidden rows and columns.
Hidden sheets are not read."""


def _columns(columns: Columns) -> str:
    rows = [
        f"| `{each.name}` | {'**needed.** ' if each.needed else ''}"
        f"{' '.join(each.description.split())} |"
        for each in columns.all
    ]
    return "\n".join(["| column | |", "|---|---|", *rows])


def metric_tables() -> str:
    """Describe the table of metrics."""
    table = _columns(METRIC_COLUMNS)
    return f"""\
## `metrics.csv` and `metrics.xlsx`

The values of the metrics: one a row, of a division in a period. One such file per atlas, read as
tables of figures are: headings in any order and case, numbers, periods, encodings and workbooks as
above; of several sheets the one called `metrics` is read. A unit may stand beside a number where it
is the metric's own. An empty value, like a row left out, says that none is known: the map hatches
the division. A value that stands twice, a division that the boundary file has not, and another unit
are faults. Metrics with `computed` have no rows.

Where a boundary changed (`reorganisations`), a division has no change across that. Before it, it
has a number per km² only where the boundary set knows the boundaries of the time. The page says
so.

{table}"""
