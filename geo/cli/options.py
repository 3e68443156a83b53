"""Options that the commands about boundary files share, each group as one typed value."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geo.coverage.operations import GAP_WIDTH
from geo.coverage.properties import STATUSES
from geo.crs.datum import UNDO
from geo.files.provenance import NO_LICENCE
from geo.files.source import MAX_MEGABYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
Pairs = tuple[tuple[str, str], ...]
"""Columns, each with a value."""
Names = tuple[tuple[str, str], ...]
"""Columns of the names, each with its language."""


@dataclass(frozen=True, kw_only=True)
class ReadArguments:
    """How the input is read."""

    file: Path
    layer: str | None
    crs: str | None
    encoding: str | None
    max_megabytes: float


@dataclass(frozen=True, kw_only=True)
class BuildArguments:
    """What `build` does to the input."""

    code: str
    name: Names
    slug: str | None
    kind: str | None
    status: str
    within: tuple[str, ...]
    select: Pairs
    exclude: Pairs
    join: tuple[Path, ...]
    join_code: str | None
    merge: bool
    dissolve: str | None
    inset: Pairs
    cut_enclaves: bool
    datum: str
    sliver: float
    polygons_only: bool


@dataclass(frozen=True, kw_only=True)
class ReconstructArguments:
    """What `reconstruct` needs beside the old polygons."""

    old: str
    points: Path
    point_code: str
    division: str
    attributes: Path | None
    name: Names


@dataclass(frozen=True, kw_only=True)
class DatesArguments:
    """Which village belonged where on several dates, for `reconstruct`."""

    dates: Path | None
    dates_attributes: Path | None
    dates_record: Path | None


@dataclass(frozen=True, kw_only=True)
class WriteArguments:
    """Where the output goes, and what its record says."""

    out: Path
    tolerance: float
    source: str | None
    licence: str
    vintage: str
    record: Path | None
    date: dt.datetime


def _pair(text: str) -> tuple[str, str]:
    """Read COLUMN=VALUE."""
    column, equals, value = text.partition("=")
    if not (column and equals):
        raise click.BadParameter(f"{text!r} is not COLUMN=VALUE")
    return column, value


def _name(text: str) -> tuple[str, str]:
    """Read [LANGUAGE=]COLUMN; Chinese when no language is said."""
    return _pair(text) if "=" in text else ("zh", text)


def _once_per_language(context: click.Context, option: click.Parameter, names: Names) -> Names:
    """Refuse two columns for the names in one language."""
    for language, count in Counter(language for language, _ in names).items():
        if count > 1:
            message = f"--name {language}= is given {count} times; give it once"
            raise click.UsageError(message, context)
    del option
    return names


def _metres(text: str | float) -> float:
    """Read a length in metres."""
    try:
        metres = float(text)
    except ValueError:
        metres = -1.0
    if not 0 <= metres < float("inf"):
        raise click.BadParameter(f"{text!r} is not a length in metres")
    return metres


def _today() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


FILE = click.Path(path_type=Path)
"""Any path: the commands say themselves what is wrong with a file."""

READING = (
    click.argument("file", type=FILE),
    click.option("--layer", help="Layer, where the file has several."),
    click.option("--crs", help="CRS, where the file states none or a wrong one."),
    click.option("--encoding", help="Encoding of the text, where it is not stated."),
    click.option(
        "--max-megabytes",
        type=float,
        default=MAX_MEGABYTES,
        show_default=True,
        help="Refuse larger files.",
    ),
)

BUILDING = (
    click.option("--code", required=True, metavar="COLUMN", help="Division codes."),
    click.option(
        "--name",
        required=True,
        multiple=True,
        type=_name,
        callback=_once_per_language,
        metavar="[LANGUAGE=]COLUMN",
        help="Names, once for each language (zh when none is said).",
    ),
    click.option("--slug", metavar="COLUMN", help="Short names for addresses."),
    click.option("--kind", metavar="COLUMN", help="Kinds of division."),
    click.option(
        "--status",
        type=click.Choice(STATUSES),
        default="unknown",
        show_default=True,
        help="How well the lines are known; published needs --source.",
    ),
    click.option(
        "--within",
        multiple=True,
        metavar="CODE",
        help="Keep divisions of this area only; several areas add up.",
    ),
    click.option(
        "--select",
        multiple=True,
        type=_pair,
        metavar="COLUMN=VALUE",
        help="Keep features with this value; several values of a column add up.",
    ),
    click.option(
        "--exclude",
        multiple=True,
        type=_pair,
        metavar="COLUMN=VALUE",
        help="Leave features with this value out; may be given more than once.",
    ),
    click.option(
        "--join",
        multiple=True,
        type=FILE,
        metavar="TABLE",
        help="Take further columns from a table (.csv, .xlsx, .ods), by code.",
    ),
    click.option(
        "--join-code",
        metavar="COLUMN",
        help="Codes in the table, where the column is not called as in the file.",
    ),
    click.option("--merge", is_flag=True, help="Make one division of features of one code."),
    click.option(
        "--dissolve",
        metavar="COLUMN",
        help="Make one division of features with the same value here, which is its code.",
    ),
    click.option(
        "--inset",
        multiple=True,
        type=_pair,
        metavar="COLUMN=VALUE",
        help="Draw features with this value, such as far islands, in a frame near the others.",
    ),
    click.option(
        "--cut-enclaves",
        is_flag=True,
        help="Cut a division that lies wholly inside another out of that one.",
    ),
    click.option(
        "--datum",
        type=click.Choice(("wgs84", *UNDO)),
        default="wgs84",
        show_default=True,
        help="What the degrees are (CGCS2000 is wgs84 here).",
    ),
    click.option(
        "--sliver",
        type=_metres,
        default=GAP_WIDTH,
        show_default=True,
        metavar="METRES",
        help="Close overlaps and gaps that are nowhere wider.",
    ),
    click.option("--polygons-only", is_flag=True, help="Drop features that are no polygons."),
)

RECONSTRUCTING = (
    click.option("--old", required=True, metavar="COLUMN", help="Names of old polygons."),
    click.option(
        "--points",
        required=True,
        type=FILE,
        metavar="FILE",
        help="Villages: a CSV with lon and lat (empty where there is no point), or points.",
    ),
    click.option(
        "--point-code", default="code", show_default=True, metavar="COLUMN", help="Village codes."
    ),
    click.option(
        "--division", required=True, metavar="COLUMN", help="Code of each village's division."
    ),
    click.option(
        "--attributes",
        type=FILE,
        metavar="TABLE.csv",
        help="Properties of the new divisions, by code.",
    ),
    click.option(
        "--name",
        multiple=True,
        type=_name,
        callback=_once_per_language,
        metavar="[LANGUAGE=]COLUMN",
        help="Names of the divisions in the table of villages, where there are no attributes.",
    ),
)

DATING = (
    click.option(
        "--dates",
        type=FILE,
        metavar="TABLE.csv",
        help="Villages on several dates (as_of, code, name, division), each to be drawn.",
    ),
    click.option(
        "--dates-attributes",
        type=FILE,
        metavar="TABLE.csv",
        help="What divisions were like on earlier dates (as_of, code, and what differs).",
    ),
    click.option(
        "--dates-record",
        type=FILE,
        metavar="FILE.json",
        help="All that the records of the dates say in words.",
    ),
)

WRITING = (
    click.option("--out", required=True, type=FILE, metavar="FILE.geojson", help="Output."),
    click.option(
        "--tolerance",
        type=_metres,
        default=0.0,
        show_default=True,
        metavar="METRES",
        help="Simplify as one coverage; 0 is not at all.",
    ),
    click.option("--source", metavar="TEXT", help="Where the lines come from."),
    click.option("--licence", metavar="TEXT", default=NO_LICENCE, help="Their licence."),
    click.option("--vintage", metavar="TEXT", default="not stated", help="Their time."),
    click.option(
        "--record", type=FILE, metavar="FILE.json", help="All that the record says in words."
    ),
    click.option(
        "--date",
        type=click.DateTime(["%Y-%m-%d"]),
        default=_today,
        show_default="today",
        metavar="YYYY-MM-DD",
        help="Day that the record states.",
    ),
)


def refuse_repeats(command: click.Command, context: click.Context, words: Sequence[str]) -> None:
    """Refuse an option that is given twice where only the last would count.

    Raises
    ------
    click.UsageError
        Naming the option, and that it counts once.
    """
    _, _, order = command.make_parser(context).parse_args(args=list(words))
    for option, count in Counter(order).items():
        if (
            count > 1
            and isinstance(option, click.Option)
            and not (option.multiple or option.is_flag)
        ):
            raise click.UsageError(
                f"{option.opts[-1]} is given {count} times; give it once", context
            )


OPTIONS: dict[type, Sequence[Callable[[Callable[..., None]], Callable[..., None]]]] = {
    ReadArguments: READING,
    BuildArguments: BUILDING,
    ReconstructArguments: RECONSTRUCTING,
    DatesArguments: DATING,
    WriteArguments: WRITING,
}


def takes(**groups: type) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command groups of options, each as one argument."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def gathered(**given: object) -> None:
            values: dict[str, object] = {name: gather(kind, given) for name, kind in groups.items()}
            names = {field.name for kind in groups.values() for field in fields(kind)}
            command(**values, **{name: given[name] for name in given.keys() - names})

        for kind in reversed(groups.values()):
            for option in reversed(OPTIONS[kind]):
                gathered = option(gathered)
        return gathered

    return decorate


def gather(kind: type[T], given: Mapping[str, Any]) -> T:
    """Make one value of the options of a group."""
    return kind(**{field.name: given[field.name] for field in fields(kind)})
