"""What readers get where the line to the server cannot open, or a script does not load."""

from __future__ import annotations

import http.server
import threading
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support import nginx
from tests.support.proxy import Faults, proxy
from tests.support.servers import ROOT, Server, free_port, running_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Frame, Page

HEADLINE = (
    (ROOT / "stories" / "data" / "deqing" / "leidian.en.md")
    .read_text(encoding="utf-8")
    .splitlines()[0]
    .removeprefix("# ")
)
VIEW = "?town=leidian&lang=en"
LINE = "the connection it needs (a web socket) cannot be opened"
SCRIPT = "a script on this page did not load"
LATE = "the server is slow to answer"


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with running_server(ROOT / "serve.py") as server:
        yield server


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def site(running: Server, faults: Faults) -> Iterator[str]:
    with proxy(running.address, faults) as address:
        yield address


def expect_readable(page: Page | Frame, reason: str) -> None:
    """Expect the text; a reason other than `LATE` is one that was found out."""
    text = page.locator(".readable")
    expect(text.locator(".reason")).to_contain_text(reason)
    expect(text.get_by_role("heading", name=HEADLINE)).to_be_visible()
    expect(text.get_by_role("link", name="Xin’an Town", exact=True)).to_be_visible()
    expect(page.locator("#root")).to_be_hidden()


def expect_app(page: Page) -> None:
    expect(page.locator("#root article.panel h2")).to_have_text(HEADLINE)
    expect(page.locator(".readable")).to_have_count(0)


def test_who_has_a_line_sees_nothing_of_it(new_page: Callable[..., Page], site: str) -> None:
    page = new_page()
    page.add_init_script(
        "new MutationObserver(() => { if (document.querySelector('.readable')) window.seen = 1; })"
        ".observe(document, { childList: true, subtree: true });"
    )
    page.goto(f"{site}/{VIEW}")
    expect_app(page)
    assert page.evaluate("[window.seen, window.WebSocket.name]") == [None, "WebSocket"]


def test_a_proxy_that_refuses_web_sockets(
    new_page: Callable[..., Page], site: str, faults: Faults
) -> None:
    """The reader has the text, in the page's language, and the app once the line opens."""
    faults.refuse_sockets = True
    page = new_page()
    page.goto(f"{site}/{VIEW}")
    expect_readable(page, LINE)
    expect(page.locator(".readable img").first).to_have_js_property("complete", value=True)
    link = page.locator(".readable a[href^='#figure-']").first
    link.click()
    expect(page.locator(f".readable {link.get_attribute('href')}")).to_be_in_viewport()
    page.goto(f"{site}/?town=leidian&lang=zh")
    expect(page.locator(".readable .reason")).to_contain_text("地图未显示：所需的连接")
    page.goto(f"{site}/{VIEW}")
    expect_readable(page, LINE)
    faults.refuse_sockets = False
    expect_app(page)
    page.frame_locator("iframe[src*='st_folium']").locator("body[data-ready]").wait_for()


def test_nothing_jumps_when_the_page_comes_after_the_words(
    new_page: Callable[..., Page], site: str, faults: Faults
) -> None:
    faults.refuse_sockets = True
    page = new_page()
    page.goto(f"{site}/{VIEW}")
    expect_readable(page, LINE)
    page.evaluate(
        """() => {
          window.shift = 0;
          new PerformanceObserver((list) => {
            for (const each of list.getEntries()) window.shift += each.value;
          }).observe({ type: "layout-shift" });
        }"""
    )
    faults.refuse_sockets = False
    expect_app(page)
    page.frame_locator("iframe[src*='st_folium']").locator("body[data-ready]").wait_for()
    assert page.evaluate("window.shift") <= 0.02


def test_a_line_that_says_nothing(new_page: Callable[..., Page], site: str, faults: Faults) -> None:
    faults.hold_sockets = True
    page = new_page()
    page.goto(f"{site}/{VIEW}")
    expect_readable(page, LATE)


