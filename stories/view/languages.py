"""Which of an atlas's languages a reader gets: the address's, the browser's, or the first.

Tags are matched as BCP 47 (RFC 4647, lookup) says: ``zh-CN`` finds ``zh``. Beyond it, a region's
usual script counts (``zh-TW`` finds ``zh-Hant`` before ``zh``; from CLDR's likely subtags, by
Babel), and a language that is there in another region only is better than none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.core import get_global, parse_locale

from stories.model.language import LONGEST_TAG, broader_tags
from stories.wording import LAST_RESORT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_LANGUAGES = 20
"""How many languages a browser is listened to about."""


def look_up(tag: str, languages: Sequence[str]) -> str | None:
    """Return the one of `languages` that serves who asks for `tag`; none where none does."""
    wanted = tag.strip().replace("_", "-").lower()
    if len(wanted) > LONGEST_TAG:
        return None
    offered = {language.lower(): language for language in languages}
    found = next((offered[each] for each in _candidates(wanted) if each in offered), None)
    if found is None:
        primary = wanted.partition("-")[0]
        found = next((offered[each] for each in offered if each.split("-")[0] == primary), None)
    return found


def _candidates(wanted: str) -> Iterator[str]:
    """Yield a tag, then as CLDR completes it, and then the broader ones."""
    yield wanted
    if likely := _completed(wanted):
        language, script, region = likely
        yield f"{language}-{script}-{region}"
        yield f"{language}-{script}"
        yield f"{language}-{region}"
    yield from broader_tags(wanted)


def _completed(tag: str) -> tuple[str, str, str] | None:
    """Return a tag's language, script and region in lower case, completed where it lacks one."""
    try:
        language, region, script = parse_locale(tag, sep="-")[:3]
    except ValueError:
        return None
    likely = get_global("likely_subtags")
    ways = ((language, script, region), (language, region), (language, script), (language,))
    keys = ("_".join(filter(None, parts)) for parts in ways if all(parts))
    whole = next((likely[key] for key in keys if key in likely), None)
    _, usual_region, usual_script = parse_locale(whole)[:3] if whole else (None,) * 3
    script, region = script or usual_script, region or usual_region
    return (language, script.lower(), region.lower()) if script and region else None


def choose_language(tags: Sequence[str], browser: str, languages: Sequence[str]) -> str:
    """Choose a page's language; English where there are no languages to choose from.

    Parameters
    ----------
    tags
        What the address asks for; the first that there is counts.
    browser
        What the browser wants: a locale such as ``zh-CN``, or a whole ``Accept-Language`` such as
        ``fr, en-GB;q=0.8``.
    languages
        What there is to choose from; the first is for who wants none of them.
    """
    wanted = (*tags, *_accepted(browser))
    found = filter(None, (look_up(tag, languages) for tag in wanted))
    return next(found, next(iter(languages), LAST_RESORT))


def _accepted(accept_language: str) -> list[str]:
    """Return the tags of an ``Accept-Language``, the most wanted first."""
    weights: dict[str, float] = {}
    for part in accept_language.split(",")[:MOST_LANGUAGES]:
        tag, _, weight = part.lower().partition(";")
        name, _, number = weight.strip().partition("=")
        try:
            quality = float(number) if name == "q" else 1.0
        except ValueError:
            quality = 0.0
        weights.setdefault(tag, quality)
    wanted = [tag for tag, quality in weights.items() if quality > 0]
    return sorted(wanted, key=weights.__getitem__, reverse=True)
