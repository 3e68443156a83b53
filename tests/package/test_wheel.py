"""The wheel built from this repository, in an empty environment far from it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
from importlib.resources import files
from pathlib import Path

import faults, geo, stories
from geo.files.boundaries import load_boundaries
from stories.files.loader import load_atlas
from stories.wording import Wording

assert not Path(geo.__file__).is_relative_to(Path({root!r})), geo.__file__
assert not Path(stories.__file__).is_relative_to(Path({root!r})), stories.__file__
atlas = load_atlas(Path(str(files("stories") / "data" / "deqing")))
divisions = load_boundaries(files("geo") / "data" / atlas.boundaries / "divisions.geojson")
for folder, names in {{
    "geo/map/assets": ["storymap.js", "storymap.css"],
    "stories/view/assets": ["page.css", "page.js", "icon.svg"],
    "stories/view/templates": ["story.html", "macros.html"],
}}.items():
    package, _, rest = folder.partition("/")
    missing = [name for name in names if not (files(package) / rest / name).is_file()]
    assert not missing, missing
print(len(divisions), len(atlas.stories), Wording("en").text("page.language"))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # Building in an isolated environment would fetch the build backend; it is installed here.
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone; what it depends on is seen through a path file."""
    folder = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    inside = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index"]
    subprocess.run([*command, "--target", str(site), str(wheel)], check=True)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return inside


def test_the_installed_wheel_finds_its_data(python: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [python, "-I", "-c", PROGRAM.format(root=str(ROOT))],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["13", "4", "Language"]


@pytest.mark.parametrize("room", ["geo", "stories"])
def test_the_installed_wheel_has_its_commands(python: Path, tmp_path: Path, room: str) -> None:
    done = subprocess.run(
        [python, "-I", "-m", room, "-h"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "check" in done.stdout