LOST_HOSTS: dict[str, Callable[[dict[str, str]], None]] = {
    "nginx's default": lambda headers: headers.update({"host": "atlas_upstream"}),
    "without its port": lambda headers: headers.update({"host": "atlas.internal"}),
}


@pytest.mark.parametrize("loss", LOST_HOSTS)
def test_a_proxy_that_loses_the_host(
    new_page: Callable[..., Page], running: Server, site: str, faults: Faults, loss: str
) -> None:
    """Readers are told, and so is the server's log, with the mend; a forwarded host is enough."""
    # This machine's own addresses are always let in, so the browser says another.
    outside = "https://stories.example"

    def change(headers: dict[str, str]) -> None:
        LOST_HOSTS[loss](headers)
        if "origin" in headers:
            headers["origin"] = outside

    faults.change = change
    page = new_page()
    page.goto(f"{site}/{VIEW}")
    expect_readable(page, LINE)
    (said,) = {
        line for line in running.log if "a web socket was refused" in line and loss_of(loss) in line
    }
    assert f"Origin is '{outside}'" in said
    assert "proxy_set_header Host $http_host" in said

    def mended(headers: dict[str, str]) -> None:
        change(headers)
        headers["x-forwarded-host"] = "stories.example:443"

    faults.change = mended
    expect_app(page)


NGINX = """
error_log stderr; pid {folder}/nginx.pid;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass {server}; }}
  }}
}}
"""
"""As it is written where nobody has thought of web sockets."""


def test_nginx_without_a_word_of_web_sockets(
    new_page: Callable[..., Page], running: Server, tmp_path: Path
) -> None:
    if nginx.installed() is None:
        pytest.skip(nginx.HELP)
    port = free_port()
    text = NGINX.format(folder=tmp_path, port=port, server=running.address)
    with nginx.running(text, port, tmp_path) as site:
        page = new_page()
        page.goto(f"{site}/{VIEW}")
        expect_readable(page, LINE)
    (said,) = (line for line in running.log if "arrived as a plain request" in line)
    assert "proxy_set_header Upgrade $http_upgrade" in said


def loss_of(loss: str) -> str:
    headers: dict[str, str] = {}
    LOST_HOSTS[loss](headers)
    return f"'{headers['host']}'"


SCRIPTS = {
    "missing": (404, "text/plain", b"not here"),
    "the page in its place": (200, "text/html", b"<!doctype html><p>Sign in"),
    "cut off": (200, "text/javascript", b"export const a = {"),
}


@pytest.mark.parametrize("fault", SCRIPTS)
@pytest.mark.parametrize("which", ["index.", "Html."])
def test_a_script_that_does_not_load(
    new_page: Callable[..., Page], site: str, faults: Faults, fault: str, which: str
) -> None:
    """The first script, and one that draws what the server sends."""
    faults.answer = lambda path: SCRIPTS[fault] if path.startswith(f"/static/js/{which}") else None
    page = new_page()
    page.goto(f"{site}/{VIEW}")
    expect_readable(page, SCRIPT)


def test_a_frame_without_an_origin(new_page: Callable[..., Page], running: Server) -> None:
    """As WordPress embeds what it does not know."""
    frame = f"{running.address}/{VIEW}&embed=true"

    class Blog(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            words = f'<iframe sandbox="allow-scripts" src="{frame}" width="900" height="720">'
            self.wfile.write(f"<!doctype html><title>A blog</title>{words}</iframe>".encode())

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Blog) as blog:
        threading.Thread(target=blog.serve_forever, daemon=True).start()
        page = new_page()
        page.goto(f"http://localhost:{blog.server_port}/")
        embedded = next(each for each in page.frames if running.address in each.url)
        expect_readable(embedded, "the site that embeds this page")
        link = embedded.get_by_role("link", name="Open this page on its own")
        expect(link).to_have_attribute("href", f"{running.address}/{VIEW}")
        embedded.get_by_role("link", name="Xin’an Town", exact=True).click()
        expect(embedded.locator(".readable article")).to_contain_text("Xin’an")
        blog.shutdown()
