"""Numbers in any language that writes them in figures: ``1,800``, ``1.3 million``, ``30 %``.

What a language calls its months and its millions, and how it groups digits, is Babel's knowledge.
"""

import heapq
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from babel import Locale
from babel.dates import get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from stories.numbers.digits import plain
from stories.numbers.found import DateParts, Finder, Meaning, Scan, no_number, scaled
from stories.numbers.lexicon import Lexicon

_SPACES = " \u00a0\u202f"
_QUARTER = re.compile(r"\b[QT]([1-4])(?:\s(\d{4}))?\b")
PERCENT = (
    rf"(?P<percent>[{_SPACES}]?%|[{_SPACES}-]per ?cent\b|[{_SPACES}-](?:percentage )?points?\b"
    rf"|[{_SPACES}](?:pour ?cent|points? de pourcentage|Prozentpunkte?n?|Prozent|por ciento"
    r"|puntos porcentuales|per cento|por cento|процент\w*|procent|في المئة|في المائة|بالمئة|بالمائة"
    r"|נקודות אחוז|אחוזים|אחוז|درصد))?"
)
"""Pattern of what may follow a number in percent."""
_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th|er|ère|e|ème|ª|º|\.º)\b|\b\d+º|\b\d+ª")
_CLOCK = re.compile(
    r"\b\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?|\b\d{1,2}(?:\.\d{2})?\s?[ap]\.?m\b\.?"
    r"|\b\d{1,2}(?:[.:]\d{2})?\sUhr\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b24/7\b|\b(?:1[5-9]|20)?\d0s\b|\b\d+[GDKABS]\b(?!\$)|“\d{2,}”"
    r"|\b(?:No|Nr|nº|n°|№)\.?\s?\d+",
    re.ASCII,
)
_NUMERIC = r"(?<![\d./-])(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})(?![\d/]|[.-]\d)"
_CENTURY = (1500, 2100)


def numbers(locale: Locale, words: Lexicon) -> list[Finder]:
    """Return the finders for amounts in figures, in the order in which they take turns."""
    return [(_ORDINAL, no_number), _range_finder(locale, words), _figures_finder(locale, words)]


