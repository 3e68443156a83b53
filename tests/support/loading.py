"""What comes of loading an atlas: a story's figures, or the faults."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stories.errors import AtlasError
from stories.files.loader import load_atlas

if TYPE_CHECKING:
    from stories.model.figure import Figure


def figures(folder: Path) -> list[Figure]:
    """Return the figures of the story of the small atlas."""
    story = load_atlas(folder).story("east")
    assert story
    return list(story.figures)


def faults(folder: Path) -> list[str]:
    """Return each fault as ``file:line:column: message``; the atlas has to have some."""
    with pytest.raises(AtlasError) as caught:
        load_atlas(folder)
    return [
        f"{Path(fault.file).name}:{fault.line}:{fault.column}: {fault.message}"
        for fault in caught.value.faults
    ]
