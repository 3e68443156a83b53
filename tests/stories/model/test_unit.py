"""Units by their names in files, and those that an atlas declares."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from stories.files.unit_names import unit_mend
from stories.model.atlas import Figure
from stories.model.unit import (
    COUNTED,
    CURRENCIES,
    Currency,
    DeclaredUnit,
    LocaleUnit,
    Ratio,
    Unit,
    is_counted,
    locale_units,
    read_unit,
)

WALKS = DeclaredUnit.model_validate({"id": "walks", "label": {"en": "walks", "zh": "次散步"}})
OWN = {"walks": WALKS}


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("hours", "hour"),
        ("h", "hour"),
        ("小时", "hour"),
        ("°C", "celsius"),
        ("℃", "celsius"),
        ("gallons", "gallon"),
        ("litres", "liter"),
        ("m3", "cubic-meter"),
        ("kWh", "kilowatt-hour"),
        ("kilometres", "km"),
        ("day", "days"),
        ("GBP", "GBP"),
        ("CHF", "CHF"),
        ("人次", "visits"),
        ("辆", "vehicles"),
        ("km2", "km²"),
        ("walks", "walks"),
        ("kg/ha", "kilogram/ha"),
        ("CHF / walks", "CHF/walks"),
        ("t/day", "t/day"),
        ("km/h", "kilometer-per-hour"),
    ],
)
def test_a_unit_is_known_by_its_names(written: str, unit: str) -> None:
    assert read_unit(written, OWN) == unit


@pytest.mark.parametrize(
    "written", ["", "/", "kg/", "/ha", "date/ha", "kg/%", "widgets", "kg/widgets/s"]
)
def test_what_is_no_unit(written: str) -> None:
    assert read_unit(written, OWN) is None


@given(
    st.sampled_from([*Unit, *map(Currency, sorted(CURRENCIES)), *locale_units().values()]),
    st.sampled_from([*({*Unit, *locale_units().values()} - {Unit.DATE, Unit.PERCENT})]),
)
def test_units_are_read_back(over: Unit, under: Unit) -> None:
    assert read_unit(over.value) == over
    if over is not Unit.DATE:
        ratio = read_unit(f"{over.value}/{under.value}")
        assert ratio == f"{over.value}/{under.value}" or ratio in locale_units().values()


@given(st.text(max_size=130))
def test_any_text_is_a_unit_or_has_a_mend(text: str) -> None:
    assert read_unit(text) is not None or unit_mend(text)


def test_an_own_unit_comes_before_a_known_one() -> None:
    own = {"visits": DeclaredUnit.model_validate({"id": "visits", "label": {"en": "calls"}})}
    assert read_unit("visits") is Unit.VISITS
    unit = read_unit("visits", own)
    assert unit is not Unit.VISITS
    assert unit == "visits"


def test_a_figure_knows_the_units_of_its_atlas() -> None:
    data = {
        "id": "w", "label": {"en": "Walks"}, "unit": "walks", "value": 3, "period": "2024",
        "source": {"en": "Us"},
    }  # fmt: skip
    figure = Figure.model_validate(data, context={"units": OWN})
    assert figure.unit == "walks"
    assert figure.model_dump(mode="json")["unit"] == "walks"
    with pytest.raises(ValidationError):
        Figure.model_validate(data)


def test_what_is_counted() -> None:
    assert Unit.VISITS in COUNTED
    assert Unit.KILOMETRE not in COUNTED
    assert is_counted(read_unit("walks", OWN) or Unit.DATE)
    measured = {"walks": WALKS.model_copy(update={"counted": False})}
    assert not is_counted(read_unit("walks", measured) or Unit.DATE)
    assert not is_counted(LocaleUnit("duration-hour"))
    assert not is_counted(Ratio(Unit.PEOPLE, Unit.HECTARE))


@pytest.mark.parametrize(
    ("found", "mend"),
    [
        ("gallns", "did you mean 'gallons'?"),
        ("person", "did you mean 'people'?"),
        ("Hours", "did you mean 'hours'?"),
        ("£", "did you mean 'GBP'?"),
        ("瑞士法郎", "did you mean 'CHF'?"),
        ("WALKS", "did you mean 'walks'?"),
        ("wallks", "did you mean 'walks'?"),
        ("widgets", "declare it under `units`"),
        ("GWh", "declare it under `units`"),
        ("斤", "declare it under `units`"),
    ],
)
def test_only_a_slip_is_taken_for_a_known_unit(found: str, mend: str) -> None:
    assert unit_mend(found, OWN).startswith(mend)


def test_every_unit_of_the_locale_data_has_english_words() -> None:
    names = {unit.key for unit in locale_units().values() if isinstance(unit, LocaleUnit)}
    assert len(names) > 150
    assert names <= set(Locale("en").unit_display_names)


def test_a_label_is_a_word_without_its_number() -> None:
    declared = {"id": "own", "label": {"en": "{n} working days"}}
    with pytest.raises(ValidationError, match=r"working days' has a brace"):
        DeclaredUnit.model_validate(declared)
