"""The routes beside the page: pictures, data, and what search engines and other sites ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from geo.files.export import boundaries_geojson, boundaries_gpkg
from serving.card.draw import draw_card
from serving.errors import AnswerError, EditionError
from serving.http.head import Page, rewrite, rewrite_start
from serving.http.oembed import oembed
from serving.http.page import KeepUnchanging, PageMiddleware
from serving.http.public_url import Base
from serving.http.request import named, parameters, reader_at, reader_of
from serving.http.responses import Artefact, Cabinet
from serving.http.security import SecurityHeaders
from serving.render import render
from serving.start_page import start_of
from stories.export import (
    figure_rows,
    figures_csv,
    stories_document,
    story_markdown,
    town_properties,
)
from stories.view.icons import outline

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from serving.store.catalogue import Shelf, Volume
    from serving.store.snapshot import Edition

MOST_PAGES, MOST_FILES = 500, 2_000
"""How many pages (20 kB each), and pictures and data files, are kept of an edition."""
FRESH = {"Cache-Control": "public, max-age=300"}
"""Pictures and data may be shown for five minutes without asking; then the ETag tells."""
FOR_ALL = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag"}
"""Data may be read by scripts of any site; nothing else here may."""
PREFLIGHT = {
    **FOR_ALL,
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Site:
    """An atlas as it is served, or several side by side.

    Parameters
    ----------
    shelf
        The atlases.
    base_path
        Streamlit's ``server.baseUrlPath``.
    """

    def __init__(self, shelf: Shelf, base_path: str = "") -> None:
        self.base_path = f"/{base_path.strip('/')}".rstrip("/")
        self._shelf = shelf
        self._pages, self._files = Cabinet(MOST_PAGES), Cabinet(MOST_FILES)
        self._public = Base.from_setting()
        self._data: dict[str, tuple[str, Callable[[Edition], str | bytes]]] = {
            "stories.json": ("application/json", _stories),
            "boundaries.geojson": ("application/geo+json", _geojson),
            "boundaries.gpkg": ("application/geopackage+sqlite3", _geopackage),
            "figures.csv": ("text/csv", _csv),
        }

    def warm_up(self) -> None:
        """Do beforehand what the first reader would wait for."""
        for volume in self._shelf.volumes():
            if edition := volume.state.edition:
                for theme in edition.atlas.themes:
                    outline(theme.icon)

    def routes(self) -> list[BaseRoute]:
        """Return the routes, for ``st.App(routes=…)``.

        Of several atlases each has its name before its files.
        """
        answers = {
            "/card/{name}.png": self.card,
            "/card/{atlas}/{name}.png": self.card,
            "/data/{name}": self.data,
            "/data/{atlas}/{name}": self.data,
            "/oembed": self.oembed,
            "/sitemap.xml": self.sitemap,
            "/robots.txt": self.robots,
        }
        return [
            Route(
                self.base_path + path,
                answer,
                methods=["GET", "OPTIONS"] if answer == self.data else ["GET"],
            )
            for path, answer in answers.items()
        ]

    def middleware(self) -> list[Middleware]:
        """Return the middleware, for ``st.App(middleware=…)``."""
        return [
            Middleware(KeepUnchanging, base_path=self.base_path),
            Middleware(SecurityHeaders, base_path=self.base_path),
            Middleware(PageMiddleware, site=self),
        ]

    def exception_handlers(self) -> dict[type[Exception], Callable[[Request, Exception], Response]]:
        """Return what answers when something fails, for ``st.App(exception_handlers=…)``."""
        return {EditionError: _not_whole}

    def page(self, request: Request, html: str) -> Artefact:
        """Put the head and the words of what a request asks for into Streamlit's page."""
        accept, params = request.headers.get("accept-language", ""), parameters(request.url.query)
        volume, base = self._shelf.open(named(params, "atlas")), self._base(request)
        if volume is None:
            start = start_of(self._shelf, params, accept)
            return Artefact.of(rewrite_start(html, start, base), "text/html")
        page = Page(reader_of(volume, params, accept), volume.edition, base.of(volume.name))
        return self._pages.get(
            volume.edition,
            (page.base, page.reader.view, page.reader.lang, *page.early_files),
            lambda: Artefact.of(rewrite(html, page), "text/html"),
        )

    def card(self, request: Request) -> Response:
        """Answer with a preview picture: ``<town>.<lang>.png``, or ``<lang>.png``."""
        volume = self._volume(request)
        if volume is None:
            return _missing()
        edition = volume.edition
        town, dot, lang = request.path_params["name"].rpartition(".")
        if lang not in edition.atlas.languages or (dot and town not in edition.towns):
            return _missing()
        reader = reader_at(edition, town or None, lang)
        artefact = self._files.get(
            edition,
            ("card", town, lang),
            lambda: Artefact.of(draw_card(reader, edition), "image/png"),
        )
        return artefact.answer(request, FRESH)

    def data(self, request: Request) -> Response:
        """Answer with data, for scripts of any origin."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=PREFLIGHT)
        volume, name = self._volume(request), request.path_params["name"]
        if volume is None:
            return _missing(FOR_ALL)
        edition = volume.edition
        kind, make = self._data.get(name) or self._markdown(edition, name) or ("", None)
        if make is None:
            return _missing(FOR_ALL)
        artefact = self._files.get(
            edition, ("data", name), lambda: Artefact.of(make(edition), kind)
        )
        return artefact.answer(request, FRESH | FOR_ALL)

    def _markdown(
        self, edition: Edition, name: str
    ) -> tuple[str, Callable[[Edition], str | bytes]] | None:
        """Return how to write ``<town>.<lang>.md``."""
        stem, _, ending = name.rpartition(".")
        town, _, lang = stem.rpartition(".")
        story = edition.atlas.story(town) if town in edition.towns else None
        if ending != "md" or lang not in edition.atlas.languages or story is None:
            return None
        return "text/markdown", lambda edition: story_markdown(reader_at(edition, town, lang))

    def oembed(self, request: Request) -> Response:
        """Answer how to embed a page."""
        accept = request.headers.get("accept-language", "")
        try:
            answer = oembed(self._shelf, self._base(request), request.query_params, accept)
        except AnswerError as error:
            return PlainTextResponse(f"{error}\n", error.status)
        return JSONResponse(answer, headers=FRESH)

    def sitemap(self, request: Request) -> Response:
        """Answer with all pages in all languages."""
        base, volumes = self._base(request), self._shelf.volumes()
        parts = [
            (base.of(each.name), each.edition.atlas.languages, [None, *each.edition.towns])
            for each in volumes
            if each.state.edition or len(volumes) == 1
        ]
        if len(volumes) > 1:  # before them the list of atlases
            languages = dict.fromkeys(lang for _, spoken, _ in parts for lang in spoken)
            parts.insert(0, (base, tuple(languages), [None]))
        xml = render("sitemap.xml", parts=parts)
        return Artefact.of(xml, "application/xml").answer(request, FRESH)

    def robots(self, request: Request) -> Response:
        """Answer that everything may be read, and where the list of pages is."""
        text = f"User-agent: *\nAllow: /\n\nSitemap: {self._base(request).url}sitemap.xml\n"
        return Artefact.of(text, "text/plain").answer(request, FRESH)

    def _volume(self, request: Request) -> Volume | None:
        """Return the atlas of a path; only several have names there."""
        name = request.path_params.get("atlas")
        volume = self._shelf.open(name)
        return volume if volume and volume.name == name else None

    def _base(self, request: Request) -> Base:
        return self._public or Base.from_request(request.scope, self.base_path)


def _missing(headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse("There is nothing here.\n", 404, headers)


def _not_whole(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("The atlas cannot be read; the server's log says why.\n", 503)


def _stories(edition: Edition) -> str:
    record = edition.provenance
    boundaries = record.model_dump(mode="json") if record else None
    return stories_document(edition.atlas, edition.towns, boundaries)


def _geojson(edition: Edition) -> str:
    told = town_properties(edition.atlas, edition.towns)
    return boundaries_geojson(edition.divisions, told, edition.provenance)


def _geopackage(edition: Edition) -> bytes:
    rows = figure_rows(edition.atlas, edition.towns)
    return boundaries_gpkg(edition.divisions, {"figures": rows}, edition.provenance)


def _csv(edition: Edition) -> str:
    return figures_csv(edition.atlas, edition.towns)
