"""Read whatever vector file an editor has, and refuse in one line what cannot be read."""

from __future__ import annotations

import struct
import warnings
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from faults import Fault
from geo.errors import FaultsError, RequestError, SourceError
from geo.files.encoding import dbf_encoding

MAX_MEGABYTES = 400.0
"""A larger file is refused: no county's divisions need it, and memory may not hold it."""

HEAD = 100_000
"""Bytes in which GeoJSON that states a CRS does so."""

SHAPEFILE_PARTS = {
    ".shx": "GDAL needs it to find the shapes",
    ".dbf": "it holds the names and codes",
}


@dataclass(frozen=True)
class VectorFile:
    """A file that was read, and how."""

    path: Path
    """The file."""
    frame: gpd.GeoDataFrame
    """Its features as they are: any geometry, any CRS or none."""
    driver: str
    """Name of the format."""
    layer: str
    """The layer that was read."""
    layers: tuple[str, ...]
    """All layers of the file."""
    crs_from: str
    """How the CRS is known."""
    encoding: str
    """Encoding of the text, and how it is known."""
    options: tuple[str, ...] = ()
    """Options of the command line that were needed to read it so."""


def read(
    path: Path,
    *,
    layer: str | None = None,
    crs: str | None = None,
    encoding: str | None = None,
    max_megabytes: float = MAX_MEGABYTES,
) -> VectorFile:
    """Read one layer of a vector file.

    Parameters
    ----------
    path
        Anything that GDAL reads, zipped or not, or GeoParquet.
    layer
        Needed only where the file has several.
    crs
        The file's CRS where it states none, or states a wrong one.
    encoding
        The text's encoding where the file does not state it, or states a wrong one.
    max_megabytes
        Size beyond which the file is refused.

    Raises
    ------
    SourceError
        When the file is missing, a folder, too large, cut off, lacks a part, is in no
        known format or in another encoding.
    RequestError
        When there are several layers and none is named, or a CRS is not known.
    FaultsError
        When a feature has a ring that is not closed.
    """
    _refuse_at_sight(path, max_megabytes)
    given = _crs(crs)
    if path.suffix.lower() in (".parquet", ".geoparquet"):
        file = _read_parquet(path)
    else:
        file = _read_gdal(path, layer, encoding)
    asked = [("--layer", layer), ("--crs", crs), ("--encoding", encoding)]
    words = tuple(word for name, value in asked if value for word in (name, value))
    if given is None:
        return replace(file, options=words)
    frame = file.frame.set_crs(given, allow_override=True)
    said = "as told" if file.frame.crs is None else f"as told; the file says {file.crs_from}"
    return replace(file, frame=frame, crs_from=said, options=words)


def _crs(text: str | None) -> CRS | None:
    """Understand a CRS as an editor writes it."""
    try:
        return None if text is None else CRS.from_user_input(text)
    except CRSError as error:
        raise RequestError(f"CRS {text!r} is not known; write it like EPSG:4490") from error


def _refuse_at_sight(path: Path, max_megabytes: float) -> None:
    """Refuse what need not be opened to know that it will not do."""
    if not path.exists():
        raise SourceError(path, "no such file", "check the name")
    if path.is_dir() and path.suffix.lower() != ".gdb":
        inside = sorted(item.name for item in path.iterdir())[:5]
        raise SourceError(path, "a folder", f"name one file in it: {', '.join(inside) or 'none'}")
    size = path.stat().st_size
    if size == 0:
        raise SourceError(path, "empty", "fetch it again")
    if size > max_megabytes * 1e6:
        raise SourceError(
            path,
            f"{size / 1e6:,.0f} MB is more than {max_megabytes:,.0f}",
            "cut out the area you need, or raise --max-megabytes",
        )
    _refuse_lone_shapefile(path)


def _refuse_lone_shapefile(path: Path) -> None:
    """Refuse a Shapefile that lacks a part or is cut off."""
    suffix = path.suffix.lower()
    if suffix in (*SHAPEFILE_PARTS, ".prj", ".cpg"):
        raise SourceError(path, "a part of a Shapefile", "name its .shp")
    if suffix == ".zip":
        _refuse_bad_zip(path)
    if suffix != ".shp":
        return
    beside = {item.name.lower() for item in path.parent.iterdir()}
    _refuse_missing_parts(path, path.stem, beside)
    with path.open("rb") as stream:
        header = stream.read(28).ljust(28, b"\0")
    if 2 * struct.unpack(">i", header[24:])[0] != path.stat().st_size:
        raise SourceError(path, "cut off", "fetch it again")


