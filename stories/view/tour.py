"""Story mode: through the stories one after another, in the atlas's order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def stop_at(atlas: Atlas, town: str) -> Stop:
    """Return the stop of a town that has a story.

    Raises
    ------
    ValueError
        The town has no story.
    """
    towns = [story.town for story in atlas.stories]
    place = towns.index(town)
    return Stop(
        place=place + 1,
        of=len(towns),
        previous=towns[place - 1] if place else None,
        next=towns[place + 1] if place + 1 < len(towns) else None,
    )
