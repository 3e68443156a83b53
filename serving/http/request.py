"""From a request to who reads what, in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from babel.core import get_global

from stories.view.address import View, parse_address, pick_language
from stories.view.panel import ViewContext
from stories.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from serving.store.catalogue import CatalogueEntry
    from serving.store.snapshot import Snapshot

MOST_PARAMETERS = 60


def parameters(query: str) -> dict[str, list[str]]:
    """Return every value of every parameter of a query; none of one that is too long."""
    try:
        return parse_qs(query, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return {}


def named(params: Mapping[str, Sequence[str]], key: str) -> str | None:
    """Return the first value of a parameter."""
    return next(iter(params.get(key, ())), None)


def context_of(
    entry: CatalogueEntry, params: Mapping[str, Sequence[str]], accept_language: str = ""
) -> ViewContext:
    """Return the reader of an address; what it asks for in vain is left aside."""
    snapshot = entry.snapshot
    view, _ = parse_address(params, snapshot.atlas, snapshot.towns, entry.name)
    return _context(snapshot, view, pick_language(view.lang, accept_language, snapshot.atlas))


def context_at(snapshot: Snapshot, town: str | None, lang: str) -> ViewContext:
    """Return the reader of a town in a language, both known."""
    return _context(snapshot, View(town=town, lang=lang), lang)


def _context(snapshot: Snapshot, view: View, lang: str) -> ViewContext:
    wording = Wording(lang, snapshot.atlas.languages)
    return ViewContext(atlas=snapshot.atlas, wording=wording, view=view, towns=snapshot.towns)


def locale_tag(lang: str) -> str:
    """Write a language as Open Graph does, with its likeliest country: ``zh_CN``, ``en_US``."""
    likely = get_global("likely_subtags").get(lang.replace("-", "_"), "")
    parts = (likely or lang.replace("-", "_")).split("_")
    return f"{parts[0]}_{parts[-1]}" if len(parts) > 1 else parts[0]
