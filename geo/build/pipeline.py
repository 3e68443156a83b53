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
from geo.build.progress import silent
from geo.build.slugs import from_codes, from_names
from geo.coverage import repair
from geo.coverage.extent import check_extent, labels
from geo.coverage.operations import GAP_WIDTH, holes
from geo.coverage.validate import check_boundaries, check_geometry
from geo.crs.datum import UNDO
from geo.crs.projection import WGS84, local_equal_area
from geo.errors import FaultsError, RequestError
from geo.files.encoding import is_misread, misread_mend
from geo.files.tables import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.build.progress import Stage
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
    """How well the lines are known, one of `geo.coverage.validate.STATUSES`."""
    within: str | None = None
    """Code of the area whose divisions are kept: 330521, or 330500 for a prefecture."""
    select: Mapping[str, str] = field(default_factory=dict)
    """Value that a column must have, by column."""
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
    _refuse(name, [*_check_text(frame), *check_extent(frame), *check_geometry(frame, valid=False)])
    stage("re-projecting")
    frame = undo_datum(frame, options.datum)
    frame = frame.to_crs(local_equal_area(frame))
    stage("repairing")
    frame, mended, faults = repair.repair_rings(frame)
    _refuse(name, faults)
    frame, closed, faults = repair.repair_coverage(frame, options.sliver)
    _refuse(name, faults)
    stage("simplifying")
    made = divisions(
        frame.set_index("code", drop=False), _attributes(frame, options), options.tolerance
    )
    stage("checking")
    _refuse(name, check_boundaries(made))
    return Built(made.reset_index(drop=True), (*repairs, *mended, *closed, *_lost(frame, made)))


def choose(given: gpd.GeoDataFrame, options: BuildOptions, name: str) -> gpd.GeoDataFrame:
    """Keep the features asked for, and the columns asked for under the atlas's names."""
    wanted = {"code": options.code, "slug": options.slug}
    wanted |= {f"name_{language}": column for language, column in options.names.items()}
    wanted["kind"] = options.kind
    columns = {new: old for new, old in wanted.items() if old is not None}
    there = [str(c) for c in given.columns if c != given.geometry.name]
    if missing := [c for c in (*columns.values(), *options.select) if c not in there]:
        raise RequestError(f"{name}: no column {', '.join(missing)}; there are: {', '.join(there)}")
    table = {new: as_text(given[old]).to_numpy() for new, old in columns.items()}
    frame = gpd.GeoDataFrame(table, geometry=given.geometry.to_numpy(), crs=given.crs)
    kept = np.ones(len(frame), dtype=bool)
    for column, value in options.select.items():
        kept &= (as_text(given[column]) == value).to_numpy(dtype=bool)
    if options.within:
        kept &= (
            frame["code"]
            .str.startswith(area_prefix(options.within))
            .fillna(value=False)
            .to_numpy(dtype=bool)
        )
    if not kept.any():
        asked = [*(f"{c}={v}" for c, v in options.select.items()), options.within or "the file"]
        sample = ", ".join(frame["code"].dropna().head(3))
        raise RequestError(f"{name}: no feature in {', '.join(asked)}; codes are like {sample}")
    return frame[kept].reset_index(drop=True)


def area_prefix(code: str) -> str:
    """Give what the codes of an area's parts begin with: 3305 for 330500.

    Levels are those of GB/T 2260 and GB/T 10114: province, prefecture and county of two
    digits each, then township and village of three.
    """
    for level in (2, 4, 6, 9):
        if set(code[level:]) == {"0"}:
            return code[:level]
    return code


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
    table["boundary_status"] = options.status
    table["source"] = options.source
    return table.set_index("code").sort_index()


def _check_text(frame: gpd.GeoDataFrame) -> list[Fault]:
    """Find codes that are missing or repeated, and text that was read in a wrong encoding."""
    codes = frame["code"]
    faults = [
        Fault("no code", "give it one", feature=label)
        for label, none in zip(labels(frame), codes.isna(), strict=True)
        if none
    ]
    faults += [
        Fault(
            f"the code stands {count} times",
            "merge them or mend the code",
            feature=f"feature {code}",
        )
        for code, count in codes.value_counts().items()
        if count > 1
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


def _refuse(name: str, faults: list[Fault]) -> None:
    """Raise when there are faults."""
    if faults:
        raise FaultsError(name, faults)
