"""Tell from its content what a picture, sound or film is, and whether it is whole.

Only what browsers show everywhere is taken. Of a picture its head is read and never its pixels;
the containers of sound and film are followed from box to box.
"""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

from PIL import Image, UnidentifiedImageError

from stories.model.media import MediaKind

MAX_PIXELS = 50_000_000
"""What phones take at most; a decoded picture takes up to four bytes for each."""
MAX_SIDE = 16_000
PICTURE_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
HEAD = 1 << 16
"""Bytes by which a file's kind is told."""
_MAX_INDEX = 16 << 20
_MAX_BOXES = 10_000
_ORIENTATION = 0x0112
_TURNED = range(5, 9)
"""Values of EXIF's orientation by which width and height change places."""
_AS_PICTURE = "save it as JPEG or PNG"
_AS_FILM = "save it as MP4 (H.264 and AAC) or WebM"
_AS_SOUND = "save it as MP3, M4A or WAV"

ReadPiece = Callable[[int, int], bytes]
"""Returns so many bytes of a file from a place on."""


class UnfitMediaError(Exception):
    """A file cannot be shown.

    Parameters
    ----------
    what, mend
        What is wrong, and what to do about it.
    """

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


class Container(NamedTuple):
    """What a file is."""

    kind: MediaKind
    media_type: str
    endings: tuple[str, ...]
    """Endings of its name, without a dot; the first is the usual one."""


@dataclass(frozen=True, slots=True)
class PictureHead:
    """What the head of a picture says; width and height are those of the turned picture."""

    width: int
    height: int
    transparent: bool


JPEG = Container(MediaKind.PICTURE, "image/jpeg", ("jpg", "jpeg"))
PNG = Container(MediaKind.PICTURE, "image/png", ("png",))
WEBP = Container(MediaKind.PICTURE, "image/webp", ("webp",))
AVIF = Container(MediaKind.PICTURE, "image/avif", ("avif",))
MP4 = Container(MediaKind.FILM, "video/mp4", ("mp4", "m4v"))
WEBM = Container(MediaKind.FILM, "video/webm", ("webm",))
M4A = Container(MediaKind.SOUND, "audio/mp4", ("m4a", "mp4"))
WEBA = Container(MediaKind.SOUND, "audio/webm", ("webm", "weba"))
MP3 = Container(MediaKind.SOUND, "audio/mpeg", ("mp3",))
OGG = Container(MediaKind.SOUND, "audio/ogg", ("ogg", "oga", "opus"))
FLAC = Container(MediaKind.SOUND, "audio/flac", ("flac",))
WAV = Container(MediaKind.SOUND, "audio/wav", ("wav",))
_PLAIN = (
    (re.compile(rb"\xff\xd8\xff"), JPEG),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), PNG),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), WEBP),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), WAV),
    (re.compile(rb"fLaC"), FLAC),
    (re.compile(rb"ID3|\xff[\xfa\xfb\xf2\xf3]"), MP3),
)
_REFUSED = (
    (
        re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE svg|!--|svg)", re.IGNORECASE),
        "an SVG drawing, which can hold scripts",
        _AS_PICTURE,
    ),
    (re.compile(rb"GIF8"), "a GIF", f"{_AS_PICTURE}; if it moves, {_AS_FILM}"),
    (re.compile(rb"BM|II\*\0|MM\0\*"), "a picture that browsers do not show", _AS_PICTURE),
    (re.compile(rb"RIFF....AVI ", re.DOTALL), "an AVI film", _AS_FILM),
    (re.compile(rb"%PDF"), "a PDF", _AS_PICTURE),
)


def container(head: bytes, size: int, read: ReadPiece) -> Container:
    """Tell what a file is.

    Parameters
    ----------
    head
        Its first bytes, `HEAD` of them as far as it has so many.
    size
        Bytes of the whole.
    read
        Reads from it.

    Raises
    ------
    UnfitMediaError
        It is nothing that can be shown, or ends too early.
    """
    if not head:
        raise UnfitMediaError("the file is empty", "save it again")
    if head[4:8] == b"ftyp":
        return _iso(head, size, read)
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return _matroska(head, size)
    if head.startswith(b"OggS"):
        if b"\x01vorbis" in head[:512] or b"OpusHead" in head[:512]:
            return OGG
        raise UnfitMediaError("an Ogg file without Vorbis or Opus sound", _AS_FILM)
    for form, what, mend in _REFUSED:
        if form.match(head):
            raise UnfitMediaError(f"the file is {what}", mend)
    found = next((kind for form, kind in _PLAIN if form.match(head)), None)
    if found is None:
        what = "the file is no picture, sound or film that browsers show"
        raise UnfitMediaError(what, f"{_AS_PICTURE}, MP3, or MP4")
    if found in {WEBP, WAV}:
        _refuse_truncated(struct.unpack("<I", head[4:8])[0] + 8, size)
    return found


def _refuse_truncated(end: int, size: int) -> None:
    if end > size + 1:  # some programs leave out the byte that makes lengths even
        raise UnfitMediaError("the file ends too early", "copy it again, whole")


