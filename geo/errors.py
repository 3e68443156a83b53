"""Errors of this package.

::

    GeoError
    ├── SourceError      a file that cannot be read as what it should be
    ├── FaultsError      a file that was read and whose content has faults
    └── RequestError     an option or argument that cannot be met
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with one feature, and how to mend it."""

    feature: str
    """The feature, by code where it has one, else by its place in the file."""
    what: str
    """What is wrong."""
    mend: str
    """What to do about it."""

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.feature}: {self.what}; {self.mend}"


class GeoError(Exception):
    """Base of all errors that this package raises on purpose."""


class SourceError(GeoError):
    """A file cannot be read; the message names the file and the mend."""


class RequestError(GeoError):
    """An option or argument cannot be met; the message says what would be."""


class FaultsError(GeoError):
    """A file was read, and what it holds has faults.

    Parameters
    ----------
    name
        The file, as the reader of the message knows it.
    faults
        Everything that is wrong, in the file's order.
    """

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        self.name = name
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{name}: {fault}" for fault in self.faults))
