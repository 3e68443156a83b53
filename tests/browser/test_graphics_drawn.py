"""Drawings of figures in a real browser: nothing is cut off, nothing lies on other words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stories.graphics import figure_graphic, inline_graphic
from stories.model.atlas import Baseline, Figure, Graphic, GraphicForm, Period, Texts, Unit
from stories.ui.page import ASSETS
from stories.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from stories.model.atlas import Atlas

LONG = {
    "zh": "浙江乾腾新材料有限公司与浙江上丰机械有限公司全年产值（含税，不含在建项目）",
    "en": "Donaudampfschifffahrtsgesellschaft and its affiliates: output, construction excluded",
    "ar": "إنتاج شركة المواد الجديدة خلال السنة باستثناء المشاريع قيد الإنشاء",
}
MEASURE = """\
() => [...document.querySelectorAll('svg')].flatMap((svg) => {
  const sheet = svg.getBoundingClientRect();
  if (!sheet.width) return [];
  const scale = sheet.width / svg.viewBox.baseVal.width;
  const texts = [...svg.querySelectorAll('text')];
  const boxes = texts.map((text) => [text, text.getBoundingClientRect()]);
  const wrong = [];
  boxes.forEach(([text, box], at) => {
    const overhang = 0.1 * scale * text.getAttribute('font-size'); // of the hook of a j
    const isWide = box.left < sheet.left - overhang || box.right > sheet.right + overhang;
    if (isWide || box.bottom > sheet.bottom + 1) wrong.push(`cut off: ${text.textContent}`);
    for (const [other, more] of boxes.slice(0, at)) {
      const wide = Math.min(box.right, more.right) - Math.max(box.left, more.left);
      const high = Math.min(box.bottom, more.bottom) - Math.max(box.top, more.top);
      if (wide > 1 && high > 0.4 * Math.min(box.height, more.height))
        wrong.push(`${text.textContent} lies on ${other.textContent}`);
    }
  });
  return wrong;
})"""


def drawings(atlas: Atlas, lang: str) -> Iterator[str]:
    wording = Wording(lang, ["zh", "en"])
    label = Texts(LONG)
    for story in atlas.stories:
        for graphic in (*story.graphics, *map(figure_graphic, story.figures)):
            yield inline_graphic(graphic, story.figures, wording)
    money = Figure(
        id="money", label=label, unit=Unit.CNY, value="-123456789.25", period=Period.of("unstated"),
        baseline=Baseline(value="987654321.5", period=Period.of("2024-02-19/2024-02-28")),
        source=label,
    )  # fmt: skip
    for form in (GraphicForm.CHANGE, GraphicForm.STATUSES):
        graphic = Graphic(id=form, form=form, title=label, figures=("money",))
        yield inline_graphic(graphic, [money], wording)


@pytest.mark.parametrize("width", [280, 390, 460, 760])
def test_nothing_is_cut_off_or_covered(
    deqing: Atlas, new_page: Callable[..., Page], width: int
) -> None:
    page = new_page(viewport={"width": 800, "height": 800})
    style = (ASSETS / "graphics.css").read_text(encoding="utf-8")
    for lang in LONG:
        body = "".join(drawings(deqing, lang))
        direction = Wording(lang).direction
        page.set_content(
            f'<html lang="{lang}" dir="{direction}"><style>{style}</style>'
            f'<body style="width: {width}px">{body}</body>'
        )
        assert page.locator("svg:visible").count() == page.locator(".graphic-drawing").count()
        assert page.evaluate(MEASURE) == []
