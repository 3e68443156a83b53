"""Figures in a workbook beside the story, as Excel and its kin save it."""

from __future__ import annotations

import io
import shutil
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from serving.store.snapshot import SnapshotStore
from serving.store.watch import signature
from stories.errors import AtlasError
from stories.files.tables.workbook import grid_of_workbook
from tests.conftest import DEQING
from tests.support.loading import faults, figures
from tests.support.work import AT_ONCE, seconds

HEAD = ["id", "label.en", "unit", "value", "period", "passage.paragraph", "quote"]
ROW = ["wells", "Wells", "count", 12, 2024, 1, None]
NAME = "east.figures.xlsx"


def book(*rows: list[Any]) -> tuple[Workbook, Any]:
    made = Workbook()
    sheet: Any = made.active
    for row in (HEAD, *(rows or (ROW,))):
        sheet.append(row)
    return made, sheet


def saved(made: Workbook, folder: Path) -> Path:
    made.save(folder / NAME)
    return folder


def put_value(folder: Path, value: object, form: str = "General", unit: str = "count") -> Path:
    made, sheet = book()
    sheet["D2"], sheet["C2"] = value, unit
    sheet["D2"].number_format = form
    return saved(made, folder)


def put_period(folder: Path, value: object, form: str = "General") -> Path:
    made, sheet = book()
    sheet["E2"] = value
    sheet["E2"].number_format = form
    return saved(made, folder)


def recalculated(folder: Path, cached: str, kind: str = "") -> None:
    """Write what Excel writes beside a formula: the value that it had when it was calculated."""
    path, new = folder / NAME, io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w") as target:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                assert b"<v></v>" in data or b"<v />" in data or b"<v/>" in data
                for empty in (b"<v></v>", b"<v />", b"<v/>"):
                    data = data.replace(empty, f"<v>{cached}</v>".encode())
                data = data.replace(b'<c r="D2">', f'<c r="D2"{kind}>'.encode())
            target.writestr(part.filename, data)
    path.write_bytes(new.getvalue())


@pytest.mark.parametrize(
    ("value", "form", "unit", "read"),
    [
        (12, "General", "count", "12"), (1234567, "#,##0", "count", "1234567"),
        (1.234, "#,##0.000", "count", "1.234"), (1234, "#,##0.00", "count", "1234"),
        (0.1 + 0.2, "General", "count", "0.3"), (14500000.5, "General", "USD", "14500000.5"),
        (0.2, "0%", "%", "20"), (0.07, "0.00%", "%", "7"), (20, "General", "%", "20"),
        (1.15, "0%", "%", "115"), (1300000, '0.0,,"M"', "count", "1300000"),
        (12.5, "[$€-407] #,##0.00", "EUR", "12.5"), (12, '"¥"#,##0', "CNY", "12"),
        (-5, '#,##0;[Red]"-"#,##0', "count", "-5"), (1e11, "0.00E+00", "count", "100000000000"),
        ("12", "@", "count", "12"), ("1 234,5", "@", "count", "1234.5"), ("20%", "@", "%", "20"),
        ("1,234,567", "@", "count", "1234567"),
    ],
)  # fmt: skip
def test_numbers(bare: Path, value: object, form: str, unit: str, read: str) -> None:
    [figure] = figures(put_value(bare, value, form, unit))
    assert figure.value == Decimal(read)


@pytest.mark.parametrize(
    ("value", "form", "unit", "said"),
    [
        (0.2, "0%", "people", "'20' has the sign %, but the unit is 'people'"),
        (12, "[$€-407] #,##0.00", "USD", "'12' has the sign €, but the unit is 'USD'"),
        ("1.234", "@", "count", "'1.234' can be read as '1.234' or '1234'"),
        ("#N/A", "General", "count", "'#N/A' is an error of the spreadsheet"),
        (date(2024, 5, 12), "d-mmm", "count", "'2024-05-12' is no number"),
        (True, "General", "count", "'True' is no number"),
        ("=SUM(A1:A3)", "General", "count", "the formula =SUM(A1:A3) has never been calculated"),
        ("twelve", "General", "count", "'twelve' is no number"),
    ],
)
def test_what_is_no_number(bare: Path, value: object, form: str, unit: str, said: str) -> None:
    [found] = faults(put_value(bare, value, form, unit))
    assert found.startswith(f"{NAME}:2:4: {said}")
    assert "(Sheet!D2, column 'value')" in found


