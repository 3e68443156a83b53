"""Graphics and figures at addresses of their own: as pictures, and as a page to embed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stories.model.scene import COUNTY
from stories.view.page_addresses import QueryAddresses

if TYPE_CHECKING:
    from collections.abc import Callable

    from stories.model.media import MediaFile
    from stories.view.context import ViewContext

COUNTY_TONE = "#0b6257"
"""Colour of what belongs to no theme."""
GRAPHIC = "graphic"
"""Begins the addresses of graphics."""
FIGURE = "figure"
"""Stands in addresses before the id of a figure whose graphic is meant."""


class _NoAddresses(QueryAddresses):
    """For figures that are not to be taken away from where they stand."""

    def picture(self, _file: MediaFile, _width: int, _ending: str) -> None:
        """Return none."""

    def whole(self, _file: MediaFile) -> None:
        """Return none."""

    def beside(self, _path: str) -> None:
        """Return none."""

    def rows(self, _path: str, _make: Callable[[], str]) -> None:
        """Return none."""


NOWHERE = _NoAddresses()
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_AROUND = 270
"""Pixels of a page above and below its drawing."""
_PHONE = 354
"""Pixels that a drawing has on a phone of 390."""


@dataclass(frozen=True)
class Taking:
    """Where a graphic is to be had, relative to the page."""

    png: str
    svg: str
    page: str
    """A page with nothing else on it, for frames of other sites."""
    name: str
    """What it is called where a reader chooses among several."""
    height: int = 440
    """Pixels that a frame with the page wants; of a single figure's, what most have room in."""


def take_graphic(
    context: ViewContext, town: str, graphic: str, name: str, drawing: str
) -> Taking | None:
    """Return where a graphic of a story is to be had; none where there are no routes."""
    taking = _taking(context, GRAPHIC, f"{town}.{graphic}", f"{town}.{graphic}", name)
    return replace(taking, height=frame_height(drawing)) if taking else None


def frame_height(drawing: str) -> int:
    """Return how many pixels a frame with the page of a drawing wants, in either of its widths."""
    sizes = [(float(width), float(height)) for width, height in _SIZE.findall(drawing)]
    drawn = (height * max(1, _PHONE / width) for width, height in sizes)
    return _AROUND + round(max(drawn, default=0))


def take_figure(context: ViewContext, town: str | None, figure: str, name: str) -> Taking | None:
    """Return where the graphic of a single figure is to be had, of a town or of the county."""
    of = town or COUNTY
    return _taking(context, FIGURE, f"{of}.{FIGURE}.{figure}", f"{of}.{figure}", name)


def _taking(context: ViewContext, folder: str, picture: str, page: str, name: str) -> Taking | None:
    atlas = context.folder
    lang = context.lang
    paths = (
        f"{GRAPHIC}/{atlas}{picture}.{lang}.png",
        f"{GRAPHIC}/{atlas}{picture}.{lang}.svg",
        f"{folder}/{atlas}{page}.{lang}",
    )
    png, svg, alone = map(context.addresses.beside, paths)
    return Taking(png, svg, alone, name) if png and svg and alone else None
