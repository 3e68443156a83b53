"""Figures' CSV as the spreadsheets of the world write it: the right number, or a fault."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.authoring.reference import reference
from stories.checks import check_atlas
from stories.errors import AtlasError
from stories.files.tables.cells import read_number
from stories.files.tables.csv import grid_of_csv
from stories.files.tables.encoding import decode
from stories.files.tables.figures import figure_table
from tests.support.loading import faults, figures
from tests.support.work import AT_ONCE, growth, seconds

DATA = Path(__file__).parent / "data"
HEAD = "id,label.en,unit,value,qualifier,period,passage.paragraph,quote"


def put(folder: Path, rows: str, encoding: str = "utf-8", head: str = HEAD) -> None:
    (folder / "east.figures.csv").write_bytes(f"{head}\n{rows}\n".encode(encoding))


def value(folder: Path, cell: str, unit: str = "count") -> Decimal | str:
    """Return the number that a cell is read as, or the fault that it gets."""
    quoted = cell.replace('"', '""')
    put(folder, f'wells,Wells,{unit},"{quoted}",,2024,1,')
    try:
        found = figures(folder)[0].value
    except AtlasError:
        [said] = faults(folder)
        return said
    assert isinstance(found, Decimal)
    return found


def period(folder: Path, cell: str) -> str:
    """Return the period that a cell is read as, or the fault that it gets."""
    put(folder, f'wells,Wells,count,12,,"{cell}",1,')
    try:
        return str(figures(folder)[0].period)
    except AtlasError:
        [said] = faults(folder)
        return said


@pytest.mark.parametrize(
    ("name", "values", "periods"),
    [
        ("caps_header.csv", ["1200000", "14500000"], ["2024", "2024-02"]),
        ("exceldate.figures.csv", ["12", "13000000"], ["2024-02-01", "2024"]),
        ("sepline.figures.csv", ["12", "13000000"], ["2024", "2024"]),
        ("thousands_eu.csv", ["1200000", "14500000.5"], ["2024", "2024"]),
        ("utf16_tab.csv", ["1200000", "14500000"], ["2024", "2024-02"]),
    ],
)
def test_files_of_other_programs(
    bare: Path, name: str, values: list[str], periods: list[str]
) -> None:
    (bare / "east.figures.csv").write_bytes((DATA / name).read_bytes())
    found = figures(bare)
    assert [str(figure.value) for figure in found] == values
    assert [str(figure.period) for figure in found] == periods


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1234567", "1234567"), ("-5", "-5"), ("−5", "-5"), ("+5", "5"), (" 12 ", "12"),
        ("12.5", "12.5"), ("12,5", "12.5"), ("0.125", "0.125"), ("0,125", "0.125"),
        ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"), ("12,34,567", "1234567"), ("1,23,45,678.90", "12345678.90"),
        ("1'234", "1234"), ("1’234’567.5", "1234567.5"), ("1 234", "1234"),
        ("1\u00a0234,5", "1234.5"), ("1\u202f234\u202f567", "1234567"), ("1\u2009234", "1234"),
        ("１２３", "123"), ("１，２３４，５６７", "1234567"), ("１２．５", "12.5"),
        ("١٢٣", "123"), ("١٬٢٣٤٫٥", "1234.5"), ("۱۲۳", "123"), ("१२३", "123"),
        ("\u200e12\u200f", "12"), ("\ufeff12", "12"), ('="12"', "12"), ("12.0", "12.0"),
        ("12\u3000", "12"), (".5", "0.5"), ("12 345,67", "12345.67"), ("1234.567", "1234.567"),
    ],
)  # fmt: skip
def test_a_number_with_one_reading_is_read(bare: Path, cell: str, number: str) -> None:
    assert value(bare, cell) == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "readings"),
    [
        ("1.234", ("1.234", "1234")), ("1,234", ("1.234", "1234")),
        ("-12.345", ("-12.345", "-12345")), ("١٢٫٣٤٥", None), ("123,456", ("123.456", "123456")),
        ("$1,234", ("1.234", "1234")),
    ],
)  # fmt: skip
def test_a_number_with_two_readings_is_asked_about(
    bare: Path, cell: str, readings: tuple[str, str] | None
) -> None:
    said = value(bare, cell, "USD" if "$" in cell else "count")
    if readings is None:
        assert said == Decimal("12.345")
        return
    assert isinstance(said, str)
    assert said.startswith(f"east.figures.csv:2:4: {cell!r} can be read as")
    assert [each for each in readings if repr(each) not in said] == [], said
    assert "decimal: point" in said


@pytest.mark.parametrize(
    ("mark", "cell", "number"),
    [
        ("point", "1,234", "1234"), ("point", "1.234", "1.234"), ("comma", "1.234", "1234"),
        ("comma", "1,234", "1.234"), ("comma", "1.234,5", "1234.5"), ("comma", "12", "12"),
        ("comma", "1 234,5", "1234.5"), ("point", "12,34,567.5", "1234567.5"),
    ],
)  # fmt: skip
def test_the_atlas_says_how_decimals_are_written(
    bare: Path, mark: str, cell: str, number: str
) -> None:
    atlas = bare / "atlas.yaml"
    atlas.write_text(atlas.read_text("utf-8") + f"decimal: {mark}\n", encoding="utf-8")
    assert value(bare, cell) == Decimal(number)


def test_what_does_not_fit_the_atlas_is_refused(bare: Path) -> None:
    atlas = bare / "atlas.yaml"
    atlas.write_text(atlas.read_text("utf-8") + "decimal: comma\n", encoding="utf-8")
    said = value(bare, "14.5")
    assert isinstance(said, str)
    assert "'14.5' is not written with a decimal comma" in said
    atlas.write_text(atlas.read_text("utf-8").replace("comma", "coma"), encoding="utf-8")
    assert any("'coma' is no decimal; did you mean 'comma'?" in line for line in faults(bare))


@pytest.mark.parametrize(
    ("cell", "unit", "number"),
    [
        ("20%", "%", "20"), ("20 %", "%", "20"), ("%20", "%", "20"), ("２０％", "%", "20"),
        ("٢٠٪", "%", "20"), ("12,5 %", "%", "12.5"), ("20", "%", "20"),
        ("¥12", "CNY", "12"), ("￥1,200,000", "CNY", "1200000"), ("12元", "CNY", "12"),
        ("CN¥ 12.5", "CNY", "12.5"), ("¥12", "JPY", "12"), ("12円", "JPY", "12"),
        ("12,50 €", "EUR", "12.50"), ("€12.50", "EUR", "12.50"), ("EUR 12.50", "EUR", "12.50"),
        ("$14,500,000", "USD", "14500000"), ("-$12", "USD", "-12"), ("$-12", "USD", "-12"),
        ("US$12", "USD", "12"), ("12 USD", "USD", "12"), ("£12", "GBP", "12"),
        ("₹12,34,567", "INR", "1234567"), ("12,34,567 ₹", "INR", "1234567"),
    ],
)  # fmt: skip
def test_signs_that_agree_with_the_unit(bare: Path, cell: str, unit: str, number: str) -> None:
    assert value(bare, cell, unit) == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "unit", "said"),
    [
        ("20%", "people", "'20%' has the sign %, but the unit is 'people'"),
        ("€12", "USD", "'€12' has the sign €, but the unit is 'USD'"),
        ("£12", "count", "'£12' has the sign £, but the unit is 'count'"),
        ("₽12", "USD", "'₽12' has the sign ₽, but the unit is 'USD'"),
        ("1.2E+11", "count", "'1.2E+11' is shortened"),
        ("(12)", "count", "'(12)' may be less than nothing"),
        ("#N/A", "count", "'#N/A' is an error"),
        ("#REF!", "count", "'#REF!' is an error"),
        ("#NV", "count", "'#NV' is an error"),
        ("Err:502", "count", "'Err:502' is an error"),
        ("####", "count", "'####' is an error"),
        ("1.2亿", "count", "'1.2亿' is no number"),
        ("12²", "count", "'12²' is no number"),
        ("1,23,4", "count", "'1,23,4' is no number"),
        ("1.234.56", "count", "'1.234.56' is no number"),
        ("twelve", "count", "'twelve' is no number"),
    ],
)
def test_what_is_no_number_here(bare: Path, cell: str, unit: str, said: str) -> None:
    found = value(bare, cell, unit)
    assert isinstance(found, str)
    assert found.startswith(f"east.figures.csv:2:4: {said}"), found
    assert "(column 'value')" in found


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2024/2/1", "2024-02-01"), ("2024-2-1", "2024-02-01"), ("2024.02.01", "2024-02-01"),
        ("2024. 2. 1.", "2024-02-01"), ("2024年2月1日", "2024-02-01"), ("2024年2月", "2024-02"),
        ("2024년 2월 1일", "2024-02-01"), ("2024年", "2024"), ("2024/2", "2024-02"),
        ("2024-2", "2024-02"), ("02/2024", "2024-02"), ("２０２４年２月", "2024-02"),
        ("٢٠٢٤", "2024"), ("2024-02-01 00:00:00", "2024-02-01"), ("2024/2/1 0:00", "2024-02-01"),
        ("2024-02-01T00:00:00", "2024-02-01"), ("2024.0", "2024"), ("2024Q1", "2024-Q1"),
        ("Q1 2024", "2024-Q1"), ("2024年第一季度", "2024-Q1"), ("2024年1季度", "2024-Q1"),
        ("19/2/2024", "2024-02-19"), ("2/19/2024", "2024-02-19"), ("19.02.2024", "2024-02-19"),
        ("2/2/2024", "2024-02-02"), ("2024/2/19 - 2024/2/28", "2024-02-19/2024-02-28"),
        ("2024-02-19~2024-02-28", "2024-02-19/2024-02-28"),
        ("2024年2月19日至2024年2月28日", "2024-02-19/2024-02-28"), ("unstated", "unstated"),
        ("2024-02-19/2024-02-28", "2024-02-19/2024-02-28"),
    ],
)  # fmt: skip
def test_a_period_with_one_reading_is_read(bare: Path, cell: str, read: str) -> None:
    assert period(bare, cell) == read


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1/2/2024", "'1/2/2024' can be read as '2024-02-01' or '2024-01-02'"),
        ("01.02.2024", "'01.02.2024' can be read as '2024-02-01' or '2024-01-02'"),
        ("2024/13/1", "'2024/13/1' is not in the calendar"),
        ("31/2/2024", "'31/2/2024' is not in the calendar"),
        ("Feb-24", "'Feb-24' is no period"),
        ("1/2/24", "'1/2/24' is no period"),
        ("2024/2/28 - 2024/2/19", "'2024/2/28 - 2024/2/19' does not run from an earlier day"),
        (
            "45323",
            "'45323' is no period (column 'period'); a spreadsheet counts the day 2024-02-01",
        ),
    ],
)
def test_what_is_no_period(bare: Path, cell: str, said: str) -> None:
    found = period(bare, cell)
    assert found.startswith(f"east.figures.csv:2:6: {said}"), found
    assert "2024-02-19" in found or "2024-02-01" in found


def examples(begin: str, end: str) -> list[str]:
    """Return what stands in code quotes between two phrases of the reference."""
    _, found, rest = reference().partition(begin)
    assert found
    assert end in rest
    return re.findall("`([^`]+)`", rest.partition(end)[0])


def test_the_examples_of_the_reference(bare: Path) -> None:
    numbers = examples("**Numbers** are read", "in digits of any script")
    assert len(numbers) >= 5
    assert all(isinstance(value(bare, each), Decimal) for each in numbers)
    doubtful = examples("never guessed:", "are refused")
    assert len(doubtful) == 2
    assert all("can be read as" in str(value(bare, each)) for each in doubtful)
    periods = examples("**Periods** may also be", "or two days parted")
    assert len(periods) >= 8
    assert all(period(bare, each).startswith("2024") for each in periods)


def test_a_date_as_value(bare: Path) -> None:
    put(bare, "opened,Opened,date,2024年5月,,2024,1,")
    assert str(figures(bare)[0].value) == "2024-05"


# ---- the file ---------------------------------------------------------------------------------

ROW = "wells,Wells é 井,count,12,,2024,1,"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_line_ends_and_delimiters(
    bare: Path, encoding: str, newline: str, delimiter: str
) -> None:
    text = f"{HEAD}\n{ROW}\n".replace(",", delimiter).replace("\n", newline)
    (bare / "east.figures.csv").write_bytes(text.encode(encoding))
    assert figures(bare)[0].label.get("en") == "Wells é 井"


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;;", "sep = ;"])
def test_excels_line_of_the_separator(bare: Path, line: str) -> None:
    text = f"{line}\r\n{HEAD}\r\n{ROW},\r\n\r\n".replace(",", ";")
    text += "taps;Taps;count;twelve;;2024;1;\r\n"
    (bare / "east.figures.csv").write_bytes(text.encode("utf-8-sig"))
    [said] = faults(bare)
    assert said.startswith("east.figures.csv:5:4: 'twelve' is no number")


def test_a_tab_after_sep(bare: Path) -> None:
    text = f"sep=\t\n{HEAD}\n{ROW}".replace(",", "\t")
    (bare / "east.figures.csv").write_text(text, encoding="utf-8")
    assert len(figures(bare)) == 1


def test_headings_in_other_case_and_order_with_blanks(bare: Path) -> None:
    head = " Value ,\ufeffID,LABEL.EN,\u00a0Unit,Period\u3000,Passage.Paragraph,,"
    put(bare, "12,wells,Wells,count,2024,1,,\n,,,,,,,\n  ,,,,,,,", head=head)
    [figure] = figures(bare)
    assert (figure.id, figure.label.get("en"), str(figure.value)) == ("wells", "Wells", "12")


def test_empty_lines_above_the_heading(bare: Path) -> None:
    put(bare, f"{HEAD}\n{ROW}\nx,X,count,many,,2024,1,", head=",,,\n")
    [said] = faults(bare)
    assert said.startswith("east.figures.csv:5:4: 'many' is no number")


def test_line_breaks_within_a_cell(bare: Path) -> None:
    put(bare, 'wells,"Wells\r\ndug",count,12,,2024,1,\nx,X,count,many,,2024,1,')
    [said] = faults(bare)
    assert said.startswith("east.figures.csv:4:4: 'many' is no number")


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("qoute", "east.figures.csv:1:9: there is no column 'qoute'; did you mean 'quote'?"),
        ("label", "east.figures.csv:1:9: there is no column 'label'; did you mean 'label.zh'?"),
        ("Colour", "east.figures.csv:1:9: there is no column 'Colour'; known here: id, label.zh"),
        ("baseline_value", "east.figures.csv:1:9: there is no column 'baseline_value'; did you"),
        ("", "east.figures.csv:2:9: the column has no heading"),
    ],
)
def test_an_unknown_column_is_named_once(bare: Path, column: str, said: str) -> None:
    put(bare, "a,A,count,1,,2024,1,,x\nb,B,count,2,,2024,1,,y", head=f"{HEAD},{column}")
    [found] = faults(bare)
    assert found.startswith(said)


def test_a_missing_column_is_named_once(bare: Path) -> None:
    put(bare, "a,A,count,1,1\nb,B,count,2,1", head="id,label.en,unit,value,passage.paragraph")
    [said] = faults(bare)
    assert said.startswith("east.figures.csv:1:6: the column 'period' is missing")


def test_a_first_row_without_headings(bare: Path) -> None:
    put(bare, ROW, head="Figures of East,,,,,,,")
    [said] = faults(bare)
    assert said.startswith("east.figures.csv:1:1: the first row has no heading that is known")


def test_the_same_fault_is_told_once_with_a_count(bare: Path) -> None:
    rows = [f"f{n},F,count,n{n},,2024,1," for n in range(300)]
    put(bare, "\n".join(rows))
    [said] = faults(bare)
    assert said.startswith("east.figures.csv:2:4: 'n0' is no number (column 'value', also in")
    assert "299 rows below: 3, 4, 5 …" in said
    put(bare, "\n".join(f"f{n},F,person,{n},,,1," for n in range(300)))
    assert [line.partition(" (")[0] for line in faults(bare)] == [
        "east.figures.csv:2:3: 'person' is no unit",
        "east.figures.csv:2:6: the cell is empty",
    ]


def test_a_fault_of_a_row_names_no_column(bare: Path) -> None:
    put(bare, "a,A,count,1,,2024,,\nb,B,count,2,,2024,,")
    said = "east.figures.csv:2:1: the figure does not say where it is from (also in row 3); give it"
    assert faults(bare)[0].startswith(said)
    put(bare, "a,A,count,1,,2024,1,\nb,B,count,2,,2024,1,")
    [first, *_] = [f for f in check_atlas(bare, ["east"]) if f.file.endswith(".figures.csv")]
    assert (first.line, first.column) == (2, 2)
    assert first.what == "'label' has no text in 'zh' (column 'label.en')"


def test_half_a_baseline(bare: Path) -> None:
    put(bare, "a,A,count,1,,2024,1,,5,", head=f"{HEAD},baseline.value,baseline.period")
    [said] = faults(bare)
    assert said.startswith("east.figures.csv:2:10: the cell is empty (column 'baseline.period')")


@pytest.mark.parametrize("size", [(1500, 1), (1, 500)])
def test_a_table_beyond_all_measure(bare: Path, size: tuple[int, int]) -> None:
    rows, columns = size
    put(bare, "\n".join([ROW] * rows), head=HEAD + ",x" * columns)
    [said] = faults(bare)
    assert "the table has more than" in said


# ---- its encoding ----------------------------------------------------------------------------


def languages(folder: Path, tags: str) -> None:
    atlas = folder / "atlas.yaml"
    text = atlas.read_text("utf-8").replace("languages: [zh, en]", f"languages: [{tags}]")
    atlas.write_text(text, encoding="utf-8")
    for tag in tags.split(", "):
        (folder / f"east.{tag}.md").write_text("# East\n\nEast.\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("tags", "encoding", "label"),
    [
        ("zh", "gbk", "开放的茶园"), ("zh, en", "gb18030", "井水"), ("zh, en", "gbk", "GDP增长"),
        ("zh-TW, en", "big5", "人口變化與戶數"), ("ja, en", "cp932", "人口の変化と世帯数"),
        ("ko, en", "cp949", "인구 변화와 가구"), ("ru, en", "cp1251", "Население района"),
        ("fr, en", "cp1252", "Érables entaillés"), ("en", "cp1252", "“Wells” – €5"),
        ("zh, en", "big5", "人口變化與戶數"),
        ("es, en", "cp1252", "Población de Málaga"), ("de", "cp1252", "Bäume über Straßen"),
        ("pl, en", "cp1250", "Łódź zażółć gęślą"), ("tr", "cp1254", "İstanbul ağaç şehir"),
        ("zh", "gbk", "1～3月，“开放”工业（约）增长5%，阿里·马，PM2.5浓度"),
        ("zh, ko", "gbk", "开放的茶园"), ("zh-TW", "gbk", "开放的茶园"),
        ("zh-Hant-HK", "big5hkscs", "人口變化，「戶數」增長"), ("uk", "cp1251", "Київська область"),
        ("fr", "mac_roman", "Érables entaillés"),
        ("el", "cp1253", "Πληθυσμός και αριθμός των χωριών"),
    ],
)  # fmt: skip
def test_legacy_text_of_the_atlas_s_languages(
    bare: Path, tags: str, encoding: str, label: str
) -> None:
    languages(bare, tags)
    put(bare, f"wells,{label},count,12,,2024,1,", encoding)
    [figure] = figures(bare)
    assert figure.label.get("en") == label


def test_a_file_of_another_program_in_an_encoding_of_one_byte(bare: Path) -> None:
    languages(bare, "fr, en")
    (bare / "east.figures.csv").write_bytes((DATA / "cp1252_accents.csv").read_bytes())
    assert [str(figure.value) for figure in figures(bare)] == ["1200000", "14500000"]
    assert figures(bare)[0].label.get("en") == "Érables entaillés"


@pytest.mark.parametrize(
    ("tags", "encoding", "label", "readings"),
    [
        ("en", "cp1252", "Málaga señal", ["Málaga señal", "Málaga seńal"]),
        ("zh, en", "cp1252", "Población de Málaga", ["Málaga", "Mįlaga"]),
        ("de", "cp1252", "Bäume", ["Bäume", "Bõume"]), ("de", "cp850", "Straße", ["Straße"]),
        ("ko", "gbk", "开放的茶园", ["开放的茶园"]),
        ("ja", "gbk", "开放的茶园", ["开放的茶园"]),
         ("ru", "gbk", "开放的茶园", ["开放的茶园"]),
         ("zh, en", "cp1251", "Население", ["Население"]),
    ],
)  # fmt: skip
def test_legacy_text_that_leaves_a_doubt(
    bare: Path, tags: str, encoding: str, label: str, readings: list[str]
) -> None:
    languages(bare, tags)
    put(bare, f"wells,{label},count,12,,2024,1,", encoding)
    [said] = faults(bare)
    assert said.startswith("east.figures.csv:2:1: the text is not UTF-8")
    assert [each for each in readings if repr(each) not in said] == [], said
    assert "CSV UTF-8" in said


# ---- whatever it holds -----------------------------------------------------------------------


@given(
    st.binary(max_size=300)
    | st.text(alphabet='id.label,en;\t|"\r\n=sp-12年月/%$¥é井', max_size=300).map(str.encode)
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    text = decode(HEAD.encode() + b"\n" + data, ["zh", "en"])
    if isinstance(text, str):
        table = figure_table(grid_of_csv(text, "east.figures.csv"), ["zh", "en"])
        rows = text.removeprefix(HEAD)
        assert table.data or table.faults or not re.sub(r'[,;\t|"]', "", rows).strip()
        assert all(fault.line >= 1 and fault.mend for fault in table.faults)


@given(st.text(alphabet="0123456789.,'  ٫٬-+%$€()E", max_size=30))
def test_any_number_has_one_reading_or_none(shown: str) -> None:
    read = read_number(shown, "count", None)
    if isinstance(read, str) and read != shown:
        digits = "".join(char for char in shown if char.isdigit())
        assert read.replace("-", "").replace(".", "").lstrip("0") == digits.lstrip("0")


@pytest.mark.parametrize("cell", ["-" + " " * 100_000 + "x", "1" * 100_000, "2024-" * 20_000])
def test_a_long_cell_takes_no_time(bare: Path, cell: str) -> None:
    put(bare, f"a,A,count,{cell},,{cell},1,")
    told: list[str] = []
    assert seconds(lambda: told.extend(faults(bare))) < AT_ONCE
    assert all(len(line) < 200_500 for line in told)


def test_twice_the_table_takes_twice_the_time(bare: Path) -> None:
    def taken(rows: int) -> float:
        put(bare, "\n".join(f'f{n},F,count,"1,234",,1/2/2024,x,' for n in range(rows)))
        told: list[str] = []
        spent = seconds(lambda: told.extend(faults(bare)))
        assert len(told) == 3
        return spent

    taken(10)
    assert growth(lambda: taken(250), lambda: taken(500), most=2.8) <= 2.8
