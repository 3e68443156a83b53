"""Write a site into a folder: whole or not at all, and only what changed.

Everything is made and written beside the old files first; only when all of it is there do files
change places, pages after what they need, and what no page needs any more goes last. Each file
changes places by one rename, so that on a local file system nobody reads half of one. If a rename
fails, or somebody stops the program, those before it are taken back; where the machine itself stops
between them, the next publication sets it right.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from serving.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RECORD = ".story-atlas.json"
"""Names what was written: a folder with it is ours."""
STAGE = ".story-atlas-"
"""Begins the name of the folder in which new files wait."""
_ODD = frozenset("\0\\")


@dataclass(frozen=True)
class Written:
    """What was done."""

    changed: int
    """Files that are new or other than before."""
    unchanged: int
    removed: int
    size: int
    """Bytes of all files."""


def check_target(site: Path, sources: Iterable[Path], *, replace: bool) -> None:
    """Refuse a folder that a site must not be written to.

    Raises
    ------
    PublishError
        It is no folder, holds or lies in what is published, or holds files that are not ours.
    """
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise PublishError(f"{site}: is no folder; name another, or take it away")
    whole = site.resolve()
    for source in sources:
        own = source.resolve()
        if own == whole or own in whole.parents or whole in own.parents:
            raise PublishError(
                f"{site}: {source}, which is to be published, lies there; name another folder"
            )
    if not site.is_dir() or replace or (site / RECORD).is_file():
        return
    if any(site.iterdir()):
        raise PublishError(
            f"{site}: holds files that were not published from here; name an empty folder, or say"
            " --replace to write among them"
        )


def write_site(files: Iterable[tuple[str, bytes]], site: Path) -> Written:
    """Write files into a folder, by their paths below it.

    Raises
    ------
    PublishError
        A path leads out of the folder, or something cannot be written; the folder is as it was.
    """
    created = not site.exists()
    try:
        site.mkdir(parents=True, exist_ok=True)
        for left in site.glob(f"{STAGE}*/"):  # by one that was killed
            shutil.rmtree(left, ignore_errors=True)
        stage = Path(mkdtemp(prefix=STAGE, dir=site))
    except OSError as error:
        raise PublishError(f"{site}: cannot be written to ({error.strerror})") from error
    try:
        return _Edition(site, stage).write(files)
    except OSError as error:
        raise PublishError(f"{site}: cannot be written to ({error.strerror})") from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        if created:
            with suppress(OSError):
                site.rmdir()  # where nothing came into it


class _Edition:
    def __init__(self, site: Path, stage: Path) -> None:
        self._site, self._stage = site, stage
        self._before = _recorded(site)

    def write(self, files: Iterable[tuple[str, bytes]]) -> Written:
        record: dict[str, str] = {}
        changed: list[str] = []
        size = 0
        for path, body in files:
            if path in record:
                raise PublishError(f"{path}: two files of the site have this name")
            self._check(path)
            record[path] = hashlib.sha256(body).hexdigest()
            size += len(body)
            if not _is_same(self._site / path, body):
                changed.append(path)
                _write(self._stage / "new" / path, body)
        gone = [path for path in self._before if path not in record]
        self._put(changed, gone, record)
        return Written(len(changed), len(record) - len(changed), len(gone), size)

    def _check(self, path: str) -> None:
        """Refuse a path that leads out of the folder, or through a link of somebody's."""
        parts = PurePosixPath(path)
        is_ours = path == RECORD or path.startswith(STAGE)
        if is_ours or parts.is_absolute() or ".." in parts.parts or not path or _ODD & set(path):
            raise PublishError(f"{path!r}: is no path within a site")
        if self._leads_out(path):
            raise PublishError(f"{self._site / path}: lies behind a link; take the link away")

    def _put(self, changed: list[str], gone: list[str], record: Mapping[str, str]) -> None:
        done: list[str] = []
        in_the_way = _in_the_way(gone, changed)
        later = [path for path in gone if path not in in_the_way]
        try:
            for path in in_the_way:
                self._remove(path, done)
            for path in sorted(changed, key=_is_page):  # each kind in the order in which it came
                self._keep(path)
                done.append(path)
                target = self._site / path
                target.parent.mkdir(parents=True, exist_ok=True)
                (self._stage / "new" / path).replace(target)
            for path in later:
                self._remove(path, done)
            text = json.dumps(dict(sorted(record.items())), ensure_ascii=False, indent=0)
            _write(self._stage / RECORD, text.encode())
            (self._stage / RECORD).replace(self._site / RECORD)
        except BaseException:  # also where somebody has lost patience
            self._take_back(done)
            raise

    def _remove(self, path: str, done: list[str]) -> None:
        """Remove an old file, and the folders that it leaves empty."""
        if self._leads_out(path):
            return  # what lies behind a link of somebody's is not ours
        self._keep(path)
        done.append(path)
        (self._site / path).unlink(missing_ok=True)
        _remove_empty((self._site / path).parent, self._site)

    def _leads_out(self, path: str) -> bool:
        folders = list(PurePosixPath(path).parents)[:-1]
        return any((self._site / folder).is_symlink() for folder in folders)

    def _keep(self, path: str) -> None:
        """Keep the old file, to take it back."""
        old = self._site / path
        if not old.is_file():
            return
        kept = self._stage / "old" / path
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(old, kept)
        except OSError:  # a file system without links
            shutil.copy2(old, kept)

    def _take_back(self, done: list[str]) -> None:
        for path in reversed(done):
            kept = self._stage / "old" / path
            with suppress(OSError):
                if kept.is_file():
                    kept.replace(self._site / path)
                else:
                    (self._site / path).unlink(missing_ok=True)
                    _remove_empty((self._site / path).parent, self._site)


def _recorded(site: Path) -> list[str]:
    """Return the paths that were written before."""
    try:
        record = json.loads((site / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    paths = [path for path in record if isinstance(path, str)] if isinstance(record, dict) else []
    return [path for path in paths if ".." not in PurePosixPath(path).parts and path[:1] != "/"]


def _is_same(file: Path, body: bytes) -> bool:
    try:
        return file.stat().st_size == len(body) and file.read_bytes() == body
    except OSError:
        return False


def _write(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


def _is_page(path: str) -> bool:
    return path.endswith(".html")


def _in_the_way(gone: list[str], changed: list[str]) -> set[str]:
    """Return the old files whose place a folder takes, or whose folder's place a file."""
    files = set(changed)
    folders = {str(folder) for path in changed for folder in PurePosixPath(path).parents}
    return {
        path
        for path in gone
        if path in folders or any(str(each) in files for each in PurePosixPath(path).parents)
    }


def _remove_empty(folder: Path, site: Path) -> None:
    while folder != site:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
