"""What an atlas calls its parts and its texts: counties or provincias, towns or 镇街, stories."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from stories.model.language import broader_tags
from stories.wording.catalogues import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from stories.model.words import Levels

_PLACEHOLDERS = {
    "county": ("county", "counties"),
    "division": ("division", "divisions"),
    "town": ("town_word", "town_words"),
    "story": ("story", "stories"),
}
"""By level, the placeholders of its singular and its plural."""
_ATLAS_LEVEL = {"town": "division"}
"""Levels for which a catalogue may have a word more than an atlas has: English says town, too."""
PLACEHOLDERS = frozenset(
    name for pair in _PLACEHOLDERS.values() for each in pair for name in (each, each.capitalize())
)
"""Everything that may stand in any text, once or several times."""
_MARK = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


class LevelNames:
    """The words for the parts of an atlas in one language.

    Parameters
    ----------
    lang
        The language.
    order
        Languages whose words stand in where it has none.
    levels
        What an atlas calls its parts; the catalogues have words for those that do not say.
    """

    def __init__(self, lang: str, order: Iterable[str], levels: Levels | None) -> None:
        self._languages = tuple(dict.fromkeys((lang, *order)))
        self._levels = levels
        self._filled: dict[str, dict[str, object]] = {}

    def placeholders(self, form: str = "") -> dict[str, object]:
        """Return the placeholders with their words; plurals in the form of a number, if given."""
        if form not in self._filled:
            self._filled[form] = dict(self._words(form))
        return self._filled[form]

    def _words(self, form: str) -> Iterator[tuple[str, str]]:
        for level, forms in self._forms.items():
            singular, plural = _PLACEHOLDERS[level]
            for name, word in ((singular, _single(forms)), (plural, _several(forms, form))):
                yield name, word
                yield name.capitalize(), word[:1].upper() + word[1:]

    @cached_property
    def _forms(self) -> dict[str, Mapping[str, str]]:
        return {level: self._found(level) for level in _PLACEHOLDERS}

    def _found(self, level: str) -> Mapping[str, str]:
        for lang in self._languages:
            tags = tuple(broader_tags(lang))
            named = self._levels.of(_ATLAS_LEVEL.get(level, level)) if self._levels else {}
            ours = [(catalogue(tag) or {}).get("levels", {}) for tag in tags]
            words = [*map(named.get, tags), *(each.get(level) for each in ours)]
            words += [each.get(_ATLAS_LEVEL[level]) for each in ours if level in _ATLAS_LEVEL]
            if found := next(filter(None, words), None):
                return {"other": found} if isinstance(found, str) else found
        return {}


def level_words(text: str, words: Mapping[str, object]) -> str:
    """Put the words for the parts of an atlas into a text, and leave other placeholders."""
    return _MARK.sub(lambda mark: str(words.get(mark[1], mark[0])), text)


def _single(forms: Mapping[str, str]) -> str:
    return forms.get("one") or _several(forms, "other")


def _several(forms: Mapping[str, str], form: str) -> str:
    """Return the form of a number, else the plural without one."""
    order = (form, "other", "many") if form else ("plural", "few", "other", "many")
    return next(filter(None, map(forms.get, (*order, *forms))), "")
