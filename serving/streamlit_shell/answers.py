"""Streamlit's answers, taken whole before a reader gets them in another form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope

CONDITIONS = {b"if-none-match", b"if-modified-since", b"if-range", b"range", b"accept-encoding"}
"""What a browser says of how it takes the file; it takes ours, not Streamlit's."""
BODY = {"content-length", "content-type", "etag", "last-modified", "accept-ranges"}
"""Headers that spoke of Streamlit's file."""


async def whole(scope: Scope, receive: Receive, app: ASGIApp) -> tuple[Message, bytes]:
    """Ask for an answer, whole, whatever the browser has already."""
    headers = [each for each in scope["headers"] if each[0] not in CONDITIONS]
    start: dict[str, Any] = {}
    parts: list[bytes] = []

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await app({**scope, "headers": headers}, receive, keep)
    return start, b"".join(parts)
