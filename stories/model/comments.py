"""Comments in a story's text: ``<!-- for the editor -->``, which no reader gets."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

BEGIN, END = "<!--", "-->"


def comments_plugin(markdown: MarkdownIt) -> None:
    """Let Markdown leave comments out, on lines of their own and within a line."""
    markdown.block.ruler.before(
        "fence", "comment", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    markdown.inline.ruler.before("autolink", "comment", _inline)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    begin = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith(BEGIN, begin):
        return False
    ending = _end(state.src, begin)
    last = bisect_left(state.eMarks, ending, start, end)
    if ending < 0 or last == end or state.src[ending : state.eMarks[last]].strip():
        return False  # it is open, or words follow in the line, which is a paragraph
    if not silent:
        state.line = last + 1
    return True


def _inline(state: StateInline, silent: bool) -> bool:  # noqa: ARG001, FBT001
    if not state.src.startswith(BEGIN, state.pos):
        return False
    ending = _end(state.src, state.pos)
    if not 0 < ending <= state.posMax:
        return False
    state.pos = ending
    return True


def _end(text: str, begin: int) -> int:
    """Return where the comment ends that begins there; -1 where it does not."""
    for short in ("<!-->", "<!--->"):
        if text.startswith(short, begin):
            return begin + len(short)
    found = text.find(END, begin + len(BEGIN))
    return found + len(END) if found >= 0 else -1


def _spans(text: str) -> Iterator[tuple[int, int]]:
    begin = text.find(BEGIN)
    while begin >= 0 and (end := _end(text, begin)) >= 0:
        yield begin, end
        begin = text.find(BEGIN, end)


def blank_comments(text: str) -> str:
    """Blank comments out; every other character keeps its place."""
    return _replaced(text, lambda comment: re.sub(r"[^\n]", " ", comment))


def without_comments(text: str) -> str:
    """Leave comments out, and the lines that held nothing else."""
    left = _replaced(text, lambda _: _GONE)
    left = re.sub(f"(?m)^[ \t]*{_GONE}[ \t]*(?:\n|\\Z)", "", left).replace(_GONE, "")
    return re.sub(r"\n{3,}", "\n\n", left)


_GONE = "\ue000"
"""Stands for a comment."""


def _replaced(text: str, by: Callable[[str], str]) -> str:
    pieces, seen = [], 0
    for begin, end in _spans(text):
        pieces += [text[seen:begin], by(text[begin:end])]
        seen = end
    return "".join([*pieces, text[seen:]])
