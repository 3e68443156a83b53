"""A command of the editor's own that proposes texts: it gets JSON and returns JSON.

What it returns passes the check's gate: each number of a text has to be a figure of the story.
"""

from __future__ import annotations

import json
import shlex
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from faults import Fault, Severity, shown
from stories.checks.numbers import number_faults
from stories.errors import DraftError
from stories.model.text import Language  # noqa: TC001  # pydantic reads it

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stories.model.figure import Figure

SECONDS = 900
"""How long the command may take."""
MAX_TEXT = 100_000

_Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]


class Proposal(BaseModel):
    """What the command returns: texts and labels, by division and language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    texts: dict[str, dict[Language, _Text]] = Field(default_factory=dict)
    """The story of each division, in Markdown."""
    labels: dict[str, dict[str, dict[Language, _Text]]] = Field(default_factory=dict)
    """Labels of its figures, by their ids."""


def propose(
    command: str, asked: Mapping[str, Any], figures: Mapping[str, Sequence[Figure]]
) -> Proposal:
    """Ask the command, and refuse what it says beyond the figures.

    Raises
    ------
    DraftError
        The command failed, its answer is not in the form, or says a number that is no figure's.
    """
    answer = _answer(command, json.dumps(asked, ensure_ascii=False, default=str))
    try:
        proposal = Proposal.model_validate_json(answer)
    except ValidationError as error:
        faults = [
            Fault(f"the helper’s answer: {'.'.join(map(str, each['loc']))}: {each['msg']}",
                  'let it print {"texts": {slug: {language: Markdown}}}', file="--helper")
            for each in error.errors(include_url=False)
        ]  # fmt: skip
        raise DraftError(faults) from error
    faults = list(_faults(proposal, figures))
    if faults:
        raise DraftError(faults)
    return proposal


def _answer(command: str, asked: str) -> bytes:
    try:
        words = shlex.split(command)
        done = subprocess.run(  # noqa: S603  # the editor's own command, without a shell
            words, input=asked.encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, ValueError, IndexError) as error:
        what, mend = f"the helper cannot be started ({error})", "name a command that there is"
        raise DraftError([Fault(what, mend, file="--helper")]) from error
    except subprocess.TimeoutExpired as error:
        what = f"the helper took longer than {SECONDS} seconds"
        raise DraftError(
            [Fault(what, "leave it out, or let it do less", file="--helper")]
        ) from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        what = f"the helper ended with {done.returncode}{': ' + said[-1] if said else ''}"
        raise DraftError([Fault(what, "run it by hand to see why", file="--helper")])
    return done.stdout


def _faults(proposal: Proposal, figures: Mapping[str, Sequence[Figure]]) -> list[Fault]:
    found: list[Fault] = []
    for slug, by_language in proposal.texts.items():
        if slug not in figures:
            found.append(_unknown(slug))
            continue
        for lang, text in by_language.items():
            found += number_faults(f"{slug}.{lang}.md of --helper", text, lang, figures[slug])
    for slug, labels in proposal.labels.items():
        known = {figure.id: figure for figure in figures.get(slug, ())}
        for name, by_language in labels.items():
            if name not in known:
                found.append(_unknown(f"{slug}/{name}"))
                continue
            for lang, text in by_language.items():
                found += number_faults(f"{slug}/{name} of --helper", text, lang, [known[name]])
    mend = "let it say only numbers that have a quote in the article"
    return [replace(each, mend=mend, severity=Severity.ERROR) for each in found]


def _unknown(name: str) -> Fault:
    return Fault(f"the helper writes about {shown(name)}, which there is not",
                 "let it keep to the names that it was given", file="--helper")  # fmt: skip
