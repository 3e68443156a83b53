"""Measure what a draft reads of articles: precision and recall against ledgers made by hand.

`python -m bench.draft [--lines]` reads Deqing's feature against the bundled atlas, where the text
is at hand, and each `draft_texts/NAME.<lang>.txt` against `NAME.yaml`. A value is right where a
figure of the ledger has it, whatever its sign, in words of the same place; unit, qualifier, status
and period are counted among the values that were found. The articles under `draft_worked` were
looked at while the rules were written; those under `draft_texts` were not.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from ruamel.yaml import YAML

from stories.authoring.draft.article import as_article
from stories.authoring.draft.figures import Found, find_figures
from stories.authoring.draft.readers import read_blocks
from stories.files.loader import read_atlas
from stories.model.figure import Figure

if TYPE_CHECKING:
    from stories.model.period import Period

TEXTS = Path(__file__).parent / "draft_texts"
WORKED = Path(__file__).parent / "draft_worked"
DEQING = Path(__file__).parents[1] / "stories" / "data" / "deqing"
DEQING_DATE = date(2024, 3, 21)
PARTS = ("unit", "qualifier", "status", "period")


@dataclass(frozen=True, slots=True)
class Expected:
    """A figure of a ledger."""

    quote: str
    value: str
    unit: str
    qualifier: str = "exact"
    status: str = "reported"
    period: str = "unstated"
    before: str = ""


@dataclass
class Score:
    """What was counted of one article."""

    name: str
    expected: int = 0
    found: int = 0
    right: int = 0
    parts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    baselines: list[bool] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    invented: int = 0

    def row(self) -> str:
        """Return it as a row of a table."""
        shares = [self.right / (self.expected or 1), self.right / (self.found or 1)]
        shares += [self.parts[part] / (self.right or 1) for part in PARTS]
        cells = [self.name, str(self.expected), *(f"{share:.2f}" for share in shares)]
        right = sum(self.baselines)
        cells += [f"{right}/{len(self.baselines)}", str(self.invented)]
        return f"| {' | '.join(cells)} |"


HEAD = (
    "| article | figures | recall | precision | unit | qualifier | status | period | baselines "
    "| not in the text |\n|---|---|---|---|---|---|---|---|---|---|"
)


def measure(  # noqa: PLR0913, PLR0917  # an article, and what it is held to
    name: str, file: Path, lang: str, today: date, ledger: list[Expected], divisions: list[str]
) -> Score:
    """Hold what is found in an article to its ledger."""
    article = as_article(read_blocks(file, lang), lang, name)
    placed = [
        (paragraph.text, found)
        for section in article.sections
        for paragraph in section.paragraphs
        for found in find_figures(paragraph.text, lang, today, divisions)[0]
    ]
    score = Score(name, len(ledger), len(placed))
    left = list(placed)
    for expected in ledger:
        match = next((each for each in left if _is_meant(expected, *each)), None)
        if match is None:
            score.lines.append(f"missed: {expected.value} {expected.unit}: {expected.quote}")
            continue
        left.remove(match)
        score.right += 1
        _compare(score, expected, match[1])
    score.lines += [f"too much: {_plain(found)} {found.unit}: {found.quote}" for _, found in left]
    score.invented = sum(found.quote not in text for text, found in placed)
    return score


def _is_meant(expected: Expected, paragraph: str, found: Found) -> bool:
    """Whether a figure has the value, at a place within the words of the ledger's quote."""
    if not _is_value(found, expected.value):
        return False
    text, quote = "".join(paragraph.split()), "".join(expected.quote.split())
    before = len("".join(paragraph[: found.start].split()))
    at = text.find(quote)
    while at >= 0:
        if at - 1 <= before <= at + len(quote):
            return True
        at = text.find(quote, at + 1)
    return False


def _is_value(found: Found, expected: str) -> bool:
    """Whether a value is meant; a third may be written with any number of threes."""
    said = _plain(found).lstrip("-")
    if found.unit == "%" and said in {"33.3", "66.7"}:
        return abs(Decimal(said) - abs(Decimal(expected))) <= Decimal("0.4")
    return said == expected.lstrip("-")


