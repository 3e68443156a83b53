"""All hooks, and what the log says of those that do not hold."""

from __future__ import annotations

import logging
from functools import cache
from importlib.metadata import version
from threading import Lock

from serving.streamlit_shell import (
    chunks,
    components,
    frame,
    index_page,
    opening,
    own_address,
    static_files,
    styles,
)
from serving.streamlit_shell.hook import TESTED_WITH

_log = logging.getLogger(__name__)
_lock = Lock()

HOOKS = (
    *index_page.HOOKS,
    *opening.HOOKS,
    chunks.HOOK,
    static_files.HOOK,
    styles.HOOK,
    *frame.HOOKS,
    components.HOOK,
    own_address.HOOK,
)


def report() -> None:
    """Say once in this process which hooks do not hold, and what readers lose by that."""
    with _lock:  # the first readers may come at once
        log_missing()


@cache
def log_missing() -> None:
    """Say it."""
    off = [(hook, missing) for hook in HOOKS if (missing := hook.missing())]
    for hook, missing in off:
        _log.warning("%s is off: not found: %s. Lost: %s.", hook.name, missing, hook.lost)
    if off:
        pairs = [f"{name} {version(name)} ({tested})" for name, tested in TESTED_WITH.items()]
        _log.warning(
            "installed, and in brackets what the page was tested with: %s", ", ".join(pairs)
        )
