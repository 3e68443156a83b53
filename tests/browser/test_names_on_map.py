"""The names on the map: each division's is there, whole, free and legible, on any screen."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import Error, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

SCREENS = [(320, 700), (360, 740), (390, 844), (768, 1024), (1280, 900), (1920, 1080)]
LEAST_CONTRAST = 4.5

SLUGS = "[...document.querySelectorAll('path.division')].map(path => path.dataset.slug)"

FAULTS = """chosen => {
  const found = [];
  const map = document.querySelector(".leaflet-container");
  const edge = map.getBoundingClientRect();
  const boxOf = element => element.getBoundingClientRect();
  const meet = (a, b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const names = [...document.querySelectorAll(".label span")].filter(e => e.checkVisibility());
  const controls = ".bar button, .base-map, .legend, .leaflet-control-attribution";
  const over = [...document.querySelectorAll(controls)].filter(e => boxOf(e).width);
  const numbers = new Set([...document.querySelectorAll(".name-key b")].map(e => e.textContent));
  for (const { dataset: { slug } } of document.querySelectorAll("path.division")) {
    const own = names.filter(e => e.dataset.division === slug);
    if (own.length !== 1) found.push(`${slug} has ${own.length} names`);
    else if (/^\\d+$/.test(own[0].textContent) && !numbers.has(own[0].textContent))
      found.push(`${slug} is a number that the key does not have`);
  }
  for (const [i, name] of names.entries()) {
    const box = boxOf(name);
    const text = name.textContent;
    if (box.left < edge.left || box.right > edge.right || box.top < edge.top
      || box.bottom > edge.bottom) found.push(`${text} is cut off`);
    for (const control of over)
      if (meet(box, boxOf(control))) found.push(`${text} lies under ${control.className}`);
    for (const other of names.slice(i + 1))
      if (meet(box, boxOf(other))) found.push(`${text} lies on ${other.textContent}`);
  }
  const marked = names.filter(e => e.matches(".chosen"));
  if (marked.map(e => e.dataset.division).join() !== chosen)
    found.push("the chosen one has no name");
  if (marked.some(e => e.matches(".number"))) found.push("the chosen one is but a number");
  const height = e => Number(getComputedStyle(e.parentElement).zIndex);
  if (marked.some(e => names.some(other => height(other) > height(e))))
    found.push("the chosen one's name is not on top");
  return found;
}"""

FAINT = """() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const lightOf = colour => {
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const around = style => style.textShadow.match(/(rgb|color|oklab|oklch)[^)]*\\)/)?.[0]
    ?? style.backgroundColor;
  return [...document.querySelectorAll(".label span")].flatMap(name => {
    const style = getComputedStyle(name);
    const [a, b] = [style.color, around(style)].map(lightOf);
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return style.opacity !== "1" || !(contrast >= 4.5) ? [`${name.textContent} ${contrast}`] : [];
  });
}"""


def named(reader: StoryPage, chosen: str = "") -> None:
    """Wait until the names lie as they do for this choice on a map of this size."""
    reader.frame.wait_for_function(
        """chosen => {
          const map = document.querySelector(".leaflet-container");
          return map.dataset.named === `${chosen} ${map.clientWidth}x${map.clientHeight}`
            && map.clientWidth === innerWidth;
        }""",
        arg=chosen,
    )


def faults(reader: StoryPage, chosen: str = "") -> list[str]:
    """Say what is wrong with the names once the page has its new form, if anything is."""
    named(reader, chosen)
    with contextlib.suppress(Error):
        whole = f"chosen => ({FAULTS})(chosen).length === 0"
        reader.frame.wait_for_function(whole, arg=chosen, timeout=30_000)
    found: list[str] = reader.frame.evaluate(FAULTS, chosen)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_division_is_named_on_any_screen(open_page: OpenPage, lang: str, scheme: str) -> None:
    reader = open_page(f"lang={lang}", color_scheme=scheme, viewport={"width": 320, "height": 700})

    found = {}
    for width, height in SCREENS:
        reader.page.set_viewport_size({"width": width, "height": height})
        reader.page.screenshot()  # without a window Chromium may draw nothing of the new size
        found[width] = faults(reader) + reader.frame.evaluate(FAINT)

    assert found == {width: [] for width, _ in SCREENS}


@pytest.mark.parametrize(
    ("lang", "scheme", "width"),
    [
        ("en", "light", 320),
        ("en", "dark", 390),
        ("zh", "light", 390),
        ("zh", "dark", 320),
        ("en", "light", 1280),
        ("zh", "light", 1280),
    ],
)
def test_each_division_can_be_chosen_and_all_are_named(
    open_page: OpenPage, lang: str, scheme: str, width: int
) -> None:
    size = {"width": width, "height": 844}
    reader = open_page(f"lang={lang}", color_scheme=scheme, viewport=size)
    reader.cut_the_line()  # the map alone is looked at
    found = {}
    for slug in reader.frame.evaluate(SLUGS):
        reader.division(slug).focus()
        reader.page.keyboard.press("Enter")
        found[slug] = faults(reader, slug) + reader.frame.evaluate(FAINT)

    assert found == {slug: [] for slug in found}
    assert len(found) == 13


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_around_each_letter_is_enough_contrast(open_page: OpenPage, scheme: str) -> None:
    """The colours of themes are the editors': whatever they are, the letters stand out."""
    reader = open_page("lang=zh", color_scheme=scheme, device_scale_factor=2)
    reader.frame.add_style_tag(
        content=""".division { fill: #777 !important; fill-opacity: 1 !important; }
                   .label.context, .legend { visibility: hidden; }"""
    )  # of all colours, the one that is worst for black and for white ink
    ink = reader.frame.evaluate("getComputedStyle(document.querySelector('.label .story')).color")
    red, green, blue = (int(each) for each in ink[4:-1].split(","))
    names = reader.map.locator(".label .story")
    expect(names).to_have_count(4)
    shown = pixels(reader)
    reader.frame.add_style_tag(content=".label span { color: transparent !important; }")
    without = pixels(reader)

    letters = (np.abs(shown - np.array([red, green, blue])).max(axis=2) < 12) & (
        np.abs(shown - without).max(axis=2) > 60
    )
    assert letters.sum() > 500
    grown = Image.fromarray((letters * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(5))
    ground = without[np.asarray(grown) > 0]
    contrast = contrasts(np.array([[red, green, blue]]), ground)
    assert np.quantile(contrast, 0.02) >= LEAST_CONTRAST


def pixels(reader: StoryPage) -> np.ndarray:
    shot = reader.map.locator(".leaflet-container").screenshot()
    return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB")).astype(int)


def contrasts(ink: np.ndarray, ground: np.ndarray) -> np.ndarray:
    """Return the contrast of a colour with each of others, as WCAG counts it."""
    a, b = light(ink), light(ground)
    ratio: np.ndarray = (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)
    return ratio


def light(colours: np.ndarray) -> np.ndarray:
    part = colours / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    luminance: np.ndarray = linear @ np.array([0.2126, 0.7152, 0.0722])
    return luminance


def test_a_choice_moves_no_name_that_is_not_in_its_way(open_page: OpenPage) -> None:
    reader = open_page("lang=en", viewport={"width": 1280, "height": 900})
    where = """() => Object.fromEntries([...document.querySelectorAll(".label span")]
      .map(e => [e.textContent, e.style.translate]))"""
    named(reader)
    before = reader.frame.evaluate(where)

    reader.press("moganshan")
    named(reader, "moganshan")

    after = reader.frame.evaluate(where)
    far = {name: at for name, at in before.items() if "Moganshan" not in name}
    assert far.items() <= after.items()


def test_zoomed_in_what_is_in_view_is_named_where_it_is(open_page: OpenPage) -> None:
    reader = open_page("lang=en&town=xinan&tour=1", reduced_motion="reduce")
    reader.expect_map_around("xinan")
    named(reader, "xinan")

    unnamed = reader.frame.evaluate(
        """() => [...document.querySelectorAll("path.division")].filter(path => {
          const { left, right, top, bottom } = path.getBoundingClientRect();
          const inView = Math.min(right, innerWidth) - Math.max(left, 0) > 150
            && Math.min(bottom, innerHeight) - Math.max(top, 0) > 100;
          return inView && !document.querySelector(`[data-division=${path.dataset.slug}]`);
        }).map(path => path.dataset.slug)"""
    )
    assert unnamed == []
