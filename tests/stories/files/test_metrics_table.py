# ruff: noqa: E501  # tables of values
"""The table of metrics, as spreadsheets of the world save it, and all that can be wrong in it."""

from __future__ import annotations

import codecs
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from stories.checks import check_atlas
from stories.errors import AtlasError
from stories.files.folder import MAX_TABLE_BYTES
from stories.files.loader import load_atlas, read_atlas
from stories.files.metrics import with_slugs
from stories.files.tables.csv import grid_of_csv
from stories.files.tables.metrics import metric_table
from stories.model.figure import Qualifier, Status
from stories.model.metric import MAX_METRIC_VALUES
from tests.support.metrics import division, metric
from tests.support.work import growth, seconds

if TYPE_CHECKING:
    from stories.files.loader import AtlasFiles
    from stories.model.atlas import MetricValue

METRICS = """
metrics:
  - id: wells
    label: {zh: 井, en: Wells}
    unit: {zh: 口, en: wells}
    kind: count
    source: {zh: 名录, en: A list}
  - id: water
    label: {zh: 产水, en: Water}
    unit: {zh: 吨, en: tonnes}
    decimals: 1
    kind: index
    source: {zh: 名录, en: A list}
  - id: density
    label: {zh: 密度, en: Density}
    unit: {zh: 口/平方公里, en: per sq km}
    decimals: 2
    kind: density
    computed: {per_km2: wells}
"""
TOWNS = {
    "east": division("east", code="330521001", names={"zh": "东镇", "en": "East"}),
    "west": division("west", code="330521002", names={"zh": "西镇", "en": "West"}),
}
HEAD = "division,metric,period,value\n"
FULL = "330521001,wells,2020,3\nwest,wells,2020,4\neast,water,2020,1.5\nwest,water,2020,2\n"


@pytest.fixture
def counted(small: Path) -> Path:
    """Return the folder of the small atlas with metrics, and no table of values."""
    with (small / "atlas.yaml").open("a", encoding="utf-8") as file:
        file.write(f"no_story: [west]{METRICS}")
    return small


def write(folder: Path, text: str, name: str = "metrics.csv") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def workbook(folder: Path, *rows: list[Any], head: str = HEAD) -> Any:  # noqa: ANN401  # openpyxl ships no types
    made = Workbook()
    sheet: Any = made.active
    for row in (head.strip().split(","), *rows):
        sheet.append(row)
    made.save(folder / "metrics.xlsx")
    return made, sheet


def values(folder: Path) -> list[MetricValue]:
    return list(with_slugs(load_atlas(folder), TOWNS).metric_values)


def said(folder: Path) -> list[str]:
    faults = check_atlas(folder, TOWNS)
    return [
        f"{Path(each.file).name}:{each.line}:{each.column}: {each.severity}: {each.message}"
        for each in faults
    ]


def test_values_are_read_by_code_and_by_slug(counted: Path) -> None:
    assert said(write(counted, HEAD + FULL)) == []
    found = [(each.metric, each.division, str(each.period), each.value) for each in values(counted)]
    assert found == [
        ("wells", "east", "2020", 3), ("wells", "west", "2020", 4),
        ("water", "east", "2020", Decimal("1.5")), ("water", "west", "2020", 2),
    ]  # fmt: skip


def test_all_that_is_to_be_said_with_a_value(counted: Path) -> None:
    head = "metric,qualifier,division,status,period,value,source.zh,source.en,note.zh,unit\n"
    write(counted, f"{head}wells,about,east,forecast,2020年第一季度,12,县,County,见注,口\n")
    (found,) = values(counted)
    assert (found.qualifier, found.status) == (Qualifier.ABOUT, Status.FORECAST)
    assert str(found.period) == "2020-Q1"
    assert found.source is not None
    assert found.source.root == {"zh": "县", "en": "County"}
    assert found.note is not None
    assert found.note.root == {"zh": "见注"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5hkscs"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators(counted: Path, encoding: str, separator: str) -> None:
    head = "division,metric,period,value,note.zh"
    words = (
        "东镇的井，数据来自县里的名录" if encoding == "gb18030" else "東鎮的井，數據來自縣的名錄"
    )
    rows = "".join(f"{town},wells,{year},{year},{words}\n" for town in TOWNS for year in range(2001, 2009))  # fmt: skip
    text = f"{head}\r\n{rows}".replace(",", separator)
    (counted / "metrics.csv").write_bytes(codecs.encode(text, encoding))
    assert len(values(counted)) == 16


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        ("12", "12"), (" 12 ", "12"), ("1 234", "1234"), ('"1,234,567"', "1234567"),
        ("1'234", "1234"), ("１２", "12"), ("-3", "-3"), ("−3", "-3"), ("1.5", "1.5"),
        ("12口", "12"), ("12 wells", "12"), ("12 Wells", "12"), ('"1 234,5"', "1234.5"),
    ],
)  # fmt: skip
def test_numbers_as_spreadsheets_show_them(counted: Path, shown: str, number: str) -> None:
    write(counted, f"{HEAD}east,wells,2020,{shown}\n")
    assert [each.value for each in values(counted)] == [Decimal(number)]


