"""Put units into words: beside a number, alone, and one for each one of another.

Words come from the catalogues, the atlas, or the locale data. Where the language has none, those
of the atlas's other languages stand in, as everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal, cast

from babel.numbers import get_currency_name, get_currency_unit_pattern
from babel.units import format_compound_unit

from stories.model.language import locale_of
from stories.model.text import Texts, pick
from stories.model.unit import (
    IN_LOCALE_DATA,
    AnyUnit,
    Currency,
    DeclaredUnit,
    LocaleUnit,
    Measure,
    OwnUnit,
    PluralCategory,
    Ratio,
    Unit,
    unit_pattern,
)
from stories.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from babel import Locale


Length = Literal["long", "short", "narrow"]

_SHORT = {"temperature", "energy", "power", "electric", "digital", "frequency", "pressure",
          "speed", "light", "force", "consumption", "torque", "acceleration"}  # fmt: skip
"""Kinds of units that newspapers write by their symbols: 25°C, 40 km/h."""
_CLOSE = {"zh", "ja"}
"""Languages that set a word close to its number."""
_OF = {"es": "de ", "pt": "de ", "fr": "de ", "ca": "de ", "gl": "de ", "it": "di "}
"""What stands between a word for a size and a unit: ``2 millones de horas``."""
_ELIDED = {"fr": "d’", "ca": "d’"}
_MILLION = 1_000_000
"""Takes the plural form that goes with a word for a size, in languages that have one."""
_SEVERAL = 100
"""Takes the form of many, or of none in particular."""


def with_unit(number: str, value: Decimal, unit: AnyUnit, wording: Wording) -> str:
    """Write a number with its unit: ``7 hours``, ``1.3亿元``, ``2 millones de horas``.

    Parameters
    ----------
    number
        The number as it is written, without its sign.
    value
        How much it is, which the form of the unit's word goes with.
    unit, wording
        The unit, and the language.
    """
    pattern = _pattern(unit, abs(value), wording, has_size=_has_size(number))
    if value < 0 and pattern[:1].isalpha():  # 每人-7.5元, but -$7.5
        return pattern.replace("{n}", wording.negative(number))
    words = pattern.replace("{n}", number)
    return wording.negative(words) if value < 0 else words


def unit_label(unit: AnyUnit, wording: Wording, count: int = _SEVERAL) -> str:
    """Name a unit without a number, as the head of a column has it: ``hours``, ``千克/公顷``."""
    if isinstance(unit, Ratio):
        over = unit_label(unit.over, wording) or str(unit.over)
        return f"{over}/{unit_label(unit.under, wording, 1)}"
    if isinstance(unit, OwnUnit) and count != 1:
        return unit.declared.label.get(wording.lang, wording.order)
    if unit in {Unit.PERCENT, Unit.DATE}:
        return "%" if unit is Unit.PERCENT else ""
    return _pattern(unit, count, wording, has_size=False).replace("{n}", "").strip()


def unit_texts(unit: Texts | AnyUnit, languages: Sequence[str]) -> Texts:
    """Name a unit in each of an atlas's languages."""
    if isinstance(unit, Texts):
        return unit
    said = {lang: unit_label(unit, Wording(lang, languages)) for lang in languages}
    return Texts({lang: label for lang, label in said.items() if label})


def _has_size(number: str) -> bool:
    """Whether a number ends in a word for its size: ``1.3 million``."""
    return any(char.isalpha() for char in number)


def _pattern(unit: AnyUnit, size: Decimal | int, wording: Wording, *, has_size: bool) -> str:
    """Return how a unit is written beside a number, which ``{n}`` stands for."""
    many = {*wording.locale.plural_form.tags} >= {"many"} and wording.locale.language in _OF
    count = _MILLION if has_size and many else size
    if isinstance(unit, OwnUnit):
        return _own(unit.declared, count, wording, has_size=has_size)
    if isinstance(unit, Ratio):
        return _per(unit.under, _pattern(unit.over, size, wording, has_size=has_size), wording)
    if not isinstance(unit, Measure):
        key = f"units.{unit}"
        found = None
        if unit in IN_LOCALE_DATA and unit is not Unit.PERCENT and not wording.has_own(key):
            found = _of_locale(IN_LOCALE_DATA[unit], count, wording.locale)
        return _joined(found, wording, has_size) if found else wording.plural(key, count, n="{n}")
    if isinstance(unit, Currency):
        return _joined(_currency(unit, count, wording.locale), wording, has_size)
    assert isinstance(unit, LocaleUnit)
    return _joined(_everywhere(unit.key, count, wording), wording, has_size)


