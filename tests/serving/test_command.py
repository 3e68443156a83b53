"""`story-atlas` as a whole: help, errors, and what each room is told of the other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely
from click.shell_completion import ShellComplete

from geo.errors import SourceError
from serving.boundary_lookup import divisions_of
from serving.command import page_folder, story_atlas
from stories.files.loader import load_atlas
from tests.support.command import example, main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
COMMANDS = tuple(story_atlas.commands)


@pytest.fixture
def outlines(tmp_path: Path) -> Path:
    """Two towns, as an editor might have them."""
    shapes = [shapely.box(120, 30, 120.1, 30.1), shapely.box(120.1, 30, 120.2, 30.1)]
    table = {"CODE": ["330599101", "330599102"], "NAME": ["东镇", "西镇"]}
    file = tmp_path / "towns.gpkg"
    gpd.GeoDataFrame(table, geometry=shapes, crs=4326).to_file(file)
    return file


def lay_out(folder: Path, outlines: Path, *more: str) -> int:
    """Lay out an atlas of these towns."""
    words = ["new", str(folder), "--boundaries", str(outlines)]
    return main([*words, "--", "--code", "CODE", "--name", "NAME", *more])


def test_the_list_of_commands_says_in_one_whole_line_what_each_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    listed = [line.split() for line in said.partition("Commands:\n")[2].splitlines()]
    assert [words[0] for words in listed if words][: len(COMMANDS)] == list(COMMANDS)
    assert "..." not in said.partition("Commands:")[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_a_command_does_with_one_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "-h"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    first, *_ = (story_atlas.commands[command].help or "").splitlines()
    assert first.endswith(".")
    assert first in said
    assert said.count("Example: story-atlas ") == 1
    assert example(command)[0] == command


def test_a_shell_completes_what_is_typed() -> None:
    shell = ShellComplete(story_atlas, {}, "story-atlas", "_STORY_ATLAS_COMPLETE")
    found = shell.get_completions(["build", "towns.shp", "--status"], "pub")
    assert [each.value for each in found] == ["published"]


@pytest.mark.parametrize("words", [["--colour"], ["tell"], ["run", "--colour"], ["new"]])
def test_what_is_not_known_or_missing_exits_with_2(words: list[str]) -> None:
    assert main(words) == 2


def test_a_new_atlas_is_built_and_checked_with_its_own_boundaries(
    tmp_path: Path, outlines: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "county"
    assert lay_out(folder, outlines) == 0
    written = capsys.readouterr().out.splitlines()
    assert written[0] == str(folder / "atlas.yaml")
    assert [story.town for story in load_atlas(folder).stories] == ["330599101", "330599102"]
    assert [each.names.root for each in divisions_of(folder, "boundaries")] == [
        {"zh": "东镇"},
        {"zh": "西镇"},
    ]
    assert main(["check", str(folder)]) == 0
    assert main(["check", str(folder), "--strict"]) == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--colour", "red"], "No such option '--colour'"),
        (["--kind", "KIND"], "Error: {file}: no column KIND; there are: CODE, NAME"),
        (["--within", "3306"], "Error: {file}: no feature in 3306"),
    ],
)
def test_a_build_that_fails_is_told_in_its_own_words_and_leaves_nothing(
    tmp_path: Path,
    outlines: Path,
    capsys: pytest.CaptureFixture[str],
    more: list[str],
    said: str,
) -> None:
    assert lay_out(tmp_path / "county", outlines, *more) == 2
    assert said.format(file=outlines) in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [outlines]


def test_check_finds_boundaries_that_the_page_could_not_draw(
    tmp_path: Path, outlines: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "county"
    lay_out(folder, outlines)
    file = folder / "boundaries" / "divisions.geojson"
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace("330599102", "330599101"), encoding="utf-8")
    assert main(["check", str(folder)]) == 2
    assert f"{file.as_posix()}:2:1: error: feature 330599101" in capsys.readouterr().out
    file.write_text(whole[:300], encoding="utf-8")
    assert main(["check", str(folder)]) == 2
    assert "the file is cut off or not JSON" in capsys.readouterr().out


def test_a_set_of_boundaries_lies_in_the_atlas_or_comes_along(tmp_path: Path) -> None:
    assert "leidian" in [division.slug for division in divisions_of(tmp_path, "deqing")]
    with pytest.raises(SourceError, match="no boundary set 'huzhou'; make it with story-atlas"):
        divisions_of(tmp_path, "huzhou")


def test_a_folder_without_an_atlas_is_not_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("run", "preview"):
        assert main([command, str(tmp_path)]) == 2
        assert "no atlas is here; name a folder with atlas.yaml in it" in capsys.readouterr().err
    assert "ATLAS_PREVIEW" not in os.environ


def test_the_page_is_found_with_its_settings() -> None:
    for name in ("serve.py", "streamlit_app.py", ".streamlit/config.toml"):
        assert (page_folder() / name).is_file()


def in_a_console(encoding: str, *words: str) -> Iterator[str]:
    """Run a command whose console knows few signs, and give the lines that it shows."""
    done = subprocess.run(
        [sys.executable, "-m", "serving.command", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    yield from (done.stdout + done.stderr).decode(encoding).splitlines()


def test_a_console_that_lacks_a_sign_shows_its_number(tmp_path: Path) -> None:
    (said,) = in_a_console("latin-1", "check-boundaries", str(tmp_path / "德清.geojson"))
    assert said.startswith("Error: \\u5fb7\\u6e05.geojson: No such file")
