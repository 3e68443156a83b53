"""Pictures, sounds, films and long tables where Streamlit runs the page without routes of ours.

Pictures lie in a folder that Streamlit hands out as a component's; they are made while the page is
drawn, and the page's script asks again for those that were not ready. Sounds, films and captions go
through Streamlit's media files, which answer to questions for a part (as players ask them), but
keep them in memory. The rows of a long table lie in a folder of their own, as the map's files do.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from streamlit import runtime
from streamlit.runtime.media_file_storage import MediaFileStorageError

from geo.files.boundary_sets import published_files
from serving.cache import snapshot_cache
from serving.media.store import picture_store
from serving.streamlit_shell.components import serve
from stories.model.media import MediaKind
from stories.view.page_addresses import ROUTES, QueryAddresses

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stories.model.media import MediaFile
    from stories.view.context import ViewContext
    from stories.view.page_addresses import PageAddresses

_log = logging.getLogger(__name__)
MOST = 30_000_000
"""Bytes of a sound or film that is kept in memory."""
_NAME = "pictures"
_ROWS = "rows.json"
_FRAME = "../"
"""Where components lie as seen from the map's frame; from the page it is `component/`."""


class StreamlitAddresses(QueryAddresses):
    """The addresses at which Streamlit itself answers.

    Parameters
    ----------
    snapshot
        What readers look at: each file is written once for all of them.
    """

    def __init__(self, snapshot: object) -> None:
        self._snapshot = snapshot

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

    def rows(self, path: str, make: Callable[[], str]) -> str | None:
        """Return the address of a table's rows; none where no temporary file can be written."""

        def write() -> Path | None:
            return published_files({_ROWS: make().encode()})

        folder = snapshot_cache.get(self._snapshot, ("rows", path), write)
        if folder is None:
            return None
        address = serve(f"rows_{folder.name}", folder).replace(_FRAME, "component/", 1)
        return f"{address}/{_ROWS}"


_folders: dict[Path, int] = {}


def _number(folder: Path) -> int:
    return _folders.setdefault(folder, len(_folders))


_routed: list[bool] = []


def answer_by_routes() -> None:
    """Say that this process has routes for media, as `serve.py` gives it."""
    _routed.append(True)


def media_addresses(snapshot: object) -> PageAddresses:
    """Return where readers of this process get what belongs to a snapshot."""
    return ROUTES if _routed else StreamlitAddresses(snapshot)


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