def test_decimal_commas_where_the_atlas_says_so(counted: Path) -> None:
    atlas = counted / "atlas.yaml"
    atlas.write_text(f"decimal: comma\n{atlas.read_text(encoding='utf-8')}", encoding="utf-8")
    write(counted, "division;metric;period;value\neast;wells;2020;1.234\neast;water;2020;1,5\n")
    assert [each.value for each in values(counted)] == [1234, Decimal("1.5")]


def test_an_empty_value_says_that_there_is_none(counted: Path) -> None:
    write(
        counted,
        f"{HEAD}east,wells,2020,3\nwest,wells,2020,\n,,,\neast,water,2020,1\nwest,water,2020,1\n",
    )
    assert len(values(counted)) == 3
    assert said(counted) == [
        "metrics.csv:2:1: warning: 'wells' has no value in 2020 for 'west' (column 'division'); add them, or leave them out where none is known: the map says so"
    ]


def test_a_percent_in_its_own_unit_is_read(counted: Path) -> None:
    atlas = counted / "atlas.yaml"
    text = atlas.read_text(encoding="utf-8")
    atlas.write_text(text.replace("{zh: 吨, en: tonnes}", '{zh: "%", en: "%"}'), encoding="utf-8")
    made, sheet = workbook(counted, ["east", "water", 2020, 0.125])
    sheet["D2"].number_format = "0.0%"
    made.save(counted / "metrics.xlsx")
    assert [each.value for each in values(counted)] == [Decimal("12.5")]
    (counted / "metrics.xlsx").unlink()
    write(counted, f"{HEAD}east,water,2020,12.5%\nwest,water,2020,12.5 ％\n")
    assert [each.value for each in values(counted)] == [Decimal("12.5")] * 2


def test_a_workbook_with_dates_codes_as_numbers_and_merged_cells(counted: Path) -> None:
    rows: list[list[Any]] = [
        [330521001, "wells", date(2020, 6, 30), 3],
        [None, "water", date(2020, 6, 30), 4.25],
    ]
    made, sheet = workbook(counted, *rows)
    sheet.merge_cells("A2:A3")
    made.create_sheet("notes")["A1"] = "what else is known"
    sheet.title = "Metrics"
    made.save(counted / "metrics.xlsx")
    found = values(counted)
    assert [each.division for each in found] == ["east", "east"]
    assert {str(each.period) for each in found} == {"2020-06-30"}
    assert [each.value for each in found] == [3, Decimal("4.25")]


