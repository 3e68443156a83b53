"""The file by which open pages learn how the atlases stand."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from serving import live_reload
from serving.live_reload import CatalogueState
from serving.store.catalogue import Catalogue

if TYPE_CHECKING:
    import pytest

DEQING = Path(__file__).parents[2] / "stories" / "data" / "deqing"


def test_says_which_atlases_are_not_whole_and_changes_with_each_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        shutil.copytree(DEQING, tmp_path / name)
    monkeypatch.setattr(live_reload, "catalogue", Catalogue(tmp_path, recheck_seconds=0))
    words = tmp_path / "two" / "xinan.en.md"
    whole = words.read_bytes()

    first = CatalogueState.now()
    assert first.not_whole == ()
    assert CatalogueState.now() == first
    words.write_bytes(b"")
    broken = CatalogueState.now()
    assert broken.not_whole == ("two",)
    words.write_bytes(whole)
    mended = CatalogueState.now()
    assert mended.not_whole == ()
    assert len({first.digest, broken.digest, mended.digest}) == 3


def test_a_single_atlas_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(DEQING, tmp_path / "one")
    (tmp_path / "one" / "xinan.yaml").write_text("town: [", encoding="utf-8")
    monkeypatch.setattr(live_reload, "catalogue", Catalogue(tmp_path, recheck_seconds=0))

    assert CatalogueState.now().not_whole == (None,)
