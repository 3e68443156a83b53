"""Tell other sites how to embed a page (https://oembed.com)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from serving.errors import AnswerError
from serving.http.graphics import find_page, page_of
from serving.http.head import PageHead
from serving.http.public_url import embedded
from serving.http.request import named, parameters
from stories.view.taking import frame_height

if TYPE_CHECKING:
    from collections.abc import Mapping

    from serving.http.public_url import PublicUrl
    from serving.store.catalogue import Catalogue
    from stories.view.alone import AloneGraphic
    from stories.view.context import ViewContext

WIDTH, HEIGHT = 800, 720
"""Pixels that a page wants where nobody limits it."""
GRAPHIC_WIDTH = 600
"""Pixels that the page of a graphic wants."""
LEAST = 100
CACHE_SECONDS = 3600


def oembed(
    catalogue: Catalogue, base: PublicUrl, params: Mapping[str, str], accept: str
) -> dict[str, Any]:
    """Return how to embed the page that ``url`` names.

    Raises
    ------
    AnswerError
        501 for another format than JSON, 400 for a missing or odd parameter, 404 for a page
        that is not here.
    """
    if params.get("format", "json") != "json":
        raise AnswerError(501, "only format=json is given")
    address = params.get("url")
    if not address:
        raise AnswerError(400, "url is missing")
    if alone := _graphic(catalogue, base, address):
        wanted = frame_height(alone.drawing)
        sizes = (
            _limit(params, "maxwidth", GRAPHIC_WIDTH),
            _limit(params, "maxheight", wanted),
        )
        own = base.of(alone.context.view.atlas)
        return _answer(alone.context, base, alone.headline, page_of(alone, own), sizes)
    sizes = _limit(params, "maxwidth", WIDTH), _limit(params, "maxheight", HEIGHT)
    page = _page(catalogue, base, address, accept)
    framed = embedded(page.shared_address)
    answer = _answer(page.context, base, page.preview.title, framed, sizes)
    return answer | _thumbnail(page, *sizes, params)


def _answer(
    context: ViewContext, base: PublicUrl, title: str, framed: str, size: tuple[int, int]
) -> dict[str, Any]:
    frame = Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" style="border:0;max-width:100%"'
        ' loading="lazy" allowfullscreen></iframe>'
    ).format(framed, title, *size)
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": context.atlas.title.get(context.lang, context.order),
        "provider_url": base.url,
        "cache_age": CACHE_SECONDS,
        "width": size[0],
        "height": size[1],
        "html": str(frame),
    }


def _graphic(catalogue: Catalogue, base: PublicUrl, address: str) -> AloneGraphic | None:
    """Return the graphic whose page an address is, if it is one."""
    try:
        parts = (base.path_of(address) or "").split("/")
    except ValueError:
        return None
    folder, *atlas, name = parts if len(parts) > 1 else ("", "")
    entry = catalogue.open(atlas[0] if atlas else None)
    if entry is None or len(atlas) > 1 or entry.name != (atlas[0] if atlas else None):
        return None
    return find_page(entry.snapshot, entry.name, folder, name)


def _page(catalogue: Catalogue, base: PublicUrl, address: str, accept: str) -> PageHead:
    try:
        query = base.query_of(address)
    except ValueError as error:
        raise AnswerError(404, "url is no address") from error
    if query is None:
        raise AnswerError(404, f"url is not a page of {base.url}")
    params = parameters(query)
    entry = catalogue.open(named(params, "atlas"))
    if entry is None:
        raise AnswerError(404, "url names no atlas that is here")
    snapshot = entry.snapshot
    context = snapshot.view_of(params, entry=entry.name, browser=accept)
    if context.view.town is None and "town=" in query:
        raise AnswerError(404, "this map has no such town")
    return PageHead(context, snapshot, base.of(entry.name))


def _limit(params: Mapping[str, str], key: str, wanted: int) -> int:
    given = params.get(key)
    if given is None:
        return wanted
    if not (given.isascii() and given.isdigit() and len(given) < 7 and int(given) >= LEAST):  # noqa: PLR2004
        raise AnswerError(400, f"{key} is a number of pixels, {LEAST} or more")
    return min(wanted, int(given))


def _thumbnail(
    page: PageHead, width: int, height: int, params: Mapping[str, str]
) -> dict[str, Any]:
    """Name the preview picture, unless it is larger than the asking site allows."""
    picture, size = page.preview.picture, page.preview.size
    if ("maxwidth" in params and width < size[0]) or ("maxheight" in params and height < size[1]):
        return {}
    return {
        "thumbnail_url": picture,
        "thumbnail_width": size[0],
        "thumbnail_height": size[1],
    }
