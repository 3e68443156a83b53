"""What numbers a figure may have: as many digits as the message about others says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from stories.model.figure import MAX_DECIMALS, MAX_DIGITS, Baseline, Figure, Number

NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)
MOST = "9" * MAX_DIGITS
FULL = "9" * (MAX_DIGITS - MAX_DECIMALS) + "." + "9" * MAX_DECIMALS
FIGURE = {
    "id": "output",
    "label": {"en": "Output"},
    "unit": "CNY",
    "period": 2024,
    "source": {"en": "Yearbook"},
}


@pytest.mark.parametrize(
    "value", ["0", "-1", MOST, f"-{MOST}", FULL, "0." + "9" * MAX_DECIMALS, f"1{'0' * 17}", "1E+17"]
)
def test_a_number_of_that_many_digits_is_kept_in_full(value: str) -> None:
    assert NUMBER.validate_python(value) == Decimal(value)
    assert figure(value).value == Decimal(value)


@pytest.mark.parametrize(
    "value", [f"{MOST}0", f"{MOST}.1", f"1{FULL}", "0." + "9" * (MAX_DECIMALS + 1), "1E+18", "NaN"]
)
def test_one_of_more_is_refused_and_the_limits_are_said(value: str) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(value)
    with pytest.raises(ValidationError):
        Baseline.model_validate({"value": value, "period": 2023})
    with pytest.raises(ValidationError) as raised:
        figure(value)
    assert f"at most {MAX_DIGITS} digits, at most {MAX_DECIMALS} of them decimals" in str(
        raised.value
    )


def figure(value: str) -> Figure:
    return Figure.model_validate(FIGURE | {"value": value})
