"""A small county whose divisions changed hands once, as its history is told to the stories."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from stories.model.division import Division
from stories.model.history import BoundaryHistory, LandChange
from stories.model.text import Texts
from stories.view.address import View
from stories.view.context import ViewContext
from stories.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stories.model.atlas import Atlas

DATES = ("2018-10-31", "2019-10-31", "2020-06-30", "2023-06-30")
BEFORE, AFTER = ("east", "west", "old"), ("east", "west", "new")
"""Slugs up to the second date, and from the third on."""


def division(slug: str) -> Division:
    names = Texts({"zh": f"{slug}镇", "en": f"{slug.title()} Town"})
    return Division(slug=slug, names=names, kind="town", boundary_status="reconstructed")


def change(old: str, new: str, *villages: str, area: float | None = 12.98) -> LandChange:
    return LandChange(
        since=dt.date.fromisoformat(DATES[1]),
        until=dt.date.fromisoformat(DATES[2]),
        from_slug=old,
        to_slug=new,
        area_km2=area,
        villages=tuple(
            Texts({"zh": f"{each}村", "en": f"{each.title()} Village"}) for each in villages
        ),
        boundary_status="reconstructed",
    )


CHANGES = (
    change("old", "east", "hill", "dale"),
    change("old", "new", area=3.04),
    change("east", "new", "mill", "ford"),
    change("west", "new", "lake"),
)


def history(changes: Iterable[LandChange] = CHANGES) -> BoundaryHistory:
    slugs = {date: BEFORE if date <= DATES[1] else AFTER for date in DATES}
    divisions = {date: {slug: division(slug) for slug in there} for date, there in slugs.items()}
    return BoundaryHistory(DATES, divisions, tuple(changes))


def dated_context(atlas: Atlas, lang: str = "en", **view: object) -> ViewContext:
    """Return a view of an atlas on the map of that county."""
    context = ViewContext(
        atlas=atlas,
        wording=Wording(lang, atlas.languages),
        view=View.model_validate({"lang": lang, **view}),
        towns={slug: division(slug) for slug in (*AFTER, *(each.town for each in atlas.stories))},
    )
    return replace(context, history=history())
