"""A table that was read, and what is said of its rows: of the same in many of them once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from faults import Fault, Severity
from stories.files.tables.cells import quoted
from stories.files.tables.grid import column_letters
from stories.files.yaml import Loc, Place, YamlSource

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_ROWS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Table(YamlSource):
    """Rows of a table as plain data, where each stands, and what was refused already."""

    sheet: str = ""
    headings: tuple[str, ...] = ()
    cells: set[Place] = field(default_factory=set)
    refused: set[Place] = field(default_factory=set)

    def fault(
        self,
        loc: Loc,
        what: str,
        mend: str,
        *,
        at_key: bool = False,
        severity: Severity = Severity.ERROR,
    ) -> Fault:
        """Return a fault at `loc` that names the column, or sheet and cell."""
        # No bare super(): slots make the class anew.
        fault = YamlSource.fault(self, loc, what, mend, at_key=at_key, severity=severity)
        is_of_cell = loc[:2] in self.values and len(loc) > 1
        place = (fault.line, fault.column)
        return self.fault_at(place, what, mend, severity=severity, is_of_cell=is_of_cell)

    def fault_at(
        self,
        place: Place,
        what: str,
        mend: str,
        *,
        severity: Severity = Severity.ERROR,
        is_of_cell: bool = True,
    ) -> Fault:
        """Return a fault at a place that names the column, or sheet and cell."""
        line, column = place
        fault = Fault(what, mend, file=self.file, line=line, column=column, severity=severity)
        where = self.where(fault) if is_of_cell else self.cell(fault)
        return replace(fault, what=f"{fault.what}{in_brackets(where)}")

    def where(self, fault: Fault) -> str:
        """Return sheet and cell, as far as there are sheets, and the column's heading."""
        heading = self.headings[fault.column - 1] if fault.column <= len(self.headings) else ""
        is_cell = heading and (fault.line, fault.column) in self.cells
        column = f"column {quoted(heading)}" if is_cell else ""
        return ", ".join(filter(None, (self.cell(fault), column)))

    def cell(self, fault: Fault) -> str:
        """Return sheet and cell as spreadsheets call them, or nothing where there are no sheets."""
        return f"{self.sheet}!{column_letters(fault.column)}{fault.line}" if self.sheet else ""

    def without_place(self, fault: Fault) -> tuple[str, str]:
        """Return what is wrong, and where that said it is."""
        for where in (self.where(fault), self.cell(fault)):
            if where and fault.what.endswith(f" ({where})"):
                return fault.what.removesuffix(f" ({where})"), where
        return fault.what, ""


def faults_once(faults: Iterable[Fault], source: YamlSource) -> list[Fault]:
    """Return `faults` without those of cells that a table refused, and each once per column."""
    for table in source.included.values():
        if isinstance(table, Table):
            known = [
                fault
                for fault in faults
                if fault.file != table.file or (fault.line, fault.column) not in table.refused
            ]
            faults = told_once(known, table)
    return list(faults)


def told_once(faults: Iterable[Fault], table: Table) -> list[Fault]:
    """Return one fault for those that say the same of a column's cells."""
    groups: dict[tuple[object, ...], list[Fault]] = {}
    for fault in dict.fromkeys(faults):
        said = _QUOTED.sub("", table.without_place(fault)[0])
        key = (fault.column, said, fault.mend, fault.severity)
        groups.setdefault(key if fault.file == table.file else (fault,), []).append(fault)
    return [_with_count(first, others, table) for first, *others in groups.values()]


def _with_count(first: Fault, others: list[Fault], table: Table) -> Fault:
    if not others:
        return first
    lines = ", ".join(_lines(others))
    rows = f"the {len(others):,} rows below: {lines}" if len(others) > 1 else f"row {lines}"
    what, where = table.without_place(first)
    where = ", ".join(filter(None, (where, f"also in {rows}")))
    return replace(first, what=f"{what} ({where})")


def _lines(faults: list[Fault]) -> Iterator[str]:
    yield from (str(fault.line) for fault in faults[: _ROWS_NAMED - 1])
    more = " …" if len(faults) > _ROWS_NAMED else ""
    yield from (f"{fault.line}{more}" for fault in faults[_ROWS_NAMED - 1 : _ROWS_NAMED])


def in_brackets(text: str) -> str:
    """Return where something is, behind what is wrong there; nothing for nothing."""
    return f" ({text})" if text else ""
