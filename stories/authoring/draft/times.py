"""Times that an article names, as periods: 去年12月, 一季度, 1—2月, last December, by 2025."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from babel.dates import get_month_names

from stories.model.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

DECEMBER = 12
_CHINESE = {sign: value for value, sign in enumerate("零一二三四五六七八九十")} | {
    "十一": 11, "十二": 12, "两": 2,
}  # fmt: skip
_YEARS_AWAY = {
    "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "今年": 0, "本年": 0, "年内": 0, "明年": 1,
    "last": -1, "this": 0, "next": 1, "previous": -1, "coming": 1,
}  # fmt: skip
_SAME_YEAR = {"同年", "当年", "that"}
_ENGLISH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "two": 2, "three": 3,
            "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Time:
    """A time of the text; parts that it leaves open follow from the article's date."""

    start: int
    end: int
    year: int | None = None
    away: int | None = None
    """Years from that of the article, where it says so: last year."""
    first: int | None = None
    last: int | None = None
    """The months."""
    day: int | None = None
    last_day: int | None = None
    last_year: int | None = None
    is_same_year: bool = False
    whole: Period | None = None
    """The period itself, where the text says it outright."""

    @property
    def has_year(self) -> bool:
        """Whether the text says the year."""
        return self.year is not None or self.away is not None

    def period(self, today: date, *, ahead: bool = False) -> Period | None:
        """Return the period, or None where there is no such day.

        A month without a year that is not there yet is last year's, unless the text looks ahead.
        """
        if self.whole:
            return self.whole
        year = self.year if self.year is not None else today.year + (self.away or 0)
        first, last = self.first, self.last or self.first
        if not self.has_year and first is not None and not ahead and date(year, first, 1) > today:
            year -= 1
        try:
            if self.last_year:
                return Period.of(f"{year:04}-01-01/{self.last_year:04}-12-31")
            if first is None or last is None:
                return Period.of(f"{year:04}")
            if self.day and self.last_day:
                return Period.of(
                    f"{year:04}-{first:02}-{self.day:02}/{year:04}-{last:02}-{self.last_day:02}"
                )
            if self.day:
                return Period.of(f"{year:04}-{first:02}-{self.day:02}")
            return _of_months(year, first, last)
        except ValueError:
            return None


