"""Read the words of the page that an atlas has of its own: ``words.<language>.yaml``."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING, Any

from faults import Fault, nearest, shown
from stories.model.language import broader_tags
from stories.wording.catalogues import (
    FORMS,
    NOT_OF_THE_PAGE,
    OF_THE_FILES,
    is_counted,
    page_words,
    plural_forms,
    whole_forms,
)
from stories.wording.levels import PLACEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from stories.files.yaml import Loc, YamlSource
    from stories.model.atlas import AtlasFile

MAX_TEXT = 2_000
"""Characters of a text of the page."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]*")
LEVELS = "levels"


def words_name(lang: str) -> str:
    """Return the name of the file that holds an atlas's own words in a language."""
    return f"words.{lang}.yaml"


def words_names(languages: Iterable[str]) -> list[str]:
    """Return the names of all such files that an atlas in these languages may have."""
    return [words_name(tag) for tag in words_tags(languages)]


def words_tags(languages: Iterable[str]) -> list[str]:
    """Return the tags of the languages and of broader ones, whose words serve them, too."""
    return list(dict.fromkeys(tag for lang in languages for tag in broader_tags(lang)))


def words_faults(source: YamlSource, lang: str) -> Iterator[Fault]:
    """Find words that the page does not know, forms that are missing, placeholders that are not."""
    known = page_words()
    for section, entries in source.data.items():
        if section == LEVELS:
            what = "the parts of an atlas are named in atlas.yaml"
            yield source.fault((section,), what, "write them there, under `levels:`", at_key=True)
        elif section in NOT_OF_THE_PAGE or section not in known:
            what, mend = f"unknown key {shown(section)}", nearest(section, known)
            yield source.fault((section,), what, mend, at_key=True)
        elif entries is None:
            continue  # all of it is still in comments
        elif not isinstance(entries, dict):
            what = f"{section!r} takes words by their keys, not {shown(entries)}"
            yield source.fault((section,), what, "write `key: text` lines below it")
        else:
            for key, text in entries.items():
                yield from _entry_faults(source, (section, key), text, lang)


def _entry_faults(source: YamlSource, loc: Loc, text: object, lang: str) -> Iterator[Fault]:
    section, key = map(str, loc)
    known = page_words()[section]
    if key not in known and section in OF_THE_FILES and _NAME.fullmatch(key):
        known = {key: ""}
    if key not in known:
        what, mend = f"unknown key {shown(key)}", nearest(key, known, _elsewhere(key))
        yield source.fault(loc, what, mend, at_key=True)
        return
    counted = is_counted(section, key)
    allowed = _placeholders_of(known[key]) | PLACEHOLDERS | ({"n"} if counted else set())
    if not isinstance(text, dict):
        yield from _text_faults(source, loc, text, allowed)
    elif not counted:
        what = f"{key!r} is never counted, so it has no plural forms"
        yield source.fault(loc, what, "write one text", at_key=True)
    else:
        yield from form_faults(source, loc, text, lang)
        for form, each in text.items():
            yield from _text_faults(source, (*loc, form), each, allowed)


def form_faults(
    source: YamlSource, loc: Loc, forms: Mapping[str, object], lang: str, *further: str
) -> Iterator[Fault]:
    """Find plural forms that a language does not have, and those it must have."""
    section = str(loc[0])
    counts = sorted(plural_forms(lang, section), key=FORMS.index)
    for form in forms:
        if form not in {*counts, *further}:
            what = f"{shown(form)} is no plural form of {lang}"
            mend = nearest(form, [*counts, *further])
            yield source.fault((*loc, form), what, mend, at_key=True)
    missing = sorted(whole_forms(lang, section) - set(forms), key=FORMS.index)
    if missing:
        names = ", ".join(map(repr, missing))
        what = f"the plural form {names} is missing" if len(missing) == 1 else (
            f"the plural forms {names} are missing"
        )  # fmt: skip
        mend = f"add `{missing[0]}:` here; {lang} counts in {', '.join(counts)}"
        yield source.fault(loc, what, mend, at_key=True)


def level_faults(head: AtlasFile, source: YamlSource) -> Iterator[Fault]:
    """Find names of an atlas's parts that lack a plural form of their language."""
    for level in type(head.levels).model_fields:
        for lang, name in head.levels.of(level).items():
            yield from form_faults(source, (LEVELS, level, lang), name, lang, "plural")


def _text_faults(source: YamlSource, loc: Loc, text: object, allowed: set[str]) -> Iterator[Fault]:
    name = loc[-1]
    if not isinstance(text, str):
        what = f"{name!r} takes text, not {shown(text)}"
        yield source.fault(loc, what, "put it in quotation marks, or fill it in")
    elif not text.strip():
        yield source.fault(loc, f"{name!r} is empty", "fill it in, or take the line out")
    elif len(text) > MAX_TEXT:
        what = f"{name!r} has {len(text):,} characters"
        yield source.fault(loc, what, f"shorten it to {MAX_TEXT:,}")
    else:
        yield from _placeholder_faults(source, loc, text, allowed)


def _placeholder_faults(
    source: YamlSource, loc: Loc, text: str, allowed: set[str]
) -> Iterator[Fault]:
    try:
        found = list(string.Formatter().parse(text))
    except ValueError:
        what = "a { or } stands alone"
        yield source.fault(loc, what, "close the placeholder, or write {{ and }} for the signs")
        return
    for _, name, spec, conversion in found:
        if name is None or (name in allowed and not spec and not conversion):
            continue
        whole = name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
        own = ", ".join(f"{{{each}}}" for each in sorted(allowed - PLACEHOLDERS))
        mend = nearest(name, sorted(allowed), f"known here: {own or 'none'}")
        yield source.fault(loc, f"there is no placeholder {shown(f'{{{whole}}}')} here", mend)


def _placeholders_of(text: Any) -> set[str]:  # noqa: ANN401  # a text, or a table of texts
    texts = text.values() if isinstance(text, dict) else [text]
    return {name for each in texts for _, name, _, _ in string.Formatter().parse(each) if name}


def _elsewhere(key: str) -> str | None:
    """Name the sections that have a key of that name, where the one it stands in has none."""
    there = [section for section, entries in page_words().items() if key in entries]
    return f"it stands under {' or '.join(map(repr, there))}" if there else None
