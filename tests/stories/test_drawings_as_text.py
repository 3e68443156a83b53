"""Drawings on their way through Streamlit, which lets none on its page."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

import stories
from stories.files.loader import load_atlas
from stories.model.division import Division
from stories.model.text import Texts
from stories.ui.page import drawings_as_text
from stories.view.address import View
from stories.view.context import ViewContext
from stories.view.panel import panel_html
from stories.wording import Wording

ATLAS = load_atlas(Path(stories.__file__).parent / "data" / "deqing")
TOWNS = {
    story.town: Division(slug=story.town, names=Texts({"en": "x"}), boundary_status="published")
    for story in ATLAS.stories
}


@pytest.mark.parametrize("story", ATLAS.stories, ids=lambda story: story.town)
def test_a_drawing_comes_back_whole_and_its_height_is_known_before(story: object) -> None:
    view = View(town=story.town, lang="en")  # type: ignore[attr-defined]
    before = panel_html(ViewContext(ATLAS, Wording("en"), view, TOWNS))
    after = drawings_as_text(before)

    drawn, sent = (BeautifulSoup(html, "html.parser") for html in (before, after))
    places = sent.select(".graphic-drawing")
    assert len(places) == len(drawn.select(".graphic-drawing")) > 0
    assert not sent.select("svg")
    for place, was in zip(places, drawn.select(".graphic-drawing"), strict=True):
        assert "<" not in str(place["data-svg"])
        assert BeautifulSoup(unquote(str(place["data-svg"])), "html.parser").text == was.text
        for drawing in was.select("svg"):
            _, _, width, height = str(drawing["viewbox"]).split()
            assert f"--{drawing['class'][0]}:{width}/{height}" in str(place["style"])
