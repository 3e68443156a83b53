"""Where an atlas's views are to be had, and the pictures, films and data beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qsl, quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Callable

    from stories.model.media import MediaFile

PATH = ("atlas", "lang", "town")
"""Parameters of a view that folders are named for, in this order."""
FOLDER = "files"
"""Begins the addresses of media, relative to the page."""


class PageAddresses(Protocol):
    """Gives addresses relative to the page; none for files that cannot be had now."""

    def view(self, query: str) -> str:
        """Return the address of a view, by its query string."""
        ...

    def link(self, here: str, query: str) -> str:
        """Return the full address of a view, where `here` is that of all views."""
        ...

    def picture(self, file: MediaFile, width: int, ending: str) -> str | None:
        """Return the address of a picture in one width and form."""
        ...

    def whole(self, file: MediaFile) -> str | None:
        """Return the address of a sound, a film or captions."""
        ...

    def beside(self, path: str) -> str | None:
        """Return the address of what a route of the full server answers with."""
        ...

    def rows(self, path: str, make: Callable[[], str]) -> str | None:
        """Return the address of a table's rows, which a route answers with or `make` returns."""
        ...


class QueryAddresses:
    """One page has all views, told apart by the query."""

    def view(self, query: str) -> str:
        """Return the address of a view, by its query string."""
        return f"?{query}"

    def link(self, here: str, query: str) -> str:
        """Return the full address of a view, where `here` is that of all views."""
        return f"{here}?{query}"


class RouteAddresses(QueryAddresses):
    """The addresses at which `serve.py` answers."""

    def picture(self, file: MediaFile, width: int, ending: str) -> str:
        """Return the address of a picture in one width and form."""
        return f"{FOLDER}/{file.digest}/{file.picture_name(width, ending)}"

    def whole(self, file: MediaFile) -> str:
        """Return the address of a sound, a film or captions."""
        return f"{FOLDER}/{file.digest}/{file.file_name}"

    def beside(self, path: str) -> str:
        """Return the address of what a route of the full server answers with."""
        return path

    def rows(self, path: str, _make: Callable[[], str]) -> str:
        """Return the address of a table's rows, which are made when they are asked for."""
        return path


class FolderAddresses(RouteAddresses):
    """The addresses in a folder of files: each town has a page of its own in each language.

    What is chosen besides stays in the query. `viewAddress` of ``scripts/links.js`` is the same.

    Parameters
    ----------
    root
        The way from the page to where the views of all atlases begin: ``../../``.
    """

    def __init__(self, root: str) -> None:
        self._root = root

    def view(self, query: str) -> str:
        """Return the address of a view, by its query string."""
        view = parse_qsl(query)
        named = dict(view)
        if "lang" not in named:
            return f"{self._root}?{query}"
        path = "".join(f"{quote(named[key], safe='')}/" for key in PATH if key in named)
        rest = urlencode([each for each in view if each[0] not in PATH])
        return f"{self._root}{path}" + (f"?{rest}" if rest else "")

    def link(self, here: str, query: str) -> str:
        """Return the full address of a view, where `here` is that of all views."""
        return FolderAddresses(here).view(query)

    def picture(self, file: MediaFile, width: int, ending: str) -> str:
        """Return the address of a picture in one width and form."""
        return self._root + super().picture(file, width, ending)

    def whole(self, file: MediaFile) -> str:
        """Return the address of a sound, a film or captions."""
        return self._root + super().whole(file)

    def beside(self, path: str) -> str:
        """Return the address of what a route of the full server answers with."""
        return self._root + path

    def rows(self, path: str, make: Callable[[], str]) -> str:
        """Return the address of a table's rows."""
        return self._root + super().rows(path, make)


ROUTES = RouteAddresses()
