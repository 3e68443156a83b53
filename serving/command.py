"""The command `story-atlas`: what both rooms offer, and the server, under one name."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

import geo.cli.commands
import stories.authoring.cli
from faults import FaultyFileError
from geo.cli.commands import build_file
from geo.cli.options import refuse_repeats
from geo.errors import GeoError
from serving.boundary_lookup import dates_of, divisions_of, strays_of
from serving.errors import ServingError
from serving.folder_argument import chosen_folder
from serving.publish.command import publish
from serving.settings import ATLAS, PREVIEW
from stories.authoring.boundaries import Boundaries
from stories.errors import StoryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # as told by whoever starts the server
FAULTS_SHOWN = 20
"""Lines of faults that an error tells before it only counts them."""


STOPPED = 128 + 2
"""Exit code of what Ctrl+C has ended, as shells count it: 128 and the signal's number."""
UNHEARD = 1
"""Exit code, click's too, where nobody reads what a command says."""


class Commands(click.Group):
    """Commands in the order in which they are needed, whose errors are told in lines."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands as they were added."""
        del ctx
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; what it may be told once must not be told twice."""
        name, command, rest = super().resolve_command(ctx, args)
        if command and not ctx.resilient_parsing:  # as of a shell that completes what is typed
            refuse_repeats(command, click.Context(command, ctx, info_name=name), rest)
        return name, command, rest

    def invoke(self, ctx: click.Context) -> object:
        """Run one command; exit with 2 and one line for each error where it cannot be done."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # nobody reads on, as with `| head -1`; click ends quietly
        except KeyboardInterrupt:
            ctx.exit(STOPPED)
        except (GeoError, StoryError, ServingError, OSError, MemoryError) as error:
            for line in _told(error):
                click.echo(f"Error: {' '.join(line.split())}", err=True)
            ctx.exit(2)


def _told(error: Exception) -> Iterator[str]:
    """Say what was wrong, a line for each fault."""
    if not isinstance(error, FaultyFileError):
        yield str(error) or type(error).__name__
        return
    yield from map(str, error.faults[:FAULTS_SHOWN])
    if more := len(error.faults[FAULTS_SHOWN:]):
        yield f"{error.faults[0].file}: {more} more faults; mend these first"


@click.group(
    cls=Commands,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "obj": Boundaries(
            build=build_file, divisions=divisions_of, strays=strays_of, history=dates_of
        ),
    },
    epilog="Example: story-atlas run",
)
@click.version_option(package_name="county-story-atlas")
def story_atlas() -> None:
    """Make, check and serve a county's stories on its own map."""


def page_folder() -> Path:
    """Return where the page lies, with its settings: in the wheel, or in a checkout's root."""
    package = Path(__file__).parent
    installed = package / "app"
    return installed if installed.is_dir() else package.parent


def _served(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command what it needs to serve a folder."""
    folder = click.argument("folder", type=click.Path(path_type=Path), required=False, envvar=ATLAS)
    port = click.option(
        "--port",
        type=click.IntRange(1, 65535),
        default=8501,
        show_default=True,
        envvar="PORT",
        show_envvar=True,
        help="Port on which it answers.",
    )
    address = click.option("--address", help="Address on which it answers; all unless one is said.")
    return folder(port(address(command)))


@story_atlas.command(epilog="Example: story-atlas run huzhou --port 8080")
@_served
def run(folder: Path | None, port: int, address: str | None) -> None:
    """Serve the story map to readers.

    FOLDER is an atlas, or holds several. Without it, what the environment variable ATLAS names
    is served, else the atlas of the folder one is in, else that of Deqing. Streamlit's own
    settings may be given in the environment, such as STREAMLIT_SERVER_BASE_URL_PATH=map.
    """
    _serve(folder, port, address)


@story_atlas.command(epilog="Example: story-atlas preview huzhou")
@_served
def preview(folder: Path | None, port: int, address: str | None) -> None:
    """Serve the story map and follow each save.

    For its editor: the page is drawn anew with each save, and names every fault by file and
    line. FOLDER is as for `run`.
    """
    _serve(folder, port, address, **{PREVIEW: "1"})


def _serve(folder: Path | None, port: int, address: str | None, **settings: str) -> None:
    """Serve a folder until the process is told to end."""
    if (chosen := chosen_folder(folder)) is not None:
        settings[ATLAS] = str(chosen)
    os.environ.update(settings)
    # Seconds that only servers need. What the page needs comes before the port is taken: until it
    # is there, nobody would be answered, and a signal to end would have to wait.
    import_module("serving.http.routes")
    from streamlit.web.cli import main as streamlit  # noqa: PLC0415

    # The settings beside the page hold wherever this is run.
    words = ["run", str(page_folder() / "serve.py"), "--server.port", str(port)]
    if address:
        words += ["--server.address", address]
        printed = "localhost" if address in EVERYWHERE else address
        words += ["--browser.serverAddress", printed]
    try:
        streamlit(words, prog_name="streamlit", standalone_mode=False)
    except click.Abort:
        return  # Ctrl+C is how one ends it


story_atlas.add_command(publish)
for each in (*stories.authoring.cli.COMMANDS, *geo.cli.commands.COMMANDS):
    story_atlas.add_command(each)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `story-atlas`; exits with 0, with 1 for warnings that count, with 2 for errors."""
    for stream in (sys.stdout, sys.stderr):  # a console that lacks a sign must not end the program
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        story_atlas(arguments, prog_name="story-atlas")
    except BrokenPipeError:  # where click itself had something to say
        sys.exit(UNHEARD)
    finally:
        _leave_nothing_unsaid()


def _leave_nothing_unsaid() -> None:
    """Drop what nobody reads, or Python would complain of it at the end, with a code of its own."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    main()
