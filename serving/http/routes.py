"""The routes beside the page: pictures, data, and what search engines and other sites ask for."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from geo.errors import TemporaryFolderError
from geo.files.export import points_geojson
from geo.map.component import early_files, map_files
from geo.map.metric_file import early_metric, metric_addresses
from serving.cache import snapshot_cache
from serving.card.dates import draw_dates
from serving.card.draw import draw_card
from serving.card.metric import Asked, metric_still, read_name
from serving.card.scene import draw_scene
from serving.errors import AnswerError, SnapshotError
from serving.http.boundary_data import dated_data, geojson, geopackage, metric_table_rows
from serving.http.graphics import draw_page, draw_picture, find_page, find_picture
from serving.http.head import PageHead, rewrite, rewrite_start
from serving.http.media import MediaRoute
from serving.http.metric_table import MetricTableRoute
from serving.http.oembed import oembed
from serving.http.page import FORWARDED, PageMiddleware
from serving.http.public_url import PublicUrl
from serving.http.qr import qr
from serving.http.readiness import readiness
from serving.http.request import context_at, named, parameters
from serving.http.security import SecurityHeaders
from serving.http.websocket import WebSocketOrigin
from serving.render import render
from serving.responses import FRESH, OK, UNAVAILABLE, Representation, missing
from serving.start_page import start_of
from serving.streamlit_shell.components import serve
from serving.streamlit_shell.frame import MAP_SCRIPT, early_scripts
from serving.streamlit_shell.media_files import answer_by_routes
from serving.streamlit_shell.static_files import KeepUnchanging
from stories.export.document import stories_document
from stories.export.markdown import story_markdown
from stories.export.rows import figures_csv, place_rows, table_csv
from stories.view.address import View
from stories.view.icons import outline
from stories.view.taking import FIGURE, GRAPHIC

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from serving.store.catalogue import Catalogue, CatalogueEntry
    from serving.store.snapshot import Snapshot

_log = logging.getLogger(__name__)
FOR_ALL = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag"}
"""Data may be read by scripts of any site; nothing else here may."""
STILLS: Mapping[str, str] = {"svg": "image/svg+xml", "png": "image/png"}
"""What still maps of metrics there are, by the endings of their names."""
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
    catalogue
        The atlases.
    base_path
        Streamlit's ``server.baseUrlPath``.
    public
        The public address, where it is no setting.
    """

    def __init__(
        self, catalogue: Catalogue, base_path: str = "", *, public: PublicUrl | None = None
    ) -> None:
        self.base_path = f"/{base_path.strip('/')}".rstrip("/")
        self._catalogue = catalogue
        self._media = MediaRoute(catalogue)
        self._tables = MetricTableRoute(catalogue)
        self._public = public or PublicUrl.from_setting()
        self._data: dict[str, tuple[str, Callable[[Snapshot], str | bytes]]] = {
            "stories.json": ("application/json", _stories),
            "boundaries.geojson": ("application/geo+json", geojson),
            "boundaries.gpkg": ("application/geopackage+sqlite3", geopackage),
            "figures.csv": ("text/csv", _csv),
            "metrics.csv": ("text/csv", _metrics),
            "places.geojson": ("application/geo+json", _places),
        }

    def warm_up(self) -> None:
        """Read the atlases, and their icons, before a first reader would wait for it."""
        for entry in self._catalogue.entries():
            if snapshot := entry.state.snapshot:
                for theme in snapshot.atlas.themes:
                    outline(theme.icon)

    def routes(self) -> list[BaseRoute]:
        """Return the routes, for ``st.App(routes=…)``.

        Of several atlases each has its name before its files.
        """
        answer_by_routes()
        answers = {
            "/card/{name}.png": self.card,
            "/card/{atlas}/{name}.png": self.card,
            "/scene/{name}.png": self.scene,
            "/scene/{atlas}/{name}.png": self.scene,
            "/dates/{name}.png": self.dates,
            "/dates/{atlas}/{name}.png": self.dates,
            "/metric/{name}.{ending}": self.metric,
            "/metric/{atlas}/{name}.{ending}": self.metric,
            "/data/{name}": self.data,
            "/data/{atlas}/{name}": self.data,
            "/files/{digest}/{name}": self._media.answer,
            "/table/{name}.json": self._tables.answer,
            "/table/{atlas}/{name}.json": self._tables.answer,
            "/graphic/{name}": self.graphic,
            "/graphic/{atlas}/{name}": self.graphic,
            "/figure/{name}": self.figure,
            "/figure/{atlas}/{name}": self.figure,
            "/oembed": self.oembed,
            "/qr": self.qr,
            "/sitemap.xml": self.sitemap,
            "/robots.txt": self.robots,
            "/readyz": self.ready,
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
            Middleware(WebSocketOrigin, public=self._public),
            Middleware(PageMiddleware, base_path=self.base_path, make_page=self.page),
        ]

    def exception_handlers(self) -> dict[type[Exception], Callable[[Request, Exception], Response]]:
        """Return what answers when something fails, for ``st.App(exception_handlers=…)``."""
        return {SnapshotError: _not_whole, TemporaryFolderError: _no_room}

    def page(self, request: Request, html: str) -> tuple[Representation, int]:
        """Put the head and the words of what a request asks for into Streamlit's page.

        The status says whether there is anything to show.
        """
        accept, params = request.headers.get("accept-language", ""), parameters(request.url.query)
        entry, base = self._catalogue.open(named(params, "atlas")), self._base(request)
        if entry is None:
            start = start_of(self._catalogue, params, accept)
            page = Representation.of(rewrite_start(html, start, base), "text/html")
            return page, OK if start.cards else UNAVAILABLE
        snapshot, base = entry.snapshot, base.of(entry.name)
        context = snapshot.view_of(params, entry=entry.name, browser=accept)

        def make() -> Representation:
            files = map_files(snapshot.boundaries, MAP_SCRIPT, serve, snapshot.dated)
            metrics = metric_addresses(snapshot.metrics, serve)
            metric = early_metric(metrics, context.view.metric)
            early = [*early_scripts(), *early_files(files), *metric]
            page = PageHead(context, snapshot, base, early)
            return Representation.of(rewrite(html, page), "text/html")

        key = ("page", base, context.view, context.lang, context.today)
        return snapshot_cache.get(snapshot, key, make), OK

    def card(self, request: Request) -> Response:
        """Answer with a preview picture: ``<town>.<lang>.png``, or ``<lang>.png``."""
        entry = self._entry(request)
        if entry is None:
            return missing()
        snapshot = entry.snapshot
        town, dot, lang = request.path_params["name"].rpartition(".")
        if lang not in snapshot.atlas.languages or (dot and town not in snapshot.towns):
            return missing()
        context = context_at(snapshot, town or None, lang)
        representation = snapshot_cache.get(
            snapshot,
            ("card", town, lang),
            lambda: Representation.of(draw_card(context, snapshot), "image/png"),
        )
        return representation.answer(request, FRESH)

    def scene(self, request: Request) -> Response:
        """Answer with the still map of a scene: ``<town>.<scene>.png``."""
        entry = self._entry(request)
        if entry is None:
            return missing()
        snapshot = entry.snapshot
        town, _, name = request.path_params["name"].partition(".")
        story = snapshot.atlas.story(town)
        scene = story.scene(name) if story else None
        if scene is None:
            return missing()
        representation = snapshot_cache.get(
            snapshot,
            ("scene", scene.shown(town)),
            lambda: Representation.of(draw_scene(town, scene, snapshot), "image/png"),
        )
        return representation.answer(request, FRESH)

    def dates(self, request: Request) -> Response:
        """Answer with the still map of a date's boundaries, or of two: ``<date>..<date>.png``."""
        entry = self._entry(request)
        snapshot = entry.snapshot if entry else None
        dates = request.path_params["name"].split("..")
        if snapshot is None or len(dates) > 2 or not _are_in_order(dates, snapshot.history.dates):  # noqa: PLR2004  # one, or a pair
            return missing()
        representation = snapshot_cache.get(
            snapshot,
            ("dates", *dates),
            lambda: Representation.of(draw_dates(snapshot, dates), "image/png"),
        )
        return representation.answer(request, FRESH)

    def metric(self, request: Request) -> Response:
        """Answer with the still map of a metric: ``<metric>.<period>.svg``, or in a language.

        ``<metric>.<period>.<lang>.png`` has title, key, source and address in it.
        """
        entry, ending = self._entry(request), request.path_params["ending"]
        asked = read_name(request.path_params["name"], entry.snapshot) if entry else None
        if entry is None or asked is None or ending not in STILLS:
            return missing()
        snapshot, base = entry.snapshot, self._base(request).of(entry.name)
        link = _metric_page(base, asked) if asked.lang else ""
        representation = snapshot_cache.get(
            snapshot,
            ("metric", link, asked.series.metric.id, asked.period, asked.lang, ending),
            lambda: Representation.of(metric_still(snapshot, asked, ending, link), STILLS[ending]),
        )
        response = representation.answer(request, FRESH)
        return _made_for(response) if link else response

    def graphic(self, request: Request) -> Response:
        """Answer with a graphic as a picture, or with its page; see `serving.http.graphics`."""
        return self._alone(request, GRAPHIC)

    def figure(self, request: Request) -> Response:
        """Answer with the page of a single figure."""
        return self._alone(request, FIGURE)

    def _alone(self, request: Request, folder: str) -> Response:
        entry, name = self._entry(request), request.path_params["name"]
        if entry is None:
            return missing()
        snapshot, base = entry.snapshot, self._base(request).of(entry.name)
        key, headers = ("graphic", base, folder, name), dict(FRESH)
        if page := find_page(snapshot, entry.name, folder, name):
            made = snapshot_cache.get(snapshot, key, lambda: draw_page(page, base))
        elif folder == GRAPHIC and (found := find_picture(snapshot, entry.name, name)):
            alone, ending = found
            made = snapshot_cache.get(snapshot, key, lambda: draw_picture(alone, base, ending))
            if "download" in request.query_params:
                headers["Content-Disposition"] = f'attachment; filename="{name}"'
        else:
            return missing()
        return _made_for(made.answer(request, headers))

    def data(self, request: Request) -> Response:
        """Answer with data, for scripts of any origin."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=PREFLIGHT)
        entry, name = self._entry(request), request.path_params["name"]
        if entry is None:
            return missing(FOR_ALL)
        snapshot = entry.snapshot
        found = self._data.get(name) or dated_data(snapshot, name)
        kind, make = found or self._markdown(snapshot, name) or ("", None)
        if make is None:
            return missing(FOR_ALL)
        representation = snapshot_cache.get(
            snapshot, ("data", name), lambda: Representation.of(make(snapshot), kind)
        )
        return representation.answer(request, FRESH | FOR_ALL)

    def _markdown(
        self, snapshot: Snapshot, name: str
    ) -> tuple[str, Callable[[Snapshot], str | bytes]] | None:
        """Return how to write ``<town>.<lang>.md``."""
        stem, _, ending = name.rpartition(".")
        town, _, lang = stem.rpartition(".")
        story = snapshot.atlas.story(town) if town in snapshot.towns else None
        if ending != "md" or lang not in snapshot.atlas.languages or story is None:
            return None
        return "text/markdown", lambda snapshot: story_markdown(context_at(snapshot, town, lang))

    def oembed(self, request: Request) -> Response:
        """Answer how to embed a page."""
        accept = request.headers.get("accept-language", "")
        try:
            answer = oembed(self._catalogue, self._base(request), request.query_params, accept)
        except AnswerError as error:
            return PlainTextResponse(f"{error}\n", error.status)
        return JSONResponse(answer, headers=FRESH)

    def qr(self, request: Request) -> Response:
        """Answer with the QR code of a page's address; see `serving.http.qr`."""
        accept, params = request.headers.get("accept-language", ""), parameters(request.url.query)
        try:
            answer = qr(self._catalogue, self._base(request), params, accept)
        except AnswerError as error:
            return PlainTextResponse(f"{error}\n", error.status)
        return JSONResponse(answer, headers={"Cache-Control": "no-cache"})

    def sitemap(self, request: Request) -> Response:
        """Answer with all pages in all languages."""
        base, entries = self._base(request), self._catalogue.entries()
        parts = [
            (base.of(each.name), each.snapshot.atlas.languages, [None, *each.snapshot.towns])
            for each in entries
            if each.state.snapshot or len(entries) == 1
        ]
        if len(entries) > 1:  # before them the list of atlases
            languages = dict.fromkeys(lang for _, spoken, _ in parts for lang in spoken)
            parts.insert(0, (base, tuple(languages), [None]))
        xml = render("sitemap.xml", parts=parts)
        return Representation.of(xml, "application/xml").answer(request, FRESH)

    def robots(self, request: Request) -> Response:
        """Answer that everything may be read, and where the list of pages is."""
        text = f"User-agent: *\nAllow: /\n\nSitemap: {self._base(request).url}sitemap.xml\n"
        return Representation.of(text, "text/plain").answer(request, FRESH)

    def ready(self, request: Request) -> Response:
        """Answer whether readers can be sent here; see `serving.http.readiness`."""
        is_ready, answer = readiness(self._catalogue, strict="strict" in request.query_params)
        status = OK if is_ready else UNAVAILABLE
        return JSONResponse(answer, status, headers={"Cache-Control": "no-store"})

    def _entry(self, request: Request) -> CatalogueEntry | None:
        """Return the atlas of a path; only several have names there."""
        name = request.path_params.get("atlas")
        entry = self._catalogue.open(name)
        return entry if entry and entry.name == name else None

    def _base(self, request: Request) -> PublicUrl:
        return self._public or PublicUrl.from_request(request.scope, self.base_path)


