"""The catalogues, and numbers in several languages."""

import string
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

import stories.wording
from stories.errors import WordingError
from stories.model.atlas import Unit
from stories.wording import Wording, catalogue_languages

FOLDER = Path(stories.wording.__file__).parent


def flat(lang: str) -> dict[str, list[str]]:
    """Every key of a catalogue with the texts it leads to, one per plural form."""
    catalogue: dict[str, dict[str, Any]] = tomllib.loads(
        (FOLDER / f"{lang}.toml").read_text("utf-8")
    )
    return {
        f"{section}.{key}": list(text.values()) if isinstance(text, dict) else [text]
        for section, entries in catalogue.items()
        for key, text in entries.items()
    }


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_catalogues_say_the_same_things() -> None:
    zh, en = flat("zh"), flat("en")
    assert catalogue_languages() == ["en", "zh"]
    assert zh.keys() == en.keys()
    for key in zh:
        for text in [*zh[key], *en[key]]:
            # "one story" may do without its number
            assert placeholders(text) | {"n"} == placeholders(zh[key][-1]) | {"n"}, key


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_plural_tables_have_the_forms_of_their_language(lang: str) -> None:
    forms = {"other", *Locale.parse(lang).plural_form.tags}
    ordinals = {"other", *Locale.parse(lang).ordinal_form.tags}
    catalogue = tomllib.loads((FOLDER / f"{lang}.toml").read_text("utf-8"))
    for name, section in catalogue.items():
        for text in section.values():
            wanted = ordinals if name == "metric_rank" else forms
            assert isinstance(text, str) or set(text) == wanted


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.DATE])
def test_every_unit_has_words(lang: str, unit: Unit) -> None:
    assert "7" in Wording(lang).plural(f"units.{unit}", 7)


def test_a_plural_form_follows_its_number() -> None:
    assert Wording("en").plural("units.people", 1) == "1 person"
    assert Wording("en").plural("units.people", 2) == "2 people"


def test_a_language_without_catalogue_borrows_words_in_order_and_keeps_its_numbers() -> None:
    assert Wording("fr", ["zh"]).text("status.forecast") == "预计"
    assert Wording("fr").text("status.forecast") == "forecast"
    assert Wording("fr").number(Decimal("1234.5")) == "1\u202f234,5"
    assert Wording("zh-Hans-CN").text("status.forecast") == "预计"


def test_a_missing_key_or_placeholder_is_named() -> None:
    with pytest.raises(WordingError, match=r"page\.nothing"):
        Wording("en").text("page.nothing")
    with pytest.raises(WordingError, match=r"figure\.about needs a value for 'number'"):
        Wording("en").text("figure.about")
    with pytest.raises(WordingError, match="plural"):
        Wording("en").text("units.people")


@pytest.mark.parametrize(
    ("lang", "number", "written"),
    [
        ("zh", "130000000", "1.3亿"),
        ("zh", "30000000", "3000万"),
        ("zh", "1800", "1800"),
        ("zh", "548568", "548568"),
        ("zh", "123450000", "1.2345亿"),
        ("zh", "18000", "1.8万"),
        ("ja", "1800", "1,800"),
        ("en", "130000000", "130 million"),
        ("en", "548568", "548,568"),
        ("en", "123456789", "123,456,789"),
        ("de", "1300000", "1,3 Millionen"),
    ],
)
def test_short_numbers_never_round(lang: str, number: str, written: str) -> None:
    assert Wording(lang).short_number(Decimal(number)) == written


def test_languages_name_themselves() -> None:
    assert Wording("zh").language_name("en") == "English"
    assert Wording("en").language_name("zh") == "中文"
    assert Wording("en").language_name("fr") == "Français"


def test_sections_hold_plain_texts() -> None:
    assert Wording("en").section("status")["plan"] == "planned"
    assert "people" not in Wording("en").section("units")


def test_lists_can_be_written_in_every_language() -> None:
    for lang in locale_identifiers():
        for count in (1, 2, 3, 4):
            assert Wording(lang.replace("_", "-")).listed(["a", "b", "c", "d"][:count])
