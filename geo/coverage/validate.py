"""What a boundary file must be: pure checks, each giving a list of faults.

Nothing here reads a file or raises for what it finds; `geo.files.boundaries` and the command
line decide what becomes of the faults.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from faults import Fault
from geo.coverage.extent import check_extent, labels
from geo.coverage.operations import GAP_WIDTH, POLYGONS, gaps, polygonal
from geo.coverage.properties import STATUSES, faults_in_division, faults_in_values
from geo.crs.projection import WGS84, to_metres

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

REQUIRED = ("code", "slug", "boundary_status", "source")
"""Properties that every division has, besides at least one `name_<language>`."""

LEAVE_OUT = "keep polygons only (--polygons-only)"
NO_SHAPE = f"draw it, leave it out with --exclude COLUMN=VALUE, or {LEAVE_OUT}"
"""Mend of a feature that has no shape."""

OVERLAP_AREA = 1.0
"""Square metres of overlap below which two edges merely fail to match."""


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
        return [Fault("no features", "give at least one division")]
    shapes = [*check_crs(frame), *check_geometry(frame)]
    return check_properties(frame) + (shapes or check_coverage(frame))


def check_properties(frame: gpd.GeoDataFrame) -> list[Fault]:
    """Find properties that are missing, repeated, or of a value that cannot be used."""
    lacking = [column for column in REQUIRED if column not in frame]
    faults = [
        Fault(f"no property “{column}”", f"give every feature a “{column}”") for column in lacking
    ]
    faults += _nameless(frame)
    stand_in = dict.fromkeys(lacking, STATUSES[0])  # said above, once for all
    for label, row in zip(labels(frame), properties_of(frame), strict=True):
        faults += [*faults_in_values(row, label), *faults_in_division(stand_in | row, label)]
    for column in (c for c in ("code", "slug") if c in frame):
        faults += _repeated(frame, column)
    return faults


def properties_of(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return what each feature says of itself, without what it lacks."""
    rows = frame.drop(columns=frame.geometry.name).to_dict("records")
    return [{str(k): v for k, v in row.items() if not _missing(v)} for row in rows]


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or value != value  # noqa: PLR0124  # NaN differs


def _nameless(frame: gpd.GeoDataFrame) -> list[Fault]:
    """Find features that have no name in any language."""
    names = frame[[column for column in frame if str(column).startswith("name_")]]
    named = names.apply(lambda column: column.map(_is_text), axis=0).any(axis=1)
    mend = "give a property such as “name_zh” or “name_en”"
    if not named.any():
        return [Fault("no names", mend)]
    pairs = zip(labels(frame), named, strict=True)
    return [Fault("no name", mend, feature=label) for label, has_one in pairs if not has_one]


def _is_text(value: object) -> bool:
    """Tell text that says something."""
    return isinstance(value, str) and bool(value.strip())


def _repeated(frame: gpd.GeoDataFrame, column: str) -> Iterator[Fault]:
    """Find values of a column that more than one feature has."""
    counts = frame[column][frame[column].map(_is_text)].value_counts()
    for value, count in counts[counts > 1].items():
        yield Fault(
            f"“{column}” stands {count} times",
            "merge these features or give each a value of its own",
            feature=f"feature {value}" if column == "code" else f"slug {value}",
        )


def check_crs(frame: gpd.GeoDataFrame) -> list[Fault]:
    """Find a CRS that is missing or not EPSG:4326, and coordinates that are not degrees."""
    if frame.crs is not None and frame.crs != WGS84:
        return [Fault(f"CRS is {frame.crs.to_string()}", "re-project to EPSG:4326")]
    return check_extent(frame)


def check_geometry(frame: gpd.GeoDataFrame, *, valid: bool = True) -> list[Fault]:
    """Find geometries that are missing, empty, not polygons, not finite, or not valid.

    Parameters
    ----------
    frame
        Features in any CRS.
    valid
        Whether polygons must be valid already; False where they are repaired next.
    """
    return [
        Fault(*problem, feature=label)
        for label, geometry in zip(labels(frame), frame.geometry, strict=True)
        if (problem := _geometry_problem(geometry, valid=valid))
    ]


def _geometry_problem(geometry: BaseGeometry | None, *, valid: bool) -> tuple[str, str] | None:
    """Say what is wrong with one geometry, and the mend."""
    if geometry is None:
        return "no geometry", NO_SHAPE
    if geometry.is_empty:
        return "empty geometry", NO_SHAPE
    if geometry.geom_type not in POLYGONS:
        return f"a {geometry.geom_type}", LEAVE_OUT
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        return "a coordinate is NaN or infinite", "give every vertex two numbers"
    if valid and not geometry.is_valid:
        return (
            f"invalid polygon ({shapely.is_valid_reason(geometry)})",
            "run `story-atlas build` to repair it",
        )
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
    shapes = to_metres(frame).geometry.to_numpy()
    names = labels(frame)
    bad = np.flatnonzero(unmatched(shapes))
    faults = []
    paired: set[int] = set()
    for first, second, shape in overlaps(shapes, bad):
        paired |= {first, second}
        what = f"overlaps {names[second]} by {shape.area:,.0f} m²"
        faults.append(
            Fault(what, "run `story-atlas build` to give it to one of them", feature=names[first])
        )
    unlike = "an edge does not match its neighbour's, vertex for vertex"
    faults += [
        Fault(unlike, "run `story-atlas build`", feature=names[i]) for i in bad if i not in paired
    ]
    return faults or [
        Fault(
            f"a gap of {hole.area:,.0f} m²",
            "run `story-atlas build` to close it",
            feature=around(hole, shapes, names),
        )
        for hole in gaps(shapes, gap_width)
    ]


def unmatched(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Say which polygons overlap another or have an edge that does not match."""
    return ~np.asarray(shapely.is_empty(shapely.coverage_invalid_edges(shapes)))


def overlaps(
    shapes: NDArray[np.object_], among: NDArray[np.intp]
) -> Iterator[tuple[int, int, BaseGeometry]]:
    """Give pairs that overlap by more than `OVERLAP_AREA`, with what they share.

    Parameters
    ----------
    shapes
        Valid polygons in an equal-area CRS in metres.
    among
        Positions of the polygons that are compared with all of them.
    """
    if not len(among):
        return
    left, right = shapely.STRtree(shapes).query(shapes[among], predicate="intersects")
    pairs = {tuple(sorted(pair)) for pair in zip(among[left].tolist(), right.tolist(), strict=True)}
    for first, second in sorted(pairs):
        if first != second:
            shared = polygonal(shapely.intersection(shapes[first], shapes[second]))
            if shared.area > OVERLAP_AREA:
                yield first, second, shared


def around(hole: shapely.Polygon, shapes: NDArray[np.object_], names: list[str]) -> str:
    """Name a gap by the divisions around it."""
    return " / ".join(names[i] for i in np.flatnonzero(shapely.intersects(shapes, hole)))
