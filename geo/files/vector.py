"""Read whatever vector file an editor has, and refuse in one line what cannot be read."""

from __future__ import annotations

import re
import struct
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from faults import Fault
from geo.errors import FaultsError, RequestError, SourceError
from geo.files.archive import Dataset, datasets
from geo.files.csv import decode, read_shapes
from geo.files.encoding import TextEncoding, codec, dbf_encoding, decode_word

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MEGABYTES = 400.0
"""A larger file is refused: no county's divisions need it, and memory may not hold it."""

HEAD = 100_000
"""Bytes in which GeoJSON that states a CRS does so."""

SHAPEFILE_PARTS = {
    ".shx": "GDAL needs it to find the shapes",
    ".dbf": "it holds the names and codes",
}

PARQUET = (".parquet", ".geoparquet")
TABLES = (".csv", ".tsv", ".txt")
JSON = (".geojson", ".json", ".topojson", ".geojsonl", ".geojsons", ".ndjson", ".jsonl")
XML = (".kml", ".gml", ".xml")

INDIRECT = (b"<OGRVRTDataSource", b"<OGRWFSDataSource", b"gdal_streamed_alg", b"<GDAL_WMS")
"""Beginnings of files that have GDAL open other files or servers."""

ELSEWHERE = (
    "only says where the shapes are, in other files or on servers",
    "name the file that holds them",
)

UNREADABLE = (pyogrio.errors.DataSourceError, RuntimeError, UnicodeError, LookupError)
"""What GDAL and pyogrio raise for files that they cannot read."""

UTF8 = TextEncoding(None, "UTF-8 (of the format)")


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
    with datasets(path, max_megabytes) as found:
        file = _read(path, found, layer, encoding)
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
    size = path.stat().st_size
    if size == 0:
        raise SourceError(path, "empty", "fetch it again")
    if size > max_megabytes * 1e6:
        raise SourceError(
            path,
            f"{size / 1e6:,.0f} MB is more than {max_megabytes:,.0f}",
            "cut out the area you need, or raise --max-megabytes",
        )
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


@dataclass(frozen=True)
class Layer:
    """One layer of one of the vector files that were named or unpacked."""

    dataset: Dataset
    name: str
    """Its name within the file."""
    title: str
    """Its name for the editor, unlike that of any other layer."""


def _read(path: Path, found: list[Dataset], layer: str | None, encoding: str | None) -> VectorFile:
    """Choose a layer and read it."""
    with _plain_text(path, found, encoding) as (plain, text):
        layers = _layers(path, plain)
        chosen = _choose(path, layers, layer)
        files = [_read_layer(path, each, encoding, text) for each in chosen]
    titles = tuple(each.title for each in layers)
    if len(files) == 1:
        return replace(files[0], layers=titles)
    frame = gpd.GeoDataFrame(pd.concat([file.frame for file in files], ignore_index=True))
    said = f"all {len(files)} folders"
    return replace(files[0], frame=frame, layer=said, layers=titles)


@contextmanager
def _plain_text(
    path: Path, found: list[Dataset], encoding: str | None
) -> Iterator[tuple[list[Dataset], dict[Path, TextEncoding]]]:
    """Give JSON and XML as GDAL needs them, and the encodings of those that were recoded."""
    with TemporaryDirectory(prefix="county-story-atlas-") as folder:
        plain, recoded = [], {}
        for place, dataset in enumerate(found):
            text = _recode(path, dataset.path, encoding)
            if text is None:
                plain.append(dataset)
                continue
            copy = Path(folder, str(place), dataset.path.name)
            copy.parent.mkdir()
            copy.write_text(text[0], encoding="utf-8")
            recoded[copy] = text[1]
            plain.append(replace(dataset, path=copy))
        yield plain, recoded


def _recode(path: Path, file: Path, encoding: str | None) -> tuple[str, TextEncoding] | None:
    """Decode JSON and XML in encodings that GDAL does not know; None where it does."""
    suffix = file.suffix.lower()
    if suffix not in (*JSON, *XML):
        return None
    data = file.read_bytes()
    head = data[:200].decode("latin-1")
    if suffix in XML:
        stated = re.search(r"^[^<]*<\?xml[^>]*encoding=[\"']([\w.:-]+)", head)
        known = not stated or stated[1].lower() in ("utf-8", "utf-16", "us-ascii", "iso-8859-1")
        if known and not encoding:
            return None
        label = encoding or (stated[1] if stated else "utf-8")
        if codec(label) is None:
            what = f"states the encoding {label[:40]!r}, which is not known"
            raise SourceError(path, what, "name it with --encoding")
        text, found = decode(file, label)
        said = replace(found, said=f"{label} ({'as told' if encoding else 'stated in the file'})")
        return re.sub(r"^[^<]*<\?xml[^>]*\?>", "", text), said
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(file, encoding)
    return None


def _read_layer(
    path: Path, layer: Layer, encoding: str | None, recoded: dict[Path, TextEncoding]
) -> VectorFile:
    """Read one layer of one file by what its kind needs."""
    file = layer.dataset.path
    suffix = file.suffix.lower()
    if suffix in PARQUET:
        return _read_parquet(path, layer)
    if suffix in TABLES:
        return _read_csv(path, layer, encoding)
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
            path, "no GeoParquet file", f"fetch it again ({_one_line(error)})"
        ) from error
    crs_from = "the file" if frame.crs else "not stated"
    return VectorFile(path, frame, "Parquet", layer.title, (), crs_from, UTF8.said)


