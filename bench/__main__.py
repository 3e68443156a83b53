"""Measure a click on this map, on a plain `st_folium` page and on a bare Streamlit page.

`python -m bench [--rounds N]` drives all three in one Chromium, in turns, and prints
medians and ratios. A click counts from the real mouse press, as the browser stamps it, to
the panel's new heading in the page. The plain page's foreign scripts are answered from
this machine (Leaflet in full, the others, which it never calls, empty), since a blocked
host would leave its map blank; that favours the plain page. All run with this project's
settings of Streamlit, which favours the other two.
"""

from __future__ import annotations

import argparse
import contextlib
import platform
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import xstatic.pkg.leaflet
from playwright.sync_api import sync_playwright

from bench.content import DIVISIONS, heading, towns
from geo.boundaries import load_boundaries

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

import chromium  # noqa: E402  # helpers of the browser tests
from servers import CHROMIUM_FLAGS, streamlit_server  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Locator, Page, Route

LEAFLET = Path(xstatic.pkg.leaflet.BASE_DIR)
STOPWATCH = (Path(__file__).parent / "stopwatch.js").read_text(encoding="utf-8")
FRAME = "iframe[title*='st_folium']"
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Wait until what was asked of a page is on the screen."""
PLAIN_ORDER = list(load_boundaries(DIVISIONS)["slug"])
"""Slugs in the order in which the plain page draws them."""
BUDGETS = {"bare": 1.25, "plain": 0.25}
"""At most so many times the click of the other page."""


def answer_foreign(route: Route) -> None:
    """Answer what the plain page asks of other hosts."""
    name = route.request.url.rsplit("/", 1)[-1]
    if name in {"leaflet.js", "leaflet.css"}:
        route.fulfill(path=LEAFLET / name)
    elif route.request.resource_type in {"script", "stylesheet"}:
        route.fulfill(body="")
    else:
        route.abort()


def on_story_map(page: Page, slug: str) -> Locator:
    """Find the town."""
    return page.frame_locator(FRAME).locator(f"path[data-slug='{slug}']")


def on_plain(page: Page, slug: str) -> Locator:
    """Find the town by its place among the features."""
    place = PLAIN_ORDER.index(slug)
    return page.frame_locator(FRAME).locator("path.leaflet-interactive").nth(place)


def on_bare(page: Page, slug: str) -> Locator:
    """Find the town's button."""
    return page.locator(f".st-key-town_{slug} button")


class Contender:
    """One page, ready to be clicked."""

    def __init__(
        self, browser: Browser, address: str, find: Callable[[Page, str], Locator], ready: str
    ) -> None:
        self.find = find
        self.page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        self.page.add_init_script(STOPWATCH)
        if find is on_plain:
            self.page.route(lambda url: not url.startswith(address), answer_foreign)
        self.page.goto(address)
        self.page.locator("article.panel h2").wait_for()
        if ready:
            self.page.frame_locator(FRAME).locator(ready).first.wait_for()

    def time(self, slug: str) -> float:
        """Click a town and return the milliseconds until its heading shows."""
        target = self.find(self.page, slug)
        target.hover()
        target.evaluate(DRAWN)  # a hand is there before it presses
        target.click()
        done = self.page.wait_for_function("text => stopwatch.of(text)", arg=heading(slug))
        return float(done.json_value())


def measure(rounds: int) -> dict[str, list[float]]:
    """Click through the towns on all pages in turns; the first round warms up."""
    with contextlib.ExitStack() as stack:

        def serve(script: str) -> str:
            return stack.enter_context(streamlit_server(ROOT / script))

        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=chromium.installed(), args=CHROMIUM_FLAGS
        )
        contenders = {
            "story map": Contender(
                browser, serve("streamlit_app.py"), on_story_map, "body[data-ready]"
            ),
            "plain": Contender(browser, serve("bench/plain.py"), on_plain, "path"),
            "bare": Contender(browser, serve("bench/bare.py"), on_bare, ""),
        }
        times: dict[str, list[float]] = {name: [] for name in contenders}
        for turn in range(rounds + 1):
            for slug in towns():
                for name, contender in contenders.items():
                    taken = contender.time(slug)
                    if turn:
                        times[name].append(taken)
        browser.close()
        return times


def report(times: dict[str, list[float]]) -> bool:
    """Print medians and ratios; return whether both budgets hold."""
    medians = {name: statistics.median(each) for name, each in times.items()}
    print(
        f"{platform.machine()}, {platform.python_version()}, clicks per page: {len(times['bare'])}"
    )
    print(f"{'page':<14}{'median ms':>10}{'p95 ms':>10}{'story map is':>16}{'budget':>10}")
    held = True
    for name, each in times.items():
        ratio = medians["story map"] / medians[name]
        p95 = statistics.quantiles(each, n=20)[-1]
        budget = BUDGETS.get(name)
        held &= budget is None or ratio <= budget
        limit = "" if budget is None else f"≤ {budget:.2f} ×"
        print(f"{name:<14}{medians[name]:>10.0f}{p95:>10.0f}{ratio:>14.2f} ×{limit:>10}")
    return held


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=10, help="rounds through the four towns")
    sys.exit(0 if report(measure(parser.parse_args().rounds)) else 1)
