"""What a metric costs on a large map: the first draw, and a step of the slider."""

from __future__ import annotations

import csv
import json
import random
import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.journeys import FRAME, STORY_MAP
from bench.machine import Budget
from tests.support.servers import ROOT, running_server

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Page

METRIC = "density"
PERIODS = ("2018", "2019", "2020", "2021", "2022", "2023")
ROUNDS = 7
"""First draws with the metric and without it, in turn."""
STEPS = 4
"""Ways through all periods."""
PATIENCE = 300_000
"""Milliseconds until the server has started."""
SEED = 7
UNCERTAIN, MISSING = 0.1, 0.02
"""Parts of the values."""
SHOWN = "() => stopwatch.map()?.querySelector('.leaflet-container')?.dataset.metric"
"""Whether the map stands in the metric's colours."""
STEP = """period => new Promise(done => {
  const began = performance.now();
  window.storymap.setMetric({ metric: "density", period });
  requestAnimationFrame(() => {
    const painted = new MessageChannel(); // its message comes once the picture is drawn
    painted.port1.onmessage = () => done(performance.now() - began);
    painted.port2.postMessage(0);
  });
})"""
"""Steps to a period, and returns the ms until the browser has drawn it."""


@dataclass
class MetricFigures:
    """What a metric costs; times in ms."""

    without: list[float] = field(default_factory=list)
    """First draws of the map without it."""
    shown: list[float] = field(default_factory=list)
    """First draws of the map in its colours."""
    steps: list[float] = field(default_factory=list)
    """From one period to the next."""

    @property
    def ratio(self) -> float:
        """How much longer a first draw takes."""
        return statistics.median(self.shown) / statistics.median(self.without)


def add_metric(atlas: Path, slugs: Sequence[str]) -> None:
    """Give an atlas a metric of six periods; some values are uncertain, some are missing."""
    head = atlas / "atlas.yaml"
    content = json.loads(head.read_text(encoding="utf-8"))  # JSON is YAML
    content["metrics"] = [
        {
            "id": METRIC,
            "label": {"zh": "密度"},
            "unit": {"zh": "个/平方公里"},
            "kind": "density",
            "decimals": 2,
            "source": {"zh": "生成"},
        }
    ]
    head.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    chance = random.Random(SEED)  # no secret
    with (atlas / "metrics.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["division", "metric", "period", "value", "qualifier"])
        for slug in slugs:
            value = chance.lognormvariate(0, 1)
            for period in PERIODS:
                value *= chance.uniform(0.8, 1.3)
                qualifier = "about" if chance.random() < UNCERTAIN else "exact"
                if chance.random() > MISSING:
                    table.writerow([slug, METRIC, period, f"{value:.2f}", qualifier])


def measure_metric(browser: Browser, atlas: Path) -> MetricFigures:
    """Measure first draws with the metric and without it in turn, and the slider's steps."""
    figures = MetricFigures()
    with running_server(ROOT / "streamlit_app.py", env={"ATLAS": str(atlas)}) as server:
        with_metric = f"{server.address}/?metric={METRIC}"
        _warm_up(browser, with_metric)
        _draw(browser, server.address, STORY_MAP.interactive)
        for _ in range(ROUNDS):
            figures.without.append(_draw(browser, server.address, STORY_MAP.interactive))
            figures.shown.append(_draw(browser, with_metric, SHOWN))
        page, _ = STORY_MAP.open(browser, with_metric, SHOWN)
        figures.steps = _steps(page)
        page.close()
    return figures


def _warm_up(browser: Browser, address: str) -> None:
    """Let the server read the atlas and load its libraries, which takes as long as it takes."""
    page = browser.new_page()
    page.goto(address)
    page.frame_locator(FRAME).locator("body[data-ready]").wait_for(timeout=PATIENCE)
    page.close()


def _draw(browser: Browser, address: str, arrived: str) -> float:
    page, taken = STORY_MAP.open(browser, address, arrived)
    page.close()
    return taken


def _steps(page: Page) -> list[float]:
    frame = next(each for each in page.frames if "st_folium" in each.url)
    frame.locator("body[data-ready]").wait_for()
    times = [float(frame.evaluate(STEP, period)) for _ in range(STEPS + 1) for period in PERIODS]
    return times[len(PERIODS) :]  # the first way warms up


def metric_budgets(figures: MetricFigures) -> list[Budget]:
    """Hold a metric on a large map against the map without, and a step against a moment."""
    step = statistics.median(figures.steps)
    return [
        Budget("first draw, a metric of 2,891 divisions ÷ none", 1.2, figures.ratio, "×"),
        Budget("slider step, 2,891 divisions", 50, step, "ms"),
    ]


def print_metric(figures: MetricFigures) -> None:
    """Print the medians that the budgets rest on."""
    without, shown = statistics.median(figures.without), statistics.median(figures.shown)
    slowest = max(figures.steps)
    print(
        f"metric of {len(PERIODS)} periods: first draw {shown:.0f} ms, without {without:.0f} ms; "
        f"step {statistics.median(figures.steps):.0f} ms, slowest {slowest:.0f} ms",
        flush=True,
    )
