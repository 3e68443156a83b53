"""Settings of the server, read from the environment."""

import os

ATLAS = "ATLAS"
"""Names the folder that is shown: an atlas, or one that holds several."""
PREVIEW = "ATLAS_PREVIEW"
"""Set while an editor watches the page: it then follows each save and names all faults."""


def is_preview() -> bool:
    """Whether an editor watches the page."""
    return bool(os.environ.get(PREVIEW))
