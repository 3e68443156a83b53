"""Lay out an atlas drawn from an article."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from faults import Fault
from stories.authoring.draft.article import Article, Paragraph, as_article
from stories.authoring.draft.figures import Found, Left, find_figures
from stories.authoring.draft.helper import Proposal, propose
from stories.authoring.draft.names import Named, named_in
from stories.authoring.draft.parts import COUNTY, Ask, Names, Part, by_division, parts_of, settled
from stories.authoring.draft.proof import Proof, is_fit_to_print
from stories.authoring.draft.readers import read_blocks
from stories.authoring.draft.report import report_text
from stories.authoring.draft.vocabulary import LANGUAGES, vocabulary
from stories.authoring.scaffold import (
    THEMES,
    ScaffoldRequest,
    atlas_file,
    lay_out,
    legible,
    plain_name,
    render,
    sayer,
    slug_of,
    theme_labels,
    town_file,
)
from stories.checks.coverage import STUB
from stories.checks.numbers import number_faults
from stories.errors import DraftError
from stories.files.consistency import comes_before
from stories.model.atlas import MAX_FIGURES, MAX_PLACES, Figure
from stories.wording import Wording
from stories.wording.figures import number_text, qualified_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from stories.authoring.boundaries import Boundaries
    from stories.model.division import Division

ARTICLE = "article.txt"
REPORT = "draft-report.txt"
_NAMES = {"%": "percent", "date": "date", "µg/m³": "concentration", "km²": "area", "m²": "area"}


def nobody(_part: Part) -> None:
    """Answer no question about a part."""


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """From which article an atlas is drawn, and how."""

    article: Path
    scaffold: ScaffoldRequest
    """Where the atlas is laid out, from which boundaries; the article's language comes first."""
    today: date
    """The article's date, to which “last year” refers."""
    answers: Mapping[int, str] = field(default_factory=dict)
    """Slugs by the lines of headings, where a section may be about several divisions."""
    helper: str = ""
    """A command that proposes texts."""
    ask: Ask = nobody
    """Asks about sections that may be about several divisions."""


@dataclass(slots=True)
class Drafted:
    """What was written, and what was not understood."""

    files: list[Path] = field(default_factory=list)
    figures: int = 0
    left: list[tuple[int, Left]] = field(default_factory=list)
    """With the line of the article."""
    report: str = ""


@dataclass(slots=True)
class _Town:
    """What is drawn from the parts about one division, or about the whole."""

    slug: str
    parts: list[Part]
    figures: list[Figure] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    by_paragraph: list[tuple[Paragraph, list[Figure]]] = field(default_factory=list)

    @property
    def section(self) -> str:
        return self.parts[0].heading


def draft_atlas(order: DraftRequest, boundaries: Boundaries) -> Drafted:
    """Lay out an atlas drawn from an article, each of whose figures is proved.

    Raises
    ------
    DraftError
        The article cannot be read, a section may be about several divisions and nobody says which,
        no section is about any, or the helper says what the article does not.
    ScaffoldError
        The folder is not empty.
    BoundariesError
        The boundary file that was built has no division that can have a story.

    Whatever the build of the boundaries raises passes through.
    """
    lang = order.scaffold.languages[0]
    if str(lang).partition("-")[0] not in LANGUAGES:
        what = f"articles in {lang!r} are not read"
        raise DraftError([Fault(what, "give one in zh or en: --languages zh,en")])
    article = as_article(read_blocks(order.article, lang), lang, legible(order.article.stem))
    done = Drafted()

    def files_of(_order: ScaffoldRequest, divisions: list[Division]) -> dict[str, str]:
        return _Layout(order, article, divisions, done).files()

    done.files = lay_out(order.scaffold, boundaries, files_of)
    return done


