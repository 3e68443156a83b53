"""The words of a story as Markdown: its scenes, and the links from numbers to their figures.

A scene is a fenced container, read by the Markdown library's own plugin: a line
``::: scene foundries``, the passage, and a line ``:::``.
"""

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape
from mdit_py_plugins.container import container_plugin

from faults import shown
from stories.model.media_marks import MEDIA, Place, media_plugin, replace_marks
from stories.model.text import SLUG

FIGURE = "#figure-"
"""What the address of a figure on its page begins with."""
FIGURE_LINK = re.compile(r"\[([^\[\]\n]*+)\]\(#figure-([^()\s]*+)\)")
"""A link to a figure: its words, and the figure's id."""
_OPEN, _CLOSE = "container_scene_open", "container_scene_close"
_MARK = re.compile(r"^ {0,3}:{3,}[^\n]*$", re.MULTILINE)
_CLOSING = re.compile(r" {0,3}:{3,}[ \t]*")
_LINE_END = re.compile(r"\r\n?|\n")  # as the Markdown library has it
_LONGEST_ID = 60
_HOW = "write `::: scene ` and the id of one of the story's scenes"


@dataclass(frozen=True, slots=True)
class ProseFault:
    """What is wrong in which line of a story's words."""

    line: int
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Part:
    """A scene's passage, or what stands outside scenes."""

    scene: str | None
    line: int
    """Its first line in the body, counted from 1; that of a scene's mark."""
    markdown: str
    tokens: Sequence[Token]
    env: dict[str, Any]
    """What the Markdown library keeps of the whole text, such as targets of links."""

    def html(self, figures: Collection[str] = (), place: Place | None = None) -> Markup:
        """Return the part as HTML.

        Parameters
        ----------
        figures
            Ids of the figures that are on the page; links to others are words only.
        place
            Draws the media that a mark names; without it they are left out.
        """
        for token in self.tokens:
            _link_figures(token.children or [], figures)
        md = _markdown()
        return Markup(md.renderer.render(self.tokens, md.options, {**self.env, MEDIA: place}))  # noqa: S704  # the renderer escapes


@dataclass(frozen=True, slots=True)
class Body:
    """A story's body, part by part, and what is wrong with its marks."""

    parts: tuple[Part, ...]
    faults: tuple[ProseFault, ...]

    @property
    def scenes(self) -> dict[str, int]:
        """Line of each scene's mark by the scene's id."""
        return {part.scene: part.line for part in self.parts if part.scene is not None}


@cache
def _markdown() -> MarkdownIt:
    # Raw HTML stays text; pictures would be fetched from somebody else's server.
    md = MarkdownIt("commonmark", {"html": False}).disable("image")
    md.use(container_plugin, "scene", validate=lambda _params, _markup: True)
    return md.use(media_plugin)  # whose marks no scene takes


def read_body(text: str) -> Body:
    """Divide a story's body into scenes and what stands between them."""
    env: dict[str, Any] = {}
    tokens, lines = _markdown().parse(text, env), _LINE_END.split(text)
    parts: list[Part] = []
    outside: list[Token] = []
    begin, rest = 0, iter(tokens)

    def end_outside(line: int) -> None:
        if outside:
            markdown = "\n".join(lines[begin:line]).strip("\n")
            parts.append(Part(None, begin + 1, markdown, tuple(outside), env))
            outside.clear()

    for token in rest:
        if token.type != _OPEN:  # those within a container were taken with it
            outside.append(token)
            continue
        top, bottom = token.map or (0, 0)
        end_outside(top)
        inside = tuple(itertools.takewhile(lambda each: not _ends_scene(each), rest))
        markdown = "\n".join(lines[top + 1 : bottom]).strip("\n")
        parts.append(Part(_scene_id(token), top + 1, markdown, inside, env))
        begin = bottom + 1
    end_outside(len(lines))
    return Body(tuple(parts), tuple(_faults(tokens, lines)))


def _ends_scene(token: Token) -> bool:
    return token.type == _CLOSE and token.level == 0


def _scene_id(opening: Token) -> str | None:
    """Return the id that an opening mark gives, if it is one of a scene."""
    match opening.info.split():
        case ["scene", name] if len(name) <= _LONGEST_ID and re.fullmatch(SLUG, name):
            return name
    return None


