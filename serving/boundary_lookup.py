"""What the commands about stories are told of boundaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.files.boundaries import load_boundaries
from geo.files.boundary_sets import DIVISIONS, boundary_folder
from stories.model.division import Division

if TYPE_CHECKING:
    from pathlib import Path


def divisions_of(folder: Path, name: str) -> list[Division]:
    """Return the divisions of a boundary set, in the file's order.

    Parameters
    ----------
    folder
        The atlas folder, in which the set may lie.
    name
        Name of the set, as `atlas.yaml` gives it.

    Raises
    ------
    SourceError, FaultsError
        There is no such set, or the page could not be drawn with it.
    """
    frame = load_boundaries(boundary_folder(folder, name) / DIVISIONS)
    rows = frame.drop(columns="geometry").to_dict("records")
    return [Division.from_properties(row["slug"], row) for row in rows]
