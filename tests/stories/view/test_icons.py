from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from stories.view.icons import FILE, icon_groups, icons, outline

ROOT = Path(__file__).parents[3]
RECORD = json.loads(FILE.read_text(encoding="utf-8"))


def test_there_are_some_hundred_and_each_once() -> None:
    names = [name for group in icon_groups().values() for name in group]
    assert 200 < len(names) == len(set(names))
    assert outline("eco") == icons()["eco"]
    assert outline("no_such_icon") is None
    assert RECORD["licence"] == "Apache-2.0"
    assert "Material Symbols" in RECORD["source"]


@pytest.mark.parametrize("name", icons())
def test_an_outline_is_small_and_lies_in_its_box(name: str) -> None:
    drawn = icons()[name]
    assert len(drawn) < 4_000
    assert re.fullmatch(r"M[MLHVCQZ0-9. -]+Z", drawn)
    assert all(0 <= float(number) <= RECORD["size"] for number in re.findall(r"-?[\d.]+", drawn))


def test_the_sheet_shows_them_all() -> None:
    sheet = (ROOT / "docs" / "images" / "icons.svg").read_text(encoding="utf-8")
    shown = re.findall(r'd="([^"]+)"/><text [^>]*>(\w+)</text>', sheet)
    assert [(name, drawn) for drawn, name in shown] == list(icons().items())
