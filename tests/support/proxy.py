"""A small proxy in front of a server that spoils what real ones spoil."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass
class Faults:
    """What the proxy does otherwise than pass on; it may change while it runs."""

    refuse_sockets: bool = False
    """Answer 403 to the upgrade, as many proxies of companies do."""
    hold_sockets: bool = False
    """Accept the connection for it, and say nothing."""
    change: Callable[[dict[str, str]], None] = field(default=lambda _: None)
    """Changes the headers of each request."""
    strip: str = ""
    """Path that is taken away before the server is asked."""
    answer: Callable[[str], tuple[int, str, bytes] | None] = field(default=lambda _: None)
    """Answers a path itself: status, media type, body."""


@contextlib.contextmanager
def proxy(server: str, faults: Faults) -> Iterator[str]:
    """Run it in front of a server, and yield its address."""
    there = urlsplit(server)

    class Connection(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):  # either side may leave at any time
                _serve(self.request, (str(there.hostname), int(there.port or 80)), faults)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Connection) as listening:
        listening.daemon_threads = True
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_address[1]}"
        finally:
            listening.shutdown()
            thread.join()


def _serve(reader: socket.socket, server: tuple[str, int], faults: Faults) -> None:
    """Pass one request on; each connection carries one."""
    head = b""
    while b"\r\n\r\n" not in head:
        if not (data := reader.recv(65536)):
            return
        head += data
    head, _, body = head.partition(b"\r\n\r\n")
    line, *rest = head.decode("latin-1").split("\r\n")
    pairs = (each.partition(":") for each in rest)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    is_socket = "upgrade" in headers.get("connection", "").lower()
    own = faults.answer(urlsplit(line.split(" ")[1]).path)
    if is_socket and faults.refuse_sockets:
        own = 403, "text/plain", b"no web sockets here"
    if own:
        reader.sendall(_answer(*own))
        return
    if is_socket and faults.hold_sockets:
        reader.recv(1)
        return
    if not is_socket:
        headers["connection"] = "close"
    faults.change(headers)
    if faults.strip:
        line = line.replace(f" {faults.strip}/", " /", 1)
    words = [line, *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    with socket.create_connection(server) as back:
        back.sendall("\r\n".join(words).encode("latin-1") + body)
        up = threading.Thread(target=_pump, args=(reader, back), daemon=True)
        up.start()
        _pump(back, reader)


def _pump(source: socket.socket, target: socket.socket) -> None:
    """Pass on until either side ends."""
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def _answer(status: int, kind: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body
