"""The boundaries through time, put into words: their dates, what changed, and how one came to be.

Without a script the dates are links; with it they change the map alone (`scripts/dates.js`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from stories.model.period import Period
from stories.view.still import STILL_SIZE, Still
from stories.wording.periods import period_text, short_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from stories.model.history import LandChange
    from stories.view.context import ViewContext


@dataclass(frozen=True)
class DateLink:
    """Leads to the page with the boundaries of a date, or of two side by side."""

    dates: str
    """The dates, with a space between them; none for the latest."""
    address: str
    """Query string."""
    words: str
    current: bool


@dataclass(frozen=True)
class Step:
    """What changed from one date to a later one."""

    title: str
    lines: tuple[str, ...]
    none: str
    """Said where nothing did."""


@dataclass(frozen=True)
class History:
    """The section of the county's page."""

    title: str
    intro: str
    links: tuple[DateLink, ...]
    compare: DateLink | None
    still: Still | None
    steps: tuple[Step, ...]
    note: str
    """How well the outlines of the changed land are known."""


@dataclass(frozen=True)
class Origin:
    """How a division came to be as it is, on its own page."""

    title: str
    lines: tuple[str, ...]
    compare: DateLink
    still: Still | None


def history_section(context: ViewContext) -> History | None:
    """Return the section about the boundaries through time; none where only today's are known."""
    history, text = context.history, context.wording.text
    if not history.dates:
        return None
    since = last_change(context)
    return History(
        title=text("dates.title"),
        intro=text("dates.intro"),
        links=tuple(_link(context, each) for each in history.dates),
        compare=_compared(context, since, text("dates.compare")) if since else None,
        still=shown_still(context, context.view.dates) if context.view.dates else None,
        steps=tuple(_steps(context)),
        note=_note(context, history.changes, has_areas=True),
    )


def origin_section(context: ViewContext, slug: str) -> Origin | None:
    """Return how a division came to be; none where no change of it is known."""
    changes, latest = context.history.of(slug), context.history.latest
    if not changes or latest is None:
        return None
    steps = groupby(changes, key=lambda each: (each.since, each.until))
    since = changes[-1].since.isoformat()
    lines = [line for _, group in steps for line in _origin_lines(context, slug, list(group))]
    return Origin(
        title=context.wording.text("dates.origin"),
        lines=(*lines, _note(context, changes, has_areas=False)),
        compare=_compared(context, since, context.wording.text("dates.on_map")),
        still=shown_still(context, (since, latest)),
    )


def date_words(context: ViewContext) -> tuple[Mapping[str, str], ...]:
    """Return the dates to choose from on the map, with the words for each."""
    dates = context.history.dates
    months = Counter(_short(context, each) for each in dates)
    return tuple(
        {
            "date": each,
            "label": _label(context, each),
            "short": short if months[short := _short(context, each)] == 1 else day(context, each),
            "note": _step_note(context, before, each),
            "later": _step_note(context, each, dates[-1]) if each != dates[-1] else "",
        }
        for before, each in zip((None, *dates), dates, strict=False)
    )


def last_change(context: ViewContext) -> str | None:
    """Return the last date before land last changed hands."""
    changes = context.history.changes
    return max(each.since for each in changes).isoformat() if changes else None


def day(context: ViewContext, date: str) -> str:
    """Write a date."""
    return period_text(Period.of(date), context.wording)


def shown_words(context: ViewContext, dates: Sequence[str], *, is_still: bool = False) -> str:
    """Say of which date the boundaries are, or which two are side by side.

    A still picture shows the later of two, and hatches what changed.
    """
    text = context.wording.text
    if len(dates) == 1:
        return text("dates.of_date", date=day(context, dates[0]))
    since, until = (day(context, each) for each in dates)
    if is_still:
        return text("dates.of_both_still", since=since, until=until)
    return text("dates.of_both", since=since, until=until)


def _label(context: ViewContext, date: str) -> str:
    is_latest = date == context.history.latest
    said = day(context, date)
    return context.wording.text("dates.latest", date=said) if is_latest else said


def _short(context: ViewContext, date: str) -> str:
    return short_month(Period.of(date), context.wording)


def _link(context: ViewContext, date: str) -> DateLink:
    asked = () if date == context.history.latest else (date,)
    return _to(context, asked, _label(context, date))


def _compared(context: ViewContext, since: str, words: str) -> DateLink:
    return _to(context, (since, str(context.history.latest)), words)


def _to(context: ViewContext, dates: Sequence[str], words: str) -> DateLink:
    date, against = (*dates, None, None)[:2]
    return DateLink(
        dates=" ".join(dates),
        address=context.address_with(date=date, against=against),
        words=words,
        current=tuple(dates) == context.view.dates,
    )


