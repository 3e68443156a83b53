"""Pictures, sounds and films where Streamlit runs the page alone, without routes of ours.

Pictures lie in a folder that Streamlit hands out as a component's; they are made while the page is
drawn, and the page's script asks again for those that were not ready. Sounds, films and captions go
through Streamlit's media files, which answer to questions for a part (as players ask them), but
keep them in memory.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING

from streamlit import runtime
from streamlit.runtime.media_file_storage import MediaFileStorageError

from serving.media.store import picture_store
from serving.streamlit_shell.components import serve
from stories.model.media import MediaKind
from stories.view.media_addresses import ROUTES

if TYPE_CHECKING:
    from pathlib import Path

    from stories.model.media import MediaFile
    from stories.view.context import ViewContext
    from stories.view.media_addresses import MediaAddresses

_log = logging.getLogger(__name__)
MOST = 30_000_000
"""Bytes of a sound or film that is kept in memory."""
_NAME = "pictures"
_FRAME = "../"
"""Where components lie as seen from the map's frame; from the page it is `component/`."""


class StreamlitAddresses:
    """The addresses at which Streamlit itself answers."""

    def picture(self, file: MediaFile, width: int, ending: str) -> str | None:
        """Return the address of a picture, which is made meanwhile if need be."""
        kept = picture_store.kept(file, width, ending)
        if not kept.is_file():
            picture_store.ask(file, width, ending)
        folder = kept.parents[1]
        address = serve(f"{_NAME}_{_number(folder)}", folder).replace(_FRAME, "component/", 1)
        return f"{address}/{file.digest}/{kept.name}"

    def whole(self, file: MediaFile) -> str | None:
        """Return the address of a sound, film or captions, and keep it for this reader's page."""
        if file.size > MOST:
            _log.warning(
                "%s is not shown: without serve.py, up to %s bytes are", file.path, f"{MOST:,}"
            )
            return None
        if not runtime.exists():
            return None
        files = runtime.get_instance().media_file_mgr
        try:
            address = files.add(str(file.path), file.media_type, f"{_NAME}.{file.digest}")
        except (MediaFileStorageError, OSError):
            return None
        return str(address).lstrip("/")

    def beside(self, _path: str) -> None:
        """Return none: there is no full server."""
        return


_folders: dict[Path, int] = {}


def _number(folder: Path) -> int:
    return _folders.setdefault(folder, len(_folders))


@cache
def _alone() -> StreamlitAddresses:
    return StreamlitAddresses()


_routed: list[bool] = []


def answer_by_routes() -> None:
    """Say that this process has routes for media, as `serve.py` gives it."""
    _routed.append(True)


def media_addresses() -> MediaAddresses:
    """Return where readers of this process get media."""
    return ROUTES if _routed else _alone()


def hold(context: ViewContext) -> None:
    """Keep the sounds and films of what a reader looks at, which Streamlit else lets go of."""
    story = context.atlas.story(context.view.town)
    if story is None or _routed:
        return
    for medium in (*story.media, *context.atlas.media):
        for name in medium.names():
            file = context.atlas.files.get(name)
            if file and file.kind not in {MediaKind.PICTURE, MediaKind.TEXT}:
                context.addresses.whole(file)
