from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from serving.edition import Editions

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

DEQING = Path(__file__).parents[2] / "stories" / "data" / "deqing"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(DEQING, tmp_path / "deqing")


def rewrite(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    later = file.stat().st_mtime_ns + 1_000_000
    os.utime(file, ns=(later, later))


def test_an_edit_is_served_without_a_restart(folder: Path) -> None:
    editions = Editions(folder)
    before = editions.current()
    assert editions.current() is before
    rewrite(folder / "xinan.en.md", "orders booked", "many orders booked")
    story = editions.current().atlas.story("xinan")
    assert story is not None
    assert "many orders booked" in story.text("en").headline


def test_a_broken_edit_leaves_the_last_good_edition(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    editions = Editions(folder)
    before = editions.current()
    rewrite(folder / "atlas.yaml", "id: deqing", "id: [")
    assert editions.current() is before
    assert editions.current() is before
    assert len(caplog.records) == 1
    rewrite(folder / "atlas.yaml", "id: [", "id: deqing")
    assert editions.current() is not before


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
