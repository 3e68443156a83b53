"""The icons of the themes, as outlines.

As letters of an icon font they would stand there as words until it has come. ``icons.json`` is
made by ``make icons``, which also says how to offer another one.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).parent / "icons.json"


@cache
def icon_groups() -> Mapping[str, Mapping[str, str]]:
    """Return the outlines of all icons, by subject and name.

    An outline is what CSS's ``path()`` takes, in pixels of a box 18 wide and high. A box that is
    cut along it costs a browser next to nothing; pictures cost it a page each.
    """
    groups: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))["groups"]
    return groups


@cache
def icons() -> Mapping[str, str]:
    """Return each icon's outline, by name."""
    return {name: outline for group in icon_groups().values() for name, outline in group.items()}


def outline(name: str) -> str | None:
    """Return an icon's outline; none where there is no such icon."""
    return icons().get(name)
