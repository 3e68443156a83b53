"""Say what is in a division file, and which `build` line to run next."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geo.build.progress import silent
from geo.coverage.distance import deviation
from geo.coverage.extent import LON_MAX, check_extent
from geo.coverage.operations import POLYGONS, gaps
from geo.coverage.validate import check_geometry, overlaps, unmatched
from geo.crs.datum import UNDO
from geo.crs.projection import WGS84, local_equal_area
from geo.files.tables import as_text

if TYPE_CHECKING:
    import pandas as pd

    from faults import Fault
    from geo.build.progress import Stage
    from geo.files.vector import VectorFile

SAMPLES = 3
"""Values shown of each column."""

FAULTS_SHOWN = 10

SURE = 0.5
"""A datum is guessed when its lines are this much nearer the reference than any other's."""

DATUM_NAMES = {"wgs84": "WGS-84 or CGCS2000", "gcj02": "GCJ-02", "bd09": "BD-09"}


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
        ]
        return [*lines, "next", f"  {self.command}"]


def inspect(
    file: VectorFile, reference: gpd.GeoDataFrame | None = None, *, stage: Stage = silent
) -> Inspection:
    """Find out what is in a file.

    Parameters
    ----------
    reading
        The file as it was read.
    reference
        Outline of the same area in a CRS that is sure, to guess the datum by.
    stage
        Told what is being done, for whoever waits.
    """
    frame = file.frame
    stage("looking at shapes")
    faults = [*check_extent(frame), *check_geometry(frame)]
    bounds = frame.total_bounds
    west, south, east, north = map(float, bounds)
    stage("measuring overlaps and gaps")
    overlap, gap = _coverage_areas(frame) if frame.crs else (None, None)
    stage("comparing with the reference")
    datum, sentence = guess_datum(frame, reference)
    return Inspection(
        file=file,
        geometry_types=frame.geom_type.fillna("no geometry").value_counts().to_dict(),
        columns={str(c): _samples(frame[c]) for c in frame.columns.drop(frame.geometry.name)},
        extent=(west, south, east, north) if np.isfinite(bounds).all() else None,
        faults=tuple(faults),
        overlap_m2=overlap,
        gap_m2=gap,
        datum=sentence,
        command=suggest_build(file, datum),
    )


def guess_datum(frame: gpd.GeoDataFrame, reference: gpd.GeoDataFrame | None) -> tuple[str, str]:
    """Guess whether degrees are WGS-84, GCJ-02 or BD-09, by a reference outline.

    The reference's lines are compared with the file's, as they are and moved back from
    either shifted datum; the median distance decides.

    Returns
    -------
    datum, sentence
        `wgs84`, `gcj02` or `bd09`, and the reason in words.
    """
    if reference is None:
        return "wgs84", "not guessed; give an outline with --reference"
    polygons, sure = _sound_polygons(frame), _sound_polygons(reference)
    if polygons.empty or sure.empty:
        which = "file" if polygons.empty else "reference"
        return "wgs84", f"not guessed; the {which} has no sound polygons with a CRS"
    crs = local_equal_area(sure)
    outline = shapely.union_all(sure.to_crs(crs).boundary.to_numpy())
    degrees = shapely.union_all(polygons.to_crs(WGS84).boundary.to_numpy())
    moved = {"wgs84": degrees} | {
        datum: shapely.transform(degrees, undo) for datum, undo in UNDO.items()
    }
    far = {
        datum: float(np.median(deviation(outline, gpd.GeoSeries([line], crs=WGS84).to_crs(crs)[0])))
        for datum, line in moved.items()
    }
    best, second = sorted(far, key=far.__getitem__)[:2]
    distances = ", ".join(f"{DATUM_NAMES[datum]} {metres:.0f} m" for datum, metres in far.items())
    if far[best] > SURE * far[second]:
        return "wgs84", f"cannot be told (median distance from the reference: {distances})"
    return best, f"{DATUM_NAMES[best]} (median distance from the reference: {distances})"


