"""The words of a language that say something about a number: over, rose, tonnes, first half.

A language has a file under ``words``. What Babel knows (months, sizes, units, currencies) is
not in it; numbers in words are read by text2num where it knows the language.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from babel import Locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SPACED = frozenset({"en", "fr", "de", "es", "pt", "it", "nl", "da", "ru"})
"""Languages whose words stand apart, so that a word is found only as a whole."""
_MEASURES = {
    "km": "length-kilometer", "m": "length-meter", "km²": "area-square-kilometer",
    "ha": "area-hectare", "t": "mass-tonne", "kg": "mass-kilogram", "days": "duration-day",
    "hours": "duration-hour", "minutes": "duration-minute", "°C": "temperature-celsius",
    "mile": "length-mile", "µg/m³": "concentr-microgram-per-cubic-meter", "L": "volume-liter",
}  # fmt: skip
_SIGNS = {"km²": "km²", "km2": "km²", "µg/m³": "µg/m³", "μg/m³": "µg/m³", "ha": "ha", "km": "km"}
_CURRENCY_SIGNS = {
    "$": "dollar", "€": "EUR", "£": "pound", "¥": "yen", "￥": "yen", "₹": "INR", "₩": "KRW",
    "Rs": "rupee", "CNY": "CNY", "RMB": "CNY", "USD": "USD", "EUR": "EUR", "GBP": "GBP",
    "HKD": "HKD", "JPY": "JPY", "KRW": "KRW", "INR": "INR", "CHF": "CHF", "US$": "USD",
    "A$": "AUD", "C$": "CAD", "HK$": "HKD",
}  # fmt: skip
_SEVERAL = {
    "dollar": "USD AUD CAD HKD NZD SGD TWD",
    "pound": "GBP EGP LBP SYP SDG",
    "yen": "JPY CNY",
    "rupee": "INR PKR LKR NPR",
    "franc": "CHF XOF XAF CDF FRF",
    "peso": "MXN ARS COP CLP PHP UYU",
    "dinar": "IQD JOD KWD TND DZD RSD BHD LYD",
    "crown": "SEK NOK DKK CZK ISK",
}
"""Currencies that share a name or a sign."""
QUALIFIERS = ("over", "nearly", "about", "at_least", "up_to")


@dataclass(frozen=True)
class Lexicon:
    """The words of one language; empty where there is no file for it."""

    lang: str
    is_read: bool
    before: tuple[tuple[str, re.Pattern[str]], ...] = ()
    """Qualifiers that stand before a number, each to be matched at the end of what precedes it."""
    after: tuple[tuple[str, re.Pattern[str]], ...] = ()
    directions: re.Pattern[str] | None = None
    """Words of direction anywhere near; those that rise are in the group `up`."""
    next_directions: re.Pattern[str] | None = None
    """Words that say a direction only right behind a share: 8% more."""
    units: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unit_after: re.Pattern[str] | None = None
    unit_before: re.Pattern[str] | None = None
    nouns: re.Pattern[str] | None = None
    ends: re.Pattern[str] | None = None
    """Words behind which nothing is counted any more: 10 for residents."""
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    vague: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    periods: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    scales: Mapping[str, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    """Words whose number is a name: Route 66."""
    before_years: tuple[str, ...] = ()
    compared: re.Pattern[str] | None = None
    is_spaced: bool = False

    def pattern(self, words: Iterable[str]) -> str:
        """Return a pattern for any of `words`; a ``*`` stands for the rest of a word."""
        return word_pattern(words, is_spaced=self.is_spaced)

    def unit_of(self, word: str) -> frozenset[str]:
        """Return the units that `word` may mean."""
        return self.units.get(word.casefold(), frozenset())


def lexicon(locale: Locale) -> Lexicon:
    """Return the words of a language."""
    return _lexicon(str(locale.language), str(locale))


def read_languages() -> list[str]:
    """Return the languages whose words about numbers are known."""
    names = (file.name for file in (resources.files("stories.numbers") / "words").iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def word_pattern(words: Iterable[str], *, is_spaced: bool) -> str:
    """Return a pattern for any of `words`, the longest first; see `Lexicon.pattern`."""
    alternatives = "|".join(
        re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s")
        for word in sorted(words, key=len, reverse=True)
    )
    return rf"(?<!\w)(?:{alternatives})(?!\w)" if is_spaced else f"(?:{alternatives})"


@cache
def _lexicon(lang: str, tag: str) -> Lexicon:
    file = resources.files("stories.numbers") / "words" / f"{lang}.toml"
    data: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    spaced = lang in SPACED or not data
    units = _units(Locale.parse(tag), data)
    nouns = {
        word.casefold(): frozenset({unit})
        for unit, words in data.get("nouns", {}).items()
        for word in words
    }
    compiled = _Compiler(spaced)
    return Lexicon(
        lang=lang,
        is_read=bool(data),
        before=compiled.qualifiers(data.get("before", {}), "before", data.get("within_words", {})),
        after=compiled.qualifiers(data.get("after", {}), "after"),
        directions=compiled.directions(data.get("rising", []), data.get("falling", [])),
        next_directions=compiled.directions(
            data.get("rising_next", []), data.get("falling_next", [])
        ),
        units=units | nouns,
        unit_after=compiled.units(units, at_start=True),
        unit_before=compiled.units(
            {
                w: u
                for w, u in units.items()
                if w in _FOLDED_SIGNS or w in data.get("money_first", [])
            },
            at_start=False,
        ),
        nouns=compiled.any_of(nouns),
        ends=compiled.any_of(data.get("ends", [])),
        shares={word: Fraction(part) for word, part in data.get("shares", {}).items()},
        times=data.get("times", {}),
        vague={word: (low, high) for word, (low, high) in data.get("vague", {}).items()},
        periods={word: (low, high) for word, (low, high) in data.get("periods", {}).items()},
        numbers=data.get("numbers", {}),
        scales=data.get("scales", {}),
        names=tuple(data.get("names", ())),
        numbered=tuple(data.get("numbered", ())),
        before_years=tuple(data.get("before_years", ())),
        compared=compiled.any_of(data.get("compared", [])),
        is_spaced=spaced,
    )


_FOLDED_SIGNS = {sign.casefold() for sign in _CURRENCY_SIGNS}


class _Compiler:
    """Makes patterns of words, whole ones where the language sets them apart."""

    def __init__(self, spaced: bool) -> None:  # noqa: FBT001
        self._spaced = spaced

    def any_of(self, words: Iterable[str]) -> re.Pattern[str] | None:
        """Return a pattern for any of `words`, if there are some."""
        listed = list(words)
        if not listed:
            return None
        return re.compile(word_pattern(listed, is_spaced=self._spaced), re.IGNORECASE)

    def qualifiers(
        self,
        words: Mapping[str, list[str]],
        where: str,
        within: Mapping[str, str] | None = None,
    ) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Return a pattern per qualifier.

        Behind one of the signs that `within` has for it, it is the end of another word.
        """
        gap = r"(?:\s|有|达|到|至|了|共|\W?[$€£¥₹])*"
        made = []
        for name, each in words.items():
            body = word_pattern(each, is_spaced=self._spaced)
            if within and (signs := within.get(name)):
                body = f"(?<![{re.escape(signs)}]){body}"
            pattern = rf"{body}{gap}$" if where == "before" else body
            made.append((name, re.compile(pattern, re.IGNORECASE)))
        return tuple(made)

    def directions(self, rising: list[str], falling: list[str]) -> re.Pattern[str] | None:
        """Return a pattern for both directions."""
        if not (rising and falling):
            return None
        up, down = (word_pattern(words, is_spaced=self._spaced) for words in (rising, falling))
        return re.compile(rf"(?P<up>{up})|(?P<down>{down})", re.IGNORECASE)

    def units(self, words: Iterable[str], *, at_start: bool) -> re.Pattern[str] | None:
        """Return a pattern for units that stand close to a number."""
        listed = sorted(words, key=len, reverse=True)
        if not listed:
            return None
        body = "|".join(map(re.escape, listed))
        if at_start:
            end = r"(?!\w)" if self._spaced else r"(?![A-Za-z])"
            return re.compile(
                rf"[\s\u00a0\u202f-]*(?:de\s|d['’]|of\s|di\s)?(?P<unit>{body}){end}",
                re.IGNORECASE,
            )
        return re.compile(rf"(?:^|(?<![A-Za-z]))(?P<unit>{body})\.?\s?$", re.IGNORECASE)


