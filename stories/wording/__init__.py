"""Words and numbers for one language: a catalogue per language, formats by Babel.

A catalogue is a TOML file named after its language. A key leads to a text with
``{placeholders}``, or to a table of texts per plural form (``one``, ``other`` …). An atlas has
words of its own beside them, and names its parts: ``{county}``, ``{divisions}``, ``{story}``.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from babel.lists import format_list
from babel.numbers import (
    format_compact_decimal,
    format_decimal,
    format_percent,
    get_minus_sign_symbol,
)

from stories.errors import WordingError
from stories.model.language import broader_tags, locale_of, own_name
from stories.wording.catalogues import LAST_RESORT, catalogue, catalogue_languages
from stories.wording.levels import LevelNames, level_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from babel import Locale

    from stories.model.atlas import Atlas
    from stories.model.words import Levels, PageWords

__all__ = ["LAST_RESORT", "Wording", "catalogue_languages"]
UNGROUPED = frozenset({"zh", "ja"})
"""Languages whose press sets no separator between thousands: large numbers have words."""


class Wording:
    """What the page says in one language.

    Parameters
    ----------
    lang
        Language tag, such as ``zh`` or ``pt-BR``; any that Babel knows.
    order
        Languages whose words stand in where `lang` has none, such as an atlas's own.
    words
        What an atlas says in words of its own, by language.
    levels
        What an atlas calls its parts.
    """

    def __init__(
        self,
        lang: str,
        order: Sequence[str] = (),
        words: PageWords | None = None,
        levels: Levels | None = None,
    ) -> None:
        self.lang = lang
        self.order = tuple(order)
        self.locale = locale_of(lang)
        languages = dict.fromkeys((lang, *order, LAST_RESORT))
        tags = {tag: each for each in reversed(languages) for tag in broader_tags(each)}
        self._catalogues = [
            _Catalogue(locale_of(tag), texts, LevelNames(tags[tag], languages, levels))
            for tag in dict.fromkeys(chain.from_iterable(map(broader_tags, languages)))
            for texts in ((words or {}).get(tag), catalogue(tag))
            if texts is not None
        ]

    @classmethod
    def of(cls, atlas: Atlas, lang: str) -> Wording:
        """Return what the page of an atlas says in `lang`."""
        return cls(lang, atlas.languages, atlas.words, atlas.levels)

    def text(self, key: str, /, **values: object) -> str:
        """Return the text of `key`, such as ``page.filter``, with its placeholders filled.

        Raises
        ------
        WordingError
            No catalogue has `key`, or `values` lacks a placeholder.
        """
        found, source = self._find(key)
        if not isinstance(found, str):
            raise WordingError(f"{key} has plural forms; use plural()")
        return _filled(key, found, source.levels.placeholders() | values)

    def plural(self, key: str, number: Decimal | int, /, **values: object) -> str:
        """Return the form of `key` that goes with `number`; ``{n}`` is the number as written.

        Raises
        ------
        WordingError
            No catalogue has `key`, or `values` lacks a placeholder.
        """
        found, source = self._find(key)
        form = source.locale.plural_form(number)
        filling = source.levels.placeholders(form) | {"n": self.number(number)} | values
        return _filled(key, _form_of(found, form), filling)

    def ordinal(self, key: str, number: int, /, **values: object) -> str:
        """Return the form of `key` that goes with a place in an order: ``3rd``, ``第3``.

        Raises
        ------
        WordingError
            No catalogue has `key`, or `values` lacks a placeholder.
        """
        found, source = self._find(key)
        form = _form_of(found, source.locale.ordinal_form(number))
        filling = source.levels.placeholders() | {"n": self.number(number)} | values
        return _filled(key, form, filling)

    def section(self, name: str) -> dict[str, str]:
        """Return the plain texts of a section; the parts of the atlas are named in them."""
        merged: dict[str, str] = {}
        for source in reversed(self._catalogues):
            named = source.levels.placeholders()
            merged |= {
                key: level_words(text, named)
                for key, text in source.texts.get(name, {}).items()
                if isinstance(text, str)
            }
        return merged

    def has_own(self, key: str) -> bool:
        """Whether the language's own catalogue has `key`, and no other language stands in."""
        found = self._lookup(key)
        return found is not None and found[1].locale.language == self.locale.language

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

    def list_patterns(self) -> dict[str, str]:
        """Return how the language sets lists (CLDR): of two, and start, middle and end of more."""
        return dict(self.locale.list_patterns["standard"])

    def sentences(self, sentences: Sequence[str]) -> str:
        """Write sentences one after another; Chinese and Japanese set no space between them."""
        return ("" if self.locale.language in {"zh", "ja"} else " ").join(sentences)

    @property
    def direction(self) -> str:
        """Which way the language is written: ``ltr`` or ``rtl``."""
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    def language_name(self, lang: str) -> str:
        """Return what `lang` calls itself."""
        return own_name(lang)

    @property
    def _groups(self) -> bool:
        """Whether thousands are parted: Chinese and Japanese papers print 1800, not 1,800."""
        return self.locale.language not in UNGROUPED

    def _find(self, key: str) -> tuple[str | Mapping[str, str], _Catalogue]:
        found = self._lookup(key)
        if found is None:
            raise WordingError(f"no catalogue has {key!r}; add it to stories/wording/*.toml")
        return found

    def _lookup(self, key: str) -> tuple[str | Mapping[str, str], _Catalogue] | None:
        section, _, name = key.partition(".")
        for source in self._catalogues:
            found = source.texts.get(section, {}).get(name)
            if found is not None:
                return found, source
        return None


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """Texts of one language, from the program or from an atlas."""

    locale: Locale
    texts: Mapping[str, Mapping[str, Any]]
    levels: LevelNames


def _form_of(found: str | Mapping[str, str], form: str) -> str:
    """Return the text of a plural form, where there are several."""
    if isinstance(found, str):
        return found
    return next(filter(None, map(found.get, (form, "other", "many", *found))))


def _filled(key: str, text: str, values: Mapping[str, object]) -> str:
    try:
        filled = text.format_map(values)
    except KeyError as error:
        raise WordingError(f"{key} needs a value for {error}") from error
    is_stop_too_many = text.endswith("}.") and filled.endswith("..") and filled[-3:] != "..."
    return filled[:-1] if is_stop_too_many else filled  # an abbreviation has ended: 2024 г.