def _iso(head: bytes, size: int, read: ReadPiece) -> Container:
    """Tell apart what comes in boxes: AVIF, HEIC, MP4, M4A, QuickTime."""
    length = min(struct.unpack(">I", head[:4])[0], 512)
    brands = {head[at : at + 4] for at in (8, *range(16, length, 4))}
    if brands & {b"avif", b"avis"}:
        _boxes(size, read)
        return AVIF
    if brands & {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}:
        raise UnfitMediaError(
            "the file is a HEIC picture, as iPhones take them, which few browsers show", _AS_PICTURE
        )
    if head[8:12] == b"qt  ":
        raise UnfitMediaError("the file is a QuickTime film, which few browsers show", _AS_FILM)
    place = _boxes(size, read).get(b"moov")
    if place is None:
        raise UnfitMediaError("the film has no index, so it was not saved whole", _AS_FILM)
    return MP4 if b"vide" in read(place[0], min(place[1], _MAX_INDEX)) else M4A


def _boxes(size: int, read: ReadPiece) -> dict[bytes, tuple[int, int]]:
    """Return start and length of the outermost boxes by their kind; refuse what ends too early."""
    found: dict[bytes, tuple[int, int]] = {}
    at = 0
    for _ in range(_MAX_BOXES):
        start = read(at, 16)
        if len(start) < 8:  # noqa: PLR2004  # length and kind
            break
        length, kind = struct.unpack(">I4s", start[:8])
        if length == 1 and len(start) == 16:  # noqa: PLR2004  # with a long length
            (length,) = struct.unpack(">Q", start[8:])
        elif length == 0:  # to the end
            length = size - at
        if length < 8:  # noqa: PLR2004
            raise UnfitMediaError("the file is damaged", "save it again")
        _refuse_truncated(at + length, size)
        found.setdefault(kind, (at, length))
        at += length
    return found


def _matroska(head: bytes, size: int) -> Container:
    header, at = _number(head, 4)
    if b"webm" not in head[at : at + header]:
        raise UnfitMediaError("the file is a Matroska film, which few browsers show", _AS_FILM)
    segment = at + header
    if head[segment : segment + 4] == b"\x18\x53\x80\x67":
        length, begin = _number(head, segment + 4)
        is_known = length != (1 << (7 * (begin - segment - 4))) - 1
        if is_known:
            _refuse_truncated(begin + length, size)
    return WEBM if b"V_VP" in head or b"V_AV1" in head else WEBA


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Read one of Matroska's numbers, whose leading zero bits say how long they are."""
    first = data[at] if at < len(data) else 0
    length = 9 - first.bit_length()
    if length > 8:  # noqa: PLR2004  # there are none so long
        raise UnfitMediaError("the file is damaged", "save it again")
    value = int.from_bytes(data[at : at + length], "big") & ((1 << (7 * length)) - 1)
    return value, at + length


def picture_head(content: bytes, kind: Container) -> PictureHead:
    """Read the head of a picture.

    Raises
    ------
    UnfitMediaError
        It is damaged, too large, moves, or ends too early.
    """
    try:
        with Image.open(BytesIO(content), formats=PICTURE_FORMATS) as image:
            width, height = image.size
            _refuse_large(width, height)
            moves = image.format != "MPO" and getattr(image, "n_frames", 1) > 1
            transparent = image.has_transparency_data
            turned = orientation(image) in _TURNED
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnfitMediaError(
            "the picture has more pixels than are drawn", f"scale it down to {MAX_SIDE:,} pixels"
        ) from error
    except (UnidentifiedImageError, OSError, *DAMAGED) as error:
        raise UnfitMediaError("the picture is damaged", "save it again") from error
    if moves:
        raise UnfitMediaError("the picture moves", f"save one still of it, or {_AS_FILM}")
    if _ends_early(content, kind):
        raise UnfitMediaError("the picture ends too early", "copy it again, whole")
    return PictureHead(*((height, width) if turned else (width, height)), transparent)


DAMAGED = (ValueError, SyntaxError, TypeError, LookupError, EOFError, struct.error, OverflowError)
"""What Pillow raises over damaged files, beside `OSError`."""


def _refuse_large(width: int, height: int) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        what = f"the picture has {width:,} × {height:,} pixels"
        raise UnfitMediaError(what, "scale it down; 4,000 are plenty for its longer side")
    if not (width and height):
        raise UnfitMediaError("the picture has no pixels", "save it again")


def orientation(image: Image.Image) -> int:
    """Return how a camera was held, by EXIF's count from 1; 1 where nothing legible says so."""
    if image.format == "PNG" and "exif" not in image.info:
        return 1  # else Pillow would look behind the pixels
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except (OSError, *DAMAGED):
        return 1
    return value if isinstance(value, int) and 1 <= value <= max(_TURNED) else 1


def _ends_early(content: bytes, kind: Container) -> bool:
    # Looked for from behind, where it is.
    if kind is PNG:
        return content.rfind(b"IEND\xae\x42\x60\x82") < 0
    # Thumbnails at the beginning have ends of their own.
    return kind is JPEG and content.rfind(b"\xff\xd9", _scan(content)) < 0


def _scan(jpeg: bytes) -> int:
    """Return where a JPEG's pixels begin: behind its segments, each of which says its length."""
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:  # noqa: PLR2004  # begins each marker
        marker = jpeg[at + 1]
        if marker == 0xDA:  # noqa: PLR2004  # start of scan
            return at
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 0x01:  # noqa: PLR2004  # no length
            at += 1 if marker == 0xFF else 2  # noqa: PLR2004
            continue
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return at
