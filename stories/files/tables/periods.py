"""Read periods as the spreadsheets of the world show them."""

import re
from datetime import date, timedelta

from stories.errors import BadValueError
from stories.files.tables.cells import LONGEST, Refusal, plain, quoted
from stories.model.period import Period

_MIDNIGHT = re.compile(r"[T ]\s*0?0:00(:00(\.0+)?)?Z?")
_YEAR = re.compile(r"(\d{4})\s*[年년]|(\d{4})\.0")
_MONTH = re.compile(r"(\d{4})\s*[-/]\s*(\d{1,2})|(\d{4})\s*[年년]\s*(\d{1,2})\s*(?:月份?|월)")
_MONTH_FIRST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
_DAY = re.compile(
    r"(\d{4})(\s*[-/.]\s*)(\d{1,2})\2(\d{1,2})\.?"
    r"|(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]"
)
_YEAR_LAST = re.compile(r"(\d{1,2})(\s*[-/.]\s*)(\d{1,2})\2(\d{4})")
_QUARTER = re.compile(
    r"(\d{4})\s*-?\s*Q([1-4])|(\d{4})\s*年\s*第?([1-4一二三四])季度?", re.IGNORECASE
)
_QUARTER_FIRST = re.compile(r"Q([1-4])\s*[-/ ]?\s*(\d{4})", re.IGNORECASE)
_TO = re.compile(r"\s*(?:[至到~〜–—]|\.\.+)\s*|\s+(?:-|to)\s+")
_SERIAL = re.compile(r"[2-6]\d{4}")
MONTHS = 12
_FIRST_DAY = date(1899, 12, 30)
_HELP = "write 2023, 2024-Q1, 2024-02, 2024-02-19, 2024-02-19/2024-02-28 or unstated"


def read_period(shown: str) -> str | Refusal:
    """Return a period as files of an atlas write it.

    A day of which nobody can tell whether the month stands first is refused with both readings.
    """
    if len(shown) > LONGEST:
        return Refusal(f"{quoted(shown)} is no period", _HELP)
    text = plain(shown)
    read = _readings(text)
    ends = [_readings(part) for part in _TO.split(text)]
    if not read and len(ends) == 2 and all(ends):  # noqa: PLR2004  # a beginning and an end
        read = [f"{begin}/{end}" for begin, end in zip(_both(ends[0]), _both(ends[1]), strict=True)]
    found = list(dict.fromkeys(read)) or [text]
    if len(found) > 1:
        ways = " or ".join(map(repr, found))
        return Refusal(f"{shown!r} can be read as {ways}", "write the year first: 2024-02-19")
    try:
        Period.of(found[0])
    except BadValueError as error:
        return _refusal(shown, text, error.what)
    return found[0]


def _both(readings: list[str]) -> list[str]:
    return [readings[0], readings[-1]]


def _refusal(shown: str, text: str, what: str) -> Refusal:
    for said in ("is no period", "is not in the calendar", "does not run from an earlier day"):
        if said in what:
            what = f"{shown!r} {what[what.index(said) :]}"
    if _SERIAL.fullmatch(text):
        day = _FIRST_DAY + timedelta(days=int(text))
        return Refusal(what, f"a spreadsheet counts the day {day} so: format the cell as a date")
    return Refusal(what, _HELP)


def _readings(text: str) -> list[str]:
    """Return the ways to read one span, in its written form."""
    text = _MIDNIGHT.sub("", text)
    if match := _DAY.fullmatch(text):
        year, month, day = (part for part in match.groups() if part and part[0].isdigit())
        return [f"{year}-{int(month):02}-{int(day):02}"]
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(int(match[1]), int(match[3]), match[4])
    if match := _MONTH.fullmatch(text) or _MONTH_FIRST.fullmatch(text):
        year, month = sorted(filter(None, match.groups()), key=len, reverse=True)
        return [f"{year}-{int(month):02}"]
    if match := _QUARTER.fullmatch(text) or _QUARTER_FIRST.fullmatch(text):
        quarter, year = sorted(filter(None, match.groups()), key=len)
        return [f"{year}-Q{'一二三四'.find(quarter) + 1 or quarter}"]
    if match := _YEAR.fullmatch(text):
        return [match[1] or match[2]]
    return []


def _year_last(first: int, second: int, year: str) -> list[str]:
    """Tell the day from the month, where one of both cannot be a month."""
    day_first, month_first = f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}"
    if second > MONTHS and first <= MONTHS:
        return [month_first]
    if first > MONTHS:
        return [day_first]
    return [day_first, month_first]
