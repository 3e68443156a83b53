"""What the commands ask of the half of the program that knows shapes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from faults import Fault
from stories.files.loader import AtlasFiles
from stories.model.division import Division
from stories.model.history import BoundaryHistory

DIVISIONS_FILE = "divisions.geojson"
"""Name of the file in a boundary set that holds its divisions."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Builds boundary files and looks them up; whoever composes the command hands it in."""

    build: Callable[[Path, Path, Sequence[str]], None]
    """Makes a boundary file: from which file, to which file, with which further options.
    Whatever it raises ends the command."""
    divisions: Callable[[Path, str], list[Division]]
    """Returns the divisions of a boundary set: of which atlas folder, the set of which name.
    Raises a `FaultyFileError` where there are none."""

    strays: Callable[[AtlasFiles], Iterable[Fault]]
    """Returns the faults of places whose points are not in their divisions."""

    history: Callable[[Path, str], BoundaryHistory] = lambda _folder, _name: BoundaryHistory()
    """Returns what is known of a boundary set's earlier dates."""

    def by_slug(self, folder: Path, name: str) -> dict[str, Division]:
        """Return them by their slugs."""
        return {division.slug: division for division in self.divisions(folder, name)}
