"""Guess which columns of a table hold codes and names, and in which language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.files.tables import as_text

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd

SCRIPTS = {
    "ja": r"[ぁ-ヿ]",
    "zh": r"[\u3400-\u9fff\uf900-\ufaff]",
    "ko": r"[가-힣]",
    "uk": r"[ЇїІіЄєҐґ]",
    "ru": r"[Ѐ-ӿ]",
    "ar": r"[؀-ۿ]",
    "th": r"[ก-๛]",
    "el": r"[Ͱ-Ͽ]",
    "he": r"[֐-׿]",
    "hi": r"[ऀ-ॿ]",
    "ka": r"[Ⴀ-ჿ]",
    "hy": r"[԰-֏]",
    "vi": r"[ĐđƠơƯưẠ-ỹ]",
    "tr": r"[İıŞşĞğ]",
    "en": r"[A-Za-zÀ-ɏ]",
}
"""The language that a script speaks for, the narrower first; Latin letters may be any's."""

NAMED = re.compile(
    r"(?<![a-z])(name|nam|nome|nom|nombre|naam|namn|navn|nazwa|naziv|nazev|název|nume|nimi|ime|isim"
    r"|adi?|label|title|ten|tên|xzqmc|mc)(?![a-z])|name$|^name|nm$|名|이름|명$|اسم|назва|название"
    r"|наименование|ชื่อ|όνομα|שם",
    re.IGNORECASE,
)
"""How columns of names are called."""

CODED = re.compile(
    r"(?<![a-z])(id|gid|fid|geoid|fips|insee|ags|ars|istat|nuts|lau|gss|cd|cod|kod|key|xzqdm|dm)"
    r"(?![a-z])|code|kode|codigo|código|p?code|cd$|代码|編號|编码|コード|코드|код|رمز|รหัส",
    re.IGNORECASE,
)
"""How columns of codes are called."""

LANGUAGE = re.compile(r"^(?:.*[_:\-. ])?([a-z]{2})$")
"""A language at the end of a column's name: name_fr, name:ar, or all of it: ar."""

LANGUAGES = frozenset(
    {"ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "ga", "he"}
    | {"hi", "hr", "hu", "hy", "is", "it", "ja", "ka", "kk", "km", "ko", "lo", "lt", "lv", "mk"}
    | {"mn", "ms", "my", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr"}
    | {"sv", "sw", "ta", "th", "tr", "uk", "ur", "uz", "vi", "zh"}
)

LONGEST = 100
"""Letters that a name has at most, in the middle."""

NO_NAME = re.compile(r"<[a-z]+|https?://|\d{4}-\d\d-\d\d|^[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE)
"""What stands in descriptions, links, dates and ids."""


def guess_columns(frame: gpd.GeoDataFrame) -> tuple[str | None, dict[str, str]]:
    """Guess the column of the codes, and those of the names by language.

    Names may be in any script, repeat, and hold digits, quotes and signs. A column that is called
    a name is preferred to one that looks like one.

    Returns
    -------
    code, names
        The code is None where no column has another value for every feature. Without any name
        the code stands for it, in Chinese.
    """
    table = {str(c): as_text(frame[c]) for c in frame.columns.drop(frame.geometry.name)}
    code = _code(table)
    names: dict[str, str] = {}
    for column in sorted((c for c in table if _may_be_names(table[c])), key=_order(table, code)):
        if column == code and not NAMED.search(column):
            continue
        language = _language(column, table[column])
        names.setdefault(language, column)
    called = {lang: c for lang, c in names.items() if NAMED.search(c) or _tag(c)}
    names = called or dict(list(names.items())[:1])
    order = sorted(names, key=lambda language: language != "zh")
    by_name = {language: names[language] for language in order}
    return code, by_name or ({"zh": code} if code else {})


def repeated_code(frame: gpd.GeoDataFrame, names: dict[str, str]) -> str | None:
    """Guess the column of codes where a division has several rows, all of them of one name."""
    table = {str(c): as_text(frame[c]) for c in frame.columns.drop(frame.geometry.name)}
    called = (c for c in table if CODED.search(c) and table[c].notna().all())
    for code in called:
        counts = [table[name].groupby(table[code]).nunique().max() for name in names.values()]
        if max(counts, default=0) == 1:
            return code
    return None


def _code(table: dict[str, pd.Series[str]]) -> str | None:
    """Take the column of codes: unique, and called one or made of many digits."""
    unique = {c: v.astype("string") for c, v in table.items() if v.notna().all() and v.is_unique}
    digits = {c for c, v in unique.items() if v.str.fullmatch(r"\d{6,12}").all()}
    short = {c for c, v in unique.items() if v.str.fullmatch(r"[\w.:/-]{1,40}").all()}

    def rank(column: str) -> tuple[bool, bool, bool, bool]:
        called = bool(CODED.search(column))
        return (
            not (called and column in short),
            "code" not in column.lower(),
            column not in digits,
            bool(NAMED.search(column)) or column not in short,
        )

    if digits and not any(CODED.search(c) and c in short for c in unique):
        return min(digits)
    return min(unique, key=rank, default=None)


def _order(
    table: dict[str, pd.Series[str]], code: str | None
) -> Callable[[str], tuple[bool, bool, int]]:
    """Compare columns: called a name, not the code, and with most different values, first."""
    return lambda c: (not (NAMED.search(c) or _tag(c)), c == code, -int(table[c].nunique()))


def _may_be_names(values: pd.Series[str]) -> bool:
    """Tell whether most features have a text of letters that could be a name."""
    texts = values.dropna().astype("string")
    if texts.empty or 2 * len(texts) < len(values):
        return False
    lettered = texts.map(lambda text: any(letter.isalpha() for letter in text))
    odd = texts.str.contains(NO_NAME)
    return bool(
        lettered.mean() > 0.5  # noqa: PLR2004 - most of them
        and not odd.any()
        and texts.str.len().median() <= LONGEST
        and (len(texts) == 1 or (texts != texts.iloc[0]).any())
    )


def _language(column: str, values: pd.Series[str]) -> str:
    """Tell the language by the column's own name, else by the script of most values."""
    if tag := _tag(column):
        return tag
    texts = values.dropna().astype("string")
    shares = {tag: float(texts.str.contains(letters).mean()) for tag, letters in SCRIPTS.items()}
    if shares["ja"] > 0 and shares["zh"] > 0:
        return "ja"
    narrow = {"uk": shares["ru"], "vi": shares["en"], "tr": shares["en"]}
    for tag, share in shares.items():
        enough = 0.2 if tag in narrow else 0.5
        if share >= enough and narrow.get(tag, 1.0) > 0.5:  # noqa: PLR2004 - most of them
            return tag
    return "en"


def _tag(column: str) -> str | None:
    """Give the language that a column's name says."""
    found = LANGUAGE.fullmatch(column.lower())
    return found[1] if found and found[1] in LANGUAGES and not CODED.fullmatch(column) else None
