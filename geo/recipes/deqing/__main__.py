"""Make the bundled files: `python -m geo.recipes.deqing OUT`."""

from __future__ import annotations

from pathlib import Path

import click

from geo.recipes.deqing.recipe import make


@click.command(epilog="Example: python -m geo.recipes.deqing geo/data/deqing")
@click.argument("out", type=click.Path(path_type=Path))
def main(out: Path) -> None:
    """Make the bundled files of Deqing County."""
    make(out)


main()
