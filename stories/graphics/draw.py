"""Draw a graphic as SVG, for the page or to be taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stories.graphics.change import draw_change
from stories.graphics.dates import draw_dates
from stories.graphics.flow import Flow
from stories.graphics.phrases import title_of
from stories.graphics.shapes import Paint, Rect, Stroke
from stories.graphics.single import draw_single
from stories.graphics.statuses import draw_statuses
from stories.graphics.svg import SvgHead, write_svg
from stories.graphics.tones import PAPER, standalone_colours
from stories.graphics.whole import draw_part, draw_parts
from stories.graphics.words import graphic_words
from stories.model.atlas import GraphicForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stories.graphics.shapes import Drawing, Shape
    from stories.model.atlas import Figure, Graphic
    from stories.wording import Wording

WIDTHS = {"narrow": 300, "wide": 560}
"""Widths in pixels for which the page's drawings are made; `graphics.css` shows one of them."""
_FORMS = {
    GraphicForm.CHANGE: draw_change,
    GraphicForm.PART: draw_part,
    GraphicForm.PARTS: draw_parts,
    GraphicForm.STATUSES: draw_statuses,
    GraphicForm.DATES: draw_dates,
}
_FONTS = (
    "'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei','Noto Sans',"
    "'Helvetica Neue',Arial,sans-serif"
)


@dataclass(frozen=True)
class Imprint:
    """What a graphic that is taken away says of itself."""

    headline: str
    """Title above the drawing: the story's headline. The graphic's own title stands below it."""
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

    Title and note of the graphic are not in it; they are the page's to set.

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
    chosen = _chosen(graphic, figures)
    drawn = "".join(
        write_svg(
            draw(graphic, chosen, wording, width),
            SvgHead(
                name=f"{prefix}graphic-{graphic.id}-{name}",
                title=title_of(graphic, wording),
                words=graphic_words(graphic, chosen, wording),
                lang=wording.lang,
                is_rtl=wording.direction == "rtl",
                css_class=name,
            ),
        )
        for name, width in WIDTHS.items()
    )
    return f'<div class="graphic-drawing">{drawn}</div>'


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
    chosen = _chosen(graphic, figures)
    head = SvgHead(
        name=f"graphic-{graphic.id}",
        title=title_of(graphic, wording),
        words=graphic_words(graphic, chosen, wording),
        lang=wording.lang,
        is_rtl=wording.direction == "rtl",
        fonts=_FONTS,
    )
    sheet = _framed(graphic, chosen, wording, imprint, width)
    return write_svg(sheet, head, standalone_colours(colour), PAPER)


def draw(graphic: Graphic, figures: Iterable[Figure], wording: Wording, width: float) -> Drawing:
    """Draw a graphic at a width in pixels, without its title and note."""
    flow = Flow(width)
    chosen = _chosen(graphic, figures)
    if len(chosen) == 1 and graphic.form in {GraphicForm.STATUSES, GraphicForm.DATES}:
        draw_single(flow, graphic, chosen[0], wording)
    else:
        _FORMS[graphic.form](flow, graphic, chosen, wording)
    return flow.drawing()


def _chosen(graphic: Graphic, figures: Iterable[Figure]) -> list[Figure]:
    """Return the figures that the graphic draws, in its order."""
    by_id = {figure.id: figure for figure in figures}
    return [by_id[each] for each in graphic.drawn]


_MARGIN = 28


def _framed(
    graphic: Graphic, figures: Iterable[Figure], wording: Wording, imprint: Imprint, width: float
) -> Drawing:
    """Put the drawing between headline, source and link."""
    inner = width - 2 * _MARGIN
    flow = Flow(inner)
    title = title_of(graphic, wording)
    flow.words(imprint.headline, 24, weight=700, most=4)
    if title != imprint.headline:
        flow.y += 2
        flow.words(title, 16, paint=Paint.MUTED)
    flow.y += 16
    drawing = draw(graphic, figures, wording, inner)
    flow.add(*(_moved(shape, 0, flow.y) for shape in drawing.shapes))
    flow.y += drawing.height + 12
    if graphic.note:
        flow.words(graphic.note.get(wording.lang, wording.order), 12.5, paint=Paint.MUTED)
        flow.y += 4
    flow.add(Stroke((((0, flow.y), (inner, flow.y)),), Paint.RULE, 1))
    flow.y += 8
    flow.words(imprint.source, 12.5, paint=Paint.MUTED)
    flow.words(f"{imprint.atlas} · {imprint.link}", 12.5, paint=Paint.MUTED)
    framed = flow.drawing()
    shapes = (_moved(shape, _MARGIN, _MARGIN - 6) for shape in framed.shapes)
    height = framed.height + 2 * _MARGIN - 10
    ribbon = Rect(0, 0, width, 6, Paint.MARK)
    return type(framed)(width, height, (ribbon, *shapes))


def _moved(shape: Shape, dx: float, dy: float) -> Shape:
    if isinstance(shape, Stroke):
        lines = tuple(tuple((x + dx, y + dy) for x, y in line) for line in shape.lines)
        return replace(shape, lines=lines)
    return replace(shape, x=shape.x + dx, y=shape.y + dy)
