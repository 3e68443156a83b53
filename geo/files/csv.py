"""Read CSV as editors, spreadsheets and databases save it, with shapes in a column or without."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from faults import Fault
from geo.errors import FaultsError, SourceError
from geo.files.encoding import TextEncoding, guess
from geo.files.encoding_names import codec
from geo.files.source import MAX_MEGABYTES, read_source

if TYPE_CHECKING:
    from pathlib import Path

BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SEPARATORS = ",;\t|"
SHAPE = re.compile(
    r"\s*(?:SRID=\d+;)?\s*(?:(?:MULTI)?(?:POINT|LINESTRING|POLYGON)|GEOMETRYCOLLECTION)"
    r"(?:\s*Z?M?)?\s*(?:\(|EMPTY)"
    r"|\s*(?:\\x|0x)?0[01][0-9A-F]{16,}|\s*\{\s*\"(?:type|coordinates)\"",
    re.IGNORECASE,
)
"""How a shape begins: WKT and EWKT, WKB in hexadecimal, GeoJSON."""

SRID = re.compile(r"\s*SRID=(\d+);")


def decode(
    path: Path, encoding: str | None = None, *, max_megabytes: float = MAX_MEGABYTES
) -> tuple[str, TextEncoding]:
    """Read a file of text: by its first bytes, as UTF-8, else in the encoding that is guessed.

    Parameters
    ----------
    path
        The file.
    encoding
        Its encoding, where that is known.
    max_megabytes
        Size beyond which it is refused.

    Raises
    ------
    SourceError
        When it cannot be opened, is larger, or is in another encoding.
    """
    data = read_source(path, max_megabytes, "name a file that can be read")
    known = next((name for bom, name in BOMS.items() if data.startswith(bom)), None)
    if known is None and data[1:2] == b"\0":
        known = "utf-16-le"
    if encoding:
        found = TextEncoding(codec(encoding) or encoding, f"{encoding} (as told)")
    elif known:
        found = TextEncoding(known, f"{known.upper()} (stated by its first bytes)")
    else:
        words = sorted({word for word in data.split() if not word.isascii()})
        found = guess(path, words)
    try:
        return data.decode(found.codec or "ascii"), found
    except (UnicodeError, LookupError) as error:
        what = f"the text is not {encoding or 'in the encoding that its first bytes state'}"
        mend = "try --encoding UTF-8 or --encoding GB18030"
        raise SourceError(path, what, mend) from error


def parse(path: Path, text: str) -> pd.DataFrame:
    """Parse CSV, whatever stands between its cells; Excel's first line `sep=;` says it.

    Rows without any value are left out; the others keep the numbers of theirs.
    """
    first = text.split("\n", 1)[0]
    if found := re.fullmatch(r"\"?sep=(.)\"?\s*", first, re.IGNORECASE):
        separator, text = found[1], text[len(first) + 1 :]
    else:
        outside = re.sub(r'"[^"]*"', "", first)
        separator = max(SEPARATORS, key=outside.count)
    try:
        table = pd.read_csv(
            io.StringIO(text),
            dtype=str,
            sep=separator,
            skipinitialspace=True,
            keep_default_na=False,  # NA and null are codes somewhere
            na_values=[""],
        )
    except ValueError as error:
        reason = " ".join(str(error).split())
        raise SourceError(path, f"not a CSV file ({reason})", "save it as CSV") from error
    names = {name: str(name).strip() for name in table}
    if len(set(names.values())) == len(names):
        table = table.rename(columns=names)
    return table.dropna(how="all")  # spreadsheets write empty rows after the last


def read_shapes(
    path: Path, encoding: str | None = None, *, max_megabytes: float = MAX_MEGABYTES
) -> tuple[gpd.GeoDataFrame, TextEncoding] | None:
    """Read a CSV file that holds shapes as WKT, WKB or GeoJSON, whatever their column is called.

    Returns
    -------
    frame, encoding
        None where no column holds shapes. The CRS is that of the shapes where they are EWKT or
        EWKB, else none.

    Raises
    ------
    SourceError
        When it is no CSV.
    FaultsError
        When a cell of the column is no shape.
    """
    text, found = decode(path, encoding, max_megabytes=max_megabytes)
    table = parse(path, text)
    columns = [name for name in table if table[name].dropna().str.match(SHAPE).any()]
    if not columns:
        return None
    shapes, faults = [], []
    for row, cell in zip(table.index + 2, table[columns[0]], strict=True):
        try:
            shapes.append(None if pd.isna(cell) else _shape(cell))
        except (ValueError, shapely.errors.ShapelyError) as error:
            reason = " ".join(str(error).split())[:100]
            what = f"{columns[0]} is no shape ({reason})"
            faults.append(Fault(what, "mend it or leave it out", feature=f"row {row}"))
    if faults:
        raise FaultsError(str(path), faults)
    numbers = {int(number) for number in shapely.get_srid(np.array(shapes, object)) if number > 0}
    crs = f"EPSG:{numbers.pop()}" if len(numbers) == 1 else None
    rest = table.drop(columns=columns[0]).reset_index(drop=True)
    frame = gpd.GeoDataFrame(rest, geometry=shapes, crs=crs)
    return frame, found


def _shape(cell: str) -> shapely.Geometry:
    """Read one shape."""
    cell = cell.strip()
    if cell.startswith("{"):
        return shapely.from_geojson(cell)
    if re.match(r"(\\x|0x)?0[01]", cell, re.IGNORECASE):
        return shapely.from_wkb(re.sub(r"^(\\x|0x)", "", cell, flags=re.IGNORECASE))
    stated = SRID.match(cell)
    shape = shapely.from_wkt(cell[stated.end() :] if stated else cell)
    return shapely.set_srid(shape, int(stated[1])) if stated else shape
