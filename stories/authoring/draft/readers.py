"""Read an article as blocks of text: plain text, Markdown, HTML, .docx, or a PDF with text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from faults import UNWRITABLE, Fault
from faults.plain_file import UnfitFileError, read_file
from stories.errors import DraftError
from stories.files.tables.encoding import Doubt, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MAX_BYTES = 20_000_000
MAX_CHARACTERS = 500_000
MAX_INNER = 50_000_000
"""Bytes of a .docx's text when it is unpacked."""
MAX_PAGES = 300
_KINDS = "text (.txt), Markdown (.md), .docx, .html or a PDF with text"
_SAVE_AS = f"save the article as {_KINDS}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INSTALL = "install it with the extra `draft`: pip install 'county-story-atlas[draft]'"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHINESE = re.compile("[\u4e00-\u9fff]")
_HEADING_STYLE = re.compile(r"(?i)(heading|title|标题|\d)")


@dataclass(frozen=True, slots=True)
class Block:
    """A line or a paragraph of the file."""

    text: str
    line: int
    """Line of the file, or number of the block where the file has no lines."""
    heading: bool | None = None
    """Whether the file says that it is a heading; None where the kind of file cannot say."""
    parted: bool = True
    """Whether an empty line, or the file's own marks, stand before it."""


def read_blocks(path: Path, lang: str) -> list[Block]:
    """Return the blocks of an article.

    Raises
    ------
    DraftError
        The file is of another kind, locked, scanned, damaged or empty.
    """
    name = path.as_posix()
    try:
        data = read_file(path, MAX_BYTES)
    except UnfitFileError as error:
        raise DraftError([Fault(error.what, error.mend, file=name)]) from error
    except OSError as error:
        raise DraftError([Fault(f"cannot be read ({error.strerror})", "name the article’s file",
                                file=name)]) from error  # fmt: skip
    try:
        blocks = [_cleaned(block) for block in _reader(path.suffix.lower(), data)(data, lang)]
    except _RefusedError as refusal:
        raise DraftError([Fault(refusal.what, refusal.mend, file=name)]) from refusal
    blocks = [block for block in blocks if block.text]
    if not blocks:
        raise DraftError([Fault("there is no text in it", _SAVE_AS, file=name)])
    if sum(len(block.text) for block in blocks) > MAX_CHARACTERS:
        what = f"more than {MAX_CHARACTERS:,} characters"
        raise DraftError([Fault(what, "give one article at a time", file=name)])
    return blocks


def language_of(path: Path) -> tuple[str, ...]:
    """Return the languages of an atlas drawn from an article: its own first.

    Raises
    ------
    DraftError
        The article cannot be read.
    """
    text = "".join(block.text for block in read_blocks(path, "zh"))
    letters = sum(letter.isalpha() for letter in text)
    chinese = len(_CHINESE.findall(text))
    return ("zh", "en") if chinese * 5 > letters else ("en", "zh")


class _RefusedError(Exception):
    def __init__(self, what: str, mend: str = _SAVE_AS) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def _cleaned(block: Block) -> Block:
    text = " ".join(UNWRITABLE.sub("", block.text).replace("\u200b", "").split())
    return Block(text, block.line, block.heading, block.parted)


def _reader(suffix: str, data: bytes) -> Callable[[bytes, str], Iterator[Block]]:
    """Choose by what the file holds; its name decides among kinds of text."""
    if data.startswith(b"%PDF"):
        return _pdf
    if data.startswith(b"PK\x03\x04"):
        return _docx
    if data.startswith(_OLD_OFFICE):
        raise _RefusedError("an old Word file (.doc), or a Word file with a password",
                            "take the password off and save it as .docx")  # fmt: skip
    if suffix in {".docx", ".pdf"}:
        raise _RefusedError(f"no {suffix} file, whatever its name says")
    if suffix in {".html", ".htm", ".xhtml"}:
        return _html
    if suffix in {".md", ".markdown"}:
        return _markdown
    if suffix in {"", ".txt", ".text"}:
        return _plain
    raise _RefusedError(f"a file of the kind {suffix} is not read")


def _decoded(data: bytes, lang: str) -> str:
    text = decode(data, dict.fromkeys((lang, "zh", "en")))
    if isinstance(text, Doubt):
        raise _RefusedError(text.refusal.what, "save it as UTF-8")
    if "\0" in text:
        raise _RefusedError("a file of bytes, not of text")
    return text


def _plain(data: bytes, lang: str) -> Iterator[Block]:
    parted = True
    for number, line in enumerate(_decoded(data, lang).splitlines(), start=1):
        if not line.strip():
            parted = True
            continue
        yield Block(line, number, None, parted)
        parted = False


