"""Find the encoding of a Shapefile's table where nothing states it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from geo.errors import SourceError

CANDIDATES = ("UTF-8", "GB18030")
"""Encodings of Chinese tables; UTF-8 first, as GB18030 text is hardly ever valid UTF-8."""


def dbf_encoding(path: Path) -> tuple[str | None, str]:
    """Find the encoding of the table of a Shapefile.

    Parameters
    ----------
    path
        A .shp file or a .zip file with one.

    Returns
    -------
    encoding : str or None
        What to read the table with: the first of `CANDIDATES` that every byte agrees
        with. None, to leave it to GDAL, where a .cpg states the encoding, where the text
        is plain ASCII, and for other formats.
    said : str
        The encoding and how it is known, in words; empty for other formats.

    Raises
    ------
    SourceError
        When the text is in neither.
    """
    parts = _parts(path)
    if ".cpg" in parts:
        return None, f"{parts['.cpg'].decode('ascii', 'replace').strip()} (stated)"
    table = parts.get(".dbf")
    if table is None:
        return None, ""
    # Field values are padded with spaces, and one that is cut inside a character is not text.
    header = int.from_bytes(table[8:10], "little")
    words = table[header:].split()
    if all(word.isascii() for word in words):
        return None, "plain ASCII"
    for name in CANDIDATES:
        if all(_is_text(word, name) for word in words):
            return name, f"{name} (found by trial)"
    raise SourceError(path, "the table's text is in no known encoding", "name it with --encoding")


def _is_text(word: bytes, encoding: str) -> bool:
    try:
        word.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _parts(path: Path) -> dict[str, bytes]:
    """Give the table and the statement of its encoding, by suffix."""
    wanted = (".dbf", ".cpg")
    if path.suffix.lower() == ".shp":
        files = [item for item in path.parent.iterdir() if item.stem.lower() == path.stem.lower()]
        return {f.suffix.lower(): f.read_bytes() for f in files if f.suffix.lower() in wanted}
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if Path(n).suffix.lower() in wanted]
            return {Path(n).suffix.lower(): archive.read(n) for n in names}
    return {}