def _compare(score: Score, expected: Expected, found: Found) -> None:
    said = {"unit": _unit(found.unit), "qualifier": str(found.qualifier),
            "status": str(found.status), "period": str(found.period)}  # fmt: skip
    wanted = {"unit": _unit(expected.unit), "qualifier": expected.qualifier,
              "status": expected.status, "period": expected.period}  # fmt: skip
    for part in PARTS:
        score.parts[part] += said[part] == wanted[part]
        if said[part] != wanted[part]:
            score.lines.append(f"{part}: {said[part]} for {wanted[part]}: {expected.quote}")
    if expected.before or found.before is not None:
        has = f"{found.before:f}" if found.before is not None else ""
        score.baselines.append(has == expected.before)
        if has != expected.before:
            score.lines.append(f"baseline: {has} for {expected.before}: {expected.quote}")


def _unit(unit: str) -> str:
    figure = {"id": "a", "label": {"en": "a"}, "value": "1", "period": "unstated",
              "passage": {"paragraph": 1}, "unit": unit}  # fmt: skip
    return "date" if unit == "date" else str(Figure.model_validate(figure).unit)


def _plain(found: Found) -> str:
    return _number(found.value)


def _number(value: Decimal | Period) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _read(file: Path) -> tuple[str, date, list[Expected], list[str]]:
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    ledger = []
    for row in data["figures"]:
        value = str(row["value"])
        value = value if row["unit"] == "date" else _number(Decimal(value))
        baseline = (row.get("baseline") or {}).get("value")
        ledger.append(
            Expected(
                quote=row["quote"],
                value=value,
                unit=str(row["unit"]),
                qualifier=row.get("qualifier", "exact"),
                status=row.get("status", "reported"),
                period=str(row.get("period", "unstated")),
                before="" if baseline is None else _number(Decimal(str(baseline))),
            )
        )
    day = data["date"]
    return (
        data["lang"],
        day if isinstance(day, date) else date.fromisoformat(day),
        ledger,
        list(map(str, data.get("divisions", ()))),
    )


def deqing() -> list[Expected]:
    """Return the figures of the bundled atlas that stand in its source."""
    return [
        Expected(
            quote=figure.quote,
            value=_number(figure.value),
            unit=str(figure.unit),
            qualifier=str(figure.qualifier),
            status=str(figure.status),
            period=str(figure.period),
            before=_number(figure.baseline.value)
            if figure.baseline and figure.baseline.value is not None
            else "",
        )
        for town in read_atlas(DEQING).towns
        if town.file
        for figure in town.file.figures
        if figure.quote and not figure.computed
    ]


def scores(feature: Path | None, texts: Path = TEXTS) -> list[Score]:
    """Measure every article that is at hand."""
    found = []
    if feature:
        found.append(measure("Deqing", feature, "zh", DEQING_DATE, deqing(), []))
    for file in sorted(texts.glob("*.yaml")):
        lang, today, ledger, divisions = _read(file)
        article = file.with_suffix(f".{lang}.txt")
        found.append(measure(file.stem, article, lang, today, ledger, divisions))
    return found


@click.command()
@click.option("--lines", is_flag=True, help="Name what is missed, too much, or wrong.")
@click.option("--deqing", "feature", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The text of Deqing’s feature, which is not in the repository.")  # fmt: skip
@click.option("--texts", type=click.Path(path_type=Path), default=TEXTS, help="Folder of articles.")
def main(*, lines: bool, feature: Path | None, texts: Path) -> None:
    """Print the table."""
    held_out, worked = scores(feature, texts), scores(None, WORKED)
    measured = [*held_out, *worked]
    for heading, part in (("held out, and Deqing", held_out), ("worked", worked)):
        print(f"{heading}\n\n{HEAD}")
        print("\n".join(score.row() for score in part), end="\n\n")
    for score in measured if lines else ():
        print(f"\n{score.name}")
        for line in score.lines:
            print(f"  {line}")
    sys.exit(any(score.invented for score in measured))


if __name__ == "__main__":
    main()