def _refuse_bad_zip(path: Path) -> None:
    """Refuse a zip file that is none, is cut off, or holds part of a Shapefile."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            damaged = archive.testzip()
    except zipfile.BadZipFile as error:
        raise SourceError(path, "cut off or no zip file", "fetch it again") from error
    if damaged:
        raise SourceError(path, f"{damaged} in it is damaged", "fetch it again")
    for name in names:
        if name.lower().endswith(".shp"):
            _refuse_missing_parts(path, name[:-4], {other.lower() for other in names})


def _refuse_missing_parts(path: Path, stem: str, beside: set[str]) -> None:
    """Refuse a Shapefile without its index or table."""
    for part, reason in SHAPEFILE_PARTS.items():
        if f"{stem}{part}".lower() not in beside:
            missing = PurePosixPath(stem + part).name
            raise SourceError(path, f"{missing} is missing", f"put it beside ({reason})")


def _read_parquet(path: Path) -> VectorFile:
    """Read GeoParquet through geopandas."""
    try:
        frame = gpd.read_parquet(path)
    except (ValueError, TypeError, LookupError, OSError, ImportError) as error:
        raise SourceError(
            path, "no GeoParquet file", f"fetch it again ({_one_line(error)})"
        ) from error
    crs_from = "the file" if frame.crs else "not stated"
    return VectorFile(
        path, frame, "Parquet", path.stem, (path.stem,), crs_from, "UTF-8 (of the format)"
    )


def _read_gdal(path: Path, layer: str | None, encoding: str | None) -> VectorFile:
    """Read one layer through GDAL."""
    try:
        layers = _spatial_layers(path)
        chosen = _choose(path, layers, layer)
        text, said = (encoding, f"{encoding} (as told)") if encoding else dbf_encoding(path)
        info = pyogrio.read_info(path, layer=chosen, encoding=text)
        with warnings.catch_warnings():
            # What GDAL warns of is found again below, feature by feature.
            warnings.simplefilter("ignore")
            frame = pyogrio.read_dataframe(
                path, layer=chosen, encoding=text, on_invalid="ignore", datetime_as_string=True
            )
            faults = _unbuilt(path, chosen, frame)
    except pyogrio.errors.DataSourceError as error:
        raise SourceError(
            path, "cut off or in no known format", f"fetch it again ({_one_line(error)})"
        ) from error
    except RuntimeError as error:
        raise SourceError(
            path, "cut off or damaged", f"fetch it again ({_one_line(error)})"
        ) from error
    except (UnicodeError, LookupError) as error:
        raise SourceError(
            path,
            f"the text is not {encoding or 'in the encoding it states'}",
            "try --encoding GB18030 or --encoding UTF-8",
        ) from error
    except UnboundLocalError as error:  # pyogrio 0.13, where GDAL cannot write the CRS as WKT
        raise SourceError(
            path, "its CRS cannot be understood", "take away the .prj and give --crs"
        ) from error
    if faults:
        raise FaultsError(str(path), faults)
    driver = str(info["driver"])
    frame, crs_from = _known_crs(frame, driver, path)
    said = said or f"{info['encoding']} (of the format)"
    return VectorFile(path, frame, driver, chosen, tuple(layers), crs_from, said)


def _spatial_layers(path: Path) -> list[str]:
    """Name the layers that hold geometry."""
    layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    if not layers:
        raise SourceError(path, "a table without shapes", "name the file that holds the shapes")
    return layers


def _choose(path: Path, layers: list[str], layer: str | None) -> str:
    """Take the layer asked for, or the only one."""
    if layer is None and len(layers) == 1:
        return layers[0]
    if layer in layers:
        return str(layer)
    asked = f"no layer {layer!r}" if layer else "several layers"
    raise RequestError(f"{path}: {asked}; choose one with --layer: {', '.join(layers)}")


def _unbuilt(path: Path, layer: str, frame: gpd.GeoDataFrame) -> list[Fault]:
    """Name features whose shape is there but cannot be built."""
    missing = np.flatnonzero(frame.geometry.isna().to_numpy())
    if not len(missing):
        return []
    raw = pyogrio.raw.read(path, layer=layer, columns=[])[2]
    faults = []
    for place in missing:
        try:
            shapely.from_wkb(raw[place])
        except shapely.errors.ShapelyError as error:
            reason = "a ring is not closed" if "closed" in str(error) else _one_line(error)
            faults.append(Fault(reason, "draw it anew", feature=f"feature no. {place + 1}"))
    return faults


def _known_crs(frame: gpd.GeoDataFrame, driver: str, path: Path) -> tuple[gpd.GeoDataFrame, str]:
    """Say how the CRS is known; TopoJSON has degrees and no way to say so."""
    if frame.crs is None and driver == "TopoJSON":
        return frame.set_crs("EPSG:4326"), "TopoJSON is in WGS-84 by custom"
    if frame.crs is None:
        return frame, "not stated"
    if driver == "GeoJSON":
        with path.open("rb") as stream:
            if b'"crs"' not in stream.read(HEAD):
                return frame, "GeoJSON without `crs` is in WGS-84 (RFC 7946)"
    return frame, f"{frame.crs.to_string()[:60]}, stated in the file"


def _one_line(error: BaseException) -> str:
    """Shorten another package's message to one line."""
    return " ".join(str(error).split())[:100]
