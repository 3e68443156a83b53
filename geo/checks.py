"""What a boundary file must be: pure checks, each giving a list of faults.

Nothing here reads a file or raises for what it finds; `geo.boundaries` and the command
line decide what becomes of the faults.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.projection import WGS84, local_equal_area

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

REQUIRED = ("code", "slug", "boundary_status", "source")
"""Properties that every division has, besides at least one `name_<language>`."""

STATUSES = ("published", "reconstructed")
"""How well a division's line is known."""

GAP_WIDTH = 100.0
"""Metres: a hole in the coverage that is narrower is a gap, a wider one may be meant."""

OVERLAP_AREA = 1.0
"""Square metres of overlap below which two edges merely fail to match."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with one feature, and how to mend it."""

    feature: str
    """The feature, by code where it has one, else by its place in the file."""
    what: str
    """What is wrong."""
    mend: str
    """What to do about it."""

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.feature}: {self.what}; {self.mend}"


def check_boundaries(frame: gpd.GeoDataFrame) -> list[Fault]:
    """Run every check that applies to a boundary frame.

    Parameters
    ----------
    frame
        One row per division, in the columns of `REQUIRED`.

    Returns
    -------
    list of Fault
        Empty when the frame is one valid coverage with all that a division needs.
        The coverage is looked at only when each geometry by itself is sound.
    """
    if frame.empty:
        return [Fault("file", "no features", "give at least one division")]
    shapes = [*check_crs(frame), *check_geometry(frame)]
    return check_properties(frame) + (shapes or check_coverage(frame))


def labels(frame: gpd.GeoDataFrame) -> list[str]:
    """Name each row as a message should: its code, else its place in the file."""
    codes = frame["code"] if "code" in frame else [None] * len(frame)
    return [
        f"feature {code}" if isinstance(code, str) and code else f"feature no. {place}"
        for place, code in enumerate(codes, start=1)
    ]


def check_properties(frame: gpd.GeoDataFrame) -> list[Fault]:
    """Find properties that are missing, empty, repeated or of an unknown value."""
    faults = [
        Fault("file", f"no property “{column}”", f"give every feature a “{column}”")
        for column in REQUIRED
        if column not in frame
    ]
    if not any(str(column).startswith("name_") for column in frame):
        faults.append(Fault("file", "no name", "give a property such as “name_zh” or “name_en”"))
    for column in (c for c in REQUIRED if c in frame):
        faults += [
            Fault(label, f"“{column}” is {value!r}", "give it a text that is not empty")
            for label, value in zip(labels(frame), frame[column], strict=True)
            if not (isinstance(value, str) and value.strip())
        ]
    for column in (c for c in ("code", "slug") if c in frame):
        faults += _repeated(frame, column)
    if "boundary_status" in frame:
        faults += [
            Fault(label, f"“boundary_status” is {value!r}", f"use one of {', '.join(STATUSES)}")
            for label, value in zip(labels(frame), frame["boundary_status"], strict=True)
            if isinstance(value, str) and value.strip() and value not in STATUSES
        ]
    return faults


def _repeated(frame: gpd.GeoDataFrame, column: str) -> Iterator[Fault]:
    """Find values of a column that more than one feature has."""
    counts = frame[column].value_counts()
    for value, count in counts[counts > 1].items():
        yield Fault(
            f"feature {value}" if column == "code" else f"slug {value}",
            f"“{column}” stands {count} times",
            "merge these features or give each a value of its own",
        )


def check_crs(frame: gpd.GeoDataFrame) -> list[Fault]:
    """Find a CRS that is missing or not EPSG:4326, and coordinates that are not degrees."""
    if frame.crs is None:
        return [Fault("file", "no CRS", "set EPSG:4326 if these are WGS-84 degrees")]
    if frame.crs != WGS84:
        return [Fault("file", f"CRS is {frame.crs.to_string()}", "re-project to EPSG:4326")]
    faults = []
    bounds = frame.geometry.bounds.to_numpy()
    for label, (west, south, east, north) in zip(labels(frame), bounds, strict=True):
        if np.isnan([west, south, east, north]).any():
            continue
        swapped = "; the axes look swapped" if max(abs(south), abs(north)) <= 180 else ""  # noqa: PLR2004
        if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:  # noqa: PLR2004
            faults.append(
                Fault(
                    label,
                    f"({west:.2f}, {south:.2f}) is not a longitude and latitude{swapped}",
                    "write longitude first, in degrees, or name the CRS that the file is in",
                )
            )
    return faults


