"""Languages by their tags (BCP 47), and what Babel knows of them."""

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global, parse_locale

LONGEST_TAG = 35
"""Letters of a tag that BCP 47 (RFC 5646, 4.4.1) asks everybody to understand."""
TAG = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
_TAG = re.compile(TAG)
_PRIVATE = re.compile("q[a-t][a-z]")
"""Codes that BCP 47 leaves to whoever needs one of their own."""
_PLAIN = "en"
"""Whose numbers and dates stand in for those of a language that CLDR has no data of."""


def broader_tags(tag: str) -> Iterator[str]:
    """Yield `tag` and then its broader ones: ``zh-Hans-CN``, ``zh-Hans``, ``zh``."""
    parts = tag.split("-")
    yield from ("-".join(parts[:length]) for length in range(len(parts), 0, -1))


@cache
def known_locale(tag: str) -> Locale | None:
    """Return what CLDR knows of a language, by its tag without extensions; None where nothing."""
    if len(tag) > LONGEST_TAG:
        return None
    for each in broader_tags(tag):
        try:
            return Locale.parse(each, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return None


def locale_of(tag: str) -> Locale:
    """Return the formats of a language; those of English where CLDR has none."""
    return known_locale(tag) or Locale(_PLAIN)


@cache
def script_of(tag: str) -> str | None:
    """Return the script that a language is written in, by its tag or as is usual; CLDR's code."""
    locale = known_locale(tag)
    if locale is None or locale.script:
        return locale.script if locale else None
    likely = get_global("likely_subtags")
    keys = [f"{locale.language}_{locale.territory}", locale.language]
    whole = next((likely[key] for key in keys if key in likely), None)
    return parse_locale(whole)[2] if whole else None


def is_rtl(tag: str) -> bool:
    """Whether a language is written from right to left."""
    return bool(tag) and locale_of(tag).text_direction == "rtl"


def is_language(tag: str) -> bool:
    """Whether a tag names a language: one that CLDR has a name for, or a private one."""
    if len(tag) > LONGEST_TAG or not _TAG.match(tag):
        return False
    primary = tag.partition("-")[0].lower()
    named = primary in Locale(_PLAIN).languages or _PRIVATE.fullmatch(primary)
    return known_locale(tag) is not None or bool(named)


def own_name(tag: str) -> str:
    """Return what a language calls itself; its English name where CLDR has no other."""
    locale = known_locale(tag)
    if name := locale.get_display_name() if locale else None:
        return name[:1].upper() + name[1:]
    names: dict[str, str] = dict(Locale(_PLAIN).languages)
    return names.get(tag.partition("-")[0].lower(), tag)
