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
from markupsafe import Markup
from mdit_py_plugins.container import container_plugin

from faults import shown
from stories.model.comments import blank_comments, comments_plugin, without_comments
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
_HIGHEST, _LOWEST = 3, 6
"""Levels of headings on the page, whose headline is of level 2."""
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
    # Raw HTML stays text; pictures, which somebody else's server would send, are left out.
    md = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    md.add_render_rule("image", lambda *_: "")
    md.use(comments_plugin).use(container_plugin, "scene", validate=lambda _params, _markup: True)
    return md.use(media_plugin)  # whose marks no scene takes


def read_body(text: str) -> Body:
    """Divide a story's body into scenes and what stands between them."""
    env: dict[str, Any] = {}
    tokens, lines = _markdown().parse(text, env), _LINE_END.split(text)
    _set_below_headline(tokens)
    _leave_out_pictures(tokens)
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


def _set_below_headline(tokens: Sequence[Token]) -> None:
    """Give headings the levels below that of the story's headline."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = int(token.tag[1:])
            token.tag = f"h{min(max(level + 1, _HIGHEST), _LOWEST)}"


def _leave_out_pictures(tokens: Sequence[Token]) -> None:
    """Leave out paragraphs that hold nothing but pictures."""
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        children = token.children or []
        nothing = {"image", "softbreak"}
        if children and before.type == "paragraph_open" and not before.hidden:
            before.hidden = after.hidden = all(each.type in nothing for each in children)


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
    whole = without_comments(without_figure_links("\n\n".join(part for part in parts if part)))
    return replace_marks(whole, place or (lambda _: ""))


def without_marks(text: str) -> str:
    """Blank the marks of scenes and comments out; every other character keeps its place."""
    return _MARK.sub(lambda mark: " " * len(mark[0]), blank_comments(text))


def lead_html(markdown: str, figures: Collection[str] = ()) -> Markup:
    """Return a lead, one line of Markdown, as HTML.

    Parameters
    ----------
    markdown
        The lead.
    figures
        Ids of the figures that have a place on the page; links to others are words only.
    """
    md, env = _markdown(), dict[str, Any]()
    tokens = md.parseInline(markdown, env)
    for token in tokens:
        _link_figures(token.children or [], figures)
    return Markup(md.renderer.render(tokens, md.options, env))  # noqa: S704  # the renderer escapes


def plain_words(markdown: str) -> str:
    """Return the words of one line of Markdown, without its marks."""
    pieces = (_words(token.children or []) for token in _markdown().parseInline(markdown))
    return " ".join("".join(pieces).split())


def _words(tokens: Sequence[Token]) -> str:
    said = {"softbreak": " ", "hardbreak": " ", "image": ""}
    return "".join(said.get(token.type, token.content) for token in tokens)


_ODD = (
    (re.compile(r"<!--"), "the comment has no end, and readers get it", "end it with `-->`"),
    (
        re.compile(r"\[\^[^\]\s]+\]"),
        "footnotes are not read here",
        "put the note into the sentence, or into the `note` of a figure",
    ),
    (
        re.compile(r"</?[A-Za-z][^<>]*>"),
        "HTML is shown as it is written",
        "write it in Markdown: *emphasis*, **bold**, [words](https://…)",
    ),
    (
        re.compile(r"(?<![\"'=(])https?://[^\s<>]+"),
        "the address is no link",
        "put it in pointed brackets: <…>",
    ),
    (
        re.compile(r"(?<=[^\W_])([~^])[^\W_]+\1"),
        "raised and lowered signs are not read here",
        "write the signs themselves: ₂, ²",
    ),
    (
        re.compile(r"(?<![\w:]):[a-z][a-z0-9_]+:(?![\w:])"),
        "names of emoji are not read here",
        "write the emoji itself, or take it out",
    ),
    (
        re.compile(r"^\[[ xX]\] "),
        "lists of tasks are not read here",
        "take the square brackets out",
    ),
)
"""What other programs make of Markdown and this page does not, with the mend."""
PICTURE_FAULT = "pictures are not shown by `![…](…)`"
PICTURE_MEND = "describe it under `media`, and place it with `::: picture … :::`"


def odd_marks(text: str) -> Iterator[ProseFault]:
    """Find marks that an editor may expect to do more than they do here; lines count from 1.

    Pictures are among them: they would be fetched from somebody else's server.
    """
    is_first = True
    lines = _LINE_END.split(text)
    for token in _markdown().parse(text):
        top, bottom = token.map or (0, 0)
        if token.type == "heading_open" and token.tag == "h1":
            if not is_first:
                what = "the story has a second headline"
                yield ProseFault(top + 1, what, "write `## ` before a heading within it")
            is_first = False
        for what, mend, sign in _odd_in(token.children or []):
            at = next((n for n in range(top, bottom) if sign in lines[n]), top)
            yield ProseFault(at + 1, what, mend)


def _odd_in(tokens: Sequence[Token]) -> Iterator[tuple[str, str, str]]:
    """Yield what is odd in a paragraph, the mend, and a sign that its line has."""
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("link_") else 0
        if token.type == "image":
            yield PICTURE_FAULT, PICTURE_MEND, "!["
        if token.type != "text":
            continue
        for pattern, what, mend in _ODD:
            found = pattern.search(token.content)
            if found and not (depth and found[0].startswith("http")):
                yield f"{what}: {shown(found[0].strip())}", mend, found[0]
