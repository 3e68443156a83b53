# ruff: noqa: E501  # tables of forms
"""Numbers in prose: written and found again, none lost, none invented."""

from decimal import Decimal
from typing import Literal

import pytest
from babel import Locale
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent
from hypothesis import example, given
from hypothesis import strategies as st

from stories.numbers import DateParts, Found, find_numbers

Written = tuple[str, Decimal, bool]


def read(text: str, lang: str) -> list[tuple[Decimal | None, bool]]:
    return [(each.meaning.value, each.meaning.percent) for each in find_numbers(text, lang)]


def amounts(text: str, lang: str) -> list[str]:
    return [
        f"{each.meaning.value.normalize():f}{'%' if each.meaning.percent else ''}"
        for each in find_numbers(text, lang)
        if each.meaning.value is not None
    ]


def dates(text: str, lang: str) -> list[DateParts]:
    return [each.meaning.date for each in find_numbers(text, lang) if each.meaning.date]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,800、1800、1800余、1800多个", "1800 1800 1800 1800"),
        ("十家，七家，两家，十五家，一百零七人", "10 7 2 15 107"),
        ("1.3亿元，一亿三千万", "130000000 130000000"),
        ("3000万元，3千万，20多万，二十多万", "30000000 30000000 200000 200000"),
        ("30%、30 %、30％、百分之三十、3.5个百分点", "30% 30% 30% 30% 3.5%"),
        ("一千八，一百五，十八，二十", "1800 150 18 20"),
        ("１２３家，三点五倍，1.3億元", "123 3.5 130000000"),
        ("3千米，5千瓦", "3 5"),
        ("一家、一次、统一、第三类、初步、正月初八、星期五、周三", ""),
        ("十分满意，四处走访，四川", ""),
        ("PM2.5和PM10，G60高速", ""),
        ("[报告](https://example.org/2024/53.html)", ""),
        ("1. 第一条\n2. 第二条", ""),
        ("RMB3000万", "30000000"),
    ],
)  # fmt: skip
def test_chinese(text: str, expected: str) -> None:
    assert amounts(text, "zh") == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,800 and 1800, then 12.", "1800 1800 12"),
        ("130 million, 1.3 billion, CNY130 million", "130000000 1300000000 130000000"),
        ("30%, 30 %, ten per cent, 5 percentage points", "30% 30% 10% 5%"),
        ("eight, ten, twenty-one, a hundred and seven", "8 10 21 107"),
        ("two million, a dozen, seventeen hundred", "2000000 12 1700"),
        ("one of them, the 3rd, the first, twenty-first, often, network", ""),
        ("PM2.5 and PM10, B2B", ""),
        ("Some 3 firms; -30 degrees; 10–12 days", "3 30 10"),
    ],
)
def test_english(text: str, expected: str) -> None:
    assert amounts(text, "en") == expected.split()


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "1 800 postes, 1,3 million, 30 %", "1800 1300000 30%"),
        ("de", "1.800 Stellen, 1,3 Millionen, 30 %", "1800 1300000 30%"),
        ("ja", "1.3億円、七社", "130000000 7"),
        ("sw", "1,800 na 30%", "1800 30%"),
    ],
)
def test_other_languages_by_babel(lang: str, text: str, expected: str) -> None:
    assert amounts(text, lang) == expected.split()


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("zh", "2024年2月19日", DateParts(2024, None, 2, 19)),
        ("zh", "2月19日", DateParts(None, None, 2, 19)),
        ("zh", "二〇二四年", DateParts(2024)),
        ("zh", "2024年第一季度", DateParts(2024, 1)),
        ("zh", "一季度", DateParts(None, 1)),
        ("zh", "5月", DateParts(None, None, 5)),
        ("zh", "十二月", DateParts(None, None, 12)),
        ("en", "19 February 2024", DateParts(2024, None, 2, 19)),
        ("en", "February 19, 2024", DateParts(2024, None, 2, 19)),
        ("en", "December 2023", DateParts(2023, None, 12)),
        ("en", "2024-02-19", DateParts(2024, None, 2, 19)),
        ("en", "Q1 2024", DateParts(2024, 1)),
        ("fr", "19 février 2024", DateParts(2024, None, 2, 19)),
        ("de", "am 19. Februar", DateParts(None, None, 2, 19)),
    ],
)
def test_dates(lang: str, text: str, expected: DateParts) -> None:
    assert dates(text, lang) == [expected]
    assert amounts(text, lang) == []


