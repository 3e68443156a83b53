"""Divisions for others to work with: GeoJSON and GeoPackage, provenance inside.

What else is said of a division comes in from outside, by slug; the same input gives the same bytes.
"""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyogrio
import shapely

from geo.coverage.validate import properties_of
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
        for properties, shape in zip(properties_of(divisions), divisions.geometry, strict=True)
    ]
    collection = {
        "type": "FeatureCollection",
        "provenance": provenance.model_dump(mode="json") if provenance else None,
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False) + "\n"


def points_geojson(
    points: Sequence[tuple[Mapping[str, Any], tuple[float, float] | None]],
) -> str:
    """Return points as RFC 7946 GeoJSON; one that has no point is a feature without geometry.

    Parameters
    ----------
    points
        Of each its properties, `town` and `place` among them, and its longitude and latitude in
        degrees of WGS 84, where it has any.
    """
    features = [
        {
            "type": "Feature",
            "id": f"{properties['town']}/{properties['place']}",
            "properties": dict(properties),
            "geometry": {"type": "Point", "coordinates": list(at)} if at else None,
        }
        for properties, at in points
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, allow_nan=False) + "\n"


def changes_geojson(changes: gpd.GeoDataFrame, provenance: Provenance | None) -> str:
    """Return land that changed hands as RFC 7946 GeoJSON.

    Parameters
    ----------
    changes
        As `geo.files.dates.load_changes` gives it.
    provenance
        Goes into the foreign member ``provenance``.
    """
    features = [
        {
            "type": "Feature",
            "id": f"{properties['from_slug']}/{properties['to_slug']}/{properties['until']}",
            "properties": properties,
            "geometry": shapely.geometry.mapping(shape),
        }
        for properties, shape in zip(properties_of(changes), changes.geometry, strict=True)
    ]
    collection = {
        "type": "FeatureCollection",
        "provenance": provenance.model_dump(mode="json") if provenance else None,
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False) + "\n"


def boundaries_gpkg(
    divisions: gpd.GeoDataFrame,
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
    provenance: Provenance | None,
    layers: Mapping[str, gpd.GeoDataFrame] | None = None,
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
    layers
        Further layers by name, in EPSG:4326, such as the divisions of other dates.

    Raises
    ------
    TemporaryFolderError
        There is no place to write it; SQLite needs a file.
    """
    shapes = {"divisions": divisions, **(layers or {})}
    flat = {
        name: _as_table(frame.drop(columns=["label_point"], errors="ignore"))
        for name, frame in shapes.items()
    }
    record = provenance.model_dump(mode="json") if provenance else {}
    written = {
        **flat,
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
            for name, frame in written.items():
                pyogrio.write_dataframe(
                    frame, path, layer=name, driver="GPKG", append=path.exists()
                )
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
        return path.read_bytes()


def _as_table(divisions: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give columns names and values that a table of SQLite can have, and lose none.

    Its names are the same in small and capital letters, and two of them are its own. A column
    that holds values of several kinds, or lists, becomes one of text.
    """
    taken = {"fid", "geom"}
    names: dict[str, str] = {}
    for column in divisions.columns.drop(divisions.geometry.name):
        suffixes = (f"_{number}" for number in count(2))
        name = str(column)
        while name.casefold() in taken:
            name = f"{column}{next(suffixes)}"
        taken.add(name.casefold())
        names[column] = name
    plain = {
        column: divisions[column].map(_cell)
        for column in names
        if divisions[column].dtype == object and not _is_of_one_kind(divisions[column])
    }
    return divisions.assign(**plain).rename(columns=names)


def _is_of_one_kind(column: pd.Series) -> bool:
    kinds = {type(value) for value in column.dropna()}
    return kinds <= {str} or kinds <= {bool}


def _cell(value: object) -> str | None:
    return None if value is None or value != value else _text(value)  # noqa: PLR0124  # NaN


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
