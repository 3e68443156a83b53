"""Install what the tests need beside Python packages, without a word where that succeeds."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 600
"""Seconds after which a command is given up."""
LINES = 6
"""How much of what a command prints is worth showing: its end says why it failed."""


def debian_package(name: str) -> Sequence[Sequence[str]]:
    """Return the commands that install one of Debian's packages; none where they may not."""
    if os.name != "posix" or os.geteuid() or not shutil.which("apt-get"):
        return ()
    apt = ("apt-get", "-y", "-qq")
    return (*apt, "update"), (*apt, "install", "--no-install-recommends", name)


def run(commands: Sequence[Sequence[str]]) -> str:
    """Run commands, whatever becomes of them, and return the end of what each printed."""
    said: list[str] = []
    for command in commands:
        try:
            done = subprocess.run(
                command,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
                timeout=LONGEST,
            )
            words = done.stdout
        except (OSError, subprocess.TimeoutExpired) as error:
            words = str(error)
        said += [f"$ {' '.join(command)}", *words.strip().splitlines()[-LINES:]]
    return "".join(f"{line}\n" for line in said)