def _faults(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[ProseFault]:
    """Find marks that begin no scene, scenes within another, and those that do not end."""
    seen: set[str] = set()
    around: list[Token] = []
    for token, after in zip(tokens, [*tokens[1:], None], strict=False):
        if token.type == _CLOSE:
            around.pop()
        if token.type != _OPEN:
            continue
        fault = _mark_fault(token, around, seen)
        top, bottom = token.map or (0, 0)
        around.append(token)
        if fault is None and not (bottom < len(lines) and _CLOSING.fullmatch(lines[bottom])):
            fault = "the scene has no end", "write `:::` on a line of its own below its passage"
        elif fault is None and after is not None and after.type == _CLOSE:
            fault = "the scene has no words", "write its passage, or take out the two marks"
        if fault:
            yield ProseFault(top + 1, *fault)


def _mark_fault(token: Token, around: Sequence[Token], seen: set[str]) -> tuple[str, str] | None:
    """Say what is wrong with a line that begins with `:::`, and the mend."""
    name = _scene_id(token)
    if name is None:
        return _unknown_mark(token)
    if around:
        what = f"the scene {name!r} begins before the one above has ended"
        return what, "write `:::` on a line of its own before it"
    if token.level:
        what = f"the scene {name!r} stands in a list or a quotation"
        return what, "begin its line at the margin, below an empty line"
    if name in seen:
        return f"the scene {name!r} stands here a second time", "keep one, or rename it"
    seen.add(name)
    return None


def _unknown_mark(token: Token) -> tuple[str, str]:
    word, _, name = token.info.strip().partition(" ")
    if not word:
        return "`:::` ends a scene, but none has begun", f"{_HOW} above, or take the line out"
    if word != "scene":
        mark = shown(f"{token.markup} {token.info.strip()}")
        return f"{mark} is no mark that is known here", _HOW
    return f"a scene cannot be called {shown(name)}", _HOW


def _link_figures(tokens: Sequence[Token], figures: Collection[str]) -> None:
    """Mark links to figures as such; of those to figures that are not here keep the words."""
    ending = False
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrGet("href") or "")
            known = address.removeprefix(FIGURE) in figures
            if address.startswith(FIGURE) and known:
                token.attrSet("class", "to-figure")
            elif address.startswith(FIGURE):
                token.hidden = ending = True
        elif token.type == "link_close" and ending:
            token.hidden, ending = True, False


def markdown_html(markdown: str, figures: Collection[str] = ()) -> Markup:
    """Turn a story's body into HTML: paragraphs, emphasis, lists, quotes and links.

    Parameters
    ----------
    markdown
        The body; marks of scenes are left out.
    figures
        Ids of the figures that have a place on the page; links to others are words only.
    """
    return Markup("").join(part.html(figures) for part in read_body(markdown).parts)


def without_figure_links(text: str) -> str:
    """Put the words of links to figures in the links' place."""
    return FIGURE_LINK.sub(r"\1", text)


def plain_markdown(body: str, place: Place | None = None) -> str:
    """Return a body for readers elsewhere: without marks of scenes and links to figures.

    Parameters
    ----------
    body
        The body.
    place
        Says in Markdown what a mark of media shows; without it they are left out.
    """
    parts = (part.markdown for part in read_body(body).parts)
    whole = without_figure_links("\n\n".join(part for part in parts if part))
    return replace_marks(whole, place or (lambda _: ""))


def without_marks(text: str) -> str:
    """Blank the marks of scenes out; every other character keeps its place."""
    return _MARK.sub(lambda mark: " " * len(mark[0]), text)


def figure_html(line: str, figures: Collection[str]) -> Markup:
    """Return a line of plain words as HTML, in which only links to figures are markup."""
    pieces, seen = [], 0
    for link in FIGURE_LINK.finditer(line):
        pieces.append(escape(line[seen : link.start()]))
        words, figure = link.groups()
        known = Markup('<a href="{}{}" class="to-figure">{}</a>').format(FIGURE, figure, words)
        pieces.append(known if figure in figures else escape(words))
        seen = link.end()
    return Markup("").join([*pieces, escape(line[seen:])])
