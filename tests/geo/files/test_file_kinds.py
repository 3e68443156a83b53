"""Every row of the table of file kinds in docs/boundaries.md, with a file of that kind."""

from __future__ import annotations

import codecs
import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from geo.errors import GeoError
from geo.files.vector import read
from tests.support.command import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    Make = Callable[[Path, gpd.GeoDataFrame], Path]

DATA = Path(__file__).parent / "data"
GUIDE = Path(__file__).parents[3] / "docs" / "boundaries.md"
NAMES = ["Málaga", "Łódź", "Київ", "دمشق", "ไทย", "松山市", "서울", "Đà Nẵng", "İzmir", "Ærø"]
BOX = "POLYGON ((0 50, 1 50, 1 51, 0 51, 0 50))"


def by(name: str, driver: str | None = None, **options: str) -> Make:
    """Write a file by GDAL's own driver."""

    def make(folder: Path, frame: gpd.GeoDataFrame) -> Path:
        more = {"driver": driver} if driver else {}
        frame.to_file(folder / name, **more, **options)
        return folder / name

    return make


def text(name: str, content: str, encoding: str = "utf-8") -> Make:
    """Write a text as it is."""

    def make(folder: Path, _: gpd.GeoDataFrame) -> Path:
        (folder / name).write_bytes(content.encode(encoding))
        return folder / name

    return make


def recoded(name: str, encoding: str, driver: str | None = None) -> Make:
    """Write a text file by GDAL and put it into another encoding."""

    def make(folder: Path, frame: gpd.GeoDataFrame) -> Path:
        path = by(name, driver)(folder, frame)
        said = path.read_text("utf-8").replace('encoding="UTF-8"', f'encoding="{encoding}"')
        path.write_bytes(said.encode(encoding))
        return path

    return make


def parquet(folder: Path, frame: gpd.GeoDataFrame) -> Path:
    frame.to_parquet(folder / "in.parquet")
    return folder / "in.parquet"


def table(suffix: str) -> Make:
    def make(folder: Path, frame: gpd.GeoDataFrame) -> Path:
        pyogrio.write_dataframe(pd.DataFrame(frame[["CODE"]]), folder / f"in{suffix}")
        return folder / f"in{suffix}"

    return make


def csv_of(
    name: str,
    column: str,
    cell: Callable[[BaseGeometry], str],
    *,
    sep: str = ",",
    encoding: str = "utf-8",
) -> Make:
    def make(folder: Path, frame: gpd.GeoDataFrame) -> Path:
        shapes = [cell(shape) for shape in frame.geometry]
        plain = pd.DataFrame(frame[["CODE", "NAME"]]).assign(**{column: shapes})
        plain.to_csv(folder / name, index=False, sep=sep, encoding=encoding)
        return folder / name

    return make


def hexadecimal(shape: BaseGeometry) -> str:
    return str(shapely.to_wkb(shape, hex=True))


def seq(name: str) -> Make:
    def make(folder: Path, frame: gpd.GeoDataFrame) -> Path:
        features = json.loads(frame.to_json())["features"]
        (folder / name).write_text("\n".join(map(json.dumps, features)), encoding="utf-8")
        return folder / name

    return make


def changed(make: Make, change: Callable[[bytes], bytes]) -> Make:
    """Change the bytes of a file."""

    def made(folder: Path, frame: gpd.GeoDataFrame) -> Path:
        path = make(folder, frame)
        path.write_bytes(change(path.read_bytes()))
        return path

    return made


def zipped(make: Make, inner: str, *also: str) -> Make:
    def pack(folder: Path, frame: gpd.GeoDataFrame) -> Path:
        file = make(folder, frame)
        with zipfile.ZipFile(folder / "packed.zip", "w") as archive:
            for part in folder.glob(f"{file.stem}.*"):
                archive.write(part, f"{inner}{part.name}")
            for name in also:
                archive.writestr(name, b"x")
        return folder / "packed.zip"

    return pack


def without(make: Make, suffix: str) -> Make:
    def remove(folder: Path, frame: gpd.GeoDataFrame) -> Path:
        path = make(folder, frame)
        path.with_suffix(suffix).unlink()
        return path

    return remove


