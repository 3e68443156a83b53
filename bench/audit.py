"""Check what the story map is built of: licences, and known vulnerabilities.

`python -m bench.audit` looks at the pinned packages that are deployed (requirements.txt). For
vulnerabilities it asks the database of PyPI through `pip-audit`; where that cannot be reached
it says so, and fails only with `--strict`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click

TIMEOUT = 300
"""Seconds for the database to answer in."""
ROOT = Path(__file__).parents[1]
PINNED = ROOT / "requirements.txt"
ALLOWED = (
    "MIT", "BSD", "Apache", "ISC", "PSF", "Python Software Foundation", "HPND", "Unlicense",
    "CC0", "Zlib", "0BSD", "MPL", "Mozilla Public License", "CNRI", "Public Domain", "OFL",
)  # fmt: skip
"""Licences under which everybody may use, change and pass on, beside MIT code."""
READ = {
    "streamlit-folium": "MIT",  # LICENSE in its repository; its metadata say nothing
    "xstatic-leaflet": "BSD-2-Clause",  # "same as Leaflet"
}
"""Licences that we read ourselves, where a package's metadata do not say them."""


def deployed() -> set[str]:
    """Return the names of the pinned packages, in their canonical form."""
    lines = PINNED.read_text(encoding="utf-8").splitlines()
    names = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines)
    return {canonical(found[0]) for found in names if found}


def canonical(name: str) -> str:
    """Return a package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licences() -> dict[str, str]:
    """Return the licence that each installed package states."""
    command = [sys.executable, "-m", "piplicenses", "--format=json", "--from=mixed"]
    listed = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return {canonical(each["Name"]): each["License"].splitlines()[0] for each in listed}


def odd_licences() -> list[str]:
    """Return the deployed packages whose licence nobody has allowed or could read."""
    stated = licences()
    found = {name: READ.get(name, stated.get(name, "not installed")) for name in deployed()}
    for name, licence in sorted(found.items()):
        print(f"{name:<28}{licence[:60]}")
    return [
        f"{name}: {licence}"
        for name, licence in sorted(found.items())
        if licence != "not installed" and not any(word in licence for word in ALLOWED)
    ]


def vulnerabilities() -> tuple[int, list[str]]:
    """Return how many packages the database knew, and what it knows against them.

    Where it cannot be reached, `pip-audit` skips every package and calls that no
    vulnerability; so what was skipped does not count as looked at.
    """
    command = [sys.executable, "-m", "pip_audit", "--progress-spinner=off", "--no-deps"]
    command += ["--disable-pip", "--format=json", "--requirement", str(PINNED)]
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=TIMEOUT)
        packages = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return 0, []
    known = [package for package in packages if "skip_reason" not in package]
    against = [
        f"{package['name']} {package['version']}: {fault['id']}, mended in"
        f" {', '.join(fault['fix_versions']) or 'no version yet'}"
        for package in known
        for fault in package["vulns"]
    ]
    return len(known), against


@click.command(epilog="Example: python -m bench.audit --strict")
@click.option("--strict", is_flag=True, help="Fail where the database is silent.")
def main(*, strict: bool) -> None:
    """Check what the story map is built of: licences, and known vulnerabilities."""
    odd = odd_licences()
    print("\nlicences to look at:", *(odd or ["none"]), sep="\n  ")
    known, against = vulnerabilities()
    if known:
        print(
            f"\nvulnerabilities in {known} of {len(deployed())} packages that the database knows:"
        )
        print(*(against or ["none"]), sep="\n  ")
    else:
        print("\nvulnerabilities: NOT CHECKED, the database cannot be reached from here")
    sys.exit(int(bool(odd) or bool(against) or (strict and not known)))


if __name__ == "__main__":
    main()
