"""Figures in words, in both languages of the bundled atlas."""

from decimal import Decimal

import pytest

from stories.model.atlas import Atlas, Baseline, Figure, Period
from stories.wording import Wording
from stories.wording.figures import (
    baseline_text,
    change_text,
    computation_text,
    figure_text,
    number_text,
    passage_text,
    period_text,
)


def figure(atlas: Atlas, town: str, figure_id: str) -> Figure:
    story = atlas.story(town)
    assert story
    found = story.figure(figure_id)
    assert found
    return found


@pytest.mark.parametrize(
    ("town", "figure_id", "zh", "en"),
    [
        ("leidian", "pm25", "37微克/立方米", "37 µg/m³"),
        ("leidian", "pm25-change", "约-30%", "about -30%"),
        ("leidian", "foundries", "7家", "7 firms"),
        ("xinan", "shangfeng-output", "至少1.3亿元（预计）", "at least CNY 130 million (forecast)"),
        ("xinan", "shangfeng-growth", "约10%（预计）", "about 10% (forecast)"),
        ("xinan", "shangfeng-quarter", "3000万元（目标）", "CNY 30 million (target)"),
        ("xinan", "qianteng-output", "近3亿元", "nearly CNY 300 million"),
        ("xinan", "shangfeng-orders", "2024年5月", "May 2024"),
        ("yuyue", "jobs", "至少1,800个岗位", "at least 1,800 jobs"),
        ("kangqian", "new-projects", "10个项目（计划）", "10 projects (plan)"),
    ],
)
def test_value_with_qualifier_and_status(
    deqing: Atlas, town: str, figure_id: str, zh: str, en: str
) -> None:
    found = figure(deqing, town, figure_id)
    assert figure_text(found, Wording("zh")) == zh
    assert figure_text(found, Wording("en")) == en


def test_number_alone(deqing: Atlas) -> None:
    output = figure(deqing, "xinan", "shangfeng-output")
    assert number_text(output, Wording("zh")) == "1.3亿元"
    assert number_text(output, Wording("en")) == "CNY 130 million"


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2023", "2023年", "2023"),
        ("2024-Q1", "2024年第1季度", "Q1 2024"),
        ("2024-02", "2024年2月", "February 2024"),
        ("2024-02-19", "2024年2月19日", "February 19, 2024"),
        ("2024-02-19/2024-02-28", "2024年2月19日至28日", "Feb 19\u2009–\u200928, 2024"),
        ("unstated", "时间未说明", "time not stated"),
    ],
)
def test_periods(period: str, zh: str, en: str) -> None:
    assert period_text(Period.of(period), Wording("zh")) == zh
    assert period_text(Period.of(period), Wording("en")) == en


def test_comparisons(deqing: Atlas) -> None:
    pm25, growth = figure(deqing, "leidian", "pm25"), figure(deqing, "xinan", "shangfeng-growth")
    en = Wording("en")
    assert baseline_text(pm25, en) == "compared with 53 µg/m³ (December 2023)"
    assert baseline_text(growth, en) == "compared with 2023"
    assert baseline_text(figure(deqing, "yuyue", "jobs"), en) is None
    assert change_text(pm25, en) == "down about 30%"
    assert change_text(pm25, Wording("zh")) == "下降约30%"
    assert change_text(growth, en) is None


@pytest.mark.parametrize(("before", "said"), [("37", "unchanged"), ("20", "up about 85%")])
def test_changes_the_other_way(deqing: Atlas, before: str, said: str) -> None:
    baseline = Baseline(value=Decimal(before), period=Period.of("2023"))
    pm25 = figure(deqing, "leidian", "pm25").model_copy(update={"baseline": baseline})
    assert change_text(pm25, Wording("en")) == said


def test_origins(deqing: Atlas) -> None:
    story = deqing.story("kangqian")
    assert story
    teams, signed = story.figure("teams"), story.figure("signed")
    assert teams
    assert signed
    assert signed.passage
    zh = Wording("zh", deqing.languages)
    assert passage_text(signed.passage, zh) == "“康乾街道 招商引资更要招才引智”一节，第1段"
    assert computation_text(signed, story.figures, zh) is None
    said = "本图集计算：“先锋队”、“先遣队”和“特战队”之和"
    assert computation_text(teams, story.figures, zh) == said
