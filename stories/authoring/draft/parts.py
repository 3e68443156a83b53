"""Which division each section of an article is about; what is not plain is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stories.authoring.draft.vocabulary import Vocabulary, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from stories.authoring.draft.article import Article, Paragraph, Section

COUNTY = ""
"""Stands for the whole, where a part is about no single division."""
_SHORTEST = {True: 3, False: 2}
_COUNTY_WORDS = ("County", "City", "District")


@dataclass(frozen=True, slots=True)
class Part:
    """Some paragraphs below a heading, and the divisions that they may be about."""

    heading: str
    line: int
    paragraphs: tuple[Paragraph, ...]
    candidates: tuple[str, ...]
    """Slugs: one, where it is plain; none, where it is about the whole; several are asked."""

    @property
    def text(self) -> str:
        """Return its paragraphs as one text."""
        return "\n".join(each.text for each in self.paragraphs)


Ask = Callable[[Part], str | None]
"""Says which of a part's candidates is meant, `COUNTY` for none; None where nobody knows."""


class Names:
    """The names of the divisions in the article's language, with and without what they are."""

    def __init__(self, names: Mapping[str, str], lang: str) -> None:
        """Take the divisions' names by slug."""
        words = vocabulary(lang)
        self._words = words
        by_name: dict[str, set[str]] = {}
        for slug, name in names.items():
            for form in {name, _short(name, words)}:
                by_name.setdefault(form.casefold(), set()).add(slug)
        self._by_name = by_name
        listed = "|".join(map(re.escape, sorted(by_name, key=len, reverse=True))) or "(?!)"
        edge = r"(?<!\w)", r"(?!\w)"
        body = f"{edge[0]}(?:{listed}){edge[1]}" if words.is_spaced else f"(?:{listed})"
        self._pattern = re.compile(body, re.IGNORECASE)

    def in_text(self, text: str) -> tuple[str, ...]:
        """Return the divisions that a text may name, in its order.

        A short form that several share stands for each, unless one is named in full, too.
        """
        found: dict[str, None] = {}
        said = [self._by_name[match[0].casefold()] for match in self._pattern.finditer(text)]
        sure = {slug for slugs in said if len(slugs) == 1 for slug in slugs}
        for slugs in said:
            for slug in sorted(slugs & sure or slugs):
                found[slug] = None
        return tuple(found)


def _short(name: str, words: Vocabulary) -> str:
    for kind in sorted(words.words("town_kinds"), key=len, reverse=True):
        short = name.removesuffix(f" {kind}" if words.is_spaced else kind).strip()
        if short != name and len(short) >= _SHORTEST[words.is_spaced]:
            return short
    return name


def parts_of(article: Article, names: Names) -> list[Part]:
    """Return the parts of an article in its order.

    A heading that names a division decides, else the paragraphs below it do. Where one heading
    stands for the whole article, each paragraph goes with the division that it names, or with that
    of the one before.
    """
    sections = [section for section in article.sections if section.paragraphs]
    several = len(sections) == 1 and len(names.in_text(sections[0].text)) > 1
    if several and not names.in_text(sections[0].heading):
        return list(_by_paragraph(sections[0], names))
    return [
        Part(
            section.heading,
            section.line,
            tuple(section.paragraphs),
            names.in_text(section.heading) or names.in_text(section.text),
        )
        for section in sections
    ]


def _by_paragraph(section: Section, names: Names) -> Iterable[Part]:
    now: tuple[str, ...] = ()
    for each in section.paragraphs:
        now = names.in_text(each.text) or now
        yield Part(section.heading, each.line, (each,), now)


def settled(
    parts: Iterable[Part], answers: Mapping[int, str], ask: Ask
) -> tuple[list[Part], list[Part]]:
    """Return the parts with one candidate at most, and those about which nobody knows.

    Parameters
    ----------
    parts
        The parts.
    answers
        What an editor has said beforehand: slugs by the line of a part's heading.
    ask
        Asks about the others.
    """
    known, unknown = [], []
    for part in parts:
        answer = answers.get(part.line)
        if answer is None and len(part.candidates) > 1:
            answer = ask(part)
            if answer is None:
                unknown.append(part)
                continue
        if answer is not None:
            part = replace(part, candidates=(answer,) if answer != COUNTY else ())  # noqa: PLW2901
        known.append(part)
    return known, unknown


def by_division(parts: Sequence[Part]) -> dict[str, list[Part]]:
    """Return the parts by slug, those about the whole under `COUNTY`."""
    found: dict[str, list[Part]] = {}
    for part in parts:
        found.setdefault(part.candidates[0] if part.candidates else COUNTY, []).append(part)
    return found
