"""A whole atlas in one file, which opens from a disk without any network.

It holds the pages' panels, what the page's script makes views of, and the map's files, each under
the path that it has in a published site; pictures stand in them as addresses that hold the picture
itself.
"""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from faults.plain_file import read_file
from serving.errors import PublishError
from serving.http.head import icon
from serving.http.routes import Site
from serving.http.security import BASE_MAP
from serving.media.store import picture_store
from serving.page_body import page_body_html, sheets
from serving.publish.answers import Answers
from serving.publish.bundles import inline_map_page, page_script
from serving.publish.site import AtlasFiles
from serving.render import render
from stories.view.page_addresses import QueryAddresses
from stories.view.panel import panel_html, panel_title

if TYPE_CHECKING:
    from collections.abc import Callable

    from serving.publish.site import Edition
    from stories.model.media import MediaFile
    from stories.view.context import ViewContext

MOST = 30_000_000
"""Bytes of a sound or film that is taken in."""
PICTURES = frozenset({"scene", "dates", "metric"})
"""Folders of small maps, which are taken in too."""
TYPES = {"png": "image/png", "svg": "image/svg+xml", "jpg": "image/jpeg"}
CSP = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'unsafe-inline';"
    f" style-src 'unsafe-inline'; img-src data: {BASE_MAP}; media-src data:;"
    " connect-src data:"
)
"""The file asks nobody for anything, but for the background map that a reader switches on."""


class InnerAddresses(QueryAddresses):
    """Addresses in one file: pictures and sounds stand in their own addresses.

    Parameters
    ----------
    answers
        What small maps are asked for.
    """

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def picture(self, file: MediaFile, width: int, ending: str) -> str | None:
        """Return a picture in the form that all browsers know; none in the others."""
        if ending == "webp":
            return None
        return _held(picture_store.ask(file, width, ending).result(), TYPES[ending])

    def whole(self, file: MediaFile) -> str | None:
        """Return a sound, a film or captions, where it is not too large."""
        if file.size > MOST:
            return None
        return _held(read_file(file.path, MOST), file.media_type)

    def beside(self, path: str) -> str | None:
        """Return a small map; none of what is there to be taken away."""
        folder, ending = path.partition("/")[0], path.rpartition(".")[2]
        if folder not in PICTURES or ending not in TYPES or "{" in path:  # a pattern of addresses
            return None
        return _held(self._answers.get(path), TYPES[ending])

    def rows(self, _path: str, make: Callable[[], str]) -> str:
        """Return the rows of a table."""
        return _held(make().encode(), "application/json")


def _held(body: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(body).decode()}"


def single_html(edition: Edition) -> str:
    """Return an atlas as one HTML file.

    Raises
    ------
    PublishError
        There are several atlases.
    """
    entries = edition.catalogue.entries()
    if len(entries) != 1:
        raise PublishError("one file holds one atlas; name the folder of one")
    atlas = AtlasFiles(edition, entries[0])
    addresses = InnerAddresses(Answers(Site(edition.catalogue, public=edition.url)))

    def context(town: str | None, lang: str) -> ViewContext:
        return replace(atlas.context(town, lang, ""), addresses=addresses, here=None)

    files: dict[str, str] = {"app/map.html": inline_map_page()}
    for path, body in atlas.files_for_script(context):
        files[path] = body.decode()
    for lang in atlas.languages:
        for town in (None, *atlas.snapshot.towns):
            path = f"{lang}/{f'{town}/' if town else ''}"
            shown = context(town, lang)
            files[path] = panel_html(shown) if town else page_body_html(shown)
    return _document(context(None, atlas.languages[0]), files)


def _document(first: ViewContext, files: dict[str, str]) -> str:
    start: dict[str, Any] = {
        "atlas": None,
        "lang": first.lang,
        "town": None,
        "isRoot": True,
        "languages": list(first.atlas.languages),
        "map": "app/map.html",
    }
    # These hold no text of an atlas's but what templates and `tojson` have escaped.
    return render(
        "site_single.html",
        lang=first.lang,
        direction=first.wording.direction,
        title=panel_title(first),
        csp=CSP,
        icon=icon(),
        sheet=Markup(sheets()),  # noqa: S704
        start=start,
        files=files,
        script=Markup(page_script()),  # noqa: S704
        body=Markup(files[f"{first.lang}/"]),  # noqa: S704
    )
