"""Errors of this package.

::

    GeoError
    ├── SourceError      a file that cannot be read as what it should be; has ``.faults``
    ├── FaultsError      a file that was read and whose content has faults; has ``.faults``
    ├── RequestError     an option or argument that cannot be met
    └── TemporaryFolderError  no temporary file can be written
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from faults import Fault, FaultyFileError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePath


class GeoError(Exception):
    """Base of all errors that this package raises on purpose."""


class SourceError(FaultyFileError, GeoError):
    """A file cannot be read.

    Parameters
    ----------
    file
        The file, as the reader of the message knows it.
    what, mend
        Why it cannot be read, and what to do about it.
    line, column
        Where reading ended, counted from 1, if that is known.
    """

    def __init__(  # a fault's own fields
        self, file: str | PurePath, what: str | None, mend: str, *, line: int = 0, column: int = 1
    ) -> None:
        what = what or "cannot be read"  # some errors of the system have no words
        super().__init__([Fault(what, mend, file=str(file), line=line, column=column)])


class FaultsError(FaultyFileError, GeoError):
    """A file was read, and what it holds has faults.

    Parameters
    ----------
    name
        The file, as the reader of the message knows it.
    faults
        Everything that is wrong, in the file's order.
    """

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.name = name
        super().__init__(replace(fault, file=name) for fault in faults)


class RequestError(GeoError):
    """An option or argument cannot be met; the message says what would be."""


class TemporaryFolderError(GeoError):
    """There is no place for temporary files, or no room in it; the message says what helps."""

    def __init__(self, reason: OSError) -> None:
        said = reason.strerror or str(reason)
        super().__init__(f"no temporary file can be written ({said}); {self.mend}")
        self.said = f"no temporary file can be written ({said})"

    mend = "set TMPDIR to a folder with room that the server may write to, or mount a tmpfs on /tmp"
