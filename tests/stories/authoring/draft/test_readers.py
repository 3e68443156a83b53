"""Every kind of file gives the same paragraphs; what cannot be read is refused in words."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path  # noqa: TC003  # a fixture’s type
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from stories.authoring.draft.article import as_article
from stories.authoring.draft.readers import language_of, read_blocks
from stories.errors import DraftError

if TYPE_CHECKING:
    from stories.authoring.draft.article import Article

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINES = (
    "青溪新事",
    "石桥镇 茶香",
    "全镇有7家企业。去年产值3亿元。",
    "白马乡 客来",
    "接待游客5000人次。",
)


def docx(paragraphs: list[tuple[str, str]]) -> bytes:
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        xml = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        file.writestr("word/document.xml", xml)
    return packed.getvalue()


def pdf(lines: list[str]) -> bytes:
    """Write a PDF of one page by hand."""
    shown = "".join(f"({line}) Tj 0 -24 Td " for line in lines)
    content = f"BT /F1 12 Tf 50 700 Td {shown}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


def article(path: Path, data: bytes, lang: str = "zh") -> Article:
    path.write_bytes(data)
    return as_article(read_blocks(path, lang), lang, path.stem)


def shape(read: Article) -> list[tuple[str, list[str]]]:
    return [(each.heading, [p.text for p in each.paragraphs]) for each in read.sections]


EXPECTED = [(LINES[0], []), (LINES[1], [LINES[2]]), (LINES[3], [LINES[4]])]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", "\n\n".join(LINES).encode()),
        ("b.txt", "\r\n".join(LINES).encode("utf-8-sig")),
        ("c.txt", "\n\n".join(LINES).encode("gb18030")),
        ("d.txt", "\n\n".join(LINES).encode("utf-16")),
        ("e.md", f"# {LINES[0]}\n\n## {LINES[1]}\n\n全镇有**7家**企业。去年产值3亿元。\n\n"
         f"## {LINES[3]}\n\n{LINES[4]}\n".encode()),
        ("f.html", f"<html><head><title>x</title></head><body><nav><p>首页</p></nav>"
         f"<h1>{LINES[0]}</h1>"
         f"<h2>{LINES[1]}</h2><p>全镇有<b>7家</b>企业。去年产值3亿元。</p><script>1</script>"
         f"<h2>{LINES[3]}</h2><p>{LINES[4]}</p></body></html>".encode()),
        ("g.html", f'<meta charset="gbk"><h1>{LINES[0]}</h1><h2>{LINES[1]}</h2><p>{LINES[2]}</p>'
         f"<h2>{LINES[3]}</h2><p>{LINES[4]}</p>".encode("gbk")),
        ("h.docx", docx([("Title", LINES[0]), ("Heading1", LINES[1]), ("a", LINES[2]),
                         ("Heading1", LINES[3]), ("a", LINES[4])])),
    ],
)  # fmt: skip
def test_every_kind_reads_the_same(tmp_path: Path, name: str, data: bytes) -> None:
    assert shape(article(tmp_path / name, data)) == EXPECTED


def test_text_of_a_pdf(tmp_path: Path) -> None:
    read = article(tmp_path / "a.pdf", pdf(["Oldbridge hires", "The mill has 46 workers."]), "en")
    assert "46 workers" in read.text


def test_wrapped_lines_are_one_paragraph(tmp_path: Path) -> None:
    text = (
        "Oldbridge: a mill that hires\n\nThe wool mill at Oldbridge had forty-six workers when\n"
        "its director took over, and it now employs more than\n"
        "any other firm of the town.\n\nIt grows.\n"
    )
    read = article(tmp_path / "a.txt", text.encode(), "en")
    assert [len(each.paragraphs) for each in read.sections] == [2]
    assert "workers when its director" in read.sections[0].paragraphs[0].text


def test_a_column_break_within_a_sentence(tmp_path: Path) -> None:
    text = "石桥镇 茶香\n\n全镇的茶园建设只是乡村振兴的举措之\n\n一。镇里有7家企业。\n"
    read = article(tmp_path / "a.txt", text.encode())
    assert [p.text for p in read.sections[0].paragraphs] == [
        "全镇的茶园建设只是乡村振兴的举措之一。镇里有7家企业。"
    ]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt", b"", "no text"),
        ("a.txt", b" \n\n ", "no text"),
        ("a.pdf", b"not a pdf", "no .pdf file"),
        ("a.docx", b"not a docx", "no .docx file"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old Word file"),
        ("a.docx", b"PK\x03\x04broken", "damaged"),
        ("a.pdf", b"%PDF-1.4 broken", "damaged PDF"),
        ("a.pdf", pdf([]), "a scan"),
        ("a.xlsx", b"anything", ".xlsx is not read"),
        ("a.txt", b"PK\x03\x04broken", "damaged"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DraftError, match=told) as refused:
        read_blocks(tmp_path / name, "zh")
    assert all(fault.file.endswith(name) and fault.mend for fault in refused.value.faults)


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(DraftError, match="password"):
        read_blocks(tmp_path / "a.pdf", "en")


def test_a_docx_with_entities_is_refused(tmp_path: Path) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        bomb = '<!DOCTYPE a [<!ENTITY b "cccc">]><a>&b;</a>'
        file.writestr("word/document.xml", bomb)
    (tmp_path / "a.docx").write_bytes(packed.getvalue())
    with pytest.raises(DraftError, match="damaged"):
        read_blocks(tmp_path / "a.docx", "en")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(DraftError):
            read_blocks(path, "zh")


def test_the_language_of_an_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("石桥镇有 7 家企业 firms。")
    (tmp_path / "b.txt").write_text("The town of Shiqiao (石桥) has 7 firms.")
    assert language_of(tmp_path / "a.txt") == ("zh", "en")
    assert language_of(tmp_path / "b.txt") == ("en", "zh")