def _units(locale: Locale, data: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Return what a language calls measures and currencies, in small letters."""
    named = [
        *((word, unit) for unit, key in _MEASURES.items() for word in _patterns(locale, key)),
        *_SIGNS.items(),
        *((name, code) for code in CURRENCIES if (name := locale.currencies.get(code))),
        *_CURRENCY_SIGNS.items(),
        *((word, unit) for part in ("money", "units") for word, unit in _words(data.get(part, {}))),
    ]
    return {word.casefold(): _meant(unit) for word, unit in named}


def _words(table: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    return ((word, unit) for unit, words in table.items() for word in words)


CURRENCIES = tuple(
    dict.fromkeys(
        [code for codes in _SEVERAL.values() for code in codes.split()]
        + ["EUR", "KRW", "BRL", "RUB", "TRY", "ILS", "AED", "SAR", "QAR", "MAD", "VND", "THB"]
    )
)
"""Codes of currencies that are read in words."""
MEASURES = frozenset(_MEASURES) | {"m²", "m³", "mu", "t/day", "acre"}
"""Measures that are read in words."""


def _meant(named: str) -> frozenset[str]:
    return frozenset(_SEVERAL.get(named, named).split())


def _patterns(locale: Locale, key: str) -> Iterable[str]:
    styles: Mapping[str, Any] = locale._data["unit_patterns"].get(key, {})  # noqa: SLF001
    for style, forms in styles.items():
        if style == "narrow":
            continue
        for pattern in forms.values():
            if isinstance(pattern, str) and "{0}" in pattern:
                word = pattern.replace("{0}", "").strip("\u00a0\u202f\u200f ").casefold()
                if word:
                    yield word
