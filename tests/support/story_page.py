"""The story map as a reader meets it: what can be seen, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator, Page

MAP = "iframe:is([src*='st_folium'], [src$='app/map.html'])"
"""The map's frame on a hosted page, or on a published one."""

POINT_INSIDE = """path => {
  const box = path.getBoundingClientRect();
  const steps = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9];
  for (const y of steps) for (const x of steps) {
    const point = { x: box.width * x, y: box.height * y };
    if (document.elementFromPoint(box.x + point.x, box.y + point.y) === path) return point;
  }
  return { x: box.width / 2, y: box.height / 2 };
}"""
"""Where a division is to be seen, from the corner of its box; the middle if that will do."""


class StoryPage:
    """One reader's browser tab."""

    def __init__(self, page: Page, frame: str | None = None) -> None:
        """`frame` is the address of the map's frame, where it has no file of its own."""
        self.page = page
        self._frame = frame
        self.map = page.frame_locator(".map-box iframe" if frame else MAP)
        self.panel = page.locator("article.panel")
        self.heading = page.locator("article.panel h2")

    # ---- the map ----

    def wait_for_map(self) -> None:
        self.map.locator("body[data-ready]").wait_for()
        self.heading.wait_for()

    def division(self, slug: str) -> Locator:
        """A division where it is shown; the map may have drawn it for other dates, too."""
        return self.map.locator(f"path[data-slug='{slug}']").locator("visible=true")

    def press(self, slug: str) -> None:
        """Click a division where it is, which need not be the middle of its box."""
        path = self.division(slug)
        path.click(position=path.evaluate(POINT_INSIDE))

    @property
    def frame(self) -> Frame:
        return next(frame for frame in self.page.frames if self._is_of_map(frame.url))

    def _is_of_map(self, url: str) -> bool:
        if self._frame:
            return url == self._frame
        return "st_folium" in url or url.endswith("app/map.html")

    def mark_frame(self) -> None:
        """Leave a mark that only a rebuilt frame would lose."""
        self.frame.evaluate("window.markOfTheTest = document.querySelector('.leaflet-container')")

    def expect_same_frame(self) -> None:
        same = "window.markOfTheTest === document.querySelector('.leaflet-container')"
        assert self.frame.evaluate(same), "the map was rebuilt"

    def map_view(self) -> list[float]:
        """Return where the map looks: centre and zoom."""
        view: list[float] = self.frame.evaluate(
            "[window.map.getCenter().lat, window.map.getCenter().lng, window.map.getZoom()]"
        )
        return view

    def chosen(self) -> Locator:
        return self.map.locator("path.division.chosen")

    def tab_to_a_division(self, slug: str) -> list[str]:
        """Press Tab until the division has the focus; return the divisions passed on the way."""
        passed: list[str] = []
        for _ in range(80):
            self.page.keyboard.press("Tab")
            focused = self.frame.evaluate("document.activeElement?.dataset?.slug ?? null")
            if focused and (not passed or passed[-1] != focused):
                passed.append(focused)
            if focused == slug:
                return passed
        raise AssertionError(f"80 times Tab did not reach {slug}; it came by {passed}")

    def cut_the_line(self) -> None:
        """Let nothing more reach the server."""
        self.page.context.set_offline(offline=True)
        self.page.evaluate("WebSocket.prototype.send = () => {}")

    def expect_map_around(self, slug: str) -> None:
        """Wait until the map has moved to a division."""
        self.frame.wait_for_function(
            """slug => {
              const box = document.querySelector(`path[data-slug=${slug}]`).getBoundingClientRect();
              return box.width > innerWidth * 0.25 && box.left >= 0 && box.right <= innerWidth
                && box.top >= 0 && box.bottom <= innerHeight;
            }""",
            arg=slug,
        )

    # ---- in the bar ----

    def open_choices(self) -> None:
        """Unfold the list of towns, and on a small window the filter above it."""
        if self.page.locator("details.choose[open]").count() == 0:
            self.page.locator("details.choose summary").click()
        self.page.locator("nav.towns").wait_for()

    def listed(self, town: str) -> Locator:
        """A town in the list, which need not be unfolded."""
        return self.page.locator("nav.towns a", has_text=town)

    def choose(self, town: str) -> None:
        """Choose a town in the list."""
        self.open_choices()
        self.listed(town).click()

    def filter(self, theme: str) -> Locator:
        """A theme of the filter; on a small window `open_choices` unfolds it."""
        return self.page.locator(".themes").get_by_role("button", name=theme)

    def language(self, name: str) -> Locator:
        return self.page.locator("nav.languages").get_by_role("link", name=name)

    def copy_link(self) -> None:
        self.page.get_by_role("button", name="分享").click()
        self.page.get_by_role("button", name="复制链接").click()
        self.page.get_by_text("已复制", exact=True).wait_for()

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    def open(self, query: str) -> None:
        """Go to another view of the same page, as somebody who types it would."""
        self.page.goto(f"{self.page.url.partition('?')[0]}?{query}")
        self.wait_for_map()

    def overflow(self) -> float:
        """Return by how many pixels something is wider than the window."""
        pixels: float = self.page.evaluate(
            """() => Math.max(0, ...[document.scrollingElement, document.querySelector('.stMain')]
                 .map(e => e.scrollWidth - e.clientWidth))"""
        )
        return pixels

    def small_targets(self) -> list[str]:
        """Name what a finger should hit and is less than 44 pixels in height or width."""
        return [
            name
            for part in (self.page, self.frame)
            for name in part.evaluate(
                """() => [...document.querySelectorAll("button, summary, a[href], input, select")]
                     .filter(e => e.checkVisibility() && !e.closest(".stAppHeader, .body, .lead"))
                     .map(e => [e, e.getBoundingClientRect()])
                     .filter(([, { width, height }]) => width > 1 && Math.min(width, height) < 43.5)
                     .map(([e, { width, height }]) => `${e.textContent} ${width}×${height}`)"""
            )
        ]
