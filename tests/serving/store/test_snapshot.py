from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.files.boundary_sets import BOUNDARIES
from serving.store.snapshot import SnapshotStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

DEQING = Path(__file__).parents[3] / "stories" / "data" / "deqing"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(DEQING, tmp_path / "deqing")


def rewrite(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    later = file.stat().st_mtime_ns + 1_000_000
    os.utime(file, ns=(later, later))


def test_an_edit_is_served_without_a_restart(folder: Path) -> None:
    snapshots = SnapshotStore(folder)
    before = snapshots.current()
    assert snapshots.current() is before
    rewrite(folder / "xinan.en.md", "orders booked", "many orders booked")
    story = snapshots.current().atlas.story("xinan")
    assert story is not None
    assert "many orders booked" in story.text("en").headline


def test_a_broken_edit_leaves_the_last_good_snapshot(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    snapshots = SnapshotStore(folder)
    before = snapshots.current()
    rewrite(folder / "atlas.yaml", "id: deqing", "id: [")
    assert snapshots.current() is before
    assert snapshots.current() is before
    assert len(caplog.records) == 1
    rewrite(folder / "atlas.yaml", "id: [", "id: deqing")
    assert snapshots.current() is not before


def test_an_atlas_that_was_never_whole_leaves_the_page_to_the_script(
    folder: Path, serve: Callable[..., TestClient], caplog: pytest.LogCaptureFixture
) -> None:
    rewrite(folder / "atlas.yaml", "id: deqing", "id: [")
    client = serve(folder=folder)
    assert "<title>Streamlit</title>" in client.get("/").text
    assert client.get("/data/figures.csv").status_code == 503
    assert "atlas.yaml" in caplog.text
    rewrite(folder / "atlas.yaml", "id: [", "id: deqing")
    assert "<title>德清故事地图</title>" in client.get("/?lang=zh").text


@pytest.fixture
def own(folder: Path) -> Path:
    """An atlas whose boundaries lie in its own folder, beside a file that is nobody's business."""
    shutil.copytree(BOUNDARIES / "deqing", folder / "lines")
    rewrite(folder / "atlas.yaml", "boundaries: deqing", "boundaries: lines")
    (folder / "lines" / "draft.gpkg").write_text("secret", encoding="utf-8")
    return folder


def test_the_maps_files_are_those_that_were_checked(own: Path) -> None:
    snapshots = SnapshotStore(own)
    before = snapshots.current().boundaries
    assert {file.name for file in before.iterdir()} == {
        file.name for file in (BOUNDARIES / "deqing").iterdir()
    }
    text = (own / "lines" / "divisions.geojson").read_text(encoding="utf-8")
    (own / "lines" / "divisions.geojson").write_text(text[:5000], encoding="utf-8")
    assert snapshots.current().boundaries == before
    (own / "lines" / "divisions.geojson").write_text(
        text.replace("雷甸镇", "雷甸"), encoding="utf-8"
    )
    after = snapshots.current().boundaries
    assert after != before
    assert text == (before / "divisions.geojson").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "words"),
    [
        ("xinan.yaml", "figures:", "figuers:", "deqing/xinan.yaml:9:1:", "did you mean 'figures'"),
        ("atlas.yaml", "[leidian, xinan,", "[leidian, xin,", "deqing/xin.yaml:1:1:", "create it"),
        ("atlas.yaml", "boundaries: lines", "boundaries: gone", "deqing/atlas.yaml:", "'gone'"),
        (
            "lines/divisions.geojson",
            '"slug":"leidian",',
            "",
            "deqing/lines/divisions.geojson:",
            "slug",
        ),
        ("lines/divisions.geojson", '"code"', '"code', "deqing/lines/divisions.geojson:2:", "JSON"),
        ("lines/divisions.geojson", '"area_km2":', '"area_km2":"x","a":', "deqing/", "area_km2"),
        (
            "lines/neighbours.geojson",
            '"coordinates"',
            '"co',
            "deqing/lines/neighbours.geojson:2:",
            "",
        ),
    ],
)
def test_every_fault_has_a_file_and_a_line(  # noqa: PLR0913, PLR0917  # a table
    own: Path, file: str, old: str, new: str, place: str, words: str
) -> None:
    snapshots = SnapshotStore(own)
    assert snapshots.state().is_whole
    before = (own / file).read_text(encoding="utf-8")
    assert old in before
    rewrite(own / file, old, new)
    state = snapshots.state()
    assert state.snapshot is not None
    assert not state.is_whole
    assert (state.snapshot.boundaries / "divisions.geojson").is_file()
    assert any(str(fault).startswith(place) and words in str(fault) for fault in state.faults)


def test_an_editor_hears_of_warnings_too(folder: Path) -> None:
    rewrite(folder / "xinan.en.md", "orders booked", "12345 orders booked")
    assert SnapshotStore(folder).state().faults == ()
    state = SnapshotStore(folder, warnings=True).state()
    assert state.is_whole
    assert ["deqing/xinan.en.md" in str(fault) for fault in state.faults] == [True]


def test_a_story_without_a_boundary_takes_no_map_away(own: Path) -> None:
    snapshots = SnapshotStore(own)
    before = snapshots.current().boundaries
    for file in own.glob("xinan.*"):
        file.rename(file.with_name(file.name.replace("xinan", "elsewhere")))
    rewrite(own / "elsewhere.yaml", "town: xinan", "town: elsewhere")
    rewrite(own / "atlas.yaml", "stories: [leidian, xinan,", "stories: [leidian, elsewhere,")
    rewrite(own / "atlas.yaml", "- xinan/", "- elsewhere/")
    faults = snapshots.state().faults
    assert any("no division 'elsewhere'" in str(fault) for fault in faults)
    assert (before / "divisions.geojson").is_file()
