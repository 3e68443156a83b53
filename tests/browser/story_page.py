"""The story map as a reader meets it: what can be seen, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, expect

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page


class StoryPage:
    """One reader's browser tab."""

    def __init__(self, page: Page, asked: list[str]) -> None:
        self.page = page
        self.asked = asked
        """Every address that the tab has asked for."""
        self.map = page.frame_locator("iframe[title*='st_folium']")
        self.panel = page.locator("article.panel")
        self.heading = page.locator("article.panel h2")

    # ---- the map ----

    def wait_for_map(self) -> None:
        self.map.locator("body[data-ready]").wait_for()
        self.heading.wait_for()

    def division(self, slug: str) -> Locator:
        return self.map.locator(f"path[data-slug='{slug}']")

    def click_town(self, slug: str) -> None:
        """Press the real mouse in the middle of the division's label point or its box."""
        self.division(slug).click()

    @property
    def frame(self) -> Frame:
        return next(frame for frame in self.page.frames if "st_folium" in frame.url)

    def mark_frame(self) -> None:
        """Leave a mark that only a rebuilt frame would lose."""
        self.frame.evaluate("window.markOfTheTest = document.querySelector('.leaflet-container')")

    def expect_same_frame(self) -> None:
        same = "window.markOfTheTest === document.querySelector('.leaflet-container')"
        assert self.frame.evaluate(same), "the map was rebuilt"

    def map_view(self) -> list[float]:
        """Return where the map looks: centre and zoom."""
        return self.frame.evaluate(
            "[window.map.getCenter().lat, window.map.getCenter().lng, window.map.getZoom()]"
        )

    def chosen(self) -> Locator:
        return self.map.locator("path.division.chosen")

    # ---- beside the map ----

    def pill(self, name: str) -> Locator:
        return self.page.get_by_role("radio", name=name).or_(
            self.page.get_by_role("button", name=name)
        )

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    def expect_town(self, headline: str) -> None:
        expect(self.heading).to_have_text(headline)
