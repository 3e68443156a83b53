"""Measure how the story map grows with the number of divisions, beside its budgets.

`python -m bench.growth [--sizes 4,13,90,2891] [--rounds 5]` makes an atlas of each size, serves
it, and drives it in one Chromium and over bare sessions. The largest map is drawn with a metric of
six periods, too; `--only-metric` measures nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bench.growth.counties import outlines, some, widest, write_atlas
from bench.growth.metric import add_metric, measure_metric, metric_budgets, print_metric
from bench.journeys import FRAME, ON_SCREEN, STORY_MAP, timed
from bench.load.crowd import Content, crowd
from bench.load.process import cpu_seconds, memory_mb
from bench.machine import Budget, describe_machine, print_budgets
from tests.support import chromium
from tests.support.servers import ROOT, running_server

if TYPE_CHECKING:
    import geopandas as gpd
    from playwright.sync_api import Browser, Page


LARGEST = 2891
SESSIONS = 20
TOWNS = 4
"""Towns that are clicked in turn."""
POINT = """slug => { const p = window.storymap.pointOf(slug), b = window.map.getContainer()
    .getBoundingClientRect(); return [b.left + p.x, b.top + p.y]; }"""


@dataclass
class Figures:
    """What an atlas of one size costs; times in ms."""

    size: int
    boundaries_kb: float = 0.0
    payload_kb: float = 0.0
    """What the server sends over its socket until the page stands."""
    first_draw: list[float] = field(default_factory=list)
    click: list[float] = field(default_factory=list)
    cpu: float = 0.0
    memory_mb: float = 0.0


def first_draw(browser: Browser, address: str) -> float:
    """Open the page as somebody who has never been here; return the ms until the map stands."""
    page, taken = STORY_MAP.open(browser, address, STORY_MAP.interactive)
    page.close()
    return taken


def clicks(browser: Browser, address: str, towns: list[str], rounds: int) -> list[float]:
    """Click towns in turn; return the ms from each mouse press to the new panel."""
    page, _ = STORY_MAP.open(browser, address, STORY_MAP.interactive)
    times = [click_town(page, town) for _ in range(rounds + 1) for town in towns]
    page.close()
    return times[len(towns) :]  # the first round warms up


def click_town(page: Page, town: str) -> float:
    """Press the real mouse on a division, which on the canvas is no element."""
    frame = next(each for each in page.frames if "st_folium" in each.url)
    inside = frame.evaluate(POINT, town)
    box = page.locator(FRAME).bounding_box()
    assert box
    x, y = box["x"] + inside[0], box["y"] + inside[1]
    page.mouse.move(x, y)
    frame.evaluate(ON_SCREEN)
    panel = "document.querySelector('article.panel')?.dataset.query"
    return timed(page, lambda: page.mouse.click(x, y), f"() => {panel}?.includes('town={town}')")


async def sessions(address: str, pid: int, towns: list[str], rounds: int) -> tuple[float, ...]:
    """Return the payload in kB, processor ms per click and MB per session, without a browser."""
    content = Content(towns=towns, themes=[], languages=["zh"])
    async with crowd(address, 1, content) as (first,):
        payload = first.received / 1000
    empty = memory_mb(pid)
    async with crowd(address, SESSIONS, content) as opened:
        memory = (memory_mb(pid) - empty) / SESSIONS
        used = cpu_seconds(pid)
        for _ in range(rounds):
            for session in opened:
                for town in towns:
                    await session.click_town(town)
        spent = cpu_seconds(pid) - used
    return payload, spent / (rounds * SESSIONS * len(towns)) * 1000, memory


def measure(size: int, folder: Path, browser: Browser, towns: list[str], rounds: int) -> Figures:
    """Measure one size."""
    figures = Figures(size)
    shapes = folder / "shapes" / "divisions.geojson"
    figures.boundaries_kb = shapes.stat().st_size / 1000
    with running_server(ROOT / "streamlit_app.py", env={"ATLAS": str(folder)}) as server:
        first_draw(browser, server.address)  # loads the libraries
        figures.first_draw = [first_draw(browser, server.address) for _ in range(3)]
        figures.click = clicks(browser, server.address, towns, rounds)
        address = server.address.replace("http", "ws")
        work = sessions(address, server.process.pid, towns, 1)
        with ThreadPoolExecutor(1) as apart:  # this thread's event loop is the browser's
            measured = apart.submit(asyncio.run, work).result()
        figures.payload_kb, figures.cpu, figures.memory_mb = measured
    return figures


def print_row(figures: Figures) -> None:
    """Print one row of the table."""
    draw, press = statistics.median(figures.first_draw), statistics.median(figures.click)
    print(
        f"{figures.size:>10}{figures.boundaries_kb:>15.0f}{figures.payload_kb:>12.0f}"
        f"{draw:>15.0f}{press:>15.0f}{figures.cpu:>14.1f}{figures.memory_mb:>12.2f}",
        flush=True,
    )


def budgets(all_figures: list[Figures]) -> list[Budget]:
    """Hold the largest map against the smallest, and against that of a county."""
    by_size = {figures.size: figures for figures in all_figures}
    small, county, large = (by_size.get(size) for size in (4, 13, LARGEST))
    if not (small and county and large):
        return []
    median = statistics.median
    press, draw = median(large.click) / median(small.click), median(large.first_draw)
    return [
        Budget("click → panel, 2,891 divisions ÷ 4", 1.5, press, "×"),
        Budget("processor per click, 2,891 ÷ 4", 1.5, large.cpu / small.cpu, "×"),
        Budget("first draw, 2,891 ÷ 13", 3, draw / median(county.first_draw), "×"),
    ]


def with_metric(counties: gpd.GeoDataFrame, folder: Path, browser: Browser) -> list[Budget]:
    """Measure the largest map with a metric and without it."""
    divisions = some(counties, LARGEST)
    write_atlas(folder, divisions)
    add_metric(folder, list(divisions["slug"]))
    figures = measure_metric(browser, folder)
    print_metric(figures)
    return metric_budgets(figures)


@click.command(epilog="Example: python -m bench.growth --sizes 4,13 --rounds 3")
@click.option("--sizes", default="4,13,90,2891", help="How many divisions.")
@click.option("--rounds", type=int, default=5, help="Rounds through four towns.")
@click.option("--only-metric", is_flag=True, help="Measure the largest map with a metric alone.")
def main(sizes: str, rounds: int, *, only_metric: bool) -> None:
    """Measure how the story map grows with the number of divisions, beside its budgets."""
    print(describe_machine())
    wanted = [] if only_metric else list(map(int, sizes.split(",")))
    everything, more = [], list[Budget]()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        counties = outlines(folder)
        browser = stack.enter_context(chromium.launched())
        print_heading()
        for size in wanted:
            atlas = folder / f"growth-{size}"
            divisions = some(counties, size)
            towns = widest(divisions, write_atlas(atlas, divisions), TOWNS)
            figures = measure(size, atlas, browser, towns, rounds)
            print_row(figures)
            everything.append(figures)
        if only_metric or LARGEST in wanted:
            more = with_metric(counties, folder / "growth-metric", browser)
    sys.exit(0 if print_budgets([*budgets(everything), *more]) else 1)


def print_heading() -> None:
    """Print the heading of the table."""
    print(
        f"{'divisions':>10}{'boundaries kB':>15}{'page kB':>12}{'first draw ms':>15}"
        f"{'click ms':>15}{'CPU ms/click':>14}{'MB/session':>12}"
    )


if __name__ == "__main__":
    main()
