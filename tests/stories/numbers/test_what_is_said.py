# ruff: noqa: E501  # tables of slips
"""What is said is held to the ledger: number, unit, firmness, direction and time, not digits."""

from __future__ import annotations

import pytest

from bench.numbers import FULLY_READ, LANGUAGES, LEAST_CAUGHT, measure
from stories.checks.numbers import number_faults
from stories.model.atlas import Figure
from stories.numbers.said import said_in


def figure(line: str, lang: str) -> Figure:
    """Make a figure of its label, unit, value, qualifier, period and baseline."""
    label, unit, value, qualifier, period, *before = (part.strip() for part in line.split("|"))
    baseline = {"baseline": {"value": before[0], "period": before[1]}} if before else {}
    return Figure.model_validate(
        {
            "id": "f", "label": {lang: label}, "unit": unit, "value": value, "period": period,
            "qualifier": qualifier, "source": {lang: "-"}, **baseline,
        }
    )  # fmt: skip


def said(text: str, lang: str, *ledger: str) -> list[str]:
    figures = [
        figure(line, lang).model_copy(update={"id": f"f{at}"}) for at, line in enumerate(ledger)
    ]
    return [fault.what for fault in number_faults("t", text, lang, figures)]


OUTPUT = "工业总产值 | CNY | 102340000000 | exact | 2023"
SLIPS = [
    ("zh", "去年工业总产值破千亿元。", "破千亿 => 破万亿", OUTPUT, "数量不同"),
    ("zh", "去年工业总产值达1023.4亿元。", "1023.4亿 => 1023.4万", OUTPUT, "数量级不同"),
    ("zh", "百余家企业建起车间。", "百余家 => 千余家", "企业 | firms | 100 | over | 2023", "数量级不同"),
    ("zh", "园区有近千亩地。", "近千亩 => 近万亩", "园区面积 | mu | 980 | exact | 2023", "不同"),
    ("zh", "女工过半。", "过半 => 近半", "女工占比 | % | 52 | exact | 2023", "不同"),
    ("zh", "产值增长9%。", "增长 => 下降", "产值增速 | % | 9 | exact | 2023", "增减方向不同"),
    ("zh", "投资3000万元。", "元 => 美元", "投资 | CNY | 30000000 | exact | 2023", "单位不同"),
    ("zh", "用工是过去的三倍。", "三倍 => 二十倍", "用工为过去的倍数 | count | 3 | exact | 2023", "数量不同"),
    ("zh", "用工是过去的三倍。", "三倍 => 二十倍", "用工 | people | 300 | exact | 2023 | 100 | 2020", ""),
    ("zh", "23个项目开工。", "23个 => 18个", "开工项目 | projects | 23 | exact | 2023", "数量不同"),
    ("zh", "23个项目开工。", "项目 => 村", "开工项目 | projects | 23 | exact | 2023", "所数的对象不同"),
    ("zh", "建成大棚160多座。", "160多 => 160", "大棚 | count | 160 | over | 2023", "确切程度不同"),
    ("zh", "2023年产值3亿元。", "2023 => 2021", "产值 | CNY | 300000000 | exact | 2023", "时间不同"),
    ("zh", "上半年产值3亿元。", "上半年 => 前三季度", "产值 | CNY | 300000000 | exact | 2023-01-01/2023-06-30", "时间不同"),
    ("zh", "不足10万元的村。", "不足 => 超过", "村收入 | CNY | 100000 | up_to | 2023", "确切程度不同"),
    ("zh", "产值翻了一番。", "一番 => 两番", "产值 | CNY | 200 | exact | 2023 | 100 | 2022", ""),
    ("zh", "产值占三成。", "三成 => 五成", "产值占比 | % | 30 | exact | 2023", "数量不同"),
    ("zh", "浓度由53微克/立方米降到37微克/立方米。", "降到 => 升到", "浓度 | µg/m³ | 37 | exact | 2024 | 53 | 2023", "增减方向不同"),
    ("en", "Output rose 9% in 2023.", "rose => fell", "Growth of output | % | 9 | exact | 2023", "direction"),
    ("en", "Sales of $1.2bn.", "$ => €", "Sales | USD | 1200000000 | exact | 2023", "unit"),
    ("en", "Sales of $1.2bn.", "bn => m", "Sales | USD | 1200000000 | exact | 2023", "magnitude"),
    ("en", "More than 160 firms came.", "More than => Nearly", "Firms | firms | 160 | over | 2023", "how firmly"),
    ("en", "More than 160 firms came.", "More than 160 => The 160", "Firms | firms | 160 | over | 2023", "how firmly"),
    ("en", "Two-thirds of them export.", "Two-thirds => One-third", "Share | % | 66 | exact | 2023", ""),
    ("en", "It employs twice as many people.", "twice => three times", "People | people | 20 | exact | 2023 | 10 | 2020", ""),
    ("en", "There are 23 projects.", "23 => 18", "Projects | projects | 23 | exact | 2023", "number"),
    ("en", "There are 23 projects.", "projects => villages", "Projects | projects | 23 | exact | 2023", "what is counted"),
    ("en", "In 2023, output was 300 tonnes.", "2023 => 2021", "Output | t | 300 | exact | 2023", "time"),
    ("en", "It costs at least €5m.", "at least => up to", "Cost | EUR | 5000000 | at_least | 2024", "how firmly"),
    ("fr", "La production recule de 9 %.", "recule => progresse", "Recul | % | 9 | exact | 2023", ""),
    ("de", "Mehr als 300 Firmen exportieren.", "Mehr als => Fast", "Firmen | firms | 300 | over | 2023", ""),
    ("es", "La mitad de los bancales.", "mitad => tercera parte", "Bancales | % | 50 | exact | 2023", ""),
    ("ja", "売上高は1200億円だ。", "億 => 万", "売上高 | JPY | 120000000000 | exact | 2023", ""),
    ("ko", "직원은 두 배다.", "두 => 세", "직원 | people | 20 | exact | 2023 | 10 | 2020", ""),
    ("ar", "بنمو نسبته 8%.", "بنمو => بتراجع", "نمو | % | 8 | exact | 2023", ""),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "slip", "ledger", "part"), SLIPS)
