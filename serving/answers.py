"""Answers that a browser need not fetch twice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from starlette.requests import Request

    from serving.edition import Edition

NOT_MODIFIED = 304


@dataclass(frozen=True)
class Artefact:
    """Bytes to hand out, with the mark by which a browser knows that it has them."""

    body: bytes
    media_type: str
    etag: str

    @classmethod
    def of(cls, body: bytes | str, media_type: str) -> Artefact:
        """Wrap a body; text becomes UTF-8.

        The mark is a weak one: the server may compress the body on its way.
        """
        data = body.encode() if isinstance(body, str) else body
        return cls(data, media_type, f'W/"{hashlib.sha256(data).hexdigest()[:24]}"')

    def answer(self, request: Request, headers: Mapping[str, str]) -> Response:
        """Answer a request with the body, or with 304 if it has it already."""
        marked = {**headers, "ETag": self.etag, "X-Content-Type-Options": "nosniff"}
        if has(request.headers.get("if-none-match", ""), self.etag):
            return Response(status_code=NOT_MODIFIED, headers=marked)
        return Response(self.body, media_type=self.media_type, headers=marked)


def has(if_none_match: str, etag: str) -> bool:
    """Whether a request's ``If-None-Match`` names the mark (RFC 9110, weak comparison)."""
    named = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return named == ["*"] or etag.removeprefix("W/") in named


class Cabinet:
    """Keeps what was made from an edition as long as there is one, so that it is made once.

    Parameters
    ----------
    most
        How many things of an edition are kept; what has been kept longest makes way.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock, self._making = Lock(), Lock()
        self._kept: WeakKeyDictionary[Edition, dict[Hashable, Artefact]] = WeakKeyDictionary()

    def get(self, edition: Edition, key: Hashable, make: Callable[[], Artefact]) -> Artefact:
        """Return what is kept under a key, made if need be."""
        with self._lock:
            kept = self._kept.setdefault(edition, {})
        if artefact := kept.get(key):
            return artefact
        with self._making:
            if key not in kept:
                made = make()
                while len(kept) >= self._most:
                    del kept[next(iter(kept))]
                kept[key] = made
            return kept[key]
