"""People with what they do, firms and places, as far as rules find them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stories.authoring.draft.vocabulary import Vocabulary, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stories.authoring.draft.article import Paragraph

_LEAD = re.compile(
    r"^.*(?:以及|项目)(?=.{4})|"
    r"^.*?(?:位于|走进|走入|来到|进入|据了解|当天签约的|签约的|反馈给|今年|在|与|和|向|从|到|是|由|以|的|了|对|为|为了)(?=.{2})"
)
_CAPITALS = r"[A-Z][\w’'&-]*(?:\s(?:of|and|the|&)?\s?[A-Z][\w’'&-]*){0,5}"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something that the article names."""

    name: str
    what: str
    """`person`, `firm` or `place`."""
    quote: str
    paragraph: int
    line: int
    role: str = ""


def named_in(paragraphs: Iterable[Paragraph], lang: str) -> list[Named]:
    """Return what is named, each name once, in the article's order."""
    words = vocabulary(lang)
    found: dict[tuple[str, str], Named] = {}
    for each in paragraphs:
        for name, what, quote, role in _in_text(each.text, words):
            found.setdefault((what, name), Named(name, what, quote, each.number, each.line, role))
    names = {name for _, name in found}
    return [
        named for (what, name), named in found.items()
        if what == "person" or not any(name != other and name in other for other in names)
    ]  # fmt: skip


def _in_text(text: str, words: Vocabulary) -> Iterable[tuple[str, str, str, str]]:
    yield from _people(text, words)
    for what, key in (("firm", "firms"), ("place", "places")):
        endings = "|".join(map(re.escape, words.words(key, "endings")))
        if words.is_spaced:
            pattern = rf"\b{_CAPITALS}\s(?:{endings})\b"
        else:
            pattern = rf"[\u4e00-\u9fffA-Za-z0-9（）]{{2,20}}?(?:{endings})"
        for match in re.finditer(pattern, text):
            name = match[0] if words.is_spaced else _trimmed(match[0])
            if "各" in name or re.search("[0-9]", name):
                continue
            if len(name) >= 4 and not re.match(r"(?:该|本|各|这|那|多|几|一)", name):  # noqa: PLR2004
                yield re.sub(r"^(?:The|At|In|By|From)\s", "", name), what, name, ""


def _trimmed(name: str) -> str:
    while (match := _LEAD.match(name)) and len(name) - match.end() >= 4:  # noqa: PLR2004
        name = name[match.end() :]
    return name


def _people(text: str, words: Vocabulary) -> Iterable[tuple[str, str, str, str]]:
    roles = "|".join(map(re.escape, sorted(words.words("people", "roles"), key=len, reverse=True)))
    after = "|".join(map(re.escape, words.words("people", "after")))
    forms: tuple[str, ...]
    if words.is_spaced:
        name = r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){1,2}"
        forms = (
            rf"(?P<name>{name}),\s(?:the\s|a\s|an\s)?(?P<role>[^,.;]{{0,40}}\b(?:{roles})\b[^,.;]{{0,40}}),",
            rf"(?P<role>\b(?:{roles})\b(?:\s(?:of|at)\s[^,.;]{{2,30}})?,?)\s(?P<name>{name})",
            rf"(?P<role>)(?P<name>{name})\s(?:{after})\b",
        )
    else:
        surnames = words.text("people", "surnames")
        forms = (
            rf"(?P<role>[\u4e00-\u9fff、]{{0,12}}(?:{roles}))(?P<name>[{surnames}][\u4e00-\u9fff]{{1,2}}?)(?={after})",
        )
    for form in forms:
        for match in re.finditer(form, text):
            role = match["role"].strip(" ,")
            yield match["name"], "person", match[0].strip(" ,"), role
