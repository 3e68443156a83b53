"""A published site, and a server of files for it, as any web space is one."""

from __future__ import annotations

import http.server
import threading
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from serving.publish.site import Edition, PublishedSite
from serving.publish.site_url import SiteUrl
from serving.publish.writer import write_site
from serving.store.catalogue import Catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from serving.publish.writer import Written

TODAY = date(2024, 3, 1)
URL = "https://example.org/map/"


def edition(atlas: Path | None = None, url: str = URL) -> Edition:
    """Return an edition of an atlas, else of Deqing's, as of a day in 2024."""
    return Edition(Catalogue(atlas), SiteUrl(url), TODAY)


def publish(site: Path, atlas: Path | None = None, url: str = URL) -> Written:
    """Publish an atlas."""
    return write_site(PublishedSite(edition(atlas, url)).files(), site)


@contextmanager
def file_server(site: Path, below: str = "") -> Iterator[str]:
    """Serve the files of a site below a path, which begins with a slash; yield its address."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, directory=str(site), **kwargs)  # type: ignore[arg-type]

        def translate_path(self, path: str) -> str:
            own = path.removeprefix(below) if path.startswith(f"{below}/") else "/missing"
            return super().translate_path(own)

        def send_error(
            self, code: int, message: str | None = None, explain: str | None = None
        ) -> None:
            if code != http.HTTPStatus.NOT_FOUND:
                super().send_error(code, message, explain)
                return
            body = (site / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}{below}/"
    finally:
        server.shutdown()
        server.server_close()
