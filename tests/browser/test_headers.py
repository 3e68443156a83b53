"""The security headers in a real browser: everything works, and nothing more is allowed."""

from __future__ import annotations

import json
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.support.story_page import StoryPage
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from http.client import HTTPMessage

    from playwright.sync_api import Browser, ConsoleMessage, Page

    NewPage = Callable[..., Page]

WATCH = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"""
FRAME = "iframe[src*='st_folium']"


@pytest.fixture(scope="module")
def site(browser: Browser, full: str) -> str:
    """Return where the page is, once it was drawn: from then on its components are served."""
    page = browser.new_page()
    page.goto(full)
    StoryPage(page).wait_for_map()
    page.context.close()
    return full


def refusal(what: str) -> Callable[[ConsoleMessage], bool]:
    """Return whether a message says that the policy refused something."""
    return lambda message: message.text.startswith(f"refused: {what}")


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
    new_page: NewPage, site: str
) -> None:
    page = new_page()
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


def test_who_comes_again_sees_the_page_again(new_page: NewPage, site: str) -> None:
    """The browser asks whether what it has still holds, and merges the answer's headers in."""
    page = new_page()
    refused = watched(page)
    for _ in range(3):
        page.goto(f"{site}/?town=leidian")
        StoryPage(page).wait_for_map()
    assert refused == []
    known = ask(site, "/").headers["ETag"]
    again = ask(site, "/", **{"If-None-Match": known})
    assert again.status == 304
    assert "Content-Security-Policy" not in again.headers


ADD = "document.body.appendChild(document.createElement"
IMAGE = "<img src=x onerror=window.__xss=1>"
REFUSED = {
    "script-src-attr inline": f"document.body.insertAdjacentHTML('beforeend', '{IMAGE}')",
    "script-src-elem inline": f"{ADD}('script')).textContent = 'window.__xss = 1'",
    "script-src-elem https://example.org/": f"{ADD}('script')).src = 'https://example.org/x.js'",
    "frame-src https://example.org": f"{ADD}('iframe')).src = 'https://example.org/'",
    "img-src https://example.org/": "new Image().src = 'https://example.org/x.png'",
    "connect-src https://example.org/": "fetch('https://example.org/').catch(() => {})",
    "base-uri": f"{ADD}('base')).href = '/x/'",
}
"""What is refused, and how it is tried."""


def test_the_policy_is_in_force(new_page: NewPage, site: str) -> None:
    """What the page does not need does not work, so an empty list above says something."""
    page = new_page()
    watched(page)
    page.goto(site)
    StoryPage(page).wait_for_map()
    for what, attempt in REFUSED.items():
        with page.expect_console_message(refusal(what)):
            page.evaluate(f"() => {{ {attempt} }}")
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


def test_only_the_embed_page_can_be_framed(new_page: NewPage, site: str) -> None:
    frames = f"""<iframe id=plain name=plain src="{site}/?town=leidian"></iframe>
        <iframe id=embed src="{site}/?town=leidian&embed=true" width=900 height=700></iframe>"""
    with another_site(frames) as address:
        page = new_page()
        page.goto(address)
        inside = page.frame_locator("#embed")
        expect(inside.locator("article.panel h2")).to_be_visible()
        inside.frame_locator(FRAME).locator("body[data-ready]").wait_for()
        plain = next(each for each in page.frames if each.name == "plain")
        assert plain.url == "chrome-error://chromewebdata/"


SAY = """([frame, words]) => {
  const script = `window.top.postMessage(${JSON.stringify(words)}, "*")`;
  const args = { script, feature_group: script, layer_control: "", html: "", header: "", id: "x",
    default: {}, height: 100, width: 100, returned_objects: [], js_links: [], css_links: [] };
  const at = frame.split(".").reduce((window, number) => window.frames[number], window);
  at.postMessage({ type: "streamlit:render", args, dfs: [], theme: null }, "*");
}"""
"""Tell the component in a frame of this window to run a script."""


def test_another_site_cannot_speak_through_the_maps_frame(new_page: NewPage, site: str) -> None:
    """The component does what its parent says, so only our page may be its parent."""
    component = f"{site}/component/streamlit_folium.st_folium/index.html"
    html = f"""<iframe src="{component}"></iframe>
        <iframe name=page src="{site}/?embed=true" width=900 height=700></iframe>
        <script>
        window.heard = [];
        addEventListener("message", (event) => heard.push(event.data));
        </script>"""
    with another_site(html) as address:
        page = new_page()
        page.goto(address)
        page.frame_locator("[name=page]").frame_locator(FRAME).locator(
            "body[data-ready]"
        ).wait_for()
        directly = page.frames[1]
        ours = next(each for each in page.frames if each.name == "page")
        inside = StoryPage(page).frame
        inside.evaluate(
            """() => { window.came = 0;
            addEventListener("message", (event) => { came += event.source === top; }); }"""
        )

        page.evaluate(SAY, ["0", "another site"])
        page.evaluate(SAY, ["1.0", "another site"])
        inside.wait_for_function("came === 1")
        ours.evaluate(SAY, ["0", "our page"])
        wait_until(page, "() => heard.includes('our page')")

        assert "another site" not in page.evaluate("heard")
        assert directly.url == "chrome-error://chromewebdata/"


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


def test_no_cache_keeps_how_the_atlases_stand(site: str) -> None:
    answer = ask(site, "/component/serving.live_reload.state/state.json")
    assert json.loads(answer.body)["not_whole"] == []
    assert answer.headers["Cache-Control"] == "no-cache"
    assert len(answer.body) < 100


COMPONENTS = (
    "serving.streamlit_shell.components.leaflet",
    "serving.streamlit_shell.components.scripts",
    "serving.streamlit_shell.components.assets",
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
    served = "/component/serving.streamlit_shell.components.assets"
    assert ask(site, f"{served}/storymap.css").status == 200
    for path in ("../component.py", "..%2fcomponent.py", "%2e%2e/%2e%2e/map/component.py"):
        assert ask(site, f"{served}/{path}").status in {400, 404}, path


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
