"""A story's body, divided into scenes, and its links from numbers to figures."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.markdown import (
    lead_html,
    markdown_html,
    odd_marks,
    plain_markdown,
    plain_words,
    read_body,
    without_marks,
)
from tests.support.work import growth, seconds

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


def test_a_lead_is_markdown() -> None:
    line = "*a* **b** `c` [7 <i>](#figure-x) [8](#figure-y) [9](https://z) <b>\\*"
    assert lead_html(line, {"x"}) == (
        "<em>a</em> <strong>b</strong> <code>c</code> "
        '<a href="#figure-x" class="to-figure">7 &lt;i&gt;</a> 8 <a href="https://z">9</a>'
        " &lt;b&gt;*"
    )
    assert plain_words(line) == "a b c 7 <i> 8 9 <b>*"


def test_comments_reach_no_reader() -> None:
    text = "One <!-- 13 wells --> two.\n<!-- alone\n\n14 -->\n\n<!-- x --> three\n\n"
    text += "```\n<!-- y -->\n```"
    assert markdown_html(text) == (
        "<p>One  two.</p>\n<p> three</p>\n<pre><code>&lt;!-- y --&gt;\n</code></pre>\n"
    )
    assert "13" not in without_marks(text)
    assert len(without_marks(text)) == len(text)
    assert "<!-- x" not in plain_markdown(text)


def test_tables_are_tables() -> None:
    html = markdown_html("| A | B |\n|---|--:|\n| 1 | *2* |")
    assert "<th>A</th>" in html
    assert '<td style="text-align:right"><em>2</em></td>' in html


def test_headings_are_below_the_headline() -> None:
    html = markdown_html("# a\n\n## b\n\n### c\n\n###### d")
    assert html == "<h3>a</h3>\n<h3>b</h3>\n<h4>c</h4>\n<h6>d</h6>\n"


def test_pictures_are_left_out() -> None:
    assert markdown_html("![a](https://example.org/x.jpg)\n\nOne ![b](c.png)two.").strip() == (
        "<p>One two.</p>"
    )


ODD = """\
# Headline

A lead with ![a picture](https://example.org/x.jpg).

# Another
Words[^1] and <b>more</b>, H~2~O, x^2^, :smile:
and https://example.org, <https://example.org>, [https://a.example](https://a.example)

- [ ] a task

`<b> [^1] :smile: https://x.example` <!-- not
"""


def test_marks_that_say_less_here_are_named() -> None:
    assert [(odd.line, odd.what.partition(":")[0]) for odd in odd_marks(ODD)] == [
        (3, "pictures are not shown by `![…](…)`"),
        (5, "the story has a second headline"),
        (6, "footnotes are not read here"),
        (6, "HTML is shown as it is written"),
        (6, "raised and lowered signs are not read here"),
        (6, "names of emoji are not read here"),
        (7, "the address is no link"),
        (9, "lists of tasks are not read here"),
        (11, "the comment has no end, and readers get it"),
    ]


@given(st.text(alphabet="<>&\"'![]()*_`|-\\~#:/ \nabjscript", max_size=80))
def test_no_markup_of_an_editor_s_reaches_the_page(text: str) -> None:
    known = {
        "p", "em", "strong", "code", "pre", "a", "ul", "ol", "li", "blockquote", "hr", "br", "s",
        "table", "thead", "tbody", "tr", "th", "td", "h3", "h4", "h5", "h6",
    }  # fmt: skip
    for html in (markdown_html(text), lead_html(text)):
        for tag, attributes in re.findall(r"</?([A-Za-z][^\s/>]*)([^>]*)>", html):
            assert tag in known
            names = set(re.findall(r"(?<![\w-])([a-z-]+)=\"", attributes))
            assert names <= {"href", "title", "class", "style", "start"}
            assert 'href="javascript' not in attributes.lower()
        assert "<!" not in html


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
          "[7](#figure-", "[", "- ::: scene a\n", "<!-- ", "<!--\n",
          "<!-- -->", "| a |\n|---|\n", "![a](b) "]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_takes_twice_the_time(piece: str) -> None:
    def read(times: int) -> None:
        read_body(piece * times)
        lead_html(piece * times, {"a"})
        list(odd_marks(piece * times))

    def taken(times: int) -> float:
        return seconds(lambda: read(times))

    read(50)
    assert growth(lambda: taken(300), lambda: taken(1_200), most=8) <= 8  # four times the text
