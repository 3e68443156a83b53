"""Name the layers of vector files, and choose what to read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pyogrio

from geo.errors import RequestError, SourceError
from geo.files.csv import read_shapes
from geo.files.encoding import TextEncoding

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from geo.files.archive import Dataset

PARQUET = (".parquet", ".geoparquet")
TABLES = (".csv", ".tsv", ".txt")
ELSEWHERE = (
    "only says where the shapes are, in other files or on servers",
    "name the file that holds them",
)

UNREADABLE = (pyogrio.errors.DataSourceError, RuntimeError, UnicodeError, LookupError)
"""What GDAL and pyogrio raise for files that they cannot read."""

UTF8 = TextEncoding(None, "UTF-8 (of the format)")


@dataclass(frozen=True)
class Layer:
    """One layer of one of the vector files that were named or unpacked."""

    dataset: Dataset
    name: str
    """Its name within the file."""
    title: str
    """Its name for the editor, unlike that of any other layer."""


def list_layers(path: Path, found: list[Dataset], max_megabytes: float) -> list[Layer]:
    """Name the layers that hold shapes, those without features only where there is no other.

    Among several files, one that cannot be opened or has no shapes is passed over.
    """
    layers: list[Layer] = []
    refused: list[SourceError] = []
    for dataset in found:
        try:
            if len(found) > 1 and dataset.path.suffix.lower() in TABLES:
                need_shapes(path, read_shapes(dataset.path, max_megabytes=max_megabytes))
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
        raise unreadable(path, error, UTF8) from error
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


def choose(path: Path, layers: list[Layer], layer: str | None) -> list[Layer]:
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
    one_file = len({each.dataset.path for each in layers}) == 1 or path.suffix.lower() == ".kmz"
    all_kml = all(each.dataset.path.suffix.lower() == ".kml" for each in layers)
    if layer is None and (len(layers) == 1 or (one_file and all_kml)):
        return layers
    said = f"no layer {layer!r}" if layer else "several layers"
    titles = ", ".join(each.title for each in layers)
    raise RequestError(f"{path}: {said}; choose one with --layer: {titles}")


def need_shapes(
    path: Path, found: tuple[gpd.GeoDataFrame, TextEncoding] | None
) -> tuple[gpd.GeoDataFrame, TextEncoding]:
    """Refuse a table without a column of shapes."""
    if found is None:
        mend = "name the file that holds the shapes, or add a column of WKT"
        raise SourceError(path, "a table without shapes", mend)
    return found


def unreadable(path: Path, error: Exception, text: TextEncoding) -> SourceError:
    """Say why GDAL could not read a file."""
    again = f"fetch it again ({one_line(error)})"
    if isinstance(error, pyogrio.errors.DataSourceError):
        return SourceError(path, "cut off or in no known format", again)
    if isinstance(error, RuntimeError):
        return SourceError(path, "cut off or damaged", again)
    what = f"the text is not {text.said or 'in the encoding it states'}"
    return SourceError(path, what, "try --encoding GB18030 or --encoding UTF-8")


def one_line(error: BaseException) -> str:
    """Shorten another package's message to one line."""
    return " ".join(str(error).split())[:100]
