"""Read the text files of one folder, and none outside it."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from os.path import lexists
from pathlib import Path

from faults import Fault
from faults.plain_file import UnfitFileError, read_file
from stories.files.near_misses import did_you_mean

MAX_BYTES = 1_000_000
MAX_TABLE_BYTES = 5_000_000
"""Of a table with a row for each division and period."""
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


@dataclass(slots=True)
class Folder:
    """A folder of an atlas, and the faults found while reading it."""

    path: Path
    faults: list[Fault] = field(default_factory=list)

    def name(self, name: str) -> str:
        """Return how faults call the file `name`."""
        return (self.path / name).as_posix()

    def note(self, name: str, line: int, what: str, mend: str) -> None:
        """Add a fault at the beginning of a line."""
        self.faults.append(Fault(what, mend, file=self.name(name), line=line))

    def has(self, name: str) -> bool:
        """Whether anything of that name is there; what is no file, `read` will say."""
        return _SAFE_NAME.fullmatch(name) is not None and lexists(self.path / name)

    def names(self) -> list[str]:
        """Return the names of all files here that are not hidden."""
        with suppress(OSError):
            files = [each.name for each in self.path.iterdir() if each.is_file()]
            return sorted(name for name in files if not name.startswith("."))
        return []

    def read(self, name: str) -> str | None:
        """Return a file's text with plain line ends, or note why not."""
        data = self.read_bytes(name)
        if data is None:
            return None
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
        self.note(name, line, "the text is not UTF-8", "save the file as UTF-8")
        return None

    def read_bytes(self, name: str, most: int = MAX_BYTES) -> bytes | None:
        """Return what a file of this folder holds, or note why not."""
        path = self.path / name
        if not _SAFE_NAME.fullmatch(name) or not self._leads_inside(path):
            self.note(name, 1, "the file lies outside the folder", "keep it beside atlas.yaml")
            return None
        try:
            return read_file(path, most)
        except UnfitFileError as error:
            self.note(name, 1, f"the file is {error.what}", error.mend)
        except OSError as error:
            what = f"the file cannot be read ({error.strerror})"
            mend = did_you_mean(self.names(), name)
            self.note(name, 1, what, mend or "create it, or correct the name that leads here")
        return None

    def _leads_inside(self, path: Path) -> bool:
        """Whether a file lies in the folder, as far as its links can be followed."""
        try:
            return path.resolve().is_relative_to(self.path.resolve())
        except (OSError, RuntimeError):  # links that lead in a circle, which reading will say
            return True
