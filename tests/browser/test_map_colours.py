"""What tells divisions with a story from the others, on light and dark pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.story_page import StoryPage

LEAST = 3.0
"""WCAG 2.1, 1.4.11."""
CONTRASTS = """() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = path => {
    const { fill, fillOpacity } = getComputedStyle(path);
    pen.globalAlpha = Number(fillOpacity);
    pen.fillStyle = fill;
    pen.fillRect(0, 0, 1, 1);
  };
  const light = (...paths) => {
    pen.clearRect(0, 0, 1, 1);
    paths.forEach(paint);
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const county = document.querySelector(".county"); // lies below all divisions
  const quiet = light(county, document.querySelector(".division:not(.story)"));
  return Object.fromEntries([...document.querySelectorAll(".division.story")].map(path => {
    const [low, high] = [quiet, light(county, path)].sort((a, b) => a - b);
    return [path.dataset.slug, (high + 0.05) / (low + 0.05)];
  }));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_division_with_a_story_stands_out_from_those_without(
    open_page: Callable[..., StoryPage], scheme: str
) -> None:
    reader = open_page("lang=en", color_scheme=scheme)
    contrasts = reader.frame.evaluate(CONTRASTS)
    assert len(contrasts) == 4
    assert {slug: ratio for slug, ratio in contrasts.items() if ratio < LEAST} == {}