def test_a_slip_is_told_with_what_differs(
    lang: str, text: str, slip: str, ledger: str, part: str
) -> None:
    old, new = slip.split(" => ")
    assert old in text
    assert said(text, lang, ledger) == []
    faults = said(text.replace(old, new, 1), lang, ledger)
    assert any(part in fault for fault in faults), faults


def test_both_sides_are_quoted() -> None:
    ledger = "开工项目 | projects | 18 | exact | 2023"
    [fault] = said("全县有23个项目开工。", "zh", ledger)
    assert fault == "no figure covers '23'（文中：23个项目开工；数字表：18个项目，'f0'；数量不同）"
    [fault] = said("It has 23 projects.", "en", "Projects | projects | 18 | exact | 2023")
    assert "(text: 23 projects; ledger: 18 projects, 'f0'; different: number)" in fault


def test_another_figure_with_the_same_number_does_not_cover() -> None:
    ledger = ["大棚座数 | count | 160 | exact | 2023", "冷库车辆 | count | 35 | exact | 2023"]
    assert said("大棚有160座，冷库车辆35辆。", "zh", *ledger) == []
    assert len(said("大棚有160座，冷库车辆160辆。", "zh", *ledger)) == 1
    english = [
        "Greenhouses | count | 160 | exact | 2023",
        "Delivery vans | count | 35 | exact | 2023",
    ]
    assert len(said("There are 160 delivery vans.", "en", *english)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "“十三五”以来，“十四五”期间，5G基站，4A级景区，G60走廊，318国道，一带一路，全国两会，双碳，三农，两山，",
        "千家万户，一二三产，12345热线，80后站长，一期工程，第7届，三伏天，十分满意，队伍出发，陆续到岗，夫妻俩，",
        "上午9时30分，十年前，三年来，一企一策，“5168”专项行动，上世纪90年代，九十年代，PM2.5。",
    ],
)
def test_no_number_where_there_is_none(text: str) -> None:
    assert [each.found.text for each in said_in(text, "zh")] == []


def test_no_number_in_english_names_and_spans() -> None:
    text = (
        "Five years ago Ms Okafor, 47, drove Route 66 in a Boeing 737, in the 1990s, 24/7, for a "
        "six-figure sum and a nine-year-old boy, between 2015 and 2020."
    )
    assert [each.found.text for each in said_in(text, "en")] == ["2015", "2020"]


def test_names_of_an_atlas_hold_no_numbers() -> None:
    text = "三一重工在五里牌建厂。"
    assert len(said_in(text, "zh")) == 2
    assert said_in(text, "zh", ["三一重工", "五里牌"]) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "2024年3月15日上午9时30分开会，2023年也开过。"),
        ("en", "On 15 March 2024 at 9:30 they met, as in 2023."),
        ("de", "Am 15.03.2024 um 9 Uhr, wie 2023."),
        ("fr", "Le 15/03/2024 à 9h30, comme en 2023."),
        ("ja", "2024年3月15日午前9時30分に開く。"),
        ("ko", "2024년 3월 15일 오전 9시 30분에 열린다."),
    ],
)
def test_dates_and_times_are_no_figures(lang: str, text: str) -> None:
    assert said(text, lang) == []


def test_a_date_of_the_ledger_is_held_to_it() -> None:
    start = Figure.model_validate(
        {"id": "f", "label": {"zh": "启动"}, "unit": "date", "value": "2024-02-19",
         "period": "2024-02-19", "source": {"zh": "-"}}
    )  # fmt: skip
    assert not list(number_faults("t", "2月19日启动。", "zh", [start]))
    assert list(number_faults("t", "2月91日启动。2月19日启动。", "zh", [start])) != []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("texts", ["worked", "held_out"])
def test_slips_in_newspaper_texts_are_caught(lang: str, texts: str) -> None:
    score = measure(texts, lang)
    assert score.caught >= LEAST_CAUGHT[lang in FULLY_READ]
    assert len(score.false) <= 2
