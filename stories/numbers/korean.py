"""Numbers in Korean prose: ``1조2천억``, ``3500만``, ``두 배``, ``3분의 2``."""

import re
from decimal import Decimal

from stories.numbers.found import DateParts, Finder, Meaning, no_number

_SIZES = {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12}
_FIGURES = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_SECTION = rf"(?:{_FIGURES})(?:[십백천]?[만억조]|[백천])"
_PERCENT = r"(?P<percent>\s?%(?:포인트|p)?|\s?퍼센트|\s?프로(?!젝))?"


def dates() -> list[Finder]:
    """Return the finders for dates and times, in the order in which they take turns."""
    clock = (
        r"(?:오전|오후|낮|밤|새벽)\s?[0-9]{1,2}시(?:\s?[0-9]{1,2}분)?|[0-9]{1,2}시\s?[0-9]{1,2}분"
    )
    return [
        (re.compile(r"(?:([0-9]{4})년\s?)?([0-9]{1,2})월(?:\s?([0-9]{1,2})일(?!간))?"), _date),
        (re.compile(r"([0-9]{4})년"), _date_of_year),
        (re.compile(clock), no_number),
        (re.compile(r"[0-9]{1,2}년\s?(?:전|뒤|후|만|간|째)"), no_number),
        (re.compile(r"제\s?[0-9]+|[0-9]+(?:호선|번 국도|호 국도|번길)"), no_number),
    ]


def numbers() -> list[Finder]:
    """Return the finders for amounts in figures, in the order in which they take turns."""
    chain = rf"(?P<chain>{_SECTION}(?:\s?{_SECTION})*(?:\s?[0-9]{{1,4}}(?![0-9]|[.,][0-9]))?)"
    return [
        (re.compile(r"([0-9]+)분의\s?([0-9]+)"), _share),
        (re.compile(r"([0-9]+(?:\.[0-9]+)?)\s?배(?!럴|출|달|치|경|추)"), _times),
        (re.compile(r"([0-9])할"), _tenths),
        (re.compile(chain + _PERCENT), _chain),
    ]


def _date(match: re.Match[str]) -> Meaning:
    year, month, day = (int(part) if part else None for part in match.groups())
    return Meaning(date=DateParts(year=year, month=month, day=day))


def _date_of_year(match: re.Match[str]) -> Meaning:
    return Meaning(date=DateParts(year=int(match[1])))


def _share(match: re.Match[str]) -> Meaning | None:
    whole = int(match[1])
    if not whole:
        return None
    return Meaning(Decimal(100) * int(match[2]) / whole, percent=True, share=True)


def _times(match: re.Match[str]) -> Meaning:
    return Meaning(Decimal(match[1]), times=True)


def _tenths(match: re.Match[str]) -> Meaning:
    return Meaning(Decimal(match[1]) * 10, percent=True, share=True)


def _chain(match: re.Match[str]) -> Meaning:
    value = Decimal(0)
    for part in re.finditer(r"([0-9][0-9,]*(?:\.[0-9]+)?)([십백천만억조]*)", match["chain"]):
        size = 1
        for sign in part[2]:
            size *= _SIZES[sign]
        value += Decimal(part[1].replace(",", "")) * size
    return Meaning(value, percent=bool(match["percent"]))
