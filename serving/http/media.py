"""The route of pictures, sounds and films: ``files/<digest>/<name>``.

The digest stands for the content, so what an address gives never changes, and is kept for good by
browsers. What is asked for in vain is not kept: a newer server beside this one may have it.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from starlette.responses import FileResponse, Response

from serving.http.security import UNCHANGING
from serving.media.store import MissingMediaError, PictureStore, picture_store
from serving.responses import NOT_MODIFIED, has, missing
from stories.model.media import MediaKind

if TYPE_CHECKING:
    import os

    from starlette.requests import Request

    from serving.store.catalogue import Catalogue
    from stories.model.media import MediaFile

_PICTURE = re.compile(r"(?P<stem>.+)-(?P<width>[1-9][0-9]{0,4})\.(?P<ending>webp|jpg|png)")
_TYPES = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}


class MediaRoute:
    """Answers with the files of the atlases that are shown, and with no other.

    Parameters
    ----------
    catalogue
        The atlases.
    pictures
        Makes and keeps pictures.
    """

    def __init__(self, catalogue: Catalogue, pictures: PictureStore = picture_store) -> None:
        self._catalogue = catalogue
        self._pictures = pictures

    async def answer(self, request: Request) -> Response:
        """Answer a request."""
        digest, name = request.path_params["digest"], request.path_params["name"]
        files = await run_sync(self._files, digest)
        try:
            return await self._answer(request, files, name)
        except MissingMediaError:
            return missing({"Cache-Control": "no-store"})

    def _files(self, digest: str) -> list[MediaFile]:
        """Return the files of a content, of all atlases."""
        states = (entry.state.snapshot for entry in self._catalogue.entries())
        return [
            file
            for snapshot in states
            if snapshot
            for file in snapshot.atlas.files.values()
            if file.digest == digest
        ]

    async def _answer(self, request: Request, files: list[MediaFile], name: str) -> Response:
        for file in files:
            if file.kind is not MediaKind.PICTURE:
                if name == file.file_name:
                    return await self._whole(request, file)
            elif (match := _PICTURE.fullmatch(name)) and match["stem"] == file.stem:
                width, ending = int(match["width"]), match["ending"]
                if width in file.widths and ending in {"webp", file.plain_ending}:
                    return await self._picture(request, file, width, ending)
        raise MissingMediaError(name)

    async def _picture(
        self, request: Request, file: MediaFile, width: int, ending: str
    ) -> Response:
        headers = _headers(f"{file.digest}-{width}-{ending}")
        if has(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(status_code=NOT_MODIFIED, headers=headers)
        content = await asyncio.wrap_future(self._pictures.ask(file, width, ending))
        return Response(content, media_type=_TYPES[ending], headers=headers)

    async def _whole(self, request: Request, file: MediaFile) -> Response:
        headers = _headers(file.digest)
        if has(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(status_code=NOT_MODIFIED, headers=headers)
        stat = await run_sync(_unchanged, file)
        kind = f"{file.media_type}; charset=utf-8" if file.kind is MediaKind.CAPTIONS else None
        return FileResponse(
            file.path, headers=headers, media_type=kind or file.media_type, stat_result=stat
        )


def _headers(etag: str) -> dict[str, str]:
    return {"Cache-Control": UNCHANGING, "ETag": f'"{etag}"'}


def _unchanged(file: MediaFile) -> os.stat_result:
    """Return how a file is; raises `MissingMediaError` where it is not the one looked into."""
    try:
        stat = file.path.stat()
    except OSError as error:
        raise MissingMediaError(file.name) from error
    if (stat.st_size, stat.st_mtime_ns) != (file.size, file.changed):
        raise MissingMediaError(file.name)
    return stat