def _own(declared: DeclaredUnit, count: Decimal | int, wording: Wording, *, has_size: bool) -> str:
    lang = pick(tuple(declared.label.root), wording.lang, wording.order) or wording.lang
    lang = wording.lang if wording.lang in declared.forms else lang
    locale = locale_of(lang)
    forms = declared.forms.get(lang)
    if not forms:
        return _joined(_beside(declared.label.root.get(lang, ""), locale), wording, has_size)
    word = forms.get(_category(locale, count)) or forms["other"]
    if any("{n}" in each for each in forms.values()):
        return word  # one without it stands alone, as the Arabic dual does
    return _joined(_beside(word, locale), wording, has_size)


def _category(locale: Locale, count: Decimal | int) -> PluralCategory:
    return cast("PluralCategory", locale.plural_form(count))


def _beside(word: str, locale: Locale) -> str:
    is_close = locale.language in _CLOSE or not word[:1].isalnum()
    return f"{{n}}{word}" if is_close else f"{{n}} {word}"


def _of_locale(key: str, count: Decimal | int, locale: Locale) -> str | None:
    """Return the pattern of a unit of the locale data, in the first length that there is."""
    wanted: Length = "short" if key.partition("-")[0] in _SHORT else "long"
    lengths: tuple[Length, ...] = (wanted, "short", "long", "narrow")
    for each in (count, _SEVERAL):  # some languages lack the form that goes with a million
        for length in lengths:
            if pattern := unit_pattern(key, each, locale, length):
                return pattern
    return None


def _everywhere(key: str, count: Decimal | int, wording: Wording) -> str:
    """Return the same in the language, else in one of those that stand in."""
    for lang in (wording.lang, *wording.order, "en"):
        if pattern := _of_locale(key, count, locale_of(lang)):
            return pattern
    return f"{{n}} {key.partition('-')[2]}"


def _currency(code: str, count: Decimal | int, locale: Locale) -> str:
    pattern: str = get_currency_unit_pattern(code, count, locale)
    return pattern.replace("{0}", "{n}").replace("{1}", get_currency_name(code, count, locale))


def _joined(pattern: str, wording: Wording, has_size: bool) -> str:  # noqa: FBT001  # of its callers
    """Put what some languages set between a word for a size and a unit: ``2 millones de horas``."""
    lang = wording.locale.language
    behind = re.fullmatch(r"\{n\}[\s\u202f\u00a0]*(\w{2}.*)", pattern)
    if not has_size or lang not in _OF or behind is None:
        return pattern
    word = behind[1]
    starts_with_vowel = unicodedata.normalize("NFD", word)[0].lower() in "aeiouh"
    link = _ELIDED[lang] if lang in _ELIDED and starts_with_vowel else _OF[lang]
    return f"{{n}} {link}{word}"


def _per(under: AnyUnit, over: str, wording: Wording) -> str:
    """Return how `over`, a pattern, is said for each one of `under`."""
    if isinstance(under, OwnUnit) and under.declared.per is not None:
        return under.declared.per.get(wording.lang, wording.order).replace("{n}", over)
    key = under.key if isinstance(under, LocaleUnit) else _key(under)
    if key is None and wording.has_own(f"unit_per.{under}"):
        return wording.text(f"unit_per.{under}", n=over)
    for length in _LENGTHS:
        if key is None:
            break
        said = format_compound_unit(
            _OVER, denominator_unit=key, length=length, locale=wording.locale
        )
        if said and key not in said:
            return said.replace(_OVER, over)
    return f"{over}/{unit_label(under, wording, 1)}"


_LENGTHS: tuple[Length, ...] = ("long", "short")
_OVER = "\ue000"


def _key(unit: AnyUnit) -> str | None:
    return None if isinstance(unit, Measure) else IN_LOCALE_DATA.get(unit)
