"""Several atlases in a folder, and an atlas that is being edited."""

import shutil
from pathlib import Path

from stories.library import choose, discover
from stories.watch import follow, signature


def test_one_atlas_is_itself(small: Path) -> None:
    [entry] = discover(small)
    assert (entry.id, entry.folder) == ("small", small)
    assert choose((entry,), None) == entry
    assert choose((entry,), "other") == entry


def test_several_atlases_by_name(small: Path) -> None:
    for name in ("zulu", "alpha", ".hidden", "_draft"):
        shutil.copytree(small, small.parent / "shelf" / name)
    (small.parent / "shelf" / "empty").mkdir()
    entries = discover(small.parent / "shelf")
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


def test_the_last_whole_atlas_stays_while_a_file_is_broken(small: Path) -> None:
    following = follow(small)
    whole, faults = following.current()
    assert whole is not None
    assert faults == ()
    assert following.current()[0] is whole

    path = small / "east.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("unit: count", "unit: cuont"), encoding="utf-8")
    kept, faults = following.current()
    assert kept is whole
    assert [(Path(fault.file).name, fault.line) for fault in faults] == [("east.yaml", 7)]

    path.write_text(text.replace("value: 12", "value: 12.0"), encoding="utf-8")
    mended, faults = following.current()
    assert mended is not whole
    assert faults == ()


def test_an_atlas_that_never_was_whole(tmp_path: Path) -> None:
    value, faults = follow(tmp_path).current()
    assert value is None
    assert len(faults) == 1
