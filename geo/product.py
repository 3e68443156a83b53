"""Write a data file together with its provenance record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geo import geojson
from geo.errors import SourceError
from geo.provenance import Input, Origin, Provenance, beside, sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import geopandas as gpd


def save(frame: gpd.GeoDataFrame, path: Path, **record: Any) -> Provenance:  # noqa: ANN401
    """Write a frame as GeoJSON and its record beside it.

    Parameters
    ----------
    frame
        Rows in EPSG:4326, rounded as they are to be written.
    path
        Where the product goes; the record goes beside it.
    **record
        Fields of `geo.provenance.Provenance` that the frame does not tell.
    """
    text = geojson.dumps(frame)
    provenance = Provenance(
        product=path.name,
        sha256=sha256(text.encode()),
        features=len(frame),
        geometry_types=tuple(sorted(frame.geom_type.unique())),
        crs="EPSG:4326",
        **record,
    )
    geojson.write_text(path, text)
    geojson.write_text(path.with_name(beside(path.name)), provenance.dumps())
    return provenance


def load_origins(path: Path) -> dict[str, Origin]:
    """Read a JSON file that gives the `Origin` of each input by file name."""
    try:
        return {name: Origin(**origin) for name, origin in json.loads(path.read_bytes()).items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise SourceError(f"{path.name}: not a list of origins ({error})") from error


def inputs(paths: Iterable[Path], origins: Mapping[str, Origin]) -> tuple[Input, ...]:
    """Describe input files by their hash and where they come from."""
    return tuple(
        Input(name=path.name, sha256=sha256(path.read_bytes()), **origins[path.name].model_dump())
        for path in paths
    )
