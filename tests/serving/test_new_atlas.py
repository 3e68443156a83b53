"""`new` with the real builder: what it writes passes the check, for any codes and names."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from stories.files.loader import load_atlas
from tests.support.command import main

LIKE_YAML = """
01001 01003 1e5 1e-3 0x1f 0o7 0b11 1_000 007 08 null Null true on On no yes y 2024-01-01
12:30 1:20:30 .inf .nan 1.0 1.10 -1 +2 = << 330521 9999999999999999999999 & * ! ? @ % [ { #
"""
YAML_LIKE = LIKE_YAML.split()
NAMES = (
    'Ste. "Marie"', "L'Île: d'Yeu", "# no comment", "back\\slash", "two\nlines", "{{ x }}", "- a",
    "قضاء الهاشمية",
    "\u202emirror", "甲乡", "서울", "a\u2028b", "😀", "%TAG", "'", "null", "a\u2029b",
    "x" * 400,
)  # fmt: skip


def squares(file: Path, codes: list[str], names: list[str]) -> Path:
    """Write a row of squares, each with a code and a name."""
    shapes = [shapely.box(8 + i / 10, 47, 8.1 + i / 10, 47.1) for i in range(len(codes))]
    gpd.GeoDataFrame({"CODE": codes, "NAME": names}, geometry=shapes, crs=4326).to_file(file)
    return file


def new(folder: Path, file: Path, languages: str, *more: str) -> int:
    build = ["--code", "CODE", "--name", f"{languages.partition(',')[0]}=NAME", *more]
    words = ["new", str(folder), "--boundaries", str(file), "--languages", languages, "--"]
    return main([*words, *build])


@pytest.mark.parametrize("languages", ["fr", "zh,en", "ar", "ko,ja", "pt-BR", "zh-Hant,no", "en"])
def test_codes_that_yaml_could_read_as_something_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], languages: str
) -> None:
    file = squares(tmp_path / "codes.geojson", YAML_LIKE, YAML_LIKE)
    assert new(tmp_path / "atlas", file, languages) == 0
    assert " 0 errors" in capsys.readouterr().err
    stories = load_atlas(tmp_path / "atlas").stories
    assert len(stories) == len(YAML_LIKE)
    assert "01001" in [story.town for story in stories] or languages == "en"
    assert main(["check", str(tmp_path / "atlas")]) == 0


@pytest.mark.parametrize("language", ["zh", "en", "ar"])
def test_names_of_any_letters(tmp_path: Path, language: str) -> None:
    codes = [f"0{i}" for i in range(len(NAMES))]
    file = squares(tmp_path / "names.gpkg", codes, list(NAMES))
    assert new(tmp_path / "atlas", file, language) == 0
    assert main(["check", str(tmp_path / "atlas")]) == 0


def test_codes_in_capitals_and_other_scripts_give_addresses(tmp_path: Path) -> None:
    codes = ["FJ-1", "fj-1", "DE.BY/2", "甲", "٠١", "A" * 90, "Ü1", "atlas", "CON"]
    file = squares(tmp_path / "codes.gpkg", codes, codes)
    assert new(tmp_path / "atlas", file, "fr") == 0
    towns = [story.town for story in load_atlas(tmp_path / "atlas").stories]
    assert "de-by-2" in towns
    assert "01" in towns
    assert len(set(towns)) == len(codes)
    assert not {"atlas", "con"} & set(towns)
    assert max(map(len, towns)) <= 60


@pytest.mark.parametrize(
    "name", ["null", "2024", "北京", "a: b #c", "x" * 200, 'it\'s "it"', "é" * 70]
)
def test_the_folder_gives_the_atlas_its_name(tmp_path: Path, name: str) -> None:
    file = squares(tmp_path / "codes.geojson", ["01", "02"], ["A", "B"])
    assert new(tmp_path / name, file, "fr") == 0


def test_the_folder_that_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = squares(tmp_path / "codes.geojson", ["01", "02"], ["A", "B"])
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert new(Path(), file, "fr") == 0
    assert (Path() / "atlas.yaml").is_file()
    assert load_atlas(here).id == "here"


def test_new_ends_with_the_verdict_of_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where what was written has errors, they are told, and the exit code says so."""
    monkeypatch.setattr("stories.authoring.scaffold.THEMES", (("industry", "eco", "no colour"),))
    file = squares(tmp_path / "codes.geojson", ["01", "02"], ["A", "B"])
    assert new(tmp_path / "atlas", file, "fr") == 2
    said = capsys.readouterr()
    assert "atlas.yaml" in said.out
    assert "colour" in said.out
    assert " errors" in said.err


def test_a_code_typed_with_leading_zeros_stays_as_it_is(tmp_path: Path) -> None:
    file = squares(tmp_path / "codes.geojson", ["01001", "01003"], ["A", "B"])
    assert new(tmp_path / "atlas", file, "fr") == 0
    for path in (tmp_path / "atlas").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"01001"', "01001").replace('"01003"', "01003"), "utf-8")
    assert main(["check", str(tmp_path / "atlas")]) == 0
