"""A metric on the map: classes, hatches, circles, words; another period asks nobody."""

from __future__ import annotations

import re
from math import pi
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from serving.store.snapshot import load_snapshot
from stories.files.loader import read_atlas
from stories.metrics import classify, scale
from stories.wording import Wording
from stories.wording.metrics import metric_value_text
from tests.browser.test_scenes import listen_to_the_wire
from tests.conftest import DEQING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from serving.store.snapshot import Snapshot
    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

FIRST, LAST = "2018-10-31", "2023-06-30"
LOOKS = """() => Object.fromEntries([...document.querySelectorAll("path.division")]
.filter(path => path.checkVisibility()).map(path => {
  const { fill, fillOpacity } = getComputedStyle(path);
  return [path.dataset.slug, { fill, opacity: Number(fillOpacity), classes: [...path.classList] }];
}))"""
VARIABLES = """() => {
  const style = getComputedStyle(document.documentElement);
  const colours = [];
  for (let i = 0; style.getPropertyValue(`--class-${i}`); i += 1) {
    colours.push(style.getPropertyValue(`--class-${i}`).trim().toUpperCase());
  }
  return colours;
}"""
PICTURES = 600
"""That the browser may draw until what was asked for stands in one; some ten seconds."""
INKS = """() => {
  const linear = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(linear);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.forcedColorAdjust = "none";
  const rgb = colour => { probe.style.color = colour; return getComputedStyle(probe).color; };
  const names = [...document.querySelectorAll(".label span[data-division]")];
  return names.filter(name => name.checkVisibility()).map(name => {
    const { color, textShadow } = getComputedStyle(name);
    const halo = textShadow.match(/rgb\\([^)]*\\)/)[0];
    const index = name.style.getPropertyValue("--on").match(/\\d/);
    const ground = name.classList.contains("on-class")
      ? rgb(getComputedStyle(document.documentElement).getPropertyValue(
          `--class-${index[0]}`))
      : halo;
    return Math.min(...[halo, ground].map(each => {
      const pair = [light(color), light(each)].sort((a, b) => a - b);
      return pair[1] / pair[0];
    }));
  });
}"""


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return load_snapshot(read_atlas(DEQING))


@pytest.fixture
def shown(open_page: OpenPage) -> OpenPage:
    """Open the story map and wait for its metric."""

    def opened(query: str, **options: object) -> StoryPage:
        reader = open_page(query, **options)
        wait_for(reader, "")
        return reader

    return opened


def wait_for(reader: StoryPage, shown: str) -> None:
    """Wait until the map shows a metric in a period."""
    reader.frame.wait_for_function(
        "shown => window.map.getContainer().dataset.metric?.includes(shown)", arg=shown
    )


def ask(reader: StoryPage, **detail: object) -> None:
    """Ask the map as the page does, without the server."""
    reader.frame.evaluate("detail => window.storymap.setMetric(detail)", detail)


def looks(reader: StoryPage) -> dict[str, Any]:
    found: dict[str, Any] = reader.frame.evaluate(LOOKS)
    return found


def division(reader: StoryPage, slug: str) -> Locator:
    """Find a division as it is drawn now: boundaries of other dates may lie below it, unseen."""
    return reader.division(slug).filter(visible=True)


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


def expect_classes(reader: StoryPage, snapshot: Snapshot, period: str, scheme: str) -> None:
    """Hold the colour of each division against the class of its value.

    Boundaries of another date come after the period: they are painted in a later picture.
    """
    series = snapshot.series["density"]
    classes = classify(series)
    colours = getattr(scale(classes), scheme)
    cells = series.at(series.period(period))

    def wanted(slug: str) -> str:
        cell = cells.get(slug)
        if cell is None:
            return "#no-value"
        number = classes.index(cell.value)
        return f"#uncertain-{number}" if cell.uncertain else rgb(colours[number])

    for _ in range(PICTURES):
        found = looks(reader)
        wrong = {slug: look for slug, look in found.items() if wanted(slug) not in look["fill"]}
        if not wrong:
            break
        reader.frame.evaluate("() => new Promise(requestAnimationFrame)")
    assert wrong == {}
    assert {slug for slug, look in found.items() if "no-value" in look["classes"]} == {
        slug for slug in found if cells.get(slug) is None
    }
    assert reader.frame.evaluate(VARIABLES) == list(colours)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_divisions_have_the_colours_of_their_classes_and_names_are_read_on_each(
    shown: OpenPage, snapshot: Snapshot, scheme: str
) -> None:
    reader = shown(f"metric=density&period={FIRST}&lang=zh&town=leidian", color_scheme=scheme)
    expect_classes(reader, snapshot, FIRST, scheme)
    assert min(reader.frame.evaluate(INKS)) >= 4.5
    expect(reader.map.locator(".legend .colours")).to_be_hidden()
    assert (
        reader.map.locator(".chosen-casing")
        .filter(visible=True)
        .evaluate("e => getComputedStyle(e).display")
        != "none"
    )


