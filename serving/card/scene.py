"""The small still map of a scene, for paper and for readers without JavaScript."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import Image

from geo.map.metric_still import MetricStill
from geo.map.static_map import Frame, MapPicture
from serving.card.dates import dated_divisions, dates_of_period, hatching, towns_on
from serving.card.draw import map_style
from serving.card.metric import dimmed, metric_style, pixel_pen
from stories.view.still import STILL_SIZE

if TYPE_CHECKING:
    from serving.store.snapshot import Snapshot
    from stories.model.atlas import Scene

MARGIN = 14
"""Pixels around the county."""
ROOM = 80
"""Pixels around divisions, so that one sees where they are."""
COLOURS = 64
"""So few that the picture is a third as large, and so many that no line looks rough."""


def draw_scene(town: str, scene: Scene, snapshot: Snapshot) -> bytes:
    """Draw what the map shows for a scene of a town's story, as PNG."""
    seen, lit = scene.looked_at(town), scene.lit(town)
    extent = scene.look.extent.sides if scene.look.extent else None
    room = ROOM if seen else MARGIN
    frame = Frame(STILL_SIZE, room, room, room, room, slugs=seen, extent=extent)
    is_moved = snapshot.towns[town].inset  # there a point would lie elsewhere
    point = None if is_moved else snapshot.points.get((town, scene.look.place or ""))
    dates = scene.shown_dates
    series = snapshot.series.get(scene.metric or "")
    period = series.period(str(scene.period) if scene.period else None) if series else None
    if series and period:
        dates = dates or dates_of_period(snapshot, period)
        coloured = metric_style(series, period, towns_on(snapshot, dates))
        coloured = dimmed(coloured, lit) if scene.is_dimmed(town) else coloured
        pen = pixel_pen(frame)
        coloured = replace(coloured, lit=lit, point=point)
        MetricStill(dated_divisions(snapshot, dates), frame, coloured).draw(pen)
        return pen.finish()
    style = map_style(snapshot.atlas.colours(), lit, is_dimmed=scene.is_dimmed(town))
    style = replace(style, point=point, hatched=hatching(snapshot, dates))
    picture = MapPicture(dated_divisions(snapshot, dates), frame, style)
    out = io.BytesIO()
    picture.image.quantize(COLOURS, Image.Quantize.MEDIANCUT).save(out, "PNG", optimize=True)
    return out.getvalue()
