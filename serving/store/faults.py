"""Faults of an atlas and its boundaries, each with its file as an editor would name it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from faults import Fault, FaultyFileError, Severity
from geo.errors import TemporaryFolderError
from geo.files.boundary_sets import DIVISIONS
from stories.checks import boundary_faults, check_files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from stories.files.loader import AtlasFiles
    from stories.model.history import BoundaryHistory


def faults_in_boundaries(
    folder: Path, error: FaultyFileError | TemporaryFolderError | OSError
) -> list[Fault]:
    """Return why the files of a boundary set cannot be used, named with its folder."""
    if isinstance(error, TemporaryFolderError):
        return [Fault(error.said, error.mend, file=folder.as_posix())]
    if isinstance(error, FaultyFileError):
        return [
            replace(fault, file=(folder / (fault.file or DIVISIONS)).as_posix())
            for fault in error.faults
        ]
    mend = "let the server read this file"
    return [Fault(error.strerror or str(error), mend, file=(folder / DIVISIONS).as_posix())]


def faults_without_boundaries(files: AtlasFiles, error: FaultyFileError) -> list[Fault]:
    """Return what keeps an atlas from being shown where its boundary set is not there."""
    return [*boundary_faults(files, error), *_errors(check_files(files))]


def faults_with_divisions(
    files: AtlasFiles, divisions: Collection[str], history: BoundaryHistory
) -> list[Fault]:
    """Return what keeps an atlas from being shown where its divisions are these."""
    return _errors(check_files(files, divisions, history=history))


def named_from(folder: Path, read: Path, faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Name files as an editor would: the atlas's folder, then the file.

    Parameters
    ----------
    folder
        The folder as it is named.
    read
        The same where links were followed, as the faults name it.
    faults
        What is wrong in it.
    """
    above = f"{read.as_posix()}/"
    return tuple(
        replace(fault, file=f"{folder.name}/{fault.file.removeprefix(above)}")
        if fault.file.startswith(above)
        else fault
        for fault in faults
    )


def _errors(faults: Iterable[Fault]) -> list[Fault]:
    return [fault for fault in faults if fault.severity is Severity.ERROR]
