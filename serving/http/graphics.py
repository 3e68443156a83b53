"""What the addresses of graphics answer with: pictures to take away, and pages to embed.

``graphic/<town>.<graphic>.<language>.svg`` (or ``.png``) and
``graphic/<town>.figure.<figure>.<language>.svg`` are pictures, and
``graphic/<town>.<graphic>.<language>`` and ``figure/<town>.<figure>.<language>`` are pages.
``county`` stands for the town where figure or graphic are the atlas's own; of several atlases each
has its name before that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from serving.card.raster import svg_png
from serving.responses import Representation
from stories.graphics import Imprint, figure_graphic, standalone_graphic
from stories.model.scene import COUNTY
from stories.view.alone import AloneGraphic, alone_html
from stories.view.taking import FIGURE, GRAPHIC

if TYPE_CHECKING:
    from serving.http.public_url import PublicUrl
    from serving.store.snapshot import Snapshot

ENDINGS = {"svg": "image/svg+xml", "png": "image/png"}
FOLDERS = (GRAPHIC, FIGURE)
"""Folders in which pages lie."""


def find_page(snapshot: Snapshot, entry: str | None, folder: str, name: str) -> AloneGraphic | None:
    """Return what a page is of: ``<town>.<graphic or figure>.<language>`` in its folder."""
    match name.split("."):
        case [town, named, lang] if folder == FIGURE:
            return _figure(snapshot, entry, town, named, lang)
        case [town, named, lang] if folder == GRAPHIC:
            return _graphic(snapshot, entry, town, named, lang)
    return None


def find_picture(
    snapshot: Snapshot, entry: str | None, name: str
) -> tuple[AloneGraphic, str] | None:
    """Return what a picture is of, and its ending."""
    found, ending = None, name.rpartition(".")[2]
    match name.split("."):
        case [town, named, lang, _]:
            found = _graphic(snapshot, entry, town, named, lang)
        case [town, kind, named, lang, _] if kind == FIGURE:
            found = _figure(snapshot, entry, town, named, lang)
    return (found, ending) if found and ending in ENDINGS else None


def _graphic(
    snapshot: Snapshot, entry: str | None, town: str, name: str, lang: str
) -> AloneGraphic | None:
    atlas, of_county = snapshot.atlas, town == COUNTY
    story = atlas.story(town)
    graphic = story.graphic(name) if story else atlas.graphic(name) if of_county else None
    if graphic is None or lang not in atlas.languages:
        return None
    context = snapshot.view_of({"town": [town] if story else [], "lang": [lang]}, entry=entry)
    if story is None:
        return AloneGraphic.of_several(context, graphic)
    return AloneGraphic(context, graphic, story.figures)


def _figure(
    snapshot: Snapshot, entry: str | None, town: str, name: str, lang: str
) -> AloneGraphic | None:
    atlas = snapshot.atlas
    story = atlas.story(town)
    if lang not in atlas.languages or (story is None and town != COUNTY):
        return None
    figures = story.figures if story else atlas.figures
    figure = next((each for each in figures if each.id == name), None)
    if figure is None:
        return None
    context = snapshot.view_of({"town": [town] if story else [], "lang": [lang]}, entry=entry)
    return AloneGraphic(context, figure_graphic(figure), figures, figure)


def draw_picture(alone: AloneGraphic, base: PublicUrl, ending: str) -> Representation:
    """Draw a graphic to be taken away, with headline, source and link inside."""
    context = alone.context
    svg = standalone_graphic(
        alone.graphic,
        alone.figures,
        context.wording,
        Imprint(
            headline=alone.story_headline,
            source=alone.source,
            link=story_of(alone, base),
            atlas=context.atlas.title.get(context.lang, context.order),
        ),
        colour=alone.tone,
    )
    body = svg if ending == "svg" else svg_png(svg, lang=context.lang)
    return Representation.of(body, ENDINGS[ending])


def draw_page(alone: AloneGraphic, base: PublicUrl) -> Representation:
    """Draw the page of a graphic."""
    address = page_of(alone, base)
    html = alone_html(
        alone, base=base.url, story=story_of(alone, base), oembed=base.oembed_of(address)
    )
    return Representation.of(html, "text/html")


def story_of(alone: AloneGraphic, base: PublicUrl) -> str:
    """Return the full address of the story, or of the figure in it."""
    anchor = f"#figure-{alone.figure.id}" if alone.figure else ""
    return f"{base.canonical(alone.town, alone.context.lang)}{anchor}"


def page_of(alone: AloneGraphic, base: PublicUrl) -> str:
    """Return the full address of a graphic's own page."""
    assert alone.taking is not None
    return f"{base.url}{alone.taking.page}"
