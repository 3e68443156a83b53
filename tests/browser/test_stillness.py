"""Nothing on the page moves by itself while it is drawn, in whatever order its parts come."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.support.servers import ROOT, streamlit_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

MOST = 0.02
"""Layout shift of a whole visit, as browsers count it."""

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
WINDOWS: dict[str, dict[str, Any]] = {"phone": PHONE, "desk": DESK}

WATCH = """
if (window === window.top) {
  window.shift = 0;
  window.moved = [];
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, sources, value } of list.getEntries()) {
      if (hadRecentInput) continue;
      shift += value;
      for (const { node } of sources) moved.push([value, node?.className ?? node?.nodeName]);
    }
  }).observe({ type: "layout-shift", buffered: true });
}
"""

SLOW_LINE = """{
  const PAUSE = 40; // ms, in which browsers draw a picture
  const waiting = [];
  let timer = 0;
  window.WebSocket = class extends WebSocket {
    constructor(...line) {
      super(...line);
      this.addEventListener("message", (event) => {
        if (!event.isTrusted) return;
        event.stopImmediatePropagation(); // we listen first
        waiting.push(event.data);
        timer ||= setInterval(() => {
          if (waiting.length === 0) return;
          this.dispatchEvent(new MessageEvent("message", { data: waiting.shift() }));
        }, PAUSE);
      });
    }
  };
}"""
"""Each message from the server comes in a picture of its own."""

MAP_FRAME = re.compile(r"/component/.*st_folium.*/index\.html")

LATE_SHEETS = """{
  const story = "#root article.panel h2";
  const isDrawn = () => new Promise((resolve) => {
    const look = () => document.querySelector(story) ? setTimeout(resolve, 200)
      : requestAnimationFrame(look);
    look();
  });
  const seen = new Set();
  new MutationObserver(() => {
    for (const sheet of document.querySelectorAll("#root .stHtml style")) {
      if (seen.has(sheet)) continue;
      seen.add(sheet);
      sheet.media = "not all";
      void isDrawn().then(() => { sheet.media = "all"; });
    }
  }).observe(document, { childList: true, subtree: true });
}"""
"""The sheets that are elements of the page apply a moment after the story is drawn."""


def expect_stillness(page: Page) -> None:
    """Wait for the map; nothing may have moved far until then."""
    page.frame_locator("iframe[src*='st_folium']").locator("body[data-ready]").wait_for()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert page.evaluate("shift") <= MOST, page.evaluate("moved")


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("query", ["", "?town=leidian", "?town=wuyang&metric=villages"])
def test_nothing_moves_however_late_a_part_comes(
    new_page: Callable[..., Page], full: str, query: str, window: str
) -> None:
    page = new_page(**WINDOWS[window])
    for script in (WATCH, SLOW_LINE, LATE_SHEETS):
        page.add_init_script(script)
    page.route(MAP_FRAME, lambda _: None)  # nobody answers

    page.goto(f"{full}/{query}")
    expect(page.locator("article.panel h2")).to_be_visible()
    expect(page.locator("iframe[src*='st_folium']")).to_be_attached()
    page.unroute(MAP_FRAME)  # which also lets go on what waits
    expect(page.locator("#root .stHtml style[media='not all']")).to_have_count(0)
    assert page.locator("#root .stHtml style[media='all']").count() > 0, "no sheet was late"
    expect_stillness(page)


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("slower", [1, 4])
def test_nor_in_the_first_visit_that_a_server_has(
    new_page: Callable[..., Page], window: str, slower: int
) -> None:
    with streamlit_server(ROOT / "serve.py") as address:
        page = new_page(**WINDOWS[window])
        settings: dict[str, Any] = {"rate": slower}
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", settings)
        page.add_init_script(WATCH)
        page.goto(f"{address}/?town=leidian")
        expect_stillness(page)
