"""Find sections and paragraphs in the plain text that an atlas is drawn from."""

import re
from collections.abc import Iterable

_ENDS_A_SENTENCE = tuple("。！？…”』」》.!?\"')）")


def paragraphs(text: str, heading: str, headings: Iterable[str]) -> list[str]:
    """Return the paragraphs below `heading`, up to the next of `headings`.

    Blank lines part the paragraphs. One that stops in mid-sentence, as at the foot of a column,
    runs on in the next and counts once with it.

    Raises
    ------
    ValueError
        The text has no such heading.
    """
    lines = [line.strip() for line in text.splitlines()]
    if heading not in lines:
        raise ValueError(f"no line of the source reads {heading!r}")
    begin = lines.index(heading) + 1
    ends = [lines.index(each) for each in headings if each in lines]
    end = min((place for place in ends if place >= begin), default=len(lines))
    joined: list[str] = []
    for block in filter(None, re.split(r"\n\s*\n", "\n".join(lines[begin:end]).strip())):
        if joined and not joined[-1].endswith(_ENDS_A_SENTENCE):
            joined[-1] += block
        else:
            joined.append(block)
    return joined
