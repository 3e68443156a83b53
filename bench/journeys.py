"""The ways that readers take, on this map, on a plain `st_folium` page and on a bare one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import xstatic.pkg.leaflet

from bench.content import DIVISIONS, faded, heading, themes
from geo.files.boundaries import load_boundaries

ROOT = Path(__file__).parents[1]

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Locator, Page, Route

LEAFLET = Path(xstatic.pkg.leaflet.BASE_DIR)
STOPWATCH = (Path(__file__).parent / "stopwatch.js").read_text(encoding="utf-8")
FRAME = "iframe[src*='st_folium']"
ON_SCREEN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Wait until what was asked of a page is drawn."""
PLAIN_ORDER = list(load_boundaries(DIVISIONS)["slug"])
"""Slugs in the order in which the plain page draws them."""
CHOSEN = "path.division.chosen"
Line = dict[str, float | bool]
"""How slow the browser makes its line to the server, in the words of its protocol."""
PHONE: Line = {
    "offline": False,
    "latency": 150,  # ms
    "downloadThroughput": 200_000,  # bytes per second
    "uploadThroughput": 90_000,
}


@dataclass(frozen=True)
class Contender:
    """A page, and where on it things are. What has arrived is said in JavaScript."""

    name: str
    script: str
    town: Callable[[Page, str], Locator]
    """Where to press for a town."""
    interactive: str
    """Whether the towns answer."""
    fades: Callable[[int], str]
    """Whether so many towns are faded."""
    foreign: bool = False
    """Whether the page asks other hosts."""

    def open(
        self, browser: Browser, address: str, arrived: str, line: Line | None = None
    ) -> tuple[Page, float]:
        """Open the page as somebody who has never been here; return the ms until it arrived."""
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        page.add_init_script(
            f"{STOPWATCH}; if (window === window.top) stopwatch.arrived = {arrived};"
        )
        if self.foreign:
            own = address.partition("?")[0]
            page.route(lambda url: not url.startswith(own), _answer_foreign)
        if line:
            page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
        page.goto(address)
        return page, _taken(page)


def press(page: Page, target: Locator, arrived: str) -> float:
    """Press the real mouse where it has been for a moment; return the ms until it arrived."""
    target.hover()
    target.evaluate(ON_SCREEN)
    return timed(page, target.click, arrived)


def come_and_press(page: Page, target: Locator, arrived: str) -> float:
    """Bring the real mouse from elsewhere and press at once; return the ms until it arrived.

    What the page does for a mouse that comes (a tooltip, a lighter shape) lies in between.
    """
    page.mouse.move(0, 0)
    page.evaluate(ON_SCREEN)
    return timed(page, target.click, arrived)


def timed(page: Page, click: Callable[[], None], arrived: str) -> float:
    """Return the ms from a click's mouse press until it arrived."""
    page.evaluate(f"() => stopwatch.arm({arrived})")
    click()
    return _taken(page)


def _taken(page: Page) -> float:
    return float(page.wait_for_function("() => stopwatch.taken()").json_value())


def shows(town: str, lang: str = "zh") -> str:
    """Whether the panel tells a town's story."""
    words = heading(town, lang).replace("'", "\\'")
    return f"() => document.querySelector('article.panel h2')?.textContent === '{words}'"


def marks(town: str) -> str:
    """Whether the story map itself marks a town."""
    return f"() => stopwatch.map()?.querySelector('{CHOSEN}')?.dataset.slug === '{town}'"


def theme_button(page: Page, theme: str) -> Locator:
    """Find a theme in the filter of any of the pages."""
    wanted = page.get_by_role("button", name=theme, exact=True)
    return wanted.or_(page.locator(".themes button", has_text=themes()[theme]))


def language_button(page: Page, lang: str) -> Locator:
    """Find a language of any of the pages."""
    own = {"zh": "中文", "en": "English"}[lang]
    choice = page.locator(".st-key-lang button, nav.languages a")
    return choice.filter(has_text=own).or_(choice.filter(has_text=lang)).first


def left_out(theme: str) -> int:
    """How many towns a theme fades."""
    return len(faded([theme]))


def _answer_foreign(route: Route) -> None:
    name = route.request.url.rsplit("/", 1)[-1]
    if name in {"leaflet.js", "leaflet.css"}:
        route.fulfill(path=LEAFLET / name)
    elif route.request.resource_type in {"script", "stylesheet"}:
        route.fulfill(body="")
    else:
        route.abort()


STORY_MAP = Contender(
    name="story map",
    script="serve.py",
    town=lambda page, slug: page.frame_locator(FRAME).locator(f"path[data-slug='{slug}']"),
    interactive="() => stopwatch.map()?.body?.dataset.answers",
    fades=lambda n: f"() => stopwatch.map()?.querySelectorAll('path.faded').length === {n}",
)
PLAIN = Contender(
    name="plain",
    script="bench/plain.py",
    town=lambda page, slug: (
        page.frame_locator(FRAME).locator("path.leaflet-interactive").nth(PLAIN_ORDER.index(slug))
    ),
    interactive="() => stopwatch.map()?.querySelectorAll('path.leaflet-interactive').length === 13",
    fades=lambda n: (
        "() => { const at = stopwatch.map();"
        " return at?.querySelector('path.leaflet-interactive')"
        f" && at.querySelectorAll(\"path[fill-opacity='0.05']\").length === {n} }}"
    ),
    foreign=True,
)
BARE = Contender(
    name="bare",
    script="bench/bare.py",
    town=lambda page, slug: page.locator(f".st-key-town_{slug} button"),
    interactive="() => document.querySelectorAll('[class*=st-key-town_] button').length === 4",
    fades=lambda n: f"() => document.querySelectorAll('.teaser.faded').length === {n}",
)
CONTENDERS = (STORY_MAP, PLAIN, BARE)
