"""What can go wrong in the stories.

::

    StoryError
    ├── AtlasError         an atlas folder has faults; all of them are in ``.faults``
    ├── BoundariesError    a boundary file is missing or cannot be read or built
    ├── ScaffoldError      a new atlas cannot be laid out as asked
    └── WordingError       a catalogue lacks a key or a placeholder
"""

from dataclasses import dataclass
from enum import StrEnum


class StoryError(Exception):
    """Anything that this package raises on purpose."""


class Severity(StrEnum):
    """How bad a fault is."""

    ERROR = "error"
    """The atlas cannot be shown."""
    WARNING = "warning"
    """The atlas can be shown, but an editor should look."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend in one place of one file.

    Parameters
    ----------
    file
        Path as the editor would type it: the atlas folder, then the file.
    line, column
        Where it is, both counted from 1.
    what
        What is wrong.
    mend
        What to do about it.
    severity
        Whether the atlas can be shown all the same.
    """

    file: str
    line: int
    column: int
    what: str
    mend: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """One line in the manner of compilers, which editors make clickable."""
        return f"{self.file}:{self.line}:{self.column}: {self.message}"

    @property
    def message(self) -> str:
        """What is wrong, and the mend."""
        return f"{self.what}; {self.mend}"


class AtlasError(StoryError):
    """An atlas could not be loaded."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep every fault, in the order of files and lines."""
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))


class WordingError(StoryError):
    """A catalogue of words lacks what was asked of it."""


class BoundariesError(StoryError):
    """A boundary file is missing, or cannot be read or built."""


class ScaffoldError(StoryError):
    """A new atlas cannot be laid out as asked."""
