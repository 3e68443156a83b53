"""Read numbers as the spreadsheets of the world show them.

A cell that can be read in one way alone is read; where two readings differ, it is refused with
both, unless the atlas says how its tables write decimals.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from stories.model.atlas import DecimalMark
from stories.model.unit import Unit


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a cell is not read, and the mend."""

    what: str
    mend: str


_MARKS = {".": DecimalMark.POINT, ",": DecimalMark.COMMA, "٫": None}
"""Decimal marks, and what an atlas calls them; the Arabic one has no other use."""
_GROUPING = ".,٬'’ \u00a0\u2007\u2008\u2009\u202f"
_MINUS = "-−"
_BODY = rf"[\d{re.escape(_GROUPING)}٫]*\d"
_SIGN = r"[A-Z]{0,3}[$¥€£₹₩₽₺₫₴₱฿₪₦]|[A-Z]{3}|%|[元円圆]"
_AMOUNT = re.compile(
    rf"(?P<minus>[-+−]?)\s*(?P<before>{_SIGN})?\s*(?P<inner>[-−]?)\s*(?P<body>{_BODY})"
    rf"\s*(?P<after>{_SIGN})?",
)
_SHORTENED = re.compile(r"[-+]?\d+([.,]\d*)?[Ee][-+]?\d+")
_BRACKETS = re.compile(rf"\(\s*({_BODY})\s*\)")
_ERROR = re.compile(r"#+|#(N/A|NV|GETTING_DATA)|#\S*[/!?]\S*|Err:\d+")
_UNITS_OF = {
    "%": {Unit.PERCENT},
    "¥": {Unit.CNY, Unit.JPY},
    "元": {Unit.CNY},
    "圆": {Unit.CNY},
    "CN¥": {Unit.CNY},
    "RMB": {Unit.CNY},
    "JP¥": {Unit.JPY},
    "円": {Unit.JPY},
    "$": {Unit.USD},
    "US$": {Unit.USD},
    "€": {Unit.EUR},
    "£": {Unit.GBP},
    "₹": {Unit.INR},
}
"""Units that a sign beside a number can stand for; any other is the name of a currency."""


LONGEST = 80
"""Characters that a number or a period may have with all that stands beside it."""


def quoted(text: str) -> str:
    """Return `text` in quotation marks, no longer than can be read."""
    return repr(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def plain(text: str) -> str:
    """Return `text` with digits of every script and signs of full width as on a keyboard.

    Marks that nobody sees are left out: of direction, of byte order, of no width.
    """
    return text.strip() if text.isascii() else "".join(map(_plain, text)).strip()


def _plain(char: str) -> str:
    if char.isascii():
        return char
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if "！" <= char <= "～":
        return chr(ord(char) - 0xFEE0)
    if char in "￥٪\u3000":
        return {"￥": "¥", "٪": "%"}.get(char, " ")
    return "" if unicodedata.category(char) == "Cf" else char


def cell_error(text: str) -> Refusal | None:
    """Return why `text` is what a spreadsheet shows in place of a value that it has not."""
    if len(text) > LONGEST or not _ERROR.fullmatch(text):
        return None
    return Refusal(
        f"{text!r} is an error of the spreadsheet, no value",
        "mend the formula, or widen the column where it shows ###",
    )


def is_shortened(text: str) -> bool:
    """Whether `text` is a number with an exponent, which spreadsheets write for long ones."""
    return len(text) <= LONGEST and _SHORTENED.fullmatch(text) is not None


def read_number(shown: str, unit: str, decimal: DecimalMark | None) -> str | Refusal:
    """Return a number as Python writes it.

    What is no number at all is returned as it is.

    Parameters
    ----------
    shown
        The cell as the spreadsheet shows it.
    unit
        The figure's unit, which a sign beside the number has to agree with.
    decimal
        How the atlas says that decimals are written, if it does.
    """
    if len(shown) > LONGEST:
        return shown
    text = plain(shown)
    if _SHORTENED.fullmatch(text):
        what = f"{shown!r} is shortened by the spreadsheet, which may lose digits"
        return Refusal(what, "format the column as a number without exponent, and save it again")
    if inside := _BRACKETS.fullmatch(text):
        what = f"{shown!r} may be less than nothing, or just in brackets"
        return Refusal(what, f"write -{inside[1]} or {inside[1]}")
    amount = _AMOUNT.fullmatch(text)
    if amount is None or (amount["minus"] and amount["inner"]):
        return shown
    for sign in filter(None, (amount["before"], amount["after"])):
        if refusal := sign_refusal(shown, sign, unit):
            return refusal
    minus = "-" if any(each in _MINUS for each in amount["minus"] + amount["inner"]) else ""
    return _number(shown, amount["body"], minus, decimal)


def sign_refusal(shown: str, sign: str, unit: str) -> Refusal | None:
    """Return why `sign` may not stand beside a number of that unit; an empty one always may."""
    if not sign or unit in _UNITS_OF.get(sign, {sign}):
        return None
    what = f"{shown!r} has the sign {sign}, but the unit is {unit!r}"
    return Refusal(what, "correct the unit, or write the number alone")


def _number(shown: str, body: str, minus: str, decimal: DecimalMark | None) -> str | Refusal:
    read = {
        name: number
        for mark, name in _MARKS.items()
        if (number := _reading(body, mark)) is not None
    }
    declared = read.get(decimal, read.get(None)) if decimal else None
    if decimal and declared is None and read:
        what = f"{shown!r} is not written with a decimal {decimal}, as atlas.yaml says"
        return Refusal(what, "write it so, or correct `decimal` there")
    found = [declared] if declared else list(dict.fromkeys(read.values()))
    if not found:
        return shown
    if len(found) > 1:
        ways = " or ".join(repr(f"{minus}{each}") for each in found)
        mend = "write `decimal: point` or `decimal: comma` in atlas.yaml, or the number ungrouped"
        return Refusal(f"{shown!r} can be read as {ways}", mend)
    return f"{minus}{found[0]}"


def _reading(body: str, mark: str) -> str | None:
    """Read digits with `mark` before the decimals and any other sign between groups."""
    whole, _, decimals = body.partition(mark)
    if mark in body and not decimals.isdigit():
        return None
    group = next((char for char in whole if not char.isdigit()), "")
    if group and not _grouped(whole, group):
        return None
    digits = whole.replace(group, "") if group else whole
    return f"{Decimal(f'{digits or 0}.{decimals}' if decimals else digits):f}"


def _grouped(whole: str, group: str) -> bool:
    """Whether `group` parts thousands, or lakhs and crores as in India."""
    first, *others = whole.split(group)
    if group not in _GROUPING or not first.isdigit() or first.startswith("0"):
        return False
    if not all(each.isdigit() for each in others):
        return False
    sizes = [len(each) for each in others]
    western = len(first) <= 3 and set(sizes) == {3}  # noqa: PLR2004
    indian = group == "," and len(first) <= 2 and sizes == [*[2] * (len(sizes) - 1), 3]  # noqa: PLR2004
    return western or indian
