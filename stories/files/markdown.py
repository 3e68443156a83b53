"""The words of a story: a headline, a lead and a body in one Markdown file per language."""

import itertools
import re
from dataclasses import replace

from faults import UNWRITABLE, unwritable
from stories.markdown import ProseFault, plain_words, read_body
from stories.model.atlas import MAX_BODY, StoryText
from stories.model.comments import without_comments
from stories.model.text import MAX_WORDS

__all__ = ["ProseFault", "body_line", "parse_story_text"]

MAX_LINES, MAX_MARKS = 5_000, 5_000
"""Lines, and signs that Markdown may read as markup; a reader waits for the page to be made."""
_MARKS = re.compile(r"[\[\]*_`<&\\!]")
_BEFORE_WORDS = re.compile(r"(?:\s|<!--.*?-->)*+", re.DOTALL)
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_ENDS_CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]\Z")
_BEGINS_CHINESE = re.compile(r"[\u3000-\u9fff]")


def parse_story_text(text: str) -> StoryText | ProseFault:
    """Split a story into its headline (``# …``), its lead (first paragraph) and its body."""
    begin = _past_comments(text)
    line = text.count("\n", 0, begin) + 1
    heading, _, rest = text[begin:].rstrip().partition("\n")
    if not heading.startswith("# ") or not heading[2:].strip():
        return ProseFault(
            line, "the headline is missing", "begin the file with `# ` and a headline"
        )
    if excess := _excess(text) or _too_long(heading, line):
        return excess
    lead, *body = _PARAGRAPHS.split(rest[_past_comments(rest) :], maxsplit=1)
    if lead.startswith(("#", ":::")) or not plain_words(lead):
        mend = "write the first paragraph below the headline"
        return ProseFault(line, "the lead is missing", mend)
    if len(lead) > MAX_WORDS:
        what = f"the lead has {len(lead):,} characters"
        return ProseFault(line + 1, what, f"{_shorten(MAX_WORDS)}, or begin a paragraph")
    told = body[0].strip() if body else ""
    if faults := read_body(told).faults:
        return replace(faults[0], line=faults[0].line + body_line(text, told) - 1)
    written = _one_line(without_comments(lead))
    plain = plain_words(written)
    return StoryText(
        headline=heading[2:].strip(),
        lead=plain,
        body_markdown=told,
        lead_markdown=written if written != plain else "",
    )


def _past_comments(text: str) -> int:
    """Return where the words of a text begin, behind empty lines and comments."""
    begin = _BEFORE_WORDS.match(text)
    return begin.end() if begin else 0


def body_line(text: str, body: str) -> int:
    """Return the line of a file, counted from 1, in which its body begins."""
    return text.count("\n", 0, len(text.rstrip()) - len(body)) + 1


def _too_long(heading: str, line: int) -> ProseFault | None:
    what = f"the headline has {len(heading):,} characters"
    return ProseFault(line, what, _shorten(MAX_WORDS)) if len(heading) > MAX_WORDS else None


def _excess(text: str) -> ProseFault | None:
    """Say which line holds what no page can, or goes beyond what is shown of a story."""
    if match := UNWRITABLE.search(text):
        line = text.count("\n", 0, match.start()) + 1
        return ProseFault(line, f"the text has {unwritable(match[0])}", "delete it there")
    if len(text) > MAX_BODY:
        return ProseFault(1, f"the story has {len(text):,} characters", _shorten(MAX_BODY))
    if (lines := text.count("\n")) > MAX_LINES:
        return ProseFault(MAX_LINES, f"the story has {lines:,} lines", _shorten(MAX_LINES))
    marks = list(_MARKS.finditer(text))
    if len(marks) > MAX_MARKS:
        line = text.count("\n", 0, marks[MAX_MARKS].start()) + 1
        return ProseFault(line, f"{len(marks):,} signs of Markdown", f"use at most {MAX_MARKS:,}")
    return None


def _shorten(most: int) -> str:
    return f"shorten it to {most:,}"


def _one_line(paragraph: str) -> str:
    """Join broken lines: without a space beside Chinese, with one elsewhere."""
    lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
    parts = [
        f"{line}{'' if _ENDS_CHINESE.search(line[-1]) or _BEGINS_CHINESE.match(after) else ' '}"
        for line, after in itertools.pairwise(lines)
    ]
    return "".join([*parts, *lines[-1:]])
