"""Turn a division file as an editor has it into divisions that the atlas can show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from faults import Fault
from geo.build.attributes import divisions
from geo.build.merging import merge
from geo.build.progress import silent
from geo.build.selection import (
    Selection,
    chosen,
    insets,
    join,
    need_columns,
    refuse_unjoined,
    text_columns,
)
from geo.build.slugs import from_codes, from_names
from geo.coverage import repair
from geo.coverage.extent import check_extent, labels
from geo.coverage.inset import INSET
from geo.coverage.operations import GAP_WIDTH, holes
from geo.coverage.validate import check_boundaries, check_geometry
from geo.crs.datum import UNDO
from geo.crs.projection import WGS84, to_metres
from geo.errors import FaultsError, RequestError
from geo.files.encoding import is_misread, misread_mend

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.build.progress import Stage
    from geo.build.selection import JoinTable
    from geo.coverage.repair import Repair


@dataclass(frozen=True)
class BuildOptions:
    """What an editor asks for."""

    code: str
    """Column of the division codes."""
    names: Mapping[str, str]
    """Column of the names, by language: {"zh": "NAME"}."""
    source: str
    """Where the lines come from, as the map shall say it."""
    slug: str | None = None
    """Column of the short names in addresses; without it they are made from the English
    name, or are the codes."""
    kind: str | None = None
    """Column of the kinds of division."""
    status: str = "unknown"
    """How well the lines are known, one of `geo.coverage.properties.STATUSES`."""
    selection: Selection = field(default_factory=Selection)
    """Which features are kept."""
    tables: Sequence[JoinTable] = ()
    """Tables that say more of the features, by code."""
    join_code: str | None = None
    """Column of the codes in the tables, where it is not called as in the file."""
    merge: bool = False
    """Whether features of one code become one division."""
    dissolve: str | None = None
    """Column whose values become the divisions, each with the land of all its features."""
    inset: Sequence[tuple[str, str]] = ()
    """Columns and values of what is drawn in a frame near the others, named by the value."""
    cut_enclaves: bool = False
    """Whether a division that lies wholly inside another is cut out of that one."""
    datum: str = "wgs84"
    """`wgs84` (also right for CGCS2000), `gcj02` or `bd09`."""
    tolerance: float = 0.0
    """Metres of simplification, see `geo.coverage.operations.simplify`."""
    sliver: float = GAP_WIDTH
    """Metres: overlaps and gaps that are nowhere wider are closed."""
    polygons_only: bool = False
    """Whether features that are no polygons are dropped rather than refused."""


@dataclass(frozen=True)
class Built:
    """Divisions ready to be written, and what was changed on the way."""

    frame: gpd.GeoDataFrame
    """As `geo.files.boundaries.load_boundaries` accepts it."""
    repairs: tuple[Repair, ...]
    """Every change that was not asked for by an option."""
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes of the features that were put together, by the division's code."""


def build(
    given: gpd.GeoDataFrame, options: BuildOptions, *, name: str = "input", stage: Stage = silent
) -> Built:
    """Select, re-project, repair, simplify and describe divisions.

    Parameters
    ----------
    given
        Features in any CRS that pyproj knows, with any columns.
    options
        What is asked for.
    name
        The input, as messages name it.
    stage
        Told what is being done, for whoever waits.

    Returns
    -------
    Built
        One valid coverage in EPSG:4326.

    Raises
    ------
    RequestError
        When a column does not exist, or nothing is left of the selection.
    FaultsError
        When the input has faults that are the editor's to mend: all of them.
    """
    stage("choosing features")
    frame = choose(given, options, name)
    frame, repairs = repair.flatten(frame)
    frame, opened = repair.open_collections(frame)
    repairs += opened
    if options.polygons_only:
        frame, dropped = repair.keep_polygons(frame)
        repairs += dropped
    frame, split = repair.split_at_antimeridian(frame)
    is_merged = options.merge or options.dissolve is not None
    text = _check_text(frame, repeats=is_merged)
    _refuse(name, [*text, *check_extent(frame), *check_geometry(frame, valid=False)])
    stage("re-projecting")
    frame = undo_datum(frame, options.datum)
    frame = to_metres(frame)
    stage("repairing")
    frame, mended, faults = repair.repair_rings(frame)
    _refuse(name, faults)
    parts: Mapping[str, tuple[str, ...]] = {}
    if is_merged:
        merged = merge(frame.drop(columns="group", errors="ignore"), _groups(frame))
        _refuse(name, merged.faults)
        frame, parts = merged.frame, merged.parts
    cut: list[Repair] = []
    if options.cut_enclaves:
        frame, cut = repair.cut_enclaves(frame)
    frame, closed, faults = repair.repair_coverage(frame, options.sliver)
    _refuse(name, faults)
    stage("simplifying")
    made = divisions(
        frame.set_index("code", drop=False), _attributes(frame, options), options.tolerance
    )
    stage("checking")
    _refuse(name, check_boundaries(made))
    changes = (*repairs, *split, *mended, *cut, *closed, *_lost(frame, made))
    return Built(made.reset_index(drop=True), changes, parts)


