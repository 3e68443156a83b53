"""What a request asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from babel.core import get_global

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from serving.store.snapshot import Snapshot
    from stories.view.context import ViewContext

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


def context_at(snapshot: Snapshot, town: str | None, lang: str) -> ViewContext:
    """Return the view of a town in a language, both known."""
    return snapshot.view_of({"town": [town] if town else [], "lang": [lang]})


def locale_tag(lang: str) -> str:
    """Write a language as Open Graph does, with its likeliest country: ``zh_CN``, ``en_US``."""
    likely = get_global("likely_subtags").get(lang.replace("-", "_"), "")
    parts = (likely or lang.replace("-", "_")).split("_")
    return f"{parts[0]}_{parts[-1]}" if len(parts) > 1 else parts[0]
