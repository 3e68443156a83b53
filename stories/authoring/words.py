"""Write the file in which an editor gives the page its words in a language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from stories.wording.catalogues import FORMS, is_counted, page_words, plural_forms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_HEAD = """\
# yaml-language-server: $schema=.schema/words.schema.json
# What the page says in {lang}. Take the # before a line away and translate what stands in quotation
# marks; {{placeholders}} stay. What is left out is taken from the program. What the atlas calls its
# parts (county, division, story) stands in atlas.yaml, under `levels:`.
"""


def words_file(lang: str, keys: Collection[tuple[str, str]]) -> str:
    """Return a file of words in a language, with the English ones in comments."""
    known = page_words()
    parts = [_HEAD.format(lang=lang)]
    for section, entries in known.items():
        chosen = [key for key in entries if (section, key) in keys and section != "levels"]
        if chosen:
            lines = (f"  # {line}" for line in _lines(lang, section, chosen))
            parts.append("\n".join([f"{section}:", *lines]) + "\n")
    return "\n".join(parts)


def _lines(lang: str, section: str, keys: list[str]) -> Iterator[str]:
    for key in keys:
        text = page_words()[section][key]
        name = key if key.replace("_", "").isalpha() else json.dumps(key, ensure_ascii=False)
        yield f"{name}: {_value(lang, section, key, text)}"


def _value(lang: str, section: str, key: str, text: Any) -> str:  # noqa: ANN401  # text or table
    forms = plural_forms(lang, section)
    if isinstance(text, str) and not (
        is_counted(section, key) and "{n}" in text and len(forms) > 1
    ):
        return json.dumps(text, ensure_ascii=False)
    texts = {"other": text} if isinstance(text, str) else text
    if len(forms) == 1:
        return json.dumps(texts["other"], ensure_ascii=False)
    order = [form for form in FORMS if form in forms]
    said = (f"{form}: {json.dumps(texts.get(form, texts['other']), ensure_ascii=False)}"
            for form in order)  # fmt: skip
    return f"{{{', '.join(said)}}}"


def words_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``words.<language>.yaml``."""
    return {
        "title": "words.<language>.yaml",
        "description": "What the page says in one language, in words of the atlas's own.",
        "type": "object",
        "properties": {
            section: {
                "type": ["object", "null"],
                "properties": {
                    key: _entry_schema(section, key, text) for key, text in entries.items()
                },
                "additionalProperties": {"type": "string"} if section == "kinds" else False,
            }
            for section, entries in page_words().items()
            if section != "levels"
        },
        "additionalProperties": False,
    }


def _entry_schema(section: str, key: str, text: Any) -> dict[str, Any]:  # noqa: ANN401  # as above
    said = text if isinstance(text, str) else text["other"]
    if not is_counted(section, key):
        return {"type": "string", "minLength": 1, "description": said}
    forms = {form: {"type": "string"} for form in FORMS}
    table = {"type": "object", "properties": forms, "additionalProperties": False}
    return {"anyOf": [{"type": "string", "minLength": 1}, table], "description": said}
