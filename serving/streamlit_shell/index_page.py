"""Streamlit's ``index.html``: the places in it that get a page's own words."""

from __future__ import annotations

import re
from enum import Enum
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from serving.streamlit_shell.hook import Hook, installed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from serving.streamlit_shell.hook import Build


class Place(Enum):
    """A place in the page, by what stands there before."""

    LANGUAGE = re.compile(r"<html\b[^>]*>")
    TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
    NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
    ICON = re.compile(r'<link\s+rel="shortcut icon"[^>]*>')
    FONT = re.compile(r'<link\s+rel="preload"[^>]*\bas="font"[^>]*>\s*')
    HEAD_END = re.compile(r"</head>")


_LOST = {
    Place.LANGUAGE: "the page's language, until its script has run",
    Place.TITLE: "the page's title, until its script has run",
    Place.NOSCRIPT: "the story without JavaScript",
    Place.ICON: "the page's own icon, until its script has run",
    Place.FONT: "a first visit fetches a font of Streamlit that nothing is set in",
    Place.HEAD_END: "description, preview card and linked data; what the map needs is fetched late",
}


def _hook(place: Place) -> Hook:
    def look(build: Build) -> str | None:
        found = place.value.search(build.index())
        return None if found else f"{place.value.pattern} in index.html"

    return Hook(f"page.{place.name.lower()}", _LOST[place], look)


def fill(html: str, words: Mapping[Place, str]) -> str:
    """Put HTML into its places; what has no place is left out.

    Parameters
    ----------
    html
        Streamlit's ``index.html``.
    words
        What stands in each place in place of what stands there, escaped.
    """
    for place, text in words.items():
        html = place.value.sub(lambda _, text=text: text, html, count=1)  # type: ignore[misc]
    return html


class _Scripts(HTMLParser):
    """Collects what a security policy has to know of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.odd: list[str] = []
        """What no hash can stand for: scripts from elsewhere, or in attributes."""
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.odd += [name for name, _ in attrs if name.startswith("on")]
        if tag != "script":
            return
        source = dict(attrs).get("src")
        self._inside = source is None
        if source is None:
            self.inline.append("")
        elif "//" in source:
            self.odd.append(source)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.inline[-1] += data


def _look_for_odd_scripts(build: Build) -> str | None:
    odd = _Scripts(build.index()).odd
    return f"an index.html without {', '.join(odd)}" if odd else None


SCRIPTS = Hook(
    "page.scripts",
    "the page's security policy refuses no script that stands in it",
    _look_for_odd_scripts,
)
HOOKS = (*map(_hook, Place), SCRIPTS)


def inline_scripts() -> list[str]:
    """Return the scripts that stand in the page itself, which a security policy has to name."""
    return _Scripts(installed().index()).inline
