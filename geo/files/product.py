"""Write a data file together with its provenance record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import SourceError
from geo.files import geojson
from geo.files.provenance import Input, Origin, Provenance, Recipe, beside, sha256

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd
    from pydantic import JsonValue

SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


@dataclass(frozen=True)
class Making:
    """How a product was made."""

    recipe: Recipe
    """What its record says in words."""
    inputs: Sequence[Path]
    """The files that it was made from."""
    method: tuple[str, ...]
    """What was done, step by step."""
    date: dt.date
    """The day on which it is made."""
    tolerance: float = 0.0
    """Simplification in metres."""
    repairs: tuple[str, ...] = ()
    """Every change to the inputs that no option asked for."""
    command: tuple[str, ...] = ()
    """Words of the command that does all this again."""


def save(
    frame: gpd.GeoDataFrame,
    path: Path,
    making: Making,
    measures: Mapping[str, JsonValue],
    *,
    same_as: str | None = None,
) -> Provenance:
    """Write a frame as GeoJSON and its record beside it, both or neither.

    Parameters
    ----------
    frame
        Rows in EPSG:4326, rounded as they are to be written.
    path
        Where the product goes; the record goes beside it.
    making
        How it was made.
    measures
        Figures that say how good it is.
    same_as
        File that has these bytes already, as seen from the folder: only the record is written.

    Raises
    ------
    SourceError
        When the folder does not exist or cannot be written to.
    """
    text = geojson.dumps(frame)
    provenance = Provenance(
        product=path.name,
        title=making.recipe.title,
        sha256=sha256(text.encode()),
        features=len(frame),
        geometry_types=tuple(sorted(frame.geom_type.unique())),
        crs="EPSG:4326",
        tolerance_m=making.tolerance,
        date=making.date,
        vintage=making.recipe.vintage,
        method=making.method,
        licence=making.recipe.licence,
        attribution=making.recipe.attribution,
        notes=making.recipe.notes,
        repairs=making.repairs,
        inputs=describe_inputs(making.inputs, making.recipe),
        measures=dict(measures),
        command=making.command,
        same_as=same_as,
    )
    files = {} if same_as else {path: text}
    try:
        geojson.write_all(files | {path.with_name(beside(path.name)): provenance.dumps()})
    except OSError as error:
        raise SourceError(path, error.strerror, "name a file that can be written") from error
    return provenance


def describe_inputs(paths: Iterable[Path], recipe: Recipe) -> tuple[Input, ...]:
    """Describe input files by their hash and where they come from."""
    unknown = Origin(origin=recipe.attribution, licence=recipe.licence, vintage=recipe.vintage)
    return tuple(
        Input(
            name=part.name,
            sha256=sha256(part.read_bytes()),
            **recipe.origins.get(path.name, unknown).model_dump(),
        )
        for path in paths
        for part in _parts(path)
    )


def _parts(path: Path) -> list[Path]:
    """Give the files that an input consists of: one, or those of a Shapefile or folder."""
    if path.is_dir():
        return sorted(item for item in path.iterdir() if item.is_file())
    if path.suffix.lower() != ".shp":
        return [path]
    there = sorted(path.parent.iterdir())
    return [
        item for item in there if item.stem == path.stem and item.suffix.lower() in SHAPEFILE_PARTS
    ]
