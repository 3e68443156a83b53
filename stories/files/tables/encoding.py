"""Find out how the text of a CSV file is encoded.

A byte order mark decides, then UTF-8. What is left are the encodings that spreadsheets use where
the languages of the atlas are written, less those in which words come out that no language has. Of
these one has to be like the languages of the atlas by its pairs of letters, and no other nearly so;
nor may the text look far more, to chardet, like one from elsewhere, nor signs stand within the
words of a short one where another reading has letters. Else an editor has to say.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

import chardet

from stories.files.tables.cells import Refusal
from stories.files.tables.letters import Fit, Letters, languages_in, locales, script
from stories.files.tables.plausible import is_broken, is_mixed, is_plausible

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ("cp1252", "mac-roman", "cp850")
_CENTRAL = ("cp1250", "mac-latin2", "cp852", "iso8859-2")
_TURKISH, _BALTIC = ("cp1254", "mac-turkish", "cp857"), ("cp1257", "cp775", "iso8859-13")
_LATIN = {
    **dict.fromkeys(("bs", "cs", "hr", "hu", "pl", "sk", "sl", "sq"), _CENTRAL),
    "ro": (*_CENTRAL, "iso8859-16"),
    **dict.fromkeys(("az", "tr"), _TURKISH),
    **dict.fromkeys(("et", "lt", "lv"), _BALTIC),
    "vi": ("cp1258",),
}
"""Languages in Latin letters that are not written in the Western encodings."""
_CHINESE = ("gb18030", "big5hkscs")
_JAPANESE = ("cp932", "euc_jis_2004")
_EAST_ASIAN = {*_CHINESE, *_JAPANESE, "cp949"}
_ANY_LATIN = (_WESTERN, _CENTRAL, _TURKISH, _BALTIC)
_BY_SCRIPT = {
    **dict.fromkeys(("Hans", "Hant"), _CHINESE),
    "Jpan": _JAPANESE,
    "Kore": ("cp949",),
    "Cyrl": ("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic"),
    "Grek": ("cp1253", "iso8859-7", "mac-greek", "cp737"),
    "Hebr": ("cp1255", "cp862"),
    "Arab": ("cp1256", "iso8859-6", "cp720"),
    "Thai": ("cp874",),
}
_WORLD = tuple(
    dict.fromkeys(
        name for page in (*_ANY_LATIN, *_LATIN.values(), *_BY_SCRIPT.values()) for name in page
    )
)
"""What spreadsheets use anywhere."""
_LEAST_LIKE, _LIKE, _VERY_LIKE = 0.6, 0.76, 0.85
"""The share of likely pairs that a reading needs: at all, in a long text and in a short one."""
_MOSTLY, _NEARLY_ALL = 0.7, 0.95
"""The share of known pairs by which words of capitals are an alphabet's, and a word of any are."""
_FEW, _SEVERAL, _PLENTY = 4, 12, 20
"""Fewer pairs say little, these something, and more say enough by themselves."""
_CLEARER, _LIKELIER = 3.0, 1.5
"""How many times likelier a reading has to be than another to be told apart."""
_KANA = re.compile("[\u3041-\u30ff]")
_MEND = "save it as “CSV UTF-8” in the spreadsheet"
_WORDS = re.compile(rb"[^\s,;\t\"]+")
_SAMPLE = 24
_ACCIDENTS = 3
"""Words; no more are in UTF-8 by accident."""
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
        text = data.decode(stated or "utf-8")
        return text if stated else _unless_by_accident(data, text, languages)
    except UnicodeDecodeError as error:
        if stated:
            what = f"the text is not {stated}, although it begins so"
            return Doubt(Refusal(what, _MEND), _line(data, error.start))
        return _legacy(data, languages, error.start)


def _unless_by_accident(data: bytes, text: str, languages: Iterable[str]) -> str | Doubt:
    """Return a text in UTF-8, unless a word or two are so by accident.

    Two letters of an old encoding may be the bytes of one from the Near East, as in “VÝŠKA”, and
    Chinese characters those of another alphabet: “学校” is “ѧУ”.
    """
    words = [word for word in _WORDS.findall(data) if not word.isascii()]
    if not 0 < len(words) <= _ACCIDENTS:
        return text
    tags = list(languages)
    letters = Letters(tags)
    decoded = [word.decode() for word in words]
    is_strange = letters.fit("\n".join(decoded)).share < _LEAST_LIKE
    if not is_strange:
        return text
    is_odd = all(map(is_mixed, decoded))
    for other in _readings(data, words, sorted(_encodings(tags)), letters):
        is_expected = other.is_expected and other.name in _EAST_ASIAN and not is_broken(other.words)
        if other.text != text and (is_odd or is_expected):
            ways = f"{_sample(words, 'utf-8')!r} (utf-8) or {_sample(words, other.name)!r}"
            what = f"the text can be read as {ways} ({other.name})"
            return Doubt(Refusal(what, _MEND), max(1, _line(data, data.find(words[0]))))
    return text


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
    words: tuple[str, ...]
    """Those of its words that are not ASCII."""
    fit: Fit
    """How well these go with the languages of the atlas."""

    def rank(self) -> tuple[bool, float, float]:
        """Return what readings are compared by."""
        return self.is_expected, self.fit.share, self.confidence


