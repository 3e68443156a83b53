"""Find out how the text of a CSV file is encoded.

A byte order mark decides, then UTF-8. What is left are the encodings that spreadsheets use where
the languages of the atlas are written, less those in which words come out that no language has. If
they read differently, or the text looks far more like one from elsewhere, chardet has to be clear
about it, or else an editor has to say.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice

import chardet
from babel import Locale, UnknownLocaleError

from stories.files.tables.cells import Refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ("cp1252", "mac-roman", "cp850")
_CENTRAL = ("cp1250", "mac-latin2", "cp852")
_TURKISH, _BALTIC = ("cp1254",), ("cp1257",)
_LATIN = {
    **dict.fromkeys(("bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"), _CENTRAL),
    **dict.fromkeys(("az", "tr"), _TURKISH),
    **dict.fromkeys(("et", "lt", "lv"), _BALTIC),
    "vi": ("cp1258",),
}
"""Languages in Latin letters that are not written in the Western encodings."""
_CHINESE = ("gb18030", "big5hkscs")
_ANY_LATIN = (_WESTERN, _CENTRAL, _TURKISH, _BALTIC)
_BY_SCRIPT = {
    **dict.fromkeys(("Hans", "Hant"), _CHINESE),
    "Jpan": ("cp932",),
    "Kore": ("cp949",),
    "Cyrl": ("cp1251", "koi8-r", "cp866"),
    "Grek": ("cp1253",),
    "Hebr": ("cp1255",),
    "Arab": ("cp1256",),
    "Thai": ("cp874",),
}
_WORLD = tuple(
    dict.fromkeys(
        name for page in (*_ANY_LATIN, *_LATIN.values(), *_BY_SCRIPT.values()) for name in page
    )
)
"""What spreadsheets use anywhere."""
_SCRIPTS = {
    **dict.fromkeys(("ja",), "Jpan"),
    **dict.fromkeys(("ko",), "Kore"),
    **dict.fromkeys(("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"), "Cyrl"),
    "el": "Grek",
    **dict.fromkeys(("he", "yi"), "Hebr"),
    **dict.fromkeys(("ar", "fa", "ps", "ug", "ur"), "Arab"),
    "th": "Thai",
}
_CLEARER = 3.0
"""How many times likelier a reading has to be than another to be told apart."""
_MEND = "save it as “CSV UTF-8” in the spreadsheet"
_WORDS = re.compile(rb"[^\s,;\t\"]+")
_MOST_ODD = 0.2
_MOST_ACCENTS = 0.75
_LEAST_COMMON = 0.7
_MOST_HAN = 0.3
_HAN = ("\u4e00", "\u9fff")
_SAMPLE = 24
_ENOUGH, _LONGEST = 2_000, 500
"""How many words are looked at, and how many characters of each."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A text that cannot be read, or not in one way, with the line where that begins."""

    refusal: Refusal
    line: int


def decode(data: bytes, languages: Iterable[str]) -> str | Doubt:
    """Return the text of `data`, which may be in any encoding that `languages` are written in.

    Parameters
    ----------
    data
        The file's bytes.
    languages
        Tags of the languages in which the text may be.
    """
    stated = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    stated = stated or _utf16_without_mark(data)
    try:
        return data.decode(stated or "utf-8")
    except UnicodeDecodeError as error:
        if stated:
            what = f"the text is not {stated}, although it begins so"
            return Doubt(Refusal(what, _MEND), _line(data, error.start))
        return _legacy(data, languages, error.start)


def _utf16_without_mark(data: bytes) -> str | None:
    """Tell by the first letter, as the headings are in Latin ones."""
    first, second = data[:1], data[1:2]
    if len(data) % 2 or b"\0" not in {first, second}:
        return None
    return "utf-16-be" if first == b"\0" else "utf-16-le"


def _line(data: bytes, place: int) -> int:
    return len(data[:place].splitlines()) + data[:place].endswith((b"\n", b"\r"))


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a text reads in one encoding."""

    name: str
    text: str
    confidence: float
    """The detector's."""
    is_expected: bool
    """Whether spreadsheets use the encoding for the languages of the atlas."""


def _legacy(data: bytes, languages: Iterable[str], place: int) -> str | Doubt:
    found = dict.fromkeys(word for word in _WORDS.findall(data) if not word.isascii())
    words = list(islice(found, _ENOUGH))
    readings = _readings(data, words, sorted(_encodings(languages)))
    rivals = readings[:1]
    if readings and readings[0].is_expected:
        rivals += [each for each in readings[1:] if _is_rival(each, readings[0])]
        if len(rivals) == 1:
            return readings[0].text
    ways = " or ".join(f"{_sample(words, each.name)!r} ({each.name})" for each in rivals[:3])
    what = f"the text is not UTF-8 and can be read as {ways}" if ways else "the text is not UTF-8"
    return Doubt(Refusal(what, _MEND), max(1, _line(data, place)))


