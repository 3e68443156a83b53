"""What is read of a sentence: value, unit, qualifier, status, period, baseline."""

from __future__ import annotations

from datetime import date

import pytest

from stories.authoring.draft.figures import Found, find_figures

TODAY = date(2024, 5, 20)


def one(text: str, lang: str = "zh") -> Found:
    found, _ = find_figures(text, lang, TODAY)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("全镇有近300家企业。", "300", "firms", "nearly"),
        ("全镇有医院3家。", "3", "count", "exact"),
        ("新增岗位400个以上。", "400", "jobs", "at_least"),
        ("产值突破1.3亿元。", "130000000", "CNY", "over"),
        ("接待游客5万余人次。", "50000", "visits", "over"),
        ("面积不足20亩。", "20", "mu", "up_to"),
        ("价格20元上下。", "20", "CNY", "about"),
        ("集中签约10个项目。", "10", "projects", "exact"),
        ("通过3项验收。", "3", "count", "exact"),
        ("每天处理垃圾20吨。", "20", "t/day", "exact"),
        ("亩均税收35万元。", "350000", "CNY/mu", "exact"),
        ("占全镇的三成。", "30", "%", "exact"),
        ("培训了上百名学员。", "100", "people", "over"),
        ("收入翻了一番。", "2", "count", "exact"),
        ("全程用时2个多小时。", "2", "hours", "over"),
    ],
)
def test_value_unit_and_qualifier(text: str, value: str, unit: str, qualifier: str) -> None:
    found = one(text)
    assert (str(found.value), found.unit, found.qualifier) == (value, unit, qualifier)
    assert found.quote in text


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("The mill employs nearly 120 people.", "120", "people", "nearly"),
        ("It pays up to £450 a hectare.", "450", "GBP/ha", "up_to"),
        ("More than 3 million yuan was spent.", "3000000", "CNY", "over"),
        ("Costs fell 4.5 per cent.", "-4.5", "%", "exact"),
        ("It covers some 240 hectares.", "240", "ha", "about"),
        ("The town has 18 firms.", "18", "firms", "exact"),
        ("Energy use fell by a third.", "-33.3", "%", "exact"),
    ],
)
def test_english(text: str, value: str, unit: str, qualifier: str) -> None:
    found = one(text, "en")
    assert (str(found.value), found.unit, found.qualifier) == (value, unit, qualifier)
    assert found.quote in text


@pytest.mark.parametrize(
    ("text", "lang", "status"),
    [
        ("今年产值预计达3亿元。", "zh", "forecast"),
        ("力争全年产值达3亿元。", "zh", "target"),
        ("确保12个项目开工。", "zh", "plan"),
        ("镇里将新建3个广场。", "zh", "plan"),
        ("“青年入乡”计划吸引了50人。", "zh", "reported"),
        ("目前已完成3个项目。", "zh", "reported"),
        ("It is expected to bring 300 jobs.", "en", "forecast"),
        ("The town aims to plant 300 trees.", "en", "target"),
        ("The council plans to build 3 schools.", "en", "plan"),
        ("The council built 3 schools.", "en", "reported"),
    ],
)
def test_status(text: str, lang: str, status: str) -> None:
    assert one(text, lang).status == status


@pytest.mark.parametrize(
    ("text", "lang", "period"),
    [
        ("去年接待游客5万人次。", "zh", "2023"),
        ("一季度，产值达3亿元。", "zh", "2024-Q1"),
        ("1—2月，产值达3亿元。", "zh", "2024-01-01/2024-02-29"),
        ("去年12月，产值达3亿元。", "zh", "2023-12"),
        ("上半年产值达3亿元。", "zh", "2024-01-01/2024-06-30"),
        ("2022年前三季度产值达3亿元。", "zh", "2022-01-01/2022-09-30"),
        ("5月8日，来了30名游客。", "zh", "2024-05-08"),
        ("11月，来了30名游客。", "zh", "2023-11"),
        ("预计11月将来30名游客。", "zh", "2024-11"),
        ("上个月来了30名游客。", "zh", "2024-04"),
        ("目前有30名游客。", "zh", "unstated"),
        ("Last year 300 people came.", "en", "2023"),
        ("In the first quarter 300 people came.", "en", "2024-Q1"),
        ("Last December 300 people came.", "en", "2023-12"),
        ("On 4 May 300 people came.", "en", "2024-05-04"),
        ("In the first two months of 2023, 300 people came.", "en", "2023-01-01/2023-02-28"),
        ("About 300 people work there.", "en", "unstated"),
    ],
)
def test_period(text: str, lang: str, period: str) -> None:
    assert str(one(text, lang).period) == period


@pytest.mark.parametrize(
    ("text", "lang", "value", "before", "period"),
    [
        ("浓度从53微克/立方米降至37微克/立方米。", "zh", "37", "53", "unstated"),
        ("入住率由上年的65%提高到78%。", "zh", "78", "65", "2023"),
        ("今年一季度产值同比增长8%。", "zh", "8", "None", "2023-Q1"),
        ("2023年产值比上年增长8%。", "zh", "8", "None", "2022"),
        ("Staff rose from 46 people to 118 people.", "en", "118", "46", "unstated"),
        ("It spent £4.2m last year, up from £1.8m in 2021.", "en", "4200000", "1800000", "2021"),
    ],
)
def test_baseline(text: str, lang: str, value: str, before: str, period: str) -> None:
    found = one(text, lang)
    assert (str(found.value), str(found.before), str(found.before_period)) == (
        value,
        before,
        period,
    )


@pytest.mark.parametrize(
    "text",
    [
        "近两年变化很大。",
        "“5168”专项行动开始了。",
        "从正月初八开始。",
        "第3次来这里。",
        "PM2.5明显改善。",
    ],
)
def test_no_figures(text: str) -> None:
    assert find_figures(text, "zh", TODAY) == ([], [])


def test_what_is_no_single_value_is_listed() -> None:
    found, left = find_figures("来了数百名游客，其中3—5家企业投资。", "zh", TODAY)
    assert not found
    assert ["vague amount or a range" in each.why for each in left] == [True, True]


def test_a_date_is_a_figure_where_something_happens() -> None:
    found = one("2022年7月落户新安。")
    assert (str(found.value), found.unit, str(found.period)) == ("2022-07", "date", "2022-07")
    assert one("计划2026年6月建成投产。").status == "plan"
