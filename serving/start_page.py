"""The page before the map where a server shows several atlases: which there are."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.map.static_map import Frame, MapPicture, MapStyle
from serving.cache import snapshot_cache
from serving.render import render
from stories.model.text import pick
from stories.view.address import View
from stories.view.languages import choose_language, look_up
from stories.view.page_addresses import ROUTES
from stories.wording import Wording, catalogue_languages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from serving.store.catalogue import Catalogue
    from serving.store.snapshot import Snapshot
    from stories.view.page_addresses import PageAddresses

COVER = (480, 300)
"""Pixels of a cover."""
LONGEST_NAME = 60


@dataclass(frozen=True)
class AtlasCard:
    """An atlas, as the start page lists it."""

    name: str
    query: str
    """Address of its page, without the question mark."""
    lang: str
    """Language of the words below."""
    title: str
    place: str
    stories: str
    """How many it has."""
    cover: str
    """Map of its divisions, as an address that holds the picture itself."""
    cover_words: str


@dataclass(frozen=True)
class StartPage:
    """What the start page says."""

    wording: Wording
    languages: tuple[str, ...]
    """All languages of all atlases."""
    cards: tuple[AtlasCard, ...]
    asked: str | None = None
    """An atlas that the address asks for in vain."""

    @property
    def lang(self) -> str:
        """Language of the page."""
        return self.wording.lang

    @property
    def title(self) -> str:
        """Title of the page."""
        return self.wording.text("start.title")

    @property
    def notice(self) -> str | None:
        """Say that there is no such atlas."""
        asked = self.asked and self.asked[:LONGEST_NAME]
        return self.wording.text("address.unknown_atlas", value=asked) if asked else None

    @property
    def description(self) -> str:
        """Name the places in one line."""
        return " · ".join(f"{card.title} ({card.place})" for card in self.cards)

    def html(self, addresses: PageAddresses = ROUTES) -> str:
        """Draw the list."""
        return render("start.html", start=self, size=COVER, address=addresses.view)


def start_of(
    catalogue: Catalogue, params: Mapping[str, Sequence[str]], accept_language: str
) -> StartPage:
    """Read an address that names no atlas of the catalogue.

    Parameters
    ----------
    catalogue
        The atlases; those that were never whole are left out.
    params
        Every value of every parameter.
    accept_language
        What the browser wants.
    """
    entries = [(each.name or "", each.state.snapshot) for each in catalogue.entries()]
    whole = [(name, snapshot) for name, snapshot in entries if snapshot]
    languages = tuple(dict.fromkeys(lang for _, each in whole for lang in each.atlas.languages))
    offered = languages or catalogue_languages()
    named = next(filter(None, (look_up(tag, offered) for tag in params.get("lang", ()))), None)
    words = {lang: texts for _, each in reversed(whole) for lang, texts in each.atlas.words.items()}
    lang = named or choose_language((), accept_language, offered)
    wording = Wording(lang, languages, words)
    return StartPage(
        wording=wording,
        languages=languages,
        cards=tuple(_card(name, snapshot, wording, named) for name, snapshot in whole),
        asked=next(filter(None, params.get("atlas", ())), None),
    )


def _card(name: str, snapshot: Snapshot, wording: Wording, named: str | None) -> AtlasCard:
    atlas = snapshot.atlas
    lang = named if named in atlas.languages else None
    place = atlas.place.get(wording.lang, atlas.languages)
    own = Wording(wording.lang, wording.order, atlas.words, atlas.levels)
    return AtlasCard(
        name=name,
        query=View(atlas=name, lang=lang).query(),
        lang=pick(atlas.title.root, wording.lang, atlas.languages) or wording.lang,
        title=atlas.title.get(wording.lang, atlas.languages),
        place=place,
        stories=own.plural("start.stories", len(atlas.stories)),
        cover=snapshot_cache.get(snapshot, "cover", lambda: cover(snapshot)),
        cover_words=own.text("share.map_of_county", place=place),
    )


def cover(snapshot: Snapshot) -> str:
    """Draw an atlas's map as a ``data:`` address, which needs no route of ours."""
    fills = snapshot.atlas.colours()
    frame = Frame(COVER, left=16, top=16, right=16, bottom=20)
    image = MapPicture(snapshot.divisions, frame, MapStyle(fills=fills), snapshot.neighbours).image
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"
