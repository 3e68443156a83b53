"""Whether a story with 30 scenes and 40 large pictures opens as fast as one without them.

Two copies of one atlas differ in nothing but Xin'an's story. Both servers run, and one browser
comes to both in turns, each time as somebody who has never been here.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import statistics
import sys
import urllib.request
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
from PIL import Image

from bench.journeys import STORY_MAP, shows
from bench.load.process import cpu_seconds
from bench.machine import Budget, print_budgets
from tests.support import chromium
from tests.support.media import saved
from tests.support.scene_atlas import DEQING, write_scene_atlas
from tests.support.servers import ROOT, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator

TOWN = "xinan"
PICTURES = 40
SIZE = (4000, 3000)
GRAIN = 60
"""How much the pixels of a picture differ: with so much a JPEG has some 3 MB, as a camera's has."""
ANSWERS, STORY, START = "first visit → towns answer", "deep link → panel", "start, processor"
STARTS = 2
"""Times that each server is started before the one that stays."""
START_LIMIT = 1.25
"""Times; at a start each file is looked into once, and its content summed for its address."""
LIGHT, HEAVY = "without", "with"
AS_FAST = 1.1
"""Times; ratios of two equal pages differ by some hundredths from run to run."""

Times = dict[str, dict[str, list[float]]]
"""Milliseconds by way and atlas."""


def write_heavy_atlas(folder: Path) -> Path:
    """Copy the bundled atlas, with 30 scenes and 40 pictures of 4,000 px in one story."""
    write_scene_atlas(folder)
    (folder / "media").mkdir()
    yaml = folder / f"{TOWN}.yaml"
    text = yaml.read_text(encoding="utf-8")
    media = "media:\n"
    for n in range(PICTURES):
        grain = Image.effect_noise((SIZE[0] // 4, SIZE[1] // 4), GRAIN).resize(SIZE)
        colour = Image.new("L", SIZE, 90 + n)
        image = Image.merge("RGB", (grain, colour, grain))
        (folder / "media" / f"p{n}.jpg").write_bytes(saved(image, quality=90))
        media += f"  - {{id: p{n}, file: media/p{n}.jpg, alt: {{zh: 图, en: Grain}}, "
        media += "credit: {zh: 无, en: Nobody}, licence: {zh: CC0, en: CC0}}\n"
    yaml.write_text(f"{text.rstrip()}\n{media}", encoding="utf-8")
    for words in folder.glob(f"{TOWN}.*.md"):
        passages = re.split(r"(?<=\n:::)(?=\n)", words.read_text(encoding="utf-8"))
        marks = [f"\n\n::: picture p{n} :::" for n in range(len(passages) - 1)]
        told = "".join(part for pair in zip(passages, [*marks, ""], strict=True) for part in pair)
        rest = " ".join(f"p{n}" for n in range(len(marks), PICTURES))
        words.write_text(f"{told}\n::: gallery {rest} :::\n", encoding="utf-8")
    return folder


def measure_heavy(visits: int) -> Times:
    """Start both servers, and come to both in turns."""
    take: Times = defaultdict(lambda: defaultdict(list))
    with TemporaryDirectory() as place, contextlib.ExitStack() as stack:
        light, heavy = Path(place) / "light" / "deqing", Path(place) / "heavy" / "deqing"
        shutil.copytree(DEQING, light)
        addresses = {}
        for name, folder in ((LIGHT, light), (HEAVY, write_heavy_atlas(heavy))):
            for _ in range(STARTS):
                with _started(folder, take[START][name]):
                    pass
            addresses[name] = stack.enter_context(_started(folder, take[START][name]))
        browser = stack.enter_context(chromium.launched())
        ways = ((ANSWERS, "", STORY_MAP.interactive), (STORY, f"?town={TOWN}", shows(TOWN)))
        for _ in range(visits):
            for way, query, arrived in ways:
                for name, address in addresses.items():
                    page, ms = STORY_MAP.open(browser, f"{address}/{query}", arrived)
                    take[way][name].append(ms)
                    page.close()
    return take


@contextlib.contextmanager
def _started(folder: Path, times: list[float]) -> Iterator[str]:
    """Serve an atlas, and note what it takes of the processor until the first page is out."""
    with running_server(ROOT / STORY_MAP.script, env={"ATLAS": str(folder)}) as server:
        urllib.request.urlopen(f"{server.address}/?town={TOWN}", timeout=60).read()
        times.append(cpu_seconds(server.process.pid) * 1000)
        yield server.address


def heavy_budgets(take: Times) -> list[Budget]:
    """Hold the opening of one against that of the other, side by side."""
    budgets = []
    for way, times in take.items():
        median = {name: statistics.median(each) for name, each in times.items()}
        name = f"{way}: {median[HEAVY]:,.0f} ÷ {median[LIGHT]:,.0f} ms"
        limit = START_LIMIT if way == START else AS_FAST
        budgets.append(Budget(name, limit, median[HEAVY] / median[LIGHT], "×"))
    return budgets


@click.command(epilog="Example: python -m bench.heavy --visits 8")
@click.option("--visits", type=int, default=10, help="Visits of each page, and of each way.")
def main(visits: int) -> None:
    """Measure how a story with many scenes and large pictures opens, beside one without."""
    sys.exit(0 if print_budgets(heavy_budgets(measure_heavy(visits))) else 1)


if __name__ == "__main__":
    main()
