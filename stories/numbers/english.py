"""Numbers in English words: ``eight``, ``a hundred and seven``, ``two million``, ``one in ten``."""

import re
from decimal import Decimal

from stories.numbers.found import Finder, Meaning, no_number
from stories.numbers.western import PERCENT, alternatives

_TO_19 = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
_TO_90 = "twenty thirty forty fifty sixty seventy eighty ninety"
_TO_9TH = "first second third fourth fifth sixth seventh eighth ninth"

_SMALL = {word: value for value, word in enumerate(_TO_19.split(), start=1)}
_TENS = {word: 10 * value for value, word in enumerate(_TO_90.split(), start=2)}
_SCALES = {
    "dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip

_ONES = alternatives(list(_SMALL)[:9])
_UNDER_100 = rf"(?:(?:{alternatives(_TENS)})(?:[- ](?:{_ONES}))?|{alternatives(_SMALL)})"
_UNDER_1000 = rf"(?:(?:(?:{_UNDER_100}|a) hundred)(?: (?:and )?{_UNDER_100})?|{_UNDER_100})"
_WORDS = (
    rf"(?:(?:{_UNDER_1000}|a) (?:{alternatives(_SCALES)})\b)"
    rf"(?: (?:and )?{_UNDER_1000}(?: (?:{alternatives(_SCALES)})\b)?)*|{_UNDER_1000}"
)


def shapes() -> list[Finder]:
    """Return the finders for what has digits, too: spans back, ages, and one in ten."""
    number = rf"(?:{_WORDS}|\d{{1,3}})"
    ago = rf"\b{number} (?:year|month|week|day|decade|hour|minute)s? (?:ago|earlier|later|before)\b"
    small = rf"{_UNDER_100}|\d{{1,2}}"
    one_in = rf"\b(?P<part>{small})[ -](?:in|out of)[ -](?P<whole>{small}|100)\b"
    age = r"\b[A-Z][\w'’.-]*, \d{2}(?=, [a-z])"
    return [
        (re.compile(ago, re.IGNORECASE), no_number),
        (re.compile(rf"\b{number}-(?:figure|year-olds?)\b", re.IGNORECASE), no_number),
        (re.compile(age), no_number),
        (re.compile(one_in, re.IGNORECASE), _one_in),
    ]


def numbers() -> list[Finder]:
    """Return the finders for words, in the order in which they take turns."""
    ordinals = rf"\b(?:{alternatives(_TENS)})[- ](?:{alternatives(_TO_9TH.split())})\b"
    words = rf"\b(?P<words>{_WORDS})\b(?:(?P<times>[- ]times?\b)|{PERCENT})"
    return [
        (re.compile(ordinals, re.IGNORECASE), no_number),
        (re.compile(words, re.IGNORECASE), _words),
    ]


def _words(match: re.Match[str]) -> Meaning | None:
    if match[0].lower() == "one":
        return None
    value = Decimal(_value(match["words"]))
    return Meaning(value, percent=bool(match["percent"]), times=bool(match["times"]))


def _one_in(match: re.Match[str]) -> Meaning | None:
    part, whole = (
        int(word) if word.isdigit() else _value(word) for word in (match["part"], match["whole"])
    )
    if not 0 < part < whole:
        return None
    return Meaning(Decimal(100 * part) / whole, percent=True, share=True)


def _value(words: str) -> int:
    total = group = 0
    for word in re.split(r"[- ]", words.lower()):
        if word in _SCALES:
            total, group = total + (group or 1) * _SCALES[word], 0
        elif word == "hundred":
            group = (group or 1) * 100
        else:
            group += (_SMALL | _TENS).get(word, 0)
    return total + group
