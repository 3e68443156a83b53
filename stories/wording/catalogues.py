"""The catalogues that come with the program, and the forms that languages count in."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from stories.model.language import locale_of

LAST_RESORT = "en"
ORDINALS = "metric_rank"
"""The section whose forms are those of places in an order."""
NOT_OF_THE_PAGE = frozenset({"scaffold"})
"""Sections that speak to editors, in the files of a new atlas."""
OF_THE_FILES = frozenset({"kinds"})
"""Sections whose keys are words of boundary files, so that an atlas may have further ones."""
COUNTED = frozenset(
    {
        "levels",
        "units",
        ORDINALS,
        "page.other_towns",
        "panel.overview_title",
        "start.stories",
        "preview.faults",
        "place.m",
        "scene.divisions",
        "metric.table",
        "metric.to_table",
        "metric.part",
        "metric.points",
        "dates.since_villages",
    }
)
"""Sections and keys whose texts go with a number, so that they may have plural forms."""

FORMS = ("zero", "one", "two", "few", "many", "other")
"""The plural forms of CLDR, in its order."""
_COUNTED = range(200)
"""Numbers that show which forms whole numbers take; beyond, they repeat."""


def catalogue_languages() -> list[str]:
    """Return the languages that have a catalogue."""
    names = (file.name for file in resources.files(__package__).iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@cache
def catalogue(lang: str) -> dict[str, dict[str, Any]] | None:
    """Return the texts of a language by section and key, where it has a catalogue."""
    file = resources.files(__package__) / f"{lang}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


@cache
def page_words() -> dict[str, dict[str, Any]]:
    """Return every text of the page in English, by section and key."""
    texts = catalogue(LAST_RESORT) or {}
    return {name: each for name, each in texts.items() if name not in NOT_OF_THE_PAGE}


def is_counted(section: str, key: str) -> bool:
    """Whether a text goes with a number, so that it may have plural forms."""
    return section in COUNTED or f"{section}.{key}" in COUNTED


@cache
def plural_forms(lang: str, section: str = "") -> frozenset[str]:
    """Return the forms that a language counts in, by CLDR; in `ORDINALS` those of places."""
    locale = locale_of(lang)
    rule = locale.ordinal_form if section == ORDINALS else locale.plural_form
    return frozenset({"other", *rule.tags})


@cache
def whole_forms(lang: str, section: str = "") -> frozenset[str]:
    """Return those of them that whole numbers take, so that a text must have them."""
    locale = locale_of(lang)
    rule = locale.ordinal_form if section == ORDINALS else locale.plural_form
    return frozenset(map(rule, _COUNTED))
