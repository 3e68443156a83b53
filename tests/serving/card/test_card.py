from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from serving.card.draw import HEADLINE_HEIGHT, HEADLINE_SIZES, SIZE, draw_card
from serving.card.labels import Box, place_names
from serving.card.typesetting import NO_END, NO_START, fitting, font, wrap
from serving.http.request import context_at
from stories.model.atlas import StoryText

if TYPE_CHECKING:
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
