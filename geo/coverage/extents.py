"""Extents that a map is to look at: whether there is anything of the divisions in them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import shapely

from geo.coverage.extent import LAT_MAX
from geo.coverage.inset import INSET, drawn
from geo.crs.projection import TURN, continuous

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

Extent = tuple[float, float, float, float]
"""West, south, east and north in degrees of WGS 84; east beyond 180 across the antimeridian."""


class Outside(StrEnum):
    """Why a map that looks at an extent shows little or nothing."""

    SWAPPED = "swapped"
    """No division meets it, and one does once longitude and latitude are exchanged."""
    INSET = "inset"
    """Only divisions that the map draws in an inset, elsewhere, meet it."""
    NOWHERE = "nowhere"
    """No division meets it."""
    MOSTLY = "mostly"
    """Divisions meet it, but its middle lies beyond the bounds of all of them."""


def outside(extents: Sequence[Extent], divisions: gpd.GeoDataFrame) -> list[Outside | None]:
    """Find the extents that lie outside the divisions, as the map draws those.

    Parameters
    ----------
    extents
        Each in degrees.
    divisions
        One row per division in EPSG:4326, perhaps with its `inset`.

    Returns
    -------
    list
        As long as `extents`; None for each that shows divisions.
    """
    if not extents:
        return []
    ground = continuous(divisions)
    moved = drawn(ground).divisions if INSET in ground else ground
    whole, shown = (shapely.union_all(each.geometry.to_numpy()) for each in (ground, moved))
    return [_outside(extent, whole, shown) for extent in extents]


def _outside(extent: Extent, whole: BaseGeometry, shown: BaseGeometry) -> Outside | None:
    west, south, east, north = extent
    meeting = [box for box in _turned(extent) if shown.intersects(box)]
    if meeting:
        room = shapely.box(*shown.bounds)
        return None if any(room.intersects(box.centroid) for box in meeting) else Outside.MOSTLY
    if any(whole.intersects(box) for box in _turned(extent)):
        return Outside.INSET
    exchanged = (
        _turned((south, west, north, east)) if max(map(abs, (west, east))) <= LAT_MAX else []
    )
    if any(shown.intersects(box) for box in exchanged):
        return Outside.SWAPPED
    return Outside.NOWHERE


def _turned(extent: Extent) -> list[shapely.Polygon]:
    """Return an extent once around the earth to either side, too."""
    west, south, east, north = extent
    return [shapely.box(west + turn, south, east + turn, north) for turn in (0, TURN, -TURN)]
