"""Run `story-atlas` in the process of a test."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest

from serving.command import story_atlas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stories.authoring.boundaries import Boundaries


def main(words: Sequence[str], boundaries: Boundaries | None = None) -> int:
    """Run one command and return its exit code; `boundaries` stands in for the real ones."""
    settings: dict[str, Any] = {"obj": boundaries} if boundaries else {}
    with pytest.raises(SystemExit) as ended:
        story_atlas.main(list(words), prog_name="story-atlas", **settings)
    return int(ended.value.code or 0)


def example(command: str) -> list[str]:
    """Return the words of the example in a command's help, without the program's name."""
    epilog = story_atlas.commands[command].epilog or ""
    return shlex.split(epilog.removeprefix("Example: story-atlas "))
