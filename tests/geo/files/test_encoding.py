"""Encodings of tables: what states them comes first, guesses say what else it could be."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

from faults import FaultyFileError
from geo.files.encoding import is_misread
from geo.files.encoding_names import DRIVERS, codec
from geo.files.vector import read
from tests.support.command import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.files.vector import VectorFile

DATA = Path(__file__).parent / "data"

NAMES = {
    "cp1252": ["Málaga", "Cádiz", "Córdoba", "Almería"],
    "cp1250": ["Łódź", "Gdańsk", "Kraków", "Wrocław"],
    "cp1251": ["Київ", "Одеса", "Львів", "Харків"],
    "cp1253": ["Αθήνα", "Πάτρα", "Ηράκλειο", "Λάρισα"],
    "cp1254": ["İzmir", "Ağrı", "Şanlıurfa", "Kırşehir"],
    "cp1255": ["ירושלים", "חיפה", "באר שבע"],
    "cp1256": ["دمشق", "حلب", "حمص", "اللاذقية"],
    "cp1257": ["Rīga", "Liepāja", "Jūrmala", "Rēzekne"],
    "cp1258": ["Hà Nội", "Đà Nẵng", "Huế", "Cần Thơ"],
    "cp874": ["กรุงเทพ", "เชียงใหม่", "ไทย", "ภูเก็ต"],
    "cp932": ["松山市", "今治市", "宇和島市", "新居浜市"],
    "cp949": ["서울특별시", "부산광역시", "대구", "경기도"],
    "gb18030": ["德清县", "长兴县", "安吉县"],
    "big5": ["臺北市", "新北市", "桃園市", "高雄市"],
    "koi8_r": ["Москва", "Тверь", "Калуга", "Тула"],
    "cp866": ["Москва", "Тверь", "Калуга", "Тула"],
    "cp850": ["Málaga", "Cádiz", "Córdoba", "Almería"],
    "iso8859_2": ["Łódź", "Gdańsk", "Kraków", "Wrocław"],
    "utf-8": ["Ærø", "Київ", "دمشق", "松山市"],
}

PAGES = {
    "cp437": 0x01,
    "cp850": 0x02,
    "cp1252": 0x03,
    "cp932": 0x13,
    "cp866": 0x26,
    "gb18030": 0x4D,
    "cp949": 0x4E,
    "big5": 0x4F,
    "cp874": 0x50,
    "cp1255": 0x7D,
    "cp1256": 0x7E,
    "cp1250": 0xC8,
    "cp1251": 0xC9,
    "cp1254": 0xCA,
    "cp1253": 0xCB,
    "cp1257": 0xCC,
}


def encoded(word: str, encoding: str) -> bytes:
    """Encode a word; windows-1258 writes the marks of tones after their letter."""
    try:
        return word.encode(encoding)
    except UnicodeEncodeError:
        parts = []
        for letter in word:
            base, tone = letter, ""
            for mark in "\u0300\u0301\u0303\u0309\u0323":
                if mark in (marks := unicodedata.normalize("NFD", letter)):
                    base, tone = unicodedata.normalize("NFC", marks.replace(mark, "")), mark
            parts.append((base + tone).encode(encoding))
        return b"".join(parts)


@pytest.fixture
def shapefile(tmp_path: Path) -> Callable[..., Path]:
    """Write a Shapefile by GDAL, then put names in an encoding into its table."""

    def write(names: list[str], encoding: str, driver: int = 0, cpg: str | None = None) -> Path:
        path = tmp_path / "towns.shp"
        marks = [f"@{place:079d}" for place in range(len(names))]
        table = {"CODE": [f"3305{i:02d}" for i in range(len(names))], "NAME": marks}
        shapes = [shapely.box(8 + i / 10, 47, 8.1 + i / 10, 47.1) for i in range(len(names))]
        gpd.GeoDataFrame(table, geometry=shapes, crs=4326).to_file(path)
        data = path.with_suffix(".dbf").read_bytes()
        for mark, name in zip(marks, names, strict=True):
            data = data.replace(mark.encode(), encoded(name, encoding).ljust(80)[:80])
        path.with_suffix(".dbf").write_bytes(data[:29] + bytes([driver]) + data[30:])
        path.with_suffix(".cpg").unlink()
        if cpg is not None:
            path.with_suffix(".cpg").write_bytes(cpg.encode())
        return path

    return write


@pytest.mark.parametrize("encoding", NAMES)
def test_the_text_decides_where_nothing_states_its_encoding(
    shapefile: Callable[..., Path], encoding: str
) -> None:
    file = read(shapefile(NAMES[encoding], encoding))
    assert file.frame["NAME"].tolist() == NAMES[encoding]
    assert ("guessed" in file.encoding) == (encoding != "utf-8")
    assert ("settle it with --encoding" in file.doubt) == (encoding != "utf-8")


@pytest.mark.parametrize("encoding", ["cp1252", "gb18030", "cp932", "cp1251", "cp949"])
def test_a_table_in_its_writers_locale_is_read_like_one_that_says_nothing(
    shapefile: Callable[..., Path], encoding: str
) -> None:
    file = read(shapefile(NAMES[encoding], encoding, driver=0x57))
    assert file.frame["NAME"].tolist() == NAMES[encoding]
    assert "the table says only that it is its writer's" in file.encoding


def test_malaga_stays_malaga_and_the_doubt_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert read(DATA / "latin1_ldid.shp").frame["NAME"].iloc[0] == "Málaga"
    assert main(["inspect", str(DATA / "latin1_ldid.shp")]) == 0
    said = capsys.readouterr().out
    assert "encoding    windows-1252 (guessed" in said
    assert "could also be windows-1257, where “Almería” reads “Almerķa”" in said
    assert "settle it with --encoding windows-1252 or windows-1257" in said
    assert "--name en=NAME" in said.splitlines()[-1]


def test_build_says_the_doubt_and_writes_it_down(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.geojson"
    words = ["build", str(DATA / "latin1_ldid.shp"), "--code", "CODE", "--name", "NAME"]
    assert main([*words, "--out", str(out)]) == 0
    assert "settle it with --encoding windows-1252" in capsys.readouterr().err
    assert "windows-1252 (guessed" in (tmp_path / "out.provenance.json").read_text("utf-8")
    assert main([*words, "--out", str(out), "--encoding", "windows-1252"]) == 0
    assert "--encoding" not in capsys.readouterr().err


@pytest.mark.parametrize(("encoding", "driver"), PAGES.items())
def test_the_tables_own_byte_comes_before_guessing(
    shapefile: Callable[..., Path], encoding: str, driver: int
) -> None:
    names = NAMES.get(encoding, NAMES["cp850"])
    file = read(shapefile(names, encoding, driver))
    assert file.frame["NAME"].tolist() == names
    assert f"stated by the table, 0x{driver:02X}" in file.encoding


def test_every_driver_id_leads_to_a_codec_of_python() -> None:
    assert len(DRIVERS) > 50
    assert [name for name in DRIVERS.values() if codec(name) is None and not "a".encode(name)] == []


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("UTF-8", "utf-8"),
        ("\ufeffutf-8\r\n", "utf-8"),
        ("UTF8", "utf-8"),
        ("65001", "utf-8"),
        ("1252", "cp1252"),
        ("ANSI 1252", "cp1252"),
        ("CP1250\n", "cp1250"),
        ("windows-1251", "cp1251"),
        ("ISO-8859-1", "cp1252"),
        ("ISO 88591", "cp1252"),
        ("88591", "cp1252"),
        ("ISO-8859-2", "iso8859_2"),
        ("GBK", "gb18030"),
        ("936", "gb18030"),
        ("gb2312", "gb18030"),
        ("BIG5", "big5"),
        ("950", "big5"),
        ("EUC-KR", "cp949"),
        ("949", "cp949"),
        ("Shift_JIS", "cp932"),
        ("932", "cp932"),
        ("OEM 850", "cp850"),
        ("866", "cp866"),
        ("GB 2312", "gb18030"),
        ("Big 5", "big5"),
        ("ISO_8859-2", "iso8859_2"),
        ("windows 1250", "cp1250"),
    ],
)
def test_a_cpg_as_programs_write_it(
    shapefile: Callable[..., Path], label: str, encoding: str
) -> None:
    file = read(shapefile(NAMES[encoding], encoding, driver=0x57, cpg=label))
    assert file.frame["NAME"].tolist() == NAMES[encoding]
    assert "(stated)" in file.encoding


@pytest.mark.parametrize("label", ["", "ANSI", "system", "\0", "0"])
def test_a_cpg_that_says_nothing_is_passed_over(shapefile: Callable[..., Path], label: str) -> None:
    assert read(shapefile(NAMES["cp1251"], "cp1251", cpg=label)).frame["NAME"].iloc[0] == "Київ"


def test_a_cpg_that_states_no_encoding_is_a_fault(shapefile: Callable[..., Path]) -> None:
    with pytest.raises(FaultyFileError, match=r"the .cpg states 'klingon'.*--encoding"):
        read(shapefile(NAMES["cp1251"], "cp1251", cpg="klingon"))


def test_text_that_cannot_be_what_is_stated_is_a_fault(shapefile: Callable[..., Path]) -> None:
    with pytest.raises(
        FaultyFileError, match=r"the text is not UTF-8 \(stated\); try --encoding windows-1252"
    ):
        read(shapefile(NAMES["cp1252"], "cp1252", cpg="UTF-8"))


def test_text_that_looks_unlike_what_is_stated_is_a_doubt(shapefile: Callable[..., Path]) -> None:
    file: VectorFile = read(shapefile(NAMES["gb18030"], "gb18030", cpg="1252"))
    assert "the text looks like GB18030" in file.doubt
    assert "reads “安吉县”" in file.doubt
    assert read(shapefile(NAMES["cp1252"], "cp1252", cpg="1252")).doubt == ""


def test_inspect_names_misread_text_and_the_encoding_that_helps(
    shapefile: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = shapefile(["Málaga", "Córdoba"], "utf-8", driver=0x03)
    assert main(["inspect", str(path)]) == 0
    assert "NAME: 'MÃ¡laga' is misread; try --encoding UTF-8" in capsys.readouterr().out
    assert main(["inspect", str(shapefile(NAMES["utf-8"], "utf-8", driver=0x03))]) == 2
    assert "is not cp1252 (stated by the table, 0x03); try --enc" in capsys.readouterr().err


@pytest.mark.parametrize("told", ["windows-1252", "cp1252", "1252", "ISO-8859-1", "latin1"])
def test_what_an_editor_says_comes_first(shapefile: Callable[..., Path], told: str) -> None:
    path = shapefile(NAMES["cp1252"], "cp1252", driver=0xC9)
    assert read(path, encoding=told).frame["NAME"].tolist() == NAMES["cp1252"]


@pytest.mark.parametrize("name", ["Å", "Ærø", "Öö", "Þórshöfn", "Jäääär", "Łódź", "Île-de-France"])
def test_a_name_with_accents_is_no_misread_one(name: str) -> None:
    assert not is_misread(name)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("东镇", "gb18030"),
        ("Київ", "cp1251"),
        ("دمشق", "cp1256"),
        ("松山市", "euc_jp"),
        ("서울", "cp949"),
        ("Málaga", "utf-8"),
        ("东镇", "utf-8"),
    ],
)
def test_misread_text_is_found(text: str, encoding: str) -> None:
    assert is_misread(text.encode(encoding).decode("latin-1"))
    assert is_misread(text[:2] + "\ufffd")


def test_a_letter_that_the_end_of_a_field_cut_in_two_is_left_out(
    shapefile: Callable[..., Path],
) -> None:
    path = shapefile(["一二三四五六七八九" * 3, "Київ"], "utf-8", cpg="UTF-8")
    assert read(path).frame["NAME"].tolist() == [("一二三四五六七八九" * 3)[:-1], "Київ"]
    path.with_suffix(".cpg").unlink()
    assert read(path).frame["NAME"].tolist() == [("一二三四五六七八九" * 3)[:-1], "Київ"]


def test_names_of_one_letter_build(tmp_path: Path) -> None:
    shapes = [shapely.box(8, 47, 8.1, 47.1), shapely.box(8.1, 47, 8.2, 47.1)]
    frame = gpd.GeoDataFrame({"code": ["1", "2"], "name": ["Å", "Ærø"]}, geometry=shapes, crs=4326)
    frame.to_file(tmp_path / "in.geojson")
    words = ["build", str(tmp_path / "in.geojson"), "--code", "code", "--name", "da=name"]
    assert main([*words, "--out", str(tmp_path / "out.geojson")]) == 0


def test_parts_of_a_shapefile_in_capitals(shapefile: Callable[..., Path], tmp_path: Path) -> None:
    path = shapefile(NAMES["cp1251"], "cp1251", cpg="1251")
    folder = tmp_path / "capitals"
    folder.mkdir()
    for part in tmp_path.glob("towns.*"):
        shutil.copy(part, folder / part.name.upper())
    assert read(folder / "TOWNS.SHP").frame["NAME"].tolist() == read(path).frame["NAME"].tolist()


def test_full_fields_side_by_side_and_many_names(tmp_path: Path) -> None:
    names = [f"{a}{b}ódź" for a in "ŁŚŻĆŃ" for b in "ąęłńóśźżć" for _ in range(2)] * 60
    table = {"A": ["Łódź"] * len(names), "B": names, "N": range(len(names))}
    shapes = [shapely.Point(i, 0) for i in range(len(names))]
    frame = gpd.GeoDataFrame(table, geometry=shapes, crs=4326)
    frame.to_file(tmp_path / "in.shp", encoding="CP1250")
    (tmp_path / "in.cpg").unlink()
    file = read(tmp_path / "in.shp")
    assert file.frame["B"].tolist() == names
    assert file.encoding == "windows-1250 (guessed)"
