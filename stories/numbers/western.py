"""Numbers in any language that writes them in figures: ``1,800``, ``1.3 million``, ``30 %``.

What a language calls its months and its millions, and how it groups digits, is Babel's knowledge.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from babel import Locale
from babel.dates import get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from stories.numbers.found import DateParts, Finder, Meaning, no_number

_SPACES = " \u00a0\u202f"
_QUARTER = re.compile(r"\b[QT]([1-4])(?:\s(\d{4}))?\b")
PERCENT = rf"(?P<percent>[{_SPACES}]?%|[ -]per ?cent\b|[ -]percentage points?\b)?"
"""Pattern of what may follow a number in percent."""
_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)\b")


def numbers(locale: Locale) -> list[Finder]:
    """Return the finders for amounts in figures, in the order in which they take turns."""
    return [(_ORDINAL, no_number), _figures_finder(locale)]


def scales(locale: Locale) -> dict[str, int]:
    """Return the language's words for large numbers in small letters, such as ``million``."""
    found: dict[str, int] = {}
    for style in ("long", "short"):
        for patterns in locale.compact_decimal_formats.get(style, {}).values():
            for size, pattern in patterns.items():
                text = getattr(pattern, "pattern", "")
                word = text.replace("0", "").replace("'", "").strip(_SPACES + ".").lower()
                if len(word) > 1:
                    found.setdefault(word, int(size) // 10 ** (text.count("0") - 1))
    return found


def _figures_finder(locale: Locale) -> Finder:
    group, point = get_group_symbol(locale), get_decimal_symbol(locale)
    between = f"[{_SPACES}]" if group.isspace() else re.escape(group)
    figures = rf"(?:\d{{1,3}}(?:{between}\d{{3}})+(?!\d)|\d+)(?:{re.escape(point)}\d+)?"
    words = scales(locale)
    scale = rf"(?:[{_SPACES}-]?(?P<scale>{alternatives(words)})\b)?" if words else "(?P<scale>)?"
    pattern = re.compile(rf"(?P<figures>{figures}){scale}{PERCENT}", re.IGNORECASE)

    def read(match: re.Match[str]) -> Meaning:
        plain = re.sub(between, "", match["figures"]).replace(point, ".")
        value = Decimal(plain) * words.get((match["scale"] or "").lower(), 1)
        return Meaning(value, percent=bool(match["percent"]))

    return pattern, read


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def dates(locale: Locale) -> list[Finder]:
    """Return the finders for dates, in the order in which they take turns."""
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

    return [*((re.compile(form), read) for form in forms), (_QUARTER, _quarter)]


def _quarter(match: re.Match[str]) -> Meaning | None:
    year = int(match[2]) if match[2] else None
    return Meaning(date=DateParts(year=year, quarter=int(match[1])))
