"""What Streamlit would ask the network of the machine's own address: nothing.

Streamlit asks a foreign service for the machine's public address, and opens a socket towards
another to learn the local one: to print both at the start, and whenever a web socket comes from a
page of another origin. Neither address is needed: who may connect is decided by the request
(`serving.http.websocket`), and the printed address is ``browser.serverAddress`` in
``.streamlit/config.toml``, which also holds where Streamlit runs the page before any of our code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit import net_util

from serving.streamlit_shell.hook import Hook

if TYPE_CHECKING:
    from serving.streamlit_shell.hook import Build

_ASKING = ("get_external_ip", "get_internal_ip")


def ask_nobody() -> None:
    """Let Streamlit know no address of this machine, and ask nobody for one."""
    for name in _ASKING:
        if hasattr(net_util, name):
            setattr(net_util, name, _unknown)


def _unknown() -> None:
    """Return that the address is not known."""


def _look(_build: Build) -> str | None:
    gone = [f"streamlit.net_util.{name}" for name in _ASKING if not hasattr(net_util, name)]
    return ", ".join(gone) or None


HOOK = Hook(
    "own_address",
    "Streamlit may ask a foreign service for the address of this machine",
    _look,
)
