"""Zip files as Windows, macOS and programs pack them: read, or what they hold is said."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

from faults import FaultyFileError
from geo.errors import RequestError
from geo.files.vector import read
from tests.support.command import main

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA = Path(__file__).parent / "data"


@pytest.fixture
def towns() -> gpd.GeoDataFrame:
    shapes = [shapely.box(8 + i / 10, 47, 8.1 + i / 10, 47.1) for i in range(2)]
    return gpd.GeoDataFrame(
        {"CODE": ["1", "2"], "NAME": ["Łódź", "東區"]}, geometry=shapes, crs=4326
    )


@pytest.fixture
def parts(tmp_path: Path, towns: gpd.GeoDataFrame) -> dict[str, bytes]:
    """A Shapefile's parts by suffix."""
    folder = tmp_path / "parts"
    folder.mkdir()
    towns.to_file(folder / "towns.shp", encoding="UTF-8")
    return {item.suffix: item.read_bytes() for item in folder.iterdir()}


def packed(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("name", "count"), [("sub.zip", 2), ("mac.zip", 2), ("macosx.zip", 3), ("nested.zip", 3)]
)
def test_folders_and_what_macos_adds(
    name: str, count: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(read(DATA / name).frame) == count
    assert main(["inspect", str(DATA / name)]) == 0
    words = capsys.readouterr().out.splitlines()[-1].split()[1:]
    words[words.index("--out") + 1] = str(tmp_path / "out.geojson")
    assert main(words) == 0


def test_several_layers_are_named_and_chosen(tmp_path: Path, parts: dict[str, bytes]) -> None:
    files = {f"a/{stem}{suffix}": data for suffix, data in parts.items() for stem in ("x", "y")}
    files |= {f"b/x{suffix}": data for suffix, data in parts.items()}
    path = packed(tmp_path / "in.zip", files)
    with pytest.raises(RequestError, match=r"choose one with --layer: a/x\.shp, y, b/x\.shp"):
        read(path)
    for layer in ("a/x.shp", "y", "a/y.shp", "b/x.shp"):
        assert read(path, layer=layer).frame["NAME"].tolist() == ["Łódź", "東區"]
    with pytest.raises(RequestError, match="no layer 'x'"):
        read(path, layer="x")


def test_capitals_parts_of_other_case_and_names_in_another_encoding(
    tmp_path: Path, parts: dict[str, bytes]
) -> None:
    files = {f"TOWNS{suffix.upper()}": data for suffix, data in parts.items() if suffix != ".dbf"}
    path = packed(tmp_path / "in.ZIP", files | {"towns.dbf": parts[".dbf"]})
    assert read(path).layer == "TOWNS"
    path = packed(tmp_path / "gbk.zip", {f"XXXXXX{suffix}": data for suffix, data in parts.items()})
    path.write_bytes(path.read_bytes().replace(b"XXXXXX", "德清县".encode("gbk")))
    assert read(path).layer == "德清县"


def test_other_kinds_in_a_zip(tmp_path: Path, towns: gpd.GeoDataFrame) -> None:
    text = towns.to_json().encode()
    for name in ("in.geojson", "deep/in.JSON", "a b/ü.geojson"):
        path = packed(tmp_path / "in.zip", {name: text, "readme.txt": b"x", "names.csv": b"a\n1\n"})
        assert len(read(path).frame) == 2
    towns.to_file(tmp_path / "two.gpkg", layer="towns")
    towns.to_file(tmp_path / "two.gpkg", layer="more")
    path = packed(tmp_path / "in.zip", {"two.gpkg": (tmp_path / "two.gpkg").read_bytes()})
    with pytest.raises(RequestError, match="choose one with --layer: towns, more"):
        read(path)
    assert len(read(path, layer="more").frame) == 2
    towns.to_file(tmp_path / "in.kmz", driver="LIBKML")
    two = tmp_path / "two"
    two.mkdir()
    for layer in ("a", "b"):
        towns.to_file(
            two / "two.kml", driver="LIBKML", layer=layer, mode="a" if layer == "b" else "w"
        )
    path = packed(
        tmp_path / "in.kmz", {f"layers/{i}.kml": (two / "two.kml").read_bytes() for i in "ab"}
    )
    assert len(read(path).frame) == 8
    path = packed(tmp_path / "in.zip", {"x.csv": b'a,geom\n1,"POLYGON ((0 0"\n'})
    with pytest.raises(FaultyFileError) as refused:
        read(path)
    assert str(refused.value).startswith(f"{path}: row 2: geom is no shape")
    towns.to_file(tmp_path / "in.kmz", driver="LIBKML")
    path = packed(tmp_path / "in.zip", {"in.kmz": (tmp_path / "in.kmz").read_bytes()})
    assert read(path).frame["Name"].tolist() == ["Łódź", "東區"]
    towns.to_file(tmp_path / "in.gdb", driver="OpenFileGDB", layer="towns")
    inside = {f"x/in.gdb/{f.name}": f.read_bytes() for f in (tmp_path / "in.gdb").iterdir()}
    assert read(packed(tmp_path / "in.zip", inside)).driver == "OpenFileGDB"


def test_a_zip_in_a_zip(tmp_path: Path, towns: gpd.GeoDataFrame) -> None:
    inner = packed(tmp_path / "inner.zip", {"in.geojson": towns.to_json().encode()}).read_bytes()
    for _ in range(3):
        path = packed(tmp_path / "in.zip", {"inner.zip": inner})
        assert len(read(path).frame) == 2
        inner = path.read_bytes()
    with pytest.raises(FaultyFileError, match="archives within archives; unpack them"):
        read(packed(tmp_path / "in.zip", {"inner.zip": inner}))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "holds no file with shapes, only nothing; pack"),
        ({"a.pdf": b"x", "__MACOSX/._a.pdf": b"y"}, "only a.pdf; pack a file with shapes"),
        (
            {f"{i}.png": b"x" for i in range(9)},
            "0.png, 1.png, 2.png, 3.png, 4.png and 4 more; pack",
        ),
        ({"a.csv": b"CODE,NAME\n1,x\n"}, "a table without shapes; name the file"),
        ({"../../out.geojson": b"{}"}, "'../../out.geojson' in it leads out of the archive"),
        ({"/etc/out.geojson": b"{}"}, "'/etc/out.geojson' in it leads out of the archive"),
        ({"..\\out.geojson": b"{}"}, "leads out of the archive"),
        ({"C:\\out.geojson": b"{}"}, "leads out of the archive"),
        ({"big.geojson": bytes(3_000_000)}, "unpacks to 3 MB, more than 2; cut out the area"),
        ({"towns.shp": b"x"}, "towns.shx is missing; put it beside"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, files: dict[str, bytes], said: str) -> None:
    path = packed(tmp_path / "in.zip", files)
    with pytest.raises(FaultyFileError) as refused:
        read(path, max_megabytes=2)
    assert said in str(refused.value)
    assert str(path) in str(refused.value)
    assert [item.name for item in tmp_path.iterdir()] == ["in.zip"]


