"""Find the encoding of text: what states it comes first, and a guess is said to be one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import chardet

from geo.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LIKELY = 0.9
"""Share of a reading's characters beyond ASCII that must be letters in use."""

CLEARER = 3.0
"""A guess speaks against a statement when it is so many times likelier."""

CODECS = {
    **dict.fromkeys(("936", "gbk", "gb2312", "cp936", "x-cp20936", "20936", "54936"), "gb18030"),
    **dict.fromkeys(("950", "cp950", "big5", "big5-hkscs", "big5-eten"), "big5hkscs"),
    **dict.fromkeys(("932", "sjis", "shift_jis", "shift-jis", "windows-31j", "ms_kanji"), "cp932"),
    **dict.fromkeys(("949", "euc-kr", "euckr", "ksc_5601", "ks_c_5601-1987", "uhc"), "cp949"),
    **dict.fromkeys(("51932", "20932"), "euc_jp"),
    **dict.fromkeys(("51949",), "cp949"),
    **dict.fromkeys(("20866",), "koi8_r"),
    **dict.fromkeys(("21866",), "koi8_u"),
    **dict.fromkeys(("10000", "macintosh", "macroman"), "mac_roman"),
    **dict.fromkeys(("10006",), "mac_greek"),
    **dict.fromkeys(("10007",), "mac_cyrillic"),
    **dict.fromkeys(("10029",), "mac_latin2"),
    **dict.fromkeys(("874", "tis-620", "tis620"), "cp874"),
    **dict.fromkeys(("65001", "utf8"), "utf-8"),
}
"""Names that files use and Python does not know, or knows in a poorer edition."""

ISO = re.compile(r"(?:iso[ _-]?)?(?:8859|2859)[ _-]?(\d{1,2})(?:-[ei])?")
PAGE = re.compile(r"(?:ansi|cp|oem|ibm|ms|win|windows|x-cp|ldid)?[ _/-]?(\d{2,5})")
"""Statements by number: "ISO 88591", "28591", "ANSI 1252", "936"."""

LOCALES = {"ansi", "oem", "system", "acp", "oemcp", "default", "locale", "ascii", "us-ascii"}
"""Statements that say nothing: whatever the writer's computer was set to."""

PAGES = {
    "cp437": "01 09 0B 0D 0F 11 15 18 19 1B",
    "cp850": "02 0A 0E 10 12 14 16 1A 1D 25 37",
    "cp1252": "03 58 59",
    "mac_roman": "04",
    "cp865": "08 17 66",
    "cp932": "13 7B",
    "cp863": "1C 6C",
    "cp852": "1F 22 23 40 64 87",
    "cp860": "24",
    "cp866": "26 65",
    "gb18030": "4D 7A",
    "cp949": "4E 79",
    "big5hkscs": "4F 78",
    "cp874": "50 7C",
    "cp861": "67",
    "cp737": "6A 86",
    "cp857": "6B 88",
    "cp1255": "7D",
    "cp1256": "7E",
    "mac_cyrillic": "96",
    "mac_latin2": "97",
    "mac_greek": "98",
    "cp1250": "C8",
    "cp1251": "C9",
    "cp1254": "CA",
    "cp1253": "CB",
    "cp1257": "CC",
}
"""Language driver ids of dBase and FoxPro, in hexadecimal. 0x57 is the writer's locale."""

DRIVERS = {int(number, 16): codec for codec, ids in PAGES.items() for number in ids.split()}
LOCALE_DRIVER = 0x57

