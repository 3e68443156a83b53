"""Tell whether a text looks like the languages of an atlas, by pairs of letters.

The names and phrases that Unicode's CLDR has in each language hold nearly all pairs of letters that
the language is written with: nine tenths and more of those with an accent, and all but a few in
other alphabets. In a wrong encoding of one byte, most pairs come out that no word has. Chinese,
Japanese and Korean, whose characters are too many for that, are told by their script alone.
"""

import pickle
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from babel import Locale, UnknownLocaleError, localedata

_EAST_ASIAN = {
    "Hans": ("CJK",), "Hant": ("CJK",), "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Kore": ("CJK", "HANGUL"),
}  # fmt: skip
"""How the names of the characters of these scripts begin."""
_SCRIPTS = {
    **dict.fromkeys(("ja",), "Jpan"),
    **dict.fromkeys(("ko",), "Kore"),
    **dict.fromkeys(("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"), "Cyrl"),
    "el": "Grek",
    **dict.fromkeys(("he", "yi"), "Hebr"),
    **dict.fromkeys(("ar", "fa", "ps", "ug", "ur"), "Arab"),
    "th": "Thai",
}


def locales(tags: Iterable[str]) -> Iterator[Locale]:
    """Return what Babel knows of languages, in the order of their tags; others are left out."""
    for tag in tags:
        with suppress(ValueError, UnknownLocaleError):  # a fault of its own elsewhere
            yield Locale.parse(tag, sep="-")


def script(locale: Locale) -> str | None:
    """Return the script that a language is written in; none for Latin letters."""
    if locale.language in {"zh", "yue"}:
        return locale.script or ("Hant" if locale.territory in {"TW", "HK", "MO"} else "Hans")
    return {"Cyrl": "Cyrl", "Latn": None, "Arab": "Arab"}.get(
        locale.script or "", _SCRIPTS.get(locale.language)
    )


def languages_in(script_name: str) -> list[str]:
    """Return the tags of the languages that are written in an alphabet of their own."""
    return [tag for tag, name in _SCRIPTS.items() if name == script_name]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a text goes with some languages."""

    count: int
    """Pairs beyond ASCII."""
    unlike: float
    """How many of them speak against the languages, those that say less or more by their weight."""

    @property
    def share(self) -> float:
        """The share of pairs that speak for the languages; 1 where there are none."""
        return 1 - self.unlike / self.count if self.count else 1.0


class Letters:
    """The pairs of letters that some languages are written with.

    Parameters
    ----------
    tags
        The languages' tags.
    """

    def __init__(self, tags: Iterable[str]) -> None:
        known = list(locales(tags))
        names = [str(each) for each in known if each.language != "en"]  # it has no accents
        self._pairs = frozenset[str]().union(*map(_pairs_of, names))
        self._accents = frozenset[str]().union(*map(_accents_of, names))
        scripts = [script(each) or "" for each in known]
        self._is_simplified = {each for each in scripts if each in _EAST_ASIAN} == {"Hans"}
        self._signs = tuple({name for each in scripts for name in _EAST_ASIAN.get(each, ())})

    def fit(self, text: str) -> Fit:
        """Compare a text with the languages; what stands where it cannot is one pair more."""
        costs = [self._cost(pair) for pair in _pairs(text)]
        misplaced = len(_OUT_OF_PLACE.findall(text)) + (("«" in text) != ("»" in text))
        return Fit(len(costs) + misplaced, sum(costs) + misplaced)

    def known(self, text: str) -> tuple[int, int]:
        """Count the pairs of a text, and those of them that the languages have."""
        costs = [self._cost(pair) for pair in _pairs(text)]
        return len(costs), costs.count(0)

    def is_simplified(self, text: str) -> bool:
        """Whether Chinese is expected in simplified characters alone, and all of a text's are."""
        return self._is_simplified and all(map(_is_simplified, filter(_is_han, text)))

    def _cost(self, pair: str) -> float:
        """Return what a pair weighs against the languages."""
        east_asian = [sign for sign in pair if _is_east_asian(sign)]
        if east_asian:
            names = (unicodedata.name(sign, "") for sign in east_asian)
            return 0 if all(name.startswith(self._signs) for name in names) else 1
        if pair in self._pairs:
            return 0
        beyond = {sign for sign in pair if not sign.isascii()}
        if not all(unicodedata.name(sign, "").startswith("LATIN") for sign in beyond):
            return 3  # nearly all pairs of other scripts are known
        return 0.4 if beyond <= self._accents else 1


_OWN = 4
"""Of how many pairs a letter is part that a language has of its own."""
_ENGLISH = re.compile(r"(?<=[A-Za-z])’(?=(?:s|t|d|m|re|ve|ll)\b)|(?<=s)’(?!\w)", re.IGNORECASE)
"""Apostrophes as English has them."""
_OUT_OF_PLACE = re.compile(
    r"(?<=[a-z])\xa0(?=[a-z])"
    r"|[“”„«»](?<=[^\W\d_].)(?=[^\W\d_])"  # a quotation mark within a word
    r"|[„‚](?<=[^\W\d_].)"  # or a low one at its end
    r"|[·•§€£¥¢©®¿¡÷×±¼½¾¦¬¨¯´¸†‡‰‹›˜ˆ](?<=[^\W\d_].)"
    r"|[§€£¥¢¾½¼÷×±¦¬¨¯´¸†‡‰‹›˜ˆ](?=[^\W\d_])"
    r"|»(?=[α-ωа-џ])"
    r"|(?<=[α-ωа-џ])[Α-ΩА-Я]"  # a capital within a word
    r"|(?<=[A-Za-z])[\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef\U00020000-\U0003ffff](?=[A-Za-z])"
)
"""Signs where no language has them, beside or between letters."""


@lru_cache(maxsize=64)
def _pairs_of(locale: str) -> frozenset[str]:
    found = {pair for text in _strings(_locale_data(locale)) for pair in _pairs(text)}
    return frozenset(pair for pair in found if not any(map(_is_east_asian, pair)))


@lru_cache(maxsize=64)
def _accents_of(locale: str) -> frozenset[str]:
    """Return the letters beyond ASCII that a language has of its own, and not in foreign names."""
    found = Counter(sign for pair in _pairs_of(locale) for sign in pair if not sign.isascii())
    return frozenset(sign for sign, count in found.items() if count >= _OWN)


def _locale_data(locale: str) -> dict[str, object]:
    """Return the data of a language, a script and a territory, as Babel's files hold them.

    What Babel has loaded grows with what is looked up: it writes the references that it follows for
    one language into what others share. So a table would be read by what was read before it.
    """
    parts = locale.split("_")
    names = ["_".join(parts[:end]) for end in range(1, len(parts) + 1)]
    files = map(Path, map(localedata.resolve_locale_filename, names))
    found = (file for file in files if file.is_file())
    return {file.stem: pickle.loads(file.read_bytes()) for file in found}  # noqa: S301  # Babel's own


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)


def _pairs(text: str) -> list[str]:
    """Return the pairs of letters in a text that are not both ASCII; words begin with a space."""
    lower = unicodedata.normalize("NFC", _ENGLISH.sub("'", text)).lower()
    words = "".join(sign if _is_letter(sign) else " " for sign in lower).split()
    spaced = f" {' '.join(words)} "
    pairs = map("".join, pairwise(spaced))
    return [pair for pair in pairs if not pair.isascii()]


def _is_letter(sign: str) -> bool:
    return sign == "’" or unicodedata.category(sign)[0] in "LM"


def _is_east_asian(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def _is_han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"


def _is_simplified(sign: str) -> bool:
    """Whether the standard of simplified characters has one."""
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
