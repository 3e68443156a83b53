"""Start a real Streamlit server for a test or a benchmark, and stop it again."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A server that runs: where it answers, its process, and what it has printed."""

    address: str
    process: subprocess.Popen[str]
    log: list[str]


@contextlib.contextmanager
def streamlit_server(
    script: Path,
    *options: str,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    base_path: str = "",
) -> Iterator[str]:
    """Serve `script` and yield its address once it is healthy."""
    with running_server(script, *options, env=env, cwd=cwd, base_path=base_path) as server:
        yield server.address


@contextlib.contextmanager
def running_server(
    script: Path,
    *options: str,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    base_path: str = "",
    port: int | None = None,
) -> Iterator[Server]:
    """Serve `script` and yield the server with its process, for tests that harm it."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1", *options]
    command += ["--server.baseUrlPath", base_path] if base_path else []
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    log: list[str] = []
    reader = threading.Thread(target=lambda: log.extend(process.stdout or ()), daemon=True)
    reader.start()
    try:
        address = f"http://127.0.0.1:{port}/{base_path}".rstrip("/")
        server = Server(address, process, log)
        wait_until_healthy(server.address, process, log)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)
        reader.join(timeout=5)
        if process.stdout:
            process.stdout.close()


def wait_until_healthy(address: str, process: subprocess.Popen[str], log: list[str]) -> None:
    """Ask the server's health page until it answers; fail with its log if it dies."""
    pause = threading.Event()
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("the server stopped:\n" + "".join(log))
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            if urllib.request.urlopen(f"{address}/_stcore/health", timeout=5).status == 200:
                return
        pause.wait(0.1)
    raise RuntimeError("the server did not become healthy:\n" + "".join(log))
