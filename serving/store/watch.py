"""Tell whether a folder has changed while somebody edits it."""

from collections.abc import Iterator
from contextlib import suppress
from os import scandir
from pathlib import Path

from geo.files.dates import DATES

Signature = frozenset[tuple[str, int, int, int]]


def signature(folder: Path) -> Signature:
    """Return what changes whenever a file of `folder` is saved: names, times and sizes.

    A file that took another's place may be as large and as old by its time of writing, which
    copies keep; the time at which its inode was changed nobody can set.

    Its own folders count too, such as that of the boundaries, and none below them but the dates of
    boundaries. Passed over are hidden files, which editors use while they save, and Excel's marks
    of open workbooks (``~$``).
    """
    return frozenset(_seen(folder, "", 1))


def _seen(folder: Path, above: str, depth: int) -> Iterator[tuple[str, int, int, int]]:
    """Yield what is known of a folder's files.

    `depth` is 1 in the atlas's own folder, 0 in one below, -1 in the dates of boundaries there, and
    -2 in one of these.
    """
    entries = []
    with suppress(OSError), scandir(folder) as found:  # what is gone in the meantime is gone
        entries = [each for each in found if not (each.name[0] in ".~" or each.name[-1] == "~")]
    for entry in entries:
        name = f"{above}{entry.name}"
        with suppress(OSError):
            if (depth in {1, -1} or (depth == 0 and entry.name == DATES)) and entry.is_dir():
                yield from _seen(Path(entry.path), f"{name}/", depth - 1)
            elif entry.is_file():
                stat = entry.stat()
                yield name, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size