@pytest.mark.parametrize(
    ("value", "form", "read"),
    [
        (2024, "General", "2024"), ("2024-Q1", "@", "2024-Q1"), ("2024/2/1", "@", "2024-02-01"),
        (date(2024, 2, 1), "yyyy-mm-dd", "2024-02-01"), (date(2024, 2, 1), "mmm-yy", "2024-02"),
        (date(2024, 2, 1), 'yyyy"年"m"月"', "2024-02"), (date(2024, 2, 19), "yyyy/m", "2024-02"),
        (date(2024, 2, 1), "[$-804]yyyy\\年m\\月d\\日", "2024-02-01"),
        (date(2024, 2, 1), "[$-F800]dddd, mmmm dd, yyyy", "2024-02-01"),
        (date(2024, 1, 1), "yyyy", "2024"), (datetime(2024, 2, 1), "m/d/yy h:mm", "2024-02-01"),  # noqa: DTZ001  # spreadsheets know no zones
    ],
)  # fmt: skip
@pytest.mark.parametrize("mac", [False, True])
def test_dates_as_finely_as_they_are_shown(
    bare: Path, value: object, form: str, read: str, *, mac: bool
) -> None:
    made, sheet = book()
    if mac:
        made.epoch = CALENDAR_MAC_1904
    sheet["E2"] = value
    sheet["E2"].number_format = form
    [figure] = figures(saved(made, bare))
    assert str(figure.period) == read


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (45323, "General", "'45323' is no period"), (time(12, 30), "h:mm", "'12:30:00' is no p"),
        ("1/2/2024", "@", "'1/2/2024' can be read as '2024-02-01' or '2024-01-02'"),
    ],
)  # fmt: skip
def test_what_is_no_period(bare: Path, value: object, form: str, said: str) -> None:
    [found] = faults(put_period(bare, value, form))
    assert found.startswith(f"{NAME}:2:5: {said}")
    assert "Sheet!E2" in found


def test_a_formula_gives_what_it_was_when_it_was_calculated(bare: Path) -> None:
    put_value(bare, "=6*7")
    recalculated(bare, "42")
    assert figures(bare)[0].value == Decimal(42)


def test_a_formula_that_failed(bare: Path) -> None:
    put_value(bare, "=1/0")
    recalculated(bare, "#DIV/0!", ' t="e"')
    [said] = faults(bare)
    assert said.startswith(f"{NAME}:2:4: '#DIV/0!' is an error of the spreadsheet")


def test_headings_blank_rows_and_columns(bare: Path) -> None:
    made = Workbook()
    sheet: Any = made.active
    for row in ([None] * 8, [None, " ID ", *HEAD[1:]], [None] * 8, [None, *ROW], [None] * 8):
        sheet.append(row)
    sheet.cell(200, 30).number_format = "0%"
    assert [figure.id for figure in figures(saved(made, bare))] == ["wells"]


def test_an_unknown_heading(bare: Path) -> None:
    made, sheet = book()
    sheet["H1"], sheet["H2"] = "Qoute", "x"
    [said] = faults(saved(made, bare))
    assert said == (f"{NAME}:1:8: there is no column 'Qoute' (Sheet!H1); did you mean 'quote'?")


def test_cells_merged_downwards_hold_for_each_row(bare: Path) -> None:
    made, sheet = book(ROW, ["taps", "Taps", None, 3, None, 1, None])
    sheet.merge_cells("C2:C3")
    sheet.merge_cells("E2:E3")
    assert [str(figure.unit) for figure in figures(saved(made, bare))] == ["count", "count"]


def test_cells_merged_across_are_refused(bare: Path) -> None:
    made, sheet = book()
    sheet.merge_cells("B2:C2")
    assert any(
        said.startswith(f"{NAME}:2:2: the cells B2:C2 are merged across columns (Sheet!B2")
        for said in faults(saved(made, bare))
    )


def test_what_is_hidden_is_asked_about(bare: Path) -> None:
    made, sheet = book(ROW, ["taps", *ROW[1:]], ["mills", *ROW[1:]])
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
    [said] = faults(saved(made, bare))
    assert said.startswith(f"{NAME}:3:1: the row is hidden (Sheet!A3, column 'id', also in row 4)")
    made, sheet = book()
    sheet["G2"] = "12 wells"
    sheet.column_dimensions["G"].hidden = True
    assert any("the column is hidden (Sheet!G" in said for said in faults(saved(made, bare)))


