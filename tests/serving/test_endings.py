"""How commands end when nobody reads on, when they are stopped, and when they are told to go."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.servers import free_port

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "serving")
DIVISIONS = str(ROOT / "geo/data/deqing/divisions.geojson")
BROKEN_PIPE = (
    ("--help",),
    ("build", "--help"),
    ("check", "."),
    ("check", ".", "--format", "json"),
    ("check-boundaries", DIVISIONS),
    ("inspect", DIVISIONS),
    ("inspect", "nothing.shp"),
    ("reference",),
    ("nothing",),
)


@pytest.mark.parametrize("words", BROKEN_PIPE, ids=" ".join)
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_nobody_reads_on(tmp_path: Path, words: tuple[str, ...], stream: str) -> None:
    """As in `story-atlas check | head -1`, and in `2>&1 | head -1`."""
    other = {"stdout": "stderr", "stderr": "stdout"}[stream]
    reading, writing = os.pipe()
    os.close(reading)
    with (tmp_path / "other").open("w+b") as heard:
        streams: dict[str, Any] = {stream: writing, other: heard}
        process = subprocess.Popen([*PROGRAM, *words], cwd=tmp_path, env=environment(), **streams)
        os.close(writing)
        assert process.wait(60) in {0, 1, 2}
        heard.seek(0)
        said = heard.read().decode()
    assert "Traceback" not in said
    assert "Exception ignored" not in said


def environment() -> dict[str, str]:
    """As a shell has it, where output is kept back until there is enough of it."""
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return {**plain, "PYTHONPATH": str(ROOT)}


@pytest.mark.parametrize("seconds", [0.1, 0.5, 1.5])
def test_ctrl_c_ends_without_a_traceback(tmp_path: Path, seconds: float) -> None:
    """While the program is still starting, and while it works."""
    words = ["inspect", DIVISIONS, "--reference", str(ROOT / "geo/data/deqing/county.geojson")]
    process = subprocess.Popen(
        [*PROGRAM, *words], cwd=tmp_path, env=environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "Traceback" not in said
    assert process.returncode in {0, 130, -signal.SIGINT}


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_preview_leaves_its_port_free(tmp_path: Path, asked: signal.Signals) -> None:
    port = free_port()
    process = subprocess.Popen(
        [*PROGRAM, "preview", "--port", str(port), "--address", "127.0.0.1"],
        cwd=tmp_path, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(asked, signal.SIG_DFL),  # noqa: PLW1509  # under nohup
    )  # fmt: skip
    try:
        while not answers(port):
            assert process.poll() is None
            time.sleep(0.05)
        with socket.create_connection(("127.0.0.1", port)) as reader:  # who never asks to the end
            reader.sendall(b"GET / HTTP/1.1\r\n")
            process.send_signal(asked)
            process.wait(20)
        assert not answers(port)
    finally:
        process.kill()
        process.wait()


STUCK = """
import pathlib, sys, time

class Stuck:
    def find_spec(self, name, path=None, target=None):
        if name == "serving.http.routes":
            pathlib.Path("loading").touch()
            time.sleep(300)

sys.meta_path.insert(0, Stuck())
"""
"""Python imports this at its start: what the page needs takes as long as on the slowest machine."""


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_preview_that_is_still_loading_ends_at_once(
    tmp_path: Path, asked: signal.Signals
) -> None:
    """Nor has it taken its port, or somebody would wait for an answer."""
    (tmp_path / "sitecustomize.py").write_text(STUCK, encoding="utf-8")
    port = free_port()
    process = subprocess.Popen(
        [*PROGRAM, "preview", "--port", str(port), "--address", "127.0.0.1"],
        cwd=tmp_path, env={**environment(), "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(asked, signal.SIG_DFL),  # noqa: PLW1509  # under nohup
    )  # fmt: skip
    try:
        while not (tmp_path / "loading").exists():
            assert process.poll() is None
            time.sleep(0.05)
        assert not answers(port)
        process.send_signal(asked)
        process.wait(20)
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
