"""Repair what can be repaired without a decision that is the editor's, and name it.

A repair is made when what it changes is small: a ring's stray loop, a sliver between two
neighbours. What is large (a ring drawn in the wrong order, two divisions that claim the
same village) is left alone and reported as a fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from faults import Fault
from geo.coverage.extent import goes_across, is_too_wide, labels
from geo.coverage.operations import GAP_WIDTH, POLYGONS, clean, gaps, polygonal
from geo.coverage.validate import around, overlaps, unmatched
from geo.crs.projection import TURN, cut_at_antimeridian, eastward

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

COLLECTION = shapely.GeometryType.GEOMETRYCOLLECTION

RING_LIMIT = 0.01
"""Share of a polygon's area that mending its rings may change."""

WHOLE = 0.99
"""Share of a polygon that another has to cover for the one to lie inside the other."""


@dataclass(frozen=True)
class Repair:
    """One change that was made to one feature."""

    feature: str
    """The feature, as messages name it."""
    what: str
    """What was changed, with its size where it has one."""

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.feature}: {self.what}"


Repaired = tuple[gpd.GeoDataFrame, list[Repair], list[Fault]]
"""The frame after the repairs, the repairs, and what was not repaired."""


def flatten(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Repair]]:
    """Drop heights, which boundaries do not have."""
    tall = int(np.sum(shapely.has_z(frame.geometry.to_numpy())))
    if not tall:
        return frame, []
    return _with(frame, shapely.force_2d(frame.geometry.to_numpy())), [
        Repair("file", f"heights of {tall} features dropped")
    ]


def open_collections(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Repair]]:
    """Take the polygons out of collections that hold something beside them.

    KML has the point of a label and the polygon in one collection, also one in another. A
    collection without polygons is left alone, for a fault.
    """
    shapes, names = frame.geometry.to_numpy().copy(), labels(frame)
    repairs = []
    for place in np.flatnonzero(shapely.get_type_id(shapes) == COLLECTION):
        parts = _leaves(shapes[place])
        areas = [part for part in parts if part.geom_type == "Polygon"]
        if not areas:
            continue
        shapes[place] = areas[0] if len(areas) == 1 else shapely.multipolygons(areas)
        others = [part.geom_type for part in parts if part.geom_type != "Polygon"]
        counts = ", ".join(f"{others.count(kind)} {kind}" for kind in sorted(set(others)))
        what = f"polygons taken out of a collection, without its {counts}"
        repairs += [Repair(names[place], what)] if others else []
    return _with(frame, shapes), repairs


def _leaves(shape: BaseGeometry) -> list[BaseGeometry]:
    """Give the single shapes that are not empty of a collection, however it is nested."""
    if not hasattr(shape, "geoms"):
        return [] if shape.is_empty else [shape]
    return [leaf for part in shape.geoms for leaf in _leaves(part)]


def split_at_antimeridian(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Repair]]:
    """Split polygons at 180° that go across it, with longitudes up to 360° or by a jump.

    Parameters
    ----------
    frame
        Features in any CRS; those in metres are left, as nothing jumps there.
    """
    if frame.crs is None or not frame.crs.is_geographic:
        return frame, []
    shapes, names = frame.geometry.to_numpy().copy(), labels(frame)
    repairs = []
    for place, shape in enumerate(shapes):
        if shape is None or shape.geom_type not in POLYGONS or not goes_across(shape):
            continue
        moved = shapely.transform(shape, eastward) if shape.bounds[0] < 0 else shape
        if moved.is_valid and moved.bounds[2] <= TURN and not is_too_wide(moved):
            shapes[place] = cut_at_antimeridian(moved)
            repairs.append(Repair(names[place], "split at 180° (RFC 7946, section 3.1.9)"))
    return (_with(frame, shapes), repairs) if repairs else (frame, [])


def keep_polygons(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Repair]]:
    """Drop features that are not polygons, for an editor who asked for it."""
    kept = frame.geom_type.isin(POLYGONS) & ~frame.geometry.is_empty
    repairs = [
        Repair(label, f"{kind or 'no geometry'} left out, as --polygons-only asks")
        for label, kind, keep in zip(labels(frame), frame.geom_type, kept, strict=True)
        if not keep
    ]
    return frame[kept], repairs


def repair_rings(frame: gpd.GeoDataFrame) -> Repaired:
    """Repair polygons whose rings cross themselves a little.

    Parameters
    ----------
    frame
        Polygons in any CRS.

    Returns
    -------
    frame, repairs, faults
        A fault for each polygon that cannot be repaired within `RING_LIMIT`.
    """
    shapes, names = frame.geometry.to_numpy().copy(), labels(frame)
    repairs, faults = [], []
    for place in np.flatnonzero(~shapely.is_valid(shapes)):
        label, shape = names[place], shapes[place]
        reason = shapely.is_valid_reason(shape)
        mended = shapely.make_valid(shape, method="structure", keep_collapsed=False)
        change = abs(mended.area - shape.area) / mended.area if mended.area else 1.0
        if mended.geom_type not in POLYGONS or change > RING_LIMIT:
            faults.append(Fault(f"invalid polygon ({reason})", "draw it anew", feature=label))
            continue
        shapes[place] = mended
        repairs.append(Repair(label, f"rings mended ({reason}), area changed by {change:.2%}"))
    return _with(frame, shapes), repairs, faults


