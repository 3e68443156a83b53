"""What all measured pages show: the bundled stories, in the same panel."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from stories.files.loader import load_atlas
from stories.model.division import divisions_in_order
from stories.view.address import View
from stories.view.context import ViewContext
from stories.view.filtering import passes
from stories.view.panel import panel_html
from stories.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stories.model.atlas import Atlas
    from stories.model.division import Division

ROOT = Path(__file__).parents[1]
DIVISIONS = ROOT / "geo" / "data" / "deqing" / "divisions.geojson"
LANGUAGES = ("zh", "en")


@cache
def _atlas() -> tuple[Atlas, dict[str, Division]]:
    atlas = load_atlas(ROOT / "stories" / "data" / "deqing")
    # Read as plain JSON, so that the bare page carries no geopandas.
    features = json.loads(DIVISIONS.read_text(encoding="utf-8"))["features"]
    return atlas, divisions_in_order(atlas, [feature["properties"] for feature in features])


def towns() -> dict[str, str]:
    """Name of each story town by slug."""
    atlas, divisions = _atlas()
    return {story.town: divisions[story.town].name("zh") for story in atlas.stories}


def themes() -> dict[str, str]:
    """Label of each theme by id."""
    return {theme.id: theme.label.get("zh") for theme in _atlas()[0].themes}


def faded(chosen: Sequence[str]) -> list[str]:
    """Towns whose stories a choice of themes leaves out."""
    return [story.town for story in _atlas()[0].stories if not passes(story, chosen)]


def heading(town: str, lang: str = "zh") -> str:
    """Headline of a town's story, as the panel shows it."""
    story = _atlas()[0].story(town)
    assert story is not None
    return story.text(lang).headline


def panel(town: str | None, lang: str = "zh", chosen: Sequence[str] = ()) -> str:
    """Draw the panel as the story map does."""
    atlas, divisions = _atlas()
    view = View(town=town, lang=lang, themes=tuple(chosen))
    wording = Wording.of(atlas, lang)
    return panel_html(ViewContext(atlas=atlas, wording=wording, view=view, towns=divisions))
