"""Sections and paragraphs of a source text."""

import pytest

from stories.files.source_text import paragraphs

TEXT = """\
Title

东镇 打井

第一段。

第二段说到一半

就断了。“引语”

第三段

西镇 修路

别的。
"""


def test_a_paragraph_broken_in_mid_sentence_counts_once() -> None:
    found = paragraphs(TEXT, "东镇 打井", ["东镇 打井", "西镇 修路"])
    assert found == ["第一段。", "第二段说到一半就断了。“引语”", "第三段"]
    assert paragraphs(TEXT, "西镇 修路", ["东镇 打井", "西镇 修路"]) == ["别的。"]


def test_a_heading_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="南镇"):
        paragraphs(TEXT, "南镇", [])