def test_places_are_those_of_the_text() -> None:
    text = "占３０％，共7家。"
    assert [(f.start, f.end) for f in find_numbers(text, "zh")] == [(1, 4), (6, 7)]
    assert all(isinstance(found, Found) for found in find_numbers(text, "zh"))


# Written and found again ---------------------------------------------------------------

DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """Write a number below 10^8 in Chinese numerals."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        tail = "" if low == 0 else ("零" if low < 1000 else "") + in_chinese(low)
        return f"{in_chinese(high)}万{tail}"
    text, gap = "", False
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + sign
        gap = digit == 0
    return text.removeprefix("一") if 10 <= number < 20 else text


UP_TO_19 = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen"""
ONES = UP_TO_19.split()
UP_TO_90 = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = UP_TO_90.split()


def in_english(number: int) -> str:
    """Write a number below 10^9 in English words."""
    for size, name in ((10**6, "million"), (1000, "thousand")):
        if number >= size:
            high, low = divmod(number, size)
            tail = f" {'and ' if low < 100 else ''}{in_english(low)}" if low else ""
            return f"{in_english(high)} {name}{tail}"
    if number >= 100:
        high, low = divmod(number, 100)
        return f"{ONES[high]} hundred" + (f" and {in_english(low)}" if low else "")
    if number >= 20:
        high, low = divmod(number, 10)
        return TENS[high - 2] + (f"-{ONES[low]}" if low else "")
    return ONES[number]


wholes = st.integers(2, 99_999_999).filter(lambda n: not 1500 <= n < 2100)  # those are years
decimals = st.decimals("0.1", "999.9", places=1)
shares = st.decimals("0", "100", places=1)


def written(lang: str) -> st.SearchStrategy[Written]:
    """Numbers as newspapers write them, with what they say."""
    zh = lang == "zh"
    words = in_chinese if zh else in_english
    locale = Locale.parse(lang)
    scale, size = ("亿", 10**8) if zh else (" million", 10**6)
    return st.one_of(
        wholes.map(lambda n: (str(n), Decimal(n), False)),
        wholes.map(lambda n: (format_decimal(n, locale=locale), Decimal(n), False)),
        wholes.map(lambda n: (words(n), Decimal(n), False)),
        decimals.map(lambda n: (f"{n}{scale}", n * size, False)),
        shares.map(lambda n: (f"{n}%", n, True)),
        shares.map(lambda n: (f"{n} %", n, True)),
        wholes.map(lambda n: (f"{n}余" if zh else f"over {n}", Decimal(n), False)),
        st.integers(2, 100).map(
            lambda n: (f"百分之{words(n)}" if zh else f"{words(n)} per cent", Decimal(n), True)
        ),
    )  # fmt: skip


FILLERS = {
    "zh": "家企业|，镇上共有|。产值达|名员工在岗；|，空气变清，|（预计）|\n\n车间里有",
    "en": " firms|, the town has |. Output is | workers are there; | (forecast) |\n\n- ",
}


@st.composite
def prose(draw: st.DrawFn, lang: str) -> tuple[str, list[tuple[Decimal, bool]]]:
    filler = st.sampled_from(FILLERS[lang].split("|"))
    numbers = draw(st.lists(written(lang), max_size=6))
    text = draw(filler)
    for form, _, _ in numbers:
        text += f" {form} " + draw(filler)
    return text, [(value, percent) for _, value, percent in numbers]


@given(sample=prose("zh"))
def test_chinese_numbers_written_are_found_again(
    sample: tuple[str, list[tuple[Decimal, bool]]],
) -> None:
    text, said = sample
    assert read(text, "zh") == said


@given(sample=prose("en"))
def test_english_numbers_written_are_found_again(
    sample: tuple[str, list[tuple[Decimal, bool]]],
) -> None:
    text, said = sample
    assert read(text, "en") == said


def test_absurd_numbers_do_no_harm() -> None:
    for text in ("9" * 5000, "三" * 5000, "0." + "3" * 5000 + "%", "1亿亿亿", "零分之一"):
        assert find_numbers(text, "zh")
        find_numbers(text, "en")


@example(text="𐴰", lang="zh")  # a digit of another script
@given(text=st.text(), lang=st.sampled_from(["zh", "zh-Hant", "en", "fr", "ar", "ja"]))
def test_any_text_is_read_and_places_lie_within_it(text: str, lang: str) -> None:
    end = 0
    for found in find_numbers(text, lang):
        assert end <= found.start < found.end <= len(text)
        end = found.end