def two_layers(folder: Path, frame: gpd.GeoDataFrame) -> Path:
    for layer in ("towns", "villages"):
        frame.to_file(folder / "in.gpkg", layer=layer)
    return folder / "in.gpkg"


def one_empty_layer(folder: Path, frame: gpd.GeoDataFrame) -> Path:
    frame.iloc[:0].to_file(folder / "in.gpkg", layer="empty")
    frame.to_file(folder / "in.gpkg", layer="towns")
    return folder / "in.gpkg"


def topojson(folder: Path, _: gpd.GeoDataFrame) -> Path:
    topology = {
        "type": "Topology",
        "arcs": [[[i, 50], [i, 51], [i + 1, 51], [i + 1, 50], [i, 50]] for i in range(10)],
        "objects": {
            "towns": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[i]], "properties": {"CODE": str(i), "NAME": name}}
                    for i, name in enumerate(NAMES)
                ],
            }
        },
    }
    return text("in.topojson", json.dumps(topology))(folder, gpd.GeoDataFrame())


def esri(folder: Path, _: gpd.GeoDataFrame) -> Path:
    rings = [[[i, 50], [i, 51], [i + 1, 51], [i + 1, 50], [i, 50]] for i in range(10)]
    layer = {
        "geometryType": "esriGeometryPolygon",
        "spatialReference": {"wkid": 4326},
        "fields": [{"name": name, "type": "esriFieldTypeString"} for name in ("CODE", "NAME")],
        "features": [
            {"attributes": {"CODE": str(i), "NAME": name}, "geometry": {"rings": [rings[i]]}}
            for i, name in enumerate(NAMES)
        ],
    }
    return text("in.json", json.dumps(layer))(folder, gpd.GeoDataFrame())


def kml(folders: int) -> Make:
    """Write KML with a schema, its placemarks in folders within folders."""
    places = [
        f'<Placemark><name>{name}</name><ExtendedData><SchemaData schemaUrl="#s"><SimpleData '
        f'name="CODE">{i}</SimpleData></SchemaData></ExtendedData><Polygon><outerBoundaryIs>'
        f"<LinearRing><coordinates>{i},50 {i + 1},50 {i + 1},51 {i},51 {i},50</coordinates>"
        "</LinearRing></outerBoundaryIs></Polygon></Placemark>"
        for i, name in enumerate(NAMES)
    ]
    body = "".join(places)
    for depth in range(folders):
        share = len(places) // folders
        part = places[depth * share : (depth + 1) * share if depth + 1 < folders else None]
        body = f"<Folder><name>F{depth}</name>{''.join(part)}{body if depth else ''}</Folder>"
    schema = '<Schema name="s" id="s"><SimpleField type="string" name="CODE"/></Schema>'
    head = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
    return text("in.kml", f"{head}<Document>{schema}{body}</Document></kml>")


LINK = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><NetworkLink><Link><href>http://127.0.0.1:9/x.kml'
    "</href></Link></NetworkLink></kml>"
)
GPX = (
    '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
    '<trkpt lat="50" lon="1"/><trkpt lat="51" lon="1"/></trkseg></trk></gpx>'
)
VRT = (
    "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/passwd</SrcDataSource>"
    "</OGRVRTLayer></OGRVRTDataSource>"
)
SHP = by("in.shp", encoding="UTF-8")