# The table, with | for the end of a line => what is said of it.
BROKEN = """
east,wells,2020,3|easst,wells,2020,4 => metrics.csv:3:1: error: the boundary file has no division 'easst' (column 'division'); did you mean 'east'?
东镇,wells,2020,3 => metrics.csv:2:1: error: the boundary file has no division '东镇' (column 'division'); write 'east'
330521999,wells,2020,3 => metrics.csv:2:1: error: the boundary file has no division '330521999' (column 'division'); did you mean '33052100
3.30521E+08,wells,2020,3 => metrics.csv:2:1: error: '3.30521E+08' is shortened by the spreadsheet, which loses digits (column 'division'); format the column as text
east,wels,2020,3 => metrics.csv:2:2: error: there is no metric 'wels' in atlas.yaml (column 'metric'); did you mean 'wells'?
east,density,2020,3 => metrics.csv:2:2: error: the metric 'density' is computed, so it has no values here (column 'metric'); take the row out
east,wells,2020,3|east,wells,2020,3 => metrics.csv:3:1: error: 'wells' has a second value for 'east' in 2020 (first in line 2) (column 'division'); keep one of them
330521001,wells,2020,3|east,wells,2020,4 => metrics.csv:3:1: error: 'wells' has a second value for 'east' in 2020 (first in line 2) (column 'division'); keep one of them
east,wells,2020,many => metrics.csv:2:4: error: 'many' is no number (column 'value'); write the number in figures and in full; leave the cell empty
east,wells,2020,n/a => metrics.csv:2:4: error: 'n/a' is no number (column 'value'); leave the cell empty where there is no value
east,wells,2020,无 => metrics.csv:2:4: error: '无' is no number (column 'value'); leave the cell empty where there is no value
east,wells,2020,#N/A => metrics.csv:2:4: error: '#N/A' is an error of the spreadsheet
east,wells,2020,1.2E+05 => metrics.csv:2:4: error: '1.2E+05' is shortened by the spreadsheet
east,wells,2020,"1,234" => metrics.csv:2:4: error: '1,234' can be read as
east,wells,2020,12 ha => metrics.csv:2:4: error: the unit 'ha' is not that of the metric 'wells', '口' or 'wells' (column 'value'); convert the value
east,wells,2020,12万口 => metrics.csv:2:4: error: the unit '万' is not that of the metric 'wells'
east,wells,2020,12% => metrics.csv:2:4: error: the unit '%' is not that of the metric 'wells'
east,wells,2020,1234567890123456789 => metrics.csv:2:4: error: '1234567890123456789' has more than 18 digits
east,wells,1/2/2020,3 => metrics.csv:2:3: error: '1/2/2020' can be read as '2020-02-01' or '2020-01-02' (column 'period')
east,wells,2020-13,3 => metrics.csv:2:3: error: '2020-13' is not in the calendar (column 'period')
east,wells,last year,3 => metrics.csv:2:3: error: 'last year' is no period (column 'period')
,wells,2020,3 => metrics.csv:2:1: error: the cell is empty (column 'division'); fill it in
east,wells,2020,3,5 => metrics.csv:2:5: error: the row has 5 cells, the heading 4
east,wells,2020,3.25 => metrics.csv:2:4: warning: the value has 2 decimals, of which 0 are shown (column 'value'); give the metric 'wells' more `decimals`
east,wells,2020,3|east,wells,2023,3|east,wells,2021,3 => metrics.csv:3:3: warning: 'wells' has no values between 2021 and 2023 (column 'period')
east,wells,2020,3|west,wells,2020-06-30,3|west,wells,2020,3 => metrics.csv:3:3: warning: 'wells' has periods of several kinds, such as 2020-06-30
east,wells,2020,3 => atlas.yaml:26:5: warning: the metric 'water' has no values; write them into metrics.csv, or take it out
"""


