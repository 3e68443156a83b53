# ruff: noqa: E501  # tables of values
"""Sizes: limits are said, time grows with the text, and faults are counted."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from faults import MOST_FAULTS
from serving.card.typesetting import BOLD, fitting
from stories.checks import check_atlas
from stories.checks.numbers import number_faults
from stories.markdown import markdown_html
from stories.model.atlas import Figure
from stories.numbers import find_numbers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZE = 20_000
MOST_GROWTH = 2.5


def growth(work: Callable[[str], object], text: str) -> float:
    """Return how many times as long twice the text takes.

    What else the machine does only ever adds to a time, so the least of each counts; a busy minute
    is given time to pass.
    """
    texts = [(text * SIZE)[:length] for length in (SIZE, 2 * SIZE)]
    work(texts[0][:100])
    times: list[list[float]] = [[], []]
    for round_ in range(20):
        for taken, each in zip(times, texts, strict=True):
            begin = process_time()
            work(each)
            taken.append(process_time() - begin)
        once, twice = map(min, times)
        if round_ >= 2 and (twice < 0.05 or twice / once <= MOST_GROWTH):
            break
    return 1 if twice < 0.05 else twice / once


RUNS = [("zh", "一"), ("zh", "1"), ("zh", "1,000"), ("zh", "万亿"), ("zh", "一点"), ("zh", "百分之三十"),
        ("zh", "2024年2月"), ("zh", "1.3亿"), ("en", "1"), ("en", "1,000 "), ("en", "twenty "),
        ("en", "one hundred and "), ("en", "aaaa"), ("en", "3 May 2024 "), ("fr", "1 000 "), ("fr", "vingt "), ("de", "zwei Drittel "),
        ("ko", "1억 2천만 "), ("ja", "3分の2"), ("ar", "٣٫٥ مليون "), ("zh", "两三个"), ("zh", "过半近"),
        ("zh", "壹佰"), ("en", "1,23,"), ("en", "one in two "), ("en", "1-2"), ("hi", "१,२३,४५६ ")]  # fmt: skip


@pytest.mark.parametrize(("lang", "text"), RUNS)
def test_numbers_are_found_in_the_text_s_own_time(lang: str, text: str) -> None:
    assert growth(lambda each: find_numbers(each, lang), text) <= MOST_GROWTH


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "12 wells\n"), ("en", "more than 12 "), ("zh", "增长12%"), ("zh", "2023年"), ("zh", "[12](#figure-a)"),
     ("ar", "بزيادة 6%، "), ("de", "stieg um 2 Prozent ")],
)  # fmt: skip
def test_numbers_are_checked_in_the_text_s_own_time(lang: str, text: str) -> None:
    assert growth(lambda each: list(number_faults("f", each, lang, [])), text) <= MOST_GROWTH


@pytest.mark.parametrize("text", ["企业产值增长12%，", "数百家企业，"])
def test_many_figures_are_held_to_a_long_text_in_time(text: str) -> None:
    figures = [
        Figure.model_validate(
            {"id": f"f{at}", "label": {"zh": f"第{at}家企业产值"}, "unit": "%", "value": at + 1000,
             "period": 2023, "baseline": {"value": 3, "period": 2022}, "source": {"zh": "-"}}
        )
        for at in range(500)
    ]  # fmt: skip
    prose = (text * SIZE)[:50_000]

    def taken(some: list[Figure]) -> float:
        begin = process_time()
        list(number_faults("f", prose, "zh", some))
        return process_time() - begin

    many, few = (min(taken(some) for _ in range(3)) for some in (figures, figures[:1]))
    assert many < 10 * few  # it was 14 to 17 times, and more under coverage


@pytest.mark.parametrize("text", ["W", "字", "ab ", "，", "i" * 50 + " "])
def test_a_headline_of_any_length_is_set_at_once(text: str) -> None:
    begin = process_time()
    box = fitting(text * 100_000, (58, 34), width=520, height=232, weight=BOLD, lang="zh")
    assert process_time() - begin < 5
    assert box.lines[-1].endswith("…")


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
    begin = process_time()
    markdown_html((text * 5_000)[:5_000])
    assert process_time() - begin < 1
