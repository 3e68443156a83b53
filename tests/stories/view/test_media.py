"""Media as HTML: in a language that lacks something, and where a file cannot be shown."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from stories.files.loader import load_atlas
from stories.model.division import Division
from stories.view.context import read_address
from stories.view.panel import panel_html
from tests.support.media import MARKS, MEDIA, VTT, add_media

if TYPE_CHECKING:
    from pathlib import Path

FILM = """
  - id: firing
    file: media/firing.webm
    still: kiln
    caption: {en: Firing}
    captions: {en: media/firing.vtt}
    transcript: {en: media/talk.en.txt}
hero: workshop
"""
WEBM = b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xffV_VP8"


def drawn(folder: Path, lang: str) -> BeautifulSoup:
    atlas = load_atlas(folder)
    east = Division.model_validate(
        {"slug": "east", "names": {"zh": "东镇", "en": "East"}, "boundary_status": "published"}
    )
    params = {"town": ["east"], "lang": [lang]}
    context = read_address(atlas, {"east": east}, params)
    return BeautifulSoup(panel_html(context), "html.parser")


@pytest.fixture
def folder(small: Path) -> Path:
    media = MEDIA.replace("hero: workshop\n", FILM.lstrip("\n"))
    add_media(small, "east", media=media, marks=f"{MARKS}\n::: film firing :::\n")
    (small / "media" / "firing.webm").write_bytes(WEBM)
    (small / "media" / "firing.vtt").write_text(VTT, encoding="utf-8")
    return small


def test_what_a_language_lacks_comes_from_another_and_says_so(folder: Path) -> None:
    film = drawn(folder, "zh").select_one("figure.film")
    assert film
    caption = film.select_one(".caption span[lang=en]")
    assert caption
    assert caption.text == "Firing"
    transcript = film.select_one("details[lang=en]")
    assert transcript
    assert transcript.select_one("summary[lang=zh]")
    track = film.select_one("track")
    assert track
    assert (track["srclang"], track["label"], track.has_attr("default")) == ("en", "English", True)
    assert not drawn(folder, "en").select("figure.film [lang]:not(track)")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_loss_leaves_the_rest_of_the_story(folder: Path, lang: str) -> None:
    files = sorted((folder / "media").iterdir())
    for gone in itertools.chain(files, [None]):
        if gone:
            gone.unlink()
        panel = drawn(folder, lang)
        assert panel.select_one("h2")
        names = {each.name for each in files if each.exists()}
        assert len(panel.select("img[src*=workshop]")) == (4 if "workshop.jpg" in names else 0)
        assert len(panel.select("audio")) == ("talk.wav" in names)
        assert len(panel.select("video")) == ("firing.webm" in names)
    assert panel.select_one("a.elsewhere")  # the card needs no file


def test_pictures_say_what_they_show_and_how_large_they_are(folder: Path) -> None:
    panel = drawn(folder, "en")
    for image in panel.select("figure img"):
        assert image["alt"] in {"A workshop", "A kiln"}
        assert int(str(image["width"])) > 0
        assert int(str(image["height"])) > 0
    first, *others = panel.select("figure img")
    assert not first.has_attr("loading")
    assert {each["loading"] for each in others} == {"lazy"}


def test_a_picture_stands_with_its_scene(folder: Path) -> None:
    yaml = folder / "east.yaml"
    scene = "\nscenes:\n  - id: dig\n    look: east\n    picture: kiln\n"
    yaml.write_text(yaml.read_text(encoding="utf-8") + scene, encoding="utf-8")
    for prose in folder.glob("east.*.md"):
        text = prose.read_text(encoding="utf-8")
        more = "\n\n::: scene dig\nWe dig.\n\n::: picture workshop :::\n:::\n"
        prose.write_text(text + more, encoding="utf-8")
    scene_html = drawn(folder, "en").select_one("section.scene")
    assert scene_html
    assert [image["alt"] for image in scene_html.select("img[src*=files]")] == [
        "A workshop",
        "A kiln",
    ]
