"""Open an editor's file, and say in the words of this package why one is not read."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from faults.plain_file import UnfitFileError, read_file
from geo.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path, PurePath

MAX_MEGABYTES = 400.0
"""A larger file is refused: no county needs it, and memory may not hold it."""


@contextmanager
def opening(file: str | PurePath, mend: str) -> Iterator[None]:
    """Turn what goes wrong where a file is opened into a `SourceError`.

    Parameters
    ----------
    file
        The file, as the reader of the message knows it.
    mend
        What to do where it is missing or may not be read.
    """
    try:
        yield
    except UnfitFileError as error:
        raise SourceError(file, error.what, error.mend) from error
    except OSError as error:
        raise SourceError(file, error.strerror, mend) from error


def read_source(path: Path, max_megabytes: float, mend: str) -> bytes:
    """Return the whole content of a file; the last two parameters as below and above.

    Raises
    ------
    SourceError
        When it cannot be opened, or is larger.
    """
    with opening(path, mend):
        refuse_larger(path, max_megabytes)
        return read_file(path, int(min(sys.maxsize, max_megabytes * 1e6)))


def refuse_larger(path: Path, max_megabytes: float) -> None:
    """Refuse a file by its size, unread.

    Raises
    ------
    SourceError
        When it is larger.
    OSError
        When it is missing.
    """
    size = path.stat().st_size
    if size > max_megabytes * 1e6:
        raise SourceError(
            path,
            f"{size / 1e6:,.0f} MB is more than {max_megabytes:,.0f}",
            "cut out the area you need, or raise --max-megabytes",
        )