def _read_csv(path: Path, layer: Layer, encoding: str | None) -> VectorFile:
    """Read CSV with shapes in a column."""
    frame, text = _need_shapes(path, read_shapes(layer.dataset.path, encoding))
    crs_from = f"{frame.crs.to_string()}, stated in the file" if frame.crs else "not stated"
    return VectorFile(
        path, frame, "CSV", layer.title, (), crs_from, text.said or "plain ASCII", doubt=text.doubt
    )


def _need_shapes(
    path: Path, found: tuple[gpd.GeoDataFrame, TextEncoding] | None
) -> tuple[gpd.GeoDataFrame, TextEncoding]:
    """Refuse a table without a column of shapes."""
    if found is None:
        mend = "name the file that holds the shapes, or add a column of WKT"
        raise SourceError(path, "a table without shapes", mend)
    return found


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
        raise _unreadable(path, error, text) from error
    if faults:
        raise FaultsError(str(path), faults)
    driver = str(info["driver"])
    frame, crs_from = _known_crs(frame, driver, file)
    return VectorFile(path, frame, driver, layer.title, (), crs_from, text.said, doubt=text.doubt)


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


def _unreadable(path: Path, error: Exception, text: TextEncoding) -> SourceError:
    """Say why GDAL could not read a file."""
    again = f"fetch it again ({_one_line(error)})"
    if isinstance(error, pyogrio.errors.DataSourceError):
        return SourceError(path, "cut off or in no known format", again)
    if isinstance(error, RuntimeError):
        return SourceError(path, "cut off or damaged", again)
    what = f"the text is not {text.said or 'in the encoding it states'}"
    return SourceError(path, what, "try --encoding GB18030 or --encoding UTF-8")


def _layers(path: Path, found: list[Dataset]) -> list[Layer]:
    """Name the layers that hold shapes, those without features only where there is no other.

    Among several files, one that cannot be opened or has no shapes is passed over.
    """
    layers: list[Layer] = []
    refused: list[SourceError] = []
    for dataset in found:
        try:
            if len(found) > 1 and dataset.path.suffix.lower() in TABLES:
                _need_shapes(path, read_shapes(dataset.path))
            layers += [Layer(dataset, name, name) for name in _layer_names(path, dataset.path)]
        except SourceError as error:
            refused.append(error)
    if not layers:
        raise refused[0]
    filled = [each for each in layers if len(layers) == 1 or _is_filled(each)] or layers
    names = [each.name for each in filled]
    return [
        each if names.count(each.name) == 1 else replace(each, title=_long_title(each))
        for each in filled
    ]


def _long_title(layer: Layer) -> str:
    """Name a layer by its file as well, where its own name is not enough."""
    file = PurePosixPath(layer.dataset.name)
    return str(file) if file.stem == layer.name else f"{file}/{layer.name}"


def _layer_names(path: Path, file: Path) -> list[str]:
    """Name the layers of one file that hold shapes."""
    if file.suffix.lower() in (*PARQUET, *TABLES, ".shp"):
        return [file.stem]
    if file.suffix.lower() == ".kml":
        data = file.read_bytes()
        if b"<NetworkLink" in data and b"<Placemark" not in data:
            raise SourceError(path, *ELSEWHERE)
    try:
        listed = pyogrio.list_layers(file)
    except UNREADABLE as error:
        raise _unreadable(path, error, UTF8) from error
    layers = [str(name) for name, kind in listed if kind is not None]
    if not layers:
        what = "a table without shapes"
        raise SourceError(path, what, "name the file that holds the shapes")
    return layers


def _is_filled(layer: Layer) -> bool:
    """Tell whether a layer has features, as far as GDAL can say without reading it."""
    if layer.dataset.path.suffix.lower() in (*PARQUET, *TABLES, ".shp"):
        return True
    try:
        return int(pyogrio.read_info(layer.dataset.path, layer=layer.name)["features"]) != 0
    except UNREADABLE:
        return True  # reading it will say why


def _choose(path: Path, layers: list[Layer], layer: str | None) -> list[Layer]:
    """Take the layer asked for, the only one, or all folders of a KML file."""
    if layer is not None:
        asked = [each for each in layers if layer in (each.title, each.dataset.name)]
        if not asked:
            asked = [each for each in layers if layer == each.name]
        if len(asked) == 1:
            return asked
    if layer is None and all(each.dataset.path.suffix.lower() == ".gpx" for each in layers):
        what = "GPX has points and lines, and no areas"
        raise SourceError(path, what, "export areas as GeoJSON, KML or GeoPackage")
    one_file = len({each.dataset.path for each in layers}) == 1
    if layer is None and (
        len(layers) == 1 or (one_file and layers[0].dataset.path.suffix.lower() == ".kml")
    ):
        return layers
    said = f"no layer {layer!r}" if layer else "several layers"
    titles = ", ".join(each.title for each in layers)
    raise RequestError(f"{path}: {said}; choose one with --layer: {titles}")


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
