"""Where pictures, sounds, films and what else lies beside the page are to be had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from stories.model.media import MediaFile

FOLDER = "files"
"""Begins the addresses of media, relative to the page."""


class MediaAddresses(Protocol):
    """Gives the addresses of files, relative to the page; none for what cannot be had now."""

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


class RouteAddresses:
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


ROUTES = RouteAddresses()
