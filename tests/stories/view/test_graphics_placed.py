"""Where the graphics of a story stand: one before the text, others at their figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

import stories
from stories.files.loader import load_atlas
from stories.model.division import Division
from stories.model.text import Texts
from stories.view.address import View
from stories.view.context import ViewContext
from stories.view.panel import panel_html
from stories.view.taking import frame_height
from stories.wording import Wording
from tests.support.loading import faults

if TYPE_CHECKING:
    from stories.model.atlas import Atlas

ATLAS = load_atlas(Path(stories.__file__).parent / "data" / "deqing")


def page(atlas: Atlas, town: str, *, lang: str = "en", entry: str | None = None) -> BeautifulSoup:
    towns = {
        story.town: Division(
            slug=story.town, names=Texts({"en": story.town}), boundary_status="published"
        )
        for story in atlas.stories
    }
    view = View(atlas=entry, town=town, lang=lang)
    context = ViewContext(atlas, Wording(lang, atlas.languages), view, towns)
    return BeautifulSoup(panel_html(context), "html.parser")


def changed(town: str, **update: object) -> Atlas:
    told = [
        story.model_copy(update=update) if story.town == town else story for story in ATLAS.stories
    ]
    return ATLAS.model_copy(update={"stories": tuple(told)})


def parts(found: BeautifulSoup) -> list[str]:
    """Name graphics, scenes, lead and table in the page's order; a graphic by its scene, too."""
    named = []
    for each in found.select(".lead, .graphic, .scene, .ledger"):
        inside = each.find_parent(class_="scene")
        name = str(each.get("id") or each["class"][0])
        named.append(f"{inside['id']} {name}" if inside else name)  # type: ignore[index]
    return named


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("story", ATLAS.stories, ids=lambda story: story.town)
def test_every_graphic_stands_once_and_the_first_before_the_text(story: object, lang: str) -> None:
    town = str(story.town)  # type: ignore[attr-defined]
    found = page(ATLAS, town, lang=lang)
    told = ATLAS.story(town)
    assert told is not None
    ids = [str(each["id"]) for each in found.select(".graphic")]
    assert sorted(ids) == sorted(f"graphic-{graphic.id}" for graphic in told.graphics)
    order = parts(found)
    assert order[:2] == ["lead", f"graphic-{told.graphics[0].id}"]
    for graphic in told.graphics:
        (figure,) = found.select(f"#graphic-{graphic.id}")
        assert figure.select("figcaption")[0].text == graphic.title.get(lang)
        assert len(figure.select(".graphic-drawing > svg")) == 2


def test_others_stand_with_the_scene_that_names_them_or_whose_words_link_to_all_of_it() -> None:
    leidian, kangqian = parts(page(ATLAS, "leidian")), parts(page(ATLAS, "kangqian"))
    assert "scene-upgrade graphic-upgraded" in leidian
    assert "scene-plans graphic-projects" in kangqian
    unnamed = [scene.model_copy(update={"graphic": None}) for scene in ATLAS.stories[3].scenes]
    assert parts(page(changed("kangqian", scenes=tuple(unnamed)), "kangqian")) == kangqian
    assert kangqian.index("graphic-signings") == kangqian.index("ledger") - 1


@pytest.mark.parametrize(
    ("hero", "opening"),
    [("none", None), ("projects", "graphic-projects"), (None, "graphic-teams")],
)
def test_which_graphic_opens_the_story_is_the_editor_s_choice(
    hero: str | None, opening: str | None
) -> None:
    found = page(changed("kangqian", hero_graphic=hero), "kangqian")
    assert [each["id"] for each in found.select(".graphic.opening")] == ([opening] * bool(opening))
    assert len(found.select(".graphic")) == 3


def test_addresses_name_town_language_and_atlas() -> None:
    links = {str(link["href"]) for link in page(ATLAS, "leidian", entry="a b").select(".take a")}
    assert "graphic/a%20b/leidian.air.en.png?download" in links
    assert "graphic/a%20b/leidian.figure.pm10.en.svg?download" in links
    assert "figure/a%20b/leidian.pm10.en" in links


def test_a_scene_that_names_no_graphic_of_the_story_is_a_fault(small: Path) -> None:
    town = small / "east.yaml"
    scenes = "scenes:\n  - {id: wells, look: east, graphic: none-such}\n"
    town.write_text(town.read_text("utf-8") + scenes, encoding="utf-8")
    text = (small / "east.en.md").read_text("utf-8")
    (small / "east.en.md").write_text(f"{text}\n::: scene wells\nx\n:::\n", encoding="utf-8")
    said = "\n".join(map(str, faults(small)))
    assert "there is no graphic 'none-such', which the scene 'wells' names" in said
    assert "east.yaml:" in said


def test_a_frame_has_room_for_the_drawing_in_either_width() -> None:
    drawing = '<svg viewBox="0 0 300 600"></svg><svg viewBox="0 0 560 200"></svg>'
    assert frame_height(drawing) > 600 * 354 / 300
    assert frame_height("") < 300
