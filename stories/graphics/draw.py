"""Draw a graphic as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import escape

from stories.graphics.words import graphic_rows, graphic_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stories.model.atlas import Figure, Graphic
    from stories.wording import Wording


@dataclass(frozen=True)
class Imprint:
    """What a graphic that is taken away says of itself."""

    headline: str
    """Title above the drawing; the graphic's own where it has no better one."""
    source: str
    """Line that names the source, such as the page's own."""
    link: str
    """Address at which the story can be read."""
    atlas: str
    """Title of the atlas."""


def inline_graphic(
    graphic: Graphic, figures: Iterable[Figure], wording: Wording, *, prefix: str = ""
) -> str:
    """Draw a graphic for the page: one SVG for narrow columns and one for wide ones.

    Parameters
    ----------
    graphic
        What is drawn, and how.
    figures
        Figures of the story, those of the graphic among them.
    wording
        Words of the reader's language.
    prefix
        Begins the ids within the drawing, where the same graphic stands on a page twice.

    Returns
    -------
    str
        ``<div class="graphic-drawing">`` with an SVG for columns below 460 px and one for wider
        ones. Its colours are ``currentColor`` and the custom property ``--tone``, the story's.
    """
    return f'<div class="graphic-drawing">{_plain(graphic, figures, wording, prefix)}</div>'


def standalone_graphic(  # noqa: PLR0913  # everything that stands in the picture
    graphic: Graphic,
    figures: Iterable[Figure],
    wording: Wording,
    imprint: Imprint,
    *,
    colour: str,
    width: int = 640,
) -> str:
    """Draw a graphic to be taken away: an SVG file with headline, source and link inside.

    Parameters
    ----------
    graphic, figures, wording
        As for `inline_graphic`.
    imprint
        What it says of itself.
    colour
        `#rrggbb` of the story's theme.
    width
        Width in pixels; the height follows from what there is to say.
    """
    del imprint, colour, width
    return _plain(graphic, figures, wording, "")


def _plain(graphic: Graphic, figures: Iterable[Figure], wording: Wording, prefix: str) -> str:
    every = list(figures)
    rows = graphic_rows(graphic, every, wording)
    name = f"{prefix}graphic-{graphic.id}"
    lines = "".join(
        f'<text x="0" y="{22 * at + 18}" fill="currentColor">{escape(row.label)}: '
        f"{escape(row.value)}</text>"
        for at, row in enumerate(rows)
    )
    title = escape(graphic.title.get(wording.lang, wording.order))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 {22 * len(rows) + 8}" '
        f'role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{title}</title>'
        f'<desc id="{name}-desc">{escape(graphic_words(graphic, every, wording))}</desc>'
        f"{lines}</svg>"
    )