LANGUAGES = ["zh", "zh-Hant", "en", "en-IN", "fr", "de", "de-CH", "es", "pt", "it", "nl", "ru", "ja", "ko",
             "ar", "ar-EG", "he", "fa", "hi", "sw"]  # fmt: skip


@given(lang=st.sampled_from(LANGUAGES), number=wholes, tenths=decimals, share=shares)
def test_numbers_written_by_the_locale_data_are_read_back(
    lang: str, number: int, tenths: Decimal, share: Decimal
) -> None:
    locale = Locale.parse(lang, sep="-")
    assert read(f": {format_decimal(number, locale=locale)} .", lang) == [(Decimal(number), False)]
    assert read(f": {format_decimal(tenths, locale=locale)} .", lang) == [(tenths, False)]
    percent = format_percent(share / 100, locale=locale, decimal_quantization=False)
    assert read(f": {percent} .", lang) == [(share, True)]
    price = format_currency(number, "EUR", locale=locale, format_type="name")
    assert [each for each, _ in read(f": {price} .", lang)] == [number]


@pytest.mark.parametrize("lang", sorted({*LANGUAGES} - {"sw"}))  # which says milioni 3
@pytest.mark.parametrize("size", [10**4, 10**5, 10**6, 10**7, 10**8, 10**9, 10**12])
def test_sizes_written_by_the_locale_data_are_read_back(lang: str, size: int) -> None:
    locale = Locale.parse(lang, sep="-")
    formats = locale.compact_decimal_formats
    style: Literal["long", "short"] = "long" if "long" in formats else "short"
    written = format_compact_decimal(3 * size, format_type=style, locale=locale, fraction_digits=2)
    assert read(f": {written} .", lang) == [(Decimal(3 * size), False)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("zh", "三成、两成五、过半、半数、四分之一", "30% 25% 50% 50% 25%"),
        ("zh", "万分之五、千分之三、0.5个百分点", "0.05% 0.3% 0.5%"),
        ("zh", "翻一番、三倍、百余家、1亿2千万、二十余", "2 3 100 120000000 20"),
        ("zh", "数百、上万、3—5家、两三个、十几", "200 10000 3 2 11"),
        ("zh", "１２家、壹佰万、俩孩子、千亿元", "12 1000000 2 100000000000"),
        ("en", "$1.2bn, two-thirds, half of it, twice, 1,23,456, one in ten", "1200000000 66.66666666666666666666666667% 50% 2 123456 10%"),
        ("fr", "vingt et un, trois mille deux cents, une quarantaine, trois fois", "21 3200 40 3"),
        ("de", "dreiundzwanzig, zwei Drittel, 1’200, neun Prozent", "23 66.66666666666666666666666667% 1200 9%"),
        ("es", "ciento cincuenta mil, dos tercios, el doble, nueve por ciento", "150000 66.66666666666666666666666667% 2 9%"),
        ("ko", "1조2천억, 3500만, 2만3500, 3분의 2", "1200000000000 35000000 23500 66.66666666666666666666666667%"),
        ("ja", "2万3500、2億4千万、3割5分、半減", "23500 240000000 35% 50%"),
        ("ar", "١٬٢٠٠، 4.6 مليون، ١٢٪، ثلاثة آلاف", "1200 4600000 12% 3000"),
        ("fa", "۱٬۲۰۰", "1200"),
        ("he", "3.5 מיליון", "3500000"),
    ],
)  # fmt: skip
def test_forms_of_newspapers(lang: str, text: str, expected: str) -> None:
    assert amounts(text, lang) == expected.split()


@pytest.mark.parametrize(
    ("lang", "text", "months"),
    [("zh", "前三季度", (1, 9)), ("zh", "2023年上半年", (1, 6)), ("zh", "1—2月", (1, 2)),
     ("zh", "前11个月", (1, 11)), ("en", "the first half of 2024", (1, 6)), ("fr", "au premier trimestre", (1, 3)),
     ("de", "im ersten Halbjahr 2024", (1, 6)), ("ja", "上半期", (1, 6)), ("ko", "2024년 하반기", (7, 12))],
)  # fmt: skip
def test_parts_of_a_year(lang: str, text: str, months: tuple[int, int]) -> None:
    assert [date.months for date in dates(text, lang) if date.months] == [months]