@pytest.mark.parametrize("case", BROKEN.strip().splitlines())
def test_what_is_wrong_is_said_with_its_place(counted: Path, case: str) -> None:
    rows, _, expected = case.partition(" => ")
    write(counted, HEAD + rows.replace("|", "\n") + "\n")
    found = said(counted)
    assert any(each.startswith(expected) for each in found), found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "metrics.csv:1:1: error: the table is empty"),
        (HEAD.replace("value", "vlaue") + FULL, "metrics.csv:1:4: error: there is no column 'vlaue'; did you mean 'value'?"),
        (HEAD.replace("metric", "period"), "metrics.csv:1:3: error: column 'period' does not go with 'period'"),
        ("division,period,value\neast,2020,3\n", "metrics.csv:1:4: error: the column 'metric' is missing"),
        ("a,b\n1,2\n", "metrics.csv:1:1: error: the first row has no heading that is known"),
        (HEAD.replace("\n", ",note.zh\n") + "east,wells,2020,,why\n", "metrics.csv:2:4: error: the cell is empty (column 'value')"),
        (HEAD.replace("\n", ",unit\n") + "east,wells,2020,3,吨\n", "metrics.csv:2:5: error: the unit '吨' is not that of the metric 'wells'"),
        (HEAD.replace("\n", ",status\n") + "east,wells,2020,3,planned\n", "metrics.csv:2:5: error: 'planned' is no status (column 'status'); did you mean 'plan'?"),
        (HEAD.replace("\n", ",qualifier\n") + "east,wells,2020,3,ca\n", "metrics.csv:2:5: error: 'ca' is no qualifier"),
        (HEAD + 'east,wells,2020,"3\n', "metrics.csv:2:1: error: the row cannot be read"),
        (HEAD + f"east,wells,2020,{'9' * 500}\n", "metrics.csv:2:4: error: '999"),
        (HEAD + f"{'e' * 70},wells,2020,3\n", "metrics.csv:2:1: error: 'division': string should have at most 60"),
        (HEAD + "east,wells,2020,3\x00\n", "metrics.csv:2:4: error:"),
        (HEAD.replace("\n", ",note.xx\n") + "east,wells,2020,3,?\n", "metrics.csv:2:5: error: no language is called 'xx'"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_table(counted: Path, text: str, expected: str) -> None:
    found = said(write(counted, text))
    assert any(each.startswith(expected) for each in found), found


def test_a_table_of_each_kind_is_one_too_many(counted: Path) -> None:
    workbook(write(counted, HEAD + FULL))
    assert (
        "metrics.xlsx:1:1: error: there are metrics here and in metrics.csv; keep one of both"
        in said(counted)
    )


@pytest.mark.parametrize(
    ("name", "right"),
    [("Metrics.csv", "metrics.csv"), ("metric.csv", "metrics.csv"), ("metrics.csv.txt", "metrics.csv"),
     ("metrics (1).csv", "metrics.csv"), ("metrics.tsv", "metrics.csv"), ("metrics", "metrics.csv"),
     ("metrics.xls", "metrics.xlsx"), ("metrics.numbers", "metrics.xlsx"), ("METRICS.XLSX", "metrics.xlsx")],
)  # fmt: skip
def test_a_name_that_is_nearly_right_is_named(counted: Path, name: str, right: str) -> None:
    found = said(write(counted, HEAD + FULL, name))
    expected = f"{name}:1:1: error: there is {name!r}, which is not read; did you mean {right!r}?"
    assert expected in found


def test_a_table_without_metrics_is_named(small: Path) -> None:
    found = said(write(small, HEAD + FULL))
    assert any(
        each.startswith("metrics.csv:2:2: error: there is no metric 'wells'") for each in found
    ), found


def test_a_workbook_named_csv_is_told(counted: Path) -> None:
    workbook(counted, ["east", "wells", 2020, 1])
    (counted / "metrics.xlsx").rename(counted / "metrics.csv")
    assert any("the file is a workbook, no CSV" in each for each in said(counted))


def test_faults_of_a_workbook_name_sheet_and_cell(counted: Path) -> None:
    made, sheet = workbook(counted, ["east", "wells", 2020, "x"], ["estt", "wells", 2020, 2])
    sheet["D3"].number_format = "[$€-407]0.00"
    made.save(counted / "metrics.xlsx")
    found = said(counted)
    assert any("(Sheet!D2, column 'value')" in each for each in found), found
    assert any("the unit '€' is not that of the metric 'wells'" in each for each in found), found


ATLAS_FAULTS = [
    ("    kind: count", "    kind: number", "'number' is no kind"),
    (
        "    source: {zh: 名录, en: A list}\n  - id: water",
        "  - id: water",
        "the metric 'wells' does not say where it is from; give it a source",
    ),
    ("per_km2: wells", "per_km2: wels", "there is no metric 'wels'; did you mean 'wells'?"),
    ("per_km2: wells", "per_km2: density", "'density' cannot be computed from 'density'"),
    (
        "per_km2: wells",
        "per_km2: wells, change: wells",
        "the metric is computed in no way, or in several",
    ),
    ("per_km2: wells", "change: wells, formula: sum", "a change is no sum"),
    (
        "  - id: water\n    label: {zh: 产",
        "  - id: wells\n    label: {zh: 产",
        "'wells' stands a second time among the metrics",
    ),
    (
        "    kind: index",
        "    kind: index\n    classes: {by: given}",
        "`edges` and `by: given` go together",
    ),
    (
        "    kind: index",
        "    kind: index\n    classes: {by: given, edges: [3, 2]}",
        "the edges do not ascend",
    ),
    (
        "    kind: index",
        "    kind: index\n    classes: {by: given, edges: [0.25]}",
        "the edge 0.25 has more decimals than the values (1)",
    ),
    (
        "    kind: index",
        "    kind: index\n    classes: {number: 8}",
        "'number': input should be less than or equal to 7",
    ),
    (
        "    kind: count",
        "    kind: count\n    classes: {number: 4}",
        "'wells' is a count, which the map draws as circles",
    ),
    ("decimals: 1", "decimals: 7", "'decimals': input should be less than or equal to 6"),
    (
        "no_story: [west]",
        "no_story: [west]\nreorganisations: [{period: 2020, divisions: [wset]}]",
        "the boundary file has no division 'wset'; did you mean 'west'?",
    ),
    (
        "no_story: [west]",
        "no_story: [west]\nreorganisations: [{period: 2020, divisions: [west], created: [east]}]",
        "'east' is created, but not among the divisions",
    ),
    (
        "no_story: [west]",
        "no_story: [west]\nreorganisations: [{period: unstated, divisions: [west]}]",
        "the period is unstated",
    ),
    (
        "no_story: [west]",
        "no_story: [west]\nreorganisations: [{period: 2021, divisions: [west], created: [west]}]",
        "'west' has a value in 2020, before it was created",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), ATLAS_FAULTS)
def test_what_is_wrong_in_the_atlas(counted: Path, old: str, new: str, expected: str) -> None:
    atlas = write(counted, HEAD + FULL) / "atlas.yaml"
    text = atlas.read_text(encoding="utf-8")
    assert old in text
    atlas.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = said(counted)
    assert any(each.startswith("atlas.yaml:") or "created" in each for each in found)
    assert any(expected in each for each in found), found


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("metric: wells", None),
        ("metric: wells, period: 2020", None),
        ("metric: density, period: 2020", None),
        (
            "metric: wels",
            "east.yaml:20:33: error: there is no metric 'wels', which the scene 'a' names; did you mean 'wells'?",
        ),
        (
            "metric: wells, period: 2021",
            "east.yaml:20:48: warning: the metric 'wells' has no values in 2021; did you mean '2020'?",
        ),
        (
            "period: 2020",
            "east.yaml:20:5: error: `period` stands without `metric`; name the metric, too",
        ),
    ],
)
def test_a_scene_shows_a_metric_that_there_is(
    counted: Path, named: str, expected: str | None
) -> None:
    with (write(counted, HEAD + FULL) / "east.yaml").open("a", encoding="utf-8") as file:
        file.write(f"scenes:\n  - {{id: a, look: east, {named}}}\n")
    found = [
        each
        for each in said(counted)
        if each.startswith("east.yaml") and "marks" not in each and "metric" in each
    ]
    assert found == ([expected] if expected else [])


