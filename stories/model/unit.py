"""The units that a figure or a metric may have.

There are four kinds: those with words in the catalogues (`Unit`), those of the locale data
(`LocaleUnit`), any currency of ISO 4217 (`Currency`), and an atlas's own (`OwnUnit`). Two of them
make a `Ratio`, such as ``kg/ha``. All are text, as files and downloads have it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from babel import Locale
from babel.units import UnknownUnitError, format_unit
from pydantic import (
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from stories.errors import BadValueError
from stories.model.language import locale_of
from stories.model.text import MAX_LANGUAGES, Language, Model, Texts, Words

if TYPE_CHECKING:
    from decimal import Decimal

MAX_UNITS = 100
"""Units of one atlas's own."""
LONGEST_UNIT = 60
"""Characters of a unit's name."""


class Unit(StrEnum):
    """What a number counts or measures."""

    CNY = "CNY"
    USD = "USD"
    EUR = "EUR"
    GBP = "GBP"
    JPY = "JPY"
    INR = "INR"
    PERCENT = "%"
    MICROGRAM_PER_CUBIC_METRE = "µg/m³"
    TONNE = "t"
    TONNE_PER_DAY = "t/day"
    SQUARE_KILOMETRE = "km²"
    HECTARE = "ha"
    MU = "mu"
    KILOMETRE = "km"
    PEOPLE = "people"
    HOUSEHOLDS = "households"
    FIRMS = "firms"
    JOBS = "jobs"
    PROJECTS = "projects"
    LINES = "lines"
    TEAMS = "teams"
    TASK_FORCES = "task_forces"
    CAMPAIGNS = "campaigns"
    INDICATORS = "indicators"
    TOWNS = "towns"
    SUBDISTRICTS = "subdistricts"
    VILLAGES = "villages"
    DAYS = "days"
    VISITS = "visits"
    TIMES = "times"
    EVENTS = "events"
    VEHICLES = "vehicles"
    SHIPS = "ships"
    MACHINES = "machines"
    SETS = "sets"
    ITEMS = "items"
    VOLUMES = "volumes"
    ANIMALS = "animals"
    BIRDS = "birds"
    TREES = "trees"
    BUILDINGS = "buildings"
    ROOMS = "rooms"
    SITES = "sites"
    COUNT = "count"
    DATE = "date"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """Accept the ways in which keyboards write the same sign, and Chinese counted nouns."""
        name = _SAME.get(value) if isinstance(value, str) else None
        return cls(name) if name else None


_SAME = {
    "ug/m3": "µg/m³", "μg/m³": "µg/m³", "km2": "km²", "元": "CNY", "人": "people",
    "户": "households", "人次": "visits", "次": "times", "场": "events", "辆": "vehicles",
    "艘": "ships", "台": "machines", "套": "sets", "件": "items", "册": "volumes", "头": "animals",
    "羽": "birds", "棵": "trees", "株": "trees", "栋": "buildings", "幢": "buildings",
    "间": "rooms", "处": "sites", "亩": "mu", "个": "count",
}  # fmt: skip

_NOT_COUNTED = frozenset(
    {
        Unit.CNY, Unit.USD, Unit.EUR, Unit.GBP, Unit.JPY, Unit.INR, Unit.PERCENT,
        Unit.MICROGRAM_PER_CUBIC_METRE, Unit.TONNE, Unit.TONNE_PER_DAY, Unit.SQUARE_KILOMETRE,
        Unit.HECTARE, Unit.MU, Unit.KILOMETRE, Unit.DATE,
    }
)  # fmt: skip
COUNTED = frozenset(Unit) - _NOT_COUNTED
"""Units of what is counted one by one."""

IN_LOCALE_DATA: Mapping[Unit, str] = {
    Unit.PERCENT: "concentr-percent",
    Unit.TONNE: "mass-tonne",
    Unit.SQUARE_KILOMETRE: "area-square-kilometer",
    Unit.HECTARE: "area-hectare",
    Unit.KILOMETRE: "length-kilometer",
    Unit.DAYS: "duration-day",
}
"""Units with words of our own that the locale data have, too."""

CURRENCIES = frozenset(Locale("en").currencies)
"""Codes of ISO 4217, also of currencies that are no longer in use."""

PluralCategory = Literal["zero", "one", "two", "few", "many", "other"]
Forms = dict[PluralCategory, Words]


class Measure(str):
    """A unit that has no words in the catalogues."""

    __slots__ = ()

    @property
    def value(self) -> str:
        """The unit as files have it."""
        return str(self)


class LocaleUnit(Measure):
    """A unit of the locale data (CLDR), by its name there: ``hour``, ``celsius``."""

    __slots__ = ("key",)
    key: str

    def __new__(cls, key: str) -> Self:
        """Make the unit of a name such as ``duration-hour``."""
        self = super().__new__(cls, key.partition("-")[2])
        self.key = key
        return self


