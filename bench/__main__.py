"""Measure a reader's ways on this map, on a plain `st_folium` page and on a bare Streamlit page.

`python -m bench [--rounds N] [--visits N]` drives all three in one Chromium, in turns, and prints
medians and ratios; then a story in scenes is scrolled (`bench.scenes`), and one with many pictures
opened (`bench.heavy`). A click counts from the
real mouse press, as the browser stamps it, to what the reader waits for in the page; a visit
counts from its first request. The plain page's
foreign scripts are answered from this machine (Leaflet in full, the others, which it never
calls, empty), since a blocked host would leave its map blank; that favours the plain page. All
run with this project's settings of Streamlit, which favours the other two.
"""

from __future__ import annotations

import contextlib
import statistics
import sys
from collections import defaultdict
from typing import TYPE_CHECKING

import click

from bench.content import themes, towns
from bench.heavy import heavy_budgets, measure_heavy
from bench.journeys import (
    BARE,
    CONTENDERS,
    PHONE,
    PLAIN,
    STORY_MAP,
    come_and_press,
    language_button,
    left_out,
    marks,
    press,
    shows,
    theme_button,
)
from bench.machine import Budget, describe_machine, print_budgets
from bench.scenes import Visit, read_a_story, scene_budgets
from tests.support import chromium
from tests.support.servers import ROOT, streamlit_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from bench.journeys import Contender


WARM_UP = 2
"""Rounds that do not count: Python and the browser compile what they run often."""

LINKED = "xinan"
LINK_QUERY = f"?town={LINKED}"
"""A link that somebody sent."""

Times = dict[str, dict[str, list[float]]]
"""Milliseconds by journey and page."""


CLICK, MARK = "click → panel", "click → mark on the map"
HOVER_CLICK = "hover, then press → panel"
FILTER, LANGUAGE = "filter → map", "language → panel"
LINK, VISIT = "deep link → panel", "first visit → towns answer"
PHONE_VISIT = "first visit, phone's line"


def click_round(pages: dict[Contender, Page], take: Times) -> None:
    """Press each town on each page, in turns."""
    for town in towns():
        for who, page in pages.items():
            take[CLICK][who.name].append(press(page, who.town(page, town), shows(town)))
    for town in towns():
        for who, page in pages.items():
            ms = come_and_press(page, who.town(page, town), shows(town))
            take[HOVER_CLICK][who.name].append(ms)
    for town in towns():
        page = pages[STORY_MAP]
        take[MARK][STORY_MAP.name].append(press(page, STORY_MAP.town(page, town), marks(town)))
        page.wait_for_function(shows(town))


def language_round(pages: dict[Contender, Page], take: Times) -> None:
    """Change the language to and fro, on pages that a town's link has opened."""
    for lang in ("en", "zh"):
        for who, page in pages.items():
            ms = press(page, language_button(page, lang), shows(LINKED, lang))
            take[LANGUAGE][who.name].append(ms)


def filter_round(pages: dict[Contender, Page], take: Times) -> None:
    """Choose each theme and let go of it, on pages that show the county."""
    for theme in themes():
        for count in (left_out(theme), 0):
            for who, page in pages.items():
                ms = press(page, theme_button(page, theme), who.fades(count))
                take[FILTER][who.name].append(ms)


def measure(rounds: int, visits: int) -> Times:
    """Take all ways on all pages."""
    take: Times = defaultdict(lambda: defaultdict(list))
    with contextlib.ExitStack() as stack:
        addresses = {
            who: stack.enter_context(streamlit_server(ROOT / who.script)) for who in CONTENDERS
        }
        browser = stack.enter_context(chromium.launched())
        for each, query in ((click_round, ""), (language_round, LINK_QUERY), (filter_round, "")):
            opened = {
                who: who.open(browser, f"{addresses[who]}/{query}", who.interactive)[0]
                for who in CONTENDERS
            }
            for turn in range(WARM_UP + rounds):
                each(opened, take if turn >= WARM_UP else defaultdict(lambda: defaultdict(list)))
            for page in opened.values():
                page.close()
        measure_visits(browser, addresses, visits, take)
    return take


def measure_visits(
    browser: Browser, addresses: dict[Contender, str], visits: int, take: Times
) -> None:
    """Come for the first time, to the page and to a town's link."""
    for _ in range(visits):
        for who, address in addresses.items():
            for way, link, arrived in (
                (VISIT, address, who.interactive),
                (LINK, f"{address}/{LINK_QUERY}", shows(LINKED)),
            ):
                page, ms = who.open(browser, link, arrived)
                take[way][who.name].append(ms)
                page.close()
    for _ in range(max(2, visits // 4)):
        for who, address in addresses.items():
            page, ms = who.open(browser, address, who.interactive, PHONE)
            take[PHONE_VISIT][who.name].append(ms)
            page.close()


def measure_scenes(visits: int) -> list[Visit]:
    """Scroll through a story that is told in scenes."""
    with streamlit_server(ROOT / STORY_MAP.script) as address, chromium.launched() as browser:
        return [read_a_story(browser, address) for _ in range(visits)]


def report(take: Times, read: list[Visit]) -> bool:
    """Print medians and ratios; return whether every budget holds."""
    print(describe_machine())
    heads = f"{'p95':>8}{'plain':>8}{'bare':>8}{'÷ plain':>9}{'÷ bare':>9}"
    print(f"{'median ms':<28}{'story map':>10}{heads}")
    median = {
        way: {name: statistics.median(times) for name, times in pages.items()}
        for way, pages in take.items()
    }
    for way, pages in median.items():
        p95 = statistics.quantiles(take[way][STORY_MAP.name], n=20)[-1]
        own = pages[STORY_MAP.name]
        others = [pages[who.name] for who in (PLAIN, BARE) if who.name in pages]
        rest = "".join(f"{ms:>8.0f}" for ms in others)
        rest += "".join(f"{own / ms:>9.2f}" for ms in others)
        print(f"{way:<28}{own:>10.0f}{p95:>8.0f}{rest}")
    return print_budgets([*budgets(median), *scene_budgets(read)])


def budgets(median: dict[str, dict[str, float]]) -> list[Budget]:
    """Hold this map against the other pages."""

    def ratio(way: str, other: Contender) -> float:
        return median[way][STORY_MAP.name] / median[way][other.name]

    return [
        Budget(f"{CLICK} ÷ bare", 1.25, ratio(CLICK, BARE), "×"),
        Budget(f"{CLICK} ÷ plain", 0.25, ratio(CLICK, PLAIN), "×"),
        Budget(MARK, 50, median[MARK][STORY_MAP.name], "ms"),
        Budget(f"{VISIT} ÷ bare", 1.25, ratio(VISIT, BARE), "×"),
    ]


@click.command(epilog="Example: python -m bench --rounds 5 --visits 5")
@click.option("--rounds", type=int, default=10, help="Rounds through towns and themes.")
@click.option("--visits", type=int, default=10, help="First visits of each page.")
def main(rounds: int, visits: int) -> None:
    """Measure a reader's ways on this map, on a plain `st_folium` page and on a bare one."""
    holds = report(measure(rounds, visits), measure_scenes(visits))
    print("\nA story with 30 scenes and 40 pictures of 4,000 px, beside one without:")
    holds &= print_budgets(heavy_budgets(measure_heavy(visits)))
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
