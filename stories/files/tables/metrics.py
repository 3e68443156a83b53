"""Read a table of metrics: the value of a division in a period, one a row."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from faults import Fault, Severity, nearest
from stories.files.tables.cells import (
    LONGEST,
    Refusal,
    cell_error,
    is_shortened,
    plain,
    quoted,
    read_number,
)
from stories.files.tables.columns import Column, Columns
from stories.files.tables.grid import Cell, Grid
from stories.files.tables.periods import read_period
from stories.files.tables.reader import TableReader, has_nothing
from stories.files.tables.table import Table
from stories.files.yaml import Loc, Place
from stories.model.atlas import DecimalMark
from stories.model.metric import MAX_METRIC_VALUES, Metric, MetricValue
from stories.model.text import Texts
from stories.model.unit import OwnUnit, read_unit
from stories.wording import Wording, catalogue_languages
from stories.wording.units import unit_label

UNIT = "unit"
METRIC_COLUMNS = Columns.of(
    MetricValue,
    Column(UNIT, "The metric's unit, in any language; it is held against it.", needed=False),
)
"""What a table of metrics may have."""

_CODES = {"metric", "division", "qualifier", "status"}
_NUMBER = re.compile(r"[-+−]?[\d.,٫٬'’\s]*\d")
_NONE = {"-", "--", "–", "—", "−", "…", "..", ".", "/", "x", "n/a", "na", "nil", "null", "none",
         "无", "缺", "缺失", "暂无", "不详", "空"}  # fmt: skip
"""How spreadsheets of the world say that there is no value."""
_LEAVE_EMPTY = "leave the cell empty where there is no value"


@dataclass(frozen=True, slots=True)
class MetricTable(Table):
    """Rows of a table of metrics; where each stands is told by its line and its column."""

    lines: list[int] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)

    def fault(
        self,
        loc: Loc,
        what: str,
        mend: str,
        *,
        at_key: bool = False,  # noqa: ARG002  # a table's keys are its headings
        severity: Severity = Severity.ERROR,
    ) -> Fault:
        """Return a fault at `loc` that names the column, or sheet and cell."""
        place = self.values.get(loc) or self._place(loc)
        self.cells.add(place)
        return Table.fault_at(self, place, what, mend, severity=severity, is_of_cell=len(loc) > 1)

    def _place(self, loc: Loc) -> Place:
        index, *keys = loc or (0,)
        line = self.lines[index] if isinstance(index, int) and index < len(self.lines) else 1
        while keys:
            name = ".".join(map(str, keys))
            of_key = (at for known, at in self.columns.items() if known.startswith(f"{name}."))
            if column := self.columns.get(name) or next(of_key, None):
                return line, column
            keys.pop()
        return line, 1


def metric_table(
    grid: Grid,
    languages: Sequence[str],
    decimal: DecimalMark | None = None,
    metrics: Collection[Metric] | None = None,
) -> MetricTable:
    """Return the values of `grid`; what is wrong with it is in the result.

    Parameters
    ----------
    grid
        The rows, the first of them the headings.
    languages
        Languages of the atlas, which the columns of words are named after.
    decimal
        How the atlas says that decimals are written, if it does.
    metrics
        The atlas's metrics; None where they cannot be read.
    """
    if has_nothing(grid, "write headings and values, or delete the file"):
        return MetricTable(grid.file, data=[], faults=tuple(grid.faults))
    table = _MetricReader(grid, languages, decimal, metrics).table()
    assert isinstance(table, MetricTable)
    return table


class _MetricReader(TableReader):
    """Reads a value a row; a row whose value is empty says that there is none."""

    columns = METRIC_COLUMNS
    most_rows = MAX_METRIC_VALUES
    what_to_delete = "keep the metrics that the atlas shows"

    def __init__(
        self,
        grid: Grid,
        languages: Sequence[str],
        decimal: DecimalMark | None,
        metrics: Collection[Metric] | None,
    ) -> None:
        super().__init__(grid, languages, decimal)
        self.metrics = None if metrics is None else {each.id: _Known(each) for each in metrics}
        self.seen: dict[tuple[str, str], Any] = {}

    def new_table(self, headings: tuple[str, ...]) -> MetricTable:
        return MetricTable(self.grid.file, data=[], sheet=self.grid.sheet, headings=headings)

    def is_idle(self, names: set[str]) -> bool:
        return names - {UNIT} in (set(), {"division", "metric", "period"})

    def begin_row(self, index: int, line: int) -> None:
        assert isinstance(self.result, MetricTable)
        assert index == len(self.result.lines)
        self.result.lines.append(line)
        if not index:
            self.result.columns.update({name: at for at, name in self.names.items()})

    def put(self, index: int, name: str, value: Any, place: Place) -> None:  # noqa: ANN401
        if name == UNIT:
            return
        key, _, language = name.partition(".")
        row = self.result.data[index]
        if language:
            row.setdefault(key, {})[language] = value
        else:
            row[key] = value
        if value is None:
            self.result.values[index, *name.split(".")] = place

    def read(self, name: str, cell: Cell, row: Mapping[str, Cell]) -> Any:  # noqa: ANN401  # text or a refusal
        if name in {"value", UNIT}:
            return self.read_measure(name, cell, row)
        known = (name, cell.text)
        if known not in self.seen:
            self.seen[known] = self.read_once(name, cell.text)
        return self.seen[known]

    def read_once(self, name: str, text: str) -> str | Refusal:
        """Read what stands alike in many rows."""
        code = plain(text)
        if error := cell_error(code):
            return error
        if name == "period":
            return read_period(text)
        if name == "division" and is_shortened(code):
            what = f"{quoted(text)} is shortened by the spreadsheet, which loses digits"
            return Refusal(what, "format the column as text, and enter the codes anew")
        if name == "metric":
            return self.read_metric(code)
        return code if name in _CODES else text

    def read_metric(self, name: str) -> str | Refusal:
        if self.metrics is None:
            return name
        if name not in self.metrics:
            what = f"there is no metric {quoted(name)} in atlas.yaml"
            return Refusal(what, nearest(name, self.metrics, "add it to `metrics` there"))
        if self.metrics[name].metric.computed:
            what = f"the metric {name!r} is computed, so it has no values here"
            return Refusal(what, "take the row out, or `computed` out of atlas.yaml")
        return name

    def read_measure(self, name: str, cell: Cell, row: Mapping[str, Cell]) -> str | Refusal | None:
        """Read a value, or hold a unit, against the unit of the row's metric."""
        metric = plain(row["metric"].text) if "metric" in row else ""
        known = (self.metrics or {}).get(metric)
        code = plain(cell.text)
        if error := cell_error(code):
            return error
        if name == UNIT:
            return known.other_unit(code) if known and not known.has(code) else None
        if cell.is_number:
            if cell.sign and known and not known.has(cell.sign):
                return known.other_unit(cell.sign)
            return cell.text
        return _value(cell.text, code, known, self.decimal)


