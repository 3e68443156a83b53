"""The commands about stories: ``new``, ``check``, ``words``, ``schema``, ``reference``."""

from importlib import resources
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from faults import Fault, Severity
from faults.plain_file import read_file
from stories.authoring.draft.command import draft
from stories.authoring.language_tags import language_tags
from stories.authoring.reference import reference as reference_text
from stories.authoring.report import Format, exit_code, report
from stories.authoring.scaffold import SCHEMAS, ScaffoldRequest, lay_out
from stories.authoring.schema import write_schemas
from stories.authoring.words import words_file
from stories.checks import check_atlas
from stories.checks.words import borrowed_faults, borrowed_words
from stories.errors import ScaffoldError
from stories.files.folder import MAX_BYTES
from stories.files.loader import ATLAS_FILE, read_atlas
from stories.files.words import words_name
from stories.model.words import Levels
from stories.wording.catalogues import page_words

if TYPE_CHECKING:
    from stories.authoring.boundaries import Boundaries

FOLDER = click.Path(path_type=Path)
READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _slugs(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def _languages(text: str) -> tuple[str, ...]:
    tags = language_tags(text)
    if not tags:
        raise click.BadParameter("name at least one language, such as zh")
    return tags


@click.command(
    epilog="Example: story-atlas new huzhou --boundaries counties.gpkg -- --code CODE "
    "--name zh=NAME"
)
@click.argument("folder", type=FOLDER)
@click.option(
    "--boundaries", "file", type=FOLDER, required=True, help="Boundary file to build from."
)
@click.option(
    "--towns",
    type=_slugs,
    multiple=True,
    metavar="SLUG,…",
    help="Divisions to write about (all when none is said).",
)
@click.option(
    "--languages",
    type=_languages,
    default="zh,en",
    show_default=True,
    metavar="TAG,…",
    help="Languages it is written in, the main one first.",
)
@click.argument("build_options", nargs=-1, type=click.UNPROCESSED, metavar="[-- BUILD OPTIONS]")
@click.pass_context
def new(  # noqa: PLR0913, PLR0917  # one parameter for each of its options
    context: click.Context,
    folder: Path,
    file: Path,
    towns: tuple[tuple[str, ...], ...],
    languages: tuple[str, ...],
    build_options: tuple[str, ...],
) -> None:
    """Lay out a new atlas, a folder that runs as it is.

    What follows -- are options of `story-atlas build`: they say how the boundary file is read.
    What was written is checked; the exit code is 2 where the check finds errors.
    """
    boundaries: Boundaries = context.obj
    order = ScaffoldRequest(
        folder=folder,
        boundaries=file,
        languages=languages,
        towns=tuple(dict.fromkeys(chain.from_iterable(towns))),
        build_options=build_options,
    )
    click.echo("\n".join(map(str, lay_out(order, boundaries))))
    faults = check_atlas(folder, boundaries.by_slug, history=boundaries.history)
    told = [fault for fault in faults if fault.severity is Severity.ERROR]
    told += borrowed_faults(read_atlas(folder))  # what is yours to write warns, and is not told
    _verdict(context, folder, faults, report(told, Format.TEXT))


@click.command(epilog="Example: story-atlas check huzhou --strict --format github")
@click.argument("folder", type=FOLDER, required=False)
@click.option("--strict", is_flag=True, help="Exit with 1 where there are warnings.")
@click.option(
    "--format",
    "form",
    type=click.Choice(Format, case_sensitive=False),
    default="text",
    show_default=True,
    help="How faults are written down.",
)
@click.option("--source", type=READABLE, help="The text that the stories are drawn from.")
@click.pass_context
def check(
    context: click.Context, folder: Path | None, *, strict: bool, form: Format, source: Path | None
) -> None:
    """Find every fault of an atlas.

    Each is told with file, line, column and mend, and every number of the prose is held against
    the figures. Without FOLDER it is the atlas of the folder one is in, else that of Deqing. The
    exit code is 2 where the atlas cannot be shown, and 1 for warnings where --strict asks.
    """
    atlas = folder or _here()
    source_text = _source_text(source) if source else None
    boundaries: Boundaries = context.obj
    faults = check_atlas(
        atlas, boundaries.by_slug, source_text, boundaries.strays, boundaries.history
    )
    _verdict(context, atlas, faults, report(faults, form), strict=strict)


@click.command(epilog="Example: story-atlas schema huzhou/.schema")
@click.argument("folder", type=FOLDER, default=Path(".schema"))
def schema(folder: Path) -> None:
    """Write JSON Schemas of an atlas's files.

    With them, text editors complete keys and mark wrong ones. Without FOLDER they are written
    into .schema.
    """
    click.echo("\n".join(map(str, write_schemas(folder))))


@click.command(epilog="Example: story-atlas words huzhou --lang nl")
@click.argument("folder", type=FOLDER)
@click.option("--lang", required=True, metavar="TAG", help="The language, such as nl or pt-BR.")
@click.option("--all", "every", is_flag=True, help="Words that the program has, too.")
@click.option("--print", "is_printed", is_flag=True, help="Print them, and write no file.")
def words(folder: Path, lang: str, *, every: bool, is_printed: bool) -> None:
    """Write a file for words of the page.

    It holds what the page says in English for want of words in that language, in comments, to
    translate. It is called words.TAG.yaml and lies in FOLDER, that of the atlas. Words that are
    left out stand in another of the atlas's languages.
    """
    (tag,) = _languages(lang)[:1]
    files = read_atlas(folder)
    levels = files.head.levels if files.head else Levels()
    every_key = [(section, key) for section, texts in page_words().items() for key in texts]
    keys = every_key if every else borrowed_words(tag, files.words, levels)
    path = folder / words_name(tag)
    if not keys:
        click.echo(f"no word of the page is missing in {tag}; --all writes them all", err=True)
    elif is_printed:
        click.echo(words_file(tag, keys), nl=False)
    elif path.exists():
        mend = "--print shows the words that it lacks"
        raise ScaffoldError(f"{path.as_posix()}: there is such a file already; {mend}")
    else:
        write_schemas(folder / SCHEMAS)
        path.write_text(words_file(tag, keys), encoding="utf-8")
        click.echo(path)


@click.command(epilog="Example: story-atlas reference > docs/atlas-format.md")
def reference() -> None:
    """Print the reference of the file format, in Markdown."""
    click.echo(reference_text(), nl=False)


def _verdict(
    context: click.Context, atlas: Path, faults: list[Fault], text: str, *, strict: bool = False
) -> None:
    """Print the faults, count them, and end with the exit code that they deserve."""
    if text:
        click.echo(text)
    errors = sum(fault.severity is Severity.ERROR for fault in faults)
    click.echo(f"{atlas}: {errors} errors, {len(faults) - errors} warnings", err=True)
    context.exit(exit_code(faults, strict=strict))


COMMANDS = (new, draft, check, words, schema, reference)


def _here() -> Path:
    here = Path()
    bundled = Path(str(resources.files("stories"))) / "data" / "deqing"
    return here if (here / ATLAS_FILE).is_file() else bundled


def _source_text(path: Path) -> str:
    try:
        return read_file(path, MAX_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read as UTF-8 text; save it as UTF-8 ({error})"
        raise click.BadParameter(message, param_hint="--source") from error
