"""Install the program as its users do: its wheel, in an environment far from this checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from tests.support.servers import ROOT


def built(folder: Path, *kinds: str) -> Path:
    """Build a wheel, or the kind of distribution asked for, into a folder."""
    # Building in an isolated environment would fetch the build backend; it is installed here.
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    for kind in kinds or ("wheel",):
        command += ["-t", kind]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("county_story_atlas-*"))


def installed(distribution: Path, folder: Path) -> Path:
    """Install the program alone in a new environment, and return the folder of its commands.

    What it depends on is seen through a path file; such a file's own path files are not read,
    so a checkout that this environment knows of stays unknown to the new one.
    """
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    home = {"base": str(folder), "platbase": str(folder)}
    commands = Path(sysconfig.get_path("scripts", vars=home))
    site = Path(sysconfig.get_path("purelib", vars=home))
    command = [sys.executable, "-m", "pip", "--python", str(commands / "python"), "install"]
    command += ["-q", "--no-deps", "--no-index", "--disable-pip-version-check", str(distribution)]
    subprocess.run(command, check=True, cwd=folder)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return commands


def environment(commands: Path) -> dict[str, str]:
    """Return the environment variables of somebody who has activated that environment."""
    path = os.pathsep.join([str(commands), os.environ["PATH"]])
    hidden = {"PYTHONPATH", "ATLAS", "ATLAS_PREVIEW", "PORT"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return {**kept, "PATH": path, "PYTHONUTF8": "1"}