def cut_enclaves(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Repair]]:
    """Cut polygons that lie wholly inside another out of that one, for an editor who asked.

    Parameters
    ----------
    frame
        Valid polygons in an equal-area CRS in metres.
    """
    shapes, names = frame.geometry.to_numpy().copy(), labels(frame)
    repairs = []
    for first, second, shared in list(overlaps(shapes, np.arange(len(shapes)))):
        inner = _inside(shapes, first, second, shared)
        if inner is None:
            continue
        outer = second if inner == first else first
        shapes[outer] = polygonal(shapely.difference(shapes[outer], shapes[inner]))
        what = f"{names[inner]} ({shared.area:,.0f} m²), which lies inside, cut out of it"
        repairs.append(Repair(names[outer], what))
    return _with(frame, shapes), repairs


def _inside(
    shapes: NDArray[np.object_], first: int, second: int, shared: BaseGeometry
) -> int | None:
    """Say which of two polygons lies wholly inside the other, if one does and is the smaller."""
    areas = {place: float(shapely.area(shapes[place])) for place in (first, second)}
    inner, outer = sorted(areas, key=areas.__getitem__)
    return inner if WHOLE * areas[inner] < shared.area < WHOLE * areas[outer] else None


def repair_coverage(frame: gpd.GeoDataFrame, sliver: float = GAP_WIDTH) -> Repaired:
    """Make valid polygons one coverage, where only slivers keep them from being one.

    Parameters
    ----------
    frame
        Valid polygons in an equal-area CRS in metres.
    sliver
        Metres: overlaps that are nowhere wider are given to the earlier of the two
        features; gaps that are nowhere wider than this or `GAP_WIDTH` go to the
        neighbour with the longest edge.

    Returns
    -------
    frame, repairs, faults
        A fault for each wider overlap, and for each feature that would lose all its land;
        then nothing is changed. Wider gaps are left, as they may be meant.
    """
    shapes, names = frame.geometry.to_numpy(), labels(frame)
    bad = np.flatnonzero(unmatched(shapes))
    repairs, faults = [], []
    paired: set[int] = set()
    for first, second, shape in overlaps(shapes, bad):
        paired |= {first, second}
        inner = _inside(shapes, first, second, shape)
        if inner is not None:
            outer = second if inner == first else first
            what = f"lies wholly inside {names[outer]} ({shape.area:,.0f} m²)"
            mend = "draw a hole for it there, or cut it out with --cut-enclaves"
            faults.append(Fault(what, mend, feature=names[inner]))
        elif _width(shape) > sliver:
            size = f"{shape.area:,.0f} m², up to {_width(shape):,.0f} m wide"
            wide = f"overlaps {names[second]} by {size}"
            faults.append(Fault(wide, "draw one line, or raise --sliver", feature=names[first]))
        else:
            what = f"overlap of {shape.area:,.1f} m² with {names[second]} given to the former"
            repairs.append(Repair(names[first], what))
    if faults:
        return frame, [], faults
    repairs += [Repair(names[i], "edge matched to its neighbour's") for i in bad if i not in paired]
    if len(bad):
        shapes = clean(shapes)
    if lost := np.flatnonzero(shapely.is_empty(shapes)).tolist():
        mend = "draw their common lines once, or leave one out with --exclude COLUMN=VALUE"
        what = "other features cover it wholly"
        return frame, [], [Fault(what, mend, feature=names[place]) for place in lost]
    return _close_gaps(frame, shapes, repairs, max(sliver, GAP_WIDTH))


def _close_gaps(
    frame: gpd.GeoDataFrame, shapes: NDArray[np.object_], repairs: list[Repair], width: float
) -> Repaired:
    """Close gaps up to a width; those of `GAP_WIDTH` are refused when the file is loaded."""
    narrow = gaps(shapes, width)
    if narrow:
        names = labels(frame)
        repairs += [
            Repair(around(hole, shapes, names), f"gap of {hole.area:,.1f} m² closed")
            for hole in narrow
        ]
        shapes = clean(shapes, gap_width=width)
    return _with(frame, shapes), repairs, []


def _width(shape: BaseGeometry) -> float:
    """Give the widest place of a shape, in the unit of its CRS."""
    circles = shapely.maximum_inscribed_circle(shapely.get_parts(shape))
    return float(2 * np.max(shapely.length(circles), initial=0.0))


def _with(frame: gpd.GeoDataFrame, shapes: NDArray[np.object_]) -> gpd.GeoDataFrame:
    """Give a frame with other shapes."""
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))
