"""Places, put into words: the panel's list of them, and how well each is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from stories.model.place import Datum, Known
from stories.view.media import medium_html
from stories.wording.figures import passage_text

KILOMETRE = 1000
"""Metres."""

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markupsafe import Markup

    from stories.model.place import AtlasPlace, Place
    from stories.view.context import ViewContext
    from stories.wording import Wording


@dataclass(frozen=True)
class Entry:
    """A place of the list."""

    id: str
    """Names the place in the page: no two of one page have the same."""
    anchor: str
    """Names it in the page that its address leads to."""
    place: str
    """Its id in its division."""
    town: str
    division: str
    """Name of its division, where nothing else says in which it lies."""
    address: str
    """Query string of the page that shows it."""
    name: str
    kind: str
    known: str
    """How well it is known where it is."""
    text: str
    scene: str | None
    """Id of the scene of the story that is about it."""
    picture: Markup | None
    certainty: str
    """The same in the word of the file."""
    chosen: bool
    source: tuple[str, ...]
    """Where it is from, who knows its point, and what is open."""
    quote: str | None
    """The source's own words, in the source's language."""


@dataclass(frozen=True)
class PlaceList:
    """Places of a division, or of the atlas."""

    title: str
    source_title: str
    scene_title: str
    tour: bool
    """Whether the links stay in story mode."""
    entries: tuple[Entry, ...]


def place_list(context: ViewContext, town: str) -> PlaceList:
    """Put the places of a division into words."""
    entries = [_entry(context, town, each) for each in context.atlas.places_in(town)]
    return _list(context, entries)


def atlas_place_list(context: ViewContext) -> PlaceList:
    """Put the places of no single story into words, for the overview of all stories."""
    places = context.atlas.places
    return _list(context, [_with_division(context, each) for each in places])


def _list(context: ViewContext, entries: Iterable[Entry]) -> PlaceList:
    return PlaceList(
        title=context.wording.text("place.title"),
        source_title=context.wording.text("panel.passage"),
        scene_title=context.wording.text("place.scene"),
        tour=context.view.tour,
        entries=tuple(entries),
    )


def _with_division(context: ViewContext, place: AtlasPlace) -> Entry:
    """Return the entry of a place on a page of no division."""
    entry = _entry(context, place.division, place)
    is_said = place.known is Known.DIVISION
    name = "" if is_said else context.town_name(place.division)
    return replace(entry, id=f"place-{place.division}-{place.id}", division=name, scene=None)


def _entry(context: ViewContext, town: str, place: Place) -> Entry:
    lang, order, wording = context.lang, context.order, context.wording
    anchor = f"place-{place.id}"
    return Entry(
        id=anchor,
        anchor=anchor,
        place=place.id,
        town=town,
        division="",
        address=context.address_of(town, place=place.id, tour=context.view.tour),
        name=place.name.get(lang, order),
        kind=place.kind.get(lang, order),
        known=known_text(place, context.town_name(town), wording),
        text=place.text.get(lang, order) if place.text else "",
        scene=place.scene,
        picture=_picture(context, town, place),
        certainty=place.known.value,
        chosen=context.view.place == place.id,
        source=tuple(_source_lines(context, place)),
        quote=wording.text("panel.quote", words=place.quote) if place.quote else None,
    )


def _picture(context: ViewContext, town: str, place: Place) -> Markup | None:
    story = context.atlas.story(town)
    return medium_html(context, story, place.picture) if place.picture else None


def known_text(place: Place, town: str, wording: Wording) -> str:
    """Say how well it is known where a place is."""
    if place.known is Known.APPROXIMATE:
        assert place.within_m is not None
        return wording.text("place.approximate", distance=_distance(place.within_m, wording))
    return wording.text(f"place.{place.known}", town=town)


def _distance(metres: float, wording: Wording) -> str:
    if metres < KILOMETRE:
        return wording.plural("place.m", Decimal(str(metres)), n=wording.number(metres))
    return wording.text("place.km", n=wording.number(metres / KILOMETRE))


def note_text(place: Place, town: str, wording: Wording) -> str:
    """Say in one line what kind of place it is, and how well it is known where."""
    kind = place.kind.get(wording.lang, wording.order)
    return wording.text("place.note", kind=kind, known=known_text(place, town, wording))


def _source_lines(context: ViewContext, place: Place) -> Iterator[str]:
    lang, order, wording = context.lang, context.order, context.wording
    if place.passage:
        yield passage_text(place.passage, wording)
    if place.source:
        yield place.source.get(lang, order)
    if place.at_source:
        yield wording.text("place.at_source", source=place.at_source.get(lang, order))
    if place.at and place.datum is not Datum.WGS84:
        yield wording.text("place.datum", datum=wording.text(f"place.{place.datum}"))
    if place.note:
        yield place.note.get(lang, order)
