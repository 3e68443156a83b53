"""A story's body, divided into scenes, and its links from numbers to figures."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.markdown import (
    figure_html,
    markdown_html,
    plain_markdown,
    read_body,
    without_marks,
)

TOLD = """\
Before.

::: scene wells
Twelve *wells*, [12 of them](#figure-wells).

- one
:::
Between.
:::: scene growth
See [there].
::::

After.

[there]: https://example.org
"""

MARKS = """\
:::
::: scene a
::: scene b
:::: scene c
    ::: scene d
> ::: scene e
- ::: scene f
::: other
```
words
# head
[7](#figure-x)
:::scene g
::: scene
1. x
  :::
"""
lines = st.lists(st.sampled_from([*MARKS.split("\n")]) | st.text(max_size=20), max_size=30)


def test_a_body_is_scenes_and_what_stands_between_them() -> None:
    body = read_body(TOLD)
    assert body.faults == ()
    assert [(part.scene, part.line) for part in body.parts] == [
        (None, 1), ("wells", 3), (None, 8), ("growth", 9), (None, 12)
    ]  # fmt: skip
    assert body.scenes == {"wells": 3, "growth": 9}
    assert body.parts[1].markdown.startswith("Twelve *wells*")
    assert str(body.parts[2].html()) == "<p>Between.</p>\n"


def test_links_work_whichever_part_says_where_they_lead() -> None:
    assert '<a href="https://example.org">there</a>' in read_body(TOLD).parts[3].html()


def test_links_to_figures_that_are_not_on_the_page_are_words() -> None:
    passage = read_body(TOLD).parts[1]
    assert "<em>wells</em>, 12 of them.</p>" in passage.html()
    linked = read_body(TOLD).parts[1].html({"wells"})
    assert '<a href="#figure-wells" class="to-figure">12 of them</a>' in linked


def test_readers_elsewhere_get_the_words_without_marks() -> None:
    plain = plain_markdown(TOLD)
    assert ":::" not in plain
    assert "#figure-" not in plain
    assert "Twelve *wells*, 12 of them.\n\n- one\n\nBetween.\n\nSee [there]." in plain


def test_without_marks_everything_else_keeps_its_place() -> None:
    blank = without_marks(TOLD)
    assert len(blank) == len(TOLD)
    assert ":::" not in blank
    assert blank.index("Between") == TOLD.index("Between")


def test_text_in_fences_is_no_scene() -> None:
    body = read_body("```\n::: scene a\n:::\n```")
    assert (body.faults, body.scenes) == ((), {})


def test_one_line_with_links_is_text_but_for_them() -> None:
    line = figure_html("<b> *a* [7 <i>](#figure-x) [8](#figure-y) [9](https://z)", {"x"})
    assert line == (
        '&lt;b&gt; *a* <a href="#figure-x" class="to-figure">7 &lt;i&gt;</a> 8 [9](https://z)'
    )


@given(written=lines)
def test_any_text_between_marks_is_read_or_told_where_it_is_wrong(written: list[str]) -> None:
    text = "\n".join(written)
    body = read_body(text)
    count = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    assert all(1 <= fault.line <= count for fault in body.faults)
    assert all(fault.what and fault.mend for fault in body.faults)
    markdown_html(text)
    if not body.faults:
        again = read_body(plain_markdown(text))
        assert again.scenes == {} or "```" in text or "    " in text
    assert len(without_marks(text)) == len(text)


PIECES = ["::: scene a\nwords\n:::\n", "::: scene a\n", ":::\n", "> ::: scene a\n", ":",
          "[7](#figure-", "[", "- ::: scene a\n"]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_takes_twice_the_time(piece: str) -> None:
    def seconds(times: int) -> float:
        begin = process_time()
        read_body(piece * times)
        figure_html(piece * times, {"a"})
        return process_time() - begin

    seconds(50)
    once, more = min(seconds(600) for _ in range(3)), min(seconds(4_800) for _ in range(2))
    assert more < 0.05 or more < 24 * once, (once, more)  # eight times the text
