"""Polygon coverages: simplify, put on the written grid, take apart for labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geo.crs.projection import (
    DECIMALS,
    GRID,
    HALF_TURN,
    WGS84,
    continuous,
    cut_at_antimeridian,
    to_metres,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

POLYGONS = ("Polygon", "MultiPolygon")
"""Geometry types that a coverage is made of."""

GAP_WIDTH = 100.0
"""Metres: a hole in the coverage that is narrower is a gap, a wider one may be meant."""

SNAP = 1e-6
"""Metres: vertices this near to each other are one. Without it GEOS fails on some lines that cross
within the last bits of a coordinate, and which do depends on the release of PROJ."""

LABEL_DECIMALS = 4
"""Of a degree, 11 m: label points are searched for to 10 m."""

ATTEMPTS = 3
"""Times that rounding and closing what it opened take turns; one is nearly always enough."""


def simplify(frame: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """Simplify a coverage so that shared edges stay shared.

    Parameters
    ----------
    frame
        A valid coverage in a CRS in metres.
    tolerance
        Metres; the side of the square whose area is that of the largest triangle taken
        away (Visvalingam and Whyatt 1993, as `shapely.coverage_simplify` has it). Zero
        leaves the frame as it is.
    """
    if not tolerance:
        return frame
    simple = shapely.coverage_simplify(frame.geometry.to_numpy(), tolerance)
    return frame.set_geometry(gpd.GeoSeries(simple, index=frame.index, crs=frame.crs))


def clean(geometries: NDArray[np.object_], gap_width: float = 0.0) -> NDArray[np.object_]:
    """Make polygons one coverage: no overlaps, edges matched vertex for vertex.

    Parameters
    ----------
    geometries
        Valid polygons in a CRS in metres; where two overlap, the earlier keeps the land.
    gap_width
        Metres; holes narrower than this go to the neighbour with the longest edge.
    """
    return np.asarray(
        shapely.coverage_clean(  # type: ignore[attr-defined]
            geometries, gap_width=gap_width, snapping_distance=SNAP, merge_strategy="min_index"
        )
    )


def gaps(shapes: NDArray[np.object_], gap_width: float = GAP_WIDTH) -> list[shapely.Polygon]:
    """Give the holes in a coverage that are nowhere wider than `gap_width` metres."""
    found = holes(shapes)
    width = 2 * shapely.length(shapely.maximum_inscribed_circle(found))
    return list(found[width < gap_width])


def holes(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Give the areas inside a coverage that none of its polygons covers."""
    whole = shapely.coverage_union_all(shapes)
    rings = [ring for part in shapely.get_parts(whole) for ring in part.interiors]
    return np.array([shapely.Polygon(ring) for ring in rings], dtype=object)


def polygonal(geometry: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of a geometry, leaving lines and points where shapes only touch."""
    parts = shapely.get_parts(geometry)
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])  # noqa: PLR2004


def to_grid(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Re-project a coverage to EPSG:4326 and round it to the written grid.

    Rounding moves every shared vertex alike, so edges stay shared; where it makes a
    polygon or the coverage invalid, the lines are noded anew on the grid (snap
    rounding, which cannot produce crossings) and the polygons built from them.

    Parameters
    ----------
    frame
        A valid coverage in any CRS.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows in EPSG:4326, every coordinate a multiple of 0.00001°, exterior
        rings counter-clockwise, and cut at the antimeridian (RFC 7946, section 3.1).
    """
    for _ in range(ATTEMPTS):
        degrees = _to_grid(frame)
        metric = to_metres(degrees)
        if not gaps(metric.geometry.to_numpy()):
            break
        # Rounding closed the mouth of a slit at the edge: close what is left of it.
        closed = clean(metric.geometry.to_numpy(), gap_width=GAP_WIDTH)
        frame = metric.set_geometry(gpd.GeoSeries(closed, index=frame.index, crs=metric.crs))
    if degrees.total_bounds[2] > HALF_TURN:
        cut = [cut_at_antimeridian(shape) for shape in degrees.geometry]
        shapes = shapely.transform(np.array(cut), lambda xy: np.round(xy, DECIMALS))
        oriented = shapely.orient_polygons(shapes, exterior_cw=False)
        return degrees.set_geometry(gpd.GeoSeries(oriented, index=frame.index, crs=WGS84))
    return degrees


def _to_grid(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Re-project and round once."""
    degrees = continuous(frame)
    given = degrees.geometry.to_numpy()
    geometries = rounded(given)
    if geometries is None or not _is_coverage(geometries):
        lines = shapely.union_all(shapely.boundary(given), grid_size=GRID)
        geometries = rounded(polygons_within(lines, given))
    oriented = shapely.orient_polygons(geometries, exterior_cw=False)
    return degrees.set_geometry(gpd.GeoSeries(oriented, index=frame.index, crs=WGS84))


def _is_coverage(geometries: NDArray[np.object_]) -> bool:
    """Tell whether polygons are valid, each and together."""
    return bool(shapely.is_valid(geometries).all() and shapely.coverage_is_valid(geometries))


def rounded(geometries: NDArray[np.object_]) -> NDArray[np.object_] | None:
    """Round every coordinate to the written decimals, dropping repeated vertices.

    None when a ring is too small to be left with three vertices.
    """
    moved = shapely.transform(geometries, lambda xy: np.round(xy, DECIMALS))
    try:
        return np.asarray(shapely.remove_repeated_points(moved))
    except shapely.GEOSException:
        return None


def polygons_within(
    lines: shapely.Geometry, geometries: NDArray[np.object_]
) -> NDArray[np.object_]:
    """Build polygons from lines, each face going to the geometry that it lies in.

    Parameters
    ----------
    lines
        Noded lines, near the boundaries of the geometries.
    geometries
        Polygons that do not overlap; a face that lies in none is left out.
    """
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inner = shapely.point_on_surface(faces)
    face, owner = shapely.STRtree(geometries).query(inner, predicate="intersects")
    face, first = np.unique(face, return_index=True)
    owner = owner[first]
    return np.array(
        [shapely.coverage_union_all(faces[face[owner == i]]) for i in range(len(geometries))]
    )


def areas_km2(frame: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Areas in km², in a local equal-area projection, to two decimals."""
    square_metres = to_metres(frame).area.to_numpy()
    return np.asarray(np.round(square_metres / 1e6, 2))


def label_points(frame: gpd.GeoDataFrame) -> list[list[float]]:
    """Points for labels as [lon, lat]: centres of the largest inscribed circles."""
    metric = to_metres(frame)
    circles = shapely.maximum_inscribed_circle(metric.geometry.to_numpy(), tolerance=10.0)
    centres = gpd.GeoSeries(shapely.get_point(circles, 0), crs=metric.crs).to_crs(WGS84)
    return [[round(xy, LABEL_DECIMALS) for xy in (point.x, point.y)] for point in centres]
