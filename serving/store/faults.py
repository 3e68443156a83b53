"""Faults of an atlas and its boundaries, each with the file and the line where it stands."""

from __future__ import annotations

from dataclasses import replace
from json import JSONDecodeError
from typing import TYPE_CHECKING

from pydantic import ValidationError

from geo.errors import FaultsError
from geo.files.boundary_sets import DIVISIONS, PUBLIC, RECORDS, boundary_folder
from stories.checks import check_atlas
from stories.errors import AtlasError, Fault, Severity, StoryError
from stories.files.loader import read_atlas

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from stories.model.atlas import Atlas

REBUILD = "make the file with python -m geo build"


def faults_of(error: Exception, folder: Path) -> tuple[Fault, ...]:
    """Say where everything stands that kept an atlas from being loaded."""
    if isinstance(error, AtlasError):
        return error.faults
    found = [fault for fault in check_atlas(folder) if fault.severity is Severity.ERROR]
    if isinstance(error, StoryError):
        return tuple(found)
    file = _boundary_file(folder)
    if not file.is_file():  # then the line that names it is at fault
        return tuple(found) or (_fault(file, 1, str(error)),)
    return tuple(_boundary_faults(error, file))


def missing_boundary_faults(
    folder: Path, atlas: Atlas, towns: Collection[str]
) -> tuple[Fault, ...]:
    """Return what is wrong where a story's town has no boundary."""
    if all(story.town in towns for story in atlas.stories):
        return ()
    faults = check_atlas(folder, divisions=list(towns))
    return tuple(fault for fault in faults if fault.severity is Severity.ERROR)


def seen_from(folder: Path, faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Name files as an editor would: the atlas's folder, then the file."""
    above = f"{folder.parent.as_posix()}/"
    return tuple(replace(fault, file=fault.file.removeprefix(above)) for fault in faults)


def _boundary_file(folder: Path) -> Path:
    head = read_atlas(folder).head
    return boundary_folder(folder, head.boundaries if head else "") / DIVISIONS


def _boundary_faults(error: Exception, file: Path) -> Iterable[Fault]:
    if isinstance(error, FaultsError):
        lines = _lines(file.with_name(error.name))
        for each in error.faults:
            place = _line_with(f'"{each.feature}"', lines)
            what = f"{each.feature}: {each.what}"
            yield Fault(file.with_name(error.name).as_posix(), place, 1, what, each.mend)
        return
    if isinstance(error, ValidationError):
        for details in error.errors(include_url=False):
            what = f"{'.'.join(map(str, details['loc']))}: {details['msg']}"
            yield Fault(file.as_posix(), 1, 1, what, REBUILD)
        return
    cause, words = error.__cause__, " ".join(str(error).split())
    line = cause.lineno if isinstance(cause, JSONDecodeError) else 1
    yield _fault(file, line, words.replace(f": line {line}: ", ": ", 1))


def _fault(file: Path, line: int, words: str) -> Fault:
    """Make a fault of an error's words, which may begin with a file's name."""
    name, colon, rest = words.partition(": ")
    if colon and name in {*PUBLIC, *RECORDS}:
        file, words = file.with_name(name), rest
    what, _, mend = words.partition("; ")
    return Fault(file.as_posix(), line, 1, what, mend or REBUILD)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def _line_with(words: str, lines: list[str]) -> int:
    return next((n for n, line in enumerate(lines, start=1) if words in line), 1)
