"""Make the bundled files: `python -m geo.recipes.deqing INPUTS OUT`."""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.recipes.deqing.recipe import make

parser = argparse.ArgumentParser(prog="python -m geo.recipes.deqing", description=make.__doc__)
parser.add_argument("inputs", type=Path, help="folder of the inputs")
parser.add_argument("out", type=Path, help="folder of the products")
make(**vars(parser.parse_args()))
