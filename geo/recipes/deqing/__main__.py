"""Make the bundled files: `python -m geo.recipes.deqing INPUTS OUT`."""

from __future__ import annotations

from pathlib import Path

import click

from geo.recipes.deqing.recipe import make


@click.command(epilog="Example: python -m geo.recipes.deqing ../shared/data geo/data/deqing")
@click.argument("inputs", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
def main(inputs: Path, out: Path) -> None:
    """Make the bundled files of Deqing County from a folder of inputs."""
    make(inputs, out)


main()
