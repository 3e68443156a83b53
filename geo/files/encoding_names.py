"""Names of encodings: as files state them, as Python has them, and as editors know them."""

from __future__ import annotations

import re

CODECS = {
    plain: name
    for name, plains in {
        "gb18030": "936 gbk gb2312 cp936 xcp20936 20936 54936",
        "big5hkscs": "950 cp950 big5 big5hkscs big5eten",
        "cp932": "932 cp932 sjis shiftjis windows31j mskanji",
        "cp949": "949 cp949 51949 euckr ksc5601 ksc56011987 uhc",
        "euc_jp": "51932 20932",
        "koi8_r": "20866",
        "koi8_u": "21866",
        "mac_roman": "10000 macintosh macroman",
        "mac_greek": "10006",
        "mac_cyrillic": "10007",
        "mac_latin2": "10029",
        "cp874": "874 cp874 tis620",
        "utf-8": "65001 utf8 utf8bom",
    }.items()
    for plain in plains.split()
}
"""Names that files use and Python does not know, or knows in a poorer edition."""

LOCALES = {"", "0", "1", "ansi", "oem", "system", "acp", "oemcp", "default", "ascii", "us-ascii"}
"""Statements that say nothing: whatever the writer's computer was set to."""

PAGES = {
    "cp437": "01 09 0B 0D 0F 11 15 18 19 1B",
    "cp850": "02 0A 0E 10 12 14 16 1A 1D 25 37",
    "cp1252": "03 58 59",
    "mac_roman": "04",
    "cp865": "08 17 66",
    "cp932": "13 7B",
    "cp863": "1C 6C",
    "cp852": "1F 22 23 40 64 87",
    "cp860": "24",
    "cp866": "26 65",
    "gb18030": "4D 7A",
    "cp949": "4E 79",
    "big5hkscs": "4F 78",
    "cp874": "50 7C",
    "cp861": "67",
    "cp737": "6A 86",
    "cp857": "6B 88",
    "cp1255": "7D",
    "cp1256": "7E",
    "mac_cyrillic": "96",
    "mac_latin2": "97",
    "mac_greek": "98",
    "cp1250": "C8",
    "cp1251": "C9",
    "cp1254": "CA",
    "cp1253": "CB",
    "cp1257": "CC",
}
"""Language driver ids of dBase and FoxPro, in hexadecimal. 0x57 is the writer's locale."""

DRIVERS = {int(number, 16): codec for codec, ids in PAGES.items() for number in ids.split()}
LOCALE_DRIVER = 0x57
"""That of a table in the encoding of its writer's computer."""


def codec(label: str) -> str | None:
    """Give the codec that a statement means: "ANSI 1252", "88591", "GBK", "utf8"; else None."""
    name = label.strip("\ufeff\0 \t\r\n\"'").lower()
    if found := re.fullmatch(
        r"iso[ _-]?(8859)[ _-]?(\d{1,2})(-[ei])?|(?:8859|2859)-?(\d{1,2})", name
    ):
        return _known(f"iso8859_{found[2] or found[4]}")
    if found := re.fullmatch(
        r"(?:ansi|cp|oem|ibm|ms|win|windows|x-cp|ldid)?[ _/-]?(\d{2,5})", name
    ):
        name = found[1]
    if label.strip().lower().startswith("ldid"):
        return DRIVERS.get(int(name)) if name.isdigit() else None
    plain = re.sub(r"[^a-z0-9]", "", name)
    return CODECS.get(plain) or _known(f"cp{name}" if name.isdigit() else name)


def _known(name: str) -> str | None:
    """Give a codec's name where Python knows it as one of text."""
    try:
        b"a".decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return name


def shown(name: str) -> str:
    """Give a codec's name as editors know it."""
    name = name.upper().replace("_", "-").replace("BIG5HKSCS", "Big5").replace("JIS-2004", "JP")
    return re.sub(r"^CP(125\d)$", r"windows-\1", name.replace("ISO8859-", "ISO-8859-"))
