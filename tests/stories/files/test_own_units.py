"""Units of an atlas's own, from its files to what readers see and download."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from stories.checks import check_atlas
from stories.export.metrics import metric_rows
from stories.export.rows import figures_csv
from stories.files.loader import load_atlas
from stories.metrics import metric_series
from stories.view.compare import comparisons
from stories.wording import Wording
from stories.wording.figures import figure_text
from tests.support.metrics import division

if TYPE_CHECKING:
    from pathlib import Path

UNITS = """
units:
  - id: 口
    label: {zh: 口井, en: wells}
    forms: {en: {one: well, other: wells}}
    per: {zh: "每口井{n}", en: "{n} per well"}
"""


def declare(folder: Path, unit: str = "口", units: str = UNITS) -> Path:
    atlas, town = folder / "atlas.yaml", folder / "east.yaml"
    atlas.write_text(atlas.read_text("utf-8") + units, "utf-8")
    town.write_text(town.read_text("utf-8").replace("unit: count", f"unit: {unit}"), "utf-8")
    return folder


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("unit", "en", "zh", "column"),
    [
        ("口", "12 wells", "12口井", "wells"),
        ("hours", "12 hours", "12小时", "hours"),
        ("CHF", "12 Swiss francs", "12瑞士法郎", "Swiss francs"),
        ("kg/口", "12 kilograms per well", "每口井12千克", "kilograms/well"),
    ],
)
def test_a_figure_in_a_unit(small: Path, unit: str, en: str, zh: str, column: str) -> None:
    atlas = load_atlas(declare(small, unit))
    figure = atlas.stories[0].figures[0]
    assert figure_text(figure, Wording("en")) == en
    assert figure_text(figure, Wording("zh")) == zh
    row = rows(figures_csv(atlas, {}))[0]
    assert row["unit"] == figure.unit
    assert row["unit_name_en"] == column
    assert atlas.model_dump(mode="json")["stories"][0]["figures"][0]["unit"] == figure.unit


def test_a_table_names_it_too(small: Path) -> None:
    declare(small)
    town = small / "east.yaml"
    town.write_text(town.read_text("utf-8").partition("figures:")[0], "utf-8")
    table = (
        "id,label.en,label.zh,unit,value,period,source.en,source.zh\nw,Wells,井,口,7,2024,Us,我们\n"
    )
    (small / "east.figures.csv").write_text(table, "utf-8")
    figure = load_atlas(small).stories[0].figures[0]
    assert figure_text(figure, Wording("en")) == "7 wells"


def test_a_metric_is_in_it(small: Path) -> None:
    units = UNITS + (
        "metrics:\n  - {id: dug, label: {zh: 井数, en: Dug}, unit: 口, kind: count,"
        " source: {zh: 我们, en: Us}}\n"
    )
    declare(small, "count", units)
    table = "division,metric,period,value,unit\neast,dug,2024,7 wells,口\n"
    (small / "metrics.csv").write_text(table, "utf-8")
    atlas = load_atlas(small)
    assert atlas.metric_values[0].value == 7
    town = division("east")
    (row,) = metric_rows(atlas, {"east": town}, metric_series(atlas, {"east": town}))
    assert (row["value"], row["unit_en"], row["unit_zh"]) == (7, "wells", "口井")
    table = "division,metric,period,value,unit\neast,dug,2024,7,ponds\n"
    (small / "metrics.csv").write_text(table, "utf-8")
    (fault,) = [each for each in check_atlas(small) if "ponds" in each.what]
    assert "is not that of the metric 'dug', '口'" in fault.what


def test_figures_in_one_unit_of_ones_own_are_compared(small: Path) -> None:
    declare(small)
    texts = {each: (small / f"east.{each}.md").read_text("utf-8") for each in ("zh", "en")}
    for lang, text in texts.items():
        (small / f"west.{lang}.md").write_text(text, "utf-8")
    town = (small / "east.yaml").read_text("utf-8").replace("town: east", "town: west")
    (small / "west.yaml").write_text(town, "utf-8")
    atlas = small / "atlas.yaml"
    atlas.write_text(atlas.read_text("utf-8").replace("[east]", "[east, west]"), "utf-8")
    (compared,) = comparisons(load_atlas(small))
    assert compared.unit == "口"
    assert [entry.town for entry in compared.entries] == ["east", "west"]


def test_the_check_is_content(small: Path) -> None:
    assert check_atlas(declare(small)) == []
