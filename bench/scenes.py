"""What it costs to scroll a story that is told in scenes, and how still the page keeps.

A real wheel turns at a browser whose processor is slowed down to a quarter, as that of a cheap
phone would be. Times are those that the browser itself stamps: the scroll that brings a scene over
the reading line, the map's first picture after it, and every task that took long.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bench.journeys import FRAME
from bench.machine import Budget

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STORY = "?town=leidian"
SLOWER = 4
"""Times; how much slower the processor is made."""
TURN, PAUSE = 100, 40
"""Pixels of a notch of the wheel, and milliseconds between two."""
MOST_TURNS = 400

WATCH = """
if (window === window.top) {
  window.watched = { tasks: [], shift: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.tasks.push(duration);
  }).observe({ type: "longtask" });
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value } of list.getEntries()) {
      if (!hadRecentInput) watched.shift += value;
    }
  }).observe({ type: "layout-shift", buffered: true });
}
"""
"""A frame's tasks are the page's: both are of one process, and the page hears of them."""

MAP_CHANGES = """frame => {
  const { performance, document } = frame.ownerDocument.defaultView;
  const { storymap, requestAnimationFrame } = frame.contentWindow;
  const drawn = (frame.ownerDocument.defaultView.drawn = []);
  let scrolled = 0; // when the page was last scrolled
  document.querySelector(".stMain").addEventListener("scroll", (event) => {
    scrolled = event.timeStamp;
  }, { passive: true });
  const showCue = storymap.showCue;
  let last = "null";
  storymap.showCue = (cue) => {
    showCue(cue); // what stands out is other at once, so the next picture is a changed one
    if (JSON.stringify(cue) === last) return;
    last = JSON.stringify(cue);
    const from = scrolled;
    requestAnimationFrame(() => drawn.push(performance.now() - from));
  };
}"""


@dataclass
class Visit:
    """What was seen of one visit."""

    first_pictures: list[float] = field(default_factory=list)
    """Milliseconds from the scroll to the map's first changed picture, of each scene."""
    longest_task: float = 0
    """Milliseconds, while scrolling; 0 where none took 50 ms."""
    messages: int = 0
    """Messages to the server while scrolling."""
    shift: float = 0
    """How far things moved by themselves, as browsers count it, from the first request on."""


def read_a_story(browser: Browser, address: str) -> Visit:
    """Open a story in scenes and scroll through it, down and up again."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page.add_init_script(WATCH)
    page.goto(f"{address}/{STORY}")
    page.frame_locator(FRAME).locator("body[data-ready]").wait_for()
    visit = Visit()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")

    def sent(_frame: dict[str, Any]) -> None:
        visit.messages += 1

    devtools.on("Network.webSocketFrameSent", sent)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.locator(FRAME).evaluate(MAP_CHANGES)
    page.evaluate("() => { watched.tasks.length = 0; }")
    page.mouse.move(1000, 700)
    for sign in (1, -1):
        _scroll(page, sign)
    visit.first_pictures = page.evaluate("() => drawn")
    visit.longest_task = page.evaluate("() => Math.max(0, ...watched.tasks)")
    visit.shift = page.evaluate("() => watched.shift")
    page.close()
    return visit


def _scroll(page: Page, sign: int) -> None:
    """Turn the wheel until the page goes no farther."""
    before = -1.0
    for _ in range(MOST_TURNS):
        page.mouse.wheel(0, sign * TURN)
        page.wait_for_timeout(PAUSE)
        top = float(page.evaluate("() => document.querySelector('.stMain').scrollTop"))
        if top == before:
            return
        before = top


def scene_budgets(visits: list[Visit]) -> list[Budget]:
    """Hold what was seen against what it was to be; each is the median of the visits."""
    pictures = [ms for visit in visits for ms in visit.first_pictures]

    def median(name: str) -> float:
        return float(statistics.median(getattr(visit, name) for visit in visits))

    return [
        Budget("scroll → the map's first changed picture", 50, statistics.median(pictures), "ms"),
        Budget("longest task while scrolling", 50, median("longest_task"), "ms"),
        Budget("messages to the server while scrolling", 0, median("messages")),
        Budget("layout shift of a visit", 0.02, median("shift")),
    ]
