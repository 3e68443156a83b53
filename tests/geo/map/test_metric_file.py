"""The files of metrics for the map."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from geo.files.boundary_sets import are_kept
from geo.map.metric_file import (
    MapCell,
    MapMetric,
    MapPeriod,
    early_metric,
    metric_addresses,
    write_metrics,
)

if TYPE_CHECKING:
    from pathlib import Path


def cell(index: int | None, words: str, **more: Any) -> MapCell:  # noqa: ANN401  # of any field
    return MapCell(index, {"en": words, "zh": words}, **more)


def metric(drawn: Any = "fill") -> MapMetric:  # noqa: ANN401  # one of two words
    first = {"east": cell(0, "1", size=0.25), "north": cell(None, "not yet")}
    last = {
        "east": cell(1, "about 4", size=1.0, is_uncertain=True, marks={"en": "computed"}),
        "north": cell(0, "0"),
        "west": cell(1, "4", size=1.0),
    }
    return MapMetric(
        id="wells",
        drawn=drawn,
        labels={"en": "Wells: ", "zh": "井："},
        none={"en": "no data", "zh": "无数据"},
        light=("#ffffff", "#000000"),
        dark=("#111111", "#eeeeee"),
        periods=(
            MapPeriod("2019", {"en": "2019", "zh": "2019年"}, first),
            MapPeriod("2020", {"en": "2020", "zh": "2020年"}, last),
        ),
    )


def written(folder: Path | None, name: str) -> dict[str, Any]:
    assert folder
    content: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    return content


def test_what_is_drawn_has_no_words() -> None:
    assert written(write_metrics([metric()]), "metric.wells.json") == {
        "id": "wells",
        "drawn": "fill",
        "light": ["#ffffff", "#000000"],
        "dark": ["#111111", "#eeeeee"],
        "slugs": ["east", "north", "west"],
        "periods": [
            {"id": "2019", "classes": [0, -1, -1], "uncertain": []},
            {"id": "2020", "classes": [1, 0, 1], "uncertain": [0]},
        ],
    }


def test_circles_have_sizes() -> None:
    content = written(write_metrics([metric("circle")]), "metric.wells.json")
    assert [period["sizes"] for period in content["periods"]] == [[0.25, 0, 0], [1, 0, 1]]


def test_what_is_said_stands_in_a_file_of_its_language() -> None:
    folder = write_metrics([metric()])
    assert written(folder, "metric.wells.zh.json")["label"] == "井："
    said = written(folder, "metric.wells.en.json")
    assert said["none"] == "no data"
    assert said["periods"][1] == {
        "name": "2020",
        "values": ["about 4", "0", "4"],
        "marks": ["computed", ""],
        "marked": [0, 1, 1],
    }
    assert said["periods"][0]["values"] == ["1", "not yet", ""]


def test_a_folder_is_named_after_what_is_in_it() -> None:
    one, same = write_metrics([metric()]), write_metrics([metric()])
    other = write_metrics([metric("circle")])
    assert one == same != other
    assert one
    address = metric_addresses(one, lambda name, _folder: f"../{name}")
    assert address == f"../metrics_{one.name}?v={one.name}"
    assert early_metric(address, "wells") == [
        f"component/metrics_{one.name}/metric.wells.json?v={one.name}"
    ]
    assert early_metric(address, None) == early_metric(None, "wells") == []
    assert metric_addresses(None, lambda name, _folder: name) is None
    assert write_metrics([]) is None


def test_it_is_seen_when_a_file_of_the_folder_is_gone() -> None:
    folder = write_metrics([metric()])
    assert folder
    for name in ("metric.wells.json", "metric.wells.zh.json"):
        assert are_kept(folder)
        (folder / name).unlink()  # as machines clear old temporary files
        assert not are_kept(folder)
        assert write_metrics([metric()]) == folder
    shutil.rmtree(folder)
    assert not are_kept(folder)


def test_a_period_is_found_or_the_last_one_stands_in() -> None:
    assert [metric().period(name).id for name in ("2019", "1999", None)] == ["2019", "2020", "2020"]


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_no_browser_gets_a_number_that_it_cannot_read(bad: float) -> None:
    cells = {"east": cell(0, "1", size=bad)}
    one = MapMetric(
        **{**vars(metric("circle")), "periods": (MapPeriod("1", {"en": "", "zh": ""}, cells),)}
    )
    with pytest.raises(ValueError, match="JSON"):
        write_metrics([one])