def _steps(context: ViewContext) -> Iterable[Step]:
    """Return the steps; those without a change that follow each other are one."""
    text = context.wording.text
    for changed, group in groupby(context.history.steps(), key=lambda step: bool(step[2])):
        steps = list(group)
        spans = steps if changed else [(steps[0][0], steps[-1][1], ())]
        for since, until, changes in spans:
            title = text("dates.step", since=day(context, since), until=day(context, until))
            lines = tuple(_line(context, each) for each in changes)
            yield Step(title, lines, "" if changed else text("dates.no_change"))


def _line(context: ViewContext, change: LandChange) -> str:
    """Say what land went where: ``Lianhe Village: from Qianyuan Town to Kangqian Subdistrict``."""
    text = context.wording.text
    what = _villages(context, change) or text("dates.land")
    old, new = _town(context, change.from_slug), _town(context, change.to_slug)
    if change.area_km2 is None:
        return text("dates.moved", what=what, old=old, new=new)
    area = context.wording.number(round(change.area_km2, 1))
    known = "published" if change.boundary_status == "published" else "estimated"
    return text(f"dates.moved_{known}", what=what, old=old, new=new, area=area)


def _villages(context: ViewContext, change: LandChange) -> str:
    names = [each.get(context.lang, context.order) for each in change.villages]
    return context.wording.listed(names) if names else ""


def _town(context: ViewContext, slug: str) -> str:
    if slug in context.towns:
        return context.town_name(slug)
    return context.history.name(slug, context.lang, context.order)


def _step_note(context: ViewContext, since: str | None, until: str) -> str:
    """Say in a few words what changed since the date before."""
    text = context.wording.text
    if since is None:
        return text("dates.first")
    changes = context.history.between(since, until)
    said = day(context, since)
    if not changes:
        return text("dates.since_none", since=said)
    if villages := sum(len(each.villages) for each in changes):
        return context.wording.plural("dates.since_villages", villages, since=said)
    return text("dates.since_land", since=said)


def _origin_lines(context: ViewContext, slug: str, changes: Sequence[LandChange]) -> Iterable[str]:
    """Say what a division gained, and what it lost, between two dates."""
    since, until = (each.isoformat() for each in (changes[0].since, changes[0].until))
    text = context.wording.text
    gained = [each for each in changes if each.to_slug == slug]
    lost = [each for each in changes if each.from_slug == slug]
    is_new = not context.history.existed(slug, since)
    is_gone = not context.history.existed(slug, until)
    sorts = [
        (gained, "formed_part" if is_new else "gained_part", "formed" if is_new else "changed"),
        (lost, "lost_part", "dissolved" if is_gone else "changed"),
    ]
    for group, part, whole in sorts:
        if not group:
            continue
        parts = [_part(context, part, each, slug) for each in group]
        between = "origin.between_formed" if whole == "formed" else "origin.between"
        yield text(
            f"origin.{whole}",
            since=day(context, since),
            until=day(context, until),
            parts=text(between).join(parts),
        )


def _part(context: ViewContext, key: str, change: LandChange, slug: str) -> str:
    other = change.from_slug if change.to_slug == slug else change.to_slug
    what = _villages(context, change)
    if not what and change.area_km2 is not None:
        area = context.wording.number(round(change.area_km2, 1))
        what = context.wording.text("origin.area", area=area)
    what = what or context.wording.text("dates.land")
    return context.wording.text(f"origin.{key}", what=what, town=_town(context, other))


def _note(context: ViewContext, changes: Iterable[LandChange], *, has_areas: bool) -> str:
    """Say how well the outlines of the changed land are known."""
    statuses = {each.boundary_status for each in changes}
    known = next((each for each in ("reconstructed", "unknown") if each in statuses), "published")
    said = [context.wording.text(f"dates.line_{known}")]
    if has_areas and known != "published":
        said.append(context.wording.text("dates.estimates"))
    return context.wording.sentences(said)


def shown_still(context: ViewContext, dates: Sequence[str]) -> Still | None:
    """Return the still map of a date, or of two side by side; none where none can be had."""
    address = context.addresses.beside(f"dates/{context.folder}{'..'.join(dates)}.png")
    if address is None:
        return None
    return Still(
        address=address,
        width=STILL_SIZE[0],
        height=STILL_SIZE[1],
        words=shown_words(context, dates, is_still=True),
        lines=line_words(context, dates),
    )


def line_words(context: ViewContext, dates: Sequence[str] = ()) -> str:
    """Say what the lines of a still map are, and the hatching where two dates are compared."""
    history = context.history
    shown = [context.towns, *(history.divisions.get(each, {}) for each in dates)]
    towns = (shown[-1] if dates else shown[0]).values()
    statuses = dict.fromkeys(town.boundary_status for town in towns)
    said = [context.wording.text(f"scene.line_{status}") for status in sorted(statuses)]
    if len(dates) > 1:
        said.append(context.wording.text("dates.hatched"))
    return " · ".join(said)
