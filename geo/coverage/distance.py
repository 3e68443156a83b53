"""How far the lines of one map are from those of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray


def deviation(
    lines: shapely.Geometry, reference: shapely.Geometry, step: float = 10.0
) -> NDArray[np.float64]:
    """Distances from points along lines to the nearest point of a reference.

    The largest is the directed Hausdorff distance, to half a step.

    Parameters
    ----------
    lines, reference
        Lines in one CRS in metres.
    step
        Metres between points along the lines.

    Returns
    -------
    numpy.ndarray
        One distance in metres per point.
    """
    points = shapely.points(shapely.get_coordinates(shapely.segmentize(lines, step)))
    tree = shapely.STRtree(segments(reference))
    _, distances = tree.query_nearest(points, return_distance=True, all_matches=False)
    return np.asarray(distances)


def segments(lines: shapely.Geometry) -> NDArray[np.object_]:
    """Take lines apart into their straight pieces."""
    parts = shapely.get_parts(shapely.get_parts(lines))
    xy, part = shapely.get_coordinates(parts, return_index=True)
    pairs = np.stack([xy[:-1], xy[1:]], axis=1)[part[:-1] == part[1:]]
    return np.asarray(shapely.linestrings(pairs))
