"""Numbers in Chinese and Japanese prose: ``1800余``, ``1.3亿``, ``三成``, ``2月19日``.

Whole dates come first, then what only looks like a number, then amounts.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from stories.numbers.found import DateParts, Finder, Meaning, no_number, scaled
from stories.numbers.lexicon import Lexicon

LANGUAGES = frozenset({"zh", "yue", "ja"})

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8, "兆": 10**12}
# One sign for one sign, so that places in the text stay what they are.
_PLAIN = str.maketrans("，萬億兩點餘號個過數", ",万亿两点余号个过数")
_CHEQUES = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟", "一二二三三四五六六七八九十百千")
# As on cheques: several signs, or one before its size; alone, most of them are common words.
_ON_CHEQUES = re.compile(
    "[壹贰貳叁參肆伍陆陸柒捌玖][拾佰仟][壹贰貳叁參肆伍陆陸柒捌玖拾佰仟零]*|[壹贰貳叁肆伍陆陸柒捌玖拾佰仟](?=[万萬亿億])"
)
_BOTH = re.compile("(?<![妻哥姐母父娘儿人他她咱你我弟妹老])[俩仨]")

# [0-9], since \d would also take the digits of every other script.
_FIGURES = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![,0-9])|[0-9]+)(?:\.[0-9]+)?"
_MORE = "[余多]"
_SCALE = rf"(?:{_MORE}?(?:[十百千]?(?:万亿|[万亿兆])|[百千](?![米克瓦万亿])))?"
_SECTION = r"[0-9]+(?:\.[0-9]+)?(?:[十百千]?[万亿兆]|[百千](?![米克瓦]))"
_REST = r"[0-9]{1,4}(?![0-9]|\.[0-9])"
_CHAIN = rf"{_SECTION}(?:{_SECTION})+(?:{_REST})?|[0-9]+[万亿兆]{_REST}"
NUMERALS = "一二三四五六七八九两零〇十百千万亿"
_SIGNS = r"[一二三四五六七八九两零〇十][一二三四五六七八九两零〇十百千万亿]*"
_WORDS = rf"{_SIGNS}(?:点[一二三四五六七八九零〇]+)?(?:[余多][万亿]+)?"
_PERCENT = r"(?:\s?[%]|(?:个)?百分点|ポイント)?"
_ROUND = "[十百千万亿]"

_YEAR = r"([0-9]{4}|[一二][一二三四五六七八九零〇]{3})年"
_MONTH = r"([0-9]{1,2}|十[一二]?|[一二三四五六七八九])月"
_DAY = r"([0-9]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
_QUARTER = r"第?([1-4一二三四])(?:季度|四半期)"
_DASH = "[-—–~～至到]"
_MONTHS = rf"([0-9]{{1,2}}){_DASH}([0-9]{{1,2}})月(?![0-9])"
_FIRST_MONTHS = r"前([0-9]{1,2}|[两三四五六七八九十]|十一)个?月"

_HOUR = r"(?:[0-9]{1,2}|[一二三四五六七八九]|十[一二]?)"
_DAYTIME = "上午|下午|中午|凌晨|清晨|早上|早晨|晚上|晚间|傍晚|午前|午後|夜里|当晚"
_CLOCK = (
    rf"(?:{_DAYTIME}){_HOUR}(?:时|時|点|:)(?:半|[0-9]{{1,2}}分?)?"
    rf"|(?<![0-9.])[0-9]{{1,2}}(?:时|時|点)[0-9]{{1,2}}分"
)
_ROADS = (
    "国道|省道|县道|乡道|号线|号公路|热线|号文件|号令|路公交|号院|号楼|号桥|号馆|号码头|号泊位|号"
)
_UNITS_OF_LETTERS = r"(?:km|cm|mm|kg|ha|kW|MW|GW|kWh|hm|dB|TEU|m|t|g|L)(?![A-Za-z])"


def dates(words: Lexicon) -> list[Finder]:
    """Return the finders for dates and names, in the order in which they take turns."""
    names = "|".join(
        re.escape(name) + ("(?![钟之])" if name.endswith("分") else "")
        for name in sorted(words.names, key=len, reverse=True)
    )
    apart = rf"(?<![0-9{NUMERALS}点几数])(?:{names})"
    return [
        *([(re.compile(apart), no_number)] if names else []),
        *_periods(words),
        (re.compile(_MONTHS), _months),
        (re.compile(_FIRST_MONTHS), _first_months),
        (re.compile(rf"{_YEAR}(?:{_QUARTER}|{_MONTH}(?:{_DAY})?)?"), _year),
        (re.compile(rf"(?<![0-9]){_MONTH}(?:{_DAY})?"), _month),
        (re.compile(r"(?<![0-9.])([0-9]{1,2})日(?!间)"), _day),
        (re.compile(rf"(?<![0-9]){_QUARTER}"), _quarter),
        (re.compile(_CLOCK), no_number),
        (
            re.compile(rf"(?:[0-9]+|{_SIGNS})[多余]?年(?:前|来|间|内|后|级|以前|以来|以后)"),
            no_number,
        ),
        (re.compile(rf"[0-9]+(?=[A-Za-z])(?!{_UNITS_OF_LETTERS})[A-Za-z]+级?"), no_number),
        (re.compile(_NAMED), no_number),
    ]


_NAMED = (
    rf"[0-9]+(?:{_ROADS})|[5-9]0后|[零五六七八九]零后|(?:[0-9]0|[二三四五六七八九]十)年代|“[0-9]{{2,}}”|(?<=热线)[0-9]+"
    r"|[一二三四五六七八九十]期(?=工程|项目|码头|建设|扩建|改造|投|[，、。）])"
    r"|一[窗站网号企镇村县乡业品户人事厂]一[策品业码档证景办张米村特]"
)


def numbers(words: Lexicon) -> list[Finder]:
    """Return the finders for amounts, in the order in which they take turns."""
    part = rf"({_FIGURES}|{_WORDS})"
    share = rf"({_FIGURES}|[百千万]|{_WORDS})分(?:之|の){part}"
    figures = (
        rf"(?P<figures>{_FIGURES})(?P<scale>{_SCALE})(?P<more>{_MORE}?)(?P<percent>{_PERCENT})"
    )
    tenths = r"([一二两三四五六七八九]|[0-9](?:\.[0-9])?)[成割]([一二三四五六七八九半0-9])?分?"
    not_tenths = "(?![功立为熟本效果员长都绩就品型交分合套家])"
    vague = "|".join(sorted(map(re.escape, words.vague), key=len, reverse=True))
    few = "[一二两三四五六七八九]"
    return [
        (re.compile(rf"(?:第|星期|礼拜|月初|大年初|正月初)(?:[0-9]+|{_SIGNS})"), no_number),
        (re.compile(r"(?<![一每两0-9])周[一二三四五六](?!次)"), no_number),
        *([(re.compile(vague), _vague(words))] if vague else []),
        (re.compile(rf"(?P<words>[二三四五六七八九]?十|[一二]?百)来(?P<scale>{_SCALE})"), _around),
        (re.compile(r"(?:几|(?<![总人户件次])数)[十百千万亿]+"), no_number),
        (re.compile(share), _share),
        (re.compile(tenths + not_tenths), _tenths),
        (
            re.compile(
                r"(?P<over>过半|超半)数?(?![个天小年径山])|近半数?(?![个天小年月径])|[大]?半数|一半(?!天)"
            ),
            _half,
        ),
        (re.compile(r"减半|半减|半減"), _halved),
        (re.compile(r"翻[了上]?([一两二三四五])?番"), _doubled),
        *_of(words),
        (re.compile(rf"([0-9]+(?:\.[0-9]+)?|{_WORDS})[余多]?倍"), _times),
        (
            re.compile(
                rf"({_FIGURES}){_DASH}({_FIGURES})(?P<scale>{_SCALE})(?P<percent>{_PERCENT})"
            ),
            _range,
        ),
        (
            re.compile(
                rf"(?<![{NUMERALS}])({few})[到至]?({few})(?=[个家天年人户次倍种棵只名件项位间张座处条亩米里公百千万十小分成])(?P<scale>{_ROUND}?)"
            ),
            _few,
        ),
        (re.compile(_CHAIN), _chain),
        (re.compile(figures), _figures),
        (re.compile(rf"(?P<words>{_WORDS})(?P<more>{_MORE}?)(?P<percent>{_PERCENT})"), _words),
        (re.compile(rf"(?<![数几{NUMERALS}])(?P<words>[百千万亿]+)(?P<more>[余多])"), _round),
        (
            re.compile(
                r"(?<=[破超逾近约达满过])(?P<words>[百千万亿]{1,2})(?P<more>)(?![里物业年花名])"
            ),
            _round,
        ),
        (
            re.compile(r"(?<![数几])(?P<words>[百千万]?亿)(?P<more>)(?=元|级|[吨美斤])"),
            _vaguely_round,
        ),
    ]


def _periods(words: Lexicon) -> list[Finder]:
    if not words.periods:
        return []

    def read(match: re.Match[str]) -> Meaning:
        first, last = words.periods[match["period"]]
        year = _whole(match[1]) if match[1] else None
        return Meaning(date=DateParts(year=year, month=first, last_month=last))

    listed = "|".join(sorted(map(re.escape, words.periods), key=len, reverse=True))
    return [(re.compile(rf"(?:{_YEAR})?の?(?P<period>{listed})"), read)]


def _of(words: Lexicon) -> list[Finder]:
    """Return the finders for shares and multiples that are a word of their own."""
    found: list[Finder] = []
    for table, kind in ((words.shares, "share"), (words.times, "times")):
        if table:
            pattern = re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
            found.append((pattern, _reader_of(words, kind)))
    return found


def _reader_of(words: Lexicon, kind: str) -> Callable[[re.Match[str]], Meaning]:
    def read(match: re.Match[str]) -> Meaning:
        if kind == "times":
            return Meaning(Decimal(words.times[match[0]]), times=True)
        part = words.shares[match[0]]
        percent = Decimal(100 * part.numerator) / part.denominator
        return Meaning(percent, percent=True, share=True)

    return read


def _vague(words: Lexicon) -> Callable[[re.Match[str]], Meaning]:
    def read(match: re.Match[str]) -> Meaning:
        low, high = words.vague[match[0]]
        return Meaning(Decimal(low), upper=Decimal(high), vague=True)

    return read


def plain(text: str) -> str:
    """Write traditional numerals, and those of cheques, plainly, sign by sign."""
    text = _ON_CHEQUES.sub(lambda match: match[0].translate(_CHEQUES), text)
    return _BOTH.sub(lambda match: "两" if match[0] == "俩" else "三", text).translate(_PLAIN)


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


def _months(match: re.Match[str]) -> Meaning | None:
    first, last = int(match[1]), int(match[2])
    if not 1 <= first < last <= 12:  # noqa: PLR2004  # months
        return None
    return Meaning(date=DateParts(month=first, last_month=last))


def _first_months(match: re.Match[str]) -> Meaning:
    return Meaning(date=DateParts(month=1, last_month=_whole(match[1])))


def _share(match: re.Match[str]) -> Meaning:
    whole, part = _value(match[1]), _value(match[2])
    if match[1] in {"百", "千", "万"}:
        whole = Decimal((_TENS | _MYRIADS)[match[1]])
    if not whole:
        return Meaning(part)
    rounded = whole not in {100, 1000, 10_000}
    return Meaning(part * 100 / whole, percent=True, share=rounded)


def _tenths(match: re.Match[str]) -> Meaning:
    more = 5 if match[2] == "半" else int(_value(match[2] or "0"))
    return Meaning(_value(match[1]) * 10 + more, percent=True, share=True)


def _half(match: re.Match[str]) -> Meaning:
    qualifier = "over" if match["over"] else "nearly" if match[0].startswith("近") else ""
    return Meaning(Decimal(50), percent=True, share=True, qualifier=qualifier)


def _halved(_match: re.Match[str]) -> Meaning:
    return Meaning(Decimal(50), percent=True, share=True, direction=-1)


def _doubled(match: re.Match[str]) -> Meaning:
    times = 2 ** int(_value(match[1])) if match[1] else 2
    return Meaning(Decimal(times), times=True, direction=1)


def _times(match: re.Match[str]) -> Meaning:
    return Meaning(_value(match[1]), times=True)


def _range(match: re.Match[str]) -> Meaning:
    size = _size(match["scale"])
    low, high = _value(match[1]), _value(match[2])
    if low * size < high and low < high:
        low = low * size
        return Meaning(low, upper=high * size, percent=bool(match["percent"]))
    return Meaning(low * size, upper=high * size, percent=bool(match["percent"]))


def _few(match: re.Match[str]) -> Meaning | None:
    low, high = _value(match[1]), _value(match[2])
    if low + 1 != high and (int(low), int(high)) != (3, 5):
        return None
    size = _size(match["scale"])
    return Meaning(low * size, upper=high * size, vague=True)


def _around(match: re.Match[str]) -> Meaning:
    value = _value(match["words"]) * _size(match["scale"])
    return Meaning(value * 4 / 5, upper=value * 7 / 5, vague=True)


def _chain(match: re.Match[str]) -> Meaning:
    value, rest = Decimal(0), match[0]
    for section in re.finditer(r"([0-9]+(?:\.[0-9]+)?)([十百千万亿兆]*)", rest):
        value += Decimal(section[1]) * _size(section[2])
    return Meaning(value)


def _figures(match: re.Match[str]) -> Meaning:
    value = scaled(_value(match["figures"]), _size(match["scale"]))
    more = match["more"] or any(sign in match["scale"] for sign in "余多")
    return Meaning(value, percent=bool(match["percent"]), qualifier="over" if more else "")


def _size(scale: str) -> int:
    size = 1
    for sign in scale:
        size *= (_TENS | _MYRIADS).get(sign, 1)
    return size


def _words(match: re.Match[str]) -> Meaning | None:
    if match["words"] in {"一", "零", "〇"} and not match["percent"]:
        return None
    more = match["more"] or any(sign in match["words"] for sign in "余多")
    return Meaning(
        _value(match["words"]), percent=bool(match["percent"]), qualifier="over" if more else ""
    )


def _round(match: re.Match[str]) -> Meaning:
    return Meaning(Decimal(_size(match["words"])), qualifier="over" if match["more"] else "")


def _vaguely_round(match: re.Match[str]) -> Meaning:
    return Meaning(Decimal(_size(match["words"])), vague=True)


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
        elif sign in {"万", "兆"}:
            total, section, unit = total + (section + digit) * _MYRIADS[sign], 0, _MYRIADS[sign]
        else:
            total, section, unit = (total + section + digit) * _MYRIADS[sign], 0, _MYRIADS[sign]
        digit = 0
    # 一千八 is 1800, 十八 and 一千零八 are not.
    return total + section + digit * (unit // 10 if unit > _TENS["十"] else 1)