class _Layout:
    def __init__(
        self, order: DraftRequest, article: Article, divisions: list[Division], done: Drafted
    ) -> None:
        self._order, self._article, self._done = order, article, done
        self._lang = order.scaffold.languages[0]
        self._divisions = {division.slug: division for division in divisions}
        self._file = order.article.as_posix()
        names = {slug: plain_name(each, self._lang) for slug, each in self._divisions.items()}
        self._names_with_numbers = tuple(names.values())
        self._towns = self._towns_of(Names(names, self._lang))

    def files(self) -> dict[str, str]:
        """Return the text of each file by name."""
        towns = [town for slug, town in self._towns.items() if slug != COUNTY]
        for town in self._towns.values():
            self._read(town)
        proposal = self._proposal(towns)
        themes = {town.slug: self._themes(town) for town in towns}
        files = {"atlas.yaml": self._atlas(towns, themes)}
        for town in towns:
            files[f"{town.slug}.yaml"] = self._yaml(town, themes[town.slug], proposal)
            for lang in self._order.scaffold.languages:
                text = proposal.texts.get(town.slug, {}).get(lang) or self._prose(town, lang)
                files[f"{town.slug}.{lang}.md"] = text
        files[ARTICLE] = self._article.text
        self._done.figures = sum(len(town.figures) for town in self._towns.values())
        self._done.report = report_text(
            self._file,
            {slug: self._title(slug) for slug in self._towns},
            {slug: town.named for slug, town in self._towns.items()},
            {slug: town.figures for slug, town in self._towns.items()},
            self._done.left,
        )
        files[REPORT] = self._done.report
        return files

    def _title(self, slug: str) -> str:
        return plain_name(self._divisions[slug], self._lang) if slug else ""

    def _towns_of(self, names: Names) -> dict[str, _Town]:
        parts = parts_of(self._article, names)
        unknown_answers = {slug for slug in self._order.answers.values() if slug} - {
            *self._divisions
        }
        if unknown_answers:
            what = f"there is no division {min(unknown_answers)!r}"
            raise DraftError([Fault(what, f"use one of {', '.join(self._divisions)}")])
        known, open_ = settled(parts, self._order.answers, self._order.ask)
        if open_:
            raise DraftError(self._question(part) for part in open_)
        grouped = by_division(known)
        if not [slug for slug in grouped if slug != COUNTY]:
            names_ = ", ".join(self._names_with_numbers[:6])
            what = f"no part of it names a division of the boundary file ({names_} …)"
            mend = "give the boundary file of the article’s county, or say --about LINE=SLUG"
            raise DraftError([Fault(what, mend, file=self._file)])
        headings = [group[0].heading for slug, group in grouped.items() if slug != COUNTY]
        self._article.number(headings)
        self._proof = Proof(self._article.text, headings, self._lang, self._order.today)
        numbers = {
            (section.heading, each.line, each.text): each
            for section in self._article.sections
            for each in section.paragraphs
        }
        return {
            slug: _Town(slug, [_renumbered(part, numbers) for part in group])
            for slug, group in grouped.items()
        }

    def _question(self, part: Part) -> Fault:
        named = ", ".join(f"{slug} ({self._title(slug)})" for slug in part.candidates)
        first = part.candidates[0]
        return Fault(
            f"the section {part.heading[:40]!r} may be about {named}",
            f"say which: --about {part.line}={first}, or --about {part.line}=none for the whole",
            file=self._file,
            line=part.line,
        )

    # What is in the parts -------------------------------------------------------------------

    def _read(self, town: _Town) -> None:
        ids: Counter[str] = Counter()
        for part in town.parts:
            for paragraph in part.paragraphs:
                found, left = find_figures(
                    paragraph.text, self._lang, self._order.today, self._names_with_numbers
                )
                self._done.left += [(paragraph.line, each) for each in left]
                here = [self._figure(town, part, paragraph, each, ids) for each in found]
                kept = [figure for figure in here if figure is not None]
                town.by_paragraph.append((paragraph, kept))
                town.figures += kept
            own = [each for each in part.paragraphs if part.heading == town.section]
            town.named += named_in(own, self._lang)

    def _figure(
        self, town: _Town, part: Part, paragraph: Paragraph, found: Found, ids: Counter[str]
    ) -> Figure | None:
        base = _NAMES.get(found.unit) or slug_of(found.unit.replace("²", "2"))
        base = base if town.slug else f"county-{base}"  # links look both up by one name
        name = base if not ids[base] else f"{base}-{ids[base] + 1}"
        others = dict.fromkeys(self._order.scaffold.languages[1:], STUB)
        section = {self._lang: part.heading}
        label = {self._lang: legible(found.label)[:100] or STUB} | others
        passage: dict[str, Any] = {"paragraph": paragraph.number}
        if not town.slug or part.heading != town.section:
            passage["section"] = section | others
        baseline = None
        if found.before is not None or found.before_period is not None:
            baseline = {"period": str(found.before_period or "unstated")}
            if found.before is not None:
                baseline["value"] = str(found.before)
        try:
            figure = Figure.model_validate(
                {"id": name, "label": label, "unit": found.unit,
                 "value": str(found.value), "qualifier": found.qualifier, "status": found.status,
                 "period": str(found.period), "baseline": baseline, "passage": passage,
                 "quote": found.quote}
            )  # fmt: skip
        except ValidationError as error:
            why = f"no figure: {error.errors(include_url=False)[0]['msg']}"
            self._done.left.append((paragraph.line, Left(found.quote, why)))
            return None
        why = self._proof.fault(figure, part.heading)
        before = figure.baseline
        if not why and before and not comes_before(before.period, figure.period):
            why = "the time that it is compared with is not before its own"
        if not why and len(town.figures) >= MAX_FIGURES:
            why = "the story has as many figures as one may have"
        if not why and self._link(figure, self._lang) is None:
            why = "its words cannot be said of the figure alone"
        if why:
            self._done.left.append((paragraph.line, Left(found.quote, why)))
            return None
        ids[base] += 1
        return figure

    def _link(self, figure: Figure, lang: str) -> str | None:
        """Return words for a link to a figure with which the check agrees."""
        wording = Wording(lang)
        own = [figure.quote or ""] if lang == self._lang else []
        for words in (*own, qualified_text(figure, wording), number_text(figure, wording)):
            plain = words.replace("[", "").replace("]", "")
            if is_fit_to_print(plain, figure, lang):
                return plain
        return None

    def _prose(self, town: _Town, lang: str) -> str:
        say = sayer(lang, self._order.scaffold.languages)
        head = render("town.md.jinja", say=say, town=self._name(town.slug, lang)).rstrip("\n")
        gap, end = ("；", "。") if lang.startswith("zh") else ("; ", ".")
        blocks = [head]
        for _, figures in town.by_paragraph:
            links = [(figure, self._link(figure, lang)) for figure in figures]
            each = [f"[{words}](#figure-{figure.id})" for figure, words in links if words]
            has_date = any(str(figure.unit) == "date" for figure in figures)
            said = gap.join(each)
            if has_date or list(number_faults("", said, lang, town.figures)):
                blocks += [words + end for words in each]
            elif said:
                blocks.append(said + end)
        return "\n\n".join(blocks) + "\n"

    def _name(self, slug: str, lang: str) -> str:
        return plain_name(self._divisions[slug], lang)

    def _themes(self, town: _Town) -> list[str]:
        text = "\n".join([town.section, *(part.text for part in town.parts)]).lower()
        words = vocabulary(self._lang).table("themes")
        score = {theme: sum(text.count(word) for word in each) for theme, each in words.items()}
        best = sorted(score, key=lambda theme: -score[theme])
        return [
            theme for theme in best[:2] if score[theme] and score[theme] * 2 >= score[best[0]]
        ] or best[:1]

    # The files ------------------------------------------------------------------------------

    def _atlas(self, towns: Sequence[_Town], themes: Mapping[str, list[str]]) -> str:
        order = self._order.scaffold
        used = {theme for each in themes.values() for theme in each}
        others = dict.fromkeys(order.languages[1:], STUB)
        title = {self._lang: legible(self._article.title)} | others
        chosen = [self._divisions[town.slug] for town in towns]
        county = self._towns.get(COUNTY)
        return atlas_file(
            order,
            chosen,
            [each for each in self._divisions.values() if each not in chosen],
            title=title,
            source=title,
            source_file=ARTICLE,
            themes=[
                {"id": theme, "icon": icon, "colour": colour, "label": theme_labels(order, theme)}
                for theme, icon, colour in THEMES
                if theme in used
            ],
            figures=[_row(figure) for figure in county.figures] if county else [],
        )

    def _yaml(self, town: _Town, themes: list[str], proposal: Proposal) -> str:
        order = self._order.scaffold
        others = dict.fromkeys(order.languages[1:], STUB)
        labels = proposal.labels.get(town.slug, {})
        figures = [_row(figure, labels.get(figure.id, {})) for figure in town.figures]
        return town_file(
            order,
            self._divisions[town.slug],
            themes=themes,
            section={self._lang: town.section} | others,
            figures=figures,
            named=list(self._places(town)),
        )

    def _places(self, town: _Town) -> Iterable[dict[str, Any]]:
        counted: Counter[str] = Counter()
        others = dict.fromkeys(self._order.scaffold.languages[1:], STUB)
        wanted = [each for each in town.named if each.what != "person"]
        for each in wanted[: min(MAX_PLACES, 40)]:
            counted[each.what] += 1
            key = "firms" if each.what == "firm" else "places"
            kinds = {lang: vocabulary(lang).text(key, "kind") if lang.partition("-")[0] in LANGUAGES
                     else STUB for lang in self._order.scaffold.languages}  # fmt: skip
            yield {
                "id": f"{each.what}-{counted[each.what]}",
                "name": {self._lang: legible(each.name)} | others,
                "kind": kinds,
                "paragraph": each.paragraph,
                "quote": each.quote,
            }

    def _proposal(self, towns: Sequence[_Town]) -> Proposal:
        if not self._order.helper:
            return Proposal()
        asked = {
            "language": self._lang,
            "languages": list(self._order.scaffold.languages),
            "title": self._article.title,
            "divisions": [self._asked(town) for town in towns],
        }
        county = self._towns.get(COUNTY)
        shared = county.figures if county else []
        figures = {town.slug: [*town.figures, *shared] for town in towns}
        return propose(self._order.helper, asked, figures)

    def _asked(self, town: _Town) -> dict[str, Any]:
        """Return what a helper is told of a division."""
        languages = self._order.scaffold.languages
        return {
            "slug": town.slug,
            "names": dict(self._divisions[town.slug].names.root),
            "section": town.section,
            "paragraphs": [each.text for part in town.parts for each in part.paragraphs],
            "figures": [each.model_dump(mode="json", exclude_none=True) for each in town.figures],
            "texts": {lang: self._prose(town, lang) for lang in languages},
        }


def _renumbered(part: Part, numbers: Mapping[tuple[str, int, str], Paragraph]) -> Part:
    kept = tuple(numbers[part.heading, each.line, each.text] for each in part.paragraphs)
    return replace(part, paragraphs=kept)


def _row(figure: Figure, labels: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return a figure as the template writes it."""
    baseline = ""
    if figure.baseline:
        value = f"value: {figure.baseline.value:f}, " if figure.baseline.value is not None else ""
        baseline = f"{{{value}period: {figure.baseline.period}}}"
    assert figure.passage is not None
    section = figure.passage.section
    return {
        "id": figure.id,
        "label": {**figure.label.root, **(labels or {})},
        "unit": str(figure.unit),
        "open_unit": str(figure.unit) == "count",
        "value": f"{figure.value:f}" if isinstance(figure.value, Decimal) else str(figure.value),
        "qualifier": str(figure.qualifier),
        "status": str(figure.status),
        "period": str(figure.period),
        "baseline": baseline,
        "section": dict(section.root) if section else None,
        "paragraph": figure.passage.paragraph,
        "quote": figure.quote or "",
    }