def test_the_sheet_of_figures(bare: Path) -> None:
    made, sheet = book()
    made.create_sheet("Sheet2")
    made.create_sheet("WpsReserved").append(["x"])
    made["WpsReserved"].sheet_state = "hidden"
    assert len(figures(saved(made, bare))) == 1
    made.create_sheet("Notes").append(["x"])
    [said] = faults(saved(made, bare))
    assert "there are 2 sheets with something in them: 'Sheet', 'Notes'" in said
    sheet.title = "Figures"
    assert len(figures(saved(made, bare))) == 1
    sheet["D2"] = "many"
    [said] = faults(saved(made, bare))
    assert "(Figures!D2, column 'value')" in said


def test_the_same_fault_is_told_once(bare: Path) -> None:
    made, _ = book(*([f"f{n}", "F", "person", n, 2024, 1, None] for n in range(50)))
    [said] = faults(saved(made, bare))
    assert said.startswith(f"{NAME}:2:3: 'person' is no unit (Sheet!C2, column 'unit', also in")
    assert "the 49 rows below: 3, 4, 5 …" in said


def test_figures_stand_in_one_file(small: Path, bare: Path) -> None:
    saved(book()[0], bare)
    (bare / "east.figures.csv").write_text(
        "id,label.en,unit,value,period,passage.paragraph\na,A,count,1,2024,1\n", encoding="utf-8"
    )
    assert faults(bare) == [
        f"{NAME}:1:1: there are figures here and in east.figures.csv; keep one of both"
    ]
    (bare / "east.figures.csv").unlink()
    yaml = small / "east.yaml"
    yaml.write_text(yaml.read_text("utf-8") + "figures: []\n", encoding="utf-8")
    assert f"there are figures here and in {NAME}" in faults(bare)[0]


# ---- broken and hostile ----------------------------------------------------------------------


def test_a_workbook_that_is_none(bare: Path) -> None:
    made, _ = book()
    whole = saved(made, bare) / NAME
    data = whole.read_bytes()
    for said, content in {
        "has a password": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        "is no workbook": b"id,label.en\n",
        "": data[: len(data) // 2],
    }.items():
        whole.write_bytes(content)
        [found] = faults(bare)
        assert said in found
        assert "save it" in found
    (bare / "east.figures.csv").write_bytes(data)
    whole.unlink()
    [found] = faults(bare)
    assert found.startswith("east.figures.csv:1:1: the file is a workbook, no CSV")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    "content", [b"", b"<", b"<x/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet>&b;</worksheet>"]
)
def test_a_part_that_is_broken(bare: Path, part: str, content: bytes) -> None:
    made, _ = book()
    made.save(bare / NAME)
    replaced = io.BytesIO()
    with zipfile.ZipFile(bare / NAME) as old, zipfile.ZipFile(replaced, "w") as new:
        for each in old.namelist():
            new.writestr(each, content if each == part else old.read(each))
    (bare / NAME).write_bytes(replaced.getvalue())
    with suppress(AtlasError):  # some parts can be done without
        figures(bare)


