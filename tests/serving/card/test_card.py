from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from serving.card.draw import ACCENT, HEADLINE_HEIGHT, HEADLINE_SIZES, INK, SIZE, draw_card
from serving.card.labels import Box, place_names
from serving.card.typesetting import NO_END, NO_START, fitting, font, wrap
from serving.http.request import context_at
from serving.store.snapshot import load_snapshot
from stories.files.loader import read_atlas
from stories.model.atlas import StoryText
from stories.wording.catalogues import catalogue
from tests.support.arabic_atlas import write_arabic_atlas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from starlette.testclient import TestClient

    from serving.store.snapshot import Snapshot

WIDTH = 520
words = st.text(
    st.one_of(
        st.sampled_from("德清县故事地图，。：“”（）《》123 "), st.characters(codec="latin-1")
    ),
    max_size=120,
).map(lambda text: " ".join(text.split()))


def picture(client: TestClient, name: str) -> Image.Image:
    answer = client.get(f"/card/{name}.png")
    assert answer.status_code == 200
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


@pytest.mark.parametrize("name", ["zh", "en", "xinan.zh", "xinan.en", "wukang.en"])
def test_a_card_has_the_size_that_previews_want(client: TestClient, name: str) -> None:
    assert picture(client, name).size == (1200, 630)


def test_each_town_is_lit_where_it_lies_and_in_its_theme(
    client: TestClient, snapshot: Snapshot
) -> None:
    tones = {s.town: snapshot.atlas.theme(s.themes[0]).colour for s in snapshot.atlas.stories}
    middles = {}
    for town, tone in tones.items():
        card = picture(client, f"{town}.en").crop((640, 0, *SIZE))  # the map, not the text
        plain = Image.new("RGB", card.size, tone)
        same = ImageChops.difference(card, plain).convert("L").point(lambda v: 255 * (v == 0))
        box = same.getbbox()
        assert box is not None
        middles[town] = (box[0] + box[2]) / 2
    order = sorted(middles, key=middles.__getitem__)
    assert order == sorted(tones, key=lambda town: snapshot.centre(town)[0])


def test_languages_differ_and_drawing_is_repeatable(snapshot: Snapshot) -> None:
    zh, again, en = (
        draw_card(context_at(snapshot, "yuyue", x), snapshot) for x in ("zh", "zh", "en")
    )
    assert zh == again
    assert zh != en


