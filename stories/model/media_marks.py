"""The marks by which a story's text places its media, each a line of its own.

::

    ::: picture workshop :::
    ::: gallery workshop kiln shop :::
    ::: compare street-1990 street-2024 :::

A sound, a film or a link is placed by ``::: sound``, ``::: film`` and ``::: link``. The colons at
the end may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict


class MarkKind(StrEnum):
    """In which form media stand in the text."""

    PICTURE = "picture"
    GALLERY = "gallery"
    COMPARE = "compare"
    SOUND = "sound"
    FILM = "film"
    LINK = "link"


MEDIA = "media"
"""A kind of Markdown's tokens, and where its environment has what draws them."""
PAIR = 2
MOST_IN_GALLERY = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of a text."""

    kind: str
    """The word behind the colons: one of `MarkKind`, unless it is mistyped."""
    ids: tuple[str, ...]
    start: int = 0
    """Where it begins, in characters."""

    def fault(self) -> tuple[str, str] | None:
        """Return what is wrong with how many media it names, and the mend."""
        count = len(self.ids)
        if self.kind == MarkKind.COMPARE and count != PAIR:
            return f"`::: compare` names {count} pictures", "name two, the earlier one first"
        if self.kind == MarkKind.GALLERY and not 1 <= count <= MOST_IN_GALLERY:
            what = f"`::: gallery` names {count} pictures"
            return what, f"name up to {MOST_IN_GALLERY} ids after it"
        if self.kind not in {MarkKind.COMPARE, MarkKind.GALLERY} and count != 1:
            return f"`::: {self.kind}` names {count} media", "name one id after it"
        return None


Place = Callable[[Mark], str]
"""Draws a mark, as HTML."""
_KINDS = "|".join(MarkKind)
LINE = re.compile(rf"[ ]{{0,3}}:::+[ \t]*({_KINDS})(?:[ \t]+([^:\n]*?))?[ \t]*:*[ \t]*")
"""A whole line that is a mark."""
_LINES = re.compile(rf"^{LINE.pattern}$", re.MULTILINE)


def read_mark(line: str) -> Mark | None:
    """Return the mark that a line is, if it is one."""
    match = LINE.fullmatch(line)
    return Mark(match[1], tuple((match[2] or "").split())) if match else None


def marks(text: str) -> Iterator[Mark]:
    """Yield all marks of a text in Markdown."""
    for match in _LINES.finditer(text):
        yield Mark(match[1], tuple((match[2] or "").split()), match.start())


def replace_marks(text: str, place: Place) -> str:
    """Return a text in Markdown with other words in the place of each mark."""
    done = _LINES.sub(lambda match: place(Mark(match[1], tuple((match[2] or "").split()))), text)
    return re.sub(r"\n{3,}", "\n\n", done).strip("\n")


def media_plugin(markdown: MarkdownIt) -> None:
    """Let Markdown know these marks, before it takes them for those of scenes.

    What draws them is handed over in the environment, as `MEDIA`; see `Place`.
    """
    markdown.block.ruler.before(
        "container_scene", MEDIA, _rule, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    markdown.add_render_rule(MEDIA, _render_mark)


def _rule(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    mark = None if state.is_code_block(start) else read_mark(line)
    if mark is None:
        return False
    if not silent:
        token = state.push(MEDIA, "", 0)
        token.meta = {"mark": mark}
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def _render_mark(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    env: EnvType,
) -> str:
    place = env.get(MEDIA)
    return str(place(tokens[index].meta["mark"])) if place else ""