KINDS: dict[str, Make] = {
    "Shapefile (.shp with .shx, .dbf, .prj, .cpg)": SHP,
    "Shapefile without .prj": without(SHP, ".prj"),
    "Shapefile without .cpg, or in a stated code page": without(SHP, ".cpg"),
    "Shapefile without .dbf": without(SHP, ".dbf"),
    "Shapefile without .shx": without(SHP, ".shx"),
    "GeoPackage": by("in.gpkg"),
    "GeoPackage with several layers": two_layers,
    "GeoPackage with one layer that is not empty": one_empty_layer,
    "GeoJSON": by("in.geojson"),
    "GeoJSON with a byte order mark": recoded("in.geojson", "utf-8-sig"),
    "GeoJSON in UTF-16": recoded("in.geojson", "utf-16"),
    "GeoJSON in GBK or another old encoding": recoded("in.geojson", "gb18030"),
    "GeoJSON by lines (.geojsonl, .ndjson, .jsonl)": seq("in.ndjson"),
    "GeoJSON by lines with a byte order mark": changed(
        seq("in.geojsonl"), lambda data: codecs.BOM_UTF8 + data.replace(b"\n", b"\r\n")
    ),
    "GeoJSON by lines that is cut off, or has something else between": changed(
        seq("in.geojsonl"), lambda data: data[:-40]
    ),
    "GeoJSON text sequence (.geojsons)": by("in.geojsons", "GeoJSONSeq", RS="YES"),
    "TopoJSON": topojson,
    "Esri JSON": esri,
    "KML with a schema or extended data": kml(0),
    "KML with folders in folders": kml(3),
    "KML in GB2312, windows-1252 and the like": recoded("in.kml", "GB18030", "LIBKML"),
    "KML that only links elsewhere": text("in.kml", LINK),
    "KMZ": by("in.kmz", "LIBKML"),
    "GML": by("in.gml", "GML"),
    "MapInfo TAB": by("in.tab", "MapInfo File", ENCODING="UTF-8"),
    "MapInfo MIF": by("in.mif", "MapInfo File", FORMAT="MIF", ENCODING="UTF-8"),
    "FlatGeobuf": by("in.fgb"),
    "GeoParquet": parquet,
    "Esri file geodatabase (.gdb)": by("towns.gdb", "OpenFileGDB"),
    "SpatiaLite": by("towns.sqlite", "SQLite", SPATIALITE="YES"),
    "CSV with WKT, in a column of any name": csv_of("in.csv", "the_geom", shapely.to_wkt),
    "CSV with EWKT": csv_of("in.csv", "geom", lambda s: f"SRID=4326;{shapely.to_wkt(s)}", sep=";"),
    "CSV with WKB or EWKB in hexadecimal": csv_of(
        "in.csv", "wkb", lambda s: str(shapely.to_wkb(s, hex=True))
    ),
    "CSV with GeoJSON": csv_of("in.csv", "geometry", shapely.to_geojson, sep="\t"),
    "CSV in UTF-16": csv_of("in.csv", "wkt", shapely.to_wkt, encoding="utf-16"),
    "CSV with blanks around its headings, and empty rows after the last": changed(
        csv_of("in.csv", "wkt", shapely.to_wkt),
        lambda data: data.replace(b",NAME,", b", NAME ,", 1) + b",,\r\n,,\r\n",
    ),
    "CSV without shapes": text("in.csv", "CODE,NAME\n1,x\n"),
    "CSV with a shape that is none": text("in.csv", f'a,wkt\n1,"{BOX}"\n2,"POLYGON ((0 1"\n'),
    "Excel, OpenDocument": table(".xlsx"),
    "GPX": text("in.gpx", GPX),
    "VRT, WFS and other files that lead elsewhere": text("in.vrt", VRT),
    "zip of any of these, in folders, as macOS packs it": zipped(
        SHP, "deep/er/", "__MACOSX/deep/._in.shp", ".DS_Store"
    ),
    "zip with several files": zipped(SHP, "", "other.shp"),
    "zip without a file that has shapes": zipped(text("notes.txt", "x"), ""),
    "zip or gzip by another name": text("in.geojson", "PK\x03\x04"),
    "Web page or Git LFS pointer in place of the file": text("in.geojson", "<!DOCTYPE html><p>"),
    "RAR or 7z, also when named .zip": text("in.zip", "Rar!\x1a\x07\x00"),
}


@pytest.fixture
def frame() -> gpd.GeoDataFrame:
    shapes = [shapely.box(i, 50, i + 1, 51) for i in range(len(NAMES))]
    codes = [f"0{i:02d}" for i in range(len(NAMES))]
    return gpd.GeoDataFrame({"CODE": codes, "NAME": NAMES}, geometry=shapes, crs=4326)


