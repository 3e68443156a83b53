"""Find the numbers in prose: amounts, shares in percent, and dates.

Left aside on purpose: ordinals (``第三``, ``third``, ``3rd``), ``一`` and ``one`` standing alone,
vague amounts (``数十``), numbers that are part of a name written in Latin letters (``PM2.5``),
and whatever Markdown does not show (link targets, list markers).
"""

import re

from stories.model.language import locale_of
from stories.numbers import chinese, english, western
from stories.numbers.found import (
    LONGEST,
    DateParts,
    Finder,
    Found,
    Meaning,
    beyond_figures,
    no_number,
    search,
)

__all__ = ["DateParts", "Found", "Meaning", "find_numbers"]

_UNSEEN = re.compile(
    r"(?<=\]\()[^)\s]*"  # targets of links
    r"|https?://[^\s)>]+"
    r"|^[ \t]*\d{1,3}[.)](?=\s)",  # markers of lists
    re.MULTILINE,
)
# Numbers within names in Latin letters, unless the letters are a currency.
_NAMES = re.compile(
    r"(?<![A-Za-z0-9])(?!(?:CNY|RMB|USD|EUR|GBP|HKD|JPY|KRW|US)\d)[A-Za-z]+\d+(?:\.\d+)*"
)
# Before the others, which would try them from each of their digits.
_OVERLONG = re.compile(rf"\d(?:[.,]?\d){{{LONGEST},}}|[{chinese.NUMERALS}]{{{LONGEST},}}")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")


def find_numbers(text: str, lang: str) -> list[Found]:
    """Return the numbers of `text`, in its order.

    Parameters
    ----------
    text
        Prose in Markdown.
    lang
        Language tag. Numbers in words are known for Chinese and English; numbers in figures,
        scales (``million``) and names of months for every language that Babel knows.
    """
    locale = locale_of(lang)
    if locale.language in chinese.LANGUAGES:
        text = chinese.plain(text)
        dates, numbers = chinese.dates(), chinese.numbers()
    else:
        dates, numbers = western.dates(locale), western.numbers(locale)
    if locale.language == "en":
        numbers += english.numbers()
    return search(text, [*_COMMON, *dates, (_NAMES, no_number), *numbers])


def _iso_date(match: re.Match[str]) -> Meaning:
    year, month, day = map(int, match.groups())
    return Meaning(date=DateParts(year=year, month=month, day=day))


_COMMON: list[Finder] = [
    (_UNSEEN, no_number),
    (_OVERLONG, beyond_figures),
    (_ISO_DATE, _iso_date),
]
