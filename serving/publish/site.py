"""Which files a published site has, and what is in them."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.map.fitted import Frame
from geo.map.metric_still import MetricStill, MetricStyle
from geo.map.pens import SvgPen
from serving.http.oembed import oembed
from serving.http.routes import STILLS, Site
from serving.publish.addresses import paths_in
from serving.publish.answers import Answers
from serving.publish.bundles import app_files
from serving.publish.feed import feed_xml, manifest_json, missing_html
from serving.publish.headers import headers_file
from serving.publish.map_files import MapFolder
from serving.publish.page import page_html
from serving.publish.site_url import OEMBED, SiteUrl
from serving.publish.start import start_html
from serving.start_page import start_of
from stories.ui.page import ICON
from stories.view.page_addresses import FolderAddresses
from stories.view.view_parts import division_parts, view_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from serving.store.catalogue import Catalogue, CatalogueEntry
    from serving.store.snapshot import Snapshot
    from stories.view.context import ViewContext

ANSWERED = frozenset(
    {"card", "scene", "dates", "metric", "data", "files", "table", "graphic", "figure", OEMBED}
)
"""Folders whose files are what the server's routes answer."""
PAGES = frozenset({"graphic", "figure"})
"""Of these, those with pages, whose addresses have no ending: each is a folder of its own."""
AT_ONCE = 64
"""Files that are made before the first of them is written."""
STILL_SIZE = (720, 600)
PARTS = "parts/"
"""Begins the paths of what the page's script makes other views of."""
ROOT_OF_PARTS = "{root}"
"""Stands in parts for the way to where the site begins, which is another on each page."""
DATA = (
    "figures.csv", "places.geojson", "boundaries.geojson", "boundaries.gpkg", "stories.json",
)  # fmt: skip


@dataclass(frozen=True)
class Edition:
    """What is published, and as what."""

    catalogue: Catalogue
    url: SiteUrl
    today: date
    """Tells what is still ahead from what has passed."""


class PublishedSite:
    """The files of an edition.

    Parameters
    ----------
    edition
        What is published.
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._entries = edition.catalogue.entries()
        self._answers = Answers(Site(edition.catalogue, public=edition.url))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield every file by its path below the site, each once."""
        named: dict[str, None] = {}
        for entry in self._entries:
            atlas = AtlasFiles(self._edition, entry)
            for path, body in atlas.shared():
                if path.startswith(PARTS):
                    named |= dict.fromkeys(_named_in_parts(body, self._edition.url.url))
                yield path, body
            named |= dict.fromkeys(atlas.data())
            for path, html in atlas.pages():
                named |= dict.fromkeys(paths_in(html, path, self._edition.url.url))
                yield path, html.encode()
        yield from self._answered(named)
        yield from app_files()[1].items()
        yield from self._around()

    def _answered(self, named: Mapping[str, None]) -> Iterator[tuple[str, bytes]]:
        """Yield what pages name and the routes answer with, and what that names in turn."""
        waiting, known = [path for path in named if _is_answered(path)], set(named)
        with ThreadPoolExecutor() as pool:  # most of them are pictures, which take their time
            while waiting:
                some, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
                for path, body in zip(some, pool.map(self._answer, some), strict=True):
                    if not _is_page(path):
                        yield path, body
                        continue
                    file = f"{path}/index.html"
                    yield file, body
                    for each in paths_in(body.decode(), file, self._edition.url.url):
                        if each not in known and _is_answered(each):
                            waiting.append(each)
                        known.add(each)

    def _answer(self, path: str) -> bytes:
        return self._oembed(path) if path.startswith(f"{OEMBED}/") else self._answers.get(path)

    def _oembed(self, path: str) -> bytes:
        below = path.removeprefix(f"{OEMBED}/").removesuffix(".json")
        below = "" if below == "index" else below
        folder, _, rest = below.partition("/")
        names = [each.name for each in self._entries]
        is_page = folder not in PAGES and below
        atlas = folder if folder in names and rest else None
        url = self._edition.url.of(atlas)
        answer = oembed(
            self._edition.catalogue,
            url,
            {"url": f"{url.url}{below}{'/' if is_page else ''}"},
            "",
        )
        return json.dumps(answer, ensure_ascii=False, indent=1).encode()

    def _around(self) -> Iterator[tuple[str, bytes]]:
        edition, first = self._edition, AtlasFiles(self._edition, self._entries[0])
        context = first.context(None, first.languages[0], "./")
        yield "sitemap.xml", self._answers.get("sitemap.xml")
        yield "robots.txt", self._answers.get("robots.txt")
        yield "manifest.webmanifest", manifest_json(context, "./").encode()
        yield "icon.svg", Path(ICON).read_bytes()
        yield "_headers", headers_file().encode()
        contexts = [first.context(None, lang, "./") for lang in first.languages]
        yield "404.html", missing_html(contexts, edition.url.of(self._entries[0].name)).encode()
        if len(self._entries) > 1:
            yield from self._start()

    def _start(self) -> Iterator[tuple[str, bytes]]:
        edition, files = self._edition, app_files()[0]
        languages = start_of(edition.catalogue, {}, "").languages
        for lang in (None, *languages):
            path = f"{lang}/index.html" if lang else "index.html"
            start = start_of(edition.catalogue, {"lang": [lang or languages[0]]}, "")
            root = "../" if lang else "./"
            yield path, start_html(start, edition.url, files, root).encode()


