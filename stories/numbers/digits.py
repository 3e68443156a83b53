"""Digits and signs of any script, written plainly, sign by sign."""

import unicodedata

_SIGNS = str.maketrans("٬٫٪％．−／", ",.%%.-/")


def plain(text: str) -> str:
    """Write the digits of every script, and the signs that go with them, as those of ASCII."""
    text = text.translate(_SIGNS)
    if text.isascii() or not any(sign.isdecimal() and not sign.isascii() for sign in text):
        return text
    return "".join(
        sign if sign.isascii() or not sign.isdecimal() else str(unicodedata.decimal(sign))
        for sign in text
    )
