"""QR codes of addresses."""

from functools import lru_cache

import segno

QUIET_ZONE = 4
"""Modules kept white around a code, as ISO/IEC 18004 asks."""


@lru_cache(maxsize=1024)
def qr_image(address: str) -> str:
    """Return the QR code of an address as a ``data:`` address for an ``img``.

    It is black on white in any theme, as scanners want it, and has no fixed size; level M lets a
    scanner do without 15 % of it.
    """
    code = segno.make_qr(address, error="m")
    source: str = code.svg_data_uri(
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        omitsize=True,
        omit_charset=True,
        encode_minimal=True,
        svgclass=None,
        lineclass=None,
    )
    return source
