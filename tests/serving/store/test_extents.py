"""Where scenes look: told by the check and by the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from serving.store.snapshot import SnapshotStore
from tests.support import scene_atlas
from tests.support.command import main

if TYPE_CHECKING:
    from pathlib import Path

PART = "west: 119.9, south: 30.5, east: 120.1, north: 30.6"


@pytest.mark.parametrize(
    ("extent", "told"),
    [
        (PART, None),
        ("west: 118.1, south: 30.5, east: 118.3, north: 30.6", "lies outside all divisions"),
        ("west: 120.2, south: 30.5, east: 121.1, north: 30.6", "the middle of the extent"),
    ],
)
def test_an_extent_outside_the_county_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], extent: str, told: str | None
) -> None:
    folder = scene_atlas.write_scene_atlas(tmp_path / "deqing")
    file = folder / "leidian.yaml"
    text = file.read_text(encoding="utf-8")
    assert PART in text
    file.write_text(text.replace(PART, extent), encoding="utf-8")
    line = next(
        n for n, each in enumerate(file.read_text("utf-8").splitlines(), 1) if extent in each
    )

    main(["check", str(folder)])
    found = [each for each in capsys.readouterr().out.splitlines() if "extent" in each]
    shown = [
        each
        for each in SnapshotStore(folder, warnings=True).state().faults
        if "extent" in each.what
    ]

    assert len(found) == len(shown) == (told is not None)
    if told:
        assert told in found[0]
        assert f"leidian.yaml:{line}:" in found[0]
        assert "warning" in found[0]
        assert told in shown[0].what
