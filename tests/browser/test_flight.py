"""What a map does at the end of a flight, on a processor that may be slow."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.story_page import StoryPage

WATCH = """() => {
  const drawn = (window.drawn = {});
  const watch = (name, selector, attributeFilter) => {
    const note = () => { drawn[name] = document.timeline.currentTime; };
    const seen = { attributes: true, subtree: true, childList: true, attributeFilter };
    for (const each of document.querySelectorAll(selector)) {
      new MutationObserver(note).observe(each, seen);
    }
  };
  watch("divisions", ".leaflet-divisions-pane path", ["d"]);
  watch("around", ".leaflet-context-pane path", ["d"]);
  watch("names", ".leaflet-names-pane .label span", ["style", "class"]);
  window.map.on("moveend", () => { drawn.end = document.timeline.currentTime; });
}"""
"""Note in which picture each part was last drawn: all that is drawn in one has one time."""


def test_each_part_is_drawn_in_a_picture_of_its_own(
    open_page: Callable[..., StoryPage],
) -> None:
    reader = open_page("lang=en")
    reader.frame.evaluate(WATCH)

    reader.frame.evaluate("window.storymap.showCue({ look: { slugs: ['leidian'] } })")
    reader.expect_map_around("leidian")
    drawn = reader.frame.wait_for_function(
        "drawn.end && drawn.names > drawn.end && drawn.around > drawn.end && drawn"
    ).json_value()

    order = [drawn[part] for part in ("end", "divisions", "around", "names")]
    assert order == sorted(set(order)), drawn
