"""Load the story map with real sessions and print what it held, beside its budgets.

`python -m bench.load [--readers 10,50,…] [--seconds 30] [--visits 1000]` starts a server of
its own for each step, so that no step pays for another. Only this machine is ever asked.
The driver runs on the same processors as the server and takes its share of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import stories
from bench.load.crowd import ARRIVALS, Content, Outcome, Server, come_and_go, crowd, measure
from bench.load.process import allow_files, memory_mb
from bench.machine import Budget, describe_machine, print_budgets
from stories.files.loader import load_atlas
from tests.support.servers import ROOT, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY = 5.0
"""Seconds between two actions of a reader."""
MAX_READERS, MAX_SECONDS, MAX_VISITS = 1000, 600, 10_000
FILES_PER_SESSION = 8
"""Sockets and event loops; with room to spare."""
TTL = 20
"""Seconds that this server keeps a session whose reader has left (deployed: 60)."""
AT = 200
"""Readers that the budgets speak of."""


def content() -> Content:
    """Read what there is to choose in the bundled atlas."""
    atlas = load_atlas(Path(stories.__file__).parent / "data" / "deqing")
    return Content(
        towns=[story.town for story in atlas.stories],
        themes=[theme.id for theme in atlas.themes],
        languages=list(atlas.languages),
    )


async def step(server: Server, readers: int, seconds: float) -> Outcome:
    """Measure one crowd on a server that has shown its page once."""
    choice = content()
    await come_and_go(server.address, ARRIVALS, choice)
    return await measure(server, readers, choice, every=EVERY, lasting=seconds)


async def leave(server: Server, visits: int) -> tuple[float, float]:
    """Return the memory in MB after a few visits, and after many once all have left.

    Streamlit forgets a session when its time is up and somebody else comes.
    """
    choice = content()
    await come_and_go(server.address, visits // 10, choice)
    before = await _forgotten(server, choice)
    await come_and_go(server.address, visits, choice)
    return before, await _forgotten(server, choice)


async def _forgotten(server: Server, choice: Content) -> float:
    await asyncio.sleep(TTL + 1)
    async with crowd(server.address, 1, choice):
        pass
    return memory_mb(server.pid)


@contextlib.contextmanager
def started(app: Path, *options: str) -> Iterator[Server]:
    """Start a server of our own."""
    with running_server(app, *options) as server:
        yield Server(server.address.replace("http", "ws"), server.process.pid)


def print_outcome(outcome: Outcome) -> None:
    """Print one row of the table."""
    print(
        f"{outcome.readers:>8}{outcome.held:>6}{outcome.failed:>8}{len(outcome.seconds):>9}"
        f"{outcome.quantile(50):>9.0f}{outcome.quantile(95):>9.0f}{outcome.cpu_share:>8.2f}"
        f"{outcome.cpu_ms:>10.1f}{outcome.idle_mb:>10.2f}{outcome.busy_mb:>10.2f}",
        flush=True,
    )


def budgets_of(outcome: Outcome) -> list[Budget]:
    """Hold the crowd of `AT` readers to what was to be reached."""
    name = f"p95, {AT} readers, one action each in {EVERY:g} s"
    return [
        Budget(name, 500, outcome.quantile(95), "ms"),
        Budget("memory per idle session", 2, outcome.idle_mb, "MB"),
        Budget("readers lost", 0, outcome.readers - outcome.held),
    ]


def run(readers: list[int], seconds: float, visits: int, app: Path) -> bool:
    """Run every step and print it; return whether the budgets are met."""
    allow_files(2 * MAX_READERS * FILES_PER_SESSION)
    print(describe_machine())
    print(
        f"{'readers':>8}{'held':>6}{'failed':>8}{'answers':>9}{'p50 ms':>9}{'p95 ms':>9}"
        f"{'CPUs':>8}{'ms/action':>10}{'idle MB':>10}{'busy MB':>10}"
    )
    budgets = []
    for count in readers:
        with started(app) as server:
            outcome = asyncio.run(step(server, count, seconds))
        print_outcome(outcome)
        budgets += budgets_of(outcome) if count == AT else []
    if visits:
        with started(app, "--server.disconnectedSessionTTL", str(TTL)) as server:
            before, after = asyncio.run(leave(server, visits))
        name = f"memory after {visits} visits, of {before:.0f} MB"
        budgets.append(Budget(name, before * 1.05, after, "MB"))
    return print_budgets(budgets)


@click.command(epilog="Example: python -m bench.load --readers 10,50 --seconds 30")
@click.option("--readers", default="10,50,100,200,400", help="Sizes of the crowds.")
@click.option("--seconds", type=float, default=30, help="How long each crowd reads.")
@click.option("--visits", type=int, default=1000, help="Readers who come and leave.")
@click.option(
    "--app", type=click.Path(path_type=Path), default=ROOT / "serve.py", help="What is served."
)
def main(readers: str, seconds: float, visits: int, app: Path) -> None:
    """Load the story map with real sessions and print what it held, beside its budgets."""
    crowds = [min(int(count), MAX_READERS) for count in readers.split(",") if count]
    held = run(crowds, min(seconds, MAX_SECONDS), min(visits, MAX_VISITS), app)
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
