"""Tell words that no language has, which come out where text is read in a wrong encoding."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_MOST_ODD = 0.2
_MOST_ACCENTS = 0.75
_LEAST_COMMON = 0.7
_MOST_HAN = 0.3
_HAN = ("\u4e00", "\u9fff")


def is_plausible(texts: Sequence[str], name: str) -> bool:
    """Whether few words look as if another encoding was meant.

    Parameters
    ----------
    texts
        Words, as they read in one encoding.
    name
        Its name, as Python's.
    """
    if any(_CONTROL.search(text) for text in texts):
        return False
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


_BEYOND = re.compile(r"[^\x00-\x7fÀ-ÖØ-öø-ɏ]")
_CLOSED_BY = {"“": "”", "„": "“”", "‘": "’", "‚": "‘’", "«": "»", "»": "«", "¿": "?", "¡": "!"}
_IN_PLACE = re.compile(r"m[²³].?|.?°[CF]|n[°º].?|.?µ[glms]|l·l", re.IGNORECASE | re.DOTALL)


def is_broken(words: Sequence[str]) -> bool:
    """Whether right beside a Latin letter stands what no text has there: “A—OS”, “FOR T”, “R︽”.

    A single word may come out so in a wrong encoding, with no pair of letters to tell by.
    """
    text = "\n".join(words)
    return any(_is_stray(text, found.start()) for found in _BEYOND.finditer(text))


def _is_stray(text: str, place: int) -> bool:
    sign, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    is_after, is_before = _is_latin(before), _is_latin(after)
    if not (is_after or is_before) or unicodedata.category(sign)[0] == "M":
        return False
    if sign in "’…" and is_after:  # a word in capitals has its last letter there, not a pause
        return sign == "…" and (is_before or not before.islower())
    if sign in _CLOSED_BY and not is_after:
        return not any(each in text for each in _CLOSED_BY[sign])
    openings = [each for each, closings in _CLOSED_BY.items() if sign in closings]
    if openings and not is_before:
        return not any(each in text for each in openings)
    return not _IN_PLACE.fullmatch(f"{before}{sign}{after}")


def is_mixed(word: str) -> bool:
    """Whether a letter of the Near East stands right beside a Latin one."""
    return any(
        (_is_latin(one) and _NEAR_EAST.match(other)) or (_NEAR_EAST.match(one) and _is_latin(other))
        for one, other in pairwise(word)
    )


_NEAR_EAST = re.compile("[\u0530-\u08ff]")


def _is_latin(char: str) -> bool:
    return char.isalpha() and not _BEYOND.match(char)


_CONTROL = re.compile("[\x80-\x9f\u2500-\u259f]")
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
