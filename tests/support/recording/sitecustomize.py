"""Python imports this at its start where the folder is on its path: writes down every call out.

What libraries in C do is not seen here; they go through the recording proxy
(`tests.support.outgoing`).
"""

import ipaddress
import os
import sys

EVENTS = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
}
"""Events of Python's audit, and which of their arguments holds the address."""
LOG = os.environ.get("OUTGOING_LOG")


def is_local(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("latin-1")
    if host in {None, "", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(str(host))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def note(event: str, arguments: tuple[object, ...]) -> None:
    if event not in EVENTS:
        return
    address = arguments[EVENTS[event]]
    host = address[0] if isinstance(address, tuple) else address
    if event in {"socket.connect", "socket.sendto"} and not isinstance(address, tuple):
        return  # a socket of this machine's own file system
    if not is_local(host):
        with open(LOG, "a", encoding="utf-8") as log:  # type: ignore[arg-type]  # noqa: PTH123  # runs before the site is set up
            log.write(f"{event} {address}\n")


if LOG:
    sys.addaudithook(note)
