"""Say what is in a division file, and which `build` line to run next."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from faults import Fault
from geo.build.columns import guess_columns, repeated_code
from geo.build.doubts import doubt_datum, encoding_doubt, guess_datum, shape_doubt, sound_polygons
from geo.build.progress import silent
from geo.coverage.extent import LON_MAX, check_extent
from geo.coverage.operations import gaps
from geo.coverage.repair import open_collections
from geo.coverage.validate import check_geometry, overlaps, unmatched
from geo.crs.projection import to_metres
from geo.files.encoding import is_misread, misread_mend
from geo.files.tables import as_text

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.build.progress import Stage
    from geo.files.vector import VectorFile

SAMPLES = 3
"""Values shown of each column."""

FAULTS_SHOWN = 10


@dataclass(frozen=True)
class Inspection:
    """What was found out about a file."""

    file: VectorFile
    """The file and how it was read."""
    geometry_types: dict[str, int]
    """Number of features by geometry type."""
    columns: dict[str, tuple[str, ...]]
    """Some values of each column."""
    extent: tuple[float, float, float, float] | None
    """West, south, east, north in the file's CRS; None when there are no coordinates."""
    faults: tuple[Fault, ...]
    """What keeps the file from being read as divisions."""
    overlap_m2: float | None
    """Area that two features claim; None where it cannot be measured."""
    gap_m2: float | None
    """Area of narrow holes between features; None where it cannot be measured."""
    datum: str
    """The guess, in words."""
    doubts: tuple[str, ...]
    """What cannot be told and may make the map wrong, and how to find out."""
    command: str
    """The `build` line to run next."""

    def lines(self) -> list[str]:
        """Say it, a line for each thing."""
        file, kinds = self.file, self.geometry_types
        west, south, east, north = self.extent or (np.nan,) * 4
        lines = [
            f"format      {file.driver}",
            f"layer       {file.layer} (of {', '.join(file.layers)})",
            f"features    {len(file.frame)}: {', '.join(f'{n} {k}' for k, n in kinds.items())}",
            f"CRS         {file.crs_from}",
            f"encoding    {file.encoding}",
            f"extent      {west:.6g}, {south:.6g} to {east:.6g}, {north:.6g}",
            f"overlaps    {_square_metres(self.overlap_m2)}",
            f"gaps        {_square_metres(self.gap_m2)}",
            f"datum       {self.datum}",
            "columns",
            *(f"  {name:<18} {', '.join(values)}" for name, values in self.columns.items()),
            f"faults      {len(self.faults) or 'none'}",
            *(f"  {fault}" for fault in self.faults[:FAULTS_SHOWN]),
            *(["doubts"] if self.doubts else []),
            *(f"  {doubt}" for doubt in self.doubts),
        ]
        return [*lines, "next", f"  {self.command}"]


def inspect(
    file: VectorFile, reference: gpd.GeoDataFrame | None = None, *, stage: Stage = silent
) -> Inspection:
    """Find out what is in a file.

    Parameters
    ----------
    file
        The file as it was read.
    reference
        Outline of the same area in a CRS that is sure, to guess the datum by.
    stage
        Told what is being done, for whoever waits.
    """
    frame, _ = open_collections(file.frame)
    stage("looking at shapes")
    faults = [*check_extent(frame), *check_geometry(frame), *_misread(frame)]
    bounds = frame.total_bounds
    west, south, east, north = map(float, bounds)
    stage("measuring overlaps and gaps")
    overlap, gap = _coverage_areas(frame) if frame.crs else (None, None)
    stage("comparing with the reference")
    datum, sentence = guess_datum(frame, reference)
    doubts = [encoding_doubt(file), shape_doubt(frame)]
    if reference is None:
        datum, sentence, _ = doubt_datum(frame) or (datum, sentence, False)
    return Inspection(
        file=file,
        geometry_types=file.frame.geom_type.fillna("no geometry").value_counts().to_dict(),
        columns={str(c): _samples(frame[c]) for c in frame.columns.drop(frame.geometry.name)},
        extent=(west, south, east, north) if np.isfinite(bounds).all() else None,
        faults=tuple(faults),
        overlap_m2=overlap,
        gap_m2=gap,
        datum=sentence,
        doubts=tuple(filter(None, doubts)),
        command=suggest_build(file, datum),
    )


def suggest_build(file: VectorFile, datum: str = "wgs84") -> str:
    """Write the `build` line that fits a file, as far as it can be told."""
    frame, path = file.frame, file.path
    code, names = guess_columns(frame)
    repeated = repeated_code(frame, names) if code is None else None
    named = f"./{path}" if str(path).startswith("-") else str(path)  # or it would be an option
    words = ["story-atlas", "build", named, *file.options]
    if frame.crs is None:
        words += ["--crs", "EPSG:4326" if _like_degrees(frame) else "EPSG:4549"]
    words += ["--code", code or repeated or "COLUMN"]
    for language, column in names.items() or {"zh": "COLUMN"}.items():
        words += ["--name", f"{language}={column}"]
    if datum != "wgs84":
        words += ["--datum", datum]
    if repeated:
        words.append("--merge")
    words += ["--tolerance", "20", "--out", f"{path.stem}.divisions.geojson"]
    return shlex.join(words)


def _coverage_areas(frame: gpd.GeoDataFrame) -> tuple[float | None, float | None]:
    """Measure overlaps and narrow gaps among the sound polygons."""
    polygons = sound_polygons(frame)
    if polygons.empty:
        return None, None
    shapes = to_metres(polygons).geometry.to_numpy()
    among = np.flatnonzero(unmatched(shapes))
    overlap = float(sum(shape.area for _, _, shape in overlaps(shapes, among)))
    try:
        return overlap, float(sum(hole.area for hole in gaps(shapes)))
    except shapely.errors.GEOSException:  # as where two are the same
        return overlap, None


def _misread(frame: gpd.GeoDataFrame) -> list[Fault]:
    """Name text that was read in a wrong encoding, the first of each column."""
    faults = []
    for column in frame.columns.drop(frame.geometry.name):
        for text in as_text(frame[column]).dropna().unique():
            if is_misread(text):
                faults.append(Fault(f"{text!r} is misread", misread_mend(text), feature=column))
                break
    return faults


def _samples(values: pd.Series) -> tuple[str, ...]:
    """Show some values of a column."""
    return tuple(str(value) for value in as_text(values).dropna().unique()[:SAMPLES])


def _like_degrees(frame: gpd.GeoDataFrame) -> bool:
    """Tell degrees from metres by their size."""
    return not (np.abs(frame.total_bounds) > LON_MAX).any()


def _square_metres(area: float | None) -> str:
    """Say an area, or that it was not measured."""
    return "not measured" if area is None else f"{area:,.0f} m²"
