"""Find the atlases in a folder."""

import os
from contextlib import suppress
from dataclasses import dataclass
from os.path import lexists
from pathlib import Path

from stories.files.loader import ATLAS_FILE


@dataclass(frozen=True, slots=True)
class Entry:
    """An atlas on a catalogue."""

    id: str
    """Name in addresses: the name of its folder."""
    folder: Path


def named_from_here(path: Path) -> Path:
    """Make a path absolute, and leave every link in it as it is.

    What a link names may be another folder tomorrow, so it is followed anew for each look. A shell
    that went through a link to where the server was started says so in ``PWD``.
    """
    path = path.expanduser()
    here = Path(os.environ.get("PWD", ""))
    if not path.is_absolute() and here.is_absolute():
        with suppress(OSError):  # the shell's word may be old
            path = here / path if here.samefile(Path()) else path
    return path.absolute()


def discover(path: Path) -> tuple[Entry, ...]:
    """Return the atlases of `path`: the one that it is, else those of its sub-folders by name.

    Folders whose names begin with a dot or an underscore are passed over.
    """
    if lexists(path / ATLAS_FILE):  # what is no file, reading it will say
        return (Entry(path.absolute().name, path),)
    if not path.is_dir():
        return ()
    folders = sorted(file.parent for file in path.glob(f"*/{ATLAS_FILE}"))
    return tuple(Entry(each.name, each) for each in folders if each.name[0] not in "._")


def choose(entries: tuple[Entry, ...], wanted: str | None) -> Entry | None:
    """Choose what an address asks for; a single atlas needs no asking."""
    if len(entries) == 1:
        return entries[0]
    return next((entry for entry in entries if entry.id == wanted), None)
