"""What all pages of a published site share: scripts and style sheets, named by their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from markupsafe import Markup

from geo.map.component import ASSETS as MAP_ASSETS
from geo.map.component import LEAFLET
from serving.http.security import BASE_MAP
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
    f" style-src 'self' 'unsafe-inline'; img-src 'self' data: {BASE_MAP}"
)


def _named(name: str, content: str) -> tuple[str, bytes]:
    body = content.encode()
    stem, _, ending = name.rpartition(".")
    return f"{APP}/{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{ending}", body


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def page_script() -> str:
    """Return the pages' script, such that it can stand in a page."""
    return _inline(_read(PAGE_SCRIPT))


def inline_map_page() -> str:
    """Return the map's page with its script and its sheet in it."""
    return render(
        "site_map_inline.html",
        sheet=Markup(_map_sheet()),  # noqa: S704  # files of ours
        script=Markup(_inline(_map_script())),  # noqa: S704  # files of ours
    )


def _inline(script: str) -> str:
    """Write a script such that no text in it ends the element that it stands in."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _map_script() -> str:
    return _read(LEAFLET / "leaflet.js") + "\n" + _read(MAP_SCRIPT)


def _map_sheet() -> str:
    styles = (LEAFLET / "leaflet.css", MAP_ASSETS / "storymap.css", ASSETS / "site_map.css")
    return "\n".join(map(_read, styles))


@cache
def app_files() -> tuple[PageFiles, dict[str, bytes]]:
    """Return the paths of what the pages name, and all files by their path below the site."""
    script = _named("site.js", _read(PAGE_SCRIPT))
    sheet = _named("site.css", sheets())
    no_script = _named("no_script.css", _read(LAYOUT.with_name("no_script.css")))
    map_script = _named("map.js", _map_script())
    map_sheet = _named("map.css", _map_sheet())
    map_page = render(
        "site_map.html",
        csp=MAP_CSP,
        sheet=map_sheet[0].removeprefix(f"{APP}/"),
        script=map_script[0].removeprefix(f"{APP}/"),
    )
    page = (f"{APP}/map.html", map_page.encode())
    files = PageFiles(script[0], sheet[0], no_script[0], page[0])
    return files, dict((script, sheet, no_script, map_script, map_sheet, page))
