"""Several atlases in a folder, and what changes when one of them is edited."""

import shutil
from pathlib import Path

from serving.store.discovery import choose, discover
from serving.store.watch import signature


def test_one_atlas_is_itself(small: Path) -> None:
    [entry] = discover(small)
    assert (entry.id, entry.folder) == ("small", small)
    assert choose((entry,), None) == entry
    assert choose((entry,), "other") == entry


def test_several_atlases_by_name(small: Path) -> None:
    for name in ("zulu", "alpha", ".hidden", "_draft"):
        shutil.copytree(small, small.parent / "atlases" / name)
    (small.parent / "atlases" / "empty").mkdir()
    entries = discover(small.parent / "atlases")
    assert [entry.id for entry in entries] == ["alpha", "zulu"]
    assert choose(entries, "zulu") == entries[1]
    assert choose(entries, None) is None
    assert choose(entries, "../small") is None


def test_nothing_there(tmp_path: Path) -> None:
    assert discover(tmp_path / "gone") == ()
    assert choose((), "x") is None


def test_the_signature_changes_with_every_save(small: Path) -> None:
    before = signature(small)
    (small / ".east.md.swp").write_text("x", encoding="utf-8")
    assert signature(small) == before
    path = small / "east.zh.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert signature(small) != before


def test_what_lies_deeper_counts_and_what_is_not_there_does_not(small: Path) -> None:
    before = signature(small)
    (small / "lines").mkdir()
    (small / "lines" / "divisions.geojson").write_text("{}", encoding="utf-8")
    (small / "lines" / "loop").symlink_to(small)
    after = signature(small)
    assert {name for name, *_ in after - before} == {"lines/divisions.geojson"}
    assert signature(small / "gone") == frozenset()