def test_too_many_rows_and_too_large_a_file_are_said(counted: Path) -> None:
    row = "east,wells,2020,3\n"
    write(counted, HEAD + row * (MAX_METRIC_VALUES + 1))
    assert any("the table has more than 50,000 rows" in each for each in said(counted))
    write(counted, HEAD + row * (MAX_TABLE_BYTES // len(row)))
    assert any(f"larger than {MAX_TABLE_BYTES:,} bytes" in each for each in said(counted))


def test_a_fault_in_every_row_is_told_once(counted: Path) -> None:
    write(counted, HEAD + "".join(f"d{each},wells,{2000 + each % 20},x\n" for each in range(5_000)))
    found = [each for each in said(counted) if each.startswith("metrics.csv")]
    assert len(found) == 1
    assert "also in the 4,999 rows below: 3, 4, 5 …" in found[0]


def test_every_county_of_china_in_six_periods_is_read_soon(counted: Path) -> None:
    def work(divisions: int) -> float:
        rows = [
            f"{110000 + each},wells,{2018 + year}-06-30,{each * year % 977}\n"
            for each in range(divisions)
            for year in range(6)
        ]
        write(counted, HEAD + "".join(rows))
        found: list[AtlasFiles] = []
        taken = seconds(lambda: found.append(read_atlas(counted)))
        assert found[0].metrics is not None
        assert len(found[0].metrics.values) == 6 * divisions
        return taken

    work(10)
    assert growth(lambda: work(723), lambda: work(2891), most=6) <= 6


WORDS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        "east",
        "wells",
        "water",
        "2020",
        "3",
        "3,5",
        "1.234",
        "=1+1",
        "口",
        "3 口",
        '"',
        "'",
        "\x00",
        "٣",
        "１２",
    ]
)


@given(st.lists(st.lists(WORDS, max_size=6), max_size=6), st.sampled_from(",;\t|"))
def test_whatever_a_table_holds_is_read_or_refused(rows: list[list[str]], separator: str) -> None:
    text = (HEAD + "\n".join(",".join(row) for row in rows)).replace(",", separator)
    metrics = [metric(), metric(id="water", unit={"en": "%"})]
    table = metric_table(grid_of_csv(text, "metrics.csv"), ["zh", "en"], None, metrics)
    for fault in table.faults:
        assert str(fault).isprintable()
        assert fault.line >= 1


def test_an_atlas_with_faults_in_its_table_is_not_shown(counted: Path) -> None:
    write(counted, f"{HEAD}east,wells,2020,x\n")
    with pytest.raises(AtlasError, match="'x' is no number"):
        load_atlas(counted)
