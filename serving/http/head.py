"""What a page says of itself before any script runs: its head, and its words in ``noscript``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup

from serving.card.draw import SIZE
from serving.http.request import locale_tag
from serving.render import render
from serving.store.snapshot import EARLY
from serving.streamlit_shell.chunks import chunks
from serving.streamlit_shell.opening import opening_html
from stories.ui.page import ICON
from stories.view.panel import panel_html, panel_title

if TYPE_CHECKING:
    from serving.http.public_url import Base
    from serving.start_page import Start
    from serving.store.snapshot import Edition
    from stories.model.atlas import Texts
    from stories.view.panel import Reader

LONGEST_DESCRIPTION = 300
_LANG = re.compile(r"<html\b[^>]*>")
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_ICON = re.compile(r'<link\s+rel="shortcut icon"[^>]*>')
_FONT = re.compile(r'<link\s+rel="preload"[^>]*\bas="font"[^>]*>\s*')
_HEAD_END = re.compile(r"</head>")


@dataclass(frozen=True)
class Page:
    """A view, as the head has to describe it."""

    reader: Reader
    edition: Edition
    base: Base

    @property
    def town(self) -> str | None:
        """Slug of the town."""
        return self.reader.view.town

    @property
    def headline(self) -> str:
        """Headline of the story, or the name of what is shown."""
        reader = self.reader
        story = reader.atlas.story(self.town)
        if story:
            return story.text(reader.lang, reader.order).headline
        return reader.town_name(self.town) if self.town else self._say(reader.atlas.title)

    @property
    def description(self) -> str:
        """A sentence or two."""
        reader = self.reader
        story = reader.atlas.story(self.town)
        if story:
            words = story.text(reader.lang, reader.order).lead
        elif self.town:
            words = reader.wording.text("panel.no_story")
        else:
            words = self._say(reader.atlas.intro)
        line = " ".join(words.split())
        short = len(line) <= LONGEST_DESCRIPTION
        return line if short else line[: LONGEST_DESCRIPTION - 1].rstrip() + "…"

    @property
    def address(self) -> str:
        """The page's one address in this language."""
        return self.base.canonical(self.town, self.reader.lang)

    @property
    def map_words(self) -> str:
        """What the preview picture shows, for those who do not see it."""
        place = self._say(self.reader.atlas.place)
        if self.town is None:
            return self.reader.wording.text("share.map_of_county", place=place)
        name = self.reader.town_name(self.town)
        return self.reader.wording.text("share.map_of_town", place=place, town=name)

    @property
    def early_files(self) -> list[str]:
        """Addresses of what the map will need; known once the page has been drawn."""
        early: list[str] = self.edition.drawn.get(EARLY, [])
        return early

    def linked_data(self) -> dict[str, Any]:
        """Describe the page in the words of schema.org."""
        about = {
            "@context": "https://schema.org",
            "url": self.address,
            "inLanguage": self.reader.lang,
            "description": self.description,
            "image": {
                "@type": "ImageObject",
                "url": self.base.card(self.town, self.reader.lang),
                "width": SIZE[0],
                "height": SIZE[1],
            },
        }
        if self.town is None:
            return about | self._collection()
        if self.reader.atlas.story(self.town) is None:
            return about | {"@type": "WebPage", "name": self.headline, "about": self._place()}
        return about | self._article()

    def _article(self) -> dict[str, Any]:
        source = self.reader.atlas.source
        based_on = {"@type": "CreativeWork", "name": self._say(source.title)}
        if source.publisher:
            based_on["publisher"] = self._say(source.publisher)
        return {
            "@type": "Article",
            "headline": self.headline,
            "mainEntityOfPage": self.address,
            "contentLocation": self._place(),
            "isBasedOn": based_on,
            "isPartOf": {
                "@type": "WebSite",
                "name": self._say(self.reader.atlas.title),
                "url": self.base.canonical(None, self.reader.lang),
            },
        }

    def _collection(self) -> dict[str, Any]:
        reader = self.reader
        return {
            "@type": ["WebSite", "CollectionPage"],
            "name": self.headline,
            "contentLocation": {
                "@type": "AdministrativeArea",
                "name": self._say(reader.atlas.place),
            },
            "hasPart": [
                {
                    "@type": "Article",
                    "headline": story.text(reader.lang, reader.order).headline,
                    "url": self.base.canonical(story.town, reader.lang),
                }
                for story in reader.atlas.stories
            ],
        }

    def _place(self) -> dict[str, Any]:
        assert self.town is not None
        lon, lat = self.edition.centre(self.town)
        return {
            "@type": "Place",
            "name": self.reader.town_name(self.town),
            "geo": {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon},
            "containedInPlace": {
                "@type": "AdministrativeArea",
                "name": self._say(self.reader.atlas.place),
            },
        }

    def _say(self, texts: Texts) -> str:
        return texts.get(self.reader.lang, self.reader.order)


def rewrite(html: str, page: Page) -> str:
    """Put a page's own head and words into the HTML that every page starts from.

    Parameters
    ----------
    html
        Streamlit's ``index.html``.
    page
        What the address asks for.
    """
    panel = Markup(panel_html(page.reader))  # noqa: S704  # escaped by the panel's own templates
    noscript, head = _part("noscript.html", page, panel=panel), _part("head.html", page)
    return _rewritten(html, page.reader.lang, panel_title(page.reader), noscript, head)


def rewrite_start(html: str, start: Start, base: Base) -> str:
    """Put the head and the words of the list of atlases into that HTML."""
    noscript = f"<noscript>\n{start.html()}</noscript>"
    head = render("start_head.html", start=start, base=base, locale=locale_tag)
    return _rewritten(html, start.lang, start.title, noscript, head)


def _rewritten(html: str, lang: str, title: str, noscript: str, head: str) -> str:
    """Put language, title, words and head in their places; the last two are HTML."""
    parts = (
        (_LANG, Markup('<html lang="{}">').format(lang)),
        (_TITLE, Markup("<title>{}</title>").format(title)),
        (_NOSCRIPT, noscript),
        (_ICON, f'<link rel="icon" href="{_icon()}" />'),  # by this name Streamlit lets it be
        (_FONT, ""),  # Streamlit's own, which this page is not set in
        (_HEAD_END, f"{head}\n{opening_html()}\n</head>"),
    )
    for pattern, text in parts:
        html = pattern.sub(lambda _, text=text: str(text), html, count=1)  # type: ignore[misc]
    return html


@cache
def _icon() -> str:
    """Return the page's icon as an address, which is no further question to the server."""
    return f"data:image/svg+xml,{quote(Path(ICON).read_text(encoding='utf-8'))}"


def _part(template: str, page: Page, **values: object) -> str:
    reader = page.reader
    return render(
        template,
        page=page,
        base=page.base,
        reader=reader,
        atlas=reader.atlas,
        say=reader.wording.text,
        size=SIZE,
        locale=locale_tag,
        chunks=chunks(),
        title=reader.atlas.title.get(reader.lang, reader.order),
        **values,
    )
