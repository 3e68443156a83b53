"""Say which words of the page an atlas borrows from another language."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from faults import Fault, Severity
from stories.files.words import LEVELS, words_name
from stories.model.language import broader_tags, script_of
from stories.wording.catalogues import LAST_RESORT, catalogue, page_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stories.files.loader import AtlasFiles
    from stories.model.words import Levels, PageWords

_NAMED = 5
"""Words that a fault names before it only counts them."""


def borrowed_words(lang: str, words: PageWords, levels: Levels) -> list[tuple[str, str]]:
    """Return section and key of the page's words that neither program nor atlas has in `lang`.

    Words of the same language in another script stand in, but they are borrowed: simplified
    characters among traditional ones.
    """
    tags = tuple(tag for tag in broader_tags(lang) if script_of(tag) == script_of(lang))
    known = [each for tag in tags for each in (words.get(tag), catalogue(tag)) if each]
    named = {
        level for level in type(levels).model_fields if any(tag in levels.of(level) for tag in tags)
    }
    named.add("town")  # a second word for a division, which English has
    return [
        (section, key)
        for section, entries in page_words().items()
        for key in entries
        if not any(key in (each.get(section) or {}) for each in known)
        and not (section == LEVELS and key in named)
    ]


def borrowed_faults(reading: AtlasFiles) -> Iterator[Fault]:
    """Find languages in which the page says words of another language, once for each."""
    if reading.head is None or reading.source is None:
        return
    every = sum(map(len, page_words().values())) - 1
    for index, lang in enumerate(reading.head.languages):
        borrowed = borrowed_words(lang, reading.words, reading.head.levels)
        if not borrowed:
            continue
        first = ", ".join(".".join(each) for each in borrowed[:_NAMED])
        more = ", …" if len(borrowed) > _NAMED else ""
        other = _lender(lang, reading.head.languages)
        count = f"{len(borrowed)} of the" if len(borrowed) < every else "all"
        what = (
            f"{count} {every} words of the page are not there in {lang!r} and stand in {other!r}: "
            f"{first}{more}"
        )
        mend = _mend(reading, lang, {section for section, _ in borrowed})
        yield reading.source.fault(("languages", index), what, mend, severity=Severity.WARNING)


def _mend(reading: AtlasFiles, lang: str, sections: set[str]) -> str:
    if sections == {LEVELS}:
        return "name them under `levels:`"
    folder, name = quote(reading.folder.path.as_posix()), words_name(lang)
    command = f"story-atlas words {folder} --lang {lang}"
    if reading.folder.has(name):
        return f"write them into {name}; `{command} --print` lists them"
    return f"`{command}` puts them into {name}, to translate"


def _lender(lang: str, languages: tuple[str, ...]) -> str:
    """Return the language whose words stand in.

    It is its own in another script, or the first of the atlas's that has a catalogue.
    """
    others = [tag for each in (lang, *languages) for tag in broader_tags(each) if tag != lang]
    return next((tag for tag in others if catalogue(tag)), LAST_RESORT)
