from __future__ import annotations

from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of reference inputs, which stands beside a working checkout."""
    if not (REFERENCE / "deqing_divisions_pre2016.geojson").exists():
        pytest.skip(f"the reference inputs are not at {REFERENCE}")
    return REFERENCE