def scales(locale: Locale) -> dict[str, int]:
    """Return the language's words for large numbers in small letters, such as ``million``."""
    found: dict[str, int] = {}
    for style in ("long", "short"):
        for patterns in locale.compact_decimal_formats.get(style, {}).values():
            for size, pattern in patterns.items():
                text = getattr(pattern, "pattern", "")
                word = re.sub("[0'\u200f\u200e]", "", text).strip(_SPACES + ".").lower()
                if len(word) > 1:
                    found.setdefault(word, int(size) // 10 ** max(text.count("0") - 1, 0))
    return found


def _forms(locale: Locale, words: Lexicon) -> tuple[str, dict[str, int], Callable[[str], Decimal]]:
    """Return a pattern for figures, the words for sizes, and what reads the figures."""
    group, point = plain(get_group_symbol(locale)), plain(get_decimal_symbol(locale))
    between = rf"[{_SPACES}'’]" if group.isspace() else rf"[{re.escape(group)}'’\u00a0\u202f]"
    decimals = rf"(?:{re.escape(point)}\d+)?"
    indian = r"\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|" if group == "," else ""
    figures = rf"(?:{indian}\d{{1,3}}(?:{between}\d{{3}})+(?!\d)|\d+){decimals}"
    sizes = scales(locale) | {word.lower(): size for word, size in words.scales.items()}
    sizes.setdefault("m", 10**6)

    def value(text: str) -> Decimal:
        return Decimal(
            re.sub(rf"{between}|,(?=\d\d,)" if indian else between, "", text).replace(point, ".")
        )

    return figures, sizes, value


def _scale(sizes: Iterable[str], words: Lexicon) -> str:
    """Return a pattern for what stands for a size; a single M before a currency alone."""
    listed = [size for size in sizes if size != "m" or "m" in words.scales]
    return rf"(?:[{_SPACES}-]?(?P<scale>{alternatives(listed) or '(?!)'}|M(?=\s?[€$£]))(?!\w))?"


def _figures_finder(locale: Locale, words: Lexicon) -> Finder:
    figures, sizes, value = _forms(locale, words)
    scale = _scale(sizes, words)
    pattern = re.compile(rf"(?P<figures>{figures}){scale}{PERCENT}", re.IGNORECASE)

    def read(match: re.Match[str]) -> Meaning:
        size = sizes.get((match["scale"] or "").lower(), 1)
        return Meaning(scaled(value(match["figures"]), size), percent=bool(match["percent"]))

    return pattern, read


def _range_finder(locale: Locale, words: Lexicon) -> Finder:
    figures, sizes, value = _forms(locale, words)
    scale = _scale(sizes, words)
    pattern = re.compile(
        rf"(?<![\d.,])(?P<low>{figures})\s?[–—-]\s?(?P<high>{figures})(?![\d-]){scale}{PERCENT}",
        re.IGNORECASE,
    )

    def read(match: re.Match[str]) -> Meaning:
        low, high = value(match["low"]), value(match["high"])
        size = sizes.get((match["scale"] or "").lower(), 1)
        if low >= high:
            low, high = high, low
        if all(_CENTURY[0] <= each < _CENTURY[1] for each in (low, high)) and size == 1:
            return Meaning(date=DateParts(year=int(low)))
        return Meaning(low * size, upper=high * size, percent=bool(match["percent"]))

    return pattern, read


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def words_of(words: Lexicon) -> list[Finder]:
    """Return the finders for periods, shares, multiples and vague amounts in words."""
    found: list[Finder] = []

    def add(table: Iterable[str], read: Callable[[str], Meaning | None]) -> None:
        listed = {word.lower(): word for word in table}
        if listed:
            pattern = re.compile(_whole(words, listed), re.IGNORECASE)
            found.append((pattern, lambda match: read(listed[match["it"].lower()])))

    if words.names:
        found.append((re.compile(words.pattern(words.names)), no_number))
    if words.periods:
        found.append(_period_finder(words))
    add(words.times, lambda word: Meaning(Decimal(words.times[word]), times=True))
    add(words.numbers, lambda word: Meaning(Decimal(words.numbers[word])))
    add(words.vague, lambda word: _vague(*words.vague[word]))
    add(words.shares, lambda word: _share(words, word))
    return found


def _whole(words: Lexicon, listed: Iterable[str]) -> str:
    """Return a pattern for words in whole; Arabic joins short ones to them."""
    if words.lang == "ar":
        return rf"(?<!\w)[وفبلك]{{0,2}}(?P<it>{alternatives(listed)})(?:ها|هم|هما|ه)?(?!\w)"
    return rf"(?P<it>{words.pattern(listed)})"


def _vague(low: int, high: int) -> Meaning:
    return Meaning(Decimal(low), upper=Decimal(high), vague=True)


def multiples(word: str) -> Finder:
    """Return the finder for multiples with a number: three times, trois fois, 3 veces."""
    pattern = re.compile(rf"(?<![\w.,])(?P<n>\d+(?:[.,]\d+)?)\s?(?:{word})\b", re.IGNORECASE)
    return pattern, lambda match: Meaning(Decimal(match["n"].replace(",", ".")), times=True)


def _share(words: Lexicon, word: str) -> Meaning:
    part = words.shares[word]
    halved = word.lower().startswith(("halv", "halbiert"))
    percent = Decimal(100 * part.numerator) / part.denominator
    return Meaning(percent, percent=True, share=True, direction=-1 if halved else 0)


def _period_finder(words: Lexicon) -> Finder:
    by_word = {word.lower(): months for word, months in words.periods.items()}
    year = r"(?:\s(?:of|de|del|von|in|من عام|von)?\s?(?P<year>\d{4})(?!\d))?"
    before = r"(?:(?P<first>\d{4})년?\s)?" if words.lang == "ko" else ""
    pattern = re.compile(rf"{before}(?P<it>{words.pattern(by_word)}){year}", re.IGNORECASE)

    def read(match: re.Match[str]) -> Meaning:
        first, last = by_word[match["it"].lower()]
        stated = match["year"] or (match["first"] if before else None)
        return Meaning(
            date=DateParts(year=int(stated) if stated else None, month=first, last_month=last)
        )

    return pattern, read


def dates(locale: Locale, words: Lexicon) -> list[Finder | Scan]:
    """Return the finders for dates, times and names, in the order in which they take turns."""
    months: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            names = get_month_names(width, context, locale)
            months |= {name: number for number, name in names.items() if name}
    month = rf"(?P<month>{alternatives(months)})\b\.?"
    year = r"(?:,?\s(?:de\s)?(?P<year>\d{4})\b)?"
    day = r"\b(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
    forms = (
        rf"{day}\s(?:of\s|de\s)?{month}{year}",
        rf"\b{month}\s{day}\b(?!%|[.,]?\d)(?:,?\s(?P<year>\d{{4}})\b)?",
        rf"\b{month}\s(?:de\s)?(?P<year>\d{{4}})\b",
    )

    def read(match: re.Match[str]) -> Meaning | None:
        parts = match.groupdict()
        day, year = (int(parts[name]) if parts.get(name) else None for name in ("day", "year"))
        return Meaning(date=DateParts(year=year, month=months[parts["month"]], day=day))

    return [
        *((re.compile(form), read) for form in forms),
        (_QUARTER, _quarter),
        _numeric_date(locale),
        (_CLOCK, no_number),
        (_NAMED, no_number),
        (re.compile(rf"\b(?:{alternatives(words.numbered) or '(?!)'})[ -]\d+\b"), no_number),
        *_years(words),
    ]


def _years(words: Lexicon) -> list[Finder | Scan]:
    """Return the finders for years in four digits: before a stop, or behind in, since, année."""
    year = r"(?P<year>1[5-9]\d\d|20\d\d)(?![\d.,'’]\d|\d|\s?%|[\u00a0\u202f]\d{3})"
    before = words.pattern(words.before_years) if words.before_years else r"(?!)"
    behind = re.compile(rf"(?:{before})[{_SPACES}]{year}\b", re.IGNORECASE)

    def find(text: str) -> Iterator[tuple[int, int, Meaning]]:
        seen = 0
        for match in heapq.merge(
            behind.finditer(text), pair.finditer(text), key=lambda match: match.start("year")
        ):
            if match.start("year") >= seen:
                seen = match.end("year")
                yield *match.span("year"), _year(match)

    pair = re.compile(rf"\b(?:19|20)\d\d\s(?:and|to|et|à|und|bis|y|a)\s{year}\b")
    stop = r"\b(?=[.,;:)\]!?،]|\s*\Z)"
    recent = year.replace("1[5-9]", "19")
    return [find, (re.compile(rf"(?<![\d.,$€£¥₹]){recent}{stop}"), _year)]


def _year(match: re.Match[str]) -> Meaning:
    return Meaning(date=DateParts(year=int(match["year"])))


def _numeric_date(locale: Locale) -> Finder:
    """Return the finder for dates in figures, read in the locale's order."""
    order = re.sub(r"[^dMy]", "", str(locale.date_formats["short"].pattern))
    month_first = order.find("M") < order.find("d")

    def read(match: re.Match[str]) -> Meaning | None:
        one, two, three = int(match[1]), int(match[3]), int(match[4])
        if len(match[1]) == 4:  # noqa: PLR2004  # digits of a year
            year, month, day = one, two, three
        else:
            month, day = (one, two) if month_first else (two, one)
            year = three if len(match[4]) == 4 else 2000 + three  # noqa: PLR2004
        if month > 12 >= day:  # noqa: PLR2004  # months
            month, day = day, month
        if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004
            return None
        return Meaning(date=DateParts(year=year, month=month, day=day))

    return re.compile(_NUMERIC), read


def _quarter(match: re.Match[str]) -> Meaning | None:
    year = int(match[2]) if match[2] else None
    return Meaning(date=DateParts(year=year, quarter=int(match[1])))
