"""Divisions for others to work with: GeoJSON and GeoPackage, provenance inside.

What else is said of a division comes in from outside, by slug; the same input gives the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyogrio
import shapely

from geo.files.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from geo.files.provenance import Provenance

_WRITING = Lock()
"""GDAL's settings are the process's, so one file is written at a time."""


def boundaries_geojson(
    divisions: gpd.GeoDataFrame,
    additions: Mapping[str, Mapping[str, Any]],
    provenance: Provenance | None,
) -> str:
    """Return divisions as RFC 7946 GeoJSON.

    Parameters
    ----------
    divisions
        One row per division in EPSG:4326.
    additions
        Further properties by slug.
    provenance
        Goes into the foreign member ``provenance``.
    """
    features = [
        {
            "type": "Feature",
            "id": properties["slug"],
            "properties": properties | dict(additions.get(properties["slug"], {})),
            "geometry": shapely.geometry.mapping(shape),
        }
        for properties, shape in zip(_properties(divisions), divisions.geometry, strict=True)
    ]
    collection = {
        "type": "FeatureCollection",
        "provenance": provenance.model_dump(mode="json") if provenance else None,
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False) + "\n"


def _properties(divisions: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    rows = divisions.drop(columns=divisions.geometry.name).to_dict("records")
    return [{str(k): v for k, v in row.items() if not _missing(v)} for row in rows]


def _missing(value: object) -> bool:
    return value is None or value != value  # noqa: PLR0124  # NaN differs from itself


def boundaries_gpkg(
    divisions: gpd.GeoDataFrame,
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
    provenance: Provenance | None,
) -> bytes:
    """Return divisions as a GeoPackage with further tables beside them.

    Parameters
    ----------
    divisions
        One row per division in EPSG:4326; the layer ``divisions``.
    tables
        Rows of the tables without shapes, by name.
    provenance
        Goes into a table ``provenance`` of keys and values.

    Raises
    ------
    TemporaryFolderError
        There is no place to write it; SQLite needs a file.
    """
    flat = divisions.drop(columns=["label_point"], errors="ignore")
    record = provenance.model_dump(mode="json") if provenance else {}
    layers = {
        "divisions": flat,
        **{name: pd.DataFrame(list(rows)) for name, rows in tables.items()},
        "provenance": pd.DataFrame(
            [{"key": key, "value": _text(value)} for key, value in record.items()],
            columns=["key", "value"],
        ),
    }
    date = f"{provenance.date if provenance else '1970-01-01'}T00:00:00.000Z"
    with _WRITING, temporary_folder("county-story-export-") as folder:
        path = Path(folder) / "boundaries.gpkg"
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": date})
        try:
            for name, frame in layers.items():
                pyogrio.write_dataframe(
                    frame, path, layer=name, driver="GPKG", append=path.exists()
                )
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
        return path.read_bytes()


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