def check_geometry(frame: gpd.GeoDataFrame) -> list[Fault]:
    """Find geometries that are missing, empty, not polygons, or not valid."""
    return [
        Fault(label, *problem)
        for label, geometry in zip(labels(frame), frame.geometry, strict=True)
        if (problem := _geometry_problem(geometry))
    ]


def _geometry_problem(geometry: BaseGeometry | None) -> tuple[str, str] | None:
    """Say what is wrong with one geometry, and the mend."""
    if geometry is None:
        return "no geometry", "draw it or drop the feature"
    if geometry.is_empty:
        return "empty geometry", "draw it or drop the feature"
    if geometry.geom_type not in ("Polygon", "MultiPolygon"):
        return f"a {geometry.geom_type}", "keep polygons only"
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        return "a coordinate is NaN or infinite", "give every vertex two numbers"
    if not geometry.is_valid:
        return f"invalid polygon ({shapely.is_valid_reason(geometry)})", "run `build` to repair it"
    return None


def check_coverage(frame: gpd.GeoDataFrame, gap_width: float = GAP_WIDTH) -> list[Fault]:
    """Find overlaps, edges that do not match, and narrow gaps.

    Parameters
    ----------
    frame
        Valid polygons in any CRS.
    gap_width
        Metres; a hole in the whole coverage is a gap when its widest place is narrower.
    """
    metric = frame.to_crs(local_equal_area(frame)).geometry.to_numpy()
    names = labels(frame)
    bad = ~shapely.is_empty(shapely.coverage_invalid_edges(metric))
    faults = []
    matched: set[int] = set()
    for first, second, area in overlaps(metric, np.flatnonzero(bad)):
        matched |= {first, second}
        faults.append(
            Fault(
                names[first],
                f"overlaps {names[second]} by {area:,.0f} m²",
                "run `build` to give the overlap to one of them",
            )
        )
    faults += [
        Fault(names[i], "an edge does not match its neighbour's, vertex for vertex", "run `build`")
        for i in np.flatnonzero(bad)
        if i not in matched
    ]
    if not faults:
        faults = [_gap_fault(hole, metric, names) for hole in gaps(metric, gap_width)]
    return faults


def overlaps(
    geometries: NDArray[np.object_], among: Sequence[int] | NDArray[np.intp]
) -> Iterator[tuple[int, int, float]]:
    """Give pairs that overlap by more than `OVERLAP_AREA`, with the area in m².

    Parameters
    ----------
    geometries
        Valid polygons in an equal-area CRS in metres.
    among
        Positions of the polygons to compare.
    """
    positions = np.asarray(among, dtype=int)
    if not len(positions):
        return
    tree = shapely.STRtree(geometries[positions])
    left, right = tree.query(geometries[positions], predicate="intersects")
    for a, b in zip(positions[left], positions[right], strict=True):
        if a < b:
            area = float(shapely.area(shapely.intersection(geometries[a], geometries[b])))
            if area > OVERLAP_AREA:
                yield int(a), int(b), area


def gaps(geometries: NDArray[np.object_], gap_width: float = GAP_WIDTH) -> list[shapely.Polygon]:
    """Give the holes in a coverage that are narrower than `gap_width` metres."""
    whole = shapely.coverage_union_all(geometries)
    rings = [ring for part in shapely.get_parts(whole) for ring in part.interiors]
    holes = [shapely.Polygon(ring) for ring in rings]
    return [
        hole
        for hole in holes
        if 2 * shapely.length(shapely.maximum_inscribed_circle(hole)) < gap_width
    ]


def _gap_fault(hole: shapely.Polygon, geometries: NDArray[np.object_], names: list[str]) -> Fault:
    """Name a gap by the divisions around it."""
    around = [names[i] for i in np.flatnonzero(shapely.intersects(geometries, hole))]
    return Fault(
        around[0],
        f"a gap of {hole.area:,.0f} m² between it and {', '.join(around[1:]) or 'itself'}",
        "run `build` to close it",
    )