def test_bombs_are_not_unpacked(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.geojson", bytes(6_000_000))
    path = packed(tmp_path / "in.zip", {f"{i}.zip": inner.getvalue() for i in range(3)})
    assert path.stat().st_size < 100_000
    with pytest.raises(FaultyFileError, match="unpacks to 6 MB, more than"):
        read(path, max_megabytes=10)
    path = packed(tmp_path / "in.zip", {f"{i}.geojson": b"" for i in range(10_001)})
    with pytest.raises(FaultyFileError, match="holds 10,001 files"):
        read(path)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Rar!\x1a\x07\x00", "a RAR archive, not a zip file; unpack it"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive, not a zip file"),
        (b"\x1f\x8b\x08", "a gzip archive, not a zip file"),
        (b'{"type": "FeatureCollection"}', "no zip file, but text; name it by its kind"),
        (b"hello", "cut off or no zip file; fetch it again"),
    ],
)
def test_what_is_named_zip_and_is_none(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "in.zip").write_bytes(data)
    with pytest.raises(FaultyFileError, match=said):
        read(tmp_path / "in.zip")


def test_a_locked_zip(tmp_path: Path, towns: gpd.GeoDataFrame) -> None:
    path = packed(tmp_path / "in.zip", {"in.geojson": towns.to_json().encode()})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(FaultyFileError, match="locked with a password; unpack it"):
        read(path)


def test_a_damaged_file_in_a_zip(tmp_path: Path, towns: gpd.GeoDataFrame) -> None:
    path = packed(tmp_path / "in.zip", {"in.geojson": towns.to_json().encode()})
    data = bytearray(path.read_bytes())
    data[60:70] = bytes(10)
    path.write_bytes(data)
    with pytest.raises(FaultyFileError, match=r"in\.geojson in it is damaged; fetch it again"):
        read(path)
