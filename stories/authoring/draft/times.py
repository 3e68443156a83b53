"""Times that an article names, as periods: 去年12月, 一季度, 1—2月, last December, by 2025."""

from __future__ import annotations

import re
from collections.abc import Callable
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
    "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "今年": 0, "本年": 0, "年内": 0, "全年": 0,
    "明年": 1,
    "last": -1, "this": 0, "next": 1, "previous": -1, "coming": 1,
}  # fmt: skip
_SAME_YEAR = {"同年", "当年", "that"}
_ENGLISH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "two": 2, "three": 3,
            "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
            "ten": 10}  # fmt: skip
_COUNTED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


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
    whole: Period | None = None
    """The period itself, where the text says it outright."""

    @property
    def has_year(self) -> bool:
        """Whether the text says the year."""
        return self.year is not None or self.away is not None

    def period(  # noqa: PLR0911  # one for each way in which a time is stated
        self, today: date, *, ahead: bool = False
    ) -> Period | None:
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
        if year is not None and text.startswith(("上年", "上一年"), time.start):
            yield replace(time, year=year - 1, away=None)
            continue
        if year is not None and text.startswith("全年", time.start):
            yield replace(time, year=year, away=None)
            continue
        if time.has_year:
            year = time.last_year or time.year or today.year + (time.away or 0)
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


_Read = Callable[[re.Match[str], date], Time | None]
_Forms = tuple[tuple[re.Pattern[str], _Read], ...]


@cache
def _chinese_forms() -> _Forms:
    """Return the forms in the order in which they take turns."""
    away = "去年|上一年|上年|前年|今年|本年|年内|明年"
    year = rf"(?:(?P<year>\d{{4}})年|(?P<away>{away}|同年|当年))?(?:的|，)?"
    month = r"(?P<m>\d{1,2}|十[一二]?|[一二三四五六七八九])"
    dash = "[-—–~～至到]"
    month2 = r"(?P<m2>\d{1,2}|十[一二]?)月"
    part = "(?:份|底|末|初|中旬|上旬|下旬)?"
    two_days = rf"(?P<d>\d{{1,2}})[日号]?{dash}(?:{month2})?(?P<d2>\d{{1,2}})[日号]"
    forms: tuple[tuple[str, _Read], ...] = (
        (rf"(?P<year>\d{{4}})年?{dash}(?P<last>\d{{4}})年", _years),
        (r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)", _day),
        (rf"{year}前(?P<n>[两二三])个?季度", _quarters),
        (rf"{year}第?(?P<q>[1-4一二三四])季度", _quarter),
        (rf"{year}(?P<half>[上下])半年", _half),
        (rf"{year}前{month}个?月", _first_months),
        (rf"{year}{month}月?(?:份)?{dash}{month2}(?:份|底|末)?(?!\d)", _months),
        (rf"{year}{month}月{two_days}", _days),
        (rf"{year}(?<!\d){month}月(?P<d>\d{{1,2}})[日号]", _day),
        (rf"{year}(?<![\d个]){month}月{part}(?![内以])", _month),
        (rf"(?P<year>\d{{4}})年|(?P<away>{away})", _year),
        (r"(?P<away>全年)", _year),
        (r"(?P<which>上个?月|本月|当月|这个月|下个?月)", _near_month),
        (r"(?P<which>昨天|昨日|今天|今日|明天|明日)", _near_day),
        (r"(?<![\d.月])(?P<d>\d{1,2})日(?!间|均)", _day_alone),
    )
    return tuple((re.compile(form), read) for form, read in forms)


