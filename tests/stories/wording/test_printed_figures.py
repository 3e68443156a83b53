"""A table of figures as a newspaper prints them, in both languages of the bundled atlas."""

import pytest

from stories.model.atlas import Figure, Period
from stories.wording import Wording
from stories.wording.figures import qualified_text

TABLE = """
value        | unit     | qualifier | zh               | en
7            | firms    | exact     | 7家              | 7 firms
1            | firms    | exact     | 1家              | 1 firm
1800         | jobs     | exact     | 1800个岗位       | 1,800 jobs
1800         | jobs     | over      | 1800多个岗位     | more than 1,800 jobs
1850         | jobs     | about     | 约1850个岗位     | about 1,850 jobs
1805         | jobs     | over      | 超1805个岗位     | more than 1,805 jobs
90           | firms    | over      | 90多家           | more than 90 firms
7            | firms    | over      | 超7家            | more than 7 firms
10           | days     | over      | 10多天           | more than 10 days
12           | villages | over      | 超12个村         | more than 12 villages
50           | towns    | at_least  | 至少50个镇       | at least 50 towns
50           | towns    | up_to     | 最多50个镇       | up to 50 towns
9999         | people   | exact     | 9999人           | 9,999 people
10000        | people   | exact     | 1万人            | 10,000 people
18000        | people   | nearly    | 近1.8万人        | nearly 18,000 people
500000       | people   | over      | 50多万人         | more than 500,000 people
50000        | people   | over      | 5万多人          | more than 50,000 people
548568       | people   | exact     | 548568人         | 548,568 people
130000000    | CNY      | exact     | 1.3亿元          | 130 million yuan
130000000    | CNY      | over      | 1.3亿多元        | more than 130 million yuan
300000000    | CNY      | nearly    | 近3亿元          | nearly 300 million yuan
300000000    | CNY      | over      | 3亿多元          | more than 300 million yuan
30000000     | CNY      | over      | 3000多万元       | more than 30 million yuan
80000000     | CNY      | about     | 约8000万元       | about 80 million yuan
1200000000   | CNY      | exact     | 12亿元           | 1.2 billion yuan
123450000    | CNY      | exact     | 1.2345亿元       | 123.45 million yuan
5000         | CNY      | up_to     | 最多5000元       | up to 5,000 yuan
25000000     | USD      | about     | 约2500万美元     | about $25 million
-5000000     | USD      | exact     | -500万美元       | -$5 million
2500000      | INR      | exact     | 250万印度卢比    | 2.5 million rupees
30           | %        | nearly    | 近30%            | nearly 30%
10           | %        | about     | 约10%            | about 10%
100          | %        | over      | 超100%           | more than 100%
2.5          | %        | exact     | 2.5%             | 2.5%
37           | µg/m³    | exact     | 37微克/立方米    | 37 µg/m³
40           | µg/m³    | over      | 超40微克/立方米  | more than 40 µg/m³
300          | t/day    | exact     | 300吨/天         | 300 tonnes a day
300          | t        | over      | 300多吨          | more than 300 tonnes
937.92       | km²      | exact     | 937.92平方公里   | 937.92 sq km
12.5         | km       | over      | 超12.5公里       | more than 12.5 km
1            | ha       | exact     | 1公顷            | 1 hectare
120          | mu       | over      | 120多亩          | more than 120 mu
2024-05      | date     | exact     | 2024年5月        | May 2024
2024-02-19   | date     | up_to     | 最晚2024年2月19日 | 19 February 2024 at the latest
2024-Q1      | date     | about     | 2024年一季度前后 | around the first quarter of 2024
"""
ROWS = [tuple(map(str.strip, line.split("|"))) for line in TABLE.strip().splitlines()[1:]]


def figure(value: str, unit: str, qualifier: str = "exact", **more: object) -> Figure:
    about = {"id": "x", "label": {"en": "x"}, "period": "2024", "source": {"en": "here"}}
    said = {"value": value, "unit": unit, "qualifier": qualifier}
    return Figure.model_validate(about | said | more)


@pytest.mark.parametrize(("value", "unit", "qualifier", "zh", "en"), ROWS)
def test_a_figure_is_printed_as_in_a_newspaper(
    value: str, unit: str, qualifier: str, zh: str, en: str
) -> None:
    printed = figure(value, unit, qualifier)
    assert qualified_text(printed, Wording("zh")) == zh
    assert qualified_text(printed, Wording("en")) == en


@pytest.mark.parametrize(
    ("value", "status", "zh"),
    [
        ("130000000", "forecast", "突破1.3亿元"),
        ("30000000", "target", "突破3000万元"),
        ("130000000", "reported", "1.3亿多元"),
    ],
)
def test_a_mark_still_to_be_passed_has_a_word_of_its_own_in_chinese(
    value: str, status: str, zh: str
) -> None:
    printed = figure(value, "CNY", "over", status=status, better="higher")
    assert qualified_text(printed, Wording("zh")) == zh


def test_a_large_number_is_read_loosely_in_a_language_without_words_of_ours() -> None:
    assert qualified_text(figure("1300000", "EUR", "over"), Wording("nl")) == (
        "more than €1,3 miljoen"
    )


def test_a_quarter_as_a_date_is_a_period() -> None:
    assert figure("2024-Q1", "date").value == Period.of("2024-Q1")
