"""Every catalogue, by kind: complete, in the plural forms of its language, and in its own words."""

from __future__ import annotations

import re
import string
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

import stories.wording
from stories.model.atlas import Unit
from stories.wording import Wording, catalogue_languages
from stories.wording.catalogues import ORDINALS, plural_forms, whole_forms
from stories.wording.levels import PLACEHOLDERS

FOLDER = Path(stories.wording.__file__).parent
LANGUAGES = catalogue_languages()
ONLY_ENGLISH = {"levels.town"}
"""English says town and division; other catalogues have one word for both."""
SAMPLES = [*range(1001), 1_000_000, Decimal("0.5"), Decimal("1.5")]
COUNTED = re.compile(
    r"units\.|levels\.|metric_rank\.|page\.other_towns$|panel\.overview_title|start\.stories"
    r"|preview\.faults|place\.(m|km)$|scene\.divisions|metric\.(table|to_table|part|points)$"
    r"|dates\.since_villages"
)
"""Keys that the code counts, so that they may have plural forms."""
LATIN_WORDS = {
    "JSON", "CSV", "GeoJSON", "GeoPackage", "Markdown", "HTML", "JavaScript", "QR", "WebSocket",
    "WGS", "GCJ", "BD", "Tab", "Enter", "ATLAS", "TODO", "UTF", "Material", "Symbols",
}  # fmt: skip
ENGLISH = re.compile(r"\b(the|and|with|of the|this|that|which|from the|are|is not)\b")


def catalogue(lang: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((FOLDER / f"{lang}.toml").read_text("utf-8"))


def flat(lang: str) -> dict[str, list[str]]:
    """Every key of a catalogue with the texts it leads to, one per plural form."""
    return {
        f"{section}.{key}": list(text.values()) if isinstance(text, dict) else [text]
        for section, entries in catalogue(lang).items()
        for key, text in entries.items()
    }


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def own_placeholders(text: str) -> set[str]:
    """The placeholders that the code fills, but for the number, which some forms do without."""
    return placeholders(text) - PLACEHOLDERS - {"n"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_is_missing_or_extra(lang: str) -> None:
    assert flat(lang).keys() - ONLY_ENGLISH == flat("en").keys() - ONLY_ENGLISH


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_have_the_placeholders_of_the_english_ones(lang: str) -> None:
    english = flat("en")
    for key, texts in flat(lang).items():
        for text in texts:
            assert own_placeholders(text) == own_placeholders(english[key][-1]), key
            assert text.strip(), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plural_tables_have_exactly_the_forms_of_their_language(lang: str) -> None:
    for section, entries in catalogue(lang).items():
        for key, text in entries.items():
            if not isinstance(text, dict):
                continue
            assert COUNTED.match(f"{section}.{key}"), f"{section}.{key} is never counted"
            forms = set(text) - {"plural"} if section == "levels" else set(text)
            assert forms == plural_forms(lang, section), f"{section}.{key}"


def test_the_forms_are_those_of_cldr() -> None:
    assert plural_forms("ru") == {"one", "few", "many", "other"}
    assert plural_forms("ar") == {"zero", "one", "two", "few", "many", "other"}
    assert plural_forms("ja") == {"other"}
    assert plural_forms("en", ORDINALS) == {"one", "two", "few", "other"}
    assert whole_forms("ru") == {"one", "few", "many"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_of_several_numbers_says_which(lang: str) -> None:
    locale = Locale.parse(lang)
    counts: dict[str, int] = {}
    for number in SAMPLES:
        form = locale.plural_form(number)
        counts[form] = counts.get(form, 0) + 1
    for section, entries in catalogue(lang).items():
        for key, text in entries.items():
            if section in {"levels", ORDINALS} or not isinstance(text, dict):
                continue
            for form, words in text.items():
                number = {"n", "number"} & placeholders(words)
                assert number or counts[form] == 1, f"{section}.{key}: {form}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.DATE])
def test_every_unit_has_words(lang: str, unit: Unit) -> None:
    wording = Wording(lang)
    assert wording.number(7) in wording.plural(f"units.{unit}", 7)


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_nothing_is_left_in_english(lang: str) -> None:
    for key, texts in flat(lang).items():
        if key.startswith("scaffold."):
            continue  # names keys of the files
        for text in texts:
            bare = re.sub(r"\{\w*\}", " ", text)
            assert not ENGLISH.search(bare), key
            if Locale.parse(lang).script or lang in {"zh", "ja", "ko", "ru", "ar", "he"}:
                latin = {word for word in re.findall(r"[A-Za-z]{3,}", bare) if word.isascii()}
                assert latin <= LATIN_WORDS | {"atlas", "yaml"}, key
            elif len(bare.split()) > 2:  # a word or two may be the same
                assert text not in flat("en")[key], key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_parts_of_an_atlas_stand_in_the_texts(lang: str) -> None:
    """What an atlas calls its parts shows: the catalogue does not say its own word for them."""
    texts = " ".join(text for each in flat(lang).values() for text in each)
    for level in ("division", "story"):
        assert re.search(rf"\{{{level}\}}|\{{{level[:-1]}\w+\}}", texts, re.IGNORECASE), level
