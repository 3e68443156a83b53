"""Names as long as names get: nothing scrolls sideways, nothing is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.hostile import LongName, write_hostile_atlas
from tests.support.servers import ROOT, streamlit_server
from tests.support.story_page import StoryPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def two_atlases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("atlases")
    for name in ("one", "two"):
        write_hostile_atlas(folder / name, LongName())
    with streamlit_server(ROOT / "streamlit_app.py", env={"ATLAS": str(folder)}) as address:
        yield address


@pytest.mark.parametrize("width", [320, 360, 700, 1280])
def test_a_name_of_85_letters_breaks_no_page(
    new_page: Callable[..., Page], two_atlases: str, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 700})
    reader = StoryPage(page)

    page.goto(two_atlases)
    page.locator("article.start").wait_for()
    assert reader.overflow() == 0
    for query in ("", "&town=leidian&lang=en", "&town=leidian&tour=1", "&town=wukang"):
        page.goto(f"{two_atlases}/?atlas=one{query}")
        reader.wait_for_map()
        assert reader.overflow() == 0, query
        assert cut_off(page) == [], query


def cut_off(page: Page) -> list[str]:
    """Name what reaches beyond the window's edges, though it cannot be scrolled to."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".masthead *, .choices *, .panel *")]
             .filter(e => e.checkVisibility() && !e.closest(".unseen"))
             .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)
             .map(e => `${e.tagName}.${e.className}`)"""
    )
    return found