def test_another_period_and_one_class_ask_nobody(shown: OpenPage, snapshot: Snapshot) -> None:
    reader = shown("metric=density&lang=en")
    expect_classes(reader, snapshot, LAST, "light")
    reader.mark_frame()
    sent = listen_to_the_wire(reader.page)
    path = division(reader, "moganshan")
    series = snapshot.series["density"]
    wording = Wording("en", ["zh", "en"])
    cell = series.at(series.period(LAST))["moganshan"]
    said = metric_value_text(cell.value, series.metric, wording, cell.qualifier, cell.status)
    expect(path).to_have_attribute("aria-label", re.compile(re.escape(said)))

    ask(reader, metric="density", period=FIRST)
    wait_for(reader, FIRST)
    expect_classes(reader, snapshot, FIRST, "light")
    expect(path).not_to_have_attribute("aria-label", re.compile(re.escape(said)))
    expect(division(reader, "kangqian")).to_have_count(0)  # the boundaries of that time are there
    path.hover()
    expect(reader.map.locator(".tip")).to_contain_text("31 October 2018")
    then = series.at(series.period(FIRST.rsplit(maxsplit=1)[-1]))["moganshan"]
    said = metric_value_text(then.value, series.metric, wording, then.qualifier, then.status)
    expect(reader.map.locator(".tip")).to_contain_text(said)

    ask(reader, metric="density", highlight=1)
    classes = classify(series)
    cells = series.at(series.period(LAST))
    stands_out = {slug for slug, each in cells.items() if classes.index(each.value) == 1}
    assert stands_out
    found = looks(reader)
    assert {slug for slug, look in found.items() if look["opacity"] >= 0.85} == stands_out

    reader.frame.evaluate("window.storymap.setMetric(null)")
    wait_for(reader, LAST)
    expect_classes(reader, snapshot, LAST, "light")
    reader.expect_same_frame()
    assert sent == []


def test_counts_are_circles_whose_areas_are_in_proportion(
    shown: OpenPage, snapshot: Snapshot
) -> None:
    reader = shown("metric=villages&lang=en")
    series = snapshot.series["villages"]
    radii = """() => Object.fromEntries([...document.querySelectorAll("circle.symbol")]
        .map(each => [each.dataset.slug, Number(each.getAttribute("r"))]))"""

    def expect_areas(period: str) -> dict[str, float]:
        found: dict[str, float] = reader.frame.evaluate(radii)
        cells = series.at(series.period(period))
        unit = {slug: pi * found[slug] ** 2 / float(cell.value) for slug, cell in cells.items()}
        assert max(unit.values()) == pytest.approx(min(unit.values()), rel=0.005)
        return found

    last = expect_areas(LAST)
    largest = reader.page.evaluate("window.storyCircles.radius")
    assert largest >= max(last.values())
    ask(reader, metric="villages", period=FIRST)
    wait_for(reader, FIRST)
    first = expect_areas(FIRST)
    assert not first.get("kangqian")  # it was no division yet
    assert first["xiazhuhu"] > last["xiazhuhu"]
    order = reader.frame.evaluate(
        """() => ["symbols", "names"].map(name => Number(window.map.getPane(name).style.zIndex))"""
    )
    assert order == sorted(order)
    assert "valued" not in looks(reader).get("kangqian", {"classes": []})["classes"]


def test_without_a_metric_the_themes_colours_are_back(shown: OpenPage, open_page: OpenPage) -> None:
    fill = "path => getComputedStyle(path).fill"
    before = division(open_page("lang=zh"), "leidian").evaluate(fill)
    reader = shown("metric=density&lang=zh")
    assert division(reader, "leidian").evaluate(fill) != before
    ask(reader, metric="")
    expect(reader.map.locator("path.valued")).to_have_count(0)
    assert division(reader, "leidian").evaluate(fill) == before
    expect(reader.map.locator(".legend .colours")).to_be_visible()
    expect(division(reader, "leidian")).not_to_have_attribute("aria-label", re.compile("密度"))


def test_where_colours_are_forced_classes_keep_theirs(shown: OpenPage) -> None:
    reader = shown(f"metric=density&period={FIRST}&lang=zh", forced_colors="active")
    found = looks(reader)
    fills = {look["fill"] for look in found.values()}
    assert len(fills) > 2
    assert any("uncertain" in fill for fill in fills)
    assert min(reader.frame.evaluate(INKS)) >= 4.5


def test_a_passage_shows_its_metric_and_gives_back_what_was_there(shown: OpenPage) -> None:
    reader = shown(f"metric=villages&period={FIRST}&lang=zh")
    show = "cue => window.storymap.showCue(cue)"
    cue = {"look": {"slugs": ["leidian"]}, "metric": "density", "period": "2020-06-30"}
    reader.frame.evaluate(show, cue)
    wait_for(reader, "density 2020-06-30")
    expect(division(reader, "leidian")).to_have_class(re.compile("valued.*lit|lit.*valued"))
    found = looks(reader)
    assert found["leidian"]["opacity"] > 3 * found["xinan"]["opacity"]
    reader.frame.evaluate(show, None)
    wait_for(reader, f"villages {FIRST}")
    expect(reader.map.locator("circle.symbol")).not_to_have_count(0)