def _value(
    text: str, code: str, known: "_Known | None", decimal: DecimalMark | None
) -> str | Refusal:
    if len(text) > LONGEST:
        return Refusal(f"{quoted(text)} is no number", _LEAVE_EMPTY)
    bare = known.without_unit(code) if known else code
    read = read_number(bare, "", decimal) if _is_plain(bare) else bare
    if isinstance(read, Refusal) or _is_decimal(read):
        return read
    number = _NUMBER.match(bare)
    if number and known and number.end() < len(bare):
        return known.other_unit(bare[number.end() :].strip())
    if bare.casefold() in _NONE:
        return Refusal(f"{quoted(text)} is no number", _LEAVE_EMPTY)
    mend = f"write the number in figures and in full; {_LEAVE_EMPTY}"
    return Refusal(f"{quoted(text)} is no number", mend)


def _is_plain(text: str) -> bool:
    """Whether no letter or sign of a unit stands beside the digits, but those of an exponent."""
    return is_shortened(text) or bool(re.fullmatch(r"[-+−\d.,٫٬'’()\s]*", text))


def _is_decimal(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII))


@dataclass(frozen=True)
class _Known:
    """A metric of the atlas, with the words of its unit."""

    metric: Metric

    @cached_property
    def units(self) -> list[str]:
        return sorted(map(_unit, self._names()), key=len)[::-1]

    def _names(self) -> Iterator[str]:
        """Yield what a table may call the metric's unit."""
        unit = self.metric.unit
        if isinstance(unit, Texts):
            yield from unit.root.values()
            return
        yield unit.value
        declared = unit.declared.label.root if isinstance(unit, OwnUnit) else ()
        for lang in dict.fromkeys([*catalogue_languages(), *declared]):
            for count in (1, 100):
                yield unit_label(unit, Wording(lang), count)

    @property
    def _named(self) -> list[str]:
        unit = self.metric.unit
        return list(unit.root.values()) if isinstance(unit, Texts) else [unit.value]

    def has(self, unit: str) -> bool:
        """Whether the metric is in that unit."""
        return _unit(unit) in self.units or read_unit(unit) == self.metric.unit

    def without_unit(self, text: str) -> str:
        """Return a value without the metric's own unit before or behind it."""
        folded = _unit(text)
        for unit in self.units:
            if folded.endswith(unit):
                return folded.removesuffix(unit).strip()
            if folded.startswith(unit):
                return folded.removeprefix(unit).strip()
        return text

    def other_unit(self, unit: str) -> Refusal:
        own = " or ".join(repr(each) for each in dict.fromkeys(self._named))
        what = f"the unit {quoted(unit)} is not that of the metric {self.metric.id!r}, {own}"
        return Refusal(what, "convert the value, or write the number alone if it is in that unit")


def _unit(text: str) -> str:
    """Return a unit as keyboards write it."""
    return plain(text).casefold().replace("²", "2").replace("³", "3").replace("μ", "µ")
