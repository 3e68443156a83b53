"""The small still map of a scene, for paper and for readers without JavaScript."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from geo.map.static_map import Frame, MapPicture
from serving.card.draw import map_style
from stories.view.scenes import STILL_SIZE

if TYPE_CHECKING:
    from serving.store.snapshot import Snapshot
    from stories.model.atlas import Scene

MARGIN = 14
"""Pixels around the county."""
ROOM = 80
"""Pixels around divisions, so that one sees where they are."""
COLOURS = 64
"""So few that the picture is a third as large, and so many that no line looks rough."""


def draw_scene(scene: Scene, snapshot: Snapshot) -> bytes:
    """Draw what the map shows for a scene, as PNG."""
    look = scene.look
    room = ROOM if look.divisions else MARGIN
    frame = Frame(
        STILL_SIZE, room, room, room, room,
        slugs=look.divisions, extent=look.extent.sides if look.extent else None,
    )  # fmt: skip
    is_dimmed = scene.dim and bool(scene.lit)
    style = map_style(snapshot.atlas.colours(), scene.lit, is_dimmed=is_dimmed)
    picture = MapPicture(snapshot.divisions, frame, style)
    out = io.BytesIO()
    picture.image.quantize(COLOURS, Image.Quantize.MEDIANCUT).save(out, "PNG", optimize=True)
    return out.getvalue()
