"""Find a Chromium for the browser tests, or get one; launch it the same on every machine."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.support.fonts import write_configuration
from tests.support.install import debian_package, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

NAMES = (
    "chromium-headless-shell",  # without windows, which takes a third less of the processor
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
HELP = """No Chromium was found and none could be installed. Any of these will do:
  - Debian:          sudo apt-get install chromium-headless-shell
  - everywhere:      .venv/bin/playwright install --with-deps chromium
  - a browser that is elsewhere:  CHROMIUM=/path/to/chromium make test"""
SETTINGS = (
    "primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4,"
    "lazyLoadingImageMarginPxUnknown=1250"
)
"""A mouse, as Playwright has it; and pictures are fetched as far ahead as on a fast line, since
without windows no line is known."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--blink-settings={SETTINGS}",
    # Whatever is not this machine does not exist, as for a reader behind a dead line.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    """Launch the browser for which no other host exists and no font of the machine.

    Its home is a folder of its own: the machine may have none that can be written to.
    """
    path = installed()
    assert path, HELP
    with (
        # What a browser writes last may come while its folder is being removed.
        tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as home,
        sync_playwright() as playwright,
    ):
        fonts = write_configuration(Path(home) / "fonts")
        env: dict[str, str | float | bool] = {
            **os.environ,
            "HOME": home,
            "FONTCONFIG_FILE": str(fonts),
        }
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, env=env)
        try:
            yield browser
        finally:
            browser.close()


def installed() -> str | None:
    """Return the path of a Chromium that runs on this machine."""
    if named := os.environ.get("CHROMIUM"):
        return named
    found = [path for path in map(shutil.which, NAMES) if path]
    return next(filter(_runs, found), None) or _playwrights_own()


def _runs(path: str) -> bool:
    """Whether it is more than Ubuntu's package of that name, which only asks for a snap."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Try Debian's package, then Playwright's own download; return the browser's path.

    What they print is shown only where neither brought a browser.
    """
    said = ""
    for way in (
        debian_package("chromium-headless-shell"),
        debian_package("chromium"),
        [[sys.executable, "-m", "playwright", "install", "chromium"]],
    ):
        said += run(way)
        if path := installed():
            return path
    sys.stderr.write(said)
    return None


if __name__ == "__main__":
    if not (installed() or install()):
        sys.exit(HELP)
