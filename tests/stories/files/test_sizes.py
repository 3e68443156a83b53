# ruff: noqa: E501  # tables of values
"""Sizes: limits are said, time grows with the text, and faults are counted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from faults import MOST_FAULTS
from serving.card.typesetting import BOLD, fitting
from stories.checks import check_atlas
from stories.checks.numbers import number_faults
from stories.markdown import markdown_html
from stories.model.atlas import Figure
from stories.numbers import find_numbers
from tests.support.work import calls, growth, seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

SIZE = 20_000
MOST_GROWTH = 2.5
AMOUNTS = 2_500
"""What 500 figures stand for, each for its value, its baseline and the changes between them."""


def growth_of_twice(work: Callable[[str], object], text: str, size: int = SIZE) -> float:
    """Return how many times as long twice the text takes."""
    once, twice = ((text * size)[:length] for length in (size, 2 * size))
    work(once[:100])
    return growth(
        lambda: seconds(lambda: work(once)), lambda: seconds(lambda: work(twice)), MOST_GROWTH
    )


RUNS = [("zh", "一"), ("zh", "1"), ("zh", "1,000"), ("zh", "万亿"), ("zh", "一点"), ("zh", "百分之三十"),
        ("zh", "2024年2月"), ("zh", "1.3亿"), ("en", "1"), ("en", "1,000 "), ("en", "twenty "),
        ("en", "one hundred and "), ("en", "aaaa"), ("en", "3 May 2024 "), ("fr", "1 000 "), ("fr", "vingt "), ("de", "zwei Drittel "),
        ("ko", "1억 2천만 "), ("ja", "3分の2"), ("ar", "٣٫٥ مليون "), ("zh", "两三个"), ("zh", "过半近"),
        ("zh", "壹佰"), ("en", "1,23,"), ("en", "one in two "), ("en", "1-2"), ("hi", "१,२३,४५६ ")]  # fmt: skip


@pytest.mark.parametrize(("lang", "text"), RUNS)
def test_numbers_are_found_in_the_text_s_own_time(lang: str, text: str) -> None:
    assert growth_of_twice(lambda each: find_numbers(each, lang), text) <= MOST_GROWTH


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "12 wells\n"), ("en", "more than 12 "), ("zh", "增长12%"), ("zh", "2023年"), ("zh", "[12](#figure-a)"),
     ("ar", "بزيادة 6%، "), ("de", "stieg um 2 Prozent ")],
)  # fmt: skip
def test_numbers_are_checked_in_the_text_s_own_time(lang: str, text: str) -> None:
    found = growth_of_twice(lambda each: list(number_faults("f", each, lang, [])), text)
    assert found <= MOST_GROWTH


@pytest.mark.parametrize("text", ["企业产值增长12%，", "数百家企业，"])
def test_many_figures_are_held_to_a_long_text_in_time(text: str) -> None:
    figures = [
        Figure.model_validate(
            {"id": f"f{at}", "label": {"zh": f"第{at}家企业产值"}, "unit": "%", "value": at + 1000,
             "period": 2023, "baseline": {"value": 3, "period": 2022}, "source": {"zh": "-"}}
        )
        for at in range(500)
    ]  # fmt: skip

    def check(held_to: list[Figure]) -> None:
        list(number_faults("f", (text * SIZE)[:50_000], "zh", held_to))

    check(figures[:1])  # what is read in once
    without, with_all = (calls(partial(check, each)) for each in ([], figures))
    assert with_all - without < 1_000 * AMOUNTS, "numbers that are alike are looked at once"


@pytest.mark.parametrize("text", ["W", "字", "ab ", "，", "i" * 50 + " "])
def test_a_headline_of_any_length_is_set_at_once(text: str) -> None:
    def lines(headline: str) -> Sequence[str]:
        return fitting(headline, (58, 34), width=520, height=232, weight=BOLD, lang="zh").lines

    long, longer = text * 1_000, text * 100_000
    assert lines(longer)[-1].endswith("…")
    grown = growth(
        lambda: seconds(lambda: lines(long)), lambda: seconds(lambda: lines(longer)), MOST_GROWTH
    )
    assert grown <= MOST_GROWTH


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("atlas.yaml", "Small atlas", "x" * 10_001, "at most 10000 characters"),
        ("east.zh.md", "东镇打井", "井" * 10_001, "the headline has 10,003 characters"),
        ("east.zh.md", "东镇有", "井" * 10_001, "the lead has"),
        ("east.zh.md", "20%", "字" * 100_001, "the story has"),
        ("east.zh.md", "20%", "[" * 5_001, "5,001 signs of Markdown"),
        ("east.zh.md", "20%", "字\n" * 5_001, "lines"),
        ("east.yaml", "[water, work]", f"[{'water, ' * 60}]", "at most 50 items"),
        ("east.yaml", "[water, work]", f"[{'a,' * 100_000}]", "more than 10,000 values"),
        ("east.yaml", "town: east", "town: east\n" + "#\n" * 200_000, "longer than 300,000"),
        ("east.yaml", "paragraph: 1", "paragraph: 100001", "less than or equal to 100000"),
    ],
)
def test_what_is_too_large_is_said(small: Path, name: str, old: str, new: str, said: str) -> None:
    file = small / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(said in str(fault) for fault in check_atlas(small))


def test_faults_are_counted_beyond_the_first(small: Path) -> None:
    with (small / "east.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"unknown{number}: 1\n" for number in range(3_000))
    faults = [fault for fault in check_atlas(small) if "east.yaml" in fault.file]
    assert len(faults) == MOST_FAULTS + 1
    assert sum(fault.count for fault in faults) == 3_000
    assert "and 2,900 more" in str(faults[-1])


@pytest.mark.parametrize("text", ["[", "[*", "*a **a ", "> ", "- ", "_a_ "])
def test_the_densest_markdown_that_is_accepted_is_soon_a_page(text: str) -> None:
    assert growth_of_twice(markdown_html, text, 2_500) <= MOST_GROWTH
