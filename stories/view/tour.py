"""From one story to the next, in the atlas's order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stories.view.filtering import passes

if TYPE_CHECKING:
    from collections.abc import Collection

    from stories.model.atlas import Atlas


@dataclass(frozen=True)
class Stop:
    """Where a reader is on the way through the stories."""

    place: int
    """Counted from 1."""
    of: int
    previous: str | None
    """Slug of the town before, if there is one."""
    next: str | None


def stop_at(atlas: Atlas, town: str, themes: Collection[str] = ()) -> Stop:
    """Return the stop of a town that has a story, among those that `themes` let through.

    Raises
    ------
    ValueError
        The town has no story.
    """
    towns = [each.town for each in atlas.stories if each.town == town or passes(each, themes)]
    place = towns.index(town)
    return Stop(
        place=place + 1,
        of=len(towns),
        previous=towns[place - 1] if place else None,
        next=towns[place + 1] if place + 1 < len(towns) else None,
    )
