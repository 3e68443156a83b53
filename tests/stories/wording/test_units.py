"""Units put into words in many languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.model.atlas import Figure, Metric
from stories.model.unit import (
    Currency,
    DeclaredUnit,
    OwnUnit,
    Unit,
    locale_units,
    read_unit,
)
from stories.wording import Wording
from stories.wording.figures import qualified_text, value_text
from stories.wording.metrics import measured_text, metric_unit_text
from stories.wording.units import unit_label, unit_texts, with_unit

WORKING_DAYS = DeclaredUnit.model_validate(
    {
        "id": "working-days",
        "label": {"zh": "人天", "en": "working days", "ar": "أيام عمل"},
        "forms": {
            "en": {"one": "working day", "other": "working days"},
            "ar": {"one": "يوم عمل", "two": "يوما عمل", "few": "{n} أيام", "other": "{n} يوم"},
        },
        "per": {"zh": "每人天{n}", "en": "{n} per working day"},
    }
)
OWN = {"working-days": WORKING_DAYS}
WRITTEN = """
en | hours        | 1         | 1 hour
en | hours        | 1300000   | 1.3 million hours
zh | hours        | 1300000   | 130万小时
es | hours        | 1300000   | 1,3 millones de horas
fr | hours        | 2000000   | 2 millions d’heures
pt | hours        | 7         | 7 horas
de | hours        | 1         | 1 Stunde
ru | hours        | 3         | 3 часа
ar | hours        | 2         | ساعتان
ko | hours        | 7         | 7시간
en | °C           | -7.5      | -7.5°C
zh | °C           | 25        | 25°C
en | CHF          | 1         | 1 Swiss franc
zh | CHF          | 5000000   | 500万瑞士法郎
es | CHF          | 5000000   | 5 millones de francos suizos
en | GBP          | 7         | £7
zh | 人次          | 1300000   | 130万人次
en | 人次          | 1         | 1 visit
en | gallons      | 7         | 7 gallons
es | days         | 7         | 7 días
en | kg/ha        | 1         | 1 kilogram per hectare
zh | kg/ha        | 7         | 7千克/公顷
ko | kg/ha        | 7         | 헥타르당 7킬로그램
en | CHF/people   | 7         | 7 Swiss francs per person
zh | CNY/people   | -7        | 每人-7元
en | kg/CHF       | 7         | 7 kilograms/Swiss franc
en | working-days | 1         | 1 working day
en | working-days | 2000      | 2,000 working days
zh | working-days | 2         | 2人天
ar | working-days | 2         | يوما عمل
ar | working-days | 3         | 3 أيام
ar | working-days | 100       | 100 يوم
es | working-days | 7         | 7人天
zh | CNY/working-days | 7     | 每人天7元
en | USD/working-days | 7     | $7 per working day
"""
ROWS = [[part.strip() for part in line.split("|")] for line in WRITTEN.strip().splitlines()]


@pytest.mark.parametrize(("lang", "name", "value", "written"), ROWS)
def test_a_number_with_its_unit(lang: str, name: str, value: str, written: str) -> None:
    unit = read_unit(name, OWN)
    assert unit is not None
    said = value_text(Decimal(value), unit, Wording(lang, ["zh"]))
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == written


LANGUAGES = st.sampled_from(
    "zh en es fr de pt ru ja ko ar he fa hi it pl sw zu".split()  # noqa: SIM905  # a list to read
)


@given(
    LANGUAGES,
    st.sampled_from([*locale_units().values(), *map(Currency, ["CHF", "AUD", "DEM"])]),
    st.decimals(min_value=3, max_value=10**9, places=2),
)
def test_every_unit_is_written_around_its_number(lang: str, unit: Unit, value: Decimal) -> None:
    said = with_unit("№", value, unit, Wording(lang))
    assert said.count("№") == 1
    assert "{" not in said
    assert "duration-" not in said
    assert unit is Unit.PERCENT or len(said) > 1


@given(
    LANGUAGES,
    st.text("ab n<&%é人", min_size=1, max_size=20).map(str.strip).filter(bool),
    st.decimals(min_value=-(10**9), max_value=10**9, places=1),
)
def test_words_of_ones_own_are_written_as_they_are(lang: str, word: str, value: Decimal) -> None:
    unit = OwnUnit(DeclaredUnit.model_validate({"id": "own", "label": {"en": word}}))
    said = with_unit("№", value, unit, Wording(lang, ["en"]))
    assert word in said
    assert said.count("№") == 1


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("hours", "小时", "hours"),
        ("kg/ha", "千克/公顷", "kilograms/hectare"),
        ("people/km²", "人/平方公里", "people/sq km"),
        ("working-days", "人天", "working days"),
        ("%", "%", "%"),
        ("count", "", ""),
    ],
)
def test_a_unit_without_a_number(name: str, zh: str, en: str) -> None:
    unit = read_unit(name, OWN)
    assert unit is not None
    assert unit_label(unit, Wording("zh")) == zh
    assert unit_label(unit, Wording("en")) == en
    assert unit_texts(unit, ["zh", "en"]).root == {
        lang: label for lang, label in (("zh", zh), ("en", en)) if label
    }


def figure(value: str, unit: str) -> Figure:
    data = {
        "id": "a", "label": {"en": "A"}, "unit": unit, "value": value, "qualifier": "over",
        "period": "2024", "source": {"en": "Us"},
    }  # fmt: skip
    return Figure.model_validate(data, context={"units": OWN})


def test_more_than_a_number_of_them() -> None:
    zh = Wording("zh")
    assert qualified_text(figure("1800", "人次"), zh) == "1800多人次"
    assert qualified_text(figure("1800", "working-days"), zh) == "1800多人天"
    assert qualified_text(figure("30", "°C"), zh) == "超30°C"
    assert qualified_text(figure("30", "kg/ha"), zh) == "超30千克/公顷"


def metric(unit: object) -> Metric:
    data = {
        "id": "m", "label": {"en": "M", "zh": "某"}, "unit": unit, "kind": "count",
        "source": {"en": "Us"},
    }  # fmt: skip
    return Metric.model_validate(data, context={"units": OWN})


def test_a_metric_is_in_a_unit_by_name_or_in_words() -> None:
    en, zh = Wording("en"), Wording("zh")
    named = metric("working-days")
    assert measured_text(Decimal(1), named, en) == "1 working day"
    assert measured_text(Decimal(7), named, zh) == "7人天"
    assert metric_unit_text(named, en) == "working days"
    assert measured_text(Decimal(-3), metric("°C"), en) == "-3°C"
    assert measured_text(Decimal(3), metric("%"), en) == "3%"
    assert measured_text(Decimal(3), metric({"en": "wells"}), en) == "3 wells"