def _legacy(data: bytes, languages: Iterable[str], place: int) -> str | Doubt:
    found = dict.fromkeys(word for word in _WORDS.findall(data) if not word.isascii())
    words = list(islice(found, _ENOUGH))
    tags = list(languages)
    letters = Letters(tags)
    readings = _readings(data, words, sorted(_encodings(tags)), letters)
    rivals = readings[:1]
    if readings and readings[0].is_expected:
        rivals += [each for each in readings[1:] if _is_rival(each, readings[0], letters)]
        if len(rivals) == 1:
            return readings[0].text
    differing = [word for word in words if len({_decoded(word, each.name) for each in rivals}) > 1]
    shown = differing or words
    ways = " or ".join(f"{_sample(shown, each.name)!r} ({each.name})" for each in rivals[:3])
    what = f"the text is not UTF-8 and can be read as {ways}" if ways else "the text is not UTF-8"
    begin = data.find(differing[0]) if differing else place
    return Doubt(Refusal(what, _MEND), max(1, _line(data, begin)))


def _readings(
    data: bytes, words: list[bytes], expected: list[str], letters: Letters
) -> list[_Reading]:
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
        if text is None:
            continue
        texts = tuple(word.decode(name, "replace")[:_LONGEST] for word in words)
        if not is_plausible(texts, name):
            continue
        confidence = float(sure.get(codecs.lookup(name).name, 0.0))
        known = found.get(text)
        if known is None:
            fit = letters.fit("\n".join(texts))
            found[text] = _Reading(name, text, confidence, name in expected, texts, fit)
        elif confidence > known.confidence:
            found[text] = replace(known, confidence=confidence)
    return sorted(found.values(), key=lambda each: each.rank(), reverse=True)


def _is_rival(other: _Reading, first: _Reading, letters: Letters) -> bool:
    """Whether nothing clear speaks against `other`, or much for it where nobody expects it."""
    if first.fit.count < _PLENTY and is_broken(first.words) and not is_broken(other.words):
        return True
    is_likely = _CLEARER * other.confidence >= first.confidence
    if first.fit.share < (_LIKE if first.fit.count >= _PLENTY else _VERY_LIKE):
        return is_likely or first.fit.share < _LEAST_LIKE
    is_east_asian = first.name in _EAST_ASIAN  # of which the script alone says less
    if not other.is_expected:
        return _is_clearer(other, first, is_east_asian=is_east_asian)
    is_alike = _is_alike(other, first, letters)
    if is_east_asian and other.name in _EAST_ASIAN:
        is_simpler = letters.is_simplified(other.text) and not letters.is_simplified(first.text)
        return is_alike and (is_likely or is_simpler)
    return is_alike or (0 < first.fit.count < _FEW and is_likely)


def _is_clearer(other: _Reading, first: _Reading, *, is_east_asian: bool) -> bool:
    """Whether much speaks for a reading that nobody expects."""
    if is_east_asian and _is_of_an_alphabet(other):
        return True
    if other.name in _JAPANESE and not _KANA.search(other.text):
        return False
    if first.fit.count >= _PLENTY and not is_east_asian:
        return False
    clearer = _LIKELIER if is_east_asian else _CLEARER
    return other.confidence > clearer * first.confidence


def _is_of_an_alphabet(reading: _Reading) -> bool:
    """Whether all words are of Greek letters, or of Cyrillic ones as its languages pair them.

    Their capitals are the bytes of common Chinese characters, so that a word or two may read as
    either. Capitals of Greek have none of the accents by which its pairs are known.
    """
    signs = {sign for word in reading.words for sign in word if not sign.isascii()}
    if all(unicodedata.name(sign, "").startswith("GREEK") for sign in signs):
        return True
    if not all(unicodedata.name(sign, "").startswith("CYRILLIC") for sign in signs):
        return False
    pairs, known = _cyrillic().known("\n".join(reading.words))
    is_enough = pairs >= _SEVERAL and all(map(_is_of_one_case, reading.words))
    return known >= (_MOSTLY if is_enough else _NEARLY_ALL) * pairs


def _is_of_one_case(word: str) -> bool:
    return word.isupper() or word.islower() or word.istitle()


@cache
def _cyrillic() -> Letters:
    return Letters(languages_in("Cyrl"))


def _is_alike(other: _Reading, first: _Reading, letters: Letters) -> bool:
    """Whether `other` goes as well with the languages in the words that differ, or nearly so."""
    differing = [pair for pair in zip(first.words, other.words, strict=True) if pair[0] != pair[1]]
    best, second = (letters.fit("\n".join(words)).unlike for words in zip(*differing, strict=True))
    return second < best + max(1, best / 2)


def _encodings(languages: Iterable[str]) -> set[str]:
    """Return the encodings that spreadsheets use for `languages`.

    Where none but English is in Latin letters, names with accents may be from anywhere.
    """
    tags = list(locales(languages))
    scripts = {name for name in map(script, tags) if name}
    latin = {tag.language for tag in tags if not script(tag)} - {"en"}
    pages = [_LATIN.get(language, _WESTERN) for language in latin]
    return {
        *(name for each in scripts for name in _BY_SCRIPT[each]),
        *(name for page in pages or _ANY_LATIN for name in page),
    }


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _sample(words: list[bytes], name: str) -> str:
    return b" ".join(words[:3]).decode(name, "replace")[:_SAMPLE]
