"""What is wrong in files: one way to say it for all packages of this program."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How bad a fault is."""

    ERROR = "error"
    """What the file is for cannot be shown."""
    WARNING = "warning"
    """It can be shown, but an editor should look."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend, and where it stands as far as that is known.

    Faults are ordered by file, line and column.

    Parameters
    ----------
    what
        What is wrong.
    mend
        What to do about it.
    file
        Path as an editor would type it; empty where whoever reads the file will say it.
    line, column
        Where it is, both counted from 1; line 0 where that is not known.
    feature
        The feature of a boundary file, by code where it has one, else by its place in the file.
    severity
        Whether the file can be used all the same.
    """

    file: str = field(default="", kw_only=True)
    line: int = field(default=0, kw_only=True)
    column: int = field(default=1, kw_only=True)
    feature: str = field(default="", kw_only=True)
    what: str
    mend: str
    severity: Severity = field(default=Severity.ERROR, kw_only=True)

    def __str__(self) -> str:
        """One line in the manner of compilers, which editors make clickable."""
        return f"{self.place}: {self.message}" if self.place else self.message

    @property
    def place(self) -> str:
        """File, line and column, as far as they are known."""
        places = (self.line, self.column) if self.line else ()
        return ":".join(map(str, filter(None, (self.file, *places))))

    @property
    def message(self) -> str:
        """What is wrong, with which feature, and the mend."""
        subject = f"{self.feature}: " if self.feature else ""
        return f"{subject}{self.what}; {self.mend}"


class FaultyFileError(Exception):
    """A file cannot be used; base of the packages' own errors that say so.

    Parameters
    ----------
    faults
        Everything that is wrong; the message has a line for each.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def nearest(word: str, known: Iterable[str], otherwise: str | None = None) -> str:
    """Return the mend for an unknown word: the nearest known one, or else all of them.

    Where they are too many to name, `otherwise` stands in for them.
    """
    names = list(known)
    close = get_close_matches(word, names, n=1, cutoff=0.5)
    if close:
        return f"did you mean {close[0]!r}?"
    return otherwise or f"known here: {', '.join(names) or 'none'}"