def _of_months(year: int, first: int, last: int) -> Period:
    if first == last:
        return Period.of(f"{year:04}-{first:02}")
    if last - first == 2 and first % 3 == 1:  # noqa: PLR2004  # a quarter
        return Period.of(f"{year:04}-Q{last // 3}")
    end = date(year + last // DECEMBER, last % DECEMBER + 1, 1) - timedelta(days=1)
    return Period.of(f"{year:04}-{first:02}-01/{end.isoformat()}")


def year_before(period: Period) -> Period | None:
    """Return the same span a year earlier."""
    if period.start is None:
        return None
    text = re.sub(r"\d{4}", lambda match: f"{int(match[0]) - 1:04}", str(period))
    try:
        return Period.of(text if "/" in str(period) else re.sub(r"^\d{4}", text[:4], str(period)))
    except ValueError:
        return None


def times_in(text: str, lang: str, today: date) -> list[Time]:
    """Return the times of a paragraph in its order; a year said before holds in the sentence."""
    found: list[Time] = []
    taken: list[tuple[int, int]] = []
    forms = _chinese_forms() if lang == "zh" else _english_forms()
    for form, read in forms:
        for match in form.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            time = read(match, today)
            taken.append(match.span())
            if time is not None:
                found.append(time)
    return list(_with_years(sorted(found, key=lambda time: time.start), text, today, lang))


def _with_years(times: list[Time], text: str, today: date, lang: str) -> Iterator[Time]:
    year: int | None = None
    at = 0
    for time in times:
        if re.search("[。！？]" if lang == "zh" else r"[.!?]\s", text[at : time.start]):
            year = None
        at = time.end
        if time.has_year:
            year = time.last_year or (time.year if time.year else today.year + (time.away or 0))
        elif year is not None and time.whole is None:
            time = replace(time, year=year)  # noqa: PLW2901
        yield time


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if text.isdecimal():
        return int(text)
    if text in _CHINESE:
        return _CHINESE[text]
    tens, _, ones = text.partition("十")
    return _CHINESE.get(tens, 1) * 10 + _CHINESE.get(ones, 0)


@cache
def _chinese_forms():  # noqa: ANN202  # pairs of a pattern and its reader
    year = (
        r"(?:(?P<year>\d{4})年|(?P<away>去年|上一年|上年|前年|今年|本年|年内|明年|同年|当年))?(?:的|，)?"
    )
    month = r"(?P<m>\d{1,2}|十[一二]?|[一二三四五六七八九])"
    dash = "[-—–~～至到]"
    return (
        (re.compile(r"(?P<year>\d{4})年?(?:[-—–~～]|至|到)(?P<last>\d{4})年"), _years),
        (re.compile(rf"(?P<year>\d{{4}})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"), _day),
        (re.compile(rf"{year}第?(?P<q>[1-4一二三四])季度"), _quarter),
        (re.compile(rf"{year}前(?P<n>[两二三])个?季度"), _quarters),
        (re.compile(rf"{year}(?P<half>[上下])半年"), _half),
        (re.compile(rf"{year}前{month}个?月"), _first_months),
        (re.compile(rf"{year}{month}月?(?:份)?{dash}(?P<m2>\d{{1,2}}|十[一二]?)月(?:份|底|末)?(?!\d)"), _months),
        (re.compile(rf"{year}{month}月(?P<d>\d{{1,2}})[日号]?{dash}(?:(?P<m2>\d{{1,2}})月)?(?P<d2>\d{{1,2}})[日号]"), _days),
        (re.compile(rf"{year}(?<!\d){month}月(?P<d>\d{{1,2}})[日号]"), _day),
        (re.compile(rf"{year}(?<![\d个]){month}月(?:份|底|末|初|中旬|上旬|下旬)?(?![内以])"), _month),
        (re.compile(r"(?P<year>\d{4})年|(?P<away>去年|上一年|上年|前年|今年|本年|年内|明年)(?!同期)"), _year),
        (re.compile(r"(?P<which>上个?月|本月|当月|这个月|下个?月)"), _near_month),
        (re.compile(r"(?P<which>昨天|昨日|今天|今日|明天|明日)"), _near_day),
        (re.compile(r"(?<![\d.月])(?P<d>\d{1,2})日(?!间|均)"), _day_alone),
    )  # fmt: skip


@cache
def _english_forms():  # noqa: ANN202  # pairs of a pattern and its reader
    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        names |= {str(name): number for number, name in get_month_names(width, "format", "en").items()}
    month = r"(?P<name>" + "|".join(sorted(names, key=len, reverse=True)) + r")\b\.?"
    year = r"(?:,?\s(?:of\s|in\s)?(?:(?P<year>(?:19|20)\d\d)\b|(?P<away>last|this|next|that)\syear\b))?"
    order = r"(?P<q>first|second|third|fourth|last)"

    def named(match: re.Match[str], today: date) -> Time | None:
        parts = _year_parts(match)
        number = names[match["name"]]
        said = match.groupdict()
        if said.get("near") and parts.get("year") is None and parts.get("away") is None:
            if match["near"].lower() == "last":
                parts = {"year": today.year - (number >= today.month)}
            elif match["near"].lower() == "next":
                parts = {"year": today.year + (number <= today.month)}
            else:
                parts = {"away": 0}
        last = names[said["name2"]] if said.get("name2") else number
        return Time(*match.span(), first=number, last=last, day=_number(said.get("d")),
                    last_day=_number(said.get("d2")), **parts)  # fmt: skip

    month2 = month.replace("name", "name2")
    near = r"(?:(?P<near>[Ll]ast|[Tt]his|[Nn]ext)\s)?"
    return (
        (re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"), _day),
        (re.compile(r"(?:\b[Ff]rom |\b[Bb]etween )?(?P<year>(?:19|20)\d\d)(?:\s?[-–—]\s?| to | and )(?P<last>(?:19|20)\d\d)\b"), _years),
        (re.compile(rf"\b(?P<d>\d{{1,2}})\s?(?:[-–]|to)\s?(?P<d2>\d{{1,2}})\s{month}{year}"), named),
        (re.compile(rf"\b{month}\s(?P<d>\d{{1,2}})\s?(?:[-–]|to)\s?(?P<d2>\d{{1,2}})\b{year}"), named),
        (re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{month}{year}"), named),
        (re.compile(rf"\b{month}\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d){year}"), named),
        (re.compile(rf"\b{month}\s?(?:[-–]|to|and)\s?{month2}{year}"), named),
        (re.compile(rf"\b{near}{month}{year}"), named),
        (re.compile(rf"\b{order}\squarter\b{year}", re.IGNORECASE), _quarter),
        (re.compile(rf"\bQ(?P<q>[1-4])\b{year}"), _quarter),
        (re.compile(rf"\b(?P<half>first|second)\shalf\b{year}", re.IGNORECASE), _half),
        (re.compile(rf"\bfirst\s(?P<m>two|three|four|five|six|seven|eight|nine|ten)\smonths\b{year}", re.IGNORECASE), _first_months),
        (re.compile(rf"\bfirst\sthree\squarters\b{year}", re.IGNORECASE), _three_quarters),
        (re.compile(r"\b(?P<away>last|this|next|coming)\s(?:year|spring|summer|autumn|winter)\b", re.IGNORECASE), _year),
        (re.compile(r"\b(?P<which>last|this|next)\smonth\b", re.IGNORECASE), _near_month),
        (re.compile(r"\b(?P<which>yesterday|today|tomorrow)\b(?!’s|'s)", re.IGNORECASE), _near_day),
        (re.compile(r"\b(?:in|since|by|of|until|during|for|end of|before|from|than|the|after|to|late|early|spring|autumn|summer|winter)\s(?:the\s|about\s)?(?P<year>(?:19|20)\d\d)\b(?![,.]\d|\s?(?:%|per\b))", re.IGNORECASE), _year),
    )  # fmt: skip


def _year_parts(match: re.Match[str]) -> dict[str, int | bool]:
    said = match.groupdict()
    if said.get("year"):
        return {"year": int(said["year"])}
    away = (said.get("away") or "").lower()
    if away in _SAME_YEAR or not away:
        return {}
    return {"away": _YEARS_AWAY[away]}


def _years(match: re.Match[str], _today: date) -> Time | None:
    first, last = int(match["year"]), int(match["last"])
    return Time(*match.span(), year=first, last_year=last) if first < last else None


def _year(match: re.Match[str], _today: date) -> Time | None:
    return Time(*match.span(), **_year_parts(match))


def _quarter(match: re.Match[str], _today: date) -> Time | None:
    number = _ENGLISH.get(match["q"].lower()) or _number(match["q"])
    assert number is not None
    return Time(*match.span(), first=3 * number - 2, last=3 * number, **_year_parts(match))


def _quarters(match: re.Match[str], _today: date) -> Time | None:
    return Time(*match.span(), first=1, last=3 * (_number(match["n"]) or 1), **_year_parts(match))


def _three_quarters(match: re.Match[str], _today: date) -> Time | None:
    return Time(*match.span(), first=1, last=9, **_year_parts(match))


def _half(match: re.Match[str], _today: date) -> Time | None:
    first = 1 if match["half"].lower() in {"上", "first"} else 7
    return Time(*match.span(), first=first, last=first + 5, **_year_parts(match))


def _first_months(match: re.Match[str], _today: date) -> Time | None:
    last = _ENGLISH.get(match["m"].lower()) or _number(match["m"])
    return _of(match, 1, last)


def _months(match: re.Match[str], _today: date) -> Time | None:
    first, last = _number(match["m"]), _number(match["m2"])
    return _of(match, first, last) if first and last and first < last else None


def _month(match: re.Match[str], _today: date) -> Time | None:
    return _of(match, _number(match["m"]), _number(match["m"]))


def _of(match: re.Match[str], first: int | None, last: int | None) -> Time | None:
    if not (first and last and 1 <= first <= last <= DECEMBER):
        return None
    return Time(*match.span(), first=first, last=last, **_year_parts(match))


def _days(match: re.Match[str], _today: date) -> Time | None:
    time = _of(match, _number(match["m"]), _number(match["m2"] or match["m"]))
    return replace(time, day=int(match["d"]), last_day=int(match["d2"])) if time else None


def _day(match: re.Match[str], _today: date) -> Time | None:
    time = _of(match, _number(match["m"]), _number(match["m"]))
    return replace(time, day=int(match["d"])) if time else None


def _day_alone(match: re.Match[str], today: date) -> Time | None:
    if int(match["d"]) > today.day:
        before = today.replace(day=1) - timedelta(days=1)
        today = before
    return Time(*match.span(), year=today.year, first=today.month, last=today.month, day=int(match["d"]))


def _near_month(match: re.Match[str], today: date) -> Time | None:
    word = match["which"].lower()
    step = -1 if word[0] in "上l" else 1 if word[0] in "下n" else 0
    months = today.year * 12 + today.month - 1 + step
    month = months % 12 + 1
    return Time(*match.span(), year=months // 12, first=month, last=month)


def _near_day(match: re.Match[str], today: date) -> Time | None:
    word = match["which"].lower()
    step = {"昨": -1, "y": -1, "明": 1}.get(word[0], 1 if word == "tomorrow" else 0)
    day = today + timedelta(days=step)
    return Time(*match.span(), year=day.year, first=day.month, last=day.month, day=day.day)
