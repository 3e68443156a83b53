"""Loading: what a whole folder gives, and how a broken one is refused."""

import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults import Fault
from stories.checks import check_atlas
from stories.errors import AtlasError
from stories.files.folder import MAX_BYTES
from stories.files.loader import load_atlas
from stories.files.yaml import read_yaml


def faults(folder: Path) -> list[Fault]:
    with pytest.raises(AtlasError) as caught:
        load_atlas(folder)
    return list(caught.value.faults)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_small_atlas(small: Path) -> None:
    atlas = load_atlas(small)
    story = atlas.story("east")
    assert story
    assert story.text("en").headline == "East digs wells"
    assert story.text("fr", ["en", "zh"]).lead == "East has 12 wells."
    wells = story.figure("wells")
    assert wells
    assert wells.value == Decimal(12)
    assert wells.passage
    assert wells.passage.section
    assert wells.passage.section.get("zh") == "东镇"
    assert atlas.theme("water").label.get("en") == "Water"
    assert atlas.story("west") is None


def test_every_fault_of_every_file_at_once(small: Path) -> None:
    edit(small / "atlas.yaml", "icon: water_drop", "icn: water_drop")
    edit(small / "east.yaml", "unit: count", "unit: countt")
    (small / "east.en.md").write_text("No headline.\n", encoding="utf-8")
    assert [(f.file.rpartition("/")[2], f.line, f.column) for f in faults(small)] == [
        ("atlas.yaml", 8, 5),  # icon is missing
        ("atlas.yaml", 10, 5),  # icn is unknown
        ("east.en.md", 1, 1),
        ("east.yaml", 7, 11),
    ]


def test_a_fault_reads_as_one_line_with_its_mend(small: Path) -> None:
    edit(small / "east.yaml", "themes: [water, work]", "themes: [watre]")
    [fault] = faults(small)
    assert str(fault) == (
        f"{small.as_posix()}/east.yaml:2:10: theme 'watre' is not declared in atlas.yaml; "
        "did you mean 'water'?"
    )


def test_a_computed_figure_is_computed_again(small: Path) -> None:
    edit(small / "east.yaml", "value: 20", "value: 25")
    [fault] = faults(small)
    assert (fault.line, fault.mend) == (16, "write 20")


def test_a_missing_translation_falls_back(small: Path) -> None:
    (small / "east.en.md").unlink()
    story = load_atlas(small).story("east")
    assert story
    assert story.text("en", ["zh", "en"]).headline == "东镇打井"


def test_a_story_without_words_is_refused(small: Path) -> None:
    (small / "east.en.md").unlink()
    (small / "east.zh.md").unlink()
    assert "no words" in faults(small)[0].what


def test_line_ends_of_every_system_are_read_alike(small: Path) -> None:
    before = load_atlas(small)
    for path in small.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_atlas(small) == before
    assert check_atlas(small, ["east"]) == []


def test_a_byte_order_mark_does_no_harm(small: Path) -> None:
    path = small / "atlas.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_atlas(small).id == "small"


def test_other_encodings_are_refused_with_their_line(small: Path) -> None:
    (small / "east.zh.md").write_bytes("# East\n\n东镇。\n".encode("gbk"))
    [fault] = faults(small)
    assert (fault.line, fault.mend) == (3, "save the file as UTF-8")


def test_an_empty_folder_and_a_large_file_are_refused(tmp_path: Path, small: Path) -> None:
    assert "cannot be read" in faults(tmp_path)[0].what
    (small / "east.zh.md").write_text("# " + "x" * MAX_BYTES, encoding="utf-8")
    assert "larger" in faults(small)[0].what


@pytest.mark.parametrize("town", ["../east", "/etc/passwd", "a/b", "..", "east/../east"])
def test_names_do_not_lead_out_of_the_folder(small: Path, town: str) -> None:
    edit(small / "atlas.yaml", "stories: [east]", f'stories: ["{town}"]')
    found = faults(small)
    assert any(fault.line == 16 for fault in found)
    assert not any("cannot be read" in fault.what for fault in found)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links here")
def test_links_do_not_lead_out_of_the_folder(small: Path) -> None:
    secret = small.parent / "secret.md"
    secret.write_text("# Secret\n\nSecret.\n", encoding="utf-8")
    (small / "east.zh.md").unlink()
    (small / "east.zh.md").symlink_to(secret)
    assert "outside" in faults(small)[0].what


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("a: &x 1", 1, 4, "anchor"),
        ("a: *x", 1, 4, "alias"),
        ("a: !!python/name:os.system x", 1, 4, "tag"),
        ("a: 1\nb: 2\na: 3", 3, 1, "second time"),
        ("a: {b: 1, b: 2}", 1, 11, "second time"),
        ("? [a]\n: 1", 1, 3, "no word"),
        ("a: 1\n---\nb: 1", 2, 1, "second document"),
        ("a: [1", 1, 6, "expected"),
        ("a:\n\tb: 1", 2, 1, "token"),
        ("[" * 1000, 1, 21, "nesting"),
        ("a: \x00", 1, 1, "special characters"),
    ],
)
def test_syntax_beyond_plain_data_is_refused(text: str, line: int, column: int, said: str) -> None:
    [fault] = read_yaml(text, "x.yaml").faults
    assert said in fault.what
    assert (fault.line, fault.column) == (line, column)


def test_words_stay_words_and_numbers_exact() -> None:
    text = "a: no\nb: 1.10\nc: 2024-02-19\nd: 007\ne: true\nf: ~\ng: .inf\nh: 1e3\ni: -30"
    data = read_yaml(text, "x.yaml").data
    assert data == {
        "a": "no", "b": Decimal("1.10"), "c": "2024-02-19", "d": "007", "e": True, "f": None,
        "g": ".inf", "h": "1e3", "i": -30,
    }  # fmt: skip


@given(text=st.text())
def test_any_text_gives_data_or_faults(text: str) -> None:
    source = read_yaml(text, "x.yaml")
    assert all(fault.line >= 1 and fault.column >= 1 for fault in source.faults)
