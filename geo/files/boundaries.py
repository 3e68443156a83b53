"""Load boundary files, checked."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely
from shapely.errors import ShapelyError

from faults import Fault, capped
from faults.plain_file import read_file
from geo.coverage.extent import labels
from geo.coverage.properties import faults_in_values
from geo.coverage.validate import check_boundaries
from geo.crs.projection import WGS84
from geo.errors import FaultsError, SourceError
from geo.files.source import opening

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

DEQING = files("geo") / "data" / "deqing"
"""Folder of the bundled files of Deqing County."""

CRS84 = ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "EPSG:4326")
"""Names under which an old-style `crs` member says no more than RFC 7946 does."""

MAX_BYTES = 50_000_000
"""A larger file is refused unread: it would not reach a reader in any bearable time."""
MAX_FEATURES = 50_000
"""More than any county has places."""


def load_boundaries(path: Traversable) -> gpd.GeoDataFrame:
    """Load the divisions of one county and check them.

    Parameters
    ----------
    path
        A GeoJSON file, on disk or among a package's resources.

    Returns
    -------
    geopandas.GeoDataFrame
        One row per division in the file's order, in EPSG:4326, with at least the columns
        `code`, `slug`, `boundary_status`, `source` and one `name_<language>`.

    Raises
    ------
    SourceError
        When the file cannot be read as GeoJSON.
    FaultsError
        When the content has faults: all of them, each with feature and mend.
    """
    frame = load_features(path)
    if faults := check_boundaries(frame):
        said = capped(faults)
        lines = _lines_of_features(path, frame, {fault.feature for fault in said})
        raise FaultsError(
            path.name, [replace(fault, line=lines.get(fault.feature, 0)) for fault in said]
        )
    return frame


_NO_GEOMETRY = (
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError),
    ShapelyError,
)
"""What building a shape from any JSON raises."""


_CONSTANTS = "\0constants"
"""Where a collection that was read notes NaN and Infinity, which Python takes for JSON."""


def read_slugs(path: Traversable) -> list[str]:
    """Read which divisions a boundary file holds, without building or checking a shape.

    Raises
    ------
    SourceError
        When the file cannot be read as a GeoJSON feature collection.
    """
    rows = [_properties(feature) for feature in _collection(path)["features"]]
    return [row["slug"] for row in rows if isinstance(row.get("slug"), str)]


def load_features(path: Traversable) -> gpd.GeoDataFrame:
    """Load any GeoJSON feature collection in EPSG:4326, without checking divisions.

    Raises
    ------
    SourceError
        When the file cannot be read as a GeoJSON feature collection.
    FaultsError
        When a geometry is not one that can be built, such as an unclosed ring.
    """
    collection = _collection(path)
    geometries: list[shapely.Geometry | None] = []
    faults: list[Fault] = []
    for place, feature in enumerate(collection["features"], start=1):
        try:
            geometries.append(_geometry(feature))
        except _NO_GEOMETRY as error:
            label = f"feature no. {place}"
            reason = " ".join(str(error).split())
            faults.append(
                Fault(f"no geometry can be built ({reason})", "draw it anew", feature=label)
            )
        faults += faults_in_values(_properties(feature), f"feature no. {place}")
    if not faults and (constants := collection.pop(_CONSTANTS)):
        what = f"{constants[0]} is no number of JSON, and no browser reads the file"
        raise SourceError(path.name, what, "write null there, or take it out")
    if faults:
        raise FaultsError(path.name, capped(faults))
    rows = [_properties(feature) for feature in collection["features"]]
    return gpd.GeoDataFrame(rows, geometry=geometries, crs=WGS84)


def _properties(feature: Any) -> dict[str, Any]:  # noqa: ANN401  # whatever JSON holds
    """Return the properties of a feature, or none where it has no such object."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return properties if isinstance(properties, dict) else {}


def _lines_of_features(
    path: Traversable, frame: gpd.GeoDataFrame, wanted: set[str]
) -> dict[str, int]:
    """Find the line of each feature of some that has a code, by the label it is called by."""
    if "code" not in frame:
        return {}
    lines = read_file(path, MAX_BYTES).decode("utf-8", "replace").splitlines()
    quoted = {
        label: json.dumps(code, ensure_ascii=False)
        for label, code in zip(labels(frame), frame["code"], strict=True)
        if isinstance(code, str) and code and label in wanted
    }
    return {
        label: next((n for n, line in enumerate(lines, start=1) if code in line), 0)
        for label, code in quoted.items()
    }


def _geometry(feature: dict[str, Any]) -> shapely.Geometry | None:
    """Build one feature's geometry; refuse rings that no reader should have to guess at."""
    given = feature["geometry"]
    if not isinstance(feature.get("properties"), dict | None):
        raise TypeError("its properties are no object")  # so nothing says which division it is
    if given is None:
        return None
    if given["type"] in ("Polygon", "MultiPolygon"):
        polygons = [given["coordinates"]] if given["type"] == "Polygon" else given["coordinates"]
        for ring in (ring for polygon in polygons for ring in polygon):
            if not all(math.isfinite(number) for position in ring for number in position):
                raise ValueError("a coordinate is NaN or infinite")
            if ring[0] != ring[-1]:
                raise ValueError(f"a ring is not closed at {ring[-1]}")
    return shapely.geometry.shape(given)


def _collection(path: Traversable) -> dict[str, Any]:
    """Read a feature collection and refuse what is none."""
    constants: list[str] = []
    collection = _json(path, constants)
    if not (isinstance(collection, dict) and isinstance(collection.get("features"), list)):
        raise SourceError(path.name, "no feature collection", "run `story-atlas build` on it")
    if (count := len(collection["features"])) > MAX_FEATURES:
        what = f"{count:,} features, more than {MAX_FEATURES:,}"
        raise SourceError(path.name, what, "cut out the county that you need")
    named = _crs_named(collection.get("crs"))
    if named not in CRS84:
        raise SourceError(path.name, f"CRS is {named}", "run `story-atlas build` to re-project it")
    collection[_CONSTANTS] = constants
    return collection


def _json(path: Traversable, constants: list[str]) -> Any:  # noqa: ANN401  # whatever JSON holds
    """Read JSON, and note the numbers in it that JSON does not have."""

    def note(name: str) -> float:
        constants.append(name)
        return float(name)

    with opening(path.name, "name a GeoJSON file"):
        content = read_file(path, MAX_BYTES)
    try:
        return json.loads(content.decode("utf-8"), parse_constant=note)
    except UnicodeDecodeError as error:
        raise SourceError(path.name, "not UTF-8", "save it as UTF-8") from error
    except json.JSONDecodeError as error:
        mend = "the file is cut off or not JSON"
        raise SourceError(
            path.name, error.msg, mend, line=error.lineno, column=error.colno
        ) from error
    except RecursionError as error:
        what = "the nesting is too deep"
        raise SourceError(path.name, what, "run `story-atlas build` on it") from error
    except ValueError as error:  # of Python itself, for an integer that it will not read
        what = "a number of more than 4,000 digits"
        raise SourceError(path.name, what, "write it as a text, or leave it out") from error


def _crs_named(member: object) -> object:
    """Return the name in an old-style `crs` member; without one the CRS is RFC 7946's."""
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name", CRS84[0]) if isinstance(properties, dict) else member
    return CRS84[0] if member is None else name
