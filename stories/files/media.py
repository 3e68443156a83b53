"""Read what the pictures, sounds and films of an atlas are; their pixels are left for later.

A file that cannot be shown keeps nothing else from being shown: the page does without it, and the
check says why.
"""

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from faults import unwritable
from faults.plain_file import UnfitFileError, pieces, read_file, read_piece, read_start
from stories.files.media_kinds import HEAD, UnfitMediaError, container, picture_head
from stories.files.near_misses import did_you_mean
from stories.model.media import MEDIA_FOLDER, MediaFile, MediaKind, Medium

MAX_BYTES = {
    MediaKind.PICTURE: 40_000_000,
    MediaKind.SOUND: 100_000_000,
    MediaKind.FILM: 200_000_000,
    MediaKind.CAPTIONS: 1_000_000,
    MediaKind.TEXT: 200_000,
}
"""Bytes of a file of each kind."""
FORM = b"1"
"""Changed when pictures are made otherwise, so that none keeps its old address."""
_DIGITS = 12
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class MediaFault:
    """What is wrong with a file, and whether it can be shown all the same."""

    what: str
    mend: str


@dataclass(slots=True)
class MediaFiles:
    """The files of an atlas's media, by name: those that can be shown, and what is wrong."""

    files: dict[str, MediaFile] = field(default_factory=dict)
    faults: dict[str, MediaFault] = field(default_factory=dict)


def read_media(folder: Path, media: Iterable[Medium]) -> MediaFiles:
    """Look into every file that `media` name in the atlas's folder."""
    found = MediaFiles()
    for name, role in _roles(media).items():
        try:
            file, fault = _read(folder, name, role)
        except UnfitMediaError as error:
            found.faults[name] = MediaFault(error.what, error.mend)
            continue
        found.files[name] = file
        if fault:
            found.faults[name] = fault
    return found


def _roles(media: Iterable[Medium]) -> Mapping[str, MediaKind | None]:
    """Return as what each file is named; None for those that may be any picture, sound or film."""
    roles: dict[str, MediaKind | None] = {}
    for medium in media:
        roles |= dict.fromkeys(medium.captions.values(), MediaKind.CAPTIONS)
        roles |= dict.fromkeys(medium.transcript.values(), MediaKind.TEXT)
        if medium.file:
            roles[medium.file] = None
    return roles


def media_names(folder: Path) -> list[str]:
    """Return the names of the files in the folder for media that are not hidden."""
    with suppress(OSError):
        each = sorted((folder / MEDIA_FOLDER).iterdir())
        return [f"{MEDIA_FOLDER}/{file.name}" for file in each if file.name[0] not in ".~"]
    return []


def _read(folder: Path, name: str, role: MediaKind | None) -> tuple[MediaFile, MediaFault | None]:
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            mend = "put the file itself there"
            raise UnfitMediaError("the file lies outside the atlas's folder", mend)
        stat = path.stat()
        seen = stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
        return _look(path, name, role, seen)
    except UnfitFileError as error:
        raise UnfitMediaError(f"the file is {error.what}", error.mend) from error
    except RuntimeError as error:  # links that lead in a circle
        raise UnfitMediaError("a link that leads in a circle", "put the file there") from error
    except OSError as error:
        mend = _mend_missing(folder, name) or "put it there, or correct the name"
        what = f"the file cannot be read ({error.strerror or error})"
        raise UnfitMediaError(what, mend) from error


def _mend_missing(folder: Path, name: str) -> str | None:
    there = [*media_names(folder), *(each for each in _names(folder) if "." in each)]
    plain = name.rpartition("/")[2]
    elsewhere = next((each for each in there if each.rpartition("/")[2] == plain), None)
    return f"there is {elsewhere!r}; write that" if elsewhere else did_you_mean(there, name)


def _names(folder: Path) -> list[str]:
    with suppress(OSError):
        return sorted(os.listdir(folder))  # noqa: PTH208  # names are all that is needed
    return []


@lru_cache(maxsize=_REMEMBERED)  # faults are found again; there should be few
def _look(
    path: Path, name: str, role: MediaKind | None, seen: tuple[int, ...]
) -> tuple[MediaFile, MediaFault | None]:
    """Look into a file once, until it changes."""
    if role:
        return _words(path, name, role, seen[3]), None
    head = read_start(path, HEAD)
    size = seen[2]
    kind = container(head, size, partial(read_piece, path))
    most = MAX_BYTES[kind.kind]
    if size > most:
        what = f"the {kind.kind} has {size:,} bytes"
        raise UnfitMediaError(what, f"make it smaller than {most:,}")
    about = {
        "name": name,
        "path": path,
        "kind": kind.kind,
        "media_type": kind.media_type,
        "ending": kind.endings[0],
        "size": size,
        "changed": seen[3],
    }
    if kind.kind is MediaKind.PICTURE:
        content = read_file(path, most)
        picture = picture_head(content, kind)
        about |= {"width": picture.width, "height": picture.height}
        about["transparent"] = picture.transparent
        about["digest"] = digest((content,))
    else:
        about["digest"] = digest(pieces(path, most))
    return MediaFile.model_validate(about), _misnamed(name, kind.endings)


def _misnamed(name: str, endings: tuple[str, ...]) -> MediaFault | None:
    if name.lower().endswith(tuple(f".{each}" for each in endings)):
        return None
    what = f"the file is not what its name says, but a {endings[0].upper()}"
    return MediaFault(what, f"name it {Path(name).with_suffix('.' + endings[0]).as_posix()}")


def digest(content: Iterable[bytes]) -> str:
    """Return what stands for a content in addresses."""
    summed = hashlib.blake2b(digest_size=_DIGITS, person=FORM)
    for piece in content:
        summed.update(piece)
    return summed.hexdigest()


def _words(path: Path, name: str, role: MediaKind, changed: int) -> MediaFile:
    """Read captions or a transcript."""
    content = read_file(path, MAX_BYTES[role])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnfitMediaError("the text is not UTF-8", "save the file as UTF-8") from error
    if sign := unwritable(text):
        raise UnfitMediaError(f"the text has {sign}", "delete it there")
    is_captions = role is MediaKind.CAPTIONS
    if is_captions and not (text.startswith("WEBVTT") and "-->" in text):
        mend = "save the captions as WebVTT (.vtt), which begins with `WEBVTT`"
        raise UnfitMediaError("the file is no WebVTT", mend)
    return MediaFile(
        name=name,
        path=path,
        kind=role,
        media_type="text/vtt" if is_captions else "text/plain",
        ending="vtt" if is_captions else "txt",
        digest=digest((content,)),
        size=len(content),
        changed=changed,
        text="" if is_captions else text,
    )
