"""What a published page names: addresses found in its HTML, as paths below the site."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE = frozenset({"href", "src", "poster", "data-embed", "data-rows"})
SETS = frozenset({"srcset", "imagesrcset"})
"""Attributes with several addresses, each with its width."""


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if not value:
                continue
            if name in ONE or (name == "content" and value.startswith(("https:", "http:"))):
                self.found[value] = None
            elif name in SETS:
                for each in value.split(","):
                    self.found[each.split()[0]] = None


def named_in(html: str) -> list[str]:
    """Return the addresses that HTML names, each once."""
    parser = _Addresses()
    parser.feed(html)
    return list(parser.found)


def paths_in(html: str, page: str, url: str) -> Iterator[str]:
    """Yield the paths below the site that HTML names, without query.

    Parameters
    ----------
    html
        A page.
    page
        Its own path: ``en/leidian/index.html``.
    url
        Full address of the site, ending in a slash.
    """
    folder = posixpath.dirname(page)
    for address in named_in(html):
        own = address.removeprefix(url) if address.startswith(url) else None
        parts = urlsplit(own if own is not None else address)
        if parts.scheme or parts.netloc or not parts.path:
            continue
        path = unquote(parts.path)
        yield path if own is not None else posixpath.normpath(posixpath.join(folder, path))
