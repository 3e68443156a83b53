"""A table as it was read: cells with where they stand."""

from dataclasses import dataclass, field

from faults import Fault
from stories.files.tables.cells import Refusal

MAX_COLUMNS = 300
"""How large a table may be."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds."""

    text: str = ""
    """As the spreadsheet shows it, or as files of an atlas write it."""
    is_number: bool = False
    """Whether the spreadsheet holds it as a number, so that `text` has one reading."""
    sign: str = ""
    """The sign that its format shows beside a number: `%`, or that of a currency."""
    refusal: Refusal | None = None
    """Why it holds nothing that can be read."""


@dataclass(slots=True)
class Grid:
    """Rows of cells, each row with its line."""

    file: str
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    sheet: str = ""
    """Name of the sheet, where there are sheets."""
    faults: list[Fault] = field(default_factory=list)
    """What is wrong with the file as a table."""

    def note(self, what: str, mend: str, line: int = 1, column: int = 1) -> None:
        """Add a fault."""
        self.faults.append(Fault(what, mend, file=self.file, line=line, column=column))


def column_letters(column: int) -> str:
    """Return how spreadsheets call a column, counted from 1: ``A``, ``Z``, ``AA``."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
