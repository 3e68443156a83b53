"""The command `story-atlas draft`."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from faults import Severity
from stories.authoring.draft.layout import DraftRequest, draft_atlas, nobody
from stories.authoring.draft.parts import COUNTY, Part
from stories.authoring.draft.readers import language_of
from stories.authoring.language_tags import language_tags
from stories.authoring.report import Format, exit_code, report
from stories.authoring.scaffold import ScaffoldRequest
from stories.checks import check_atlas

if TYPE_CHECKING:
    from stories.authoring.boundaries import Boundaries

_PATH = click.Path(path_type=Path)
_NONE = "none"
_LEFT_SHOWN = 40


def _date(_context: click.Context, _parameter: click.Parameter, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise click.BadParameter("write it as 2024-03-21") from error


def _answers(
    _context: click.Context, _parameter: click.Parameter, said: tuple[str, ...]
) -> dict[int, str]:
    answers = {}
    for each in said:
        line, equals, slug = each.partition("=")
        if not (line.isdecimal() and equals and slug):
            raise click.BadParameter("write it as LINE=SLUG, such as 7=leidian, or 7=none")
        answers[int(line)] = COUNTY if slug == _NONE else slug
    return answers


def _tags(
    _context: click.Context, _parameter: click.Parameter, text: str | None
) -> tuple[str, ...]:
    return language_tags(text or "")


@click.command(
    epilog="Example: story-atlas draft feature.docx --boundaries counties.gpkg --to huzhou "
    "--date 2024-03-21"
)
@click.argument("article", type=_PATH)
@click.option(
    "--boundaries", "file", type=_PATH, required=True, help="Boundary file to build from."
)
@click.option("--to", "folder", type=_PATH, required=True, help="The new folder.")
@click.option(
    "--date",
    "today",
    callback=_date,
    metavar="YYYY-MM-DD",
    help="Date of the article, to which “last year” refers (today when none is said).",
)
@click.option(
    "--languages",
    callback=_tags,
    metavar="TAG,…",
    help="Languages of the atlas, that of the article first (zh,en or en,zh).",
)
@click.option(
    "--about",
    "answers",
    multiple=True,
    callback=_answers,
    metavar="LINE=SLUG",
    help="Which division the section is about whose heading stands in that line.",
)
@click.option(
    "--helper",
    default="",
    metavar="COMMAND",
    help="A command that gets JSON and returns JSON with texts for the stories.",
)
@click.argument("build_options", nargs=-1, type=click.UNPROCESSED, metavar="[-- BUILD OPTIONS]")
@click.pass_context
def draft(  # noqa: PLR0913, PLR0917  # one parameter for each of its options
    context: click.Context,
    article: Path,
    file: Path,
    folder: Path,
    today: date | None,
    languages: tuple[str, ...],
    answers: dict[int, str],
    helper: str,
    build_options: tuple[str, ...],
) -> None:
    """Draw an atlas from an article.

    ARTICLE is a text, Markdown, .docx, .html, or a PDF with text, in Chinese or English. Each
    number stands with the words that it rests on. Nothing is made up: what is not understood is
    listed with its line, here and in draft-report.txt, and TODO marks what is open. A section that
    may be about several divisions is asked about. What follows -- are options of `story-atlas
    build`. The exit code is 2 where the check finds errors.
    """
    boundaries: Boundaries = context.obj
    order = DraftRequest(
        article=article,
        scaffold=ScaffoldRequest(
            folder=folder,
            boundaries=file,
            languages=languages or language_of(article),
            build_options=build_options,
        ),
        today=today or datetime.now(UTC).astimezone().date(),
        answers=answers,
        helper=helper,
        ask=_ask if sys.stdin.isatty() else nobody,
    )
    done = draft_atlas(order, boundaries)
    click.echo("\n".join(map(str, done.files)))
    for line, each in done.left[:_LEFT_SHOWN]:
        click.echo(
            f"{article.as_posix()}:{line}: not understood: {each.text}; {each.why}", err=True
        )
    if today is None:
        click.echo(f"no --date was said: “last year” is that before {order.today}", err=True)
    faults = check_atlas(folder, boundaries.by_slug, history=boundaries.history)
    errors = [fault for fault in faults if fault.severity is Severity.ERROR]
    if errors:
        click.echo(report(errors, Format.TEXT))
    told = f"{folder}: {done.figures} figures, {len(done.left)} not understood"
    click.echo(f"{told}, {len(errors)} errors, {len(faults) - len(errors)} warnings", err=True)
    context.exit(exit_code(faults, strict=False))


def _ask(part: Part) -> str | None:
    """Ask at the terminal which division a part is about."""
    click.echo(f"line {part.line}: {part.heading}", err=True)
    choice = click.Choice([*part.candidates, _NONE])
    slug: str = click.prompt("Which division is it about?", type=choice, err=True)
    return COUNTY if slug == _NONE else slug
