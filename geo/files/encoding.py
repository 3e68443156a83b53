"""Find the encoding of text: what states it comes first, and a guess is said to be one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import chardet

from geo.errors import SourceError
from geo.files.encoding_names import DRIVERS, LOCALE_DRIVER, LOCALES, codec, shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LIKELY = 0.9
"""Share of a reading's characters beyond ASCII that must be letters in use."""

CLEARER = 3.0
"""A guess speaks against a statement when it is so many times likelier."""

FIELDS_END = 0x0D
LONGEST_NAME = 10
"""Of dBase tables: the end of its fields, bytes of a column's name."""

SAMPLE = 4000
"""Words that are looked at in every encoding; the best is tried on all of them."""

GUESSED = (
    *("cp1252", "cp1250", "cp1251", "gb18030", "big5hkscs", "cp932", "cp949", "euc_jis_2004"),
    *("cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "koi8-r", "koi8-u"),
    *("iso8859-2", "iso8859-7", "iso8859-9", "iso8859-15"),
    *("cp850", "cp852", "cp866", "cp437", "cp855", "cp737", "cp857", "mac-roman"),
)
"""What a guess is made among, the commoner first. Of those that read alike the first is taken."""

SETTLED = "; settle it with --encoding "
"""How a doubt names the option that ends it."""


@dataclass(frozen=True)
class TextEncoding:
    """An encoding, how it is known, and what speaks for another."""

    codec: str | None
    """What to decode with; None leaves it to GDAL."""
    said: str
    """The encoding and how it is known, in words; empty where GDAL knows."""
    doubt: str = ""
    """What else it could be, in words, and the option that settles it; empty where nothing is."""

    @property
    def other(self) -> str:
        """What else it could be, where no option can settle it."""
        return self.doubt.partition(SETTLED)[0]


@dataclass(frozen=True)
class Reading:
    """How a text reads in one encoding."""

    codec: str
    text: str
    confidence: float

    def rank(self) -> tuple[bool, float]:
        """Give what readings are compared by."""
        return _is_likely(self), self.confidence


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
    beside = [item for item in path.parent.iterdir() if item.stem.lower() == path.stem.lower()]
    beside.sort(
        key=lambda item: (item.stem == path.stem, item.suffix.isupper() == path.suffix.isupper())
    )
    parts = {item.suffix.lower(): item for item in beside}  # a.cpg goes with a.shp, not A.CPG
    table = parts[".dbf"].read_bytes() if ".dbf" in parts else b""
    words = text_of(table)
    if ".cpg" in parts:
        label = parts[".cpg"].read_bytes().decode("utf-8-sig", "replace").strip("\0 \t\r\n")
        if label.lower() not in LOCALES:
            return _stated(path, words, label, "stated")
    driver = table[29] if len(table) > 32 else 0  # noqa: PLR2004 - the length of a dBase header
    if driver in DRIVERS:
        return _stated(path, words, DRIVERS[driver], f"stated by the table, 0x{driver:02X}")
    return guess(path, words, local=driver == LOCALE_DRIVER)


def text_of(table: bytes) -> list[bytes]:
    """Give the different values of a dBase table that are not ASCII, with the columns' names.

    Values that fill their field may be cut inside a letter; they count where there are no others.
    """
    if table.isascii():
        return []
    header, width = (int.from_bytes(table[at : at + 2], "little") for at in (8, 10))
    end = min(header, len(table)) - 31  # a damaged header may lie
    fields = [table[at : at + 32] for at in range(32, end, 32) if table[at] != FIELDS_END]
    values = {name for field in fields if len(name := field[:11].split(b"\0")[0]) < LONGEST_NAME}
    full = set()
    start = 1  # the mark of a deleted record
    for field in fields:
        # Texts alone may be longer than a byte can say.
        length = int.from_bytes(field[16:18], "little") if field[11:12] == b"C" else field[16]
        if field[11:12] == b"C":
            records = range(header + start, len(table), max(width, 1))
            read = {table[at : at + length].strip(b" \0") for at in records}
            full |= {value for value in read if len(value) == length}
            values |= {value for value in read if len(value) < length}
        start += length
    sure = sorted(value for value in values if not value.isascii())
    return sure or sorted(value for value in full if not value.isascii())


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
    own = _decoded(_sample(words), name)
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

    `chardet` compares the letters with those of each language: of 53 lists of one to ten names in
    20 encodings 51 are told right with it; `charset-normalizer`, made for prose, tells 24.
    """
    words = list(words)
    few = _sample(words)
    if _decoded(words, "utf-8") is not None:
        return [Reading("utf-8", _decoded(few, "utf-8") or "", 1.0)]
    data = b"\n".join(few)
    told = chardet.detect_all(
        data, ignore_threshold=True, compat_names=False, include_encodings=GUESSED
    )
    confidence = {str(each["encoding"]): float(each["confidence"]) for each in told}
    found: dict[str, Reading] = {}
    for name in GUESSED:
        if (text := _decoded(few, name)) is None:
            continue
        one = Reading(name, text, confidence.get(name, 0.0))
        if text not in found or one.confidence > found[text].confidence:
            first = found[text].codec if text in found else name
            found[text] = Reading(first, text, one.confidence)
    readings = sorted(found.values(), key=Reading.rank, reverse=True)
    while len(few) < len(words) and readings and _decoded(words, readings[0].codec) is None:
        del readings[0]
    return readings


def _sample(words: list[bytes]) -> list[bytes]:
    """Take some of very many words, from all over."""
    return words[:: -(-len(words) // SAMPLE) or 1]


def _decode(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def _decoded(words: list[bytes], name: str) -> str | None:
    """Decode words, a line for each."""
    try:
        texts = [word.decode(name) for word in words]
    except UnicodeError:
        return None
    return unicodedata.normalize("NFC", "\n".join(texts))


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
    if THAI_BROKEN.search(reading.text):
        return False
    if reading.codec == "gb18030":
        good = min(good, sum(_in(letter, "gb2312") for letter in beyond))
    return good >= LIKELY * len(beyond)


THAI_BROKEN = re.compile(
    r"[\u0e40-\u0e44](?![\u0e01-\u0e2e])|(?<![\u0e01-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
)
"""A Thai vowel that is written first without a consonant after it, or a mark without a letter."""


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
    return f"{verb} {', or '.join(said)}{SETTLED}{names}"


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
