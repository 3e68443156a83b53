"""A file system to which nothing can be written, or whose old temporary files somebody clears."""

from __future__ import annotations

import shutil
import tempfile
from typing import TYPE_CHECKING

import pytest

from geo.files import boundary_sets
from geo.files.boundary_sets import BOUNDARIES
from geo.files.temporary import temporary_folder
from serving import live_reload
from serving.store.snapshot import SnapshotStore
from tests.conftest import DEQING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.testclient import TestClient


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An atlas with boundaries of its own."""
    folder = shutil.copytree(DEQING, tmp_path / "deqing")
    shutil.copytree(BOUNDARIES / "deqing", folder / "lines")
    file = folder / "atlas.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("boundaries: deqing", "boundaries: lines"), encoding="utf-8")
    return folder


@pytest.fixture
def nowhere(own: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No folder for temporary files, and none made before, as in a new process."""
    monkeypatch.setattr(boundary_sets, "_room", lambda: temporary_folder("x"))
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    return own


def test_an_atlas_is_served_and_only_what_needs_a_file_says_what_is_missing(
    nowhere: Path, serve: Callable[..., TestClient], caplog: pytest.LogCaptureFixture
) -> None:
    client = serve(folder=nowhere)
    assert "Leidian" in client.get("/?town=leidian&lang=en").text
    for path in ("/card/en.png", "/data/boundaries.geojson", "/data/figures.csv"):
        assert client.get(path).status_code == 200, path
    assert client.get("/readyz?strict").status_code == 200
    answer = client.get("/data/boundaries.gpkg")
    assert answer.status_code == 503
    assert len(caplog.records) == 4  # boundaries, places, metrics, and what was asked for
    for record in caplog.records:
        assert "no temporary file can be written" in record.message
        assert "set TMPDIR" in record.message
        assert "divisions.geojson" not in record.message


@pytest.mark.usefixtures("nowhere")
def test_open_pages_do_without_the_file_that_they_follow(caplog: pytest.LogCaptureFixture) -> None:
    assert live_reload._state_file.__wrapped__() is None  # type: ignore[attr-defined]  # noqa: SLF001
    assert "open pages hear of no change" in caplog.text


def contents(folder: Path) -> dict[Path, bytes]:
    """What every file of a folder holds, those of its dates too."""
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_what_is_cleared_is_written_again(own: Path) -> None:
    snapshots = SnapshotStore(own)
    first = snapshots.current().boundaries
    files = contents(first)
    (first / "divisions.geojson").unlink()  # by its age alone
    assert snapshots.current().boundaries == first
    assert contents(first) == files
    shutil.rmtree(first.parent)
    assert snapshots.current().boundaries == first
    assert contents(first) == files
    assert snapshots.state().is_whole