def test_a_bomb_is_not_unpacked(bare: Path) -> None:
    with zipfile.ZipFile(bare / NAME, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in range(3):
            archive.writestr(f"xl/worksheets/sheet{each}.xml", b" " * 100_000_000)
    assert (bare / NAME).stat().st_size < 1_000_000
    tracemalloc.start()
    [said] = faults(bare)
    grown = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "unpacks to more than" in said
    assert grown < 20e6


def test_a_cell_at_the_end_of_the_world(bare: Path) -> None:
    made, sheet = book()
    sheet["XFD1048576"] = "x"
    saved(made, bare)
    told: list[str] = []
    assert seconds(lambda: told.extend(faults(bare))) < AT_ONCE
    assert len(told) == 1
    assert "reaches as far as XFD1048576" in told[0]


SHEET = "xl/worksheets/sheet1.xml"


def with_part(folder: Path, name: str, old: bytes, new: bytes) -> None:
    """Replace what stands in a part of the workbook."""
    target = io.BytesIO()
    with zipfile.ZipFile(folder / NAME) as whole, zipfile.ZipFile(target, "w", 8) as archive:
        for each in whole.namelist():
            data = whole.read(each)
            assert each != name or old in data
            archive.writestr(each, data.replace(old, new) if each == name else data)
    (folder / NAME).write_bytes(target.getvalue())


@pytest.mark.parametrize(
    "around",
    [
        b'<mergeCells><mergeCell ref="H1:XFD1048576"/><mergeCell ref="A3:A1048576"/></mergeCells>',
        b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
    ],
)
def test_what_spans_the_whole_sheet_costs_nothing(bare: Path, around: bytes) -> None:
    saved(book()[0], bare)
    with_part(bare, SHEET, b"</sheetData>", b"</sheetData>" + around)
    found: list[object] = []
    assert seconds(lambda: found.extend(figures(bare))) < AT_ONCE
    assert len(found) == 1


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (SHEET, b"</sheetData>", b"<row/>" * 200_000 + b"</sheetData>", "more than 100,000 cells"),
        ("xl/styles.xml", b"</cellXfs>", b"<xf/>" * 200_000 + b"</cellXfs>", "more than 100,000"),
        (
            SHEET, b"</sheetData>",
            b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:A2"/>' * 5_000 + b"</mergeCells>",
            "merged areas lie on each other",
        ),
    ],
)  # fmt: skip
def test_more_than_anybody_writes_is_refused(
    bare: Path, part: str, old: bytes, new: bytes, said: str
) -> None:
    saved(book()[0], bare)
    with_part(bare, part, old, new)
    told: list[str] = []
    assert seconds(lambda: told.extend(faults(bare))) < AT_ONCE
    assert said in told[0]


def test_other_programs_leave_out_places_and_size(bare: Path) -> None:
    saved(book()[0], bare)
    with_part(bare, SHEET, b'<dimension ref="A1:G2"', b'<dimension ref="A1"')
    for place in (b"A1", b"B1", b"C1", b"A2", b"B2"):
        with_part(bare, SHEET, b' r="%s"' % place, b"")
    assert len(figures(bare)) == 1


def test_the_strict_kind_of_open_xml_is_refused(bare: Path) -> None:
    saved(book()[0], bare)
    common, strict = b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml"
    with_part(bare, "xl/workbook.xml", common, strict)
    [said] = faults(bare)
    assert "the workbook shows no sheet" in said
    assert "save it as an ordinary .xlsx" in said


def test_no_entity_is_expanded(bare: Path) -> None:
    saved(book()[0], bare)
    inner = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x"}">' for n in range(9)
    ).encode()
    whole = b"<!DOCTYPE worksheet [" + inner + b"]><worksheet "
    with_part(bare, SHEET, b"<worksheet ", whole)
    with_part(bare, SHEET, b"<v>12</v>", b"<v>&e8;</v>")
    assert "the workbook cannot be read" in faults(bare)[0]


@given(st.binary(max_size=300), st.integers(0, 5000), st.integers(0, 50))
@settings(max_examples=60)
def test_any_bytes_are_read_or_refused(noise: bytes, at: int, length: int) -> None:
    made = io.BytesIO()
    book()[0].save(made)
    data = made.getvalue()
    grid = grid_of_workbook(data[:at] + noise + data[at + length :], NAME)
    assert grid.rows or grid.faults
    assert all(fault.what and fault.mend for fault in grid.faults)


# ---- served ----------------------------------------------------------------------------------


def test_a_change_is_noticed(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DEQING, tmp_path / "deqing"))
    yaml = folder / "leidian.yaml"
    head, found, _ = yaml.read_text("utf-8").partition("figures:")
    assert found

    yaml.write_text(head, encoding="utf-8")
    atlas = folder / "atlas.yaml"
    others = atlas.read_text("utf-8").replace("      - leidian/foundries-done\n", "")
    atlas.write_text(others, encoding="utf-8")
    for lang in ("zh", "en"):  # neither scenes nor links to figures, which are gone
        (folder / f"leidian.{lang}.md").write_text("# Leidian\n\nA story.\n", encoding="utf-8")
    name = "leidian.figures.xlsx"
    book()[0].save(folder / name)
    store = SnapshotStore(folder)
    story = store.current().atlas.story("leidian")
    assert story
    assert [figure.value for figure in story.figures] == [Decimal(12)]
    before = signature(folder)
    (folder / f"~${name}").write_bytes(b"x" * 165)
    assert signature(folder) == before, "the mark of an open workbook is no change"
    made, sheet = book()
    sheet["D2"] = 13
    made.save(folder / name)
    story = store.current().atlas.story("leidian")
    assert story
    assert [figure.value for figure in story.figures] == [Decimal(13)]
