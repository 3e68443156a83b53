"""The security headers in a real browser: everything works, and nothing more is allowed."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.support.servers import ROOT, streamlit_server
from tests.support.story_page import StoryPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPMessage

    from playwright.sync_api import Browser, Page

WATCH = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"""
FRAME = "iframe[title*='st_folium']"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with streamlit_server(ROOT / "serve.py") as address:
        yield address


def watched(page: Page) -> list[str]:
    """Collect what the page's policy refuses, in all of its frames."""
    refused: list[str] = []
    page.add_init_script(WATCH)

    def note(text: str) -> None:
        if text.startswith("refused:") or "Content Security Policy" in text:
            refused.append(text)

    page.on("console", lambda message: note(message.text))
    return refused


def test_page_map_share_and_base_map_need_nothing_that_is_refused(
    browser: Browser, site: str
) -> None:
    page = browser.new_page(locale="zh-CN")
    refused = watched(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/?town=leidian")
    reader = StoryPage(page)
    reader.wait_for_map()

    reader.press("xinan")
    expect(reader.chosen()).to_have_attribute("data-slug", "xinan")
    expect(reader.panel).to_have_attribute("data-query", "town=xinan&lang=zh")
    page.get_by_role("link", name="English").click()
    expect(reader.panel).to_have_attribute("lang", "en")
    reader.map.locator(".zoom-in").click()
    reader.map.locator(".base-map").click()
    expect(reader.map.locator(".base-map")).to_have_attribute("aria-pressed", "true")
    expect(reader.map.locator(".leaflet-tile-pane img").first).to_be_attached()
    page.locator(".st-key-share button, [class*=share] button").first.click()
    expect(page.locator("dialog[open]")).to_be_visible()

    assert refused == []
    assert any("tile.openstreetmap.org" in url for url in asked), "no tile was asked for"


def test_who_comes_again_sees_the_page_again(browser: Browser, site: str) -> None:
    """The browser asks whether what it has still holds, and merges the answer's headers in."""
    page = browser.new_page(locale="zh-CN")
    refused = watched(page)
    for _ in range(3):
        page.goto(f"{site}/?town=leidian")
        StoryPage(page).wait_for_map()
    assert refused == []
    known = ask(site, "/").headers["ETag"]
    again = ask(site, "/", **{"If-None-Match": known})
    assert again.status == 304
    assert "Content-Security-Policy" not in again.headers


def test_the_policy_is_in_force(browser: Browser, site: str) -> None:
    """What the page does not need does not work, so an empty list above says something."""
    page = browser.new_page(locale="zh-CN")
    refused = watched(page)
    page.goto(site)
    StoryPage(page).wait_for_map()
    element = "document.body.appendChild(document.createElement"
    for attempt in (
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.__xss=1>')",
        f"{element}('script')).textContent = 'window.__xss = 1'",
        f"{element}('script')).src = 'https://example.org/x.js'",
        f"{element}('iframe')).src = 'https://example.org/'",
        "new Image().src = 'https://example.org/x.png'",
        "fetch('https://example.org/').catch(() => {})",
        f"{element}('base')).href = '/x/'",
    ):
        before = len(refused)
        page.evaluate(f"() => {{ {attempt} }}")
        page.wait_for_timeout(50)
        assert len(refused) > before, attempt
    assert page.evaluate("window.__xss") is None


# ---- frames -----------------------------------------------------------------------------


@contextmanager
def another_site(html: str) -> Iterator[str]:
    """Serve one page from another origin."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        # `localhost` and 127.0.0.1 are two sites to a browser.
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()


def test_only_the_embed_page_can_be_framed(browser: Browser, site: str) -> None:
    frames = f"""<iframe id=plain name=plain src="{site}/?town=leidian"></iframe>
        <iframe id=embed src="{site}/?town=leidian&embed=true" width=900 height=700></iframe>"""
    with another_site(frames) as address:
        page = browser.new_page(locale="zh-CN")
        page.set_default_timeout(20_000)
        page.goto(address)
        inside = page.frame_locator("#embed")
        expect(inside.locator("article.panel h2")).to_be_visible(timeout=20_000)
        inside.frame_locator(FRAME).locator("body[data-ready]").wait_for()
        plain = next(each for each in page.frames if each.name == "plain")
        assert plain.url == "chrome-error://chromewebdata/"


def test_another_site_cannot_speak_through_the_maps_frame(browser: Browser, site: str) -> None:
    """The component does what its parent says, so only our page may be its parent."""
    component = f"{site}/component/streamlit_folium.st_folium/index.html"
    attack = "window.top.postMessage('script ran', '*');"
    message = f"""{{type: "streamlit:render", args: {{script: "{attack}", feature_group: "{attack}",
        layer_control: "", html: "", header: "", id: "x", default: {{}}, height: 100, width: 100,
        returned_objects: [], js_links: [], css_links: []}}, dfs: [], theme: null}}"""
    html = f"""<iframe id=map src="{component}"></iframe>
        <iframe id=page src="{site}/?embed=true" width=900 height=700></iframe>
        <script>
        window.heard = [];
        addEventListener("message", (event) => heard.push(event.data));
        window.attack = () => {{
          frames[0].postMessage({message}, "*");
          if (frames[1].frames[0]) frames[1].frames[0].postMessage({message}, "*");
        }};
        </script>"""
    with another_site(html) as address:
        page = browser.new_page(locale="zh-CN")
        page.set_default_timeout(20_000)
        page.goto(address)
        page.frame_locator("#page").frame_locator(FRAME).locator("body[data-ready]").wait_for()
        for _ in range(3):
            page.evaluate("attack()")
            page.wait_for_timeout(200)
        assert "script ran" not in page.evaluate("heard")


# ---- every answer -----------------------------------------------------------------------

EMBED = "/?town=leidian&embed=true"
MAP = "/component/streamlit_folium.st_folium/index.html"
PATHS = (
    "/",
    EMBED,
    MAP,
    "/_stcore/health",
    "/data/stories.json",
    "/robots.txt",
    "/card/zh.png",
    "/x",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(site: str, path: str) -> None:
    answer = ask(site, path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    scripts = policy.partition("script-src")[2].partition(";")[0]
    assert ("'unsafe-inline'" in scripts) == (path == MAP), (
        "only the map's frame runs what it is sent"
    )
    ancestors = policy.partition("frame-ancestors ")[2].partition(";")[0]
    framed = {EMBED: "*", MAP: "'self'"}
    assert ancestors == framed.get(path, "'none'")


@pytest.mark.parametrize("path", PATHS)
def test_only_data_may_be_read_by_other_sites(site: str, path: str) -> None:
    answer = ask(site, path, Origin="https://example.org")
    allowed = answer.headers.get("Access-Control-Allow-Origin")
    assert allowed == ("*" if path.startswith("/data/") else None)


COMPONENTS = (
    "geo.map.component.leaflet",
    "geo.map.component.scripts",
    "geo.map.component.assets",
    "streamlit_folium.st_folium",
)
ROOTS = (
    *(f"component/{each}" for each in COMPONENTS),
    "static",
    "app/static",
    "data",
    "card",
    "media",
)
UPWARDS = ("../" * 9, "%2e%2e/" * 9, "..%2f" * 9, "..%5c" * 9, "%2f", "/", "....//" * 9)


@pytest.mark.parametrize("root", ROOTS)
def test_no_path_leads_out_of_its_folder(site: str, root: str) -> None:
    for upwards in UPWARDS:
        answer = ask(site, f"/{root}/{upwards}etc/passwd")
        assert b"root:" not in answer.body, upwards
        assert answer.status in {200, 400, 404}, upwards
        if answer.status == 200:  # Streamlit's page, which it gives to unknown paths
            assert b"<title>" in answer.body


def test_the_files_beside_the_maps_are_not_served(site: str) -> None:
    for path in ("../widget.py", "..%2fwidget.py", "%2e%2e/%2e%2e/widget.py"):
        answer = ask(site, f"/component/geo.widget.assets/{path}")
        assert answer.status in {400, 404}, path


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes


def ask(site: str, path: str, **headers: str) -> Answer:
    """Ask for a path exactly as it stands."""
    with closing(HTTPConnection(urlsplit(site).netloc, timeout=20)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