class Currency(Measure):
    """A currency, by its code: ``CHF``."""

    __slots__ = ()


class OwnUnit(Measure):
    """A unit that an atlas declares."""

    __slots__ = ("declared",)
    declared: DeclaredUnit

    def __new__(cls, declared: DeclaredUnit) -> Self:
        """Make the unit that is declared."""
        self = super().__new__(cls, declared.id)
        self.declared = declared
        return self


class Ratio(Measure):
    """One unit for each one of another: ``kg/ha``."""

    __slots__ = ("over", "under")
    over: Unit | Measure
    under: Unit | Measure

    def __new__(cls, over: Unit | Measure, under: Unit | Measure) -> Self:
        """Make the unit of `over` for each one of `under`."""
        self = super().__new__(cls, f"{over.value}/{under.value}")
        self.over, self.under = over, under
        return self


class DeclaredUnit(Model):
    """A unit of the atlas's own. Figures and metrics name it by its `id`.

    An `id` of the list of units gives that unit other words.
    """

    id: Annotated[
        str,
        StringConstraints(pattern=r"^[^\s/{}](?:[^/{}\n]*[^\s/{}])?$", max_length=LONGEST_UNIT),
    ]
    """What figures and metrics call it, in any script, without a slash: `visitors`, `人天`."""
    label: Texts
    """Its word or sign per language, in the plural where the language has one:
    `{zh: 人天, en: working days}`."""
    forms: dict[Language, Forms] = Field(default_factory=dict, max_length=MAX_LANGUAGES)
    """Per language, the word by the plural forms of CLDR (`zero`, `one`, `two`, `few`, `many`,
    `other`): `{en: {one: working day, other: working days}}`. `{n}` in it is the number, where that
    does not stand before the word. Left out, the label stands beside every number."""
    per: Texts | None = None
    """How another unit is said for each one of it, with `{n}` for the other:
    `{zh: "每人天{n}", en: "{n} per working day"}`. Left out, both are parted by a slash."""
    counted: bool = True
    """`false` for what is measured and not counted one by one; it is then not drawn as signs to
    count."""

    @field_validator("id")
    @classmethod
    def _is_free(cls, name: str) -> str:
        if name in {Unit.DATE, Unit.PERCENT}:
            raise BadValueError(f"{name!r} has a meaning of its own", "choose another name")
        return name

    @field_validator("label")
    @classmethod
    def _is_a_word_alone(cls, label: Texts) -> Texts:
        if braced := next((word for word in label.root.values() if {*"{}"} & {*word}), None):
            what = f"{braced!r} has a brace, which a word for a unit cannot have"
            raise BadValueError(what, "write the word alone; `forms` say where its number stands")
        return label

    @field_validator("forms")
    @classmethod
    def _are_of_their_languages(cls, forms: dict[Language, Forms]) -> dict[Language, Forms]:
        for lang, of in forms.items():
            known = ["other", *sorted(locale_of(lang).plural_form.tags)]
            unknown = next((each for each in of if each not in known), None)
            if unknown:
                what = f"the plural forms of {lang!r} are {', '.join(known)}, not {unknown!r}"
                raise BadValueError(what, "take it out, or write it under the form that is meant")
            if "other" not in of:
                raise BadValueError(f"the forms of {lang!r} lack 'other'", "add `other:`")
        return forms

    @field_validator("per")
    @classmethod
    def _has_a_place_for_the_other(cls, per: Texts | None) -> Texts | None:
        for text in per.root.values() if per else ():
            if "{n}" not in text:
                what = f"{text!r} has no {{n}}, where the other unit stands"
                raise BadValueError(what, "write it as in `{n} per visit`")
        return per


AnyUnit = Unit | Measure
OwnUnits = Mapping[str, DeclaredUnit]


def read_unit(text: str, own: OwnUnits | None = None) -> AnyUnit | None:
    """Return the unit that `text` names, if there is one.

    Parameters
    ----------
    text
        A unit as files have it: ``people``, ``hours``, ``°C``, ``CHF``, ``kg/ha``.
    own
        Units that the atlas declares, by their ids; they come before any other.
    """
    if (unit := _one(text, own or {})) is not None:
        return unit
    for slash in re.finditer("/", text):
        over, under = _one(text[: slash.start()].strip(), own or {}), None
        if over is not None and over is not Unit.DATE:
            under = _one(text[slash.end() :].strip(), own or {})
        if over is not None and under is not None and under not in {Unit.DATE, Unit.PERCENT}:
            return Ratio(over, under)
    return None


def _one(text: str, own: OwnUnits) -> AnyUnit | None:
    if declared := own.get(text):
        return OwnUnit(declared)
    try:
        return Unit(text)
    except ValueError:
        pass
    if text in CURRENCIES:
        return Currency(text)
    return locale_units().get(_folded(text))


