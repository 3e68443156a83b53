"""Options of `python -m geo`, with their help."""

from __future__ import annotations

import argparse
import datetime as dt
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geo.coverage.operations import GAP_WIDTH
from geo.coverage.validate import STATUSES
from geo.crs.datum import UNDO
from geo.files.provenance import NO_LICENCE
from geo.files.vector import MAX_MEGABYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

INSPECT = (
    "Say what is in a division file, what is wrong with it, and which build line to run next.",
    "python -m geo inspect county.shp --reference outline.geojson",
)
BUILD = (
    "Turn a division file into boundaries that the atlas can show: one clean coverage.",
    "python -m geo build towns.shp --code CODE --name NAME --tolerance 20 --out towns.geojson",
)
RECONSTRUCT = (
    "Compute divisions after a re-organisation from old polygons, village points and membership.",
    (
        "python -m geo reconstruct old.geojson --old NAME --points villages.csv "
        "--division DIVISION_CODE --name DIVISION --out new.geojson"
    ),
)
CHECK = (
    "Check a built file as the atlas does when it loads it.",
    "python -m geo check towns.geojson",
)


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(
        prog="python -m geo", description="Boundaries from anywhere, for the story map."
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    with _command(commands, "inspect", INSPECT) as command:
        _add_reading(command)
        command.add_argument(
            "--reference", type=Path, metavar="OUTLINE", help="outline to guess the datum by"
        )
    with _command(commands, "build", BUILD) as command:
        _add_reading(command)
        _add_build(command)
        _add_writing(command)
    with _command(commands, "reconstruct", RECONSTRUCT) as command:
        _add_reading(command)
        _add_reconstruct(command)
        _add_writing(command)
    with _command(commands, "check", CHECK) as command:
        command.add_argument("file", type=Path, metavar="FILE", help="a built GeoJSON file")
    return top


@contextmanager
def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: tuple[str, str],
) -> Iterator[argparse.ArgumentParser]:
    """Add one command with its description and example."""
    description, example = text
    command = commands.add_parser(
        name, help=description, description=description, epilog=f"Example: {example}"
    )
    command.set_defaults(command=name)
    yield command


def _add_reading(command: argparse.ArgumentParser) -> None:
    """Add what says how the input is read."""
    command.add_argument("file", type=Path, metavar="FILE", help="any vector file, zipped or not")
    command.add_argument("--layer", help="layer, where the file has several")
    command.add_argument("--crs", help="CRS, where the file states none or a wrong one")
    command.add_argument("--encoding", help="encoding of the text, where it is not stated")
    command.add_argument(
        "--max-megabytes",
        type=float,
        default=MAX_MEGABYTES,
        help="refuse larger files (default: %(default)g)",
    )


def _add_build(command: argparse.ArgumentParser) -> None:
    """Add what `build` does to the input."""
    command.add_argument("--code", required=True, metavar="COLUMN", help="division codes")
    command.add_argument(
        "--name",
        required=True,
        action="append",
        type=_name,
        metavar="[LANGUAGE=]COLUMN",
        help="names, once for each language (zh when none is said)",
    )
    command.add_argument("--slug", metavar="COLUMN", help="short names for addresses")
    command.add_argument("--kind", metavar="COLUMN", help="kinds of division")
    command.add_argument(
        "--status",
        choices=STATUSES,
        default="unknown",
        help="how well the lines are known; published needs --source (default: %(default)s)",
    )
    command.add_argument("--within", metavar="CODE", help="keep divisions of this area only")
    command.add_argument(
        "--select",
        action="append",
        type=_pair,
        default=[],
        metavar="COLUMN=VALUE",
        help="keep features with this value; may be given more than once",
    )
    command.add_argument(
        "--datum",
        choices=("wgs84", *UNDO),
        default="wgs84",
        help="what the degrees are (CGCS2000 is wgs84 here; default: %(default)s)",
    )
    command.add_argument(
        "--sliver",
        type=_metres,
        default=GAP_WIDTH,
        metavar="METRES",
        help="close overlaps and gaps that are nowhere wider (default: %(default)g)",
    )
    command.add_argument(
        "--polygons-only", action="store_true", help="drop features that are no polygons"
    )


def _add_reconstruct(command: argparse.ArgumentParser) -> None:
    """Add what `reconstruct` needs beside the old polygons."""
    command.add_argument("--old", required=True, metavar="COLUMN", help="names of old polygons")
    command.add_argument(
        "--points",
        required=True,
        type=Path,
        metavar="FILE",
        help="villages: a CSV with lon and lat (empty where there is no point), or points",
    )
    command.add_argument(
        "--point-code", default="code", metavar="COLUMN", help="village codes (default: code)"
    )
    command.add_argument(
        "--division", required=True, metavar="COLUMN", help="code of each village's division"
    )
    command.add_argument(
        "--attributes",
        type=Path,
        metavar="TABLE.csv",
        help="properties of the new divisions, by code",
    )
    command.add_argument(
        "--name",
        action="append",
        type=_name,
        default=[],
        metavar="[LANGUAGE=]COLUMN",
        help="names of the divisions in the table of villages, where there are no attributes",
    )


def _add_writing(command: argparse.ArgumentParser) -> None:
    """Add what says where the output goes and what its record says."""
    command.add_argument("--out", required=True, type=Path, metavar="FILE.geojson", help="output")
    command.add_argument(
        "--tolerance",
        type=_metres,
        default=0.0,
        metavar="METRES",
        help="simplify as one coverage (default: %(default)g, not at all)",
    )
    command.add_argument("--source", metavar="TEXT", help="where the lines come from")
    command.add_argument("--licence", metavar="TEXT", default=NO_LICENCE, help="their licence")
    command.add_argument("--vintage", metavar="TEXT", default="not stated", help="their time")
    command.add_argument(
        "--record", type=Path, metavar="FILE.json", help="all that the record says in words"
    )
    command.add_argument(
        "--date",
        type=dt.date.fromisoformat,
        default=dt.datetime.now(dt.UTC).date(),
        metavar="YYYY-MM-DD",
        help="day that the record states (default: today)",
    )


def _pair(text: str) -> tuple[str, str]:
    """Read COLUMN=VALUE."""
    column, equals, value = text.partition("=")
    if not (column and equals):
        raise argparse.ArgumentTypeError(f"{text!r} is not COLUMN=VALUE")
    return column, value


def _name(text: str) -> tuple[str, str]:
    """Read [LANGUAGE=]COLUMN; Chinese when no language is said."""
    return _pair(text) if "=" in text else ("zh", text)


def _metres(text: str) -> float:
    """Read a length in metres."""
    try:
        metres = float(text)
    except ValueError:
        metres = -1.0
    if not 0 <= metres < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a length in metres")
    return metres
