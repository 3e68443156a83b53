"""Graphics as pictures of pixels."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops

from serving.card.raster import svg_png
from stories.graphics import Imprint, standalone_graphic
from stories.wording import Wording

if TYPE_CHECKING:
    from stories.model.atlas import Atlas


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def sheet(words: str, weight: int = 400) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30" width="60" height="30"'
        f' font-family="Arial,sans-serif"><rect width="60" height="30" fill="#fff"/>'
        f'<text x="4" y="22" font-size="20" font-weight="{weight}">{words}</text></svg>'
    )


def ink(png: bytes) -> int:
    return sum(opened(png).convert("L").point(lambda level: 255 - level).histogram()[64:])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_graphic_is_a_picture_twice_its_size(deqing: Atlas, lang: str) -> None:
    story = deqing.story("leidian")
    assert story is not None
    imprint = Imprint("雷甸 <Leidian>", "来源 & source", "https://example.org/?a=1&b=2", "德清")
    svg = standalone_graphic(
        story.graphics[0], story.figures, Wording(lang, ["zh"]), imprint, colour="#377049"
    )
    picture = opened(svg_png(svg, lang=lang))
    assert picture.width == 1280
    assert f'height="{picture.height // 2}"' in svg
    assert {(0x37, 0x70, 0x49), (0xFB, 0xFA, 0xF6)} <= {
        colour for _, colour in picture.getcolors(2**24) or []
    }


def test_chinese_is_drawn_whatever_fonts_the_machine_has() -> None:
    chinese, missing = svg_png(sheet("门骨"), lang="zh"), svg_png(sheet("\ue000\ue001"), lang="zh")
    assert ImageChops.difference(opened(chinese), opened(missing)).getbbox()
    assert ink(chinese) > 100


def test_bold_is_bold_and_each_place_has_its_own_forms() -> None:
    assert ink(svg_png(sheet("门", 700), lang="zh")) > ink(svg_png(sheet("门"), lang="zh"))
    china, japan = (opened(svg_png(sheet("直骨"), lang=lang)) for lang in ("zh", "ja"))
    assert ImageChops.difference(china, japan).getbbox()


@pytest.mark.parametrize(("lang", "one", "other"), [("ar", "ب", "ن"), ("he", "א", "ש")])
def test_letters_from_right_to_left_are_drawn_on_every_machine(
    lang: str, one: str, other: str
) -> None:
    pictures = [opened(svg_png(sheet(letter), lang=lang)) for letter in (one, other)]
    assert ImageChops.difference(*pictures).getbbox(), "two boxes instead of two letters"
