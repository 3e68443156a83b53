"""Names of files that are nearly right are named, and never read in silence or passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from faults import Severity
from stories.checks import check_atlas
from stories.errors import AtlasError
from stories.files.loader import load_atlas
from stories.files.near_misses import meant

KNOWN = ["atlas.yaml", "east.yaml", "east.en.md", "east.figures.csv", "east.figures.xlsx"]


def said(folder: Path, severity: Severity | None = None) -> list[str]:
    return [
        f"{Path(fault.file).name}: {fault.message}"
        for fault in check_atlas(folder, ["east"])
        if severity in {None, fault.severity}
    ]


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("atlas.yml", "atlas.yaml"), ("Atlas.yaml", "atlas.yaml"), ("atlas.yaml.txt", "atlas.yaml"),
        ("east.YAML", "east.yaml"), ("east (1).yaml", "east.yaml"), ("east(2).yml", "east.yaml"),
        ("east - Copy.yaml", "east.yaml"), ("east - 副本.yaml", "east.yaml"),
        ("east copy.yaml", "east.yaml"), ("east.yaml.bak", "east.yaml"),
        ("east.yaml.yaml", "east.yaml"), ("ｅａｓｔ.yaml", "east.yaml"),
        ("east.en.md.txt", "east.en.md"), ("East.en.md", "east.en.md"),
        ("east_en.md", "east.en.md"), ("east-en.md", "east.en.md"), ("east en.md", "east.en.md"),
        ("east.EN.markdown", "east.en.md"), ("east.en.md.md", "east.en.md"),
        ("east.figures.CSV", "east.figures.csv"), ("east.figures.csv.txt", "east.figures.csv"),
        ("east.figures.txt", "east.figures.csv"), ("east.figures.tsv", "east.figures.csv"),
        ("east_figures.csv", "east.figures.csv"), ("east.figure.csv", "east.figures.csv"),
        ("east.figures", "east.figures.csv"), ("east.figures (3).csv", "east.figures.csv"),
        ("~$east.figures.xlsx", "east.figures.xlsx"), ("east.figures.xls", "east.figures.xlsx"),
        ("east.figures.ods", "east.figures.xlsx"), ("East.Figures.XLSM", "east.figures.xlsx"),
        ("east.figures.numbers", "east.figures.xlsx"), ("east.figures.et", "east.figures.xlsx"),
    ],
)  # fmt: skip
def test_what_was_meant(name: str, right: str) -> None:
    assert meant(name, KNOWN) == right


@pytest.mark.parametrize(
    "name", ["east.zh.md", "west.yaml", "README.md", "notes.txt", "east.png", "east2.yaml", *KNOWN]
)
def test_what_was_not_meant(name: str) -> None:
    assert meant(name, KNOWN) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [("atlas.yaml", "atlas.yml"), ("east.yaml", "east.YAML"), ("east.yaml", "east (1).yaml")],
)
def test_a_needed_file_under_another_name(small: Path, old: str, new: str) -> None:
    (small / old).rename(small / new)
    assert any(f"there is {new!r}; did you mean {old!r}?" in line for line in said(small))


def test_words_under_another_name(small: Path) -> None:
    (small / "east.en.md").rename(small / "East.en.md")
    said_of_it = "there is 'East.en.md'; did you mean 'east.en.md'?"
    assert f"East.en.md: nothing leads to this file; {said_of_it}" in said(small)
    assert any("the story is not written in 'en'" in line for line in said(small))
    (small / "east.zh.md").rename(small / "east.zh.md.txt")
    with pytest.raises(AtlasError, match=r"no words yet; there is 'East.en.md'|'east.zh.md.txt'"):
        load_atlas(small)


@pytest.mark.parametrize("name", ["east.figures.CSV", "~$east.figures.xlsx", "east.figures.xls"])
def test_figures_under_another_name_are_missed(bare: Path, name: str) -> None:
    (bare / name).write_text("id,label.en\n", encoding="utf-8")
    right = meant(name, KNOWN)
    assert f"{name}: there is {name!r}, which is not read; did you mean {right!r}?" in said(
        bare, Severity.ERROR
    )


def test_copies_beside_the_file_itself(small: Path) -> None:
    (small / "east (1).yaml").write_text("town: east\n", encoding="utf-8")
    [line] = said(small)
    assert line.startswith("east (1).yaml: nothing leads to this file; 'east.yaml' is there too")


def test_marks_of_open_workbooks_are_passed_over(bare: Path) -> None:
    (bare / "east.figures.xlsx").write_bytes(b"PK")
    (bare / "~$east.figures.xlsx").write_bytes(b"x" * 165)
    assert not any("~$" in line for line in said(bare))
