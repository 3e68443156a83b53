"""QR codes of addresses."""

from functools import lru_cache

import segno

QUIET_ZONE = 4
"""Modules kept white around a code, as ISO/IEC 18004 asks."""

PIXELS = 2
"""Per module; the page draws them large and sharp. A drawing in SVG is five times the size."""


@lru_cache(maxsize=1024)
def qr_image(address: str) -> str:
    """Return the QR code of an address as a ``data:`` address for an ``img``.

    It is black on white in any theme, as scanners want it; level M lets a scanner do without
    15 % of it.
    """
    code = segno.make_qr(address, error="m")
    source: str = code.png_data_uri(scale=PIXELS, border=QUIET_ZONE)
    return source
