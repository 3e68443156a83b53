"""A story's words."""

import pytest

from stories.files.markdown import ProseFault, parse_story_text


def test_headline_lead_and_body() -> None:
    text = parse_story_text("\n# 东镇 \n\n第一行\n第二行。\n\nBody *one*.\n\nBody two.\n")
    assert not isinstance(text, ProseFault)
    assert text.headline == "东镇"
    assert text.lead == "第一行第二行。"
    assert text.body_markdown == "Body *one*.\n\nBody two."


def test_broken_lines_join_with_a_space_between_latin_words() -> None:
    text = parse_story_text("# East\n\nOne line\nand another.")
    assert not isinstance(text, ProseFault)
    assert text.lead == "One line and another."
    assert text.body_markdown == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("\n\nNo headline", 3), ("# \n\nx", 1), ("# East\n", 1), ("# East\n\n## Again", 1)],
)
def test_what_is_missing_is_named(text: str, line: int) -> None:
    fault = parse_story_text(text)
    assert isinstance(fault, ProseFault)
    assert fault.line == line
