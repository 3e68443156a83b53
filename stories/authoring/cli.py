"""The commands ``python -m stories new | check | preview | schema | reference``."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import resources
from io import TextIOWrapper
from pathlib import Path

from babel import Locale, UnknownLocaleError

from faults import Fault, Severity
from stories.authoring.reference import reference
from stories.authoring.report import Format, exit_code, report
from stories.authoring.scaffold import ScaffoldRequest, lay_out
from stories.authoring.schema import write_schemas
from stories.checks import check_atlas
from stories.errors import BoundariesError, ScaffoldError, StoryError
from stories.files.divisions import DIVISIONS_FILE, read_divisions
from stories.files.loader import ATLAS_FILE

PAGE = "streamlit_app.py"
Run = Callable[[argparse.Namespace, tuple[str, ...]], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 for warnings that count, 2 for errors."""
    for stream in (sys.stdout, sys.stderr):  # a console that lacks a sign must not end the program
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given, build_options = _split(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(given)
    try:
        code: int = options.run(options, build_options)
    except StoryError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    return code


def _split(arguments: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Part the arguments at ``--``; what follows is for the boundary build."""
    given = list(arguments)
    place = given.index("--") if "--" in given else len(given)
    return given[:place], tuple(given[place + 1 :])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m stories", description="Make a story map.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    new = _command(commands, "new", _new)
    new.add_argument("folder", type=Path, help="folder to create")
    new.add_argument("--boundaries", type=Path, required=True, help="boundary file to build from")
    new.add_argument("--towns", type=_slugs, default=(), help="divisions to write about: a,b,c")
    new.add_argument("--languages", type=_languages, default=("zh", "en"), help="such as zh,en")

    check = _command(commands, "check", _check)
    _add_folder(check)
    check.add_argument("--strict", action="store_true", help="exit with 1 where there are warnings")
    check.add_argument("--format", type=Format, choices=list(Format), default=Format.TEXT)
    check.add_argument("--source", type=Path, help="the text that the stories are drawn from")

    preview = _command(commands, "preview", _preview)
    _add_folder(preview)
    port = int(os.environ.get("PORT", "8501"))
    preview.add_argument("--port", type=int, default=port, help=f"here {port}; or set PORT")

    schema = _command(commands, "schema", _schema)
    schema.add_argument("folder", type=Path, nargs="?", default=Path(".schema"))

    _command(commands, "reference", _reference)
    return parser


_ABOUT = {
    "new": (
        "Lay out a new atlas. What follows -- is handed to python -m geo build.",
        "new huzhou --boundaries counties.gpkg -- --code CODE --name zh=NAME",
    ),
    "check": (
        "Find every fault of an atlas, each with file, line, column and mend.",
        "check huzhou --strict --format github",
    ),
    "preview": ("Show the page, following each save.", "preview huzhou"),
    "schema": ("Write JSON Schemas, with which editors complete keys.", "schema huzhou/.schema"),
    "reference": ("Print the reference of the file format.", "reference > docs/atlas-format.md"),
}


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: Run
) -> argparse.ArgumentParser:
    """Add a command with its description and an example."""
    description, example = _ABOUT[name]
    epilog = f"Example: python -m stories {example}"
    command = commands.add_parser(name, help=description, description=description, epilog=epilog)
    command.set_defaults(run=run)
    return command


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        help=f"the atlas; else here, if {ATLAS_FILE} is, else Deqing",
    )


def _slugs(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def _languages(text: str) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(_slugs(text)))
    if not tags:
        raise argparse.ArgumentTypeError("name at least one language, such as zh")
    for tag in tags:
        try:
            Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError) as error:
            raise argparse.ArgumentTypeError(f"no language is called {tag!r}") from error
    return tags


def _folder(options: argparse.Namespace) -> Path:
    if options.folder is not None:
        folder: Path = options.folder
        return folder
    here = Path()
    bundled = Path(str(resources.files("stories"))) / "data" / "deqing"
    return here if (here / ATLAS_FILE).is_file() else bundled


def _new(options: argparse.Namespace, build_options: tuple[str, ...]) -> int:
    order = ScaffoldRequest(
        folder=options.folder,
        boundaries=options.boundaries,
        languages=options.languages,
        towns=options.towns,
        build_options=build_options,
    )
    for path in lay_out(order):
        print(path)  # noqa: T201
    return 0


def _check(options: argparse.Namespace, _build_options: tuple[str, ...]) -> int:
    folder = _folder(options)
    source_text = _source_text(options.source) if options.source else None
    faults = check_atlas(folder, _divisions, source_text)
    if text := report(faults, options.format):
        print(text)  # noqa: T201
    errors = sum(fault.severity is Severity.ERROR for fault in faults)
    said = f"{folder}: {errors} errors, {len(faults) - errors} warnings"
    print(said, file=sys.stderr)  # noqa: T201
    return exit_code(faults, strict=options.strict)


def _divisions(folder: Path, boundaries: str) -> list[str]:
    """Look a boundary set up: in the atlas's folder, else among those that come along."""
    bundled = Path(str(resources.files("stories"))).parent / "geo" / "data"
    for file in (place / boundaries / DIVISIONS_FILE for place in (folder, bundled)):
        if file.is_file():
            return [division.slug for division in read_divisions(file)]
    mend = "make it with python -m geo build, in a folder of that name"
    raise BoundariesError([Fault(f"there is no boundary set {boundaries!r}", mend)])


def _source_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ScaffoldError(f"{path}: the source text cannot be read ({error})") from error


def _preview(options: argparse.Namespace, _build_options: tuple[str, ...]) -> int:
    folder = _folder(options).resolve()
    page = Path(str(resources.files("stories"))).parent / PAGE
    if not page.is_file():
        raise StoryError(f"{page}: the page is not here; run this in a checkout of the program")
    command = [sys.executable, "-m", "streamlit", "run", str(page)]
    command += ["--server.port", str(options.port)]
    environment = {**os.environ, "ATLAS": str(folder), "ATLAS_PREVIEW": "1"}
    try:  # from the page's own folder, where its settings and colours are
        done = subprocess.run(command, env=environment, cwd=page.parent, check=False)  # noqa: S603
    except KeyboardInterrupt:
        return 0
    return done.returncode


def _schema(options: argparse.Namespace, _build_options: tuple[str, ...]) -> int:
    for path in write_schemas(options.folder):
        print(path)  # noqa: T201
    return 0


def _reference(_options: argparse.Namespace, _build_options: tuple[str, ...]) -> int:
    sys.stdout.write(reference())
    return 0
