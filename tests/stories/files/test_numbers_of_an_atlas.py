"""The numbers of an atlas's texts, and the names with numbers that it lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stories.checks import check_atlas

if TYPE_CHECKING:
    from pathlib import Path


def about_numbers(folder: Path) -> list[str]:
    return [str(each) for each in check_atlas(folder) if "no figure covers" in str(each)]


def test_a_name_is_listed_once_for_all_texts(small: Path) -> None:
    for file, old, new in (
        ("atlas.yaml", "东镇的井。", "五里牌的井。"),
        ("east.zh.md", "东镇有", "五里牌有"),
    ):
        text = (small / file).read_text(encoding="utf-8")
        assert old in text
        (small / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert len(about_numbers(small)) == 2
    with (small / "atlas.yaml").open("a", encoding="utf-8") as atlas:
        atlas.write("\nnames_with_numbers: {zh: [五里牌]}\n")
    assert about_numbers(small) == []


def test_what_is_not_read_is_said_once_for_each_language(small: Path) -> None:
    atlas = small / "atlas.yaml"
    text = atlas.read_text(encoding="utf-8")
    atlas.write_text(text.replace("languages: [zh, en]", "languages: [zh, en, sw, fr]"), "utf-8")
    said = [str(each) for each in check_atlas(small) if "in figures alone" in str(each)]
    assert len(said) == 1
    assert "of 'sw'" in said[0]
