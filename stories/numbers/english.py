"""Numbers in English words: ``eight``, ``twenty-one``, ``a hundred and seven``, ``two million``."""

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


def numbers() -> list[Finder]:
    """Return the finders for words, in the order in which they take turns."""
    ordinals = rf"\b(?:{alternatives(_TENS)})[- ](?:{alternatives(_TO_9TH.split())})\b"
    words = rf"\b(?P<words>{_WORDS})\b{PERCENT}"
    return [
        (re.compile(ordinals, re.IGNORECASE), no_number),
        (re.compile(words, re.IGNORECASE), _words),
    ]


def _words(match: re.Match[str]) -> Meaning | None:
    if match[0].lower() == "one":
        return None
    return Meaning(Decimal(_value(match["words"])), percent=bool(match["percent"]))


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
