"""Addresses of a published site: each town has a page of its own in each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from serving.http.public_url import PublicUrl
from stories.view.page_addresses import FolderAddresses

if TYPE_CHECKING:
    from stories.view.address import View

LANG_AND_TOWN = 2
OEMBED = "oembed"
"""Folder of the files that tell how to embed a page."""


@dataclass(frozen=True)
class SiteUrl(PublicUrl):
    """The site's public address, ending in a slash: ``https://example.org/map/``."""

    def page(self, view: View) -> str:
        """Return the full address of a view."""
        query = view.query()
        return FolderAddresses(self.url).view(query) if query else self.url

    def oembed_of(self, address: str) -> str:
        """Return the address of the file that tells how to embed a page."""
        path = urlsplit(address).path.removeprefix(urlsplit(self.url).path).strip("/")
        return f"{self.url}{OEMBED}/{path or 'index'}.json"

    def query_of(self, address: str) -> str | None:
        """Return the query of the view at an address of this site, or none if it is no page's."""
        path = self.path_of(address)
        if path is None:
            return None
        rest = urlsplit(address).query
        parts = path.strip("/").split("/") if path.strip("/") else []
        if self.atlas is not None:
            parts = parts[1:] if parts[:1] == [self.atlas] else ["", "", ""]
        if len(parts) > LANG_AND_TOWN:
            return None
        named = dict(zip(("lang", "town"), parts, strict=False))
        atlas = {"atlas": self.atlas} if self.atlas is not None and parts else {}
        return "&".join(filter(None, (urlencode(atlas | named), rest)))
