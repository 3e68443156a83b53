"""Read whatever vector file an editor has, and refuse in one line what cannot be read."""

from __future__ import annotations

import struct
import warnings
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from faults import Fault, FaultyFileError
from geo.errors import FaultsError, RequestError, SourceError
from geo.files.archive import ARCHIVES, datasets
from geo.files.csv import read_shapes
from geo.files.encoding import TextEncoding, dbf_encoding, decode_word
from geo.files.encoding_names import codec
from geo.files.json_features import DRIVERS as JSON_DRIVERS
from geo.files.json_features import refuse_lost
from geo.files.layers import (
    ELSEWHERE,
    PARQUET,
    TABLES,
    UNREADABLE,
    UTF8,
    choose,
    list_layers,
    need_shapes,
    one_line,
    unreadable,
)
from geo.files.offline import offline
from geo.files.recode import plain_text
from geo.files.source import MAX_MEGABYTES, refuse_larger

if TYPE_CHECKING:
    from geo.files.archive import Dataset
    from geo.files.layers import Layer

HEAD = 100_000
"""Bytes in which GeoJSON that states a CRS does so."""

SHAPEFILE_PARTS = {
    ".shx": "GDAL needs it to find the shapes",
    ".dbf": "it holds the names and codes",
}

MISNAMED = (
    (b"pk\x03\x04", "a zip archive by another name", "name it .zip"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and name the file in it"),
    (b"<!doctype html", "a web page", "fetch the file itself, as raw data"),
    (b"<html", "a web page", "fetch the file itself, as raw data"),
    (b"version https://git-lfs", "a pointer of Git LFS", "fetch the file itself, as raw data"),
)
"""First bytes, in small letters, of what is often saved in place of the file."""

ZIPPED = (*ARCHIVES, ".xlsx", ".ods", ".shz")

INDIRECT = (b"<OGRVRTDataSource", b"<OGRWFSDataSource", b"gdal_streamed_alg", b"<GDAL_WMS")
"""Beginnings of files that have GDAL open other files or servers."""


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
    doubt: str = ""
    """Which other encoding its text could be in, in words; empty where none is likely."""


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
        Anything that GDAL reads, zipped or not, GeoParquet, or CSV with shapes in a column.
    layer
        Needed only where the file has several. Folders of a KML file are read together.
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
    try:
        with offline(), datasets(path, max_megabytes) as found:  # a file may name other places
            file = _read(path, found, layer, encoding, max_megabytes)
    except FaultyFileError as error:
        if all(fault.file == str(path) for fault in error.faults):
            raise
        # What was unpacked is gone; the editor knows the archive.
        raise FaultsError(str(path), error.faults) from error
    if file.frame.empty:
        raise SourceError(path, "holds no features", "name another layer, or export it again")
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
    if not (path.is_file() or path.is_dir()):
        raise SourceError(path, "no file, but a device or a pipe", "save it as a file")
    if path.stat().st_size == 0:
        raise SourceError(path, "empty", "fetch it again")
    refuse_larger(path, max_megabytes)
    _refuse_part(path)


def _refuse_part(path: Path) -> None:
    """Refuse a part of a Shapefile, and a file that leads elsewhere."""
    suffix = path.suffix.lower()
    if suffix in (*SHAPEFILE_PARTS, ".prj", ".cpg"):
        raise SourceError(path, "a part of a Shapefile", "name its .shp")
    if path.is_dir():
        return
    with path.open("rb") as stream:
        head = stream.read(4096)
    if any(word in head for word in INDIRECT):
        raise SourceError(path, *ELSEWHERE)
    for magic, what, mend in MISNAMED:
        if head[:100].lstrip().lower().startswith(magic) and suffix not in ZIPPED:
            raise SourceError(path, what, mend)


def _refuse_incomplete(path: Path, shapefile: Path) -> None:
    """Refuse a Shapefile that lacks a part or is cut off; `path` is what the editor named."""
    beside = {item.name.lower() for item in shapefile.parent.iterdir()}
    _refuse_missing_parts(path, shapefile.stem, beside)
    with shapefile.open("rb") as stream:
        header = stream.read(28).ljust(28, b"\0")
    if 2 * struct.unpack(">i", header[24:])[0] != shapefile.stat().st_size:
        raise SourceError(path, "cut off", "fetch it again")


def _refuse_missing_parts(path: Path, stem: str, beside: set[str]) -> None:
    """Refuse a Shapefile without its index or table."""
    for part, reason in SHAPEFILE_PARTS.items():
        if f"{stem}{part}".lower() not in beside:
            missing = PurePosixPath(stem + part).name
            raise SourceError(path, f"{missing} is missing", f"put it beside ({reason})")


def _read(
    path: Path, found: list[Dataset], layer: str | None, encoding: str | None, max_megabytes: float
) -> VectorFile:
    """Choose a layer and read it."""
    with plain_text(path, found, encoding, max_megabytes) as (plain, text):
        layers = list_layers(path, plain, max_megabytes)
        chosen = choose(path, layers, layer)
        files = [_read_layer(path, each, encoding, text, max_megabytes) for each in chosen]
    titles = tuple(each.title for each in layers)
    if len(files) == 1:
        return replace(files[0], layers=titles)
    frame = gpd.GeoDataFrame(pd.concat([file.frame for file in files], ignore_index=True))
    said = f"all {len(files)} folders"
    return replace(files[0], frame=frame, layer=said, layers=titles)


def _read_layer(
    path: Path,
    layer: Layer,
    encoding: str | None,
    recoded: dict[Path, TextEncoding],
    max_megabytes: float,
) -> VectorFile:
    """Read one layer of one file by what its kind needs."""
    file = layer.dataset.path
    suffix = file.suffix.lower()
    if suffix in PARQUET:
        return _read_parquet(path, layer)
    if suffix in TABLES:
        return _read_csv(path, layer, encoding, max_megabytes)
    if suffix == ".shp":
        _refuse_incomplete(path, file)
    if file in recoded:
        text = replace(recoded[file], codec=None)
    elif encoding:
        text = TextEncoding(codec(encoding) or encoding, f"{encoding} (as told)")
    else:
        text = dbf_encoding(file) if suffix == ".shp" else UTF8
    return _read_gdal(path, layer, text)


def _read_parquet(path: Path, layer: Layer) -> VectorFile:
    """Read GeoParquet through geopandas."""
    try:
        frame = gpd.read_parquet(layer.dataset.path)
    except (ValueError, TypeError, LookupError, OSError, ImportError) as error:
        raise SourceError(
            path, "no GeoParquet file", f"fetch it again ({one_line(error)})"
        ) from error
    crs_from = "the file" if frame.crs else "not stated"
    return VectorFile(path, frame, "Parquet", layer.title, (), crs_from, UTF8.said)


def _read_csv(path: Path, layer: Layer, encoding: str | None, max_megabytes: float) -> VectorFile:
    """Read CSV with shapes in a column."""
    found = read_shapes(layer.dataset.path, encoding, max_megabytes=max_megabytes)
    frame, text = need_shapes(path, found)
    crs_from = f"{frame.crs.to_string()}, stated in the file" if frame.crs else "not stated"
    return VectorFile(
        path, frame, "CSV", layer.title, (), crs_from, text.said or "plain ASCII", doubt=text.doubt
    )


def _read_gdal(path: Path, layer: Layer, text: TextEncoding) -> VectorFile:
    """Read one layer through GDAL."""
    file = layer.dataset.path
    try:
        # GDAL knows fewer encodings, and loses last letters in some; so bytes come as Latin-1.
        own = ".shp" in file.suffix.lower() and text.codec is not None
        encoding = "ISO-8859-1" if own else text.codec
        info = pyogrio.read_info(file, layer=layer.name, encoding=encoding)
        with warnings.catch_warnings():
            # What GDAL warns of is found again below, feature by feature.
            warnings.simplefilter("ignore")
            frame = pyogrio.read_dataframe(
                file,
                layer=layer.name,
                encoding=encoding,
                on_invalid="ignore",
                datetime_as_string=True,
            )
            faults = _unbuilt(file, layer.name, frame)
        if own:
            frame = _decoded(frame, str(text.codec))
    except UnboundLocalError as error:  # pyogrio 0.13, where GDAL cannot write the CRS as WKT
        raise SourceError(
            path, "its CRS cannot be understood", "take away the .prj and give --crs"
        ) from error
    except UNREADABLE as error:
        raise unreadable(path, error, text) from error
    if faults:
        raise FaultsError(str(path), faults)
    driver = str(info["driver"])
    if driver in JSON_DRIVERS:
        refuse_lost(path, file, driver, len(frame))
    frame = _unlisted(frame)
    frame, crs_from = _known_crs(frame, driver, file)
    return VectorFile(path, frame, driver, layer.title, (), crs_from, text.said, doubt=text.doubt)


def _unlisted(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Take single texts out of the lists that GDAL makes of all where one feature has a list."""

    def alone(value: object) -> object:
        return value[0] if isinstance(value, np.ndarray) and len(value) == 1 else value

    columns = frame.columns.drop(frame.geometry.name)
    listed = [name for name in columns if frame[name].map(type).eq(np.ndarray).any()]
    return frame.assign(**{name: frame[name].map(alone) for name in listed})


def _decoded(frame: gpd.GeoDataFrame, encoding: str) -> gpd.GeoDataFrame:
    """Decode the texts and the columns' names of a frame that was read as Latin-1."""

    def decode_text(value: object) -> object:
        return decode_word(value.encode("latin-1"), encoding) if isinstance(value, str) else value

    texts = frame.drop(columns=frame.geometry.name).select_dtypes(["object", "string"])
    frame = frame.assign(**{name: texts[name].map(decode_text) for name in texts})
    names = {
        name: name.encode("latin-1").decode(encoding, "ignore")  # ten bytes can cut a letter
        for name in frame.columns
    }
    return gpd.GeoDataFrame(frame.rename(columns=names))


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
            reason = "a ring is not closed" if "closed" in str(error) else one_line(error)
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
