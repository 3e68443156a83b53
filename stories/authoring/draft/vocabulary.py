"""The words of a language by which an article is understood."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from stories.model.language import locale_of
from stories.numbers.lexicon import SPACED, word_pattern

LANGUAGES = ("zh", "en")


class Vocabulary:
    """What a file under ``words`` says."""

    def __init__(self, lang: str, data: dict[str, Any]) -> None:
        self.lang = lang
        self.is_spaced = lang in SPACED
        self._data = data
        self._patterns: dict[tuple[str, ...], str] = {}

    def words(self, *keys: str) -> list[str]:
        """Return a list of words."""
        found: Any = self._data
        for key in keys:
            found = found[key]
        assert isinstance(found, list)
        return found

    def text(self, *keys: str) -> str:
        """Return one text."""
        found: Any = self._data
        for key in keys:
            found = found[key]
        return str(found)

    def table(self, key: str) -> dict[str, list[str]]:
        """Return lists of words by name."""
        return {name: list(words) for name, words in self._data[key].items()}

    def pattern(self, *keys: str) -> str:
        """Return a pattern for any of some words, the longest first.

        Words are whole ones where the language sets them apart.
        """
        if keys not in self._patterns:
            self._patterns[keys] = word_pattern(self.words(*keys), is_spaced=self.is_spaced)
        return self._patterns[keys]


@cache
def vocabulary(lang: str) -> Vocabulary:
    """Return the words of a language, such as `zh` or `en-GB`.

    Raises
    ------
    KeyError
        There is no file for it.
    """
    base = str(locale_of(lang).language)
    if base not in LANGUAGES:
        raise KeyError(base)
    file = resources.files("stories.authoring.draft") / "words" / f"{base}.toml"
    return Vocabulary(base, tomllib.loads(file.read_text(encoding="utf-8")))