class AtlasFiles:
    """The files of one atlas.

    Parameters
    ----------
    edition
        What is published.
    entry
        The atlas.
    """

    def __init__(self, edition: Edition, entry: CatalogueEntry) -> None:
        self._edition, self._entry = edition, entry
        self.snapshot: Snapshot = entry.snapshot
        self.languages = self.snapshot.atlas.languages
        self._url = edition.url.of(entry.name)
        self._folder = f"{entry.name}/" if entry.name else ""

    @cached_property
    def _map(self) -> MapFolder:
        return MapFolder(self.snapshot, self._entry.name)

    def context(self, town: str | None, lang: str, root: str) -> ViewContext:
        """Return a view as the page in a folder has it."""
        params = {"town": [town] if town else [], "lang": [lang]}
        context = self.snapshot.view_of(params, entry=self._entry.name)
        here, today = self._url.url, self._edition.today
        return replace(context, addresses=FolderAddresses(root), today=today, here=here)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield each page with its path."""
        files = app_files()[0]
        for lang in self.languages:
            for town in (None, *self.snapshot.towns):
                path = f"{self._folder}{lang}/{f'{town}/' if town else ''}index.html"
                root = "../" * path.count("/")
                context = self.context(town, lang, root)
                yield path, page_html(context, self.snapshot, self._url, files, root)
        if self._entry.name is None:
            context = self.context(None, self.languages[0], "./")
            yield "index.html", page_html(context, self.snapshot, self._url, files, "./")

    def shared(self) -> Iterator[tuple[str, bytes]]:
        """Yield what belongs to no single page."""
        yield from self.files_for_script(lambda town, lang: self.context(town, lang, ROOT_OF_PARTS))
        for lang in self.languages:
            yield (
                f"feed/{self._folder}{lang}.xml",
                self._feed(self.context(None, lang, "")).encode(),
            )
        for town in (None, *self.snapshot.towns):
            yield f"still/{self._folder}{town or 'index'}.svg", self._still(town)

    def files_for_script(
        self, context: Callable[[str | None, str], ViewContext]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield what the pages' script fetches, and what the map draws.

        Parameters
        ----------
        context
            Gives the view of a town, or of the whole, in a language.
        """
        settings = self._map.settings()
        for lang in self.languages:
            whole = context(None, lang)
            parts: dict[str, Any] = {
                **view_parts(whole),
                "map": {"settings": settings, "state": self._map.state(whole)},
                "share": whole.wording.section("share"),
            }
            yield f"{PARTS}{self._folder}{lang}.json", _json(parts)
            for town in (None, *self.snapshot.towns) if self.snapshot.series else ():
                path = f"{PARTS}{self._folder}{lang}/{town or 'index'}.json"
                yield path, _json(division_parts(context(town, lang)))
        yield from self._map.files()

    def data(self) -> Iterator[str]:
        """Yield the paths of the files to take away."""
        snapshot, atlas = self.snapshot, self.snapshot.atlas
        names = [*DATA, *(["metrics.csv"] if snapshot.series else [])]
        names += [f"boundaries-{each.date}.geojson" for each in snapshot.dated]
        names += ["changes.geojson"] if snapshot.changes is not None else []
        names += [f"{story.town}.{lang}.md" for story in atlas.stories for lang in self.languages]
        yield from (f"data/{self._folder}{name}" for name in names)
        for metric, series in snapshot.series.items():  # the script names those of other periods
            for period, lang, ending in product(series.periods, self.languages, STILLS):
                yield f"metric/{self._folder}{metric}.{period.in_names}.{lang}.{ending}"

    def _feed(self, context: ViewContext) -> str:
        return feed_xml(context, self.snapshot, self._url, self._edition.today)

    def _still(self, town: str | None) -> bytes:
        pen = SvgPen(STILL_SIZE, "#fbfaf6")
        style = MetricStyle(fills=self.snapshot.atlas.colours(), lit=[town] if town else [])
        margin = 20
        frame = Frame(STILL_SIZE, margin, margin, margin, margin)
        MetricStill(self.snapshot.divisions, frame, style, self.snapshot.neighbours).draw(pen)
        return pen.finish()


def _is_answered(path: str) -> bool:
    return path.partition("/")[0] in ANSWERED


def _is_page(path: str) -> bool:
    return path.partition("/")[0] in PAGES and not path.endswith((".png", ".svg"))


def _named_in_parts(body: bytes, url: str) -> Iterator[str]:
    """Yield the paths that HTML names which stands in a file of parts."""
    waiting: list[object] = [json.loads(body)]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting.extend(each.values())
        elif isinstance(each, str) and each.startswith("<"):
            yield from paths_in(each.replace(ROOT_OF_PARTS, ""), "", url)


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=list).encode()
