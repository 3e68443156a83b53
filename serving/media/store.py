"""Keep the pictures that were made, on disk, so that they are made once.

What is kept is named after the content it was made from, so that several processes may share a
folder, and none ever finds half a file: each is written aside and then renamed.
"""

from __future__ import annotations

import logging
import os
import shutil
import stat
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Lock, get_native_id
from typing import TYPE_CHECKING
from weakref import finalize

from cachetools import LRUCache

from faults.plain_file import read_file
from serving.media.pictures import DamagedPictureError, draw_picture
from stories.files.media import MAX_BYTES, digest
from stories.model.media import MediaFile, MediaKind

if TYPE_CHECKING:
    from concurrent.futures import Future

_log = logging.getLogger(__name__)
SETTING = "ATLAS_MEDIA_CACHE"
"""Environment variable that names the folder in which pictures are kept."""
BESIDE = ".media-cache"
"""The folder for them in the atlas's own, where none is named."""
WORKERS = 2
_NICE = 10
"""How far the making of pictures stands back behind the answering of readers, on Linux."""
_KEPT_FAILURES = 1000


class MissingMediaError(Exception):
    """What an address stands for is not there, or not any more, or cannot be drawn."""


def _stand_back() -> None:
    with suppress(OSError, AttributeError):  # a wish, which not all systems grant
        os.setpriority(os.PRIO_PROCESS, get_native_id(), _NICE)


class PictureStore:
    """Makes pictures, a few at a time and behind everything else, and keeps them.

    Parameters
    ----------
    folder
        Where they are kept; else what the environment names, else beside each atlas, else a
        temporary folder that goes with the process.
    """

    def __init__(self, folder: Path | None = None) -> None:
        named = os.environ.get(SETTING, "").strip()
        self._named = folder or (Path(named).expanduser() if named else None)
        self._lock = Lock()
        self._making: dict[Path, Future[bytes]] = {}
        self._failed: LRUCache[str, bool] = LRUCache(_KEPT_FAILURES)
        self._failed_lock = Lock()
        self._folders: dict[Path, Path] = {}
        self._temporary: Path | None = None
        self._workers = ThreadPoolExecutor(WORKERS, "pictures", initializer=_stand_back)

    def folder(self, atlas: Path) -> Path:
        """Return where the pictures of an atlas are kept."""
        with self._lock:
            if atlas not in self._folders:
                self._folders[atlas] = self._choose(atlas)
            return self._folders[atlas]

    def _choose(self, atlas: Path) -> Path:
        for folder in (self._named, None if self._named else atlas / BESIDE):
            if folder and _is_usable(folder):
                return folder
        if self._named:
            _log.warning("%s=%s cannot be written to; pictures go elsewhere", SETTING, self._named)
        if self._temporary is None:
            self._temporary = Path(tempfile.mkdtemp(prefix="story-atlas-pictures-"))
            finalize(self, shutil.rmtree, self._temporary, ignore_errors=True)
        return self._temporary

    def kept(self, file: MediaFile, width: int, ending: str) -> Path:
        """Return where a picture is, or will be, kept."""
        name = file.picture_name(width, ending)
        return self.folder(_atlas_of(file)) / file.digest / name

    def ask(self, file: MediaFile, width: int, ending: str) -> Future[bytes]:
        """Return a picture in one width, made if need be, by the pool that makes pictures.

        The future raises `MissingMediaError` where the file is gone, another, or damaged.
        """
        path = self.kept(file, width, ending)
        with self._lock:
            if path in self._making:
                return self._making[path]
            future = self._workers.submit(self._get, path, file, width, ending)
            self._making[path] = future
        # Outside the lock: the callback takes it, at once where the picture is there already.
        future.add_done_callback(lambda _: self._done(path))
        return future

    def _done(self, path: Path) -> None:
        with self._lock:
            self._making.pop(path, None)

    def _get(self, path: Path, file: MediaFile, width: int, ending: str) -> bytes:
        if content := read_kept(path):
            return content
        with self._failed_lock:  # the cache's own order is not safe among threads
            is_known_damage = file.digest in self._failed
        if is_known_damage:
            raise MissingMediaError(file.name)
        content = _source(file)
        try:
            made = draw_picture(content, (width, file.height_at(width)), ending)
        except DamagedPictureError as error:
            with self._failed_lock:
                self._failed[file.digest] = True
            _log.warning("%s cannot be drawn (%s). Mend: save it again", file.path, error)
            raise MissingMediaError(file.name) from error
        _keep(path, made)
        return made


def _atlas_of(file: MediaFile) -> Path:
    return file.path.parents[file.name.count("/")]


def read_kept(path: Path) -> bytes | None:
    """Return what is kept, if it is."""
    with suppress(OSError):
        return read_file(path, MAX_BYTES[MediaKind.PICTURE]) or None
    return None


def _is_usable(folder: Path) -> bool:
    """Whether a folder is there, or can be made, and can be written to by us alone."""
    try:
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        return stat.S_ISDIR(folder.lstat().st_mode) and os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        return False


def _source(file: MediaFile) -> bytes:
    """Return the content of a picture as it was when it was looked into."""
    try:
        content = read_file(file.path, MAX_BYTES[MediaKind.PICTURE])
    except OSError as error:
        raise MissingMediaError(file.name) from error
    if digest((content,)) != file.digest:
        raise MissingMediaError(file.name)  # another one by now, which has another address
    return content


def _keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; where it cannot be kept, it is made again."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
            Path(aside).chmod(0o644)
            Path(aside).replace(path)
        except OSError:
            Path(aside).unlink(missing_ok=True)
            raise
    except OSError as error:
        _log.warning("a picture could not be kept (%s)", error)


picture_store = PictureStore()
"""What this process keeps."""
