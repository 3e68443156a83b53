"""The catalogues that come with the program, and the forms that languages count in."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from babel import Locale

if TYPE_CHECKING:
    from collections.abc import Iterator

LAST_RESORT = "en"
ORDINALS = "metric_rank"
"""The section whose forms are those of places in an order."""
NOT_OF_THE_PAGE = frozenset({"scaffold"})
"""Sections that speak to editors, in the files of a new atlas."""
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


def broader_tags(tag: str) -> Iterator[str]:
    """Yield `tag` and then its broader ones: ``zh-Hans-CN``, ``zh-Hans``, ``zh``."""
    parts = tag.split("-")
    yield from ("-".join(parts[:length]) for length in range(len(parts), 0, -1))


@cache
def plural_forms(lang: str, section: str = "") -> frozenset[str]:
    """Return the forms that a language counts in, by CLDR; in `ORDINALS` those of places."""
    locale = Locale.parse(lang, sep="-")
    rule = locale.ordinal_form if section == ORDINALS else locale.plural_form
    return frozenset({"other", *rule.tags})


@cache
def whole_forms(lang: str, section: str = "") -> frozenset[str]:
    """Return those of them that whole numbers take, so that a text must have them."""
    locale = Locale.parse(lang, sep="-")
    rule = locale.ordinal_form if section == ORDINALS else locale.plural_form
    return frozenset(map(rule, _COUNTED))
