"""Hold every number of the prose, and of the quotes, to the ledger of figures."""

import re
from collections.abc import Iterable, Iterator, Sequence

from faults import Fault, Severity
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
        spans = [match.span() for match in re.finditer(re.escape(words), text)]
        exempt = [n for n in numbers if any(a <= n.start and n.end <= b for a, b in spans)]
        numbers = [number for number in numbers if number not in exempt]
        if not exempt:
            what = f"{words!r} exempts no number of this text"
            yield Fault(
                what, "take it out of `not_figures`", file=file, line=1, severity=Severity.WARNING
            )
    for number in numbers:
        if not ledger.covers(number.meaning):
            yield _fault(file, text, number, ledger, lang)


def _fault(file: str, text: str, number: Found, ledger: Ledger, lang: str) -> Fault:
    line = text.count("\n", 0, number.start) + 1
    column = number.start - text.rfind("\n", 0, number.start)
    alike = ledger.nearest(number.meaning)
    like = f" (it resembles {alike.id!r}, {number_text(alike, Wording(lang))})" if alike else ""
    what = f"no figure covers {number.text!r}{like}"
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
                what = f"the quote says {number.text!r}, but figure {figure.id!r} does not"
                mend = "correct the value, the period or the quote"
                loc = ("figures", index, "quote")
                yield source.fault(loc, what, mend, severity=Severity.WARNING)
