"""Where the scenes of an atlas look: the stories name extents, the shapes know the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults import Severity
from geo.coverage.extents import Outside, outside

if TYPE_CHECKING:
    import geopandas as gpd

    from faults import Fault
    from stories.files.loader import AtlasFiles


def has_extents(files: AtlasFiles) -> bool:
    """Tell whether any scene looks at an extent."""
    return any(scene.look.extent for town in files.towns if town.file for scene in town.file.scenes)


def faults_in_extents(files: AtlasFiles, divisions: gpd.GeoDataFrame) -> list[Fault]:
    """Find the extents of scenes that lie outside the divisions.

    Parameters
    ----------
    files
        What was read of an atlas.
    divisions
        The divisions of its boundary set.
    """
    found = [
        (town.source, ("scenes", index, "look"), scene.look.extent.sides)
        for town in files.towns
        if town.file and town.source
        for index, scene in enumerate(town.file.scenes)
        if scene.look.extent
    ]
    verdicts = outside([sides for *_, sides in found], divisions)
    return [
        source.fault(loc, _WHAT[verdict], _mend(verdict, sides), severity=Severity.WARNING)
        for (source, loc, sides), verdict in zip(found, verdicts, strict=True)
        if verdict
    ]


_CORRECT = "correct its sides, or look at a division"
_WHAT = {
    Outside.NOWHERE: "the extent lies outside all divisions",
    Outside.SWAPPED: "the extent lies outside all divisions",
    Outside.INSET: "the map draws what lies in this extent elsewhere, in an inset",
    Outside.MOSTLY: "the middle of the extent lies outside the county",
}


def _mend(verdict: Outside, sides: tuple[float, float, float, float]) -> str:
    west, south, east, north = sides
    if verdict is Outside.SWAPPED:
        return (
            "longitude and latitude are swapped: write "
            f"{{west: {south:g}, south: {west:g}, east: {north:g}, north: {east:g}}}"
        )
    return "look at its divisions by their slugs" if verdict is Outside.INSET else _CORRECT
