from __future__ import annotations

import re

import pytest

from stories.view.icons import SIZE, icon_glyphs, outline


def test_there_are_thousands_and_some_have_two_names() -> None:
    assert len(icon_glyphs()) > 4_000
    assert outline("account_circle") == outline("account_circle_filled")
    assert outline("no_such_icon") is None


@pytest.mark.parametrize("name", ["eco", "factory", "school", "handshake", "account_circle"])
def test_an_outline_is_small_and_lies_in_its_box(name: str) -> None:
    drawn = outline(name)
    assert drawn
    assert len(drawn) < 2_500
    assert re.fullmatch(r"[MLHVCQZ0-9. -]+", drawn)
    assert all(0 <= float(number) <= SIZE for number in re.findall(r"-?[\d.]+", drawn))
