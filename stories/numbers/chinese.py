"""Numbers in Chinese prose: ``1,800``, ``1800余``, ``1.3亿``, ``十``, ``百分之三十``, ``2月19日``.

Whole dates come first, then what only looks like a number, then amounts.
"""

import re
from decimal import Decimal

from stories.numbers.found import DateParts, Finder, Meaning, no_number

LANGUAGES = frozenset({"zh", "yue", "ja"})

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
# One sign for one sign, so that places in the text stay what they are.
_PLAIN = str.maketrans("０１２３４５６７８９．，％萬億兩點餘號", "0123456789.,%万亿两点余号")

# [0-9], since \d would also take the digits of every other script.
_FIGURES = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![,0-9])|[0-9]+)(?:\.[0-9]+)?"
_SCALE = r"(?:[余多]?(?:[十百千]?(?:万亿|[万亿])|[百千](?![米克瓦万亿])))?"
NUMERALS = "一二三四五六七八九两零〇十百千万亿"
_SIGNS = r"[一二三四五六七八九两零〇十][一二三四五六七八九两零〇十百千万亿]*"
_WORDS = rf"{_SIGNS}(?:点[一二三四五六七八九零〇]+)?(?:[余多][万亿]+)?"
_PERCENT = r"(?:\s?[%]|个百分点)?"

_YEAR = r"([0-9]{4}|[一二][一二三四五六七八九零〇]{3})年"
_MONTH = r"([0-9]{1,2}|十[一二]?|[一二三四五六七八九])月"
_DAY = r"([0-9]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
_QUARTER = r"第?([1-4一二三四])季度"

# Words in which a numeral counts nothing.
_IDIOMS = """十分 十足 十全十美 一五一十 五金 五官 五湖四海 五花八门 五颜六色 四处 四周 四季
    四面八方 四通八达 四川 三亚 三峡 三番五次 三三两两 二手 九江 九州 六安 八方 七上八下 七夕 两岸
    三农 丢三落四 接二连三"""


def dates() -> list[Finder]:
    """Return the finders for dates, in the order in which they take turns."""
    return [
        (re.compile("|".join(_IDIOMS.split())), no_number),
        (re.compile(rf"{_YEAR}(?:{_QUARTER}|{_MONTH}(?:{_DAY})?)?"), _year),
        (re.compile(rf"(?<![0-9]){_MONTH}(?:{_DAY})?"), _month),
        (re.compile(r"(?<![0-9.])([0-9]{1,2})日"), _day),
        (re.compile(rf"(?<![0-9]){_QUARTER}"), _quarter),
    ]


def numbers() -> list[Finder]:
    """Return the finders for amounts, in the order in which they take turns."""
    share = rf"({_FIGURES}|[百千万]|{_WORDS})分之({_FIGURES}|{_WORDS})"
    figures = rf"(?P<figures>{_FIGURES})(?P<scale>{_SCALE})(?P<percent>{_PERCENT})"
    return [
        (re.compile(rf"(?:第|星期|礼拜|月初|大年初)(?:[0-9]+|{_SIGNS})"), no_number),
        (re.compile(r"(?<![一每两0-9])周[一二三四五六](?!次)"), no_number),
        (re.compile(r"(?:几|(?<![总人户件次])数)[十百千万亿]+"), no_number),
        (re.compile(share), _share),
        (re.compile(figures), _figures),
        (re.compile(rf"(?P<words>{_WORDS})(?P<percent>{_PERCENT})"), _words),
    ]


def plain(text: str) -> str:
    """Write full-width figures and traditional numerals plainly, sign by sign."""
    return text.translate(_PLAIN)


def _year(match: re.Match[str]) -> Meaning:
    year, quarter, month, day = (_whole(part) for part in match.groups())
    return Meaning(date=DateParts(year=year, quarter=quarter, month=month, day=day))


def _month(match: re.Match[str]) -> Meaning:
    month, day = (_whole(part) for part in match.groups())
    return Meaning(date=DateParts(month=month, day=day))


def _day(match: re.Match[str]) -> Meaning:
    return Meaning(date=DateParts(day=_whole(match[1])))


def _quarter(match: re.Match[str]) -> Meaning:
    return Meaning(date=DateParts(quarter=_whole(match[1])))


def _share(match: re.Match[str]) -> Meaning:
    whole, part = _value(match[1]), _value(match[2])
    if whole == 100:  # noqa: PLR2004  # 百分之
        return Meaning(part, percent=True)
    return Meaning(part / whole) if whole else Meaning(part)


def _figures(match: re.Match[str]) -> Meaning:
    value = _value(match["figures"])
    for sign in match["scale"]:
        value *= (_TENS | _MYRIADS).get(sign, 1)
    return Meaning(value, percent=bool(match["percent"]))


def _words(match: re.Match[str]) -> Meaning | None:
    if match["words"] in {"一", "零", "〇"} and not match["percent"]:
        return None
    return Meaning(_value(match["words"]), percent=bool(match["percent"]))


def _whole(text: str | None) -> int | None:
    return None if text is None else int(_value(text))


def _value(text: str) -> Decimal:
    if text[0].isascii():
        return Decimal(text.replace(",", ""))
    text, _, decimals = text.replace("余", "").replace("多", "").partition("点")
    digit_by_digit = all(sign in _DIGITS for sign in text)  # as in 二〇二四
    whole = _digits(text) if digit_by_digit else str(_spelled(text))
    return Decimal(f"{whole}.{_digits(decimals)}")


def _digits(text: str) -> str:
    return "".join(str(_DIGITS[sign]) for sign in text if sign in _DIGITS)


def _spelled(text: str) -> int:
    """Read a numeral such as 一亿三千万, 一千八百 or 一千八."""
    total = section = digit = 0
    unit = 1
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
            unit = 1 if digit == 0 else unit
            continue
        if sign in _TENS:
            section, unit = section + (digit or 1) * _TENS[sign], _TENS[sign]
        elif sign == "万":
            total, section, unit = total + (section + digit) * _MYRIADS[sign], 0, _MYRIADS[sign]
        else:
            total, section, unit = (total + section + digit) * _MYRIADS[sign], 0, _MYRIADS[sign]
        digit = 0
    # 一千八 is 1800, 十八 and 一千零八 are not.
    return total + section + digit * (unit // 10 if unit > _TENS["十"] else 1)