def test_a_card_is_sent_once(client: TestClient) -> None:
    first = client.get("/card/xinan.zh.png")
    again = client.get("/card/xinan.zh.png", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "max-age" in first.headers["cache-control"]
    assert "access-control-allow-origin" not in first.headers
    assert len(first.content) < 300_000


@pytest.mark.parametrize(
    "name", ["atlantis.zh", "xinan.fr", "xinan", ".zh", "..%2f..%2fx.zh", "x" * 999]
)
def test_a_card_that_is_not_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/card/{name}.png").status_code in {400, 404}


@pytest.mark.parametrize(
    "headline",
    ["一个很长的标题" * 20, "Supercalifragilistic " * 30, "W" * 200, "…", "短"],
)
def test_no_headline_leaves_its_column(snapshot: Snapshot, headline: str) -> None:
    story = snapshot.atlas.stories[0]
    text = StoryText(headline=headline, lead="x", body_markdown="")
    stories = (story.model_copy(update={"texts": {"zh": text}}), *snapshot.atlas.stories[1:])
    changed = type(snapshot)(
        snapshot.atlas.model_copy(update={"stories": stories}),
        snapshot.towns,
        snapshot.divisions,
        snapshot.neighbours,
        snapshot.provenance,
    )
    long = Image.open(io.BytesIO(draw_card(context_at(changed, story.town, "zh"), changed)))
    usual = Image.open(io.BytesIO(draw_card(context_at(snapshot, story.town, "zh"), snapshot)))
    changes = ImageChops.difference(long.convert("RGB"), usual.convert("RGB")).getbbox()
    assert changes is not None
    left, top, right, bottom = changes
    assert left >= 50
    assert top >= 100
    assert right <= 56 + WIDTH
    assert bottom <= 104 + HEADLINE_HEIGHT + 4


@given(text=words)
@settings(deadline=None, max_examples=80)
def test_text_fits_and_nothing_but_an_end_is_lost(text: str) -> None:
    block = fitting(
        text, HEADLINE_SIZES, width=WIDTH, height=HEADLINE_HEIGHT, weight=700, lang="zh"
    )
    assert block.height <= HEADLINE_HEIGHT
    assert all(block.font.getlength(line) <= WIDTH + 1 for line in block.lines)
    shown, whole = ("".join("".join(each).split()) for each in (block.lines, text))
    assert shown == whole or whole.startswith(shown.rstrip("…"))


@given(text=words)
@example("00000@“ 000000000000M")
@settings(deadline=None, max_examples=80)
def test_lines_begin_and_end_as_readers_are_used_to(text: str) -> None:
    face = font(40, 700, "zh")
    lines = wrap(text, face, WIDTH)
    for before, after in pairwise(lines):
        whole = face.getlength(before + after[:1]) > WIDTH
        if (after and after[0] in NO_START) or (before and before[-1] in NO_END):
            assert whole, "a sign stands alone only where nothing else fits"


FRAME = Box(0, 0, 400, 300)


@given(
    points=st.dictionaries(
        st.text(max_size=3), st.tuples(st.integers(0, 400), st.integers(0, 300)), max_size=25
    )
)
def test_no_name_lies_on_another_or_is_cut_off(points: dict[str, tuple[int, int]]) -> None:
    sizes = {key: [(90, 20), (50, 14)] for key in points}
    names = place_names(points, sizes, FRAME)
    boxes = [box for _, box in names.values()]
    assert all(a.shared(b) == 0 for i, a in enumerate(boxes) for b in boxes[i + 1 :])
    assert all(box.outside(FRAME) == 0 for box in boxes)


def test_a_name_without_room_is_smaller_and_one_that_still_has_none_goes_first() -> None:
    at = {"a": (100, 100), "b": (150, 100), "c": (100, 100)}
    names = place_names(at, {"a": [(90, 90)], "b": [(90, 90), (40, 90)], "c": [(9, 9)]}, FRAME)
    assert set(names) == set(at)


@pytest.mark.parametrize("town", [None, "leidian", "wukang", "kangqian"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_division_is_named_on_the_card(
    snapshot: Snapshot, lang: str, town: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    write = ImageDraw.ImageDraw.text

    def noted(
        pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, **options: object
    ) -> None:
        if options.get("stroke_width"):
            written.append(text)
        write(pen, at, text, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", noted)
    atlas = snapshot.atlas.model_copy(
        update={
            "stories": tuple(
                each.model_copy(update={"hero": None}) for each in snapshot.atlas.stories
            )
        }
    )
    draw_card(context_at(replace(snapshot, atlas=atlas), town, lang), snapshot)
    assert len(written) == len(snapshot.towns)
    assert len(set(written)) == len(written)


# ---- from right to left ----


def inked(card: Image.Image, colour: str) -> tuple[int, int, int, int]:
    """Return the box of all that is of a colour."""
    plain = Image.new("RGB", card.size, colour)
    same = ImageChops.difference(card, plain).convert("L").point(lambda v: 255 * (v == 0))
    box = same.getbbox()
    assert box is not None
    return box


def test_a_card_in_arabic_begins_on_the_right(tmp_path: Path) -> None:
    snapshot = load_snapshot(read_atlas(write_arabic_atlas(tmp_path / "atlas")))
    cards = {
        lang: Image.open(io.BytesIO(draw_card(context_at(snapshot, None, lang), snapshot))).convert(
            "RGB"
        )
        for lang in ("ar", "en")
    }
    half = SIZE[0] / 2
    headline = (0, 100, SIZE[0], 180)
    assert inked(cards["en"].crop(headline), INK)[2] < half
    assert inked(cards["ar"].crop(headline), INK)[0] > half
    bar = (0, 600, SIZE[0], 620)
    assert inked(cards["en"].crop(bar), ACCENT)[0] == 0
    assert inked(cards["ar"].crop(bar), ACCENT)[2] == SIZE[0]
    theme = snapshot.atlas.themes[0].colour
    assert inked(cards["en"], theme)[0] > half
    assert inked(cards["ar"], theme)[2] < half


@pytest.mark.parametrize("lang", ["ar", "he"])
@pytest.mark.parametrize("lang_of_page", ["ar", "he", "en"])
def test_every_letter_of_the_page_is_in_a_font(lang: str, lang_of_page: str) -> None:
    face = font(30, 400, lang_of_page)
    letters = {sign for text in texts(catalogue(lang) or {}) for sign in text if not sign.isspace()}
    for each, run in face.runs(" ".join(sorted(letters))):
        box = bytes(each.getmask("\uffff"))
        assert not [sign for sign in run if bytes(each.getmask(sign)) == box]


def texts(table: Mapping[str, object]) -> Iterator[str]:
    for value in table.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from texts(value)


def test_arabic_letters_are_joined_and_signs_turned() -> None:
    face = font(40, 700, "ar")
    apart = sum(face.getlength(letter) for letter in "مصنع")
    assert face.getlength("مصنع") < 0.9 * apart
    [(_, shown)] = face.runs("ب (12)")
    assert shown == "(12) \N{ARABIC LETTER BEH ISOLATED FORM}"
    [(_, shown)] = font(40, 700, "he").runs("שלום (עיר)")
    assert shown == "(\N{HEBREW LETTER RESH}\N{HEBREW LETTER YOD}\N{HEBREW LETTER AYIN}) םולש"


@given(st.text(st.sampled_from("ابتثمصنع אבגד 天津 Li 40 (،.)«»"), max_size=80))
def test_mixed_text_fits_and_nothing_is_lost(text: str) -> None:
    text = " ".join(text.split())
    face = font(30, 400, "ar")
    lines = wrap(text, face, WIDTH)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(face.getlength(line) <= WIDTH or len(line) == 1 for line in lines)
