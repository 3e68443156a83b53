"""Find out how the text of a CSV file is encoded.

A byte order mark decides, then UTF-8. What is left are the encodings that spreadsheets use where
the languages of the atlas are written, less those in which words come out that no language has.
If more than one is left and they read differently, an editor has to say. A general detector wants
more text than a table has: charset-normalizer took many a short one in GBK for none.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from babel import Locale, UnknownLocaleError

from stories.files.tables.cells import Refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ("cp1252", "mac_roman", "cp850")
_LATIN = {
    **dict.fromkeys(("bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"), "cp1250"),
    **dict.fromkeys(("az", "tr"), "cp1254"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
    "vi": "cp1258",
}
"""Languages in Latin letters that Windows writes in a code page other than the Western one."""
_BY_SCRIPT = {
    "Hans": ("gb18030",),
    "Hant": ("big5hkscs", "gb18030"),  # nearly all of the latter is some text in the former
    "Jpan": ("cp932",),
    "Kore": ("cp949",),
    "Cyrl": ("cp1251",),
    "Grek": ("cp1253",),
    "Hebr": ("cp1255",),
    "Arab": ("cp1256",),
    "Thai": ("cp874",),
}
_SCRIPTS = {
    **dict.fromkeys(("ja",), "Jpan"),
    **dict.fromkeys(("ko",), "Kore"),
    **dict.fromkeys(("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"), "Cyrl"),
    "el": "Grek",
    **dict.fromkeys(("he", "yi"), "Hebr"),
    **dict.fromkeys(("ar", "fa", "ps", "ug", "ur"), "Arab"),
    "th": "Thai",
}
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


def _legacy(data: bytes, languages: Iterable[str], place: int) -> str | Doubt:
    found = dict.fromkeys(word for word in _WORDS.findall(data) if not word.isascii())
    words = list(islice(found, _ENOUGH))
    readings: dict[str, str] = {}
    for name in sorted(_encodings(languages)):
        text = _decoded(data, name)
        if text is not None and _is_plausible(words, name):
            readings.setdefault(text, name)
    if len(readings) == 1:
        return next(iter(readings))
    line = max(1, _line(data, place))
    if not readings:
        what = "the text is not UTF-8"
        return Doubt(Refusal(what, _MEND), line)
    ways = " or ".join(f"{_sample(words, name)!r} ({name})" for name in readings.values())
    return Doubt(Refusal(f"the text is not UTF-8 and can be read as {ways}", _MEND), line)


def _encodings(languages: Iterable[str]) -> set[str]:
    """Return the encodings that spreadsheets use for `languages`.

    The Western ones stand for names from elsewhere, where no language has a Latin one of its own.
    """
    tags = list(_locales(languages))
    scripts = {script for script in map(_script, tags) if script}
    latin = {_LATIN[tag.language] for tag in tags if tag.language in _LATIN}
    western = any(not _script(t) and t.language not in {*_LATIN, "en"} for t in tags)
    return {
        *(name for script in scripts for name in _BY_SCRIPT[script]),
        *latin,
        *(_WESTERN if western or not latin else ()),
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
    r"|[ae]E|[AE]E[ae]|yY"  # a capital within a word
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