def _are_in_order(dates: Sequence[str], known: Sequence[str]) -> bool:
    return dates == sorted(set(dates)) and all(each in known for each in dates)


def _made_for(response: Response) -> Response:
    """Tell shared caches that links in an answer are made of what a proxy says."""
    for forwarded in FORWARDED:
        response.headers.add_vary_header(forwarded)
    return response


def _metric_page(base: PublicUrl, asked: Asked) -> str:
    """Return the address of the page that shows a metric in a period."""
    metric, period = asked.series.metric.id, str(asked.period)
    view = View(atlas=base.atlas, metric=metric, period=period, lang=asked.lang)
    return base.page(view)


def _not_whole(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("The atlas cannot be read; the server's log says why.\n", UNAVAILABLE)


def _no_room(_request: Request, error: Exception) -> Response:
    _log.error("a file could not be handed out: %s", error)
    said = "This file cannot be made now; the server's log says why.\n"
    return PlainTextResponse(said, UNAVAILABLE, FOR_ALL)


def _stories(snapshot: Snapshot) -> str:
    record = snapshot.provenance
    boundaries = record.model_dump(mode="json") if record else None
    return stories_document(snapshot.atlas, snapshot.towns, boundaries, snapshot.series)


def _places(snapshot: Snapshot) -> str:
    rows = place_rows(snapshot.atlas, snapshot.towns)
    return points_geojson(
        [(row, snapshot.points.get((town, place.id))) for town, place, row in rows]
    )


def _metrics(snapshot: Snapshot) -> str:
    return table_csv(metric_table_rows(snapshot))


def _csv(snapshot: Snapshot) -> str:
    return figures_csv(snapshot.atlas, snapshot.towns)