GUESSED = (
    *("cp1252", "cp1250", "cp1251", "gb18030", "big5hkscs", "cp932", "cp949", "euc_jis_2004"),
    *("cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "koi8-r", "koi8-u"),
    *("iso8859-2", "iso8859-7", "iso8859-9", "iso8859-15"),
    *("cp850", "cp852", "cp866", "cp437", "cp855", "cp737", "cp857", "mac-roman"),
)
"""What a guess is made among, the commoner first. Of those that read alike the first is taken."""


@dataclass(frozen=True)
class TextEncoding:
    """An encoding, how it is known, and what speaks for another."""

    codec: str | None
    """What to decode with; None leaves it to GDAL."""
    said: str
    """The encoding and how it is known, in words; empty where GDAL knows."""
    doubt: str = ""
    """What else it could be, in words; empty where nothing else is likely."""


@dataclass(frozen=True)
class Reading:
    """How a text reads in one encoding."""

    codec: str
    text: str
    confidence: float

    def rank(self) -> tuple[bool, float]:
        """Give what readings are compared by."""
        return _is_likely(self), self.confidence


def codec(label: str) -> str | None:
    """Give the codec that a statement means: "ANSI 1252", "88591", "GBK", "utf8"; else None."""
    name = label.strip("\ufeff\0 \t\r\n\"'").lower()
    if found := re.fullmatch(
        r"iso[ _-]?(8859)[ _-]?(\d{1,2})(-[ei])?|(?:8859|2859)-?(\d{1,2})", name
    ):
        return _known(f"iso8859_{found[2] or found[4]}")
    if found := re.fullmatch(
        r"(?:ansi|cp|oem|ibm|ms|win|windows|x-cp|ldid)?[ _/-]?(\d{2,5})", name
    ):
        name = found[1]
    if label.strip().lower().startswith("ldid"):
        return DRIVERS.get(int(name)) if name.isdigit() else None
    return CODECS.get(name) or _known(f"cp{name}" if name.isdigit() else name)


def _known(name: str) -> str | None:
    """Give a codec's name where Python knows it as one of text."""
    try:
        b"a".decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return name


def dbf_encoding(path: Path) -> TextEncoding:
    """Find the encoding of the table of a Shapefile.

    A .cpg file comes first, then the table's own language driver byte; where both are silent
    the text itself decides.

    Parameters
    ----------
    path
        A .shp file.

    Raises
    ------
    SourceError
        When the .cpg states what is no encoding, or the text is in no known one.
    """
    parts = {
        item.suffix.lower(): item
        for item in path.parent.iterdir()
        if item.stem.lower() == path.stem.lower()
    }
    table = parts[".dbf"].read_bytes() if ".dbf" in parts else b""
    words = text_of(table)
    if ".cpg" in parts:
        label = parts[".cpg"].read_bytes().decode("utf-8-sig", "replace").strip("\0 \t\r\n")
        if label and label.lower() not in LOCALES:
            return _stated(path, words, label, "stated")
    driver = table[29] if len(table) > 32 else 0  # noqa: PLR2004 - the length of a dBase header
    if driver in DRIVERS:
        return _stated(path, words, DRIVERS[driver], f"stated by the table, 0x{driver:02X}")
    return guess(path, words, local=driver == LOCALE_DRIVER)


def text_of(table: bytes) -> list[bytes]:
    """Give the different words of a dBase table that are not ASCII, with the columns' names."""
    header = int.from_bytes(table[8:10], "little")
    names = [table[place : place + 11].split(b"\0")[0] for place in range(32, header - 32, 32)]
    words = {*names, *table[header:].split()}
    return sorted(word for word in words if not word.isascii())


def _stated(path: Path, words: list[bytes], label: str, how: str) -> TextEncoding:
    """Take an encoding that is stated, and say what speaks against it."""
    name = codec(label)
    if name is None:
        what = f"the .cpg states {label[:40]!r}, which is no known encoding"
        raise SourceError(path, what, "mend the .cpg, or name the encoding with --encoding")
    if name == "iso8859_1" and any(0x80 <= byte <= 0x9F for word in words for byte in word):  # noqa: PLR2004
        name = "cp1252"  # what ISO-8859-1 leaves empty, Windows fills; so do all browsers
    said = f"{label} ({how})"
    readings = guesses(words)
    own = _decoded(words, name)
    other = next((each for each in readings if each.text != own), None)
    if own is None:
        raise SourceError(path, f"the text is not {said}", _try(readings[:1]))
    if not (words and other and name != "utf-8"):
        return TextEncoding(name, said)
    alike = next((each.confidence for each in readings if each.text == own), 0.0)
    if not (other.codec == "utf-8" or other.confidence > CLEARER * alike):
        return TextEncoding(name, said)
    return TextEncoding(name, said, _doubt(name, own, [other], "but the text looks like"))


def guess(path: Path, words: list[bytes], *, local: bool = False) -> TextEncoding:
    """Guess the encoding of words of which nothing states it, and say what else it could be.

    Parameters
    ----------
    path
        The file, as messages name it.
    words
        Those that are not ASCII.
    local
        Whether the file says that it is in the encoding of its writer's computer.

    Raises
    ------
    SourceError
        When no known encoding has all of these bytes.
    """
    if not words:
        return TextEncoding(None, "plain ASCII")
    readings = guesses(words)
    if not readings:
        what = "the text is in no known encoding"
        raise SourceError(path, what, "name it with --encoding")
    best, *others = readings
    if best.codec == "utf-8":
        return TextEncoding("utf-8", "UTF-8 (found by trial)")
    reason = "guessed; the table says only that it is its writer's" if local else "guessed"
    likely = [each for each in others if each.rank() > (True, 0.0)] or others
    return TextEncoding(
        best.codec,
        f"{shown(best.codec)} ({reason})",
        _doubt(best.codec, best.text, likely[:2], "could also be"),
    )


def guesses(words: Iterable[bytes]) -> list[Reading]:
    """Give all ways to read some words, the likeliest first, each different text once.

    `chardet` compares the letters with those of each language: of 49 lists of a few names in 20
    encodings it told 46 right, and `charset-normalizer`, which looks for prose, 25.
    """
    words = list(words)
    data = b"\n".join(words)
    if (text := _decoded(words, "utf-8")) is not None:
        return [Reading("utf-8", text, 1.0)]
    told = chardet.detect_all(
        data, ignore_threshold=True, compat_names=False, include_encodings=GUESSED
    )
    confidence = {str(each["encoding"]): float(each["confidence"]) for each in told}
    found: dict[str, Reading] = {}
    for name in GUESSED:
        if (text := _decoded(words, name)) is None:
            continue
        one = Reading(name, text, confidence.get(name, 0.0))
        if text not in found or one.confidence > found[text].confidence:
            first = found[text].codec if text in found else name
            found[text] = Reading(first, text, one.confidence)
    return sorted(found.values(), key=Reading.rank, reverse=True)


def _decode(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def _decoded(words: list[bytes], name: str) -> str | None:
    """Decode words, a line for each."""
    try:
        return "\n".join(decode_word(word, name) for word in words)
    except UnicodeError:
        return None


def decode_word(word: bytes, name: str) -> str:
    """Decode one word; a character that the end of a field cut in two is left out.

    Raises
    ------
    UnicodeError
        When it is in another encoding.
    """
    try:
        text = word.decode(name)
    except UnicodeDecodeError as error:
        text = word[: error.start].decode(name)
        if error.end < len(word) or text.isascii():  # “Alcalá” in another encoding is not cut
            raise
    return unicodedata.normalize("NFC", text) if name == "cp1258" else text


def _is_likely(reading: Reading) -> bool:
    """Tell whether characters beyond ASCII are letters, Chinese ones in use, scripts unmixed."""
    beyond = [letter for letter in reading.text if not letter.isascii()]
    if any(_mixed(*pair) or _mixed(*pair[::-1]) for pair in pairwise(reading.text)):
        return False
    good = sum(unicodedata.category(letter)[0] in "LM" for letter in beyond)
    if reading.codec == "gb18030":
        good = min(good, sum(_in(letter, "gb2312") for letter in beyond))
    return good >= LIKELY * len(beyond)


def _mixed(one: str, other: str) -> bool:
    """Tell a small Latin letter next to one of another script: “M醠aga”, “Mбlaga”."""
    return "a" <= one <= "z" and other.isalpha() and "LATIN" not in unicodedata.name(other, "")


def _in(letter: str, name: str) -> bool:
    try:
        letter.encode(name)
    except UnicodeEncodeError:
        return False
    return True


def _doubt(name: str, text: str, others: list[Reading], verb: str) -> str:
    """Say what else a text could be, by a word that differs."""
    if not others:
        return ""
    said = []
    for other in others:
        pairs = zip(text.split("\n"), other.text.split("\n"), strict=False)
        mine, theirs = next((a, b) for a, b in pairs if a != b)
        mine, theirs = (word.strip("\"'{}[],:;<>") for word in (mine, theirs))
        said.append(f"{shown(other.codec)}, where “{mine}” reads “{theirs}”")
    names = " or ".join(dict.fromkeys([shown(name), *(shown(other.codec) for other in others)]))
    return f"{verb} {', or '.join(said)}; settle it with --encoding {names}"


def shown(name: str) -> str:
    """Give a codec's name as editors know it."""
    name = name.upper().replace("_", "-").replace("BIG5HKSCS", "Big5").replace("JIS-2004", "JP")
    return re.sub(r"^CP(125\d)$", r"windows-\1", name.replace("ISO8859-", "ISO-8859-"))


def is_misread(text: str) -> bool:
    """Tell text that was read in a wrong encoding.

    It has marks of replacement, control characters, or pairs of letters that are UTF-8 in
    disguise; or most of it is one run of different Latin letters beyond ASCII, as no language
    writes them: “Å” and “Ærø” are names, “¶«Õò” is not.
    """
    if "\ufffd" in text or any("\x80" <= letter <= "\x9f" for letter in text):
        return True
    if text.isascii():
        return False
    for name in ("latin-1", "cp1252"):
        if (data := _encode(text, name)) is not None and _decode(data, "utf-8") is not None:
            return True
    runs = re.findall("[\xa0-\xff]{3,}", text)
    longest = max(runs, key=len, default="")
    return len(set(longest)) > 2 and 2 * sum(map(len, runs)) > len(text)  # noqa: PLR2004


def misread_mend(text: str) -> str:
    """Name the encoding that a misread text may be in."""
    data = _encode(text, "latin-1") or _encode(text, "cp1252")
    readings = guesses([data]) if data else []
    return _try([each for each in readings[:1] if each.text != text])


def _try(readings: list[Reading]) -> str:
    """Name the encodings that may help."""
    names = dict.fromkeys([*(shown(each.codec) for each in readings), "GB18030", "UTF-8"])
    return f"try --encoding {' or --encoding '.join(names)}"


def _encode(text: str, name: str) -> bytes | None:
    try:
        return text.encode(name)
    except UnicodeEncodeError:
        return None
