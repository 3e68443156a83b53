"""Give JSON and XML as GDAL needs them, whatever encoding they come in."""

from __future__ import annotations

import codecs
import re
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import SourceError
from geo.files.csv import decode
from geo.files.encoding_names import codec
from geo.files.layers import UTF8
from geo.files.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.files.archive import Dataset
    from geo.files.encoding import TextEncoding

JSON = (".geojson", ".json", ".topojson", ".geojsonl", ".geojsons", ".ndjson", ".jsonl")
XML = (".kml", ".gml", ".xml")


@contextmanager
def plain_text(
    path: Path, found: list[Dataset], encoding: str | None, max_megabytes: float
) -> Iterator[tuple[list[Dataset], dict[Path, TextEncoding]]]:
    """Give JSON and XML as GDAL needs them, and the encodings of those that were recoded."""
    texts = [_recode(path, dataset.path, encoding, max_megabytes) for dataset in found]
    if not any(texts):
        yield found, {}
        return
    with temporary_folder("county-story-atlas-") as folder:
        plain, recoded = [], {}
        for place, (dataset, text) in enumerate(zip(found, texts, strict=True)):
            if text is None:
                plain.append(dataset)
                continue
            copy = Path(folder, str(place), dataset.path.name)
            copy.parent.mkdir()
            copy.write_text(text[0], encoding="utf-8")
            recoded[copy] = text[1]
            plain.append(replace(dataset, path=copy))
        yield plain, recoded


def _recode(
    path: Path, file: Path, encoding: str | None, max_megabytes: float
) -> tuple[str, TextEncoding] | None:
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
        text, found = decode(file, label, max_megabytes=max_megabytes)
        said = replace(found, said=f"{label} ({'as told' if encoding else 'stated in the file'})")
        return re.sub(r"^[^<]*<\?xml[^>]*\?>", "", text), said
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(file, encoding, max_megabytes=max_megabytes)
    # Of a file by lines GDAL reads no more than the first after a byte order mark.
    return (text, UTF8) if data.startswith(codecs.BOM_UTF8) else None
