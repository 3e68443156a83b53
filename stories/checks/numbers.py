"""Hold every number of the prose, and of the quotes, to the ledger of figures."""

import re
from collections.abc import Iterable, Iterator, Sequence

from faults import MOST_FAULTS, Fault, Lines, Severity, and_more, shown
from stories.checks.ledger import Ledger, Part, Verdict
from stories.files.yaml import YamlSource
from stories.model.atlas import AtlasFile, Figure, StoryFile
from stories.numbers import find_numbers, is_read
from stories.numbers.said import Said, said_in
from stories.wording import Wording
from stories.wording.figures import number_text, qualified_text

_COUNTS = re.compile(r"[\d一二三四五六七八九十百千万亿两双半]")
"""What makes words under `not_figures` such that they may hold a number."""


def number_faults(  # noqa: PLR0913  # a text, and what it is held to
    file: str,
    text: str,
    lang: str,
    figures: Iterable[Figure],
    not_figures: Iterable[str] = (),
    *,
    names: Iterable[str] = (),
) -> Iterator[Fault]:
    """Find the numbers of `text` that no figure covers, and exemptions that exempt none.

    A figure covers a number that it fits in unit, firmness, direction and time as far as the
    number's clause states them.

    Parameters
    ----------
    file
        Name that faults carry.
    text
        Prose in Markdown.
    lang
        Its language.
    figures
        The story's figures.
    not_figures
        Words of the prose whose numbers are no figures.
    names
        Names that hold numbers, beside those that the language is known for.
    """
    ledger = Ledger.of(figures, lang)
    numbers = said_in(text, lang, names)
    for words in not_figures:
        outside = list(_outside(words, text, numbers))
        exempts = len(outside) < len(numbers) or (_COUNTS.search(words) and words in text)
        numbers = outside
        if not exempts:
            what = f"{shown(words)} exempts no number of this text"
            yield Fault(
                what, "take it out of `not_figures`", file=file, line=1, severity=Severity.WARNING
            )
    lines = Lines(text)
    bare = [
        (number, verdict)
        for number, verdict in zip(numbers, ledger.judge(numbers), strict=True)
        if not verdict.is_covered
    ]
    for number, verdict in bare[:MOST_FAULTS]:
        meant = verdict if verdict.figure else ledger.explain(number)
        yield _fault(file, lines, number, meant, lang)
    if (left := len(bare) - MOST_FAULTS) > 0:
        line, column = lines.place(bare[MOST_FAULTS - 1][0].found.start)
        last = Fault("", "", file=file, line=line, column=column)
        yield and_more(left, last, Severity.WARNING)


def _outside(words: str, text: str, numbers: Iterable[Said]) -> Iterator[Said]:
    """Yield the numbers that do not lie within any of the places where `words` stand."""
    spans = (match.span() for match in re.finditer(re.escape(words), text))
    begin, end = next(spans, (len(text), len(text)))
    for number in numbers:  # both in the text's order
        while end < number.found.end and begin < len(text):
            begin, end = next(spans, (len(text), len(text)))
        if not (begin <= number.found.start and number.found.end <= end):
            yield number


def _fault(file: str, lines: Lines, number: Said, verdict: Verdict, lang: str) -> Fault:
    line, column = lines.place(number.found.start)
    what = f"no figure covers {shown(number.found.text)}{_difference(number, verdict, lang)}"
    mend = "correct it, add a figure, or list its words under `not_figures`"
    return Fault(what, mend, file=file, line=line, column=column, severity=Severity.WARNING)


def _difference(number: Said, verdict: Verdict, lang: str) -> str:
    """Say what the text says, what the ledger says, and which part is another."""
    figure = verdict.figure
    if figure is None:
        return ""
    wording = Wording(lang)
    value = (
        qualified_text(figure, wording)
        if Part.QUALIFIER in verdict.parts
        else number_text(figure, wording)
    )
    parts = wording.listed([wording.text(f"check.part_{part}") for part in verdict.parts])
    said = shown(" ".join((number.unit_text or number.found.text).split()))[1:-1]
    return wording.text("check.differs", said=said, figure=value, id=figure.id, parts=parts)


def unread_language_faults(head: AtlasFile, source: YamlSource) -> Iterator[Fault]:
    """Say once of each language what is not read of it, so that silence is not taken for praise."""
    for index, lang in enumerate(head.languages):
        if not is_read(lang):
            what = (
                f"of {lang!r}, numbers are read in figures alone; what its words say of them "
                "(numbers in words, more than, rose, half) is not held to the figures"
            )
            mend = "read these numbers over yourself"
            yield source.fault(("languages", index), what, mend, severity=Severity.WARNING)


def quote_faults(story: StoryFile, source: YamlSource, languages: Sequence[str]) -> Iterator[Fault]:
    """Find figures that say another number, or another time, than the words they rest on.

    The words are read in the first of `languages`, which is taken to be the source's.
    """
    for index, figure in enumerate(story.figures):
        ledger = Ledger.of([figure])
        for number in find_numbers(figure.quote or "", languages[0]):
            if not ledger.covers(number.meaning):
                what = f"the quote says {shown(number.text)}, but figure {figure.id!r} does not"
                mend = "correct the value, the period or the quote"
                loc = ("figures", index, "quote")
                yield source.fault(loc, what, mend, severity=Severity.WARNING)