def suggest_build(file: VectorFile, datum: str = "wgs84") -> str:
    """Write the `build` line that fits a file, as far as it can be told."""
    frame, path = file.frame, file.path
    code, names = guess_columns(frame)
    words = ["story-atlas", "build", str(path), *file.options]
    if frame.crs is None:
        words += ["--crs", "EPSG:4326" if _like_degrees(frame) else "EPSG:4549"]
    words += ["--code", code or "COLUMN"]
    for language, column in names.items() or {"zh": "COLUMN"}.items():
        words += ["--name", f"{language}={column}"]
    if datum != "wgs84":
        words += ["--datum", datum]
    kinds = frame.geom_type.isin(POLYGONS)
    if kinds.any() and not kinds.all():
        words.append("--polygons-only")
    words += ["--tolerance", "20", "--out", f"{path.stem}.divisions.geojson"]
    return shlex.join(words)


def guess_columns(frame: gpd.GeoDataFrame) -> tuple[str | None, dict[str, str]]:
    """Guess the column of the codes, and those of the names by language."""
    table = {str(c): as_text(frame[c]) for c in frame.columns.drop(frame.geometry.name)}
    unique = {c: v.astype("string") for c, v in table.items() if v.notna().all() and v.is_unique}
    digits = [c for c, v in unique.items() if v.str.fullmatch(r"\d{6,12}").all()]
    likely = sorted(digits, key=lambda c: "code" not in c.lower()) or sorted(
        unique, key=lambda c: "code" not in c.lower()
    )
    code = next(iter(likely), None)
    zh = [c for c, v in table.items() if v.astype("string").str.contains(r"[一-鿿]").any()]
    latin = r"[A-Za-z][A-Za-z’' -]+"
    en = [c for c, v in unique.items() if v.str.fullmatch(latin).all()]
    by_name = {"zh": _likeliest(zh, table), "en": _likeliest(en, table)}
    if not any(by_name.values()):
        by_name["zh"] = code
    return code, {language: column for language, column in by_name.items() if column}


def _likeliest(columns: list[str], table: dict[str, pd.Series[str]]) -> str | None:
    """Take the column with most different values, one that is called a name first."""
    order = sorted(columns, key=lambda c: (-table[c].nunique(), "name" not in c.lower()))
    return next(iter(order), None)


def _coverage_areas(frame: gpd.GeoDataFrame) -> tuple[float, float] | tuple[None, None]:
    """Measure overlaps and narrow gaps among the sound polygons."""
    polygons = _sound_polygons(frame)
    if polygons.empty:
        return None, None
    shapes = polygons.to_crs(local_equal_area(polygons)).geometry.to_numpy()
    among = np.flatnonzero(unmatched(shapes))
    overlap = float(sum(shape.area for _, _, shape in overlaps(shapes, among)))
    return overlap, float(sum(hole.area for hole in gaps(shapes)))


def _sound_polygons(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Keep valid polygons; none where coordinates are not those of the CRS."""
    if check_extent(frame):
        return frame.iloc[:0]
    shapes = frame.geometry.to_numpy()
    sound = shapely.is_valid(shapes) & ~shapely.is_empty(shapes)
    return frame[sound & frame.geom_type.isin(POLYGONS).to_numpy()]


def _samples(values: pd.Series) -> tuple[str, ...]:
    """Show some values of a column."""
    return tuple(str(value) for value in as_text(values).dropna().unique()[:SAMPLES])


def _like_degrees(frame: gpd.GeoDataFrame) -> bool:
    """Tell degrees from metres by their size."""
    return not (np.abs(frame.total_bounds) > LON_MAX).any()


def _square_metres(area: float | None) -> str:
    """Say an area, or that it was not measured."""
    return "not measured" if area is None else f"{area:,.0f} m²"
