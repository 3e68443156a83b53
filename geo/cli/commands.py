"""The commands about boundary files, from `inspect` to `check-boundaries`."""

from __future__ import annotations

from contextlib import chdir, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource
from pyproj.exceptions import ProjError
from shapely.errors import ShapelyError

from geo.build.doubts import doubts
from geo.build.inspection import inspect as inspect_file
from geo.build.pipeline import BuildOptions
from geo.build.pipeline import build as build_divisions
from geo.build.reorganise import Reorganised, default_attributes, reorganise
from geo.build.selection import JoinTable, Selection
from geo.cli.dates import DRAWN_ANEW, read_past
from geo.cli.options import (
    FILE,
    BuildArguments,
    DatesArguments,
    ReadArguments,
    ReconstructArguments,
    WriteArguments,
    gather,
    refuse_repeats,
    takes,
)
from geo.cli.progress import shown
from geo.cli.words import words_of
from geo.errors import RequestError, SourceError
from geo.files import product
from geo.files.boundaries import load_boundaries
from geo.files.join_table import read_join_table
from geo.files.provenance import Recipe, beside, load_provenance, load_recipe
from geo.files.tables import as_text, need, read_points, read_table
from geo.files.vector import VectorFile, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from pydantic import JsonValue

    from geo.build.pipeline import Built
    from geo.build.progress import Stage

HELP = {"help_option_names": ["-h", "--help"]}
"""Of the commands that others give as well: click keeps the names of the first who did."""
RECONSTRUCTION = (
    "each old polygon is cut into the Thiessen cells of the village points in it",
    "cells are joined by the division that the village belongs to",
    "simplified as one coverage, rounded to 5 decimals",
)


@click.command(epilog="Example: story-atlas inspect county.shp --reference outline.geojson")
@takes(reading=ReadArguments)
@click.option("--reference", type=FILE, metavar="OUTLINE", help="Outline to guess the datum by.")
def inspect(reading: ReadArguments, reference: Path | None) -> None:
    """Say what is in a division file.

    Also what is wrong with it, and, in the last line, the `build` command to run next.
    """
    with _working(reading.file) as stage:
        given = _read(reading, stage)
        outline = read(reference).frame if reference else None
        found = inspect_file(given, outline, stage=stage)
    _say(*found.lines())


@click.command(
    context_settings=HELP,
    epilog="Example: story-atlas build towns.shp --code CODE --name NAME --tolerance 20 "
    "--out towns.geojson",
)
@takes(reading=ReadArguments, building=BuildArguments, writing=WriteArguments)
def build(reading: ReadArguments, building: BuildArguments, writing: WriteArguments) -> None:
    """Turn a division file into boundaries for the atlas.

    They are one clean coverage: valid polygons without overlaps and gaps. A record of their
    provenance is written beside them.
    """
    _say(*_build_report(writing.out, _build(reading, building, writing)))


def build_file(file: Path, out: Path, options: Sequence[str]) -> None:
    """Run `build` from a program, without its report.

    Parameters
    ----------
    file
        Any vector file.
    out
        The GeoJSON file to write.
    options
        Further options, as one would type them.

    Raises
    ------
    GeoError, OSError
        When the file cannot be turned into boundaries.
    click.UsageError
        When an option is not known or its value cannot be meant.
    """
    arguments = [str(file), *options, "--out", str(out)]
    above = click.get_current_context(silent=True)
    root = above.find_root() if above else None
    refuse_repeats(build, click.Context(build, root, info_name="build"), arguments)
    with build.make_context("build", arguments, parent=root) as context:
        _build_as_told(context)


@click.command(epilog="Example: story-atlas rebuild huzhou/boundaries/divisions.geojson")
@click.argument("file", type=FILE)
def rebuild(file: Path) -> None:
    """Make a boundary file again as its record says.

    All that `build` or `reconstruct` was told (what was chosen, joined, left out and merged) holds
    again, for its inputs as they are now; those that have changed are named.
    """
    record = load_provenance(file.with_name(beside(file.name)))
    again = {"build": _build_again, "reconstruct": _reconstruct_again}
    command = again.get(record.command[0]) if record.command else None
    if command is None:
        raise RequestError(
            f"{file}: its record does not say how `build` or `reconstruct` made it; run that anew"
        )
    with chdir(file.parent):
        said = command(file, [*record.command[1:], "--out", file.name])
        now = load_provenance(Path(beside(file.name)))
    old = {each.name: each.sha256 for each in record.inputs}
    changed = [each.name for each in now.inputs if each.sha256 != old.get(each.name)]
    _say(*said, f"inputs that have changed: {', '.join(changed) or 'none'}")


def _build_again(file: Path, words: list[str]) -> list[str]:
    with build.make_context("build", words, parent=click.get_current_context()) as context:
        return _build_report(file, _build_as_told(context))


def _reconstruct_again(_file: Path, words: list[str]) -> list[str]:
    above = click.get_current_context()
    with reconstruct.make_context("reconstruct", words, parent=above) as context:
        return _reconstruct(
            gather(ReadArguments, context.params),
            gather(ReconstructArguments, context.params),
            gather(DatesArguments, context.params),
            gather(WriteArguments, context.params),
        )


