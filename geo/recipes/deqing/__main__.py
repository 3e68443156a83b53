"""Make the bundled files: `python -m geo.recipes.deqing INPUTS OUT`."""

from __future__ import annotations

import sys
from pathlib import Path

from geo.recipes.deqing.recipe import make

make(Path(sys.argv[1]), Path(sys.argv[2]))
