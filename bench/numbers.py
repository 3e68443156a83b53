"""Measure how `check` reads numbers: slips caught and false warnings, per language.

`python -m bench.numbers [--lines]` holds newspaper texts to ledgers that fit them, which should be
quiet, and copies with one slip each, which should not. The texts under `number_texts/worked` were
looked at while the rules were written; those under `number_texts/held_out` were written before,
and no rule was written for them. A slip is caught where a warning stands in its place that the
text as it was does not have.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stories.checks.numbers import number_faults
from stories.model.atlas import Figure, Unit

if TYPE_CHECKING:
    from faults import Fault

TEXTS = Path(__file__).parent / "number_texts"
SETS = ("held_out", "worked")
LANGUAGES = ("zh", "en", "fr", "de", "es", "ja", "ko", "ar")
FULLY_READ = ("zh", "en")
LEAST_CAUGHT = {True: 0.95, False: 0.8}
FIGURES_PER_FALSE_WARNING = 30
NEAR = 40
"""Characters from a slip within which a warning is one of it: the number beside a changed word."""


@dataclass
class Score:
    """What was counted of one language's texts."""

    figures: int = 0
    slips: int = 0
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def caught(self) -> float:
        """Share of the slips for which there is a warning."""
        return 1 - len(self.missed) / self.slips if self.slips else 1.0

    @property
    def is_good(self) -> bool:
        """Whether false warnings are as few as they have to be."""
        return len(self.false) * FIGURES_PER_FALSE_WARNING <= self.figures


def measure(name: str, lang: str) -> Score:
    """Count what is caught in the texts of one language, and what is caught wrongly."""
    score = Score()
    file = TEXTS / name / f"{lang}.toml"
    for text in tomllib.loads(file.read_text(encoding="utf-8"))["text"]:
        prose = text["prose"]
        figures = [_figure(line, at, lang) for at, line in enumerate(text["figures"])]
        score.figures += len(figures)
        right = {_place(fault): fault for fault in number_faults("text", prose, lang, figures)}
        score.false += [str(fault) for fault in right.values()]
        for slip in text["tampered"]:
            before, after = slip.split(" => ")
            if prose.count(before) != 1:
                raise click.ClickException(f"{file.name}: {before!r} stands not once in its text")
            score.slips += 1
            faults = number_faults("text", prose.replace(before, after), lang, figures)
            fresh = [fault for fault in faults if _place(fault) not in right]
            if not any(_is_near(fault, prose, before, after) for fault in fresh):
                score.missed.append(slip)
    return score


def _is_near(fault: Fault, prose: str, before: str, after: str) -> bool:
    """Whether a warning stands where `after` has been written for `before`."""
    begin = prose.index(before)
    line, column = prose.count("\n", 0, begin) + 1, begin - prose.rfind("\n", 0, begin)
    return fault.line == line and column - NEAR <= (fault.column or 0) <= column + len(after) + NEAR


def _place(fault: Fault) -> tuple[int, str]:
    return fault.line or 0, fault.what


def _figure(line: str, at: int, lang: str) -> Figure:
    """Read a figure: label, unit, value, qualifier, period, and the baseline with its period."""
    label, unit, value, qualifier, period, *before = (part.strip() for part in line.split("|"))
    data = {
        "id": f"f{at}", "label": {lang: label}, "qualifier": qualifier, "period": _span(period),
        "source": {lang: "-"},
    }  # fmt: skip
    if before:
        data["baseline"] = {"value": before[0], "period": _span(before[1])}
    known = unit in set(Unit)
    figure = Figure.model_validate(data | {"unit": unit if known else "count", "value": "1"})
    return figure.model_copy(update={"value": Decimal(value)})


def _span(period: str) -> str:
    first, slash, last = period.partition("/")
    return f"{first}-01-01/{last}-12-31" if slash and len(first) == len("2023") else period


@click.command()
@click.option("--lines", is_flag=True, help="Print the slips that were missed, and false warnings.")
@click.option("--only", type=click.Choice(SETS), help="Only one of the sets.")
def main(lines: bool, only: str | None) -> None:  # noqa: FBT001  # click's way
    """Print the table, and fail where it is worse than it has to be."""
    good = True
    for name in [only] if only else SETS:
        print(
            f"\n{name.replace('_', ' ')}\n| language | slips | caught | figures | false warnings |"
        )
        print("|---|---|---|---|---|")
        for lang in LANGUAGES:
            score = measure(name, lang)
            counts = f"{score.slips} | {score.caught:.2f} | {score.figures} | {len(score.false)}"
            print(f"| {lang} | {counts} |")
            if lines:
                print("\n".join([*(f"  missed: {x}" for x in score.missed), *score.false]))
            good &= score.is_good and score.caught >= LEAST_CAUGHT[lang in FULLY_READ]
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