def _build_report(path: Path, built: Built) -> list[str]:
    """Say what came of a build."""
    area = float(built.frame["area_km2"].sum())
    return [
        f"{path}: {len(built.frame)} divisions, {round(area, 2):,} km²",
        f"repaired: {len(built.repairs) or 'nothing'}",
        *(f"  {item}" for item in built.repairs),
    ]


def _build_as_told(context: click.Context) -> Built:
    """Build as the options of a context of `build` say."""
    given = context.params
    return _build(
        gather(ReadArguments, given), gather(BuildArguments, given), gather(WriteArguments, given)
    )


def _build(reading: ReadArguments, building: BuildArguments, writing: WriteArguments) -> Built:
    """Build, and write what was built."""
    path = _output(writing.out, reading.file)
    if building.status == "published" and not (writing.source or writing.record):
        raise RequestError("a published line has a publisher; name it with --source")
    if building.join_code and not building.join:
        raise RequestError("--join-code names a column of a table; name the table with --join")
    recipe = _recipe(writing, reading.file, f"Divisions from {reading.file.name}")
    options = BuildOptions(
        code=building.code,
        names=dict(building.name),
        source=recipe.attribution,
        slug=building.slug,
        kind=building.kind,
        status=building.status,
        selection=Selection(building.select, building.exclude, building.within),
        tables=[
            JoinTable(str(path), read_join_table(path, reading.max_megabytes, note=_doubt))
            for path in building.join
        ],
        join_code=building.join_code,
        merge=building.merge,
        dissolve=building.dissolve,
        inset=building.inset,
        cut_enclaves=building.cut_enclaves,
        datum=building.datum,
        tolerance=writing.tolerance,
        sliver=building.sliver,
        polygons_only=building.polygons_only,
    )
    with _working(reading.file) as stage:
        given = _read(reading, stage)
        built = build_divisions(given.frame, options, name=str(reading.file), stage=stage)
        stage("writing")
        making = product.Making(
            recipe=recipe,
            inputs=[reading.file, *building.join],
            method=_build_method(given, options),
            date=writing.date.date(),
            tolerance=writing.tolerance,
            repairs=tuple(map(str, built.repairs)),
            command=words_of(click.get_current_context(), path.parent),
        )
        area = round(float(built.frame["area_km2"].sum()), 2)
        measures: dict[str, JsonValue] = {"area_km2": area}
        if built.merged:
            measures["merged_features"] = {c: list(parts) for c, parts in built.merged.items()}
        product.save(built.frame, path, making, measures)
    source = click.get_current_context().get_parameter_source("datum")
    for doubt in doubts(given, datum_stated=source is ParameterSource.COMMANDLINE):
        _doubt(doubt)
    return built


def _build_method(reading: VectorFile, options: BuildOptions) -> tuple[str, ...]:
    """Say what `build` did, as far as its options decide it."""
    steps = [f"read as {reading.driver}, layer {reading.layer}; CRS: {reading.crs_from}"]
    if reading.doubt:
        steps.append(f"text: {reading.encoding}; {reading.doubt}")
    steps += [f"columns of {table.name} joined by code" for table in options.tables]
    if asked := str(options.selection):
        steps.append(f"chosen by {asked}")
    if options.datum != "wgs84":
        steps.append(f"moved from {options.datum} to WGS-84")
    if options.dissolve:
        steps.append(f"features with the same {options.dissolve} merged")
    elif options.merge:
        steps.append("features of one code merged")
    steps += [f"drawn in an inset: {column}={value}" for column, value in options.inset]
    if options.cut_enclaves:
        steps.append("divisions that lie wholly inside another cut out of it")
    steps.append(f"overlaps and gaps up to {options.sliver:g} m wide closed")
    return (*steps, "simplified as one coverage, rounded to 5 decimals")


@click.command(
    context_settings=HELP,
    epilog="Example: story-atlas reconstruct old.geojson --old NAME --points villages.csv "
    "--division DIVISION_CODE --name DIVISION --out new.geojson",
)
@takes(
    reading=ReadArguments,
    members=ReconstructArguments,
    dating=DatesArguments,
    writing=WriteArguments,
)
def reconstruct(
    reading: ReadArguments,
    members: ReconstructArguments,
    dating: DatesArguments,
    writing: WriteArguments,
) -> None:
    """Compute divisions after a re-organisation.

    They are computed from the old polygons, village points, and the list of which village
    belongs to which division now. With lists of several dates the divisions of each are written
    to the folder dates beside the output, and what changed to changes.geojson.
    """
    _say(*_reconstruct(reading, members, dating, writing))


