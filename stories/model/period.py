"""Spans of time as figures state them: a year, a quarter, a month, a day, a range, or none."""

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from faults import shown
from stories.errors import BadValueError

_FORM = re.compile(
    r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII
)
_HELP = "write 2023, 2024-Q1, 2024-02, 2024-02-19, 2024-02-19/2024-02-28 or unstated"


class PeriodKind(StrEnum):
    """How finely a period is stated."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    SPAN = "span"
    UNSTATED = "unstated"


class Period(BaseModel):
    """A span of whole days, from `start` to `end`, both included; or unstated.

    Written as text: `2023`, `2024-Q1`, `2024-02`, `2024-02-19`, `2024-02-19/2024-02-28` or
    `unstated`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: PeriodKind
    start: date | None = None
    end: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:  # noqa: ANN401  # pydantic hands over what the file has
        if isinstance(data, int):
            data = shown(data)
        return _parse(data) if isinstance(data, str) else data

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a period from its written form.

        Raises
        ------
        ValueError
            `text` is in none of the forms, or no such day exists.
        """
        return cls(**_parse(text))

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe the written form, which is what files hold."""
        one = r"\d{4}(-Q[1-4]|-\d{2}(-\d{2})?)?"
        day = r"\d{4}-\d{2}-\d{2}"
        return {
            "description": f"A period: {_HELP}.",
            "anyOf": [
                {"type": "integer", "minimum": 1000, "maximum": 9999},
                {"type": "string", "pattern": f"^({one}|{day}/{day}|unstated)$"},
            ],
        }

    @property
    def in_names(self) -> str:
        """The written form in names of files, in which a slash would end the name."""
        return str(self).replace("/", "_")

    def __str__(self) -> str:
        """Return the written form."""
        if self.start is None or self.end is None:
            return PeriodKind.UNSTATED.value
        return {
            PeriodKind.YEAR: f"{self.start.year:04}",
            PeriodKind.QUARTER: f"{self.start.year:04}-Q{(self.start.month + 2) // 3}",
            PeriodKind.MONTH: self.start.isoformat()[:7],
            PeriodKind.DAY: self.start.isoformat(),
        }.get(self.kind, f"{self.start.isoformat()}/{self.end.isoformat()}")


def _parse(text: str) -> dict[str, Any]:
    text = text.strip()
    if text == PeriodKind.UNSTATED.value:
        return {"kind": PeriodKind.UNSTATED}
    first, slash, last = text.partition("/")
    if not slash:
        return _parse_one(first)
    if not (_FORM.fullmatch(first) and _FORM.fullmatch(last)):
        raise BadValueError(f"{shown(text)} is no period", _HELP)
    start, end = _parse_one(first), _parse_one(last)
    if {start["kind"], end["kind"]} != {PeriodKind.DAY} or start["start"] > end["start"]:
        raise BadValueError(f"{shown(text)} does not run from an earlier day to a later one", _HELP)
    return {"kind": PeriodKind.SPAN, "start": start["start"], "end": end["start"]}


def _parse_one(text: str) -> dict[str, Any]:
    match = _FORM.fullmatch(text)
    if match is None:
        raise BadValueError(f"{shown(text)} is no period", _HELP)
    year, quarter, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        if quarter:
            return _months(PeriodKind.QUARTER, year, 3 * quarter - 2, 3 * quarter)
        if day is not None and month is not None:
            the_day = date(year, month, day)
            return {"kind": PeriodKind.DAY, "start": the_day, "end": the_day}
        if month is not None:
            return _months(PeriodKind.MONTH, year, month, month)
        return _months(PeriodKind.YEAR, year, 1, 12)
    except ValueError as error:
        raise BadValueError(f"{shown(text)} is not in the calendar", _HELP) from error


def _months(kind: PeriodKind, year: int, first: int, last: int) -> dict[str, Any]:
    end = date(year, last, 1) + timedelta(days=monthrange(year, last)[1] - 1)
    return {"kind": kind, "start": date(year, first, 1), "end": end}
