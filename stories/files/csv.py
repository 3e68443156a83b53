"""Figures from a spreadsheet: ``<town>.figures.csv`` beside the story's file.

One figure a row. A column is named like the key in YAML; a key inside another one is joined by a
dot (``label.zh``, ``baseline.value``, ``passage.paragraph``). An empty cell is a key left out.
"""

import csv
import io
from typing import Any

from faults import Fault
from stories.files.yaml import Loc, YamlSource

_DELIMITERS = ",;\t"


def csv_name(town: str) -> str:
    """Return the name of the file for `town`."""
    return f"{town}.figures.csv"


def figures_from_csv(text: str, file: str, faults: list[Fault]) -> YamlSource:
    """Read figures as plain data, each value with its line and column.

    Parameters
    ----------
    text
        The file's text, columns parted by comma, semicolon or tab.
    file
        The name that faults carry.
    faults
        Where faults of syntax are added.
    """
    source = YamlSource(file, data=[])
    heading = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip() for cell in next(rows, [])]
        if odd := _header_faults(file, header):
            faults.extend(odd)
            return source
        line = rows.line_num + 1
        for row in rows:
            if any(cell.strip() for cell in row):
                _add_row(source, header, row, line, faults)
            line = rows.line_num + 1
    except csv.Error as error:
        mend = "check the quotation marks in this line"
        faults.append(
            Fault(f"the row cannot be read ({error})", mend, file=file, line=rows.line_num)
        )
    return source


def _header_faults(file: str, header: list[str]) -> list[Fault]:
    """Find columns that stand twice or inside each other, such as `label` and `label.zh`."""
    names = [name for name in header if name]
    return [
        Fault(
            f"column {name!r} does not go with {other!r}",
            "keep one of them",
            file=file,
            line=1,
            column=column,
        )
        for column, name in enumerate(header, start=1)
        for other in {*names[: column - 1], *(n for n in names if n != name)}
        if name
        and (f"{name}.".startswith(f"{other}.") and (other != name or name in header[: column - 1]))
    ]


def _add_row(
    source: YamlSource, header: list[str], row: list[str], line: int, faults: list[Fault]
) -> None:
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        what = f"the row has {len(row)} cells, the heading {len(header)}"
        mend = "put cells with a comma in quotation marks"
        faults.append(Fault(what, mend, file=source.file, line=line, column=len(header) + 1))
    index = len(source.data)
    figure: dict[str, Any] = {}
    source.values[index,] = (line, 1)
    for column, (name, cell) in enumerate(zip(header, row, strict=False), start=1):
        value = cell.strip()
        if not name or not value:
            continue
        keys = name.split(".")
        _put(figure, keys, _list(value) if keys[-1] == "from" else value)
        loc: Loc = (index, *keys)
        source.keys[loc] = source.values[loc] = (line, column)
    source.data.append(figure)


def _put(data: dict[str, Any], keys: list[str], value: Any) -> None:  # noqa: ANN401
    for key in keys[:-1]:
        data = data.setdefault(key, {})
    data[keys[-1]] = value


def _list(cell: str) -> list[str]:
    return cell.replace(",", " ").replace(";", " ").split()
