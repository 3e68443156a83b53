"""How a computation tells whoever waits what it is doing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Stage: TypeAlias = "Callable[[str], None]"
"""Called with what begins now."""


def silent(doing: str) -> None:
    """Take no note."""
    del doing
