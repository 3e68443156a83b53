"""Hold every number of the prose, and of the quotes, to the ledger of figures."""

import re
from collections.abc import Iterable, Iterator, Sequence

from faults import MOST_FAULTS, Fault, Lines, Severity, and_more, shown
from stories.checks.ledger import Ledger
from stories.files.yaml import YamlSource
from stories.model.atlas import Figure, StoryFile
from stories.numbers import Found, find_numbers
from stories.wording import Wording
from stories.wording.figures import number_text


def number_faults(
    file: str, text: str, lang: str, figures: Iterable[Figure], not_figures: Iterable[str] = ()
) -> Iterator[Fault]:
    """Find the numbers of `text` that no figure covers, and exemptions that exempt none.

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
    """
    ledger = Ledger.of(figures)
    numbers = find_numbers(text, lang)
    for words in not_figures:
        outside = list(_outside(words, text, numbers))
        exempts, numbers = len(outside) < len(numbers), outside
        if not exempts:
            what = f"{shown(words)} exempts no number of this text"
            yield Fault(
                what, "take it out of `not_figures`", file=file, line=1, severity=Severity.WARNING
            )
    lines = Lines(text)
    bare = [number for number in numbers if not ledger.covers(number.meaning)]
    for number in bare[:MOST_FAULTS]:
        yield _fault(file, lines, number, ledger, lang)
    if (left := len(bare) - MOST_FAULTS) > 0:
        line, column = lines.place(bare[MOST_FAULTS - 1].start)
        last = Fault("", "", file=file, line=line, column=column)
        yield and_more(left, last, Severity.WARNING)


def _outside(words: str, text: str, numbers: Iterable[Found]) -> Iterator[Found]:
    """Yield the numbers that do not lie within any of the places where `words` stand."""
    spans = (match.span() for match in re.finditer(re.escape(words), text))
    begin, end = next(spans, (len(text), len(text)))
    for number in numbers:  # both in the text's order
        while end < number.end and begin < len(text):
            begin, end = next(spans, (len(text), len(text)))
        if not (begin <= number.start and number.end <= end):
            yield number


def _fault(file: str, lines: Lines, number: Found, ledger: Ledger, lang: str) -> Fault:
    line, column = lines.place(number.start)
    alike = ledger.nearest(number.meaning)
    like = f" (it resembles {alike.id!r}, {number_text(alike, Wording(lang))})" if alike else ""
    what = f"no figure covers {shown(number.text)}{like}"
    mend = "correct it, add a figure, or list its words under `not_figures`"
    return Fault(what, mend, file=file, line=line, column=column, severity=Severity.WARNING)


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