def _reconstruct(
    reading: ReadArguments,
    members: ReconstructArguments,
    dating: DatesArguments,
    writing: WriteArguments,
) -> list[str]:
    """Reconstruct, write what was made, and say what came of it."""
    path = _output(writing.out, reading.file)
    recipe = _recipe(writing, reading.file, f"Divisions reconstructed from {reading.file.name}")
    context = click.get_current_context()
    with _working(reading.file) as stage:
        old = _read(reading, stage).frame
        need(old, [members.old], reading.file)
        points, villages = read_points(
            members.points,
            members.point_code,
            members.division,
            reading.max_megabytes,
            note=_doubt,
        )
        old = old.set_index(as_text(old[members.old]))
        attributes = _attributes(reading, members, villages, recipe)
        past = read_past(dating, members, attributes, villages, note=_doubt)
        done = reorganise(
            old,
            points,
            villages[members.division],
            attributes,
            tolerance=writing.tolerance,
            old_name=str(reading.file),
            name=str(path),
            stage=stage,
        )
        inputs = [reading.file, members.points, *filter(None, [members.attributes])]
        making = product.Making(
            recipe, inputs, RECONSTRUCTION, writing.date.date(), writing.tolerance
        )
        if context.parent:  # a recipe says itself how it is run
            making = replace(making, command=words_of(context, path.parent))
        today, dated = done.frame, list[str]()
        if past:
            today, dated = past.write(old, points, today, making, path, stage=stage)
            if today is not done.frame:
                making = replace(making, method=(*making.method, DRAWN_ANEW))
        product.save(today, path, making, done.measures())
    return [*_reconstruction_report(path, done), *dated]


def _attributes(
    reading: ReadArguments, members: ReconstructArguments, villages: pd.DataFrame, recipe: Recipe
) -> pd.DataFrame:
    """Give the properties of the new divisions, from a table or from the villages."""
    if members.attributes:
        table = read_table(members.attributes, reading.max_megabytes, note=_doubt)
        need(table, ["code"], members.attributes)
        attributes = table.set_index("code")
    elif members.name:
        names = dict(members.name)
        need(villages, list(names.values()), members.points)
        attributes = default_attributes(villages, members.division, names)
    else:
        raise RequestError("no names; give --attributes TABLE.csv or --name COLUMN of the villages")
    for column, value in (("boundary_status", "reconstructed"), ("source", recipe.attribution)):
        if column not in attributes:
            attributes[column] = value
    return attributes


def _reconstruction_report(path: Path, done: Reorganised) -> list[str]:
    """Say what a reconstruction did."""
    report = done.report
    lines = [
        f"{path}: {len(done.frame)} divisions",
        f"points in no old polygon: {', '.join(report.outside) or 'none'}",
        f"members without a point: {', '.join(report.without_point) or 'none'}",
        f"old polygons without a point: {', '.join(report.empty_old) or 'none'}",
        f"blind test: IoU {done.iou.mean():.2f} on average, {done.iou.min():.2f} at worst",
        f"written lines lie within {done.largest_distance:.0f} m of the unsimplified ones",
    ]
    for row in done.frame.itertuples():
        share = report.old_line_km[row.code] / report.outline_km[row.code]
        status = row.boundary_status
        lines.append(f"{row.code} {row.area_km2:9.2f} km²  {share:4.0%} on old lines  {status}")
    return lines


@click.command("check-boundaries", epilog="Example: story-atlas check-boundaries towns.geojson")
@click.argument("file", type=FILE)
def check_boundaries(file: Path) -> None:
    """Check a boundary file that `build` has written.

    It is checked as the atlas does when it loads it, and every fault is told.
    """
    with _working(file) as stage:
        stage("checking")
        frame = load_boundaries(file)
    _say(f"{file}: {len(frame)} divisions, no fault")


COMMANDS = (inspect, build, rebuild, reconstruct, check_boundaries)


@contextmanager
def _working(file: Path) -> Iterator[Stage]:
    """Show what is being done; name the file whose shapes turn out not to be workable."""
    try:
        with shown() as stage:
            yield stage
    except (ShapelyError, ProjError) as error:
        raise SourceError(
            file, f"its shapes cannot be worked with ({error})", "mend them"
        ) from error


def _doubt(said: str) -> None:
    """Say what an editor should look at."""
    click.echo(f"Look at the {said}", err=True)


def _say(*lines: str) -> None:
    """Say what a command was asked for."""
    click.echo("\n".join(lines))


def _read(reading: ReadArguments, stage: Stage) -> VectorFile:
    """Read the file that a command is about."""
    stage("reading")
    return read(
        reading.file,
        layer=reading.layer,
        crs=reading.crs,
        encoding=reading.encoding,
        max_megabytes=reading.max_megabytes,
    )


def _output(path: Path, file: Path) -> Path:
    """Refuse an output that cannot be meant, before any work is done."""
    if path.suffix.lower() not in (".geojson", ".json"):
        raise RequestError(f"{path}: output is GeoJSON; name it .geojson")
    if path.is_dir() or not path.parent.is_dir():
        raise RequestError(f"{path}: no file can be there; name a file in a folder that exists")
    if path.exists() and file.exists() and path.samefile(file):
        raise RequestError(f"{path}: is the input; name another output")
    return path


def _recipe(writing: WriteArguments, file: Path, title: str) -> Recipe:
    """Give what the record says in words, from a file or from options."""
    if writing.record:
        return load_recipe(writing.record)
    return Recipe(
        title=title,
        vintage=writing.vintage,
        licence=writing.licence,
        attribution=writing.source or f"{file.name} (origin not stated)",
    )
