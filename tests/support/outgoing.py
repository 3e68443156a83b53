"""See every connection that a process opens to another machine.

Two nets: a proxy that all HTTP goes through which heeds the usual settings, also that of libraries
in C such as GDAL and PROJ; and an audit hook that sees what Python's own sockets do.
"""

from __future__ import annotations

import contextlib
import http.server
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.servers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@dataclass(frozen=True)
class Recorder:
    """What went out, and what a process has to be told so that it is seen."""

    port: int
    env: dict[str, str]
    asked: list[str]
    """First lines of the requests that reached the proxy."""
    log: Path

    def seen(self) -> list[str]:
        """Return all that went out."""
        sockets = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return [*self.asked, *sockets]


@contextlib.contextmanager
def recorder(folder: Path) -> Iterator[Recorder]:
    """Record what the processes do that run in `Recorder.env`."""
    asked: list[str] = []

    class Note(http.server.BaseHTTPRequestHandler):
        def _note(self) -> None:
            asked.append(self.requestline)
            self.send_error(502)

        do_GET = do_HEAD = do_POST = do_CONNECT = do_PUT = _note  # noqa: N815  # the library's names

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Note) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        address, log = f"http://127.0.0.1:{server.server_port}", folder / "outgoing.log"
        hook = Path(__file__).parent / "recording"
        env = {
            **dict.fromkeys(PROXIES, address),
            "PYTHONPATH": os.pathsep.join(map(str, (hook, ROOT))),
            "OUTGOING_LOG": str(log),
            "PROJ_NETWORK": "ON",  # as a machine may be set up
        }
        try:
            yield Recorder(server.server_port, env, asked, log)
        finally:
            server.shutdown()
            thread.join()