@cache
def locale_units() -> Mapping[str, AnyUnit]:
    """Return units of the locale data by each way to write them in English and Chinese.

    A name in full comes before a symbol; a symbol of several units stands for none of them, but
    where one is by far the most common.
    """
    own = {key: unit for unit, key in IN_LOCALE_DATA.items()}
    named: dict[str, AnyUnit] = {}
    full: dict[str, AnyUnit] = {}
    symbols: dict[str, set[AnyUnit]] = {}
    for key in map(str, Locale("en").unit_display_names):
        if not key.startswith(_ASIDE):
            unit = own.get(key) or LocaleUnit(key)
            named[key.partition("-")[2]] = unit
            full |= dict.fromkeys(_names(key) - full.keys(), unit)
            for symbol in _written(key, "en", "short"):
                symbols.setdefault(symbol, set()).add(unit)
    certain = {symbol: next(iter(units)) for symbol, units in symbols.items() if len(units) == 1}
    return certain | {symbol: full[name] for symbol, name in _COMMON.items()} | full | named


_ASIDE = ("graphics-", "temperature-generic", "speed-light-speed", "speed-beaufort")
"""Units that no figure has, or that say too little."""
_SAYS_ENOUGH = re.compile(r"..|[^a-zA-Z]")
"""A symbol that is no single letter, which may be a slip of the columns of a table."""
_COMMON = {
    "h": "hour", "min": "minute", "s": "second", "gal": "gallon", "m": "meter", "g": "gram",
    "l": "liter", "L": "liter", "W": "watt", "V": "volt",
}  # fmt: skip
"""Symbols of several units, or of a single letter, that mostly stand for one."""


def _names(key: str) -> set[str]:
    """Return how a unit of the locale data is written in full."""
    british, chinese = _written(key, "en_GB", "long"), _written(key, "zh", "short")
    return {*_written(key, "en", "long"), *british, *chinese, *_written(key, "zh", "long")}


def _written(key: str, lang: str, length: Literal["long", "short"]) -> set[str]:
    said = (unit_pattern(key, count, lang, length) for count in (1, 2))
    words = {_folded(each.replace("{n}", "").strip()) for each in said if each}
    return set(filter(_SAYS_ENOUGH.search, words))


_MARK = "\ue000"
"""Stands around the number in a pattern, and nowhere else."""


def unit_pattern(
    key: str,
    count: float | Decimal,
    locale: Locale | str,
    length: Literal["long", "short", "narrow"],
) -> str | None:
    """Return how a language writes a unit beside a number, ``{n}`` in the number's place.

    None where the locale data have no words of that length.
    """
    try:
        said: str = format_unit(count, key, length, format=f"{_MARK}#{_MARK}", locale=locale)
    except UnknownUnitError:
        return None
    return None if key in said else re.sub(f"{_MARK}.*{_MARK}", "{n}", said)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def is_counted(unit: AnyUnit) -> bool:
    """Whether a unit is of what is counted one by one."""
    if isinstance(unit, OwnUnit):
        return unit.declared.counted
    return unit in COUNTED and not isinstance(unit, Measure)


def _read(value: object, info: ValidationInfo) -> AnyUnit:
    if isinstance(value, Unit | Measure):
        return value
    own: OwnUnits = (info.context or {}).get("units", {})
    unit = read_unit(value, own) if isinstance(value, str) and len(value) <= _LONGEST else None
    if unit is None:
        raise PydanticCustomError("unit", "no unit", {"own": sorted(own)})
    return unit


_LONGEST = 2 * LONGEST_UNIT + 1
_SCHEMA: dict[str, Any] = {
    "anyOf": [{"enum": [unit.value for unit in Unit]}, {"type": "string", "maxLength": _LONGEST}]
}
UnitName = Annotated[
    Unit | Measure,
    PlainValidator(_read),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(_SCHEMA),
]
"""A unit as a field of a model; an atlas's own are in the context of validation (`units`)."""


class _WordsOrUnit:
    """Takes words per language, or the name of a unit."""

    @staticmethod
    def __get_pydantic_core_schema__(_source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_wrap_validator_function(
            _read_words_or_unit,
            handler.generate_schema(Texts),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda unit: unit.root if isinstance(unit, Texts) else str(unit)
            ),
        )

    @staticmethod
    def __get_pydantic_json_schema__(
        _schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [handler(Texts.__pydantic_core_schema__), *_SCHEMA["anyOf"]]}


def _read_words_or_unit(
    value: object, words: ValidatorFunctionWrapHandler, info: ValidationInfo
) -> Texts | AnyUnit:
    if isinstance(value, str):
        unit = _read(value, info)
        if unit is Unit.DATE:
            raise BadValueError("a metric has no dates", "write the unit of its numbers")
        return unit
    texts: Texts = words(value)
    return texts


WordsOrUnit = Annotated[Texts | Unit | Measure, _WordsOrUnit]
"""A unit in words per language, or by its name."""
