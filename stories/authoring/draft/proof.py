"""What a draft has to prove: each value stands in its quote, each quote in the article.

This does not lean on the rules that found the figures. It looks every quote up in the article by
the check's own count of paragraphs, and reads it anew.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from stories.authoring.draft.times import times_in
from stories.authoring.draft.vocabulary import vocabulary
from stories.checks.ledger import Ledger
from stories.checks.numbers import number_faults
from stories.files.source_text import paragraphs
from stories.numbers import find_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from stories.model.figure import Figure


_ROUNDED = Decimal("0.05")


class Proof:
    """Holds figures to the article that they were found in."""

    def __init__(self, text: str, headings: Sequence[str], lang: str, today: date) -> None:
        self._text, self._headings = text, headings
        self._lang, self._today = lang, today

    def fault(self, figure: Figure, section: str) -> str:
        """Say what is not proved of a figure below the heading `section`; nothing where all is."""
        if figure.passage is None or not figure.quote:
            return "it has no quote"
        if section not in self._text.splitlines():
            return "its section is not in the article"
        counted = paragraphs(self._text, section, self._headings)
        number = figure.passage.paragraph
        if number > len(counted) or figure.quote not in counted[number - 1]:
            return "its quote is not in the article at its passage"
        return self._value_fault(figure, figure.quote)

    def _is_share(self, value: Decimal, quote: str) -> bool:
        """Whether the quote has a share in words that is the value when rounded: a third."""
        return any(
            each.meaning.share and each.meaning.value is not None
            and abs(each.meaning.value - abs(value)) <= _ROUNDED
            for each in find_numbers(quote, self._lang)
        )  # fmt: skip

    def _value_fault(self, figure: Figure, quote: str) -> str:
        if not isinstance(figure.value, Decimal):
            times = times_in(quote, vocabulary(self._lang).lang, self._today)
            said = {
                time.period(self._today, ahead=ahead) for time in times for ahead in (True, False)
            }
            return "" if figure.value in said else "its date is not in its quote"
        numbers = {
            each.meaning.value
            for each in find_numbers(quote, self._lang)
            if each.meaning.value is not None
        }
        if abs(figure.value) not in numbers and not self._is_share(figure.value, quote):
            return "its value is not in its quote"
        before = figure.baseline.value if figure.baseline else None
        if before is not None and abs(before) not in numbers:
            return "its baseline is not in its quote"
        ledger = Ledger.of([figure])
        other = next(
            (n.text for n in find_numbers(quote, self._lang) if not ledger.covers(n.meaning)), ""
        )
        return f"its quote says {other} as well" if other else ""


def is_fit_to_print(words: str, figure: Figure, lang: str) -> bool:
    """Whether the check has nothing to say of these words, as a link to the figure."""
    text = f"[{words}](#figure-{figure.id})"
    return not list(number_faults("", text, lang, [figure]))
