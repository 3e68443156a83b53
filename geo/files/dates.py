"""The dates of a boundary set: divisions as they were, beside those of today.

::

    divisions.geojson                             today's
    changes.geojson                               land that changed hands, step by step
    dates/2018-10-31/divisions.geojson            as they were on that day
    dates/2018-10-31/divisions.provenance.json
    dates/2019-10-31/divisions.provenance.json    the same as on another day: `same_as` says which

A day on which today's divisions held already says so by ``same_as``, or has a copy of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    import geopandas as gpd

    from geo.files.provenance import Provenance

DATES = "dates"
"""Folder of a set that has a folder for each date."""
CHANGES = "changes.geojson"
"""Land that changed hands, as `geo.coverage.changes` finds it."""


@dataclass(frozen=True, eq=False)
class DatedDivisions:
    """The divisions of a boundary set on one date."""

    date: dt.date
    """Day on which they were as they are here."""
    divisions: gpd.GeoDataFrame
    """As `geo.files.boundaries.load_boundaries` gives them; of equal dates the very same frame."""
    same_as: dt.date | None = None
    """First date with these very divisions; none where it is this one."""
    is_today: bool = False
    """Whether they are those of ``divisions.geojson``."""
    provenance: Provenance | None = None
    """Record of the date, where it has one."""
