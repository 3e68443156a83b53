"""Command line: `python -m geo inspect | build | reconstruct | check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pyproj.exceptions import ProjError
from shapely.errors import ShapelyError

from geo.build.inspection import inspect
from geo.build.pipeline import BuildOptions, build
from geo.build.progress import shown
from geo.build.reorganise import Reorganised, default_attributes, reorganise
from geo.cli.options import parser
from geo.errors import FaultsError, GeoError, RequestError
from geo.files import product
from geo.files.boundaries import load_boundaries
from geo.files.provenance import Recipe, load_recipe
from geo.files.tables import as_text, need, read_points, read_table
from geo.files.vector import VectorFile, read

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    import pandas as pd

    from geo.build.progress import Stage

FAULTS_SHOWN = 20
"""Lines of faults that an error tells before it only counts them."""

RECONSTRUCTION = (
    "each old polygon is cut into the Thiessen cells of the village points in it",
    "cells are joined by the division that the village belongs to",
    "simplified as one coverage, rounded to 5 decimals",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 2 with one line per error otherwise."""
    options = parser().parse_args(arguments)
    try:
        RUN[options.command](options)
    except FaultsError as error:
        for fault in error.faults[:FAULTS_SHOWN]:
            _complain(str(fault))
        if len(error.faults) > FAULTS_SHOWN:
            more = len(error.faults) - FAULTS_SHOWN
            _complain(f"{error.name}: {more} more faults; mend these first")
        return 2
    except (GeoError, OSError, MemoryError) as error:
        _complain(str(error) or type(error).__name__)
        return 2
    except (ShapelyError, ProjError) as error:
        _complain(f"{options.file}: its shapes cannot be worked with; mend them ({error})")
        return 2
    return 0


def _complain(text: str) -> None:
    """Say one error in one line."""
    sys.stderr.write(f"error: {' '.join(text.split())}\n")


def _say(*lines: str) -> None:
    """Say what a command was asked for."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def run_inspect(options: argparse.Namespace) -> None:
    """Run `inspect`."""
    with shown(sys.stderr) as stage:
        reading = _read(options, stage)
        reference = read(options.reference).frame if options.reference else None
        found = inspect(reading, reference, stage=stage)
    _say(*found.lines())


def run_build(options: argparse.Namespace) -> None:
    """Run `build`."""
    path = _output(options)
    recipe = _recipe(options, f"Divisions from {options.file.name}")
    wanted = BuildOptions(
        code=options.code,
        names=dict(options.name),
        source=recipe.attribution,
        slug=options.slug,
        kind=options.kind,
        status=options.status,
        within=options.within,
        select=dict(options.select),
        datum=options.datum,
        tolerance=options.tolerance,
        sliver=options.sliver,
        polygons_only=options.polygons_only,
    )
    with shown(sys.stderr) as stage:
        reading = _read(options, stage)
        built = build(reading.frame, wanted, name=str(options.file), stage=stage)
        stage("writing")
        making = product.Making(
            recipe=recipe,
            inputs=[options.file],
            method=_build_method(reading, wanted),
            date=options.date,
            tolerance=options.tolerance,
            repairs=tuple(map(str, built.repairs)),
        )
        area = round(float(built.frame["area_km2"].sum()), 2)
        product.save(built.frame, path, making, {"area_km2": area})
    _say(
        f"{path}: {len(built.frame)} divisions, {area:,} km²",
        f"repaired: {len(built.repairs) or 'nothing'}",
        *(f"  {item}" for item in built.repairs),
    )


def _build_method(reading: VectorFile, options: BuildOptions) -> tuple[str, ...]:
    """Say what `build` did, as far as its options decide it."""
    steps = [f"read as {reading.driver}, layer {reading.layer}; CRS: {reading.crs_from}"]
    if options.within or options.select:
        asked = [*(f"{c}={v}" for c, v in options.select.items()), options.within or ""]
        steps.append(f"kept {' '.join(asked).strip()}")
    if options.datum != "wgs84":
        steps.append(f"moved from {options.datum} to WGS-84")
    steps.append(f"overlaps and gaps up to {options.sliver:g} m wide closed")
    return (*steps, "simplified as one coverage, rounded to 5 decimals")


def run_reconstruct(options: argparse.Namespace) -> None:
    """Run `reconstruct`."""
    path = _output(options)
    recipe = _recipe(options, f"Divisions reconstructed from {options.file.name}")
    with shown(sys.stderr) as stage:
        old = _read(options, stage).frame
        need(old, [options.old], options.file)
        points, villages = read_points(options.points, options.point_code, options.division)
        attributes = _attributes(options, villages, recipe)
        done = reorganise(
            old.set_index(as_text(old[options.old])),
            points,
            villages[options.division],
            attributes,
            tolerance=options.tolerance,
            old_name=str(options.file),
            name=str(path),
            stage=stage,
        )
        inputs = [options.file, options.points, *filter(None, [options.attributes])]
        making = product.Making(recipe, inputs, RECONSTRUCTION, options.date, options.tolerance)
        product.save(done.frame, path, making, done.measures())
    _say(*_reconstruction_report(path, done))


def _attributes(
    options: argparse.Namespace, villages: pd.DataFrame, recipe: Recipe
) -> pd.DataFrame:
    """Give the properties of the new divisions, from a table or from the villages."""
    if options.attributes:
        table = read_table(options.attributes)
        need(table, ["code"], options.attributes)
        attributes = table.set_index("code")
    elif options.name:
        names = dict(options.name)
        need(villages, list(names.values()), options.points)
        attributes = default_attributes(villages, options.division, names)
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


def run_check(options: argparse.Namespace) -> None:
    """Run `check`."""
    with shown(sys.stderr) as stage:
        stage("checking")
        frame = load_boundaries(options.file)
    _say(f"{options.file}: {len(frame)} divisions, no fault")


def _read(options: argparse.Namespace, stage: Stage) -> VectorFile:
    """Read the file that a command is about."""
    stage("reading")
    return read(
        options.file,
        layer=options.layer,
        crs=options.crs,
        encoding=options.encoding,
        max_megabytes=options.max_megabytes,
    )


def _output(options: argparse.Namespace) -> Path:
    """Refuse an output that cannot be meant, before any work is done."""
    path = Path(options.out)
    if path.suffix.lower() not in (".geojson", ".json"):
        raise RequestError(f"{path}: output is GeoJSON; name it .geojson")
    if path.is_dir() or not path.parent.is_dir():
        raise RequestError(f"{path}: no file can be there; name a file in a folder that exists")
    if path.exists() and options.file.exists() and path.samefile(options.file):
        raise RequestError(f"{path}: is the input; name another output")
    return path


def _recipe(options: argparse.Namespace, title: str) -> Recipe:
    """Give what the record says in words, from a file or from options."""
    if options.record:
        return load_recipe(options.record)
    if getattr(options, "status", None) == "published" and not options.source:
        raise RequestError("a published line has a publisher; name it with --source")
    return Recipe(
        title=title,
        vintage=options.vintage,
        licence=options.licence,
        attribution=options.source or f"{options.file.name} (origin not stated)",
    )


RUN = {
    "inspect": run_inspect,
    "build": run_build,
    "reconstruct": run_reconstruct,
    "check": run_check,
}
"""What runs a command, by its name."""
