"""RFC 7946 GeoJSON, written so that the same frame gives the same bytes."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.crs.projection import WGS84

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd


def dumps(frame: gpd.GeoDataFrame) -> str:
    """Serialise a frame, one feature a line, properties in the frame's order.

    Parameters
    ----------
    frame
        Rows in EPSG:4326, rounded as they are to be written; missing values are left
        out of a feature's properties.
    """
    if frame.crs != WGS84:
        raise ValueError(f"GeoJSON is written in EPSG:4326, not {frame.crs}")
    columns = [column for column in frame.columns if column != frame.geometry.name]
    lines = [
        _compact(
            {
                "type": "Feature",
                "properties": _properties(dict(zip(columns, values, strict=True))),
                "geometry": shapely.geometry.mapping(geometry),
            }
        )
        for geometry, *values in zip(frame.geometry, *(frame[c] for c in columns), strict=True)
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _properties(values: dict[str, Any]) -> dict[str, Any]:
    """Make values plain for JSON and drop the missing ones."""
    plain = {k: v.item() if isinstance(v, np.generic) else v for k, v in values.items()}
    return {k: v for k, v in plain.items() if v is not None and v == v}  # noqa: PLR0124


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def write_all(texts: Mapping[Path, str]) -> None:
    """Write files at once: a failure leaves what was there before as it was."""
    written: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            written[path] = Path(name)
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            Path(name).chmod(0o644)
        for path, temporary in written.items():
            temporary.replace(path)
    except BaseException:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)
        raise