def choose(given: gpd.GeoDataFrame, options: BuildOptions, name: str) -> gpd.GeoDataFrame:
    """Keep the features asked for, and the columns asked for under the atlas's names.

    With `options.dissolve`, a column `group` holds the code of each feature's division.
    """
    columns = text_columns(given)
    need_columns(columns, [options.code], name)
    columns = join(columns, options.code, options.tables, options.join_code)
    wanted = {"code": options.code, "slug": options.slug}
    wanted |= {f"name_{language}": column for language, column in options.names.items()}
    wanted |= {"kind": options.kind, "group": options.dissolve}
    taken = {new: old for new, old in wanted.items() if old is not None}
    need_columns(columns, taken.values(), name)
    kept = chosen(columns, options.code, options.selection, name)
    refuse_unjoined(
        columns[options.code][kept], options.tables, options.join_code or options.code, name
    )
    table = {new: columns[old].to_numpy() for new, old in taken.items()}
    if options.inset:
        table[INSET] = insets(columns, options.inset, name)
        if table[INSET][kept].all():
            raise RequestError(f"{name}: every feature is in an inset; leave some in their place")
    frame = gpd.GeoDataFrame(table, geometry=given.geometry.to_numpy(), crs=given.crs)
    return frame[kept].reset_index(drop=True)


def _groups(frame: gpd.GeoDataFrame) -> pd.Series[str]:
    """Give the code of the division that each feature becomes part of."""
    return pd.Series(frame["group" if "group" in frame else "code"])


def undo_datum(frame: gpd.GeoDataFrame, datum: str) -> gpd.GeoDataFrame:
    """Move GCJ-02 or BD-09 degrees to WGS-84; leave others as they are."""
    if datum == "wgs84":
        return frame
    if datum not in UNDO:
        raise RequestError(f"datum {datum!r} is not known; use wgs84, {', '.join(UNDO)}")
    degrees = frame.to_crs(WGS84)
    shapes = shapely.transform(degrees.geometry.to_numpy(), UNDO[datum])
    return degrees.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=WGS84))


def slugs(frame: pd.DataFrame) -> list[str]:
    """Make short names for addresses from English names, or from the codes.

    The codes are taken for all when the English names do not give a short name for each,
    all different.
    """
    names = [str(name or "") for name in frame["name_en"]] if "name_en" in frame else []
    return (names and from_names(names)) or from_codes([str(code) for code in frame["code"]])


def _attributes(frame: gpd.GeoDataFrame, options: BuildOptions) -> pd.DataFrame:
    """Give the properties of each division, by code, in the order of the codes."""
    table = pd.DataFrame(frame.drop(columns="geometry"))
    if options.slug is None:
        table.insert(1, "slug", slugs(table))
    elif table["slug"].notna().all():
        table["slug"] = from_codes(table["slug"].tolist())
    if INSET in table:
        table[INSET] = table[INSET].where(table[INSET] != "", None)
    table["boundary_status"] = options.status
    table["source"] = options.source
    return table.set_index("code").sort_index()


def _check_text(frame: gpd.GeoDataFrame, *, repeats: bool = False) -> list[Fault]:
    """Find codes that are missing or repeated, and text that was read in a wrong encoding.

    Parameters
    ----------
    repeats
        Whether a code may stand in several rows, as they are merged next.
    """
    faults = [
        Fault(f"no {column}", "give it one, or leave it out with --exclude", feature=label)
        for column in frame.columns.intersection(["code", "group"])
        for label, none in zip(labels(frame), frame[column].isna(), strict=True)
        if none
    ]
    faults += [
        Fault(
            f"the code stands {count} times",
            "make one division of these rows with --merge, or mend the code",
            feature=f"feature {code}",
        )
        for code, count in frame["code"].value_counts().items()
        if count > 1 and not repeats
    ]
    for column in frame.columns.drop("geometry"):
        faults += [
            Fault(f"{text!r} is misread", misread_mend(text), feature=label)
            for label, text in zip(labels(frame), frame[column], strict=True)
            if isinstance(text, str) and is_misread(text)
        ]
    return faults


def _lost(frame: gpd.GeoDataFrame, made: gpd.GeoDataFrame) -> list[Repair]:
    """Name parts and holes that became too small to be written."""
    before, after = frame.geometry.to_numpy(), made.geometry[frame["code"]].to_numpy()
    parts = np.asarray(shapely.get_num_geometries(before) - shapely.get_num_geometries(after))
    repairs = [
        repair.Repair(label, f"{count} parts too small to be written dropped")
        for label, count in zip(labels(frame), parts, strict=True)
        if count > 0
    ]
    if (closed := len(holes(before)) - len(holes(after))) > 0:
        repairs.append(repair.Repair("file", f"{closed} holes too narrow once simplified closed"))
    return repairs


def _refuse(name: str, faults: Sequence[Fault]) -> None:
    """Raise when there are faults."""
    if faults:
        raise FaultsError(name, faults)