def rows() -> dict[str, str]:
    """What the guide says of each kind."""
    part = GUIDE.read_text("utf-8").partition("## File kinds")[2].partition("\n## ")[0]
    found = re.findall(r"^\| (.+?) \| (.+?) \|$", part, re.MULTILINE)
    return {kind: gets for kind, gets in found if kind not in ("file", "---")}


def test_the_guide_names_the_kinds_that_are_tried_and_no_other() -> None:
    assert list(rows()) == list(KINDS)


@pytest.mark.filterwarnings("ignore:Column names longer than 10")
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_gets_what_the_guide_says(
    tmp_path: Path, frame: gpd.GeoDataFrame, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = KINDS[kind](tmp_path, frame)
    gets = rows()[kind]
    said = re.findall(r"`([^`]+)`", gets)
    if gets.startswith("refused"):
        with pytest.raises(GeoError) as refused:
            read(path)
        assert said[0] in str(refused.value)
        assert str(path) in str(refused.value)
        return
    assert gets.startswith("read")
    file = read(path)
    column = next(c for c in ("NAME", "Name", "name") if c in file.frame)
    assert sorted(file.frame[column]) == sorted(NAMES)
    assert file.frame.geom_type.isin(["Polygon", "MultiPolygon"]).all()
    assert main(["inspect", str(path)]) == 0
    shown = capsys.readouterr().out
    for words in said:
        assert words in shown


SQUARE: dict[str, Any] = {"type": "Feature", "properties": {"name": "x"}, "geometry": None}
LINE = json.dumps(SQUARE)


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("in.geojsonl", f"{LINE}\n{LINE[:-3]}\n{LINE}\n", 2),
        ("in.ndjson", f"{LINE}\n# what follows is from the survey\n{LINE}\n", 2),
        ("in.jsonl", f"{LINE},\n{LINE},\n{LINE}\n", 1),
        ("in.json", f"{LINE}\n\n{LINE[:-20]}", 3),
        ("in.geojsons", f"\x1e{LINE}\n\x1e{LINE[5:]}\n", 2),
        (
            "in.geojson",
            json.dumps(
                {
                    "type": "FeatureCollection",
                    "features": [SQUARE, {"type": "FeatureCollection", "features": [SQUARE]}],
                }
            ),
            None,
        ),
    ],
)
def test_no_feature_is_lost_in_silence(
    tmp_path: Path, name: str, content: str, line: int | None
) -> None:
    path = text(name, content)(tmp_path, gpd.GeoDataFrame())
    with pytest.raises(GeoError, match=r"only \d of \d features can be read") as refused:
        read(path)
    assert (f"line {line} is no whole feature" in str(refused.value)) == (line is not None)


def test_features_in_the_words_of_properties_are_not_missed(tmp_path: Path) -> None:
    told = {**SQUARE, "properties": {"name": "x", "old": SQUARE}}
    collection = json.dumps({"type": "FeatureCollection", "features": [told, SQUARE]})
    assert len(read(text("in.geojson", collection)(tmp_path, gpd.GeoDataFrame())).frame) == 2
    lines = f"{json.dumps(told)}\n{LINE}\n"
    assert len(read(text("in.geojsonl", lines)(tmp_path, gpd.GeoDataFrame())).frame) == 2


def test_a_list_in_one_feature_leaves_the_names_of_the_others(
    tmp_path: Path, frame: gpd.GeoDataFrame
) -> None:
    collection = json.loads(frame.to_json())
    collection["features"][1]["properties"]["NAME"] = ["Łódź"]
    path = text("in.geojson", json.dumps(collection))(tmp_path, frame)
    assert read(path).frame["NAME"].tolist() == NAMES


def test_of_two_cpg_the_one_in_the_files_own_letters_counts(
    tmp_path: Path, frame: gpd.GeoDataFrame
) -> None:
    path = SHP(tmp_path, frame)
    (tmp_path / "IN.CPG").write_text("windows-1252", encoding="ascii")
    if len(list(tmp_path.glob("*.[cC][pP][gG]"))) == 1:
        pytest.skip("this file system takes both for one")
    assert read(path).frame["NAME"].tolist() == NAMES
