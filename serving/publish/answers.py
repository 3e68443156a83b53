"""The bytes that the server's routes answer with, asked for in this process.

So the pictures and data of both editions come from the same code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette

from serving.errors import PublishError
from serving.responses import OK

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from serving.http.routes import Site


class Answers:
    """Asks the routes.

    Parameters
    ----------
    site
        Whose routes they are; its public address is that of the published site.
    """

    def __init__(self, site: Site) -> None:
        self._app = Starlette(routes=site.routes())

    def get(self, path: str) -> bytes:
        """Return the body of an answer.

        Raises
        ------
        PublishError
            No route answers.
        """
        with start_blocking_portal() as portal:  # the caller may have an event loop of its own
            return portal.call(self._get, path)

    async def _get(self, path: str) -> bytes:
        status, body = 0, b""

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            nonlocal status, body
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                body += message.get("body", b"")

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
            "scheme": "http", "path": f"/{path}", "raw_path": quote(f"/{path}").encode(),
            "query_string": b"", "root_path": "", "headers": [],
            "server": ("localhost", 80), "client": ("127.0.0.1", 0),
        }  # fmt: skip
        await self._app(scope, receive, send)
        if status != OK:
            raise PublishError(f"{path}: a page names this file, and it cannot be made ({status})")
        return body
