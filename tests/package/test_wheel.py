"""The wheel built from this repository, in an empty environment far from it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import Browser, expect

from tests.support.installed import built, environment, installed
from tests.support.servers import ROOT, free_port, wait_until_healthy
from tests.support.story_page import StoryPage

if TYPE_CHECKING:
    from collections.abc import Iterator

WHERE = """
import json, geo, serving, stories
from serving.command import page_folder, story_atlas
paths = [geo.__file__, serving.__file__, stories.__file__, str(page_folder())]
print(json.dumps({"paths": paths, "commands": list(story_atlas.commands)}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def commands(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone, and return the folder of its commands."""
    return installed(wheel, tmp_path_factory.mktemp("empty") / "venv")


def run(commands: Path, folder: Path, *words: str) -> str:
    """Run a command elsewhere than in the checkout, and return what it prints."""
    done = subprocess.run(
        words, cwd=folder, env=environment(commands), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def served(commands: Path, folder: Path, *words: str) -> Iterator[str]:
    """Start `story-atlas run` and yield its address once it answers."""
    port = free_port()
    process = subprocess.Popen(
        ["story-atlas", "run", *words, "--port", str(port), "--address", "127.0.0.1"],
        executable=commands / "story-atlas",
        cwd=folder,
        env=environment(commands),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_healthy(address, process, [])
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[StoryPage]:
    """Open a page as a reader would; no script of it may fail."""
    context = browser.new_context(locale="en-GB", color_scheme="light")
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(address)
    reader = StoryPage(page)
    reader.wait_for_map()
    yield reader
    context.close()
    assert not broken


def test_the_wheel_has_products_and_not_what_they_are_made_from(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "geo/data/deqing/divisions.geojson" in names
    assert not [name for name in names if name.startswith("geo/recipes/")]


def test_the_program_is_the_installed_one_and_each_command_has_help(
    commands: Path, tmp_path: Path
) -> None:
    found = json.loads(run(commands, tmp_path, str(commands / "python"), "-I", "-c", WHERE))
    assert not [path for path in found["paths"] if Path(path).is_relative_to(ROOT)]
    story_atlas = str(commands / "story-atlas")
    said = run(commands, tmp_path, story_atlas, "--help")
    for command in found["commands"]:
        assert command in said
        assert "Example: story-atlas" in run(commands, tmp_path, story_atlas, command, "--help")
    assert run(commands, tmp_path, story_atlas, "check", "--strict") == ""


@pytest.mark.browser
def test_the_bundled_atlas_is_served_from_anywhere(
    commands: Path, browser: Browser, tmp_path: Path
) -> None:
    with (
        served(commands, tmp_path) as address,
        opened(browser, f"{address}/?lang=en") as reader,
    ):
        expect(reader.map.locator("path.division")).to_have_count(13)
        reader.press("leidian")
        expect(reader.chosen()).to_have_attribute("data-slug", "leidian")
        expect(reader.heading).to_contain_text("Leidian")
        expect(reader.page.locator(".stApp")).to_have_css("background-color", "rgb(251, 250, 246)")
        answer = reader.page.request.get(f"{address}/card/leidian.en.png")
        assert answer.headers["content-type"] == "image/png"


@pytest.mark.browser
def test_a_folder_made_with_new_is_served_by_its_path_from_there(
    commands: Path, browser: Browser, tmp_path: Path
) -> None:
    shapes = [shapely.box(120, 30, 120.1, 30.1), shapely.box(120.1, 30, 120.2, 30.1)]
    table = {"CODE": ["330599101", "330599102"], "NAME": ["东镇", "西镇"], "EN": ["East", "West"]}
    gpd.GeoDataFrame(table, geometry=shapes, crs=4326).to_file(tmp_path / "towns.gpkg")
    words = ["new", "county", "--boundaries", "towns.gpkg", "--towns", "east", "--"]
    columns = ["--code", "CODE", "--name", "NAME", "--name", "en=EN"]
    run(commands, tmp_path, str(commands / "story-atlas"), *words, *columns)

    with (
        served(commands, tmp_path, "county") as address,
        opened(browser, f"{address}/?lang=en") as reader,
    ):
        expect(reader.map.locator("path.division")).to_have_count(2)
        reader.press("west")
        expect(reader.heading).to_have_text("West")
        reader.press("east")
        expect(reader.chosen()).to_have_attribute("data-slug", "east")
        colour = reader.page.locator(".themes").get_by_role("button").first
        expect(colour).to_be_visible()
        expect(reader.page.locator(".stApp")).to_have_css("background-color", "rgb(251, 250, 246)")


def test_the_source_distribution_builds_the_same_program(tmp_path: Path) -> None:
    source = built(tmp_path / "source", "sdist")
    subprocess.run(["tar", "-xzf", source, "-C", tmp_path], check=True)
    (unpacked,) = (path for path in tmp_path.glob("county_story_atlas-*") if path.is_dir())
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=unpacked, check=True, capture_output=True)
    again, direct = next(tmp_path.glob("*.whl")), built(tmp_path / "direct")
    assert re.sub(r".*/", "", str(again)) == direct.name
    assert again.read_bytes() == direct.read_bytes()
