"""What all measured pages show: the bundled stories, in the same panel."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from stories.address import View
from stories.loader import load_atlas
from stories.panel import Reader, panel_html
from stories.town import towns_in_order
from stories.wording import Wording

if TYPE_CHECKING:
    from stories.models import Atlas
    from stories.town import Town

ROOT = Path(__file__).parents[1]
DIVISIONS = ROOT / "geo" / "data" / "deqing" / "divisions.geojson"


@cache
def _atlas() -> tuple[Atlas, dict[str, Town]]:
    atlas = load_atlas(ROOT / "stories" / "data" / "deqing")
    # Read as plain JSON, so that the bare page carries no geopandas.
    features = json.loads(DIVISIONS.read_text(encoding="utf-8"))["features"]
    return atlas, towns_in_order(atlas, [feature["properties"] for feature in features])


def towns() -> dict[str, str]:
    """Name of each story town by slug."""
    atlas, divisions = _atlas()
    return {story.town: divisions[story.town].name("zh") for story in atlas.stories}


def heading(town: str) -> str:
    """Headline of a town's story, as the panel shows it."""
    story = _atlas()[0].story(town)
    assert story is not None
    return story.text("zh").headline


def panel(town: str | None) -> str:
    """Draw the panel as the story map does."""
    atlas, divisions = _atlas()
    view = View(town=town, lang="zh")
    wording = Wording("zh", atlas.languages)
    return panel_html(Reader(atlas=atlas, wording=wording, view=view, towns=divisions))
