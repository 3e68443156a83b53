"""A disk that is full when files are kept: what was last whole stays."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

import stories
from geo.files.boundary_sets import BOUNDARIES
from serving.errors import SnapshotError
from serving.store.snapshot import SnapshotStore


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "deqing"
    shutil.copytree(Path(stories.__file__).parent / "data" / "deqing", copy)
    shutil.copytree(BOUNDARIES / "deqing", copy / "deqing")
    return copy


def fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(path: Path, data: bytes) -> int:  # noqa: ARG001
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", no_room)


def touch(folder: Path, spaces: str) -> None:
    """Change the file without changing what it says."""
    file = folder / "deqing" / "divisions.geojson"
    file.write_text(file.read_text(encoding="utf-8") + spaces, encoding="utf-8")


def test_a_full_disk_keeps_what_was_last_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshots = SnapshotStore(folder)
    first = snapshots.current()
    touch(folder, "\n")
    with monkeypatch.context() as full:
        fill_the_disk(full)
        state = snapshots.state()
        assert state.snapshot is first
        assert not state.is_whole
        assert "No space left" in str(state.faults[0])
    touch(folder, "\n")
    assert snapshots.current() is not first
    assert snapshots.state().is_whole


def test_a_full_disk_at_the_start_is_an_error_that_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(folder, "  ")  # no copy of it can be there yet
    with monkeypatch.context() as full:
        fill_the_disk(full)
        with pytest.raises(SnapshotError, match="No space left"):
            SnapshotStore(folder).current()
    assert SnapshotStore(folder).current().towns  # a restart heals
