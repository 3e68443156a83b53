"""What all pages of a published site share: scripts and style sheets, named by their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from geo.map.component import ASSETS as MAP_ASSETS
from geo.map.component import LEAFLET
from serving.page_body import LAYOUT, sheets
from serving.publish.page import PageFiles
from serving.render import render

ASSETS = Path(__file__).parent / "assets"
PAGE_SCRIPT, MAP_SCRIPT = ASSETS / "site.js", ASSETS / "site_map.js"
"""Built by `make scripts` from ``serving/publish/scripts``."""
APP = "app"
"""Folder of these files."""
MAP_CSP = (
    "default-src 'none'; base-uri 'none'; script-src 'self'; connect-src 'self';"
    " style-src 'self' 'unsafe-inline'; img-src 'self' data: https://tile.openstreetmap.org"
)


def _named(name: str, content: str | bytes) -> tuple[str, bytes]:
    body = content.encode() if isinstance(content, str) else content
    stem, _, ending = name.rpartition(".")
    return f"{APP}/{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{ending}", body


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def app_files() -> tuple[PageFiles, dict[str, bytes]]:
    """Return the paths of what the pages name, and all files by their path below the site."""
    script = _named("site.js", _read(PAGE_SCRIPT))
    sheet = _named("site.css", sheets())
    no_script = _named("no_script.css", _read(LAYOUT.with_name("no_script.css")))
    map_script = _named("map.js", _read(LEAFLET / "leaflet.js") + "\n" + _read(MAP_SCRIPT))
    styles = (LEAFLET / "leaflet.css", MAP_ASSETS / "storymap.css", ASSETS / "site_map.css")
    map_sheet = _named("map.css", "\n".join(map(_read, styles)))
    map_page = render(
        "site_map.html",
        csp=MAP_CSP,
        sheet=map_sheet[0].removeprefix(f"{APP}/"),
        script=map_script[0].removeprefix(f"{APP}/"),
    )
    page = (f"{APP}/map.html", map_page.encode())
    files = PageFiles(script[0], sheet[0], no_script[0], page[0])
    return files, dict((script, sheet, no_script, map_script, map_sheet, page))
