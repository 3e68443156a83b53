"""Answers that a browser need not fetch twice."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

OK, NOT_MODIFIED, UNAVAILABLE = 200, 304, 503
SMALLEST_PACKED = 1024
"""Bytes; what is smaller gains nothing from being compressed."""
_PACKS = re.compile(r"^text/|json|javascript|xml")
"""Media types that become smaller; pictures and fonts are compressed in themselves."""

FRESH = {"Cache-Control": "public, max-age=300"}
"""Pictures and data may be shown for five minutes without asking; then the ETag tells."""


def missing(headers: Mapping[str, str] | None = None) -> Response:
    """Answer that there is nothing at an address."""
    return PlainTextResponse("There is nothing here.\n", 404, headers)


@dataclass(frozen=True)
class Representation:
    """Bytes to hand out, with the mark by which a browser knows that it has them."""

    body: bytes
    media_type: str
    etag: str
    packed: bytes | None = None
    """The body compressed with gzip, once for all who take it so."""

    @classmethod
    def of(cls, body: bytes | str, media_type: str) -> Representation:
        """Wrap a body; text becomes UTF-8.

        The mark is a weak one: it stands for the body compressed or not.
        """
        data = body.encode() if isinstance(body, str) else body
        packs = len(data) >= SMALLEST_PACKED and _PACKS.search(media_type)
        return cls(
            data,
            media_type,
            f'W/"{hashlib.sha256(data).hexdigest()[:24]}"',
            gzip.compress(data, mtime=0) if packs else None,
        )

    def __sizeof__(self) -> int:
        """Return the size of the body, as it is and compressed: what keeping it costs."""
        return len(self.body) + len(self.packed or b"")

    def answer(self, request: Request, headers: Mapping[str, str]) -> Response:
        """Answer a request with the body, or with 304 if it has it already."""
        marked = {name.lower(): value for name, value in headers.items()}
        marked |= {"etag": self.etag, "x-content-type-options": "nosniff"}
        if self.packed:
            marked["vary"] = "Accept-Encoding"
        if has(request.headers.get("if-none-match", ""), self.etag):
            return Response(status_code=NOT_MODIFIED, headers=marked)
        body = self.body
        if self.packed and "gzip" in request.headers.get("accept-encoding", ""):
            body, marked["content-encoding"] = self.packed, "gzip"
        return Response(body, media_type=self.media_type, headers=marked)


def has(if_none_match: str, etag: str) -> bool:
    """Whether a request's ``If-None-Match`` names the mark (RFC 9110, weak comparison)."""
    named = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return named == ["*"] or etag.removeprefix("W/") in named
