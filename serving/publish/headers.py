"""Headers for hosts that read them from a file, as several content delivery networks do."""

from __future__ import annotations

from serving.http.security import ALWAYS, UNCHANGING
from serving.publish.bundles import APP

REVALIDATED = "public, max-age=0, must-revalidate"


def headers_file() -> str:
    """Return the file ``_headers``: security for all, and what browsers may keep for good."""
    always = "\n".join(f"  {name}: {value}" for name, value in ALWAYS.items())
    return (
        f"/*\n{always}\n  Cache-Control: {REVALIDATED}\n\n"
        f"/{APP}/*.js\n  Cache-Control: {UNCHANGING}\n\n"
        f"/{APP}/*.css\n  Cache-Control: {UNCHANGING}\n\n"
        f"/files/*\n  Cache-Control: {UNCHANGING}\n\n"
        "/data/*\n  Access-Control-Allow-Origin: *\n"
    )
