"""Keep the libraries that read files from asking other machines for anything.

A file may name another place: a schema (GML), a CRS (GeoJSON), or all of its data (VRT, WFS). GDAL
would fetch it, from wherever the file says. GDAL has no switch against that, so all its questions
go to a proxy that cannot exist; no name is looked up, and nothing leaves the machine.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING

import pyogrio

if TYPE_CHECKING:
    from collections.abc import Iterator

NOWHERE = "127.0.0.1:0"
"""No server can answer on port 0."""
_SETTINGS = {
    "GDAL_HTTP_PROXY": NOWHERE,
    "GDAL_HTTPS_PROXY": NOWHERE,
    "GDAL_HTTP_MAX_RETRY": 0,
    "GML_DOWNLOAD_SCHEMA": False,
}
_EXCEPTIONS = ("NO_PROXY", "no_proxy")
"""Environment variables by which hosts may be asked without the proxy."""
_LOCK = RLock()


@contextmanager
def offline() -> Iterator[None]:
    """Let GDAL ask no other machine while a file is read."""
    pyogrio.set_gdal_config_options(_SETTINGS)
    with _LOCK:  # the environment is the process's
        kept = {name: os.environ.pop(name) for name in _EXCEPTIONS if name in os.environ}
        try:
            yield
        finally:
            os.environ.update(kept)
