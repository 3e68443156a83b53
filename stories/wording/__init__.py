"""Words and numbers for one language: a catalogue per language, formats by Babel.

A catalogue is a TOML file named after its language. A key leads to a text with
``{placeholders}``, or to a table of texts per plural form (``one``, ``other`` …).
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any, Literal

from babel import Locale
from babel.lists import format_list
from babel.numbers import (
    format_compact_decimal,
    format_decimal,
    format_percent,
    get_minus_sign_symbol,
)

from stories.errors import WordingError

LAST_RESORT = "en"
UNGROUPED = frozenset({"zh"})
"""Languages whose press sets no separator between thousands: large numbers have words."""


class Wording:
    """What the page says in one language.

    Parameters
    ----------
    lang
        Language tag, such as ``zh`` or ``pt-BR``; any that Babel knows.
    order
        Languages whose words stand in where `lang` has none, such as an atlas's own.
    """

    def __init__(self, lang: str, order: Sequence[str] = ()) -> None:
        self.lang = lang
        self.order = tuple(order)
        self.locale = Locale.parse(lang, sep="-")
        languages = (lang, *order, LAST_RESORT)
        self._catalogues = [
            (Locale.parse(each, sep="-"), catalogue)
            for each in dict.fromkeys(chain.from_iterable(map(broader_tags, languages)))
            if (catalogue := _catalogue(each)) is not None
        ]

    def text(self, key: str, /, **values: object) -> str:
        """Return the text of `key`, such as ``page.filter``, with its placeholders filled.

        Raises
        ------
        WordingError
            No catalogue has `key`, or `values` lacks a placeholder.
        """
        found, _ = self._find(key)
        if not isinstance(found, str):
            raise WordingError(f"{key} has plural forms; use plural()")
        return _filled(key, found, values)

    def plural(self, key: str, number: Decimal | int, /, **values: object) -> str:
        """Return the form of `key` that goes with `number`; ``{n}`` is the number as written.

        Raises
        ------
        WordingError
            No catalogue has `key`, or `values` lacks a placeholder.
        """
        return self._counted(key, number, lambda locale: locale.plural_form(number), values)

    def ordinal(self, key: str, number: int, /, **values: object) -> str:
        """Return the form of `key` that goes with a place in an order: ``3rd``, ``第3``.

        Raises
        ------
        WordingError
            No catalogue has `key`, or `values` lacks a placeholder.
        """
        return self._counted(key, number, lambda locale: locale.ordinal_form(number), values)

    def _counted(
        self,
        key: str,
        number: Decimal | int,
        form: Callable[[Locale], str],
        values: Mapping[str, object],
    ) -> str:
        """Return the form of `key` that a language takes, where it has several."""
        found, locale = self._find(key)
        if not isinstance(found, str):
            found = found.get(form(locale)) or found["other"]
        return _filled(key, found, {"n": self.number(number), **values})

    def section(self, name: str) -> dict[str, str]:
        """Return the plain texts of a section, placeholders unfilled."""
        merged: dict[str, Any] = {}
        for _, catalogue in reversed(self._catalogues):
            merged |= catalogue.get(name, {})
        return {key: text for key, text in merged.items() if isinstance(text, str)}

    def has_own(self, key: str) -> bool:
        """Whether the language's own catalogue has `key`, and no other language stands in."""
        found = self._lookup(key)
        return found is not None and found[1].language == self.locale.language

    def number(self, number: Decimal | float) -> str:
        """Write `number` in full."""
        return format_decimal(
            number, locale=self.locale, decimal_quantization=False, group_separator=self._groups
        )

    def fixed(self, number: Decimal, decimals: int) -> str:
        """Write `number` with as many `decimals`, as numbers in a column are."""
        pattern = copy(self.locale.decimal_formats[None])
        pattern.frac_prec = (decimals, decimals)
        written: str = pattern.apply(number, self.locale, group_separator=self._groups)
        return written

    def short_number(self, number: Decimal) -> str:
        """Write a large `number` with a word for its size, unless that would round it."""
        formats = self.locale.compact_decimal_formats
        style: Literal["long", "short"] = "long" if "long" in formats else "short"
        myriad = formats[style]["other"].get("10000")  # some languages have no word for large ones
        counts_in_myriads = myriad is not None and myriad.pattern.count("0") == 1
        floor = 10_000 if counts_in_myriads else 1_000_000
        if abs(number) < floor:
            return self.number(number)
        few = 4 if counts_in_myriads and abs(number) >= floor**2 else 2  # 1.2345亿, to the 万
        short, exact = (
            format_compact_decimal(
                number, format_type=style, locale=self.locale, fraction_digits=digits
            )
            for digits in (few, 15)
        )
        return short if short == exact else self.number(number)

    def percent(self, number: Decimal | float) -> str:
        """Write `number`, in percent, with the sign as the language sets it."""
        share = Decimal(str(number)) / 100
        return format_percent(
            share, locale=self.locale, decimal_quantization=False, group_separator=self._groups
        )

    def negative(self, words: str) -> str:
        """Put the language's minus sign before words such as ``$5``."""
        return f"{get_minus_sign_symbol(self.locale)}{words}"

    def listed(self, words: Sequence[str]) -> str:
        """Write words one after another, as the language sets lists."""
        return format_list(words, locale=self.locale)

    def sentences(self, sentences: Sequence[str]) -> str:
        """Write sentences one after another; Chinese and Japanese set no space between them."""
        return ("" if self.locale.language in {"zh", "ja"} else " ").join(sentences)

    @property
    def direction(self) -> str:
        """Which way the language is written: ``ltr`` or ``rtl``."""
        return self.locale.text_direction

    def language_name(self, lang: str) -> str:
        """Return what `lang` calls itself."""
        name = Locale.parse(lang, sep="-").get_display_name()
        return name[:1].upper() + name[1:] if name else lang

    @property
    def _groups(self) -> bool:
        """Whether thousands are parted: Chinese papers print 1800 and 548568, not 1,800."""
        return self.locale.language not in UNGROUPED

    def _find(self, key: str) -> tuple[str | Mapping[str, str], Locale]:
        found = self._lookup(key)
        if found is None:
            raise WordingError(f"no catalogue has {key!r}; add it to stories/wording/*.toml")
        return found

    def _lookup(self, key: str) -> tuple[str | Mapping[str, str], Locale] | None:
        for locale, catalogue in self._catalogues:
            found: Any = catalogue
            for part in key.split(".", 1):
                found = found.get(part) if isinstance(found, dict) else None
            if found is not None:
                return found, locale
        return None


def catalogue_languages() -> list[str]:
    """Return the languages that have a catalogue."""
    names = (file.name for file in resources.files(__package__).iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def _filled(key: str, text: str, values: Mapping[str, object]) -> str:
    try:
        return text.format_map(values)
    except KeyError as error:
        raise WordingError(f"{key} needs a value for {error}") from error


def broader_tags(tag: str) -> Iterator[str]:
    """Yield `tag` and then its broader ones: ``zh-Hans-CN``, ``zh-Hans``, ``zh``."""
    parts = tag.split("-")
    yield from ("-".join(parts[:length]) for length in range(len(parts), 0, -1))


@cache
def _catalogue(lang: str) -> dict[str, Any] | None:
    file = resources.files(__package__) / f"{lang}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
