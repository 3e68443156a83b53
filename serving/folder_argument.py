"""The argument FOLDER of the commands: an atlas, or a folder that holds several."""

from __future__ import annotations

from pathlib import Path

import click

from serving.store.discovery import discover, named_from_here
from stories.files.loader import ATLAS_FILE


def chosen_folder(folder: Path | None) -> Path | None:
    """Return the folder that is meant; none for what the environment names, else Deqing's atlas.

    Without a folder it is the one that one is in, where that is an atlas.

    Raises
    ------
    click.BadParameter
        No atlas is there.
    """
    if folder is None and Path(ATLAS_FILE).is_file():
        folder = Path()
    if folder is None:
        return None
    found = named_from_here(folder)
    if not discover(found):
        message = f"{folder}: no atlas is here; name a folder with {ATLAS_FILE} in it"
        raise click.BadParameter(message, param_hint="FOLDER")
    return found
