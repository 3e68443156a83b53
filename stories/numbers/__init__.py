"""Find the numbers in prose: amounts, shares, multiples, and dates.

Left aside on purpose: ordinals (``第三``, ``third``, ``3rd``), ``一`` and ``one`` standing alone,
times of day and spans back (``十年前``, ``five years ago``), names with numbers (``PM2.5``,
``5G``, ``十四五``, ``318国道``, ``80后``), and whatever Markdown does not show (link targets, list
markers).
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from stories.model.language import locale_of
from stories.numbers import chinese, english, korean, spoken, western
from stories.numbers.digits import plain
from stories.numbers.found import (
    LONGEST,
    DateParts,
    Finder,
    Found,
    Meaning,
    Scan,
    beyond_figures,
    no_number,
    search,
)
from stories.numbers.lexicon import lexicon

__all__ = ["DateParts", "Found", "Meaning", "find_numbers", "is_read", "plain_text"]

_UNSEEN = re.compile(
    r"(?<=\]\()[^)\s]*"  # targets of links
    r"|https?://[^\s)>]+"
    r"|^[ \t]*\d{1,3}[.)](?=\s)",  # markers of lists
    re.MULTILINE,
)
# Numbers within names in Latin letters, unless the letters are a currency.
_NAMES = re.compile(
    r"(?<![A-Za-z0-9])(?!(?:CNY|RMB|USD|EUR|GBP|HKD|JPY|KRW|CHF|US|Rs)\d)[A-Za-z]+-?\d+(?:\.\d+)*"
)
# Before the others, which would try them from each of their digits.
_OVERLONG = re.compile(rf"\d(?:[.,]?\d){{{LONGEST},}}|[{chinese.NUMERALS}]{{{LONGEST},}}")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_MULTIPLES = {
    "en": "times", "fr": "fois", "de": "mal|Mal", "es": "veces", "pt": "vezes", "it": "volte",
}  # fmt: skip


def find_numbers(text: str, lang: str, names: Iterable[str] = ()) -> list[Found]:
    """Return the numbers of `text`, in its order.

    Parameters
    ----------
    text
        Prose in Markdown.
    lang
        Language tag; `is_read` says of which the words are known. Numbers in figures, scales
        (``million``) and names of months are known for every language that Babel knows.
    names
        Further names that hold numbers, which are none.
    """
    found = search(plain_text(text, lang), [*_named(tuple(names)), *_finders(lang)])
    return [
        Found(each.start, each.end, text[each.start : each.end], each.meaning) for each in found
    ]


def plain_text(text: str, lang: str) -> str:
    """Write digits of any script plainly, and Chinese ones too, sign by sign."""
    text = plain(text)
    return chinese.plain(text) if _language(lang) in chinese.LANGUAGES else text


def is_read(lang: str) -> bool:
    """Whether the words about numbers of a language are known: numbers, qualifiers, directions."""
    return lexicon(locale_of(lang)).is_read


def _language(lang: str) -> str:
    return str(locale_of(lang).language)


def _named(names: tuple[str, ...]) -> list[Finder]:
    if not names:
        return []
    listed = "|".join(map(re.escape, sorted(map(plain, names), key=len, reverse=True)))
    return [(re.compile(listed), no_number)]


@lru_cache(maxsize=64)
def _finders(lang: str) -> list[Finder | Scan]:
    locale = locale_of(lang)
    words = lexicon(locale)
    finders: list[Finder | Scan] = [*_COMMON]
    if locale.language in chinese.LANGUAGES:
        return [*finders, *chinese.dates(words), (_NAMES, no_number), *chinese.numbers(words)]
    if locale.language == "ko":
        finders += korean.dates()
    finders += [*western.dates(locale, words), (_NAMES, no_number)]
    if locale.language == "ko":
        finders += [*western.words_of(words), *korean.numbers(), *western.numbers(locale, words)]
        return finders
    finders += western.words_of(words)
    if locale.language in _MULTIPLES:
        finders.append(western.multiples(_MULTIPLES[locale.language]))
    if locale.language == "en":
        return [
            *finders,
            *english.shapes(),
            *western.numbers(locale, words),
            *english.numbers(),
        ]
    finders += western.numbers(locale, words)
    if locale.language in spoken.LANGUAGES:
        finders.append(spoken.scan(locale.language))
    return finders


def _iso_date(match: re.Match[str]) -> Meaning:
    year, month, day = map(int, match.groups())
    return Meaning(date=DateParts(year=year, month=month, day=day))


_COMMON: list[Finder] = [
    (_UNSEEN, no_number),
    (_OVERLONG, beyond_figures),
    (_ISO_DATE, _iso_date),
]
