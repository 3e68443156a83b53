"""The address under which the world sees this server, and addresses made from it."""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, unquote, urlencode, urlsplit

from starlette.datastructures import Headers

from serving.errors import SettingError
from stories.view.address import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

    from starlette.types import Scope

SETTING = "STORY_ATLAS_PUBLIC_URL"
"""Environment variable with the page's public address; it wins over what a request says."""
TRUSTED = "FORWARDED_ALLOW_IPS"
"""Environment variable by which uvicorn learns the proxies whose headers are believed."""
_PREFIX = re.compile(r"(/[\w.~%!$&'()*+;=:@-]+)+", re.ASCII)
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)(:\d{1,5})?")


@dataclass(frozen=True)
class PublicUrl:
    """The page's public address, ending in a slash: ``https://example.org/map/``."""

    url: str
    atlas: str | None = None
    """Name of the atlas that its pages are of, where there are several."""

    @classmethod
    def from_setting(cls, environ: Mapping[str, str] = os.environ) -> Self | None:
        """Read the address from the environment, if it stands there.

        Raises
        ------
        SettingError
            It is not the address of a page.
        """
        value = environ.get(SETTING, "").strip()
        if not value:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.netloc):
            raise SettingError(f"{SETTING}={value!r} is no address; write https://example.org/map/")
        if parts.query or parts.fragment:
            raise SettingError(f"{SETTING}={value!r} has a query; leave off what follows the path")
        return cls(folder_address(parts))

    @classmethod
    def from_request(cls, scope: Scope, base_path: str) -> Self:
        """Read the address from a request.

        The scheme is the one that uvicorn found, which believes ``X-Forwarded-Proto`` from
        trusted proxies; ``X-Forwarded-Host`` and ``X-Forwarded-Prefix`` are believed from the same.
        """
        headers = Headers(scope=scope)
        named = forwarded_host(scope, headers) or headers.get("host", "")
        host = named if _HOST.fullmatch(named) else _server(scope)
        parts = [forwarded_prefix(scope, headers, base_path), scope.get("root_path", ""), base_path]
        path = "/".join(filter(None, (part.strip("/") for part in parts)))
        return cls(f"{scope['scheme']}://{host}/" + (f"{quote(path, safe='/%')}/" if path else ""))

    def of(self, atlas: str | None) -> PublicUrl:
        """Return the same address for the pages of an atlas."""
        return replace(self, atlas=atlas)

    @property
    def folder(self) -> str:
        """What stands before the names of an atlas's files: nothing, or its name and a slash."""
        return f"{quote(self.atlas)}/" if self.atlas else ""

    def page(self, view: View) -> str:
        """Return the full address of a view."""
        query = view.query()
        return f"{self.url}?{query}" if query else self.url

    def canonical(self, town: str | None, lang: str | None) -> str:
        """Return the one address of a town in a language, whatever else a reader chose."""
        return self.page(View(atlas=self.atlas, town=town, lang=lang))

    def card(self, town: str | None, lang: str) -> str:
        """Return the address of the preview picture."""
        return f"{self.url}card/{self.folder}{f'{town}.{lang}' if town else lang}.png"

    def data(self, name: str) -> str:
        """Return the address of a data file."""
        return f"{self.url}data/{self.folder}{name}"

    def oembed_of(self, address: str) -> str:
        """Return the address that tells how to embed what lies at a full address of ours."""
        query = urlencode({"url": address, "format": "json"})
        return f"{self.url}oembed?{query}"

    def query_of(self, address: str) -> str | None:
        """Return the query of an address of this page, or none if it is somebody else's."""
        path = self.path_of(address)
        return urlsplit(address).query if path == "" else None

    def path_of(self, address: str) -> str | None:
        """Return what of an address's path stands below this page, or none if it is not ours."""
        own, asked = urlsplit(self.url), urlsplit(address)
        same = (asked.scheme, asked.netloc.lower()) == (own.scheme, own.netloc.lower())
        path, below = (asked.path or "/").rstrip("/"), own.path.rstrip("/")
        is_ours = same and (path == below or path.startswith(f"{below}/"))
        return unquote(path.removeprefix(below).removeprefix("/")) if is_ours else None


def folder_address(parts: SplitResult) -> str:
    """Return the address of a folder, ending in a slash, its path escaped."""
    path = quote(parts.path.strip("/"), safe="/%")
    return f"{parts.scheme}://{parts.netloc}/" + (f"{path}/" if path else "")


def embedded(address: str) -> str:
    """Return the address of the same page, made to lie in a frame."""
    return f"{address}{'&' if '?' in address else '?'}embed=true"


def forwarded_host(scope: Scope, headers: Headers) -> str | None:
    """Return the host that was asked for, as the outermost of trusted proxies says it."""
    if not _behind_trusted_proxy(scope, headers):
        return None
    return headers.get("x-forwarded-host", "").split(",")[0].strip() or None


def forwarded_prefix(scope: Scope, headers: Headers, base_path: str) -> str:
    """Return the path that trusted proxies took away before they asked us, the outermost first.

    A proxy that names `base_path` took nothing away, or no request would be answered.
    """
    if not _behind_trusted_proxy(scope, headers):
        return ""
    named = ",".join(headers.getlist("x-forwarded-prefix")).split(",")
    prefixes = [each.strip().rstrip("/") for each in named]
    prefix = "".join(each for each in prefixes if each)
    is_path = _PREFIX.fullmatch(prefix) and prefix.strip("/") != base_path.strip("/")
    return prefix if is_path else ""


def _server(scope: Scope) -> str:
    host, port = scope.get("server") or ("localhost", None)
    return f"{host}:{port}" if port else str(host)


def _behind_trusted_proxy(scope: Scope, headers: Headers) -> bool:
    """Whether uvicorn believed the peer's headers: it did if it took the client from them."""
    client = scope.get("client")
    if client is None or os.environ.get(TRUSTED) == "*":
        return True
    forwarded = [each.strip() for each in headers.get("x-forwarded-for", "").split(",")]
    return client[0] in forwarded or _is_loopback(client[0])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