_MARKS = re.compile(r"^\s{0,3}(?:>\s?|[-*+]\s+|\d{1,3}[.)]\s+)")
_EMPHASIS = re.compile(r"(\*\*|__|\*|(?<!\w)_|_(?!\w)|`)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def _markdown(data: bytes, lang: str) -> Iterator[Block]:
    for block in _plain(data, lang):
        line = block.text
        if re.fullmatch(r"\s*(?:[-*_=]\s*){3,}", line):
            continue  # a rule, or the line below a heading
        heading = re.match(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$", line)
        text = heading[1] if heading else _MARKS.sub("", line)
        text = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text))
        is_item = bool(_MARKS.match(line)) and not heading
        yield Block(text, block.line, bool(heading), block.parted or bool(heading) or is_item)


def _html(data: bytes, lang: str) -> Iterator[Block]:
    try:
        from bs4 import BeautifulSoup, Tag  # noqa: PLC0415  # an optional part
    except ImportError as error:
        raise _RefusedError(
            "HTML is read by Beautiful Soup, which is not installed", _INSTALL
        ) from error
    declared = re.search(rb"""<meta[^>]+charset=["']?([\w-]+)""", data[:4096], re.IGNORECASE)
    try:
        text = data.decode(declared[1].decode()) if declared else _decoded(data, lang)
    except (LookupError, UnicodeDecodeError):
        text = _decoded(data, lang)
    soup = BeautifulSoup(text, "html.parser")
    for tag in soup(["script", "style", "nav", "footer", "noscript", "template", "head", "aside"]):
        tag.decompose()
    body = soup.find("article") or soup.find("main") or soup.body or soup
    kinds = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "blockquote", "td", "figcaption"]
    assert isinstance(body, Tag)
    found = [tag for tag in body.find_all(kinds) if isinstance(tag, Tag) and not tag.find(kinds)]
    if not found:
        for number, line in enumerate(body.get_text("\n").splitlines(), start=1):
            yield Block(line, number, None)
    for tag in found:
        yield Block(tag.get_text(), tag.sourceline or 0, tag.name[0] == "h" and len(tag.name) == 2)  # noqa: PLR2004


def _docx(data: bytes, _lang: str) -> Iterator[Block]:
    try:
        with ZipFile(BytesIO(data)) as packed:
            if "word/document.xml" not in packed.namelist():
                raise _RefusedError("a packed file, but no .docx")
            if packed.getinfo("word/document.xml").file_size > MAX_INNER:
                raise _RefusedError(f"its text is larger than {MAX_INNER:,} bytes")
            root = fromstring(packed.read("word/document.xml"))
    except (BadZipFile, ParseError, DefusedXmlException, RuntimeError, OSError) as error:
        raise _RefusedError("a damaged or locked .docx") from error
    for number, paragraph in enumerate(root.iter(f"{_WORD}p"), start=1):
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        name = style.get(f"{_WORD}val", "") if style is not None else ""
        is_heading = True if name and _HEADING_STYLE.match(name) else None
        for text in _runs(paragraph).split("\n"):
            yield Block(text, number, is_heading)


def _runs(paragraph: object) -> str:
    parts = []
    for node in paragraph.iter():  # type: ignore[attr-defined]
        if node.tag == f"{_WORD}t":
            parts.append(node.text or "")
        elif node.tag == f"{_WORD}tab":
            parts.append(" ")
        elif node.tag in {f"{_WORD}br", f"{_WORD}cr"}:
            parts.append("\n")
    return "".join(parts)


def _pdf(data: bytes, _lang: str) -> Iterator[Block]:
    try:
        from pypdf import PdfReader  # noqa: PLC0415  # an optional part
        from pypdf.errors import PyPdfError  # noqa: PLC0415
    except ImportError as error:
        raise _RefusedError("PDF is read by pypdf, which is not installed", _INSTALL) from error
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise _RefusedError("a PDF with a password", "save it without one")
        if len(reader.pages) > MAX_PAGES:
            raise _RefusedError(f"more than {MAX_PAGES} pages", "give the article’s pages alone")
        lines = [line for page in reader.pages for line in [*page.extract_text().splitlines(), ""]]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        raise _RefusedError("a damaged PDF", "print it to PDF anew, or copy its text") from error
    if not any(line.strip() for line in lines):
        raise _RefusedError("a PDF of pictures, without text (a scan)",
                            "have its text recognised first, or type it")  # fmt: skip
    parted = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            parted = True
            continue
        yield Block(line, number, None, parted)
        parted = False
