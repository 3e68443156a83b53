"""Find a Chromium for the browser tests, or get one, or say what to install."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HELP = """No Chromium was found and none could be installed. Any of these will do:
  - Debian, Ubuntu:  sudo apt-get install chromium
  - everywhere:      .venv/bin/playwright install --with-deps chromium
  - a browser that is elsewhere:  CHROMIUM=/path/to/chromium make test"""


def installed() -> str | None:
    """Return the path of a Chromium that is on this machine."""
    if named := os.environ.get("CHROMIUM"):
        return named
    return next(filter(None, map(shutil.which, NAMES)), None) or playwrights_own()


def playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Try the ways there are: Playwright's own download, then Debian's package."""
    ways = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        ways += [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]]
    for way in ways:
        done = subprocess.run(way, check=False, timeout=600)
        if done.returncode == 0 and installed():
            return


if __name__ == "__main__":
    if not installed():
        install()
    path = installed()
    if not path:
        sys.exit(HELP)
