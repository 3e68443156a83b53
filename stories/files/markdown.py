"""The words of a story: a headline, a lead and a body in one Markdown file per language."""

import re
from dataclasses import dataclass

from stories.model.atlas import StoryText

_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_LINE_END = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*|\s*\n\s*(?=[\u3000-\u9fff])")


@dataclass(frozen=True, slots=True)
class ProseFault:
    """What is wrong in which line of a story's words."""

    line: int
    what: str
    mend: str


def parse_story_text(text: str) -> StoryText | ProseFault:
    """Split a story into its headline (``# …``), its lead (first paragraph) and its body."""
    begin = len(text) - len(text.lstrip())
    line = text.count("\n", 0, begin) + 1
    heading, _, rest = text.strip().partition("\n")
    if not heading.startswith("# ") or not heading[2:].strip():
        return ProseFault(
            line, "the headline is missing", "begin the file with `# ` and a headline"
        )
    lead, *body = _PARAGRAPHS.split(rest.strip(), maxsplit=1)
    if not lead or lead.startswith("#"):
        mend = "write the first paragraph below the headline"
        return ProseFault(line, "the lead is missing", mend)
    return StoryText(
        headline=heading[2:].strip(),
        lead=_one_line(lead),
        body_markdown=body[0].strip() if body else "",
    )


def _one_line(paragraph: str) -> str:
    """Join broken lines: without a space beside Chinese, with one elsewhere."""
    return re.sub(r"\s*\n\s*", " ", _LINE_END.sub("", paragraph)).strip()
