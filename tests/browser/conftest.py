"""A real server and a real Chromium for which no other host exists."""

from __future__ import annotations

import http.server
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.support.servers import ROOT, streamlit_server
from tests.support.story_page import StoryPage
from tests.support.waiting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with streamlit_server(ROOT / "streamlit_app.py") as address:
        yield address


@pytest.fixture(scope="session")
def full() -> Iterator[str]:
    """The map with everything around it."""
    with streamlit_server(ROOT / "serve.py") as address:
        yield address


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an empty page of somebody who has never been here; afterwards it is closed."""
    contexts: list[BrowserContext] = []

    def opened(**options: object) -> Page:
        context = browser.new_context(**{"locale": "zh-CN", **options})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def visit(new_page: Callable[..., Page]) -> Iterator[Callable[..., StoryPage]]:
    """Open any address; afterwards no script may have failed."""
    broken: list[str] = []

    def opened(address: str, **options: object) -> StoryPage:
        page = new_page(**options)
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(address)
        return StoryPage(page)

    yield opened
    assert not broken


@pytest.fixture
def open_page(new_page: Callable[..., Page], server: str) -> Iterator[Callable[..., StoryPage]]:
    """Open the story map at a query; afterwards no foreign host may have been asked."""
    allowed = {urlsplit(server).netloc}
    asked: list[str] = []
    broken: list[str] = []

    def opened(
        query: str = "", allow_hosts: frozenset[str] = frozenset(), **options: object
    ) -> StoryPage:
        allowed.update(allow_hosts)
        page = new_page(**options)
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(f"{server}/?{query}" if query else server)
        story_page = StoryPage(page)
        story_page.wait_for_map()
        return story_page

    yield opened
    assert not broken
    foreign = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme in ("http", "https")}
    assert foreign <= allowed


@pytest.fixture
def other_site() -> Iterator[Callable[[str], str]]:
    """Serve one page of HTML from another host and port."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def serve(html: str) -> str:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(html.encode())

            def log_message(self, *_: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://localhost:{server.server_port}/"  # another host than 127.0.0.1

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()
