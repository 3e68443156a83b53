"""Find an nginx for the replica tests, get one, and run it with the configuration we deploy."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from tests.support.install import debian_package, run
from tests.support.servers import ROOT, free_port, wait_until_healthy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

CONFIGURATION = ROOT / "deploy" / "nginx.conf"
HELP = "no nginx here and none could be installed; Debian, Ubuntu: sudo apt-get install nginx-light"


def installed() -> str | None:
    """Return the path of an nginx that is on this machine."""
    if named := os.environ.get("NGINX"):
        return named
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def configuration(replicas: Sequence[str], port: int, folder: Path) -> str:
    """Return the deployed configuration with this machine's addresses, and nothing else changed."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    changes = {f"atlas-{n}:8501": address for n, address in enumerate(replicas, start=1)}
    changes |= {"listen 8080": f"listen 127.0.0.1:{port}", "/tmp/": f"{folder}/"}
    for old, new in changes.items():
        assert old in text, f"nginx.conf has no {old}"
        text = text.replace(old, new)
    return text


@contextlib.contextmanager
def nginx(replicas: Sequence[str], folder: Path, base_path: str = "") -> Iterator[str]:
    """Run nginx in front of replicas (``host:port``) and yield the page's address there."""
    port = free_port()
    with running(configuration(replicas, port, folder), port, folder, base_path) as address:
        yield address


@contextlib.contextmanager
def running(text: str, port: int, folder: Path, base_path: str = "") -> Iterator[str]:
    """Run nginx with a configuration that listens on a port."""
    program = installed()
    assert program, HELP
    file = folder / "nginx.conf"
    file.write_text(text, encoding="utf-8")
    # Started as root, its workers would become somebody who may not see the test's folder.
    user = "user root;" if os.geteuid() == 0 else ""
    command = [program, "-p", str(folder), "-c", str(file), "-g", f"daemon off; {user}"]
    with (folder / "nginx.log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, text=True)
        try:
            address = f"http://127.0.0.1:{port}/{base_path}".rstrip("/")
            wait_until_healthy(address, process, [])
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


if __name__ == "__main__":
    if not installed():
        said = run(debian_package("nginx-light"))
        if not installed():
            print(said + HELP)  # noqa: T201  # the tests say so too, and are skipped
