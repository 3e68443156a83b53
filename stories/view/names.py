"""Tell divisions apart that have the same name."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from stories.model.division import Division


def marks_apart(
    towns: Iterable[Division],
    name_of: Callable[[Division], str],
    kind_of: Callable[[Division], str],
) -> Mapping[str, str]:
    """Return, by slug, what tells a division from others of its name; nothing for all others.

    That is its kind where each of them has another, else its code, else its name in addresses.

    Parameters
    ----------
    towns
        All divisions.
    name_of, kind_of
        What readers call a division, and its kind.
    """
    alike: dict[str, list[Division]] = {}
    for town in towns:
        alike.setdefault(_key(name_of(town)), []).append(town)
    return {
        town.slug: mark
        for twins in alike.values()
        if len(twins) > 1
        for town, mark in zip(twins, _marks(twins, kind_of), strict=True)
    }


def _marks(twins: Sequence[Division], kind_of: Callable[[Division], str]) -> list[str]:
    slugs = [town.slug for town in twins]
    for marks in ([kind_of(town) for town in twins], [town.code for town in twins]):
        if all(marks) and len(set(marks)) == len(marks):
            return marks
    return slugs


def _key(name: str) -> str:
    """Return what two names have in common that look the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
