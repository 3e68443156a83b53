"""Figures in a spreadsheet's CSV beside the story: the same models as from YAML."""

from pathlib import Path

import pytest

from stories.files.loader import load_atlas
from stories.model.atlas import Story
from tests.support.loading import faults

HEADER = (
    "id,label.zh,label.en,unit,value,qualifier,period,baseline.value,baseline.period,"
    "passage.paragraph,quote,computed.formula,computed.from"
)
ROWS = """\
wells,井,Wells,count,12,,2024,10,2023,1,12口井,,
wells-change,变化,Change,%,20,,2024,,,,,percent_change,wells
"""


def story(folder: Path) -> Story:
    found = load_atlas(folder).story("east")
    assert found
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_same_models(small: Path, encoding: str, delimiter: str, newline: str) -> None:
    from_yaml = story(small)
    yaml = small / "east.yaml"
    yaml.write_text(yaml.read_text(encoding="utf-8").partition("figures:")[0], encoding="utf-8")
    text = f"{HEADER}\n{ROWS}\n".replace(",", delimiter).replace("\n", newline)
    (small / "east.figures.csv").write_bytes(text.encode(encoding))
    assert story(small) == from_yaml


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("wells,井,Wells,person,12,,2024,,,1,,,", "east.figures.csv:2:4: 'person' is no unit"),
        ("wells,井,Wells,count,twelve,,2024,,,1,,,", "east.figures.csv:2:5: 'twelve' is no number"),
        ("wells,井,Wells,count,,,2024,,,1,,,", "east.figures.csv:2:5: the cell is empty"),
        ("wells,井,Wells,count,12,,Feb-24,,,1,,,", "east.figures.csv:2:7: 'Feb-24' is no period"),
        ("wells,井,a,b,count,12,,2024,,,1,,,,", "east.figures.csv:2:4: 'b' is no unit"),
        ("wells,井,Wells,count,12,,2024,,,1,,,,x", "east.figures.csv:2:14: the row has 14 cells"),
        ('wells,"井,Wells,count', "east.figures.csv:2:1: the row cannot be read"),
    ],
)
def test_faults_name_row_and_column(bare: Path, rows: str, said: str) -> None:
    (bare / "east.figures.csv").write_text(f"{HEADER}\n{rows}\n", encoding="utf-8")
    assert any(line.startswith(said) for line in faults(bare)), faults(bare)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("id,id", "east.figures.csv:1:2: column 'id' does not go with 'id'"),
        ("label.zh,LABEL.ZH", "east.figures.csv:1:2: column 'LABEL.ZH' does not go with 'label.zh"),
    ],
)
def test_columns_that_do_not_go_together(bare: Path, header: str, said: str) -> None:
    (bare / "east.figures.csv").write_text(f"{header}\na,b\n", encoding="utf-8")
    assert faults(bare)[0].startswith(said)


def test_an_unknown_column(bare: Path) -> None:
    text = f"{HEADER},colour\n{ROWS}".replace("wells,井", "wells,井").replace(
        "12口井,,", "12口井,,,blue"
    )
    (bare / "east.figures.csv").write_text(text, encoding="utf-8")
    assert any("there is no column 'colour'" in line for line in faults(bare))


def test_figures_stand_in_one_place(small: Path) -> None:
    (small / "east.figures.csv").write_text(f"{HEADER}\n{ROWS}", encoding="utf-8")
    said = "east.yaml:4:1: there are figures here and in east.figures.csv"
    assert faults(small)[0].startswith(said)
