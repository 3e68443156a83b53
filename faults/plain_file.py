"""Open what an editor put there: a plain file of a bounded size, and nothing that can block.

A pipe, a device or a socket where a file should be keeps a reader waiting for ever, and some
devices never end. So everything that the program reads of an editor's goes through here.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

_CHUNK = 1 << 20
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a pipe that nobody writes to is opened, and refused
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_KINDS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a named pipe (FIFO)"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class UnfitFileError(OSError):
    """What lies there is no plain file, or more than is read.

    Parameters
    ----------
    what, mend
        What is wrong, and what to do about it.
    """

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(errno.EINVAL, what)
        self.what = what
        self.mend = mend


def read_file(path: Traversable | Path, most: int) -> bytes:
    """Return the whole content of a plain file, without ever waiting for it.

    Parameters
    ----------
    path
        The file; links are followed.
    most
        Bytes beyond which it is refused unread.

    Raises
    ------
    UnfitFileError
        It is a directory, a pipe, a socket, a device, or larger.
    OSError
        It is missing, or may not be read.
    """
    if not isinstance(path, os.PathLike):  # a resource within a package that is a zip file
        return path.read_bytes()
    with _opened(path) as handle:
        if os.fstat(handle).st_size > most:
            raise _too_large(most)
        content = _read(handle, most + 1)
    if len(content) > most:
        raise _too_large(most)
    return content


def read_start(path: Path, length: int) -> bytes:
    """Return the first bytes of a plain file; raises as `read_file` does."""
    with _opened(path) as handle:
        return _read(handle, length)


def read_piece(path: Path, start: int, length: int) -> bytes:
    """Return bytes from the middle of a plain file; raises as `read_file` does."""
    with _opened(path) as handle:
        os.lseek(handle, start, os.SEEK_SET)
        return _read(handle, length)


def pieces(path: Path, most: int) -> Iterator[bytes]:
    """Yield the content of a plain file piece by piece; raises as `read_file` does."""
    with _opened(path) as handle:
        left = most
        while piece := os.read(handle, _CHUNK):
            left -= len(piece)
            if left < 0:
                raise _too_large(most)
            yield piece


def refuse_unfit(path: Path) -> None:
    """Refuse what is no plain file before another library opens it; raises as `read_file` does."""
    with _opened(path):
        pass


@contextmanager
def _opened(path: os.PathLike[str]) -> Iterator[int]:
    try:
        _refuse_kind(
            Path(path).stat().st_mode
        )  # first, since to open a device may do something to it
        handle = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        mend = "let the link lead to a plain file, or put the file itself there"
        raise UnfitFileError("a link that leads in a circle", mend) from error
    try:
        _refuse_kind(os.fstat(handle).st_mode)  # it may have been replaced in between
        yield handle
    finally:
        os.close(handle)


def _refuse_kind(mode: int) -> None:
    if not stat.S_ISREG(mode):
        kind = next((name for is_one, name in _KINDS if is_one(mode)), "no file")
        raise UnfitFileError(f"{kind}, not a file", "put a plain file of that name there")


def _too_large(most: int) -> UnfitFileError:
    return UnfitFileError(f"larger than {most:,} bytes", "shorten it")


def _read(handle: int, length: int) -> bytes:
    content = bytearray()
    while len(content) < length and (chunk := os.read(handle, min(_CHUNK, length - len(content)))):
        content += chunk
    return bytes(content)