@cache
def _english_forms() -> _Forms:
    """Return the forms in the order in which they take turns."""
    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        listed = get_month_names(width, "format", "en").items()
        names |= {str(name): number for number, name in listed}
    month = r"(?P<name>" + "|".join(sorted(names, key=len, reverse=True)) + r")\b\.?"
    month2 = month.replace("name", "name2")
    four = r"(?:19|20)\d\d"
    year = rf"(?:,?\s(?:of\s|in\s)?(?:(?P<year>{four})\b|(?P<away>last|this|next|that)\syear\b))?"
    near = r"(?:(?P<near>last|this|next)\s)?"
    day, ordinal = r"(?P<d>\d{1,2})", "(?:st|nd|rd|th)?"
    days = rf"{day}\s?(?:[-–]|to)\s?(?P<d2>\d{{1,2}})"
    before_year = (
        "in|since|by|of|until|during|for|before|from|than|the|after|to|on|with|against|late|early"
        "|spring|autumn|summer|winter"
    )

    def named(match: re.Match[str], today: date) -> Time | None:
        stated, away = _year_parts(match)
        number = names[match["name"].title()]
        said = match.groupdict()
        if said.get("near") and stated is None and away is None:
            word = match["near"].lower()
            is_other = {"last": number >= today.month, "next": number <= today.month}
            step = {"last": -1, "next": 1}.get(word, 0)
            stated = today.year + step * is_other.get(word, False)
        last = names[said["name2"].title()] if said.get("name2") else number
        start, end = match.span()
        return Time(start, end, stated, away, number, last, _number(said.get("d")),
                    _number(said.get("d2")))  # fmt: skip

    forms: tuple[tuple[str, _Read], ...] = (
        (rf"(?P<year>{four})-(?P<m>\d\d)-(?P<d>\d\d)\b", _day),
        (
            (
                rf"(?:\b(?:from|between) )?(?P<year>{four})(?:\s?[-–—]\s?| to | and )"
                rf"(?P<last>{four})\b"
            ),
            _years,
        ),
        (rf"\b{days}\s{month}{year}", named),
        (rf"\b{month}\s{days}\b{year}", named),
        (rf"\b{day}{ordinal}\s(?:of\s)?{month}{year}", named),
        (rf"\b{month}\s{day}{ordinal}\b(?!,\d){year}", named),
        (rf"\b{month}\s?(?:[-–]|to|and)\s?{month2}{year}", named),
        (rf"\b{near}{month}{year}", named),
        (rf"\b(?P<q>first|second|third|fourth|last)\squarter\b{year}", _quarter),
        (rf"\bQ(?P<q>[1-4])\b{year}", _quarter),
        (rf"\b(?P<half>first|second)\shalf\b{year}", _half),
        (rf"\bfirst\s(?P<m>{'|'.join(_COUNTED)})\smonths\b{year}", _first_months),
        (rf"\bfirst\sthree\squarters\b{year}", _three_quarters),
        (
            r"\b(?P<away>last|this|next|coming)\s(?:year|spring|summer|autumn|winter)\b",
            _year,
        ),
        (r"\b(?P<which>last|this|next)\smonth\b", _near_month),
        (r"\b(?P<which>yesterday|tomorrow)\b(?!’s|'s)", _near_day),
        (
            rf"\b(?:{before_year})\s(?:the\s|about\s)?(?P<year>{four})\b(?![,.]\d|\s?(?:%|per\b))",
            _year,
        ),
    )
    capitals = [re.compile(form, re.IGNORECASE) for form, _ in forms]
    may = re.compile(r"\bmay\b")

    def of_capital(read: _Read) -> _Read:
        """Leave verbs alone: may, march."""
        return lambda match, today: (
            None
            if may.search(match[0]) or re.search(r"\bmarch\b", match[0])
            else read(match, today)
        )

    return tuple((form, of_capital(read)) for form, (_, read) in zip(capitals, forms, strict=True))


def _year_parts(match: re.Match[str]) -> tuple[int | None, int | None]:
    """Return the year that is stated, or how many years away it is."""
    said = match.groupdict()
    if said.get("year"):
        return int(said["year"]), None
    away = (said.get("away") or "").lower()
    if away in _SAME_YEAR or not away:
        return None, None
    return None, _YEARS_AWAY[away]


def _years(match: re.Match[str], _today: date) -> Time | None:
    first, last = int(match["year"]), int(match["last"])
    return Time(*match.span(), year=first, last_year=last) if first < last else None


def _year(match: re.Match[str], _today: date) -> Time | None:
    said = match.groupdict()
    start = match.start("year") if said.get("year") else match.start()
    return Time(start, match.end(), *_year_parts(match))


def _quarter(match: re.Match[str], _today: date) -> Time | None:
    number = _ENGLISH.get(match["q"].lower()) or _number(match["q"])
    assert number is not None
    return Time(*match.span(), *_year_parts(match), 3 * number - 2, 3 * number)


def _quarters(match: re.Match[str], _today: date) -> Time | None:
    return Time(*match.span(), *_year_parts(match), 1, 3 * (_number(match["n"]) or 1))


def _three_quarters(match: re.Match[str], _today: date) -> Time | None:
    return Time(*match.span(), *_year_parts(match), 1, 9)


def _half(match: re.Match[str], _today: date) -> Time | None:
    first = 1 if match["half"].lower() in {"上", "first"} else 7
    return Time(*match.span(), *_year_parts(match), first, first + 5)


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
    return Time(*match.span(), *_year_parts(match), first, last)


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
    return Time(
        *match.span(), year=today.year, first=today.month, last=today.month, day=int(match["d"])
    )


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
