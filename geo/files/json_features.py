"""Tell whether all features of a GeoJSON file were read.

GDAL leaves out lines that it cannot read, and whatever follows the first feature of a file by lines
that has a comma, a note or a byte order mark between them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from geo.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

DRIVERS = ("GeoJSON", "GeoJSONSeq")
_FEATURE = re.compile(rb'"type"\s*:\s*"Feature"')


def refuse_lost(path: Path, file: Path, driver: str, read: int) -> None:
    """Refuse a file of which fewer features were read than it has.

    Parameters
    ----------
    path
        What the editor named.
    file
        The file in it, in UTF-8.
    driver
        Which of `DRIVERS` read it.
    read
        How many features were read.

    Raises
    ------
    SourceError
        When features are missing.
    """
    data = file.read_bytes()
    there = len(_FEATURE.findall(data))  # or more, where properties have such words
    records = _records(data) if driver == "GeoJSONSeq" else {}
    if max(there, len(records)) <= read:
        return
    collection = None if records else _parsed(data)
    records = records or ({} if collection else _records(data))
    broken = next((line for line, record in records.items() if not _parsed(record)), None)
    if not broken and read == (_count(collection) if collection else len(records)):
        return
    where = f"; line {broken} is no whole feature" if broken else ""
    mend = "fetch it again, or write each feature on a line of its own and nothing else"
    whole = there if there > read else len(records)
    raise SourceError(path, f"only {read} of {whole} features can be read{where}", mend)


def _records(data: bytes) -> dict[int, bytes]:
    """Return the texts of a file by lines, or of a sequence (RFC 8142), by their first lines."""
    mark = b"\x1e" if b"\x1e" in data else b"\n"
    found, line = {}, 1
    for record in data.split(mark):
        if record.strip():
            found[line] = record
        line += record.count(b"\n") + (mark == b"\n")
    return found


def _parsed(data: bytes) -> dict[str, Any] | None:
    """Return what a text holds; none where that is no object, or not one alone."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _count(collection: dict[str, Any]) -> int:
    """Count the features of a collection, and of collections in it."""
    inside = collection.get("features")
    if not isinstance(inside, list):
        return 1
    return sum(_count(each) for each in inside if isinstance(each, dict))
