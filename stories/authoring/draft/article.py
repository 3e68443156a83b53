"""An article's headings and paragraphs, numbered as the check numbers them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stories.authoring.draft.readers import Block
from stories.authoring.draft.vocabulary import Vocabulary, vocabulary
from stories.files.source_text import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ENDS = tuple("。！？…”』」》.!?\"')）；;:：")
_LONGEST_HEADING = {True: 100, False: 40}
_MOST_WORDS = 16
_REST = re.compile("[^。！？“《]{1,6}[。！？]")
"""What a Chinese paragraph begins with that was cut just before the end of a sentence."""
_WRAPPED = 45
"""Letters from which a line that breaks in mid-sentence may be one of a wrapped paragraph."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one line, and where the file has it."""

    text: str
    line: int
    number: int = 0
    """Which one it is below the heading that the check counts from."""


@dataclass(slots=True)
class Section:
    """A heading with the paragraphs below it."""

    heading: str
    line: int
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return heading and paragraphs as one text."""
        return "\n".join([self.heading, *(each.text for each in self.paragraphs)])


@dataclass(slots=True)
class Article:
    """An article as it is kept beside the atlas: headings and paragraphs in lines of their own."""

    title: str
    lang: str
    sections: list[Section]

    @property
    def text(self) -> str:
        """Return it as the file that the check looks quotes up in."""
        parts = [part for each in self.sections for part in (each.heading,
                 *(paragraph.text for paragraph in each.paragraphs))]  # fmt: skip
        return "\n\n".join(parts) + "\n"

    def number(self, headings: Sequence[str]) -> None:
        """Give the paragraphs the check's numbers, for stories drawn from `headings`."""
        text = self.text
        for section in self.sections:
            counted = paragraphs(text, section.heading, headings)
            at, numbered = 0, []
            for each in section.paragraphs:
                while at < len(counted) and each.text not in counted[at]:
                    at += 1
                numbered.append(Paragraph(each.text, each.line, at + 1))
            section.paragraphs = numbered


def as_article(blocks: Iterable[Block], lang: str, name: str) -> Article:
    """Find headings and paragraphs; `name` is the title where the article has none."""
    words = vocabulary(lang)
    whole = _joined(list(_unwrapped(list(blocks), words)), words)
    says_headings = any(block.heading for block in whole)
    sections: list[Section] = []
    seen: set[str] = set()
    for index, block in enumerate(whole):
        following = whole[index + 1].text if index + 1 < len(whole) else ""
        is_heading = block.heading or (
            (not says_headings or index == 0) and _looks_like_heading(block, following, words)
        )
        if is_heading and block.text not in seen:
            sections.append(Section(block.text, block.line))
        elif sections:
            sections[-1].paragraphs.append(Paragraph(block.text, block.line))
        else:
            sections.append(Section(name, 0, [Paragraph(block.text, block.line)]))
        seen.add(block.text)
    return Article(sections[0].heading, lang, sections)


def _looks_like_heading(block: Block, following: str, words: Vocabulary) -> bool:
    text = block.text
    said = text.rstrip('”』」》"’')  # a heading may end with a name, or with words of somebody
    if len(text) > _LONGEST_HEADING[words.is_spaced] or said.endswith((*_ENDS, "，", ",", "、")):
        return False
    if re.search("[。；！？]" if not words.is_spaced else r"[.;!?]\s", text) or not following:
        return False
    if any(word in text[:12] for word in words.words("bylines")) or re.fullmatch(
        r"[\W\d年月日]+", text
    ):
        return False
    if not words.is_spaced:
        return True
    return len(text.split()) <= _MOST_WORDS and not text[0].islower()


def _unwrapped(blocks: list[Block], words: Vocabulary) -> Iterable[Block]:
    """Yield whole paragraphs: lines that break in mid-sentence belong to one.

    Where nothing parts the lines, each is a paragraph.
    """
    group: list[Block] = []
    for block in [*blocks, Block("", 0)]:
        if group and (block.parted or (block.heading is not None and block.heading)):
            yield from _paragraphs_of(group, words)
            group = []
        group.append(block)


def _paragraphs_of(group: list[Block], words: Vocabulary) -> Iterable[Block]:
    if len(group) == 1:
        yield from group
        return
    first, *rest = group
    length = _WRAPPED if words.is_spaced else _WRAPPED // 3
    if len(first.text) * 2 < min(
        len(first.text) * 2 + 1, *(len(each.text) for each in rest[:1])
    ) and (_looks_like_heading(first, rest[0].text, words)):
        yield first
        yield from _paragraphs_of(rest, words)
        return
    broken = [not each.text.endswith(_ENDS) and len(each.text) >= length for each in group[:-1]]
    if sum(broken) * 2 < len(broken):
        yield from (Block(each.text, each.line, each.heading) for each in group)
        return
    gap = " " if words.is_spaced else ""
    yield Block(gap.join(each.text for each in group), first.line, first.heading)


def _joined(blocks: list[Block], words: Vocabulary) -> list[Block]:
    """Join a paragraph that a page or column break has cut in mid-sentence."""
    gap = " " if words.is_spaced else ""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        is_cut = (
            before is not None
            and not before.heading
            and not block.heading
            and not before.text.endswith(_ENDS)
            and (_is_long(before.text, words) or _REST.match(block.text))
            and not (words.is_spaced and not block.text[0].islower())
        )
        if is_cut and before is not None:
            joined[-1] = Block(before.text + gap + block.text, before.line, before.heading)
        else:
            joined.append(block)
    return joined


def _is_long(text: str, words: Vocabulary) -> bool:
    """Whether a text without an end is a cut paragraph rather than a heading or a caption."""
    return len(text) > (_WRAPPED * 2 if words.is_spaced else _WRAPPED * 0.6) or bool(
        re.search("[。；！？]", text)
    )
