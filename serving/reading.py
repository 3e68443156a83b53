"""From a request to who reads what, in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from babel.core import get_global

from stories.address import View, parse_address
from stories.panel import Reader
from stories.wording import Wording, broader_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serving.edition import Edition

MOST_PARAMETERS = 60
MOST_LANGUAGES = 20


def reader_of(edition: Edition, query: str, accept_language: str = "") -> Reader:
    """Return the reader of an address; what it asks for in vain is left aside."""
    try:
        params = parse_qs(query, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        params = {}
    view, _ = parse_address(params, edition.atlas, edition.towns)
    lang = view.lang or preferred(accept_language, edition.atlas.languages)
    return _reader(edition, view, lang)


def reader_at(edition: Edition, town: str | None, lang: str) -> Reader:
    """Return the reader of a town in a language, both known."""
    return _reader(edition, View(town=town, lang=lang), lang)


def _reader(edition: Edition, view: View, lang: str) -> Reader:
    wording = Wording(lang, edition.atlas.languages)
    return Reader(atlas=edition.atlas, wording=wording, view=view, towns=edition.towns)


def preferred(accept_language: str, offered: Sequence[str]) -> str:
    """Choose among the offered languages by ``Accept-Language``; the first if none is wanted."""
    known = {lang.lower(): lang for lang in offered}
    wanted: list[tuple[float, str]] = []
    for part in accept_language.split(",")[:MOST_LANGUAGES]:
        tag, _, weight = part.strip().lower().partition(";")
        quality = _quality(weight)
        if quality > 0:
            wanted.append((-quality, tag.strip().replace("_", "-")))
    for _, tag in sorted(wanted, key=lambda each: each[0]):
        for broader in broader_tags(tag):
            if broader in known:
                return known[broader]
    return offered[0]


def _quality(weight: str) -> float:
    name, _, number = weight.strip().partition("=")
    try:
        return float(number) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def locale_tag(lang: str) -> str:
    """Write a language as Open Graph does, with its likeliest country: ``zh_CN``, ``en_US``."""
    likely = get_global("likely_subtags").get(lang.replace("-", "_"), "")
    parts = (likely or lang.replace("-", "_")).split("_")
    return f"{parts[0]}_{parts[-1]}" if len(parts) > 1 else parts[0]
