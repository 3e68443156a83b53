"""The words of a command as they were meant, to be written down and run again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from collections.abc import Iterator

LEFT_OUT = ("out", "date")
"""Parameters that say where and when, not how."""


def words_of(context: click.Context, folder: Path) -> tuple[str, ...]:
    """Give the words that were given to a command.

    Parameters
    ----------
    context
        Of the command, once its options are read.
    folder
        Files are named as seen from there.
    """
    words = [str(context.command.name)]
    for parameter in context.command.params:
        name = str(parameter.name)
        is_given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if is_given and name not in LEFT_OUT:
            words += _words(parameter, context.params[name], folder)
    return tuple(words)


def _words(parameter: click.Parameter, value: object, folder: Path) -> Iterator[str]:
    if isinstance(parameter, click.Argument):
        yield _text(value, folder)
    elif isinstance(parameter, click.Option) and parameter.is_flag:
        yield parameter.opts[-1]
    else:
        for each in value if parameter.multiple and isinstance(value, tuple) else (value,):
            yield parameter.opts[-1]
            yield _text(each, folder)


def _text(value: object, folder: Path) -> str:
    if isinstance(value, tuple):
        return "=".join(map(str, value))
    if isinstance(value, Path):
        path = Path(os.path.relpath(value, folder)).as_posix()
        return f"./{path}" if path.startswith("-") else path
    return str(value)
