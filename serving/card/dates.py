"""The small still map of a date's boundaries, or of what changed between two dates."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import shapely
from PIL import Image

from geo.map.static_map import Frame, MapPicture
from serving.card.draw import map_style
from stories.view.still import STILL_SIZE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from shapely import Geometry

    from serving.store.snapshot import Snapshot
    from stories.model.division import Division
    from stories.model.period import Period

MARGIN = 14
"""Pixels around the county."""
ROOM = 115
"""Pixels around land that changed hands, so that one sees where it is."""
COLOURS = 64
"""So few that the picture is a third as large, and so many that no line looks rough."""


def draw_dates(snapshot: Snapshot, dates: Sequence[str]) -> bytes:
    """Draw the boundaries of a date, or the land that changed hands between two, as PNG."""
    hatched = hatching(snapshot, dates)
    room = ROOM if hatched else MARGIN
    extent = _around(hatched) if hatched else None
    frame = Frame(STILL_SIZE, room, room, room, room, extent=extent)
    style = map_style(snapshot.atlas.colours(), [], is_dimmed=False)
    style = replace(style, hatched=hatched)
    picture = MapPicture(dated_divisions(snapshot, dates), frame, style)
    out = io.BytesIO()
    picture.image.quantize(COLOURS, Image.Quantize.MEDIANCUT).save(out, "PNG", optimize=True)
    return out.getvalue()


def _around(shapes: Sequence[Geometry]) -> tuple[float, float, float, float]:
    """Return the west, south, east and north of all shapes."""
    west, south, east, north = shapely.total_bounds(shapes)
    return float(west), float(south), float(east), float(north)


def dated_divisions(snapshot: Snapshot, dates: Sequence[str]) -> gpd.GeoDataFrame:
    """Return the divisions of the last of some dates; without a date, those of today."""
    found = [each.divisions for each in snapshot.dated if each.date.isoformat() in dates[-1:]]
    return found[0] if found else snapshot.divisions


def towns_on(snapshot: Snapshot, dates: Sequence[str]) -> Mapping[str, Division]:
    """Return names and facts of the same divisions by slug."""
    return snapshot.history.divisions[dates[-1]] if dates else snapshot.towns


def dates_of_period(snapshot: Snapshot, period: Period) -> tuple[str, ...]:
    """Return the date on whose boundaries a metric's period is drawn; nothing for the latest."""
    date = snapshot.history.date_of(period)
    return (date,) if date else ()


def hatching(snapshot: Snapshot, dates: Sequence[str]) -> tuple[Geometry, ...]:
    """Return the land that changed hands between two dates, in EPSG:4326."""
    changes = snapshot.changes
    if changes is None or len(dates) < 2:  # noqa: PLR2004  # a pair
        return ()
    since, until = dates
    rows = zip(changes["since"], changes["until"], changes.geometry, strict=True)
    return tuple(shape for begin, end, shape in rows if since <= str(begin) and str(end) <= until)
