"""Unpack what an editor has zipped, within limits, and name the vector files in it."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from geo.errors import SourceError
from geo.files.encoding import guesses
from geo.files.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

ARCHIVES = (".zip", ".kmz")

VECTOR = (
    *(".shp", ".gpkg", ".geojson", ".kml", ".kmz", ".gml", ".tab", ".mif", ".fgb", ".topojson"),
    *(".parquet", ".geoparquet", ".geojsonl", ".geojsons", ".ndjson", ".jsonl", ".sqlite", ".gpx"),
)
"""Suffixes of files that hold shapes."""

MAYBE = (".json", ".csv", ".tsv", ".xml", ".dxf", ".zip")
"""Suffixes of files that may hold shapes; looked at where there is nothing surer."""

MAX_FILES = 10_000
MAX_DEPTH = 3
"""Archives within archives that are opened."""

UNICODE_NAME = 0x800
ENCRYPTED = 0x1
"""Bits of a zip entry's flags."""

OTHER_ARCHIVES = {
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
}
"""First bytes of what is sometimes named .zip."""


@dataclass(frozen=True)
class Dataset:
    """One vector file, beside the files that belong to it."""

    path: Path
    """Where it can be read."""
    name: str
    """Its path within the archive; its own name where there is none."""


@contextmanager
def datasets(path: Path, max_megabytes: float) -> Iterator[list[Dataset]]:
    """Give the vector files of an archive, or the file itself where it is none.

    What is unpacked is gone when the context ends.

    Parameters
    ----------
    path
        Any file.
    max_megabytes
        Size beyond which nothing is unpacked.

    Raises
    ------
    SourceError
        When the archive is cut off, locked, too large once unpacked, of another kind, names
        files outside itself, or holds no vector file; then it names what it holds.
    TemporaryFolderError
        When there is no place to unpack it.
    """
    if path.suffix.lower() not in ARCHIVES:
        yield [Dataset(path, path.name)]
        return
    with temporary_folder("county-story-atlas-") as folder:
        root = Path(folder)
        found = _unpack(path, path, root, max_megabytes * 1e6, MAX_DEPTH)
        yield [Dataset(item, item.relative_to(root).as_posix()) for item in sorted(found)]


def _unpack(path: Path, archive: Path, into: Path, budget: float, depth: int) -> list[Path]:
    """Unpack one archive and give the vector files in it; look into archives where none is."""
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = _entries(path, opened, budget)
            for entry, name in entries:
                _write(path, opened, entry, into / name)
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise SourceError(path, *_no_zip(archive)) from error
    except (NotImplementedError, OSError, ValueError) as error:
        reason = f"cannot be unpacked here ({' '.join(str(error).split())[:80]})"
        raise SourceError(path, reason, "unpack it and name the file in it") from error
    names = [name for _, name in entries]
    found = _vector_files(names)
    if not found:
        raise SourceError(path, f"holds no file with shapes, only {_some(names)}", HOW_TO_ZIP)
    plain = [name for name in found if PurePosixPath(name).suffix.lower() not in ARCHIVES]
    inner = [name for name in found if name not in plain and not (plain and name.endswith(".zip"))]
    if inner and not depth:
        raise SourceError(path, "holds archives within archives", "unpack them, name the file")
    left = budget - sum(entry.file_size for entry, _ in entries)
    unpacked = [into / name for name in plain]
    for name in inner:
        where = into / f"{name} unpacked"
        unpacked += _unpack(path, into / name, where, left, depth - 1)
        left -= sum(item.stat().st_size for item in where.rglob("*"))
    return unpacked


HOW_TO_ZIP = "pack a file with shapes, such as a .shp with its .shx, .dbf and .prj"


def _entries(
    path: Path, opened: zipfile.ZipFile, budget: float
) -> list[tuple[zipfile.ZipInfo, str]]:
    """Give the entries worth unpacking, with safe names; refuse what must not be unpacked."""
    entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    if len(entries) > MAX_FILES:
        raise SourceError(path, f"holds {len(entries):,} files", "pack only those of the map")
    named = [(entry, name) for entry in entries if not _is_junk(name := _name(entry))]
    size = sum(entry.file_size for entry, _ in named)
    if size > budget:
        what = f"unpacks to {size / 1e6:,.0f} MB, more than {max(budget, 0) / 1e6:,.0f}"
        raise SourceError(path, what, "cut out the area you need, or raise --max-megabytes")
    for entry, name in named:
        parts = PurePosixPath(name).parts
        if PurePosixPath(name).is_absolute() or ".." in parts or ":" in parts[0]:
            what = f"{name!r} in it leads out of the archive"
            raise SourceError(path, what, "pack it anew, or get it from somebody you trust")
        if entry.flag_bits & ENCRYPTED:
            raise SourceError(path, "locked with a password", "unpack it and name the file in it")
    return [(entry, safe) for (entry, _), safe in zip(named, _aligned(named), strict=True)]


def _aligned(named: list[tuple[zipfile.ZipInfo, str]]) -> list[str]:
    """Give names whose parts fit each other: one stem for TOWNS.SHP and towns.dbf."""
    stems: dict[str, str] = {}
    aligned = []
    for _, name in named:
        pure = PurePosixPath(name)
        stem = stems.setdefault(str(pure.with_suffix("")).lower(), str(pure.with_suffix("")))
        aligned.append(stem + pure.suffix.lower())
    return aligned


def _name(entry: zipfile.ZipInfo) -> str:
    """Give an entry's name, which old programs write in the encoding of their computer."""
    name = entry.filename
    if not entry.flag_bits & UNICODE_NAME and not name.isascii():
        try:
            readings = guesses([name.encode("cp437")])
        except UnicodeEncodeError:
            readings = []
        name = readings[0].text if readings else name
    return name.replace("\\", "/")


def _is_junk(name: str) -> bool:
    """Tell what systems leave in archives."""
    parts = PurePosixPath(name).parts
    return (
        not parts
        or "__MACOSX" in parts
        or parts[-1].startswith("._")
        or parts[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")
    )


def _write(path: Path, opened: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    """Unpack one entry."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with opened.open(entry) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise SourceError(path, f"{_name(entry)} in it is damaged", "fetch it again") from error


def _no_zip(archive: Path) -> tuple[str, str]:
    """Say what a file is that is named like a zip file and is none."""
    with archive.open("rb") as stream:
        head = stream.read(512)
    for magic, kind in OTHER_ARCHIVES.items():
        if head.startswith(magic):
            return f"{kind}, not a zip file", "unpack it and name the file in it"
    if head.lstrip()[:1] in (b"{", b"<"):
        return "no zip file, but text", "name it by its kind, such as .geojson or .kml"
    return "cut off or no zip file", "fetch it again"


def _vector_files(names: list[str]) -> list[str]:
    """Give the files that hold shapes; a .gdb is a folder."""
    folders = {
        str(parent)
        for name in names
        for parent in PurePosixPath(name).parents
        if parent.suffix.lower() == ".gdb"
    }
    sure = [name for name in names if PurePosixPath(name).suffix.lower() in VECTOR]
    sure += sorted(folders)
    return sure or [name for name in names if PurePosixPath(name).suffix.lower() in MAYBE]


def _some(names: list[str], most: int = 5) -> str:
    """Name some files, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most]) or 'nothing'}{more}"
