"""The dates of a boundary set, while somebody edits them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from geo.files.boundary_sets import BOUNDARIES
from serving.store.snapshot import SnapshotStore

DEQING = Path(__file__).parents[3] / "stories" / "data" / "deqing"
THEN = "dates/2018-10-31/divisions.geojson"


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """The boundaries of an atlas that has them in its own folder."""
    folder = shutil.copytree(DEQING, tmp_path / "deqing")
    lines = shutil.copytree(BOUNDARIES / "deqing", folder / "lines")
    rewrite(folder / "atlas.yaml", "boundaries: deqing", "boundaries: lines")
    return lines


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    later = file.stat().st_mtime_ns + 1_000_000
    os.utime(file, ns=(later, later))


def test_an_edit_of_an_earlier_date_is_seen(lines: Path) -> None:
    snapshots = SnapshotStore(lines.parent)
    before = snapshots.current()
    assert len(before.dated) == 6
    assert before.changes is not None
    assert before.villages is not None
    rewrite(lines / THEN, "阜溪街道", "阜溪镇")
    after = snapshots.current()
    assert after is not before
    assert "阜溪镇" in set(after.dated[0].divisions["name_zh"])
    rewrite(lines.parent / "kangqian.yaml", "dates: [2019-10-31, 2020-06-30]", "# dates: none")
    shutil.rmtree(lines / "dates")
    (lines / "changes.geojson").unlink()
    assert snapshots.current().dated == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (THEN, '"slug":"fuxi"', '"slug":"other"', "slug is 'other' here"),
        (THEN, '"coordinates"', '"co', "not JSON"),
        ("dates/2019-10-31/divisions.provenance.json", "../2018-10-31", "../2017-10-31", "same_as"),
        ("changes.geojson", '"from_slug":"fuxi"', '"from_slug":"luoshe"', "the slug 'luoshe'"),
    ],
)
def test_a_date_that_is_not_whole_changes_nothing_and_is_named(
    lines: Path, file: str, old: str, new: str, words: str
) -> None:
    snapshots = SnapshotStore(lines.parent)
    before = snapshots.current()
    rewrite(lines / file, old, new)
    state = snapshots.state()
    assert state.snapshot is before
    assert not state.is_whole
    (fault, *_) = state.faults
    assert str(fault).startswith(f"deqing/lines/{file}")
    assert words in str(fault)


def test_an_area_holds_until_the_boundary_is_another_also_an_earlier_one(lines: Path) -> None:
    dates = lines / "dates"
    for name in ("2021-10-31", "2022-10-31"):
        record = dates / name / "divisions.provenance.json"
        rewrite(record, "../../divisions.geojson", "../2018-10-31/divisions.geojson")
    fuxi = SnapshotStore(lines.parent).current().towns["fuxi"]
    first, second, third, today = fuxi.areas
    assert [str(each.since) for each in fuxi.areas] == [
        "2018-10-31", "2020-06-30", "2021-10-31", "2023-06-30",
    ]  # fmt: skip
    assert (third.km2, today.km2) == (first.km2, second.km2)
    assert first.km2 != second.km2


def test_a_date_that_was_cleared_away_is_published_again(lines: Path) -> None:
    snapshots = SnapshotStore(lines.parent)
    before = snapshots.current()
    (before.boundaries / THEN).unlink()
    after = snapshots.current()
    assert (after.boundaries / THEN).is_file()
