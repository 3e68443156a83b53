"""What cannot be told from a file and may make the map wrong: said, never decided silently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geo.coverage.distance import deviation
from geo.coverage.extent import check_extent
from geo.coverage.operations import POLYGONS, areas_km2
from geo.coverage.repair import open_collections
from geo.crs.datum import UNDO, gcj02_from_wgs84, in_mainland
from geo.crs.projection import WGS84, local_equal_area
from geo.files.boundaries import load_features
from geo.files.boundary_sets import outlines

if TYPE_CHECKING:
    from geo.files.vector import VectorFile

SURE = 0.5
"""A datum is guessed when its lines are this much nearer the reference than any other's."""

DATUM_NAMES = {"wgs84": "WGS-84 or CGCS2000", "gcj02": "GCJ-02", "bd09": "BD-09"}

CORNER = 0.05
"""Share of its width and height by which a picture's extent may lie off the origin."""

NULL_ISLAND = 1.0
"""Degrees around 0°, 0° in which there is only sea."""

NEAR = 0.2
"""Degrees around a reference in which lines are compared with it; far more than any shift."""

SMALLEST, LARGEST = 0.01, 20e6
"""Square kilometres that the middle division of a file has at least, and at most."""


def doubts(file: VectorFile, *, datum_stated: bool) -> list[str]:
    """Say all that an editor should look at before the map is believed.

    Parameters
    ----------
    file
        The file as it was read.
    datum_stated
        Whether somebody said which datum its degrees are in.
    """
    frame, _ = open_collections(file.frame)
    datum = None if datum_stated else doubt_datum(frame)
    found = [encoding_doubt(file), shape_doubt(frame)]
    return [*filter(None, found), *([f"datum: {datum[1]}"] if datum and datum[2] else [])]


def encoding_doubt(file: VectorFile) -> str:
    """Say what else the text could be; nothing where that is sure."""
    return f"text: {file.encoding}; {file.doubt}" if file.doubt else ""


def shape_doubt(frame: gpd.GeoDataFrame) -> str:
    """Say where coordinates look like a picture's, or areas like no division's; else nothing."""
    polygons = sound_polygons(frame)
    if polygons.empty:
        return ""
    west, south, east, north = map(float, polygons.total_bounds)
    width, height = east - west, north - south
    at_corner = 0 <= west <= CORNER * width and (
        0 <= south <= CORNER * height or 0 <= -north <= CORNER * height
    )
    lon, lat = _middle(polygons)
    where = f"{west:.6g}, {south:.6g} to {east:.6g}, {north:.6g}"
    if at_corner or max(abs(lon), abs(lat)) < NULL_ISLAND:
        return (
            f"the coordinates ({where}) begin where those of {polygons.crs.name} do, as pixels of "
            f"a picture would, and put the map at {lon:.2f}°, {lat:.2f}°; give the true CRS with "
            "--crs, or a file with coordinates on the earth"
        )
    middle = float(np.median(areas_km2(polygons.to_crs(WGS84))))
    if not SMALLEST <= middle <= LARGEST:
        return f"the middle division has {middle:.3g} km²; see whether the CRS is the file's"
    return ""


def doubt_datum(frame: gpd.GeoDataFrame) -> tuple[str, str, bool] | None:
    """Say whether a file in China could be in shifted degrees.

    It is compared with the outlines that come along where they are of the same place.

    Returns
    -------
    datum, sentence, open
        As `guess_datum`, and whether the editor has to settle it; None where no web map's shift
        is to be feared: outside China, or where the CRS is that of a survey.
    """
    polygons = sound_polygons(frame)
    if polygons.empty or "1984" not in str(polygons.crs.geodetic_crs.datum.name):
        return None
    lon, lat = _middle(polygons)
    if not in_mainland(lon, lat):
        return None
    for outline in outlines():
        known = load_features(outline)
        if polygons.to_crs(WGS84).intersects(shapely.box(*known.total_bounds)).any():
            datum, sentence = guess_datum(polygons, known)
            if not sentence.startswith("cannot"):
                said = f"{sentence}, the outline of {outline.parent.name} that comes along"
                mend = f"; say so with --datum {datum}" if datum != "wgs84" else ""
                return datum, said + mend, datum != "wgs84"
    place = np.array([[lon, lat]])
    line = gpd.GeoSeries(shapely.points(np.vstack([place, gcj02_from_wgs84(place)])), crs=WGS84)
    shift = line.to_crs(local_equal_area(line))
    sentence = (
        "cannot be told from the file: in China it may be WGS-84, or GCJ-02 of a web map, which "
        f"is {shift.iloc[0].distance(shift.iloc[1]):.0f} m off here; compare it by inspect "
        "--reference OUTLINE with lines that are sure, or say it with --datum"
    )
    return "wgs84", sentence, True


def _middle(frame: gpd.GeoDataFrame) -> tuple[float, float]:
    """Give the middle of a frame's extent in degrees."""
    west, south, east, north = map(float, frame.to_crs(WGS84).total_bounds)
    return (west + east) / 2, (south + north) / 2


def guess_datum(frame: gpd.GeoDataFrame, reference: gpd.GeoDataFrame | None) -> tuple[str, str]:
    """Guess whether degrees are WGS-84, GCJ-02 or BD-09, by a reference outline.

    The reference's lines are compared with the file's, as they are and moved back from
    either shifted datum; the median distance decides.

    Returns
    -------
    datum, sentence
        `wgs84`, `gcj02` or `bd09`, and the reason in words.
    """
    if reference is None:
        return "wgs84", "not guessed; give an outline with --reference"
    polygons, sure = sound_polygons(frame), sound_polygons(reference)
    if polygons.empty or sure.empty:
        which = "file" if polygons.empty else "reference"
        return "wgs84", f"not guessed; the {which} has no sound polygons with a CRS"
    crs = local_equal_area(sure)
    outline = shapely.union_all(sure.to_crs(crs).boundary.to_numpy())
    degrees = shapely.union_all(_near(polygons.to_crs(WGS84), sure).boundary.to_numpy())
    moved = {"wgs84": degrees} | {
        datum: shapely.transform(degrees, undo) for datum, undo in UNDO.items()
    }
    far = {
        datum: float(np.median(deviation(outline, gpd.GeoSeries([line], crs=WGS84).to_crs(crs)[0])))
        for datum, line in moved.items()
    }
    best, second = sorted(far, key=far.__getitem__)[:2]
    distances = ", ".join(f"{DATUM_NAMES[datum]} {metres:.0f} m" for datum, metres in far.items())
    if far[best] > SURE * far[second]:
        return "wgs84", f"cannot be told (median distance from the reference: {distances})"
    return best, f"{DATUM_NAMES[best]} (median distance from the reference: {distances})"


def _near(polygons: gpd.GeoDataFrame, reference: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Leave out what is too far from the reference to be nearest to it; all where nothing is near.

    A file of a whole country would else be compared with one county for most of a minute.
    """
    area = shapely.box(*reference.to_crs(WGS84).total_bounds).buffer(NEAR)
    near = polygons.iloc[np.sort(polygons.sindex.query(area))]
    return polygons if near.empty else near


def sound_polygons(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Keep valid polygons; none where coordinates are not those of the CRS."""
    if check_extent(frame):
        return frame.iloc[:0]
    shapes = frame.geometry.to_numpy()
    sound = shapely.is_valid(shapes) & ~shapely.is_empty(shapes)
    return frame[sound & frame.geom_type.isin(POLYGONS).to_numpy()]
