"""Periods in their written form."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from stories.model.atlas import Period, PeriodKind

days = st.dates(min_value=date(1000, 1, 1))


@st.composite
def written(draw: st.DrawFn) -> str:
    day = draw(days)
    later = draw(st.dates(min_value=day))
    forms = [f"{day:%Y}", f"{day:%Y}-Q{(day.month + 2) // 3}", f"{day:%Y-%m}", f"{day}"]
    return draw(st.sampled_from([*forms, f"{day}/{later}", "unstated"]))


@given(text=written())
def test_what_is_written_is_what_was_read(text: str) -> None:
    assert str(Period.of(text)) == text


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("2023", PeriodKind.YEAR, date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-Q1", PeriodKind.QUARTER, date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-02", PeriodKind.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-19", PeriodKind.DAY, date(2024, 2, 19), date(2024, 2, 19)),
        ("unstated", PeriodKind.UNSTATED, None, None),
    ],
)
def test_first_and_last_day(
    text: str, kind: PeriodKind, start: date | None, end: date | None
) -> None:
    assert Period.of(text) == Period(kind=kind, start=start, end=end)


def test_a_bare_year_may_be_a_number() -> None:
    assert TypeAdapter(Period).validate_python(2023) == Period.of("2023")


@pytest.mark.parametrize(
    "text",
    ["", "23", "2024-13", "2024-02-30", "2024-Q5", "2024-3", "soon", "2024-02-19/2024-02-01",
     "2024-01/2024-02", "2024/2025", "0000", "2024-02-19/"],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_the_forms_there_are(text: str) -> None:
    with pytest.raises(ValidationError, match="2024-Q1"):
        TypeAdapter(Period).validate_python(text)


@pytest.mark.parametrize("text", ["2024/2/1", "1/2/2024", "2024-02-19/soon"])
def test_a_refusal_quotes_the_whole_text(text: str) -> None:
    with pytest.raises(ValidationError, match=f"'{text}' is no period"):
        TypeAdapter(Period).validate_python(text)
