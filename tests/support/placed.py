"""The atlas of Deqing with made-up points, as no story of the bundled one has any."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.conftest import DEQING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MADE_UP = "source: {zh: 测试, en: Made up for a test}"


def place(name: str, lon: float, lat: float, more: str = "known: measured") -> str:
    """Write a place as a line of YAML."""
    words = f"name: {{zh: 点{name}, en: Spot {name}}}, kind: {{zh: 点, en: Spot}}"
    return f"  - {{id: {name}, {words}, at: [{lon:.6f}, {lat:.6f}], {more}, {MADE_UP}}}\n"


POINTS = {
    "yuyue": (
        place("north", 120.262, 30.545),
        place("south", 120.262, 30.512, "known: approximate, within_m: 800"),
    ),
    "xinan": (
        *(place(f"dense{n}", 120.186 + n * 0.0004, 30.556 + (n % 2) * 0.0003) for n in range(6)),
        place("twin-a", 120.172, 30.540),
        place("twin-b", 120.172, 30.540),
    ),
}


def placed_atlas(folder: Path, further: Iterable[tuple[str, str]] = ()) -> Path:
    """Lay out the atlas in a folder that is not there yet.

    Parameters
    ----------
    folder
        Where.
    further
        Towns, and lines of YAML to add to their places.
    """
    shutil.copytree(DEQING, folder)
    for town, lines in (*((town, "".join(lines)) for town, lines in POINTS.items()), *further):
        file = folder / f"{town}.yaml"
        text = file.read_text(encoding="utf-8")
        head, mark, rest = text.partition("\nplaces:\n")
        assert mark, f"{file} has no places"
        file.write_text(head + mark + lines + rest, encoding="utf-8")
    return folder
