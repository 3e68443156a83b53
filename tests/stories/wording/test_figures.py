"""Figures in words, in both languages of the bundled atlas."""

from decimal import Decimal

import pytest
from babel.localedata import locale_identifiers

from stories.model.atlas import Atlas, Baseline, Figure, Period
from stories.wording import Wording
from stories.wording.figures import (
    baseline_text,
    change_text,
    computation_text,
    figure_text,
    number_text,
    passage_text,
)
from stories.wording.periods import period_text


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
        ("leidian", "pm25-change", "下降约30%", "down about 30%"),
        ("leidian", "foundries", "7家", "7 firms"),
        (
            "xinan",
            "shangfeng-output",
            "突破1.3亿元（预计）",
            "more than 130 million yuan (forecast)",
        ),
        ("xinan", "shangfeng-growth", "约10%（预计）", "about 10% (forecast)"),
        ("xinan", "shangfeng-quarter", "3000万元（目标）", "30 million yuan (target)"),
        ("xinan", "qianteng-output", "近3亿元", "nearly 300 million yuan"),
        ("xinan", "shangfeng-orders", "2024年5月", "May 2024"),
        ("yuyue", "jobs", "1800多个岗位", "more than 1,800 jobs"),
        ("yuyue", "firms", "90多家", "more than 90 firms"),
        ("kangqian", "new-projects", "10个项目（计划）", "10 projects (planned)"),
        ("kangqian", "zhengxi-indicators", "200多项指标", "more than 200 indicators"),
        ("kangqian", "zhengxi-orders", "超100%", "more than 100%"),
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
    assert number_text(output, Wording("en")) == "130 million yuan"


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2023", "2023年", "2023"),
        ("2024-Q1", "2024年一季度", "first quarter of 2024"),
        ("2024-02", "2024年2月", "February 2024"),
        ("2024-02-19", "2024年2月19日", "19 February 2024"),
        ("2024-02-19/2024-02-28", "2024年2月19日至28日", "19–28 February 2024"),
        ("2024-02-19/2024-03-01", "2024年2月19日至3月1日", "19 February\u2009–\u20091 March 2024"),
        (
            "2023-12-30/2024-01-02",
            "2023年12月30日至2024年1月2日",
            "30 December 2023\u2009–\u20092 January 2024",
        ),
        ("unstated", "未注明时间", "no date given"),
    ],
)
def test_periods(period: str, zh: str, en: str) -> None:
    assert period_text(Period.of(period), Wording("zh")) == zh
    assert period_text(Period.of(period), Wording("en")) == en


def test_periods_in_a_language_without_words_of_ours() -> None:
    assert period_text(Period.of("2024-Q1"), Wording("fr", ["zh"])) == "1er trimestre 2024"
    assert period_text(Period.of("2024-02-19/2024-02-28"), Wording("de")) == "19.–28. Februar 2024"
    assert period_text(Period.of("2024-01-01"), Wording("fr")) == "1er janvier 2024"
    assert period_text(Period.of("2024-01-01"), Wording("pt")) == "1º de janeiro de 2024"
    assert period_text(Period.of("2024-01-11"), Wording("fr")) == "11 janvier 2024"
    assert period_text(Period.of("2024-01-01"), Wording("pt-PT")) == "1 de janeiro de 2024"
    assert period_text(Period.of("2024-02-19"), Wording("en-US")) == "February 19, 2024"


@pytest.mark.parametrize("period", ["2024-Q3", "2024-02-19/2024-02-28", "2023-12-30/2024-03-01"])
def test_periods_can_be_written_in_every_language(period: str) -> None:
    for lang in locale_identifiers():
        assert period_text(Period.of(period), Wording(lang.replace("_", "-")))


def test_comparisons(deqing: Atlas) -> None:
    pm25, growth = figure(deqing, "leidian", "pm25"), figure(deqing, "xinan", "shangfeng-growth")
    en = Wording("en")
    assert baseline_text(pm25, en) == "compared with 53 µg/m³ (December 2023)"
    assert baseline_text(pm25, Wording("zh")) == "2023年12月为53微克/立方米"
    assert baseline_text(growth, en) == "compared with 2023"
    assert baseline_text(growth, Wording("zh")) == "与2023年相比"
    assert baseline_text(figure(deqing, "yuyue", "jobs"), en) is None
    assert change_text(pm25, en) == "down about 30%"
    assert change_text(pm25, Wording("zh")) == "下降约30%"
    assert change_text(growth, en) is None


def test_what_is_compared_with_an_unstated_time(deqing: Atlas) -> None:
    unstated = Period.of("unstated")
    pm25 = figure(deqing, "leidian", "pm25")
    before = pm25.model_copy(update={"baseline": Baseline(value=Decimal(53), period=unstated)})
    assert baseline_text(before, Wording("en")) == "compared with 53 µg/m³ before"
    assert baseline_text(before, Wording("zh")) == "此前为53微克/立方米"
    only_period = pm25.model_copy(update={"baseline": Baseline(period=unstated)})
    assert baseline_text(only_period, Wording("en")) is None


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