def _readings(data: bytes, words: list[bytes], expected: list[str]) -> list[_Reading]:
    """Return the different plausible readings, those expected first, the likelier before others."""
    told = chardet.detect_all(
        b"\n".join(words), ignore_threshold=True, compat_names=False, include_encodings=_WORLD
    )
    sure = {
        codecs.lookup(str(each["encoding"])).name: each["confidence"]
        for each in told
        if each["encoding"]  # none where it takes the bytes for no text
    }
    found: dict[str, _Reading] = {}
    for name in (*expected, *_WORLD):
        text = _decoded(data, name)
        if text is None or not _is_plausible(words, name):
            continue
        confidence = float(sure.get(codecs.lookup(name).name, 0.0))
        known = found.get(text)
        if known is None:
            found[text] = _Reading(name, text, confidence, name in expected)
        elif confidence > known.confidence:
            found[text] = replace(known, confidence=confidence)
    order = sorted(found.values(), key=lambda each: each.confidence, reverse=True)
    return sorted(order, key=lambda each: not each.is_expected)


def _is_rival(other: _Reading, first: _Reading) -> bool:
    """Whether nothing clear speaks against `other`, or much for it where nobody expects it."""
    if other.is_expected:
        return _CLEARER * other.confidence >= first.confidence
    return other.confidence > _CLEARER * first.confidence


def _encodings(languages: Iterable[str]) -> set[str]:
    """Return the encodings that spreadsheets use for `languages`.

    Where none but English is in Latin letters, names with accents may be from anywhere.
    """
    tags = list(_locales(languages))
    scripts = {script for script in map(_script, tags) if script}
    latin = {tag.language for tag in tags if not _script(tag)} - {"en"}
    pages = [_LATIN.get(language, _WESTERN) for language in latin]
    return {
        *(name for script in scripts for name in _BY_SCRIPT[script]),
        *(name for page in pages or _ANY_LATIN for name in page),
    }


def _locales(languages: Iterable[str]) -> Iterator[Locale]:
    for tag in languages:
        with suppress(ValueError, UnknownLocaleError):  # a fault of its own elsewhere
            yield Locale.parse(tag, sep="-")


def _script(tag: Locale) -> str | None:
    if tag.language in {"zh", "yue"}:
        return tag.script or ("Hant" if tag.territory in {"TW", "HK", "MO"} else "Hans")
    return {"Cyrl": "Cyrl", "Latn": None, "Arab": "Arab"}.get(
        tag.script or "", _SCRIPTS.get(tag.language)
    )


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _sample(words: list[bytes], name: str) -> str:
    return b" ".join(words[:3]).decode(name, "replace")[:_SAMPLE]


def _is_plausible(words: list[bytes], name: str) -> bool:
    """Whether few words look as if another encoding was meant."""
    texts = [word.decode(name, "replace")[:_LONGEST] for word in words]
    if sum(map(_is_odd, texts)) > _MOST_ODD * len(texts):
        return False
    letters = [char for char in "".join(texts) if char.isalpha() and not char.isascii()]
    han = [char for char in letters if _HAN[0] <= char <= _HAN[1]]
    if name == "cp949":  # Korean is written with few of them
        return len(han) <= _MOST_HAN * len(letters)
    common = [char for char in han if _is_common(char, name)]
    return len(common) >= _LEAST_COMMON * len(han)


_ODD = re.compile(
    r"[?]"  # what no text has
    r"|[ae][XYy]|[XYy][ae]"  # another script right beside a small Latin letter
    r"|[ae]E|[AE]E[ae]|eA|yY"  # a capital within a word
    r"|[aAeEyY][sq]+[aAeEyY]"  # a sign or a quotation mark between letters
)


def _is_odd(word: str) -> bool:
    """Whether letters stand beside each other that do not in any language."""
    kinds = "".join(map(_kind, word))
    accents = sum(map(kinds.count, "eEs"))
    letters = accents + sum(map(kinds.count, "aA"))
    return bool(_ODD.search(kinds)) or (accents > 1 and accents > _MOST_ACCENTS * letters)


_QUOTES = "«»“”‚„…"
_SIGNS = "·•°§€£¥¢©®™¿¡ºª²³½¼¾±×÷µ"


def _kind(char: str) -> str:
    """Return the kind of a character.

    `a` and `A` are Latin letters without an accent, `e` and `E` those with one, `y` and `Y` those
    of other scripts, `X` where these have no capitals, `s` signs, `q` quotation marks, `.` whatever
    stands anywhere, `?` what no text has.
    """
    if char.isascii():
        return ("a" if char.islower() else "A") if char.isalpha() else "."
    if char in _SIGNS:
        return "s"
    if char.isalpha():
        return _kind_of_letter(char)
    if char in _QUOTES:
        return "q"
    is_mark = unicodedata.category(char)[0] == "M"
    return "." if char in "’‘–—\u00a0" or is_mark or _is_east_asian(char) else "?"


def _kind_of_letter(char: str) -> str:
    name = unicodedata.name(char, "")
    if name.startswith("HALFWIDTH"):  # which is what Shift JIS makes of other languages
        return "?"
    if name.startswith("LATIN"):
        return "e" if char.islower() else "E"
    return "y" if char.islower() else "Y" if char.isupper() else "X"


def _is_east_asian(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


_LEVELS = {"gb18030": ("gb2312", 0xB0, 0xD7), "big5hkscs": ("big5", 0xA4, 0xC6)}
"""Where the characters of everyday use stand: the first level of either standard."""


def _is_common(char: str, name: str) -> bool:
    standard, first, last = _LEVELS.get(name, (name, 0, 0xFF))
    try:
        return first <= char.encode(standard)[0] <= last
    except UnicodeEncodeError:
        return False
